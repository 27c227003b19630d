"""The source register: papers decide, the order of states is kept, and nothing is half recorded."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.sources import (
    Registration,
    State,
    admit,
    attach,
    declaration,
    outstanding,
    refuse,
    register,
    require_admitted,
    require_declared,
    sources,
    states,
)
from corpus.sources.evidence_files import locate
from corpus.workspace import Workspace
from provenance.clock import SystemClock
from provenance.database import Database, sqlite_url
from provenance.errors import ExitCode, GovernanceError
from provenance.events import EvidenceAttached, SourceRegistered
from provenance.ids import SourceId, WorkspaceId, digest
from provenance.ledger import Ledger
from provenance.objects import ObjectStore
from rules.source_kinds import load
from tests.fakes.declared import needed, written

ANNA = "p-0001"
PHONE = "13800001234"
FOLDED = f'"{PHONE[:4]}\\\n      {PHONE[4:]}"'
"""The number as YAML may write it: over two lines, neither of which holds it."""


def nothing_personal(text: str) -> bool:
    """Stand in for the detector: only one planted number is personal."""
    return PHONE in text


def open_workspace(folder: Path) -> Workspace:
    """Return a fresh workspace in a folder."""
    database = Database(sqlite_url(folder / "catalogue.db"))
    database.create_tables()
    workspace = WorkspaceId("w-test")
    return Workspace(
        id=workspace,
        database=database,
        ledger=Ledger(database, workspace, SystemClock()),
        items=ObjectStore(folder / "items"),
        evidence=ObjectStore(folder / "evidence"),
        scratch=folder / "scratch",
        item_key=b"k" * 32,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A fresh workspace on SQLite."""
    opened = open_workspace(tmp_path)
    yield opened
    opened.database.close()


def declare(workspace: Workspace, path: Path) -> Registration:
    """Register as Anna."""
    return register(workspace, path, actor=ANNA, scan=nothing_personal)


def let_in(workspace: Workspace, source: str, reason: str = "papers complete") -> tuple[str, ...]:
    """Admit as Anna; return the checks that were not met."""
    admission = admit(workspace, source, reason=reason, actor=ANNA, scan=nothing_personal, profile="strict_35273")
    return tuple(each.check for each in admission.missing)


def events(workspace: Workspace) -> list[str]:
    """Return the kinds of all events in order."""
    return [entry.kind for entry in workspace.ledger.entries()]


@pytest.mark.parametrize("kind", [kind for kind in load() if kind != "derived"])
def test_every_kind_goes_from_declaration_to_admitted(kind: str, workspace: Workspace, tmp_path: Path) -> None:
    """With its papers complete every kind of source is admitted, and refused without them."""
    folder = tmp_path / kind
    bare = written(folder, kind, papers=False)
    source = declare(workspace, bare).source
    wanted = {name.replace("licence_text", "licence-document") for name in needed(kind)}
    assert wanted <= set(let_in(workspace, source.id))
    assert require_declared(workspace.ledger, source.id).state is State.REFUSED

    declare(workspace, written(folder, kind))
    assert let_in(workspace, source.id) == ()
    assert require_admitted(workspace.ledger, source.id).state is State.ADMITTED


def test_registration_stores_the_declaration_and_its_papers(workspace: Workspace, tmp_path: Path) -> None:
    """What was declared can be shown again byte for byte, with every paper it named."""
    path = written(tmp_path / "a")
    registration = declare(workspace, path)
    assert registration.is_changed
    assert registration.attached == ("licence_text",)
    assert events(workspace) == ["SourceRegistered", "EvidenceAttached"]
    source = registration.source
    assert source.registered.declaration == digest(path.read_bytes())
    assert workspace.evidence.has(digest(path.read_bytes()))
    assert source.evidence["licence_text"].digest == digest(b"invented licence_text\n")
    assert source.evidence["licence_text"].size == len(b"invented licence_text\n")
    assert (tmp_path / "a" / "papers" / "licence_text.txt").is_file()
    assert declaration(workspace, source).name == "家常菜谱集"
    assert source.registered.source_class == "open_source"
    assert source.registered.origin == "https://data.example.com/recipes"


def test_the_same_declaration_records_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """Declaring twice is declaring once."""
    path = written(tmp_path / "a")
    declare(workspace, path)
    again = declare(workspace, path)
    assert not again.is_changed
    assert again.attached == ()
    assert len(events(workspace)) == 2


