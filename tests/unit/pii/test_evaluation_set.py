"""The first evaluation set: templates render, gold points at the values, check characters hold or fail as they must."""

import random
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.pii_set import decoys, numbers, people, render, tricks, values
from pii.entities import ENTITIES

SET_ONE = Path(render.__file__).with_name("templates_one.yaml")
PROOFS = {
    "CN_ID18": numbers.is_citizen,
    "HKMOTW_RESIDENCE": numbers.is_citizen,
    "USCC": numbers.is_organisation,
    "BANK_CARD": numbers.is_luhn,
    "IMEI": numbers.is_luhn,
    "VIN": numbers.is_vehicle,
    "HKID": numbers.is_hongkong,
    "TW_ID": numbers.is_taiwan,
}
VARIANTS = {"BANK_CARD": "19"}


def template(text: str, **more: object) -> render.Template:
    """Return a template of one text."""
    return render.Template(id="t", genre="chat", text=text, **more)  # type: ignore[arg-type] # a test's own words


def gold(text: str, **more: object) -> dict[str, object]:
    """Render one text once."""
    (record,) = render.render([template(text, **more)], copies=1, seed=7)
    return record


def held(record: dict[str, object]) -> list[str]:
    """Return what the gold spans of a record hold."""
    text = record["text"]
    return [text[span["start"] : span["end"]] for span in record["spans"]]  # type: ignore[index, attr-defined]


def test_set_one_is_as_wide_as_promised() -> None:
    """There are at least 150 templates over 25 genres, long ones and negatives among them, and every type occurs."""
    templates = render.load(SET_ONE)
    assert len(templates) >= 150
    genres = {each.genre for each in templates}
    assert len(genres) >= 25
    assert {"long_document", "negatives"} <= genres
    types = {span["type"] for record in render.render(templates, 1, 1) for span in record["spans"]}
    assert types == set(ENTITIES)


def test_every_template_renders_and_spans_hold_no_word_of_the_template() -> None:
    """Spans of every rendering lie in order inside the text, and what is between them is the template's own text."""
    for each in render.load(SET_ONE):
        for record in render.render([each], copies=3, seed=5):
            spans, text = record["spans"], record["text"]
            assert all(one["end"] <= other["start"] for one, other in pairwise(spans))
            assert all(0 <= span["start"] < span["end"] <= len(text) for span in spans)
            assert all(span["trick"] in tricks.TRICKS or span["trick"] in {"shaped", "literal"} for span in spans)
            if each.genre == "negatives":
                assert spans == []


def test_the_same_seed_renders_the_same_set() -> None:
    """A seed fixes every character, whatever was rendered before; another seed gives another set."""
    templates = render.load(SET_ONE)
    whole = list(render.render(templates, 2, 11))
    assert whole == list(render.render(templates, 2, 11))
    assert list(render.render(templates[40:42], 2, 11)) == whole[80:84]
    assert whole != list(render.render(templates, 2, 12))


def test_slots_are_replaced_and_noted() -> None:
    """Plain braces stay, a key repeats its value, shapes and literals stand as written, decoys are not annotated."""
    record = gold('{"a": 1} {NAME@x}/{NAME@x} {MOBILE~### #### ####} {MEDICAL=痛风} {!ORDER_NO}', tricks=("plain",))
    first, second, shaped, literal = held(record)
    assert first == second
    assert [len(part) for part in shaped.split(" ")] == [3, 4, 4]
    assert literal == "痛风"
    assert str(record["text"]).startswith('{"a": 1} ')
    assert [span["trick"] for span in record["spans"]] == ["plain", "plain", "shaped", "literal"]  # type: ignore[attr-defined]


def test_long_documents_carry_filler_on_both_sides() -> None:
    """Neutral paragraphs stand before and behind, and the span still points at the value."""
    record = gold("卡号{BANK_CARD:19|plain}。", filler=8)
    (value,) = held(record)
    assert numbers.is_luhn(value)
    before, behind = str(record["text"]).split(f"卡号{value}。")
    assert min(before.count("\n"), behind.count("\n")) >= 8


