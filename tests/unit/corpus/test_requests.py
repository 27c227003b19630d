"""Requests for withdrawal: what they mean, what is no request, and that they never show what was asked for."""

import json

import pytest

from corpus.evidence.addresses import url_key
from corpus.stages.normalise import duplicate_key, normalise
from corpus.withdrawal import requests
from provenance.errors import GovernanceError
from provenance.ids import SourceId
from provenance.pseudonyms import USER, pseudonym
from tests.fakes.identities import mobile

KEY = b"k" * 32
TEXT = "第一行。\n第二行。"
PHONE = mobile(4)


def test_a_file_is_one_text_or_a_record_a_line() -> None:
    """A text is found by its key whatever its line ends and edges; JSONL gives a text per record."""
    key = duplicate_key(normalise(TEXT), KEY)
    for content in (TEXT, f"\ufeff  {TEXT}\r\n\n", TEXT.replace("\n", "\r\n"), json.dumps({"text": TEXT, "id": 1})):
        assert requests.by_text(KEY, content.encode()).wanted.texts == {key}
    lines = [json.dumps({"text": text}) for text in (TEXT, "另一条", TEXT)]
    found = requests.by_text(KEY, "\n\n".join(lines).encode())
    assert found.wanted.texts == {key, duplicate_key("另一条", KEY)}
    assert found.refusals.text == {each.hex() for each in found.wanted.texts}


def test_a_text_that_only_looks_like_a_record_is_a_text() -> None:
    """JSON without a text is itself the text that somebody wants taken out."""
    content = '{"title": "甲"}'
    assert requests.by_text(KEY, content.encode()).wanted.texts == {duplicate_key(content, KEY)}


def test_addresses_are_one_however_they_are_written() -> None:
    """An address is found by the key of its one form; several stand one a line."""
    one = requests.by_url(KEY, b"HTTPS://Example.org:443/a/../b#part")
    assert one.wanted.urls == {url_key(KEY, "https://example.org/b")}
    both = requests.by_url(KEY, b"https://example.org/c\n\nhttps://example.org/b\n")
    assert both.wanted.urls > one.wanted.urls


def test_a_person_is_all_the_lines_say() -> None:
    """Every identifier counts, and every line as a whole as a user's id; lines that say no more are told by number."""
    found = requests.by_person(KEY, f"u-77\n\n李雷 +86 {PHONE}\nLI@Example.com\n".encode())
    assert found.wanted.persons == {
        pseudonym(KEY, "MOBILE", PHONE),
        pseudonym(KEY, "EMAIL", "li@example.com"),
    }
    assert pseudonym(KEY, USER, "u-77") in found.wanted.users
    assert len(found.wanted.users) == 3
    assert found.unread == (1,)
    assert {each.split(":")[0] for each in found.refusals.person} == {"MOBILE", "EMAIL"}


def test_the_same_request_has_the_same_digest_in_one_workspace_only() -> None:
    """Order and spelling of what is asked for do not change its digest; the kind and the key do."""
    one = requests.by_person(KEY, f"a@b.com\n{PHONE}".encode())
    assert one.digest == requests.by_person(KEY, f"{PHONE}\n\na@b.com\n".encode()).digest
    assert one.digest != requests.by_person(b"j" * 32, f"a@b.com\n{PHONE}".encode()).digest
    assert requests.by_text(KEY, b"abc").digest != requests.by_source(KEY, SourceId("abc")).digest


def test_a_request_does_not_show_what_was_asked_for() -> None:
    """No request prints an identifier, a text, or a digest but its own."""
    for request in (requests.by_person(KEY, PHONE.encode()), requests.by_text(KEY, TEXT.encode())):
        shown = repr(request)
        assert PHONE not in shown
        assert TEXT not in shown
        assert not any(each.hex() in shown for each in request.wanted.texts | request.wanted.persons)


@pytest.mark.parametrize("content", [b"", b" \n\t\n", "\ufeff\u0001".encode(), b"\xff\xfe", b"\xef\xbb\xbf"])
def test_what_says_nothing_is_no_request(content: bytes) -> None:
    """An empty file, white space and bytes that are no UTF-8 are refused with one sentence."""
    readers = [requests.by_text] if content.strip() == b"\xef\xbb\xbf\x01" else [requests.by_text, requests.by_person]
    for read in readers:
        with pytest.raises(GovernanceError) as refused:
            read(KEY, content)
        assert refused.value.code == "corpus.withdrawal-unusable"


def test_a_broken_record_is_named_by_its_number() -> None:
    """In a file of records one that is none is named by its number, not by what it holds."""
    lines = [json.dumps({"text": "甲"}), json.dumps({"text": " "}), "{"]
    for content in ("\n".join(lines[:2]), "\n".join((lines[0], lines[2]))):
        with pytest.raises(GovernanceError, match="record 2 holds no text"):
            requests.by_text(KEY, content.encode())


def test_no_address_is_told_without_repeating_it() -> None:
    """What is no address is refused, and not printed: it may be somebody's."""
    with pytest.raises(GovernanceError) as refused:
        requests.by_url(KEY, b"li.lei@example.com")
    assert "li.lei" not in refused.value.diagnostics()
