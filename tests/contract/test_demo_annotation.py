"""The demonstration of annotation, on the real server: what it shows is so."""

import json

import pytest

from annotation.server.environment import Environment
from corpus.tracing import released
from provenance import verify
from provenance.ids import ItemId
from rules.evidence import assess
from rules.facts import Facts
from rules.findings import Verdict
from ui.bootstrap import House, open_house
from ui.services import demo_annotation, reading

pytestmark = [pytest.mark.contract, pytest.mark.needs("label-studio")]


@pytest.fixture(scope="module")
def played(label_studio: Environment, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, list[str]]:
    """The workspace after the demonstration, and what it told."""
    out, told = tmp_path_factory.mktemp("shown") / "demo", list[str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YULIAO_KEYS", str(out.parent / "keys"))
        patch.setenv("YULIAO_LABEL_STUDIO", str(label_studio.folder))
        demo_annotation.play(out, tell=told.append)
        return open_house(out / "workspace"), told


@pytest.fixture
def facts(played: tuple[House, list[str]]) -> Facts:
    """The facts after the demonstration."""
    return reading.facts_of(played[0])


def test_one_batch_is_accepted_one_redone_one_void(facts: Facts) -> None:
    """All three ends are reached on the real server, and no text is left there."""
    ends = {each.id: (each.outcome, each.released, each.texts_deleted) for each in facts.annotation.batches}
    assert ends["b-safety"] == ("redo", 9, 24)
    assert ends["b-safety-again"] == ("accepted", 1, 2)
    assert ends["b-functional"] == ("void", 0, 12)


def test_what_breaks_a_rule_was_refused(played: tuple[House, list[str]]) -> None:
    """The reviewer may not annotate and nobody answers twice; both read why in Chinese."""
    refusals = [line for line in played[1] if "tries to annotate" in line]
    assert [("AR-2" in line, "不要重复提交" in line) for line in refusals] == [(True, False), (False, True)]


def test_the_manual_sample_is_judged_by_people(facts: Facts, played: tuple[House, list[str]]) -> None:
    """Every admitted item has a verdict by two people, or by a third where they differed; R-070 conforms."""
    (manual,) = [each for each in facts.samples if each.plan == "manual"]
    assert (manual.is_closed, manual.size, manual.failed) == (True, manual.population, 0)
    assert manual.inspectors == ("p-i1+p-i2", "p-i3")
    (row,) = [each for each in assess(facts, played[0].catalog) if each.clause == "R-070"]
    assert row.proposed == Verdict.CONFORMS


def test_clauses_of_annotation_follow(facts: Facts, played: tuple[House, list[str]]) -> None:
    """People, rule books and batches are enough for what the clauses of annotation ask."""
    proposed = {each.clause: each.proposed for each in assess(facts, played[0].catalog)}
    asked = ("R-030", "R-031", "R-032", "R-034", "R-035", "R-037", "R-039", "AR-1", "AR-3", "AR-5", "AR-6")
    assert {name: proposed[name] for name in asked} == dict.fromkeys(asked, Verdict.CONFORMS)


def test_what_the_real_server_told_is_sealed(played: tuple[House, list[str]]) -> None:
    """An auditor with the bundle alone follows the chain to every answer, and finds no text that was annotated."""
    house, told = played
    bundle = house.settings.folder.parent / "bundle"
    assert [line.split()[1] for line in told if line.endswith(tuple(en for en, _ in verify.TITLES.values()))] == [
        "ok"
    ] * len(verify.TITLES)
    held = {path: path.read_bytes() for path in (bundle / "data/annotation").rglob("*") if path.is_file()}
    assert len(held[bundle / "data/annotation/outbox.jsonl"].splitlines()) > 40
    listed = (json.loads(content)["tasks"] for path, content in held.items() if path.name == "tasks.json")
    items = {ItemId.parse(task["item"]) for tasks in listed for task in tasks if "item" in task}
    texts = released.stored(house.workspace, sorted(items)).values()
    assert texts
    assert not [path for path, content in held.items() for text in texts if text[:8].encode() in content]
