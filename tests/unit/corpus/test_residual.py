"""The second pass: what is left in stored texts, what planted values tell, and when a result no longer counts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import residual
from corpus.sources import require_declared
from pii.strip import Stripped, Stripper
from provenance.errors import ExitCode, GovernanceError
from provenance.events import ResidualMeasured
from provenance.ids import SourceId
from tests.fakes.byte_search import searched
from tests.fakes.identities import mobile
from tests.fakes.terminal import Said, typed
from tests.fakes.workroom import Workroom
from ui.report.residuals import residual as table
from ui.report.table import text_of
from ui.services import residual as service
from ui.stripping import stripper_for

PHONE = mobile(1)
TEXTS = [f"第{n}封信。湖面很静，电话{mobile(n)}。山路很长。" for n in range(30)]


@pytest.fixture(autouse=True)
def _few_canaries(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plant into three texts only, to be sooner done."""
    rules = room.house.catalog.house.rules
    few = replace(rules["canary_texts"], value=3)
    monkeypatch.setattr(room.house.catalog.house, "rules", {**rules, "canary_texts": few})


@pytest.fixture
def stripped(room: Workroom) -> Workroom:
    """A source whose texts were stripped, one of them quarantined for a risk, one a duplicate."""
    texts = [*TEXTS, f"乌有国颠覆传单，电话{PHONE}。", TEXTS[0]]
    room.ingest(room.declare("letters"), room.write_texts("letters.jsonl", texts))
    return room


def test_stripped_texts_hold_nothing_and_canaries_are_caught(stripped: Workroom) -> None:
    """Every stored text is searched, quarantined ones too; nothing is left; of every type so many are planted."""
    (found,) = service.measure(stripped.house, "letters")
    assert (found.items, found.items_left, found.texts) == (31, 0, 3)
    assert {each.planted for each in found.counts} == {3}
    assert {"MOBILE", "CN_ID18", "BANK_CARD"} <= {each.entity for each in found.counts}
    assert found.missed == 0
    assert not found.is_over(stripped.house.catalog)
    assert not found.is_stale


