"""What the clauses on annotation in batches say of the facts: R-032, R-033, R-038 to R-040, R-144, R-201, R-204, AR."""

from dataclasses import replace

import pytest

from provenance.events import BatchClosed, BatchCollected, BatchPublished, BatchReviewed, Event, TaskTextsDeleted
from rules import checks
from rules.annotation import batch_checks
from rules.annotation.batches import Batches, BatchFact
from rules.annotation.facts import AnnotationFacts
from rules.annotation.measures import TimesFact
from rules.facts import Facts
from rules.findings import Finding, Verdict
from tests.fakes.facts import CATALOG, facts

CLAUSES = (
    *("R-032", "AR-1", "AR-2", "R-033", "AR-10", "R-038", "AR-7", "AR-8", "AR-9"),
    *("R-039", "AR-6", "R-040", "R-201", "R-204", "R-144"),
)
GATE = "9a" * 32
ALL = (
    batch_checks.roles_apart,
    batch_checks.enough_time,
    batch_checks.functional_batches,
    batch_checks.safety_batches,
    batch_checks.kept_apart,
    batch_checks.texts_deleted,
    batch_checks.verified,
    batch_checks.follows_standard,
)


def _published(kind: str, **changes: object) -> BatchPublished:
    checker = ("p-r1", "review") if kind == "safety" else ("p-i1", "inspect")
    usual = BatchPublished(
        kind=kind,
        modality="text",
        rule_book=f"{kind}@1",
        sample=0,
        units=10,
        overlap=1,
        double_units=0,
        gold_units=0,
        planned_seconds=60,
        deadline="2026-12-31",
        people=(("p-a1", "annotate"), checker),
        projects=(("annotate", 5), (checker[1], 6)),
        tasks="aa" * 32,
        gate=GATE,
        caps=(1, 1),
        plan="bb" * 32,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


COLLECTED = BatchCollected(0, 10, "cc" * 32, "dd" * 32, 10, 10)


def _reviewed(kind: str, **changes: object) -> BatchReviewed:
    checker = "p-r1" if kind == "safety" else "p-i1"
    usual = BatchReviewed(kind == "functional", 10, 10, 10, 0, 0, (checker,), "ee" * 32)
    return replace(usual, **changes)  # type: ignore[arg-type]


ACCEPTED = BatchClosed("accepted", "done", 10, 0, "ff" * 32)
DELETED = TaskTextsDeleted(20)


def _batch(name: str, *events: Event) -> list[tuple[str, Event]]:
    return [(name, event) for event in events]


def _whole(kind: str, name: str) -> list[tuple[str, Event]]:
    return _batch(name, _published(kind), COLLECTED, _reviewed(kind), ACCEPTED, DELETED)


GOOD = [*_whole("safety", "b-1"), *_whole("functional", "b-2")]


def _facts(entries: list[tuple[str, Event]], *, timed: tuple[str, ...] = ("b-1", "b-2")) -> Facts:
    fold = Batches()
    for seq, (subject, event) in enumerate(entries, 1):
        fold.take(seq, f"2026-11-22T08:{seq:02}:00Z", subject, event)
    times = tuple(TimesFact(90, name, "annotate", 10, 0, 60, (1, 2, 3, 4, 5, 6, 7), 0) for name in timed)
    return facts(annotation=AnnotationFacts(batches=fold.facts(), times=times))


def _said(entries: list[tuple[str, Event]], **more: tuple[str, ...]) -> dict[str, Finding]:
    known = _facts(entries, **more)
    return {each.clause: each for check in ALL for each in check(known, CATALOG)}


def test_every_clause_is_judged_once_and_is_among_all_checks() -> None:
    """Each of these clauses has one finding, and the list of all checks has them."""
    assert set(_said(GOOD)) == set(CLAUSES)
    everything = [each.clause for each in checks.findings(_facts(GOOD), CATALOG)]
    assert all(everything.count(clause) == 1 for clause in CLAUSES)


def test_two_batches_without_fault_conform() -> None:
    """Everything about batches is proposed as met; R-144 waits for people and rule books that are not here."""
    said = _said(GOOD)
    assert {clause: each.verdict for clause, each in said.items() if each.verdict != Verdict.CONFORMS} == {
        "R-144": Verdict.UNPROVEN
    }
    assert all("事后核查" not in each.measured.zh for each in said.values())


def test_without_batches_nothing_is_proven() -> None:
    """No batch, no proof, and the command that helps is named."""
    said = _said([])
    assert {each.verdict for each in said.values()} == {Verdict.UNPROVEN}
    assert said["R-039"].next_action == "yuliao annotate publish PLAN.yaml"


def _changed(event: type, **changes: object) -> list[tuple[str, Event]]:
    return [(name, replace(each, **changes) if isinstance(each, event) else each) for name, each in GOOD]


@pytest.mark.parametrize(
    ("clauses", "verdict", "entries"),
    [
        (
            ("R-032", "AR-1", "AR-2", "R-144"),
            Verdict.FAILS,
            [*GOOD[:2], ("b-1", replace(_reviewed("safety"), reviewers=("p-a1",))), *GOOD[3:]],
        ),
        (("R-033", "AR-10"), Verdict.UNPROVEN, _changed(BatchPublished, planned_seconds=0)),
        (("R-039", "AR-6", "R-204"), Verdict.FAILS, [*GOOD[:2], *GOOD[3:]]),
        (("R-039", "AR-6", "R-204"), Verdict.UNPROVEN, [*GOOD[:2], *GOOD[5:]]),
        (("R-038", "AR-7", "R-204"), Verdict.FAILS, [*GOOD[:7], *GOOD[8:]]),
        (("R-038", "AR-7"), Verdict.UNPROVEN, GOOD[:8]),
        (("AR-8",), Verdict.FAILS, [*GOOD[:2], ("b-1", _reviewed("safety", approved=9, inaccurate=1)), *GOOD[3:]]),
        (
            ("AR-9", "R-038", "R-204"),
            Verdict.FAILS,
            [*GOOD[:7], ("b-2", _reviewed("functional", approved=9, illegal=1)), *GOOD[8:]],
        ),
        (
            ("AR-9", "R-038"),
            Verdict.UNPROVEN,
            [*GOOD[:7], ("b-2", _reviewed("functional", approved=9, illegal=1))],
        ),
        (("R-201",), Verdict.UNPROVEN, GOOD[:9]),
        (("R-040",), Verdict.UNPROVEN, [GOOD[0], *GOOD[5:]]),
    ],
)
def test_what_breaks_a_rule_is_found(
    clauses: tuple[str, ...], verdict: Verdict, entries: list[tuple[str, Event]]
) -> None:
    """Each seeded fault turns the verdicts of its clauses, and a batch is named."""
    said = _said(entries)
    assert {clause: said[clause].verdict for clause in clauses} == dict.fromkeys(clauses, verdict)


def test_redone_items_wait_for_their_batch() -> None:
    """AR-8 is open until the batch that redoes them has answers."""
    redo = BatchClosed("redo", "one is wrong", 9, 1, "ff" * 32)
    first = _batch("b-1", _published("safety"), COLLECTED, _reviewed("safety", approved=9, inaccurate=1), redo, DELETED)
    assert _said(first)["AR-8"].verdict == Verdict.UNPROVEN
    later = _batch("b-3", _published("safety", redoes="b-1", units=1), replace(COLLECTED, units_done=1, annotations=1))
    assert _said([*first, *later])["AR-8"].verdict == Verdict.CONFORMS


def test_a_void_batch_meets_the_clause() -> None:
    """AR-9 asks that such a batch is void; it is, and nothing of it was released."""
    void = BatchClosed("void", "illegal content", 0, 0, "ff" * 32)
    found = _reviewed("functional", approved=9, illegal=1)
    said = _said([*GOOD[:5], *_batch("b-2", _published("functional"), COLLECTED, found, void, DELETED)])
    assert said["AR-9"].verdict == said["R-038"].verdict == Verdict.CONFORMS


def test_time_never_breaks_anything() -> None:
    """AR-10 only warns: without planned or measured time it is unproven."""
    assert _said(GOOD, timed=())["AR-10"].verdict == Verdict.UNPROVEN
    assert _said(_changed(BatchPublished, planned_seconds=0))["R-033"].verdict == Verdict.UNPROVEN


def test_every_statement_tells_of_a_server_without_a_gate() -> None:
    """After-the-fact mode stands in every statement about batches, with what was kept out."""
    weak = [
        (name, replace(each, gate="") if isinstance(each, BatchPublished) and name == "b-1" else each)
        for name, each in GOOD
    ]
    weak = [
        (name, replace(each, kept_out=(("untold", 2),)) if isinstance(each, BatchCollected) and name == "b-1" else each)
        for name, each in weak
    ]
    said = _said(weak)
    about_safety = [each for clause, each in said.items() if clause not in ("R-038", "AR-7", "AR-9")]
    assert all("1 个批次的标注服务没有闸门，规则为事后核查" in each.measured.zh for each in about_safety)
    assert all("2 份" in each.measured.zh for each in about_safety)


def _fact(*events: Event) -> BatchFact:
    fold = Batches()
    for seq, event in enumerate(events, 1):
        fold.take(seq, "2026-11-22T08:00:00Z", "b-1", event)
    (found,) = fold.facts()
    return found


def test_the_fold_keeps_the_latest_and_the_first_end() -> None:
    """Later collections and reviews replace earlier ones; a second end changes nothing; JSON holds plain values."""
    found = _fact(
        _published("safety"), replace(COLLECTED, annotations=3), COLLECTED, ACCEPTED, replace(ACCEPTED, outcome="void")
    )
    assert (found.annotations, found.outcome, found.released, found.texts_deleted) == (10, "accepted", 10, None)
    assert found.to_json()["people"] == {"annotate": ["p-a1"], "review": ["p-r1"]}
    assert _fact(_published("safety", caps=()), DELETED).projects[1].cap == 1
