"""Forms and answers: what a rule book asks is in the form, and entries come back from the server as they went."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.forms import demands, first_answer, for_gate, form, from_outbox, to_entries, to_results
from annotation.forms.words import TYPES, words_of
from annotation.port import Entry
from annotation.server.policy import Demand
from provenance.errors import GovernanceError
from rules.annotation import books
from rules.annotation.book_records import Control, RuleBook
from rules.catalog import load

CATALOG = load()
STAGES = [(book.id, stage) for book in books.load().values() for stage in book.stages]
SAFETY, FUNCTIONAL = books.named("safety"), books.named("functional")
TEXT = "甲\n乙\r😀丙尾"
NASTY = "<script>&\"'$text]]>"
FULL = (
    Entry("span", ("suspect",), 1, 5),
    Entry("verdict", ("risky",)),
    Entry("risk", ("A1a", "A5b")),
    Entry("reason", text="规则要点"),
)
texts = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("\n\r😀👩‍👩‍👧𠀀"), min_size=1, max_size=60)


def drawn(book: str, stage: str) -> Element:
    """Return the form of a stage as a tree."""
    return fromstring(form(books.named(book), stage))  # noqa: S314  # our own form


@st.composite
def answers(draw: st.DrawFn) -> tuple[RuleBook, str, str, tuple[Entry, ...]]:
    """Draw a stage of a book, a text, and any entries that its controls allow, in any order."""
    book_id, stage = draw(st.sampled_from(STAGES))
    book, text = books.named(book_id), draw(texts)
    one = st.one_of([_entry(name, each, text) for name, each in book.stages[stage].controls.items()])
    return book, stage, text, tuple(draw(st.lists(one, max_size=6)))


def _entry(name: str, control: Control, text: str) -> st.SearchStrategy[Entry]:
    if control.kind == "text":
        return texts.map(lambda said: Entry(name, text=said))
    value = st.sampled_from(sorted(words_of(control)))
    if TYPES[control.kind] == "labels":
        places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda at: at[0] < at[1])
        return st.tuples(value, places).map(lambda pair: Entry(name, (pair[0],), *pair[1]))
    most = 1 if control.kind == "one" else 3
    return st.lists(value, min_size=1, max_size=most, unique=True).map(lambda found: Entry(name, tuple(found)))


def _told(results: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Say a result as the gate's outbox does: no text, a digest for what was written."""
    rows = []
    for each in results:
        row = {"control": each["from_name"], "object": each["to_name"], "type": each["type"]}
        said = each["value"]
        match each["type"]:
            case "labels":
                row |= {"region": "0" * 16, "start": said["start"], "end": said["end"], "labels": said["labels"]}
            case "taxonomy":
                row["paths"] = said["taxonomy"]
            case "choices":
                row["choices"] = said["choices"]
            case _:
                row |= {"digests": ["ab" * 32], "characters": [len(said["text"][0])]}
        rows.append(row)
    return rows


@given(answers())
def test_entries_come_back_as_they_went(drawn: tuple[RuleBook, str, str, tuple[Entry, ...]]) -> None:
    """Entries written as results, carried as JSON and read back are the same, whatever the text holds."""
    book, stage, text, entries = drawn
    carried = json.loads(json.dumps(to_results(book, stage, text, entries)))
    assert to_entries(book, stage, carried) == entries
    for each in carried:
        if each["type"] == "labels":
            at = each["value"]
            assert at["text"] == text[at["start"] : at["end"]].replace("\n", "\\n").replace("\r", "\\n")


@given(answers())
def test_the_outbox_tells_the_same_but_for_what_was_written(
    drawn: tuple[RuleBook, str, str, tuple[Entry, ...]],
) -> None:
    """Read from the outbox an answer is the same, with digests where text was."""
    book, stage, text, entries = drawn
    found = from_outbox(book, stage, _told(to_results(book, stage, text, entries)))
    assert found == tuple(replace(each, text="", digest="ab" * 32) if each.text else each for each in entries)


def test_a_line_break_is_told_as_the_browser_tells_it() -> None:
    """A selected line break stands in the result as backslash and n, of either kind; offsets stay code points."""
    value = to_results(SAFETY, "annotate", TEXT, FULL)[0]["value"]
    assert value == {"start": 1, "end": 5, "text": "\\n乙\\n😀", "labels": ["疑似"]}