def test_what_stripping_let_through_is_found(room: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that were stored as they came are told by type, items and occurrences, and the exit code is 1."""
    source = room.declare("letters")
    with monkeypatch.context() as broken:
        broken.setattr(Stripper, "strip", lambda _, text: Stripped(text))
        room.ingest(source, room.write_texts("letters.jsonl", [f"电话{PHONE}或{mobile(2)}，请回。", "湖面很静。"]))
    (found,) = service.measure(room.house, source)
    (left,) = [each for each in found.counts if each.occurrences]
    assert (found.items_left, left.entity, left.items, left.occurrences) == (1, "MOBILE", 1, 2)
    assert found.is_over(room.house.catalog)
    said = _says(room, "pii", "residual", source)
    assert said.code == ExitCode.FINDINGS
    assert "手机号（MOBILE）" in _told(room)
    assert "超出限值" in _told(room)
    assert PHONE not in said.out + said.err


def test_a_detector_that_sees_nothing_misses_the_canaries(stripped: Workroom) -> None:
    """A stripper blind to a type leaves its canaries, and only these count as missed."""

    class Blind(Stripper):
        def detect(self, text: str) -> tuple:  # type: ignore[type-arg]
            return tuple(span for span in super().detect(text) if span.label != "EMAIL")

    house = stripped.house
    good = stripper_for(house, require_declared(house.workspace.ledger, "letters"))
    blind = Blind(good.policy, collected_to=good.collected_to)
    whole = residual.measure(house.workspace, SourceId("letters"), good, good, drawn=2)
    found = residual.measure(house.workspace, SourceId("letters"), blind, good, drawn=2)
    assert [each.entity for each in whole.counts if each.caught < each.planted] == []
    assert [(each.entity, each.planted, each.caught) for each in found.counts if each.caught < each.planted] == [
        ("EMAIL", 2, 0)
    ]


def test_what_is_kept_by_order_is_neither_left_nor_planted(room: Workroom) -> None:
    """A type that the declaration keeps is no residue, and no canary of it is planted."""
    source = room.declare("letters", orders=", keep: {MOBILE: the numbers are published by their owners}")
    room.ingest(source, room.write_texts("letters.jsonl", TEXTS))
    (found,) = service.measure(room.house, source)
    assert found.items_left == 0
    assert "MOBILE" not in {each.entity for each in found.counts}


def test_the_same_ledger_plants_the_same(stripped: Workroom) -> None:
    """Texts, places and values follow from the key and the ledger's head; another head draws anew."""
    house = stripped.house
    good = stripper_for(house, require_declared(house.workspace.ledger, "letters"))

    def measured() -> residual.Residual:
        return residual.measure(house.workspace, SourceId("letters"), good, good, drawn=2)

    assert measured() == measured()


def test_a_result_is_stale_once_items_or_declaration_change(stripped: Workroom) -> None:
    """More items, items that left, or a new declaration make it a thing of the past; the table says so."""
    service.measure(stripped.house, "letters")
    assert not stripped.facts().residuals[SourceId("letters")].is_stale
    stripped.ingest("letters", stripped.write_texts("more.jsonl", ["又一封信，湖面很静。"]))
    assert stripped.facts().residuals[SourceId("letters")].is_stale
    assert "已过期" in _told(stripped)
    service.measure(stripped.house, "letters")
    assert not stripped.facts().residuals[SourceId("letters")].is_stale
    assert _says(stripped, "source", "suspend", "letters", "--reason", "looked at again").code == ExitCode.FINE
    assert stripped.facts().residuals[SourceId("letters")].is_stale


def test_rules_of_another_edition_make_it_stale(stripped: Workroom) -> None:
    """A result counts for the rules it was measured under."""
    service.measure(stripped.house, "letters")
    recorded = [entry.event for entry in stripped.house.workspace.ledger.entries(kinds=("ResidualMeasured",))]
    (event,) = recorded
    assert isinstance(event, ResidualMeasured)
    older = replace(event, rules_edition="0" * 64)
    stripped.house.workspace.ledger.record(actor="p-0001", subject="letters", event=older)
    assert stripped.facts().residuals[SourceId("letters")].is_stale


def test_the_table_stands_beside_what_was_stripped(stripped: Workroom) -> None:
    """Before a measurement the source is 未评估; after it it has its row, and no more where nothing was left."""
    assert "未评估" in _told(stripped)
    service.measure(stripped.house, "letters")
    told = _told(stripped)
    assert "未超限值" in told
    assert "居民身份证号" not in told
    assert "去标识化处理" in told
    assert "匿名化" not in told


def test_the_command_answers_in_counts(stripped: Workroom) -> None:
    """The JSON holds counts by type and nothing else; without a source all are measured; an unknown one is told."""
    said = _says(stripped, "pii", "residual", "--json")
    assert said.code == ExitCode.FINE
    answer = said.json()["letters"]
    assert (answer["items"], answer["items_left"], answer["over"]) == (31, 0, False)
    assert answer["types"]["MOBILE"] == {"items": 0, "occurrences": 0, "planted": 3, "caught": 3}
    assert json.loads(_says(stripped, "facts", "--json").out)["residual"]["letters"]["items"] == 31
    assert "湖面" not in said.out
    assert _says(stripped, "pii", "residual", "nobody").code == ExitCode.USAGE
    stripped.declare("empty")
    with pytest.raises(GovernanceError) as refused:
        service.measure(stripped.house, "empty")
    assert refused.value.code == "ui.nothing-stored"


def test_no_canary_and_no_text_is_written(stripped: Workroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is planted is planted in memory: no byte of a canary is found in the workspace."""
    planted: set[str] = set()
    make = residual.canary

    def watched(entity: str, rng: object) -> object:
        made = make(entity, rng)  # type: ignore[arg-type]
        planted.add(made.text[made.start : made.end])
        return made

    monkeypatch.setattr(residual, "canary", watched)
    service.measure(stripped.house, "letters")
    telling = {each for each in planted if len(each) > 10}
    assert len(telling) > 20
    assert searched(telling, stripped.folder / "workspace") == {}


def _says(room: Workroom, *words: str | Path) -> Said:
    return typed("-w", room.folder / "workspace", *words)


def _told(room: Workroom) -> str:
    shown = table(room.facts(), room.house.catalog)
    cells = [text_of(cell, "zh") for row in shown.rows for cell in row]
    return "\n".join([text_of(shown.title, "zh"), *cells])
