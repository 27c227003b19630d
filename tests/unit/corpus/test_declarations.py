"""Declarations: what is wrong is told at once, with its place and without its value."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sources import declarations, plain_yaml
from corpus.sources.plain_yaml import PlainYamlError
from provenance.errors import GovernanceError
from rules.source_kinds import template

GOOD = template("open_source", with_examples=True)
PHONE = "13800001234"


def refusal(text: str | bytes) -> str:
    """Return the message with which a declaration is refused."""
    with pytest.raises(GovernanceError) as caught:
        declarations.parse(text if isinstance(text, bytes) else text.encode())
    assert caught.value.code == "corpus.declaration-invalid"
    return caught.value.message


def changed(old: str, new: str) -> str:
    """Return the good declaration with one change."""
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_the_clean_declaration_passes() -> None:
    """The declaration that the other tests spoil is valid as it stands."""
    read = declarations.parse(GOOD.encode())
    assert read.declaration.id == "recipes-open"
    assert read.declaration.values("details.is_link_list") == ("false",)
    assert read.declaration.values("licence") == ("CC-BY-4.0",)
    assert read.declaration.values("types") == ("zh_text",)
    assert read.declaration.values("legal_basis") == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id: "recipes-open"', "id: Recipes_Open", "id: must be 1 to 63 lower-case"),
        ("types: [zh_text]", "types: zh_text", "types: must be a list"),
        ("types: [zh_text]", "types: []", "types: must name at least one"),
        ("types: [zh_text]", "types: [zh_text, poetry]", "types.1: must be"),
        ("languages: [zh]", "languages: [Chinese]", "languages.0: must be a language code"),
        ('side: "domestic"', "side: inside", "region.side: must be 'domestic' or 'overseas'"),
        ('country: "CN"', "country: DE", "region: side and country contradict"),
        ('from: "2026-09-01"', "from: 2026-02-30", "collected.from: must be a day that exists"),
        ('from: "2026-09-01"', "from: 1756684800", "collected.from: must be a day that exists"),
        ('to: "2026-09-03"', "to: 2026-08-01", "collected: the last day of collection lies before"),
        ("before_registration: false", "before_registration: true", "the reason must be filled in"),
        ("before_registration: false", "before_registration: yes", "must be true or false"),
        ('names: "strip"', "names: keep", "the basis must be filled in"),
        ("treat: {}", "treat: {MOBILE: anonymise}", "must be one of replace, mask, redact, pseudonym"),
        ("treat: {}", "treat: {MOBILE: keep}", "must be one of replace, mask, redact, pseudonym"),
        ("treat: {}", "treat: {SHOE_SIZE: mask}", "must be a type of personal information"),
        ("treat: {}", "treat: {USCC: mask}", "must be a type of personal information"),
        ('names: "strip"', "names: hide", "personal_information.names: must be"),
        ("keep: {}", "keep: {PHONE: contract}", "keep.PHONE: must be a type of personal information"),
        ("keep: {}", "keep: {USCC: contract}", "must be a type of personal information"),
        ("keep: {}", "keep: {NAME: contract}", "state NAME and ADDRESS by the fields"),
        ('url: "https://data.example.com/recipes"', "url: ftp://data.example.com", "details.url: must be an address"),
        ("commercial_use: true", "commercial_use: maybe", "details.commercial_use: must be true or false"),
        ('licence_text: ""', "license_text: a.txt", "did you mean licence_text?"),
        ('licence: "CC-BY-4.0"', "license: MIT", "did you mean licence?"),
        ("kind: open_source", "kind: open_sourced", "Did you mean open_source?"),
        ("kind: open_source", "kind: [open_source]", "kind: must be text"),
        ("kind: open_source", "kind:", "There is no source kind"),
        ('  publisher: "示例食研社"', "  publisher: {a: b}", "details.publisher: must be text"),
    ],
)
def test_a_wrong_field_is_named(old: str, new: str, told: str) -> None:
    """Every wrong field is told by its path, in words that say what it should be."""
    assert told in refusal(changed(old, new))


def test_all_problems_are_told_at_once_with_their_lines() -> None:
    """A person corrects a declaration once, not once per mistake."""
    text = (
        changed('country: "CN"', "country: cn").replace("types: [zh_text]", "types: zh_text").replace("unit:", "units:")
    )
    message = refusal(text)
    for path in ("region.country", "types"):
        line = next(at for at, each in enumerate(text.splitlines(), 1) if each.strip().startswith(path.split(".")[-1]))
        assert f"line {line}, {path}:" in message
    assert "unit: is required" in message
    assert "did you mean unit?" in message


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "must hold fields"),
        (b"- a\n- b\n", "must hold fields"),
        (b"just words\n", "must hold fields"),
        (b"id: a\nid: b\n", "line 2: a key stands twice"),
        (b"region:\n  side: a\n  side: b\n", "line 3: a key stands twice"),
        (b"id: a\n---\nid: b\n", "line 2: the file holds more than one document"),
        (b"id: a\nregion:\n\tside: b\n", "line 3: the file cannot be read as YAML here: indent with spaces"),
        (b"id: [a\n", "cannot be read as YAML"),
        (b"id: !!python/object/apply:os.system [ls]\n", "line 1: tags"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "line 1: anchors and aliases"),
        (b"[" * 100_000, "nested too deep"),
        (b"? [a, b]\n: c\n", "a key must be plain text"),
        (b"id: a\nname: \xd6\xd0\xce\xc4\n", "line 2: the file is not UTF-8"),
        (b"id: a\x00b\n", "characters that YAML does not allow"),
        (b"a: b\n" * 300_000, "larger than 1 MiB"),
    ],
)
def test_what_is_no_plain_yaml_is_refused(raw: bytes, told: str) -> None:
    """A file that is no plain YAML gets one sentence with its line, and no traceback."""
    assert told in refusal(raw)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"recipes-open"', f"_{PHONE}"),
        lambda text: text.replace('"CN"', PHONE),
        lambda text: text.replace('"2026-09-01"', PHONE),
        lambda text: text.replace("types: [zh_text]", f"types: [{PHONE}]"),
        lambda text: text.replace("keep: {}", f"keep: {{{PHONE}: x}}"),
        lambda text: text.replace("commercial_use: true", f"commercial_use: {PHONE}"),
        lambda text: text.replace("kind: open_source", f"kind: {PHONE}"),
        lambda text: f"{text}{PHONE}: x\n",
        lambda text: text.replace('licence_text: ""', f'{PHONE}: ""'),
        lambda text: f"{text}\n\t- {PHONE}: [",
    ],
)
def test_no_message_repeats_a_value(spoil: Callable[[str], str]) -> None:
    """A wrong value may be personal, so no problem ever prints it, a key of unusual form included."""
    assert PHONE not in refusal(spoil(GOOD))


def test_text_stays_text() -> None:
    """Norway is a country and a version is a version: YAML's own guesses at types have no say."""
    document = plain_yaml.read(b"country: NO\nversion: 1.10\nday: 2026-09-01\nempty:\nnone: ~\nquoted: '~'\n")
    assert document.content == {
        "country": "NO",
        "version": "1.10",
        "day": "2026-09-01",
        "empty": "",
        "none": "",
        "quoted": "~",
    }