@pytest.mark.parametrize(("book", "stage"), STAGES)
def test_every_control_is_in_its_form_with_its_words(book: str, stage: str) -> None:
    """The form has the controls of the stage by name, with the words that the server is to store, on the text."""
    root, asked = drawn(book, stage), books.named(book).stages[stage]
    controls = {each.get("name"): each for each in root.iter() if each.get("toName")}
    assert controls.keys() == asked.controls.keys()
    for name, control in asked.controls.items():
        found = controls[name]
        assert found.get("toName") == "text"
        stored = [each.get("alias") or each.get("value") for each in found.iter() if each.tag in ("Choice", "Label")]
        groups = list(CATALOG.risk_groups) if control.kind == "risks" else []
        assert sorted(stored) == sorted([*words_of(control).values(), *groups])


@pytest.mark.parametrize(("book", "stage"), STAGES)
def test_texts_are_shown_as_plain_text(book: str, stage: str) -> None:
    """Every form shows the text, a review also the first answer, and neither as HTML."""
    shown = [(each.get("name"), each.get("value"), each.get("valueType")) for each in drawn(book, stage).iter("Text")]
    first = [("first", "$first", None)] if stage == "review" else []
    assert shown == [("text", "$text", None), *first]
    assert not list(drawn(book, stage).iter("HyperText"))


def test_the_tree_of_risks_has_31_leaves_below_five_groups() -> None:
    """Only leaves can be chosen, and a leaf's way is its group and its id, as the batch reads it back."""
    (tree,) = drawn("safety", "annotate").iter("Taxonomy")
    ways = [(group.get("alias"), leaf.get("alias")) for group in tree for leaf in group]
    assert tree.get("leafsOnly") == "true"
    assert ways == [(risk.group, risk.id) for risk in CATALOG.risks.values()]
    assert to_results(SAFETY, "annotate", TEXT, FULL)[2]["value"] == {"taxonomy": [["A.1", "A1a"], ["A.5", "A5b"]]}


def test_what_is_asked_under_a_condition_is_hidden_until_then() -> None:
    """Under one condition the browser hides and requires a control; under several it is shown and the gate demands."""
    hidden = {
        child.get("name"): (view.get("whenTagName"), view.get("whenChoiceValue"), child.get("required"))
        for view in drawn("safety", "annotate").iter("View")
        if view.get("visibleWhen") == "choice-selected"
        for child in view
        if child.get("toName")
    }
    assert hidden == {"risk": ("verdict", "有风险", "true"), "reason": ("verdict", "有风险,无法判断", "true")}
    (reason,) = (each for each in drawn("functional", "annotate") if each.get("name") == "reason")
    assert reason.get("required") is None


def test_the_gate_demands_what_a_condition_asks() -> None:
    """Demands are in the form's words, wait for an option of their own stage, and take the house's shortest reason."""
    least = CATALOG.house.integer("annotation_reason_min")
    assert demands(SAFETY, "annotate") == (
        Demand("risk", ("verdict", ("有风险",)), at_least=1, title="风险类型"),
        Demand("reason", ("verdict", ("有风险", "无法判断")), at_least=1, min_characters=least, title="理由"),
    )
    assert demands(FUNCTIONAL, "annotate")[1:] == (
        Demand("reason", ("usable", ("需修改", "不可用")), at_least=1, min_characters=least, title="理由"),
        Demand("reason", ("illegal", ("发现违法不良信息",)), at_least=1, min_characters=least, title="理由"),
    )
    for book in books.load().values():
        told = for_gate(book)
        assert told.min_seconds == book.min_seconds == 0
        assert told.demands == tuple(each for stage in book.stages for each in demands(book, stage))
        assert all(each.when is not None for each in told.demands)


