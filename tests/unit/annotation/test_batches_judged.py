"""Every rule held again on our side: what breaks one is named, and what breaks none counts."""

from dataclasses import replace
from typing import Any

import pytest

from annotation import forms
from annotation.batches.enforcement import REASONS, Asked, Expected, judge
from annotation.batches.works import Work
from annotation.port import Entry
from rules.annotation import books
from rules.annotation.personnel import PersonFact, QualificationFact

BOOK = books.named("safety")
AT, BEFORE, AFTER = "2026-11-22T08:30:00Z", "2026-11-22T08:00:00Z", "2026-11-22T09:00:00Z"
TEXT = "山川异域，风月同天。"
HELD = QualificationFact(3, BOOK.name, (BOOK.name,), BEFORE, "2027-11-22T00:00:00Z", "", (), BEFORE, 2, "valid", "")
KEY = "0a" * 16


def _person(name: str, **changes: Any) -> PersonFact:
    return PersonFact(name, "internal", functions=("annotate",), seq=1, qualifications=(replace(HELD, **changes),))


def _expected(**changes: Any) -> Expected:
    people = {
        "p-a1": _person("p-a1"),
        "p-a2": _person("p-a2"),
        "p-late": _person("p-late", valid_to=AT),
        "p-early": _person("p-early", valid_from=AFTER),
        "p-susp": _person("p-susp", suspensions=((BEFORE, ""),)),
        "p-back": _person("p-back", suspensions=((BEFORE, AT),)),
        "p-gone": _person("p-gone", ended_at=BEFORE),
        "p-unfounded": _person("p-unfounded", state="unfounded"),
        "p-other": _person("p-other", covers=("functional@1",), rule_book="functional@1"),
        "p-none": PersonFact("p-none", "internal", seq=1),
        "p-out": _person("p-out"),
    }
    return Expected(
        function="annotate",
        stage="annotate",
        book=BOOK,
        tasks={KEY: Asked("d1" * 32, len(TEXT), 2)},
        staff=frozenset(people) - {"p-out"},
        people=people,
        is_told=False,
        **changes,
    )


def _work(person: str = "p-a1", *entries: Entry, **changes: Any) -> Work:
    said = entries or (Entry("verdict", ("safe",)),)
    result = tuple(forms.to_results(BOOK, "annotate", TEXT, said))
    return replace(Work(1, 5, KEY, person, AT, AT, result), **changes)


RISKY = (Entry("verdict", ("risky",)), Entry("risk", ("A1a",)), Entry("reason", text="依据规则第一条"))


@pytest.mark.parametrize(
    "entries", [(), RISKY, (*RISKY, Entry("span", ("suspect",), 0, 4))], ids=["safe", "risky", "span"]
)
def test_what_breaks_no_rule_counts(entries: tuple[Entry, ...]) -> None:
    """A complete answer of a qualified person is an answer, without what was written in it."""
    judged = judge([_work("p-a1", *entries)], _expected(), {})
    (answer,) = judged.answers
    assert (answer.person, answer.task, judged.kept_out) == ("p-a1", KEY, [])
    assert all(not each.text for each in answer.entries)