def test_a_changed_paper_is_attached_alone(workspace: Workspace, tmp_path: Path) -> None:
    """A paper that changed under an unchanged declaration is attached anew, and the old one is kept."""
    path = written(tmp_path / "a")
    declare(workspace, path)
    (tmp_path / "a" / "papers" / "licence_text.txt").write_text("another\n", encoding="utf-8")
    again = declare(workspace, path)
    assert (again.is_changed, again.attached) == (False, ("licence_text",))
    assert again.source.evidence["licence_text"].digest == digest(b"another\n")
    assert workspace.evidence.has(digest(b"invented licence_text\n"))


def test_a_changed_declaration_takes_an_admission_back(workspace: Workspace, tmp_path: Path) -> None:
    """What was admitted is the declaration that was checked; another one is checked anew."""
    source = declare(workspace, written(tmp_path / "a")).source.id
    assert let_in(workspace, source) == ()
    changed = declare(workspace, written(tmp_path / "a", edit=lambda text: text.replace("v1.2", "v1.3")))
    assert changed.is_changed
    assert changed.source.state is State.REGISTERED
    with pytest.raises(GovernanceError) as caught:
        require_admitted(workspace.ledger, source)
    assert caught.value.code == "corpus.source-not-admitted"


def test_papers_that_arrive_later_open_the_door(workspace: Workspace, tmp_path: Path) -> None:
    """A source refused for a missing paper is admitted through the same checks once it is attached."""
    source = declare(workspace, written(tmp_path / "a", papers=False)).source.id
    lacking = admit(workspace, source, reason="try", actor=ANNA, scan=nothing_personal, profile="strict_35273")
    assert lacking.exit_code is ExitCode.FINDINGS
    assert [each.command for each in lacking.missing] == [f"yuliao source evidence {source} licence_text FILE"]
    assert all(each.zh and each.en and each.clauses for each in lacking.missing)
    with pytest.raises(GovernanceError) as caught:
        require_admitted(workspace.ledger, source)
    assert caught.value.code == "corpus.source-refused"
    assert f"yuliao source show {source}" in caught.value.remedy

    count = len(events(workspace))
    assert let_in(workspace, source) == ("licence-document",)
    assert len(events(workspace)) == count, "the same refusal again is no news"

    paper = tmp_path / "licence.txt"
    paper.write_text("CC-BY-4.0\n", encoding="utf-8")
    attach(workspace, source, "licence_text", paper, actor=ANNA, scan=nothing_personal)
    attach(workspace, source, "licence_text", paper, actor=ANNA, scan=nothing_personal)
    assert len(events(workspace)) == count + 1
    assert outstanding(workspace, profile="strict_35273")[source] == ()
    assert let_in(workspace, source) == ()


@pytest.mark.parametrize(
    ("edit", "checks"),
    [
        (lambda text: text.replace('licence: "CC-BY-4.0"', 'licence: ""'), ("licence-declared", "basis-named")),
        (lambda text: text.replace("CC-BY-4.0", "CC-BY-NC-ND-4.0"), ("licence-policy",)),
        (lambda text: text.replace("CC-BY-4.0", "GPL-3.0-only"), ("licence-policy",)),
        (lambda text: text.replace("CC-BY-4.0", "GPL-2.0 OR CC-BY-NC-4.0"), ("licence-policy",)),
        (lambda text: text.replace("CC-BY-4.0", "GPL-2.0 OR Apache-2.0"), ()),
        (lambda text: text.replace("is_link_list: false", "is_link_list: true"), ("no-link-list",)),
        (lambda text: text.replace('names: "strip"', 'names: ""'), ("names-stated",)),
        (lambda text: text.replace('addresses: "strip"', 'addresses: ""'), ("addresses-stated",)),
        (lambda text: text.replace("keep: {}", "keep: {MEDICAL: research}"), ("separate-consent",)),
        (lambda text: text.replace("keep: {}", "keep: {EMAIL: published}"), ()),
    ],
)
def test_each_hard_check_refuses(
    edit: Callable[[str], str], checks: tuple[str, ...], workspace: Workspace, tmp_path: Path
) -> None:
    """Each hard check refuses what it is for, and names itself."""
    source = declare(workspace, written(tmp_path / "a", edit=edit)).source.id
    assert let_in(workspace, source) == checks
    assert require_declared(workspace.ledger, source).missing == checks


@pytest.mark.parametrize(
    ("licence", "near"),
    [("CC-BY-40", "CC-BY-4.0"), ("MIT OR Apach-2.0", "Apache-2.0"), ("MIT AND (GPL-2.0-only", "SPDX")],
)
def test_a_mistyped_licence_is_refused_with_the_nearest(
    licence: str, near: str, workspace: Workspace, tmp_path: Path
) -> None:
    """A licence that nobody can look up is refused at once, what was meant is named, and nothing is recorded."""
    path = written(tmp_path / "a", edit=lambda text: text.replace("CC-BY-4.0", licence))
    with pytest.raises(GovernanceError) as caught:
        declare(workspace, path)
    assert caught.value.code == "corpus.unknown-licence"
    assert near in caught.value.message
    assert not events(workspace)
    assert not list(workspace.evidence.list())