def test_a_form_is_the_same_every_time_and_escapes_its_words() -> None:
    """The same book gives the same bytes, and a word with marks of XML stays a word."""
    assert form(SAFETY, "annotate") == form(SAFETY, "annotate")
    stage = SAFETY.stages["review"]
    control = replace(stage.controls["decision"], zh=NASTY, options={"approve": NASTY})
    book = replace(SAFETY, zh=NASTY, stages={"review": replace(stage, zh=NASTY, controls={"decision": control})})
    root = fromstring(form(book, "review"))  # noqa: S314  # our own form
    assert [each.get("value") for each in root.iter("Choice")] == [NASTY]
    assert not list(root.iter("script"))


@pytest.mark.parametrize(
    "entry",
    [
        Entry("nothing", ("risky",)),
        Entry("verdict", ("perhaps",)),
        Entry("risk", ("A9z",)),
        Entry("span", ("suspect",), 3, 3),
        Entry("span", ("suspect",), 0, len(TEXT) + 1),
        Entry("span", ("suspect",)),
    ],
)
def test_entries_outside_the_rule_book_are_refused(entry: Entry) -> None:
    """An unknown control or id and a stretch outside the text never reach the server."""
    assert to_results(SAFETY, "annotate", TEXT, FULL)
    with pytest.raises(GovernanceError) as caught:
        to_results(SAFETY, "annotate", TEXT, [entry])
    assert caught.value.code in ("annotation.unknown-word", "annotation.bad-place")


@pytest.mark.parametrize(
    "change",
    [
        {"from_name": "zzz"},
        {"from_name": None},
        {"type": "rating"},
        {"value": None},
        {"value": {"choices": "安全"}},
        {"value": {"choices": ["平安"]}},
        {"value": {"choices": [1]}},
        {"from_name": "risk", "type": "taxonomy", "value": {"taxonomy": [["A.2", "A1a"]]}},
        {"from_name": "risk", "type": "taxonomy", "value": {"taxonomy": [["A.1"]]}},
        {"from_name": "risk", "type": "taxonomy", "value": {"taxonomy": [[]]}},
        {"from_name": "risk", "type": "taxonomy", "value": {}},
        {"from_name": "span", "type": "labels", "value": {"start": 0, "end": True, "labels": ["疑似"]}},
        {"from_name": "span", "type": "labels", "value": {"start": 4, "end": 2, "labels": ["疑似"]}},
        {"from_name": "span", "type": "labels", "value": {"start": 0, "end": 1}},
        {"from_name": "reason", "type": "textarea", "value": {"text": [None]}},
    ],
)
def test_results_made_outside_the_form_are_refused(change: dict[str, Any]) -> None:
    """What a database's administrator could write is refused with a code, never a broken program; no word is quoted."""
    good = {"from_name": "verdict", "to_name": "text", "type": "choices", "value": {"choices": ["安全"]}}
    assert to_entries(SAFETY, "annotate", [good]) == (Entry("verdict", ("safe",)),)
    with pytest.raises(GovernanceError) as caught:
        to_entries(SAFETY, "annotate", [good | change])
    assert caught.value.code in ("annotation.unknown-word", "annotation.bad-place")
    assert "平安" not in caught.value.diagnostics()


def test_a_reason_that_the_server_keeps_as_one_text_is_read() -> None:
    """A text is read from a list and from a string alike, and relations are passed over."""
    said = {"from_name": "reason", "to_name": "text", "type": "textarea", "value": {"text": "引文不明"}}
    found = to_entries(SAFETY, "review", [said, {"type": "relation", "from_id": "a", "to_id": "b"}])
    assert found == (Entry("reason", text="引文不明"),)


def test_the_reviewer_reads_the_first_answer_in_the_forms_words() -> None:
    """The first answer is lines of headings and words in the form's order, with the risk's full name."""
    assert first_answer(SAFETY, "annotate", FULL[::-1]).splitlines() == [
        "疑似文字：疑似（第 2 至 5 字）",
        "判定：有风险",
        f"风险类型：A.1 a) {CATALOG.risks['A1a'].zh}；A.5 b) {CATALOG.risks['A5b'].zh}",
        "理由：规则要点",
    ]
    assert first_answer(SAFETY, "annotate", []) == "（未填写）"


def test_an_unknown_stage_is_refused() -> None:
    """A stage that the book lacks has no form, no demands and no answers."""
    for call in (form, demands):
        with pytest.raises(GovernanceError, match="no stage of this name"):
            call(SAFETY, "inspect")
