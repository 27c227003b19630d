"""The people of the annotation's demonstration: registered, trained, examined in the server, qualified, and at work.

They answer through the server's own interface under their own accounts, as their browsers would.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotation import forms
from annotation.batches.desk import Desk
from annotation.labelstudio.worker import Worker
from annotation.people import hall
from annotation.people.exam_sheet import CHOICE
from annotation.port import AnnotationServer, Entry
from annotation.server import accounts, launch
from provenance.errors import GovernanceError
from rules.annotation.book_records import RuleBook
from ui.services import annotating, batches, examining, people
from ui.services.demo_scene import Scene

_BOOKS = ("safety", "functional", "inspection")


@dataclass
class Staff:
    """Everybody's way into the server.

    Attributes:
        scene: Where it plays.
        server: The annotation server.
        workers: By person.
    """

    scene: Scene
    server: AnnotationServer
    workers: dict[str, Worker] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        """The desk, with whoever may work now."""
        return batches.desk_of(self.scene.house, self.server)

    def answer(self, person: str, task: int, book: RuleBook, stage: str, said: Sequence[Entry], text: str = "") -> str:
        """Let a person answer a task; return the sentence of a refusal."""
        return self.workers[person].answer(task, forms.to_results(book, stage, text, said))


def hire(scene: Scene, folder: Path) -> Staff:
    """Register, train, examine and qualify everybody, and give them their ways in.

    Args:
        scene: Where it plays.
        folder: Copies of the example's files, with the present day in them.

    Raises:
        GovernanceError: A step fails.
    """
    house = scene.house
    entered = people.register(house, str(folder / "people.yaml"), change=False)
    scene.say("people add people.yaml", f"{', '.join(entered)}; names stay in one erasable table")
    people.train(house, folder / "training.yaml")
    scene.say("people train training.yaml", "all four contents, everybody")
    running = launch.find(annotating.server_of(house).folder)
    assert running is not None, "the server was started"
    made = accounts.make(annotating.environment_of(), annotating.server_of(house), programs=entered)
    workers = {each.account.partition("@")[0]: Worker(running.url, each.token) for each in made}
    staff = Staff(scene, annotating.client_of(house), workers)
    for name in _BOOKS:
        _examine(staff, folder / f"exam-{name}.yaml")
    return staff


def _examine(staff: Staff, file: Path) -> None:
    """Hold an examination: its questions go into the server, its gold answers stay; then qualify who passed."""
    house = staff.scene.house
    name, put = examining.publish(house, file, staff.server)
    desk = staff.desk
    exam = hall.load(hall.Hall(house.workspace, desk.server, people.gold_of(house), house.actor), name)
    (project,) = desk.batch(name).projects
    tasks = desk.server.tasks(project.number)
    for person in exam.sheet.people:
        for question in exam.sheet.questions:
            demand_stored(staff.workers[person].answer(tasks[exam.key(question)], _lettered(question.right)))
    scored = examining.score(house, staff.desk, name)
    passed = [each.person for each in scored if each.is_passed]
    for person in passed:
        people.qualify(house, person, exam.sheet.rule_book)
    examining.end(house, staff.desk, name)
    staff.scene.say(
        f"people examine publish {file.name} && yuliao people examine score {name}",
        f"{put} questions; passed in all four abilities and qualified for {exam.sheet.rule_book}: {', '.join(passed)}",
    )


def _lettered(right: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    (letters,) = right.values()
    name = CHOICE
    return [{"id": "a", "from_name": name, "to_name": "text", "type": "choices", "value": {"choices": list(letters)}}]


def demand_stored(refusal: str) -> None:
    """Stop the demonstration where the gate refused work that breaks no rule.

    Raises:
        GovernanceError: It refused.
    """
    if refusal:
        raise GovernanceError(
            f"The gate refused what it should have stored: {refusal}",
            code="ui.demo-refused",
            remedy="Read the server's log, then play the demonstration into a new folder.",
        )