def test_a_licence_that_needs_a_decision_is_admitted_with_one(workspace: Workspace, tmp_path: Path) -> None:
    """A signed decision opens what the policy leaves to a decision, and not what it refuses."""
    paper = tmp_path / "decision.txt"
    paper.write_text("decided\n", encoding="utf-8")
    for spdx, checks in (("GPL-3.0-only", ()), ("CC-BY-NC-ND-4.0", ("licence-policy",))):
        name = spdx.lower().replace(".", "-")

        def edit(text: str, name: str = name, spdx: str = spdx) -> str:
            return text.replace('"recipes-open"', name).replace('"CC-BY-4.0"', spdx)

        declare(workspace, written(tmp_path / name, edit=edit))
        attach(workspace, name, "licence_decision", paper, actor=ANNA, scan=nothing_personal)
        assert let_in(workspace, name) == checks


def test_robots_decide_over_what_was_crawled(workspace: Workspace, tmp_path: Path) -> None:
    """A site whose robots.txt disallowed the crawl is refused, papers or not."""
    path = written(
        tmp_path / "a",
        "self_collected_web",
        lambda text: text.replace('robots_verdict: "allow"', "robots_verdict: disallow"),
    )
    assert let_in(workspace, declare(workspace, path).source.id) == ("robots-allow",)


def test_a_derived_source_has_the_class_of_its_parents(workspace: Workspace, tmp_path: Path) -> None:
    """What is derived is reported under its parents' class, which must be registered and one."""
    path = written(tmp_path / "derived", "derived", lambda text: text.replace('id: "recipes-open"', "id: child"))
    with pytest.raises(GovernanceError) as caught:
        declare(workspace, path)
    assert caught.value.code == "corpus.bad-parents"
    assert events(workspace) == []
    declare(workspace, written(tmp_path / "parent"))
    assert declare(workspace, path).source.registered.source_class == "open_source"


def test_outside_copyright_counts_by_how_it_was_obtained(workspace: Workspace, tmp_path: Path) -> None:
    """A published dataset outside copyright counts as open-source, own fetching as self-collected."""
    path = written(tmp_path / "a", "outside_copyright")
    assert declare(workspace, path).source.registered.source_class == "open_source"
    path = written(
        tmp_path / "a", "outside_copyright", lambda text: text.replace('"published_dataset"', "own_fetching")
    )
    source = declare(workspace, path).source
    assert source.registered.source_class == "self_collected"
    assert let_in(workspace, source.id) == ("fetching-recorded",)


def test_a_contract_carries_its_period(workspace: Workspace, tmp_path: Path) -> None:
    """A contract is attached with the days of its validity."""
    source = declare(workspace, written(tmp_path / "a", "commercial")).source
    assert (source.evidence["contract"].valid_from, source.evidence["contract"].valid_to) == (
        "2026-01-01",
        "2027-12-31",
    )


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda text: text.replace("家常菜谱集", PHONE, 1), "corpus.personal-in-declaration"),
        (lambda text: f"# contact: {PHONE}\n{text}", "corpus.personal-in-declaration"),
        (
            lambda text: text.replace('"示例食研社"', f'"1380\\\n      000{PHONE[7:]}"'),
            "corpus.personal-in-declaration",
        ),
        (lambda text: text.replace("papers/licence_text.txt", "papers/nowhere.txt"), "corpus.evidence-missing"),
        (lambda text: text.replace("papers/licence_text.txt", "../outside.txt"), "corpus.evidence-missing"),
        (lambda text: text.replace("papers/licence_text.txt", "papers"), "corpus.evidence-missing"),
        (lambda text: text.replace("papers/licence_text.txt", "papers/empty.txt"), "corpus.evidence-missing"),
        (lambda text: text.replace("papers/licence_text.txt", "papers/link.txt"), "corpus.evidence-missing"),
        (lambda text: text.replace("unit:", "units:"), "corpus.declaration-invalid"),
    ],
)
def test_a_refused_registration_leaves_nothing(
    spoil: Callable[[str], str], code: str, workspace: Workspace, tmp_path: Path
) -> None:
    """A declaration that cannot be taken leaves no event, and its message no personal value."""
    folder = tmp_path / "a"
    written(folder)
    (tmp_path / "outside.txt").write_text("outside\n", encoding="utf-8")
    (folder / "papers" / "empty.txt").touch()
    (folder / "papers" / "link.txt").symlink_to(tmp_path / "outside.txt")
    with pytest.raises(GovernanceError) as caught:
        declare(workspace, written(folder, edit=spoil))
    assert caught.value.code == code
    assert PHONE not in caught.value.diagnostics()
    assert events(workspace) == []


