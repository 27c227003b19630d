"""The source register at the command line: every kind from declaration to admitted and to refused, in sentences."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.errors import ExitCode
from rules.source_kinds import load
from tests.fakes.declared import needed, written
from tests.fakes.terminal import Said, typed
from tests.fakes.workroom import Workroom

KINDS = tuple(load())
SOURCE = "recipes-open"
Edit = Callable[[str], str]
SPOILT = (
    ("open_source", "CC-BY-4.0", "CC-BY-NC-4.0", "licence-policy", "does not allow"),
    ("open_source", "CC-BY-4.0", "MIT AND CC-BY-ND-4.0", "licence-policy", "decision"),
    ("open_source", "is_link_list: false", "is_link_list: true", "no-link-list", "links"),
    ("commercial", "training_allowed: true", "training_allowed: false", "training-allowed", "training"),
    ("commercial", "2027-12-31", "2026-01-31", "paper-expired", "expired on 2026-01-31"),
    ("commercial", '"2026-01-01"', "2027-12-01", "paper-expired", "valid from 2027-12-01"),
    ("cooperation", "2027-12-31", "2026-01-31", "paper-expired", "expired on 2026-01-31"),
    ("outside_copyright", 'copyright_basis: "law-5-1"', "copyright_basis: other", "legal-basis", "legal basis"),
    ("self_collected_web", 'robots_verdict: "allow"', "robots_verdict: disallow", "robots-allow", "robots"),
    ("self_produced", 'names: "strip"', 'names: ""', "names-stated", "names"),
    ("synthetic", 'legal_basis: "模型服务条款"', 'legal_basis: ""', "basis-named", "legal basis"),
    ("user_input", "opt_outs_excluded: true", "opt_outs_excluded: false", "opt-outs-excluded", "opted out"),
)
"""Kind, what is changed in its declaration to what, the check that is not met then, and words of its sentence."""


def says(room: Workroom, *words: str | Path) -> Said:
    """Type a command in the workroom."""
    return typed("-w", room.folder / "workspace", *words)


def declared(room: Workroom, kind: str, edit: Edit = str, *, papers: bool = True, before: bool = True) -> str:
    """Declare a source of a kind, its parents first, and return its id."""
    if kind == "derived":
        says(room, "source", "add", written(room.folder / "parent"))
        says(room, "source", "admit", SOURCE, "--reason", "papers complete")
    name = "child" if kind == "derived" else SOURCE

    def named(text: str) -> str:
        return edit(text.replace(f'id: "{SOURCE}"', f'id: "{name}"'))

    said = says(room, "source", "add", written(room.folder / kind, kind, named, papers=papers, before=before))
    assert said.code == 0, said.err
    return name


def admit(room: Workroom, source: str) -> Said:
    """Ask for a source's admission."""
    return says(room, "source", "admit", source, "--reason", "papers complete")


def state(room: Workroom, source: str) -> str:
    """Return a source's state as JSON says it."""
    found: str = says(room, "source", "show", source, "--json").json()["state"]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_admitted_with_its_papers(kind: str, room: Workroom) -> None:
    """From its filled template and its papers every kind of source comes to be admitted by two commands."""
    source = declared(room, kind)
    shown = says(room, "source", "show", source)
    assert "missing" not in shown.out
    said = admit(room, source)
    assert (said.code, said.err) == (ExitCode.FINE, f"{source} is admitted.\n")
    assert state(room, source) == "admitted"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_refused_without_its_papers(kind: str, room: Workroom) -> None:
    """Without papers every kind is refused; each missing one is told with the command that supplies it, which works."""
    source = declared(room, kind, papers=False)
    said = admit(room, source)
    assert said.code == ExitCode.FINDINGS
    assert f"{source} is refused" in said.err
    assert state(room, source) == "refused"
    shown = says(room, "source", "show", source).out
    papers = room.folder / kind / "papers"
    for name in sorted(needed(kind)):
        assert f"yuliao source evidence {source} {name} FILE" in shown
        assert says(room, "source", "evidence", source, name, papers / f"{name}.txt").code == 0
    assert admit(room, source).code == ExitCode.FINE


@pytest.mark.parametrize(("kind", "old", "new", "check", "told"), SPOILT)
def test_what_a_declaration_says_can_refuse_it(
    kind: str, old: str, new: str, check: str, told: str, room: Workroom
) -> None:
    """Each hard check refuses with the sentence a person needs, and nothing of the source is taken in."""
    source = declared(room, kind, lambda text: text.replace(old, new))
    said = admit(room, source)
    assert said.code == ExitCode.FINDINGS
    assert told in said.err
    assert check in says(room, "source", "show", source, "--json").json()["facts"]["missing"]
    refusal = says(room, "ingest", source, room.write_texts("a.jsonl", ["湖面很静。"]))
    assert refusal.code == ExitCode.USAGE
    assert "[corpus.source-refused]" in refusal.err


