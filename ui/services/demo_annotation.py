"""Annotation from its rule books to the tables (标注演示): one batch accepted, one redone, one void, a sample judged.

People work through the real server under their own accounts; what breaks a rule is tried, too, and refused.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from annotation.batches import answers, judging
from annotation.batches.plans import read
from annotation.port import Entry
from annotation.server import launch
from provenance.errors import GovernanceError
from rules.annotation import books
from rules.annotation.batches import ACCEPTED, REDO, VOID, BatchFact
from rules.annotation.book_records import ANNOTATE, REVIEW
from ui.bootstrap import create
from ui.services import (
    annotating,
    batches,
    demo_proof,
    demo_sources,
    inspecting,
    lexicons,
    lists,
    reading,
    reporting,
    rule_books,
)
from ui.services import sampling as samples
from ui.services.demo import examples_folder
from ui.services.demo_scene import Scene
from ui.services.demo_staff import Staff, demand_stored, hire

_SOURCES = ("recipes-open", "tips-open")
_SAFE = (Entry("verdict", ("safe",)),)
_USABLE = (Entry("illegal", ("no",)), Entry("usable", ("usable",)))
_APPROVE = (Entry("decision", ("approve",)),)
_WRONG = (Entry("decision", ("inaccurate",)), Entry("reason", text="依据规则应判为有风险，请复核"))
_ILLEGAL = (Entry("decision", ("illegal",)), Entry("reason", text="正文含违法不良信息，整批作废"))
_PASS = (Entry("verdict", ("pass",)),)
_FAIL = (Entry("verdict", ("fail",)), Entry("risk", ("A2d",)), Entry("reason", text="依据规则属于地域歧视"))
_DONE = "the demonstration's work is done"


def play(out: Path, *, tell: Callable[[str], None]) -> Path:
    """Play the demonstration of annotation into a new or empty folder; the server is stopped at its end.

    Args:
        out: The folder; it will hold ``workspace`` and ``report``.
        tell: Shows a line to the person.

    Returns:
        The folder of the bundle; the report lies beside it.

    Raises:
        GovernanceError: The folder is not empty, the server cannot be installed or started, or a step fails.
    """
    scene = Scene(create(out / "workspace"), examples_folder(), out, tell)
    released = lexicons.import_keywords(scene.house, scene.examples / "lexicon.csv")
    scene.say("rules import-keywords lexicon.csv", f"{released.keywords} keywords")
    for name in lists.KINDS:
        lists.import_list(scene.house, name, scene.examples / "lists" / f"{name}.csv")
    for name in _SOURCES:
        demo_sources.take_in(scene, name)
    for name in ("safety", "functional", "inspection"):
        rule_books.approve(scene.house, name)
        scene.say(f"rules approve {name}", "released; its author may not approve it")
    running = launch.start(annotating.environment_of(), annotating.server_of(scene.house, port=0), tell)
    scene.say("annotate server start", running.url, launch.strength_of(running).statement)
    try:
        _work(hire(scene, _files(scene)), scene.out / "plans")
    finally:
        launch.stop(annotating.server_of(scene.house).folder)
        scene.say("annotate server stop")
    reporting.write(scene.house, out / "report", "zh")
    scene.say(f"report --out {out / 'report'}", *_tables(scene))
    return demo_proof.prove(scene)


def _files(scene: Scene) -> Path:
    """Copy the example's files with the present day in them."""
    folder = scene.out / "plans"
    shutil.copytree(scene.examples / "annotation", folder)
    today = scene.house.workspace.ledger.today()
    for path in folder.glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("DAY", today), "utf-8")
    return folder


def _work(staff: Staff, plans: Path) -> None:
    _redo_and_accept(staff, plans)
    _void(staff, plans)
    _judge_sample(staff, plans)


def _redo_and_accept(staff: Staff, plans: Path) -> None:
    batch = _publish(staff, plans / "safety.yaml")
    _annotate(staff, batch, _SAFE)
    _show_refusals(staff, batch)
    _check(staff, batch.id, "p-r1", _APPROVE, first=_WRONG)
    _close(staff, batch.id, REDO)
    again = _publish(staff, plans / "safety-again.yaml")
    _annotate(staff, again, _SAFE)
    _check(staff, again.id, "p-r1", _APPROVE)
    _close(staff, again.id, ACCEPTED)


def _void(staff: Staff, plans: Path) -> None:
    batch = _publish(staff, plans / "functional.yaml")
    _annotate(staff, batch, _USABLE)
    _check(staff, batch.id, "p-i1", _APPROVE, first=_ILLEGAL)
    _close(staff, batch.id, VOID)