def test_an_id_belongs_to_one_kind(workspace: Workspace, tmp_path: Path) -> None:
    """A second source cannot take the id of a first one of another kind."""
    declare(workspace, written(tmp_path / "a"))
    with pytest.raises(GovernanceError) as caught:
        declare(workspace, written(tmp_path / "b", "synthetic"))
    assert caught.value.code == "corpus.source-id-taken"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f"user,version,scope,time\nu,{PHONE},all,2026-03-01T00:00:00Z\n".encode(), "corpus.evidence-rows"),
        (b"PK\x03\x04\xff\xfe", "corpus.evidence-rows"),
        (b"", "corpus.evidence-empty"),
    ],
)
def test_a_consent_table_holds_pseudonyms_only(content: bytes, code: str, workspace: Workspace, tmp_path: Path) -> None:
    """A table of authorisations that names real users, or that nobody can check, is not attached."""
    source = declare(workspace, written(tmp_path / "a", "user_input", papers=False)).source.id
    paper = tmp_path / "consent.csv"
    paper.write_bytes(content)
    with pytest.raises(GovernanceError) as caught:
        attach(workspace, source, "consent_table", paper, actor=ANNA, scan=nothing_personal)
    assert caught.value.code == code
    assert events(workspace) == ["SourceRegistered"]
    assert not workspace.evidence.has(digest(content)), "what is refused does not stay in the store"


def test_undeclared_sources_and_unknown_papers_name_the_nearest(workspace: Workspace, tmp_path: Path) -> None:
    """A mistyped id or kind of evidence is answered with what was meant."""
    declare(workspace, written(tmp_path / "a"))
    with pytest.raises(GovernanceError, match="Did you mean recipes-open") as caught:
        require_admitted(workspace.ledger, "recipe-open")
    assert caught.value.code == "corpus.source-undeclared"
    with pytest.raises(GovernanceError, match="Did you mean licence_text"):
        attach(workspace, "recipes-open", "license_text", tmp_path / "x", actor=ANNA, scan=nothing_personal)


def test_a_reason_is_given_and_holds_nobody(workspace: Workspace, tmp_path: Path) -> None:
    """A decision without a reason, or with a person in it, is not recorded."""
    source = declare(workspace, written(tmp_path / "a")).source.id
    for reason, code in (("  ", "corpus.reason-missing"), (f"call {PHONE}", "corpus.personal-in-reason")):
        with pytest.raises(GovernanceError) as caught:
            let_in(workspace, source, reason)
        assert caught.value.code == code
        with pytest.raises(GovernanceError):
            refuse(workspace, source, reason=reason, actor=ANNA, scan=nothing_personal)
    assert require_declared(workspace.ledger, source).state is State.REGISTERED


def test_two_people_at_once_do_not_overrun_each_other(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decision on a source that was changed since it was looked at is not recorded."""
    source = declare(workspace, written(tmp_path / "a")).source.id
    stale = require_declared(workspace.ledger, source)
    refuse(workspace, source, reason="doubts", actor="p-0002", scan=nothing_personal)
    monkeypatch.setattr("corpus.sources.admission.require_declared", lambda *_: stale)
    before = events(workspace)
    with pytest.raises(GovernanceError) as caught:
        let_in(workspace, source)
    assert caught.value.code == "corpus.source-changed-meanwhile"
    assert events(workspace) == before


def test_the_fold_speaks_of_sources_only(workspace: Workspace) -> None:
    """Evidence for a clause is no source's evidence, and nothing undeclared comes into being by it."""
    workspace.ledger.record(actor=ANNA, subject="R-021", event=EvidenceAttached("ip_policy", "0" * 64, 1))
    assert sources(workspace.ledger) == {}
    assert {SourceRegistered.__name__, EvidenceAttached.__name__} < set(states.KINDS)
    assert SourceId("R-021") not in sources(workspace.ledger)


def test_locating_tells_every_paper_at_once(tmp_path: Path) -> None:
    """All papers that are not there are named together."""
    with pytest.raises(GovernanceError) as caught:
        locate(tmp_path, load()["commercial"], {"contract": "a", "supplier_review": "b\0"})
    assert "evidence.contract" in caught.value.message
    assert "evidence.supplier_review" in caught.value.message
