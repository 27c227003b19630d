"""Requests for withdrawal (撤回申请): what somebody asks to have taken out, turned into keyed digests at once.

What was asked for is in memory only while it is read; from here on there are digests, and none of them shows itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import orjson

from corpus.clearance.refusals import Refusals
from corpus.evidence.addresses import normalise_url, url_key
from corpus.stages.normalise import duplicate_key, normalise
from corpus.tracing.searches import Wanted
from pii.identify import find
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import SourceId
from provenance.pseudonyms import USER, pseudonym

By = Literal["text", "url", "source", "person"]


@dataclass(frozen=True)
class Request:
    """What is to be taken out.

    Attributes:
        by: What it was told by.
        digest: Keyed digest of what was told, the same for the same request.
        wanted: What its items are found by; nothing where a source is meant.
        refusals: What later ingests must not take in.
        source: The source that is meant, empty where none is.
        unread: Lines about a person in which no identifier was recognised; they count as a user's id only.
    """

    by: By
    digest: str
    wanted: Wanted = field(default=Wanted(), repr=False)
    refusals: Refusals = field(default=Refusals(), repr=False)
    source: SourceId | None = None
    unread: tuple[int, ...] = ()


def by_text(key: bytes, content: bytes) -> Request:
    """Read a request that holds the text itself, or JSONL of ``{"text"}`` with one per line.

    Args:
        key: The workspace key.
        content: The file's bytes.

    Raises:
        GovernanceError: There is no text in it, it is no UTF-8, or a line is no record like the first; nothing of it
            is repeated.
    """
    keys = frozenset(duplicate_key(text, key) for text in _texts(_decoded(content)))
    told = sorted(each.hex() for each in keys)
    return Request("text", _digest(key, "text", told), Wanted(texts=keys), Refusals(text=frozenset(told)))


def by_url(key: bytes, content: bytes) -> Request:
    """Read a request that names addresses, one per line.

    Raises:
        GovernanceError: There is none, a line is no address, or it is no UTF-8.
    """
    addresses = sorted({normalise_url(line) for line in _lines(_decoded(content))})
    keys = frozenset(url_key(key, each) for each in addresses)
    refusals = Refusals(url=frozenset(each.hex() for each in keys))
    return Request("url", _digest(key, "url", addresses), Wanted(urls=keys), refusals)


def by_person(key: bytes, content: bytes) -> Request:
    """Read a request that holds a person's identifiers: numbers, addresses, user ids, one or several per line.

    Every line as a whole counts as the id of a user of the service too.

    Raises:
        GovernanceError: The file is empty or no UTF-8.
    """
    lines = _lines(_decoded(content))
    found = {line: find(line) for line in lines}
    identifiers = sorted({each for line in found.values() for each in line})
    keyed = {(each.entity, pseudonym(key, *each)) for each in identifiers}
    users = frozenset(pseudonym(key, USER, line) for line in lines)
    refusals = Refusals(
        person=frozenset(f"{entity}:{digest.hex()}" for entity, digest in keyed),
        user=frozenset(each.hex() for each in users),
    )
    return Request(
        "person",
        _digest(key, "person", sorted({*lines, *(f"{each.entity}:{each.value}" for each in identifiers)})),
        Wanted(users=users, persons=frozenset(digest for _, digest in keyed)),
        refusals,
        unread=tuple(number for line, number in lines.items() if not found[line]),
    )


def by_source(key: bytes, source: SourceId) -> Request:
    """Return a request for all items of a source."""
    return Request("source", _digest(key, "source", [source]), source=source)


def _texts(content: str) -> list[str]:
    lines = [line for line in content.splitlines() if line.strip()]
    is_table = bool(lines) and _text_of(lines[0]) is not None
    texts = [_text_of(line) for line in lines] if is_table else [content]
    found = [normalise(text or "") for text in texts]
    if not all(text.strip() for text in found):
        number = next(at for at, text in enumerate(found, 1) if not text.strip())
        raise _unusable(f"record {number} holds no text" if is_table else "it is empty")
    return found


def _text_of(line: str) -> str | None:
    """Return the text of a record, None where the line is none."""
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    text = record.get("text") if isinstance(record, dict) else None
    return text if isinstance(text, str) else None


def _lines(content: str) -> dict[str, int]:
    """Return the lines that are not blank, each once, with their numbers."""
    lines = [line.strip() for line in content.splitlines()]
    found = {line: number for number, line in reversed(list(enumerate(lines, 1))) if line}
    if not found:
        raise _unusable("it is empty")
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unusable("it is not UTF-8") from None  # the cause holds the bytes


def _digest(key: bytes, by: By, told: Iterable[str]) -> str:
    return pseudonym(key, f"withdrawal/{by}", "\n".join(told)).hex()


def _unusable(fault: str) -> GovernanceError:
    return GovernanceError(
        f"The request for withdrawal cannot be carried out: {fault}.",
        code="corpus.withdrawal-unusable",
        remedy='Give a file in UTF-8 that holds the text, JSONL of {"text"}, an address, or identifiers, one a line.',
        exit_code=ExitCode.USAGE,
    )