def _judge_sample(staff: Staff, plans: Path) -> None:
    house = staff.scene.house
    drawn = samples.draw(house, "manual", source="", size=0, out=None, reason="").drawn.sample
    staff.scene.say("sample draw manual", f"sample {drawn.seq}: {drawn.size} of {drawn.population} admitted items")
    plan = plans / "manual.yaml"
    plan.write_text(plan.read_text("utf-8").replace("SAMPLE", str(drawn.seq)), "utf-8")
    batch = inspecting.publish(house, staff.desk, read(plan)).batch
    staff.scene.say("annotate publish manual.yaml", f"{batch.units} items, two inspectors each")
    book = books.named(batch.rule_book)
    first, third = batch.projects
    for place, task in enumerate(sorted(staff.desk.server.tasks(first.number).values())):
        demand_stored(staff.answer("p-i1", task, book, "inspect", _PASS))
        demand_stored(staff.answer("p-i2", task, book, "inspect", _FAIL if place == 0 else _PASS))
    inspecting.collect(house, staff.desk, batch)
    for task in staff.desk.server.tasks(third.number).values():
        demand_stored(staff.answer("p-i3", task, book, "inspect", _PASS))
    _, recorded = inspecting.collect(house, staff.desk, batch)
    said = samples.asked(house, recorded.sample)
    staff.scene.say(f"annotate collect {batch.id}", f"a third person decided where two differed; {said}")
    inspecting.close(house, staff.desk, batch, ACCEPTED, _DONE)
    staff.scene.say(f'annotate close {batch.id} --accept --reason "{_DONE}"', "task texts deleted in the server")
    drawn = samples.draw(house, "technical", source="", size=0, out=None, reason="").drawn.sample
    staff.scene.say("sample draw technical", f"{drawn.size} of {drawn.population} items, judged by the keyword library")


def _publish(staff: Staff, plan: Path) -> BatchFact:
    done = batches.publish_plan(staff.desk, plan)
    staff.scene.say(f"annotate publish {plan.name}", f"{done.batch.units} items, {done.tasks_put} tasks put")
    return done.batch


def _annotate(staff: Staff, batch: BatchFact, said: tuple[Entry, ...]) -> None:
    """Let the annotators answer everything, as many of them as each item needs."""
    book, server = books.named(batch.rule_book), staff.desk.server
    answered = 0
    for project in batch.projects:
        if project.function == ANNOTATE:
            for task in sorted(server.tasks(project.number).values()):
                for person in batch.people[ANNOTATE][: project.cap]:
                    demand_stored(staff.answer(person, task, book, ANNOTATE, said))
                    answered += 1
    batches.collect_batches(staff.desk, batch.id)
    staff.scene.say(f"annotate collect {batch.id}", f"{answered} annotations, each held against the rules again")


def _show_refusals(staff: Staff, batch: BatchFact) -> None:
    """Try what the rules forbid: the annotator reviews, and somebody answers twice."""
    book, server = books.named(batch.rule_book), staff.desk.server
    annotated = next(each for each in batch.projects if each.function == ANNOTATE)
    task = min(server.tasks(annotated.number).values())
    for person in ("p-r1", batch.people[ANNOTATE][0]):
        refusal = staff.answer(person, task, book, ANNOTATE, _SAFE)
        if not refusal:
            raise GovernanceError(
                "The gate let through what breaks a rule.",
                code="ui.demo-not-refused",
                remedy="Do not use this server; see `yuliao annotate server status`.",
            )
        staff.scene.tell(f"  ({person} tries to annotate this: {refusal})")


def _check(
    staff: Staff, name: str, person: str, said: tuple[Entry, ...], first: tuple[Entry, ...] | None = None
) -> None:
    """Let somebody check a batch; every answer on its first item may get another word."""
    batches.review_batch(staff.desk, name)
    batch = staff.desk.batch(name)
    book = books.named(batch.rule_book)
    project = next(each.number for each in batch.projects if each.function != ANNOTATE)
    checks = judging.checks_of(
        staff.desk, batch, answers.units_of(staff.desk, batch), answers.of_batch(staff.desk, batch)
    )
    item = {each.key: each.item for each in checks}
    for key, task in sorted(staff.desk.server.tasks(project).items()):
        is_first = first is not None and item[key] == min(item.values())
        demand_stored(staff.answer(person, task, book, REVIEW, first if first and is_first else said))
    found = batches.review_batch(staff.desk, name).batch.review
    told = f"{found.approved} approved, {found.inaccurate} inaccurate, {found.illegal} illegal"
    staff.scene.say(f"annotate review {name}", f"{found.checked} of {found.units} items checked: {told}")


def _close(staff: Staff, name: str, outcome: str) -> None:
    done, quarantined = batches.close_batch(staff.desk, name, outcome, _DONE)
    word = {ACCEPTED: "--accept", REDO: "--redo", VOID: "--void"}[outcome]
    told = f"{outcome}: {done.batch.released} released, {done.batch.reworked} to be annotated anew"
    more = f"; {quarantined} item quarantined" if quarantined else ""
    staff.scene.say(f'annotate close {name} {word} --reason "{_DONE}"', told + more)


def _tables(scene: Scene) -> list[str]:
    found = reading.facts_of(scene.house).annotation
    counts = f"{len(found.books)} rule books, {len(found.people)} people, {len(found.batches)} batches"
    return [f"tables T4 to T7 in Chinese: {counts}, {len(found.agreements)} measures of agreement"]