@pytest.mark.parametrize(
    ("reason", "work"),
    [
        ("deleted", _work(is_deleted=True)),
        ("skipped", _work(is_skipped=True)),
        ("unknown-task", _work(key="0b" * 16)),
        ("wrong-function", _work("p-out")),
        ("wrong-function", _work("")),
        ("not-qualified", _work("p-none")),
        ("not-qualified", _work("p-late")),
        ("not-qualified", _work("p-early")),
        ("not-qualified", _work("p-susp")),
        ("not-qualified", _work("p-gone")),
        ("not-qualified", _work("p-unfounded")),
        ("not-qualified", _work("p-other")),
        ("not-qualified", _work("p-late", submitted_at=BEFORE)),  # changed after the qualification ended
        ("bad-answer", _work(result=())),
        ("bad-answer", _work(result=({"from_name": "zzz", "type": "choices", "value": {"choices": ["x"]}},))),
        ("bad-answer", _work("p-a1", Entry("verdict", ("risky",)))),
        ("bad-answer", _work("p-a1", Entry("verdict", ("risky",)), Entry("reason", text="依据规则第一条"))),
        ("bad-answer", _work("p-a1", Entry("verdict", ("safe",)), Entry("verdict", ("risky",)))),
    ],
)
def test_what_breaks_a_rule_is_named(reason: str, work: Work) -> None:
    """Each breach has its own name, and the annotation counts nowhere."""
    judged = judge([work], _expected(), {})
    assert [each.reason for each in judged.kept_out] == [reason]
    assert judged.answers == []
    assert reason in REASONS


def test_a_suspension_that_was_lifted_before_is_none() -> None:
    """Who was restored may work from that moment on."""
    assert judge([_work("p-back")], _expected(), {}).kept_out == []


def test_a_stretch_beyond_the_text_is_named() -> None:
    """Offsets are held against the text that was published."""
    (span,) = forms.to_results(BOOK, "annotate", TEXT * 2, [Entry("span", ("suspect",), 12, 15)])
    judged = judge([_work(result=(*_work().result, span))], _expected(), {})
    assert [each.reason for each in judged.kept_out] == ["bad-place"]


def test_a_text_that_was_withdrawn_or_changed_is_named() -> None:
    """An answer about another text than the published one, or about one that is gone, counts nowhere."""
    told = replace(_expected(), is_told=True)
    assert [each.reason for each in judge([_work(text="d2" * 32)], told, {}).kept_out] == ["text-changed"]
    gone = replace(_expected(), tasks={KEY: Asked("d1" * 32, 0, 2)})
    assert [each.reason for each in judge([_work()], gone, {}).kept_out] == ["text-gone"]


def test_too_little_time_is_named_where_the_rule_book_asks_for_some() -> None:
    """A minimum time of the rule book is held again; an unknown time breaks nothing."""
    slow = replace(_expected(), book=replace(BOOK, min_seconds=30))
    found = judge([_work(seconds=29), _work("p-a2", annotation=2, seconds=30)], slow, {})
    assert [(each.person, each.reason) for each in found.kept_out] == [("p-a1", "too-soon")]
    assert judge([_work(seconds=None)], slow, {}).kept_out == []


def test_nobody_reviews_their_own_work() -> None:
    """A task that shows somebody's answer bars its author."""
    barred = replace(_expected(), tasks={KEY: Asked("d1" * 32, len(TEXT), 2, frozenset({"p-a1"}))})
    assert [each.reason for each in judge([_work()], barred, {}).kept_out] == ["own-work"]


def test_the_first_of_two_answers_counts_and_no_more_people_than_planned() -> None:
    """One person has one answer; who comes after the last place is over the cap, in the order of submission."""
    late = {"submitted_at": AFTER, "changed_at": AFTER}
    works = [
        _work("p-a2", annotation=3, **late),
        _work("p-a1", annotation=2, **late),
        _work("p-a1", annotation=1),
        _work("p-back", annotation=4, submitted_at="2026-11-22T09:30:00Z", changed_at="2026-11-22T09:30:00Z"),
    ]
    judged = judge(works, _expected(), {})
    assert [(each.person, each.annotation) for each in judged.answers] == [("p-a1", 1), ("p-a2", 3)]
    assert [(each.annotation, each.reason) for each in judged.kept_out] == [(2, "twice"), (4, "over-cap")]


def test_what_was_found_by_comparing_comes_first() -> None:
    """An annotation that was written past the gate is named so, whatever else is wrong with it."""
    judged = judge([_work("p-out")], _expected(), {1: "untold"})
    assert [each.reason for each in judged.kept_out] == ["untold"]