@pytest.mark.parametrize("text", ["{MOBIL}", "{!SHOE}", "{CRIME}", "{MOBILE|upside_down}", "{NAME+x}"])
def test_unknown_slots_are_refused(tmp_path: Path, text: str) -> None:
    """A slot that nobody knows is refused with the template's id when the set is read."""
    fine = tmp_path / "fine.yaml"
    fine.write_text("- {id: a, genre: chat, text: '{MOBILE}'}\n", "utf-8")
    assert len(render.load(fine)) == 1
    fine.write_text(f"- {{id: wrong-1, genre: chat, text: '{text}'}}\n", "utf-8")
    with pytest.raises(ValueError, match="wrong-1"):
        render.load(fine)


@pytest.mark.parametrize("shape", ["###", "#### #### ####"])
def test_a_shape_of_another_length_is_refused(shape: str) -> None:
    """A shape takes every character of the value, no more and no fewer."""
    with pytest.raises(ValueError, match="places than the value"):
        gold(f"{{MOBILE~{shape}}}")


@pytest.mark.parametrize("kind", sorted(PROOFS))
def test_values_check_and_near_misses_do_not(kind: str) -> None:
    """Every value satisfies the congruence of its standard; every near miss has its length and breaks it."""
    rng = random.Random(3)
    for _ in range(50):
        value = values.VALUES[kind](rng, VARIANTS.get(kind, ""))
        miss = decoys.DECOYS[kind](rng, "")
        assert PROOFS[kind](value)
        assert not PROOFS[kind](miss)
        assert len(miss) == len(value)


def test_nobody_living_has_the_identity_numbers() -> None:
    """Birth years inside identity numbers are of the 1890s."""
    rng = random.Random(4)
    assert all(1890 <= int(numbers.citizen(rng)[6:10]) <= 1899 for _ in range(50))


def test_proofs_agree_with_published_examples() -> None:
    """The congruences accept the example of GB 11643 and other published numbers, and no neighbour of theirs."""
    published = {
        numbers.is_hongkong: "G123456A",
        numbers.is_taiwan: "A123456789",
        numbers.is_luhn: "79927398713",
        numbers.is_vehicle: "1M8GDM9AXKP042788",
        numbers.is_book: "9780306406157",
    }
    for holds, number in published.items():
        assert holds(number)
        others = [number[:-1] + each for each in "0123456789" if each != number[-1]]
        assert not any(holds(each) for each in others)


@pytest.mark.parametrize("name", sorted(set(tricks.TRICKS) - {"plain", "at_word", "name_gap"}))
def test_tricks_change_numbers(name: str) -> None:
    """A trick writes a value in another way, and split values hold one line break."""
    rng = random.Random(5)
    value = "e1380013567x" if name == "lower" else "13800135678"
    written = tricks.TRICKS[name](rng, value.upper())
    assert written != value.upper()
    assert written.count("\n") == (name == "split_lines")


def test_tricks_of_addresses_and_names() -> None:
    """The sign of an e-mail address is spelt out, and a name of two characters is set apart by a blank."""
    rng = random.Random(6)
    assert all("@" not in tricks.TRICKS["at_word"](rng, "a@b.cn") for _ in range(20))
    assert tricks.TRICKS["name_gap"](rng, "甲乙").replace("\u3000", " ") == "甲 乙"


def test_tables_speak_of_the_same_types() -> None:
    """What can be drawn, what bears tricks and what is near missed are types of the table; words have no blanks."""
    assert set(values.VALUES) <= set(ENTITIES)
    assert set(tricks.BEARS) <= set(values.VALUES)
    assert all(set(each) <= set(tricks.TRICKS) for each in tricks.BEARS.values())
    assert all(people.name(random.Random(1), each) for each in ("zh", "compound", "uyghur", "foreign", "trad", "en"))