def test_a_missing_statement_on_names_is_no_error_of_form() -> None:
    """A declaration silent on names and addresses can be registered; only its admission waits."""
    cut = GOOD[: GOOD.index("personal_information:")] + GOOD[GOOD.index("details:") :]
    assert declarations.parse(cut.encode()).declaration.personal_information.names is None


def test_hong_kong_states_its_side() -> None:
    """For Hong Kong, Macao and Taiwan the declaration says which side it counts on."""
    for side in ("domestic", "overseas"):
        text = changed('country: "CN"', "country: HK").replace('side: "domestic"', f"side: {side}")
        assert declarations.parse(text.encode()).declaration.region.side == side


def test_a_contract_cannot_end_before_it_begins() -> None:
    """A period of validity that runs backwards is refused."""
    text = template("commercial", with_examples=True).replace('valid_to: "2027-12-31"', "valid_to: 2025-12-31")
    assert "details.valid_to: lies before valid_from" in refusal(text)


def test_an_unreadable_path_is_told(tmp_path: Path) -> None:
    """A declaration that is not there is answered with a sentence and what to do."""
    with pytest.raises(GovernanceError) as caught:
        declarations.read(tmp_path / "nowhere.yaml")
    assert caught.value.code == "corpus.declaration-unreadable"
    with pytest.raises(GovernanceError):
        declarations.read(tmp_path)


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Whatever a file holds, it is a document or one error of ours: nothing else ever comes out."""
    with contextlib.suppress(PlainYamlError):
        plain_yaml.read(raw)
    with contextlib.suppress(GovernanceError):
        declarations.parse(raw)


@given(st.integers(0, 5), st.text("ab:-[]{}#&*!|>'\"\t\n ~0", max_size=30), st.integers(0, len(GOOD)))
def test_a_damaged_declaration_is_read_or_refused(lost: int, noise: str, at: int) -> None:
    """A good declaration damaged anywhere is still valid or told to be wrong by one error of ours."""
    with contextlib.suppress(GovernanceError):
        declarations.parse((GOOD[:at] + noise + GOOD[at + lost :]).encode())


def test_five_hundred_declarations_are_read_in_time() -> None:
    """Reading a declaration is cheap: five hundred of them take seconds, not minutes."""
    begun = time.perf_counter()
    for _ in range(100):
        declarations.parse(GOOD.encode())
    assert time.perf_counter() - begun < 2


def test_what_is_kept_is_not_treated() -> None:
    """A type cannot be kept and stripped at once, names and addresses included; how names are stripped may be said."""
    both = changed("keep: {}", "keep: {EMAIL: published by its owner}").replace("treat: {}", "treat: {EMAIL: mask}")
    assert "EMAIL cannot be kept and treated" in refusal(both)
    names = changed('names: "strip"', "names: keep").replace('basis: ""', "basis: public figures")
    assert declarations.parse(names.encode()).declaration.personal_information.names == "keep"
    assert "NAME cannot be kept and treated" in refusal(names.replace("treat: {}", "treat: {NAME: mask}"))
    treated = declarations.parse(changed("treat: {}", "treat: {NAME: mask, MOBILE: pseudonym}").encode())
    assert treated.declaration.personal_information.treat == {"NAME": "mask", "MOBILE": "pseudonym"}
