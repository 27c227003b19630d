"""Marks held against what stripping takes out: places decide, code point by code point."""

import hypothesis.strategies as st
from hypothesis import given

from annotation.batches import units
from annotation.batches.units import Unit
from annotation.inspections.missed import as_covered, counted
from annotation.port import Answer, Entry
from provenance.ids import FileId, ItemId

ITEM = ItemId(FileId(b"\x01" * 16), 0)
TYPES = ("MOBILE", "NAME", "ADDRESS")
_STRETCHES = st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(TYPES)).map(
    lambda each: (each[0], each[0] + each[1], each[2])
)
_SPANS = st.lists(_STRETCHES, max_size=6)


def _unit(found: list[tuple[int, int, str]], people: int = 1) -> Unit:
    return Unit("a" * 32, ITEM, "b" * 64, "work", people, tuple(sorted(set(found))))


def _answer(marks: list[tuple[int, int, str]], person: str = "p-k1", verdict: str = "found") -> Answer:
    spans = (Entry("span", (entity,), start, end) for start, end, entity in marks)
    return Answer("a" * 32, 1, person, (*spans, Entry("verdict", (verdict,))), "2026-11-22T08:00:00Z")


def _points(spans: list[tuple[int, int, str]]) -> set[int]:
    return {at for start, end, _ in spans for at in range(start, end)}


@given(_SPANS, _SPANS)
def test_an_item_passes_where_every_marked_character_is_taken_out(
    found: list[tuple[int, int, str]], marks: list[tuple[int, int, str]]
) -> None:
    """The verdict is the inclusion of two sets of code points, whatever the types and however spans overlap."""
    word, risks = as_covered(_unit(found), _answer(marks))
    assert word == ("pass" if _points(marks) <= _points(found) else "fail")
    assert risks == (() if word == "pass" else ("A4f",))


@given(_SPANS, _SPANS, _SPANS)
def test_counts_agree_with_verdicts(
    found: list[tuple[int, int, str]], one: list[tuple[int, int, str]], two: list[tuple[int, int, str]]
) -> None:
    """Of an item that both fail or both pass something is missed or nothing; nobody misses what nobody marked."""
    unit, answers = _unit(found, 2), [_answer(one), _answer(two, "p-k2")]
    said = counted([(unit, answers)], 7, "c" * 64)
    words = {as_covered(unit, each)[0] for each in answers}
    assert said.items_missed == ("fail" in words)
    assert (said.items, said.people, said.sample) == (1, ("p-k1", "p-k2"), 7)
    assert all(0 <= each.missed <= each.marked for each in said.counts)
    assert bool(sum(each.missed for each in said.counts)) == ("fail" in words)
    assert {each.entity for each in said.counts} == {entity for _, _, entity in (*one, *two)}
    assert said == counted([(unit, answers[::-1])], 7, "c" * 64)


@given(_SPANS, _SPANS)
def test_more_taken_out_never_misses_more(found: list[tuple[int, int, str]], marks: list[tuple[int, int, str]]) -> None:
    """Whatever is found besides, an item that passed passes."""
    if as_covered(_unit(found[:-1]), _answer(marks))[0] == "pass":
        assert as_covered(_unit(found), _answer(marks))[0] == "pass"


@given(_SPANS)
def test_what_nobody_could_judge_counts_nowhere(marks: list[tuple[int, int, str]]) -> None:
    """Cannot-judge is the word, with no risk, and neither item nor marks are counted."""
    answer = _answer(marks, verdict="cannot_judge")
    assert as_covered(_unit([]), answer) == ("cannot_judge", ())
    said = counted([(_unit([]), [answer])], 7, "c" * 64)
    assert (said.items, said.items_missed, said.counts) == (0, 0, ())


@given(st.lists(_SPANS, max_size=4))
def test_a_task_list_is_read_as_it_was_written(lists: list[list[tuple[int, int, str]]]) -> None:
    """Places survive; without any the bytes are those of a list that never knew of them."""
    listed = tuple(
        Unit(f"{at:032x}", ITEM, "b" * 64, "work", 1, tuple(sorted(set(found)))) for at, found in enumerate(lists)
    )
    assert units.read(units.write(listed)) == listed
    assert (b'"found"' in units.write(listed)) == any(lists)


def test_one_character_left_is_missed() -> None:
    """A mark that reaches one character beyond what is taken out is missed; the mark within it is not."""
    assert as_covered(_unit([(3, 7, "MOBILE")]), _answer([(3, 7, "NAME")]))[0] == "pass"
    assert as_covered(_unit([(3, 7, "MOBILE")]), _answer([(3, 8, "MOBILE")]))[0] == "fail"