def test_a_source_still_to_be_collected_waits_for_its_assessment(room: Workroom) -> None:
    """A source that was not collected before is refused until it was assessed, and the command is named."""
    today = room.house.workspace.ledger.today()

    def still_to_come(text: str) -> str:
        for day in ('"2026-09-01"', '"2026-09-03"'):
            text = text.replace(f"from: {day}", f"from: {today}").replace(f"to: {day}", f"to: {today}")
        return text.replace('retrieved: "2026-09-01"', 'retrieved: ""')

    source = declared(room, "open_source", still_to_come, before=False)
    assert f"yuliao source assess {source} PATH" in says(room, "source", "show", source).out
    said = admit(room, source)
    assert said.code == ExitCode.FINDINGS
    assert "No assessment before collection was passed." in said.err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("before_registration: true", "before_registration: false", "collected.from: lies before the registration"),
        ('to: "2026-09-03"', "to: TOMORROW", "collected.to: lies after today"),
        ('retrieved: "2026-09-01"', "retrieved: TOMORROW", "details.retrieved: lies after today"),
    ],
)
def test_nothing_can_be_back_dated(old: str, new: str, told: str, room: Workroom) -> None:
    """A day after its event, or an undeclared collection before registration, is refused with field and line."""
    today = dt.date.fromisoformat(room.house.workspace.ledger.today())
    tomorrow = (today + dt.timedelta(days=1)).isoformat()
    path = written(room.folder / "a", edit=lambda text: text.replace(old, new.replace("TOMORROW", tomorrow)))
    said = says(room, "source", "add", path)
    assert said.code == ExitCode.USAGE
    assert told in said.err
    assert "line " in said.err
    assert "[corpus.impossible-day]" in said.err
    assert says(room, "source", "list", "--json").json() == []


def test_a_synthetic_source_shows_what_generated_it(room: Workroom) -> None:
    """Model, version, filing and side are in `source show` and in the facts; a Chinese 'not filed' is the same word."""
    source = declared(room, "synthetic", lambda text: text.replace('"not filed"', "未备案"))
    assert "示例对话模型 1.4, not filed, domestic" in says(room, "source", "show", source).out
    model = {"name": "示例对话模型", "version": "1.4", "filing": "not filed", "side": "domestic"}
    assert says(room, "facts", "--json").json()["sources"][source]["model"] == model


def test_a_licence_with_a_choice_shows_what_is_used(room: Workroom) -> None:
    """Of a licence expression the chosen alternative, its duties and the intended use are shown."""
    source = declared(room, "open_source", lambda text: text.replace("CC-BY-4.0", "gpl-2.0 or cc-by-4.0"))
    shown = says(room, "source", "show", source, "--json").json()["facts"]
    assert shown["licence"] == "GPL-2.0-only OR CC-BY-4.0"
    assert shown["licence_chosen"] == "CC-BY-4.0"
    assert shown["duties"] == ["attribution"]
    assert shown["intended_uses"] == ["commercial-training"]


def test_the_use_that_is_declared_decides(room: Workroom) -> None:
    """A licence without commercial use admits a source for research, and refuses it for research and resale."""

    def used_for(uses: str) -> Edit:
        return lambda text: text.replace("CC-BY-4.0", "CC-BY-NC-4.0").replace("[commercial-training]", uses)

    assert admit(room, declared(room, "open_source", used_for("[research-training]"))).code == ExitCode.FINE
    said = admit(room, declared(room, "open_source", used_for("[research-training, redistribution]")))
    assert said.code == ExitCode.FINDINGS
    assert "needs a signed decision for passing the corpus itself on" in said.err


def test_items_follow_their_source(room: Workroom) -> None:
    """Suspending and refusing quarantine what a source gave, admitting it again brings it back; each says how many."""
    source = room.declare("own")
    file = room.write_texts("a.jsonl", ["湖面很静。", "山路很长。", "窗外有雨。"])
    assert says(room, "ingest", source, file, "--workers", "1").code == 0
    assert state(room, source) == "collecting"
    said = says(room, "source", "suspend", source, "--reason", "a complaint")
    assert "3 item(s)" in said.err
    assert room.facts().items.admitted == 0
    assert says(room, "source", "suspend", source, "--reason", "again").err == f"{source} is suspended.\n"
    assert says(room, "ingest", source, file).code == ExitCode.USAGE
    assert "3 item(s)" in says(room, "source", "refuse", source, "--reason", "the complaint is right").err
    assert room.facts().by_reason["source-refused"] == 3
    assert "3 item(s)" in says(room, "source", "admit", source, "--reason", "it was settled").err
    assert room.facts().items.admitted == 3
    assert room.facts().items.is_conserved
