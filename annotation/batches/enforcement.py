"""Every rule held against every annotation once more, on our side: what breaks one is named and counts in no figure.

The server alone is never believed: who administers its database can write past the gate, and a server without the gate
enforces nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotation import forms
from annotation.batches.works import Work
from annotation.port import Answer, Entry
from provenance.errors import GovernanceError
from rules.annotation.book_records import RuleBook
from rules.annotation.people import PersonFact
from rules.records import Words

REASONS: Mapping[str, Words] = {
    "rewritten": Words("发件箱中的记录被改写", "its row of the outbox took the place of one that had been read"),
    "restored": Words("标注服务恢复备份后已不存在", "the server was restored from a backup and no longer has it"),
    "project-gone": Words("项目已被人工删除", "its project was deleted by hand"),
    "deleted": Words("标注已被删除", "it was deleted"),
    "untold": Words("绕过闸门写入", "it was written past the gate: no row of the outbox tells of it"),
    "changed": Words("绕过闸门修改", "it was changed past the gate"),
    "reauthored": Words("作者被改动", "its author was changed past the gate"),
    "vanished": Words("绕过闸门删除", "it was removed past the gate"),
    "skipped": Words("跳过的任务", "the task was skipped"),
    "unknown-task": Words("不属于本批次的任务", "its task is none of this batch"),
    "outdated": Words("所审核的标注已被修改", "the answer that it reviews was changed since"),
    "personal-text": Words(
        "填写内容含个人信息", "what was written in it holds personal information: the person takes it out"
    ),
    "text-gone": Words("正文已撤回", "the text was withdrawn since"),
    "wrong-function": Words("该人员在本批次没有此项职能", "the person does not have this function in the batch"),
    "not-qualified": Words("当时没有有效的上岗资格", "the person was not qualified at that time"),
    "own-work": Words("审核本人的标注", "the person reviewed their own work"),
    "text-changed": Words("所标注的正文与发布的不一致", "the text shown is not the one that was published"),
    "bad-answer": Words("不符合标注规则的表单", "it does not fit the form of the rule book, or is not complete"),
    "bad-place": Words("选中位置超出正文", "a selected stretch does not lie in the text"),
    "too-soon": Words("用时少于规定下限", "it took less than the minimum time"),
    "twice": Words("同一人重复标注", "the person answered this task before"),
    "over-cap": Words("超过每条标注人数上限", "enough other people had answered this task before"),
}
"""Why an annotation counts in no figure, in the order in which it is judged."""

ANY_LENGTH = 2**53
"""Length of a text that is not at hand: whether places lie in it was judged by the gate, or is known from before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A task as it was published.

    Attributes:
        text: Keyed digest of its text.
        length: Code points of the text; 0 where it was withdrawn since.
        people: How many may answer.
        barred: Ids of people whose own work it shows.
    """

    text: str
    length: int
    people: int
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Expected:
    """What the annotations of one function are held against.

    Attributes:
        function: annotate, review or inspect.
        stage: The stage of the rule book that it works by.
        book: The rule book.
        tasks: The tasks that were published, by key.
        outdated: Keys of review tasks whose answer was changed since.
        staff: Who has the function in this batch.
        people: The register, by id.
        is_told: Whether the server's outbox tells of the annotations.
    """

    function: str
    stage: str
    book: RuleBook
    tasks: Mapping[str, Asked]
    staff: frozenset[str]
    people: Mapping[str, PersonFact]
    is_told: bool
    outdated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KeptOut:
    """An annotation that breaks a rule: its number, task, author and function, and which rule."""

    annotation: int
    task: str
    person: str
    function: str
    reason: str


@dataclass
class Judged:
    """The annotations that count, and those that do not."""

    answers: list[Answer] = field(default_factory=list)
    kept_out: list[KeptOut] = field(default_factory=list)


def judge(works: Iterable[Work], expected: Expected, known: Mapping[int, str]) -> Judged:
    """Judge annotations, in the order of their submission.

    Args:
        works: As they stand at last.
        expected: What they are held against.
        known: Reasons that were found by comparing outbox, table and copy, by number.

    Clause:
        R-032, AR-1, AR-2, AR-3, AR-4, AR-5
    """
    found, held = Judged(), dict[str, set[str]]()
    for work in sorted(works, key=lambda each: (each.submitted_at, each.seq, each.annotation)):
        entries: tuple[Entry, ...] = ()
        reason = known.get(work.annotation) or _of_state(work, expected) or _of_person(work, expected)
        if not reason:
            reason, entries = _of_content(work, expected)
        others = held.setdefault(work.key, set())
        if not reason and work.person in others:
            reason = "twice"
        if not reason and len(others) >= expected.tasks[work.key].people:
            reason = "over-cap"
        if reason:
            found.kept_out.append(KeptOut(work.annotation, work.key, work.person, expected.function, reason))
            continue
        others.add(work.person)
        found.answers.append(_answer(work, entries))
    return found


def _of_state(work: Work, expected: Expected) -> str:
    if work.is_deleted:
        return "deleted"
    if work.is_skipped:
        return "skipped"
    if work.key not in expected.tasks:
        return "outdated" if work.key in expected.outdated else "unknown-task"
    return "" if expected.tasks[work.key].length else "text-gone"


def _of_person(work: Work, expected: Expected) -> str:
    person = expected.people.get(work.person)
    if work.person not in expected.staff or person is None:
        return "wrong-function"
    moments = (work.submitted_at, work.changed_at)
    if not all(person.is_qualified(expected.book.name, moment) for moment in moments):
        return "not-qualified"
    return "own-work" if work.person in expected.tasks[work.key].barred else ""


def _of_content(work: Work, expected: Expected) -> tuple[str, tuple[Entry, ...]]:
    asked = expected.tasks[work.key]
    if expected.is_told and work.text != asked.text:
        return "text-changed", ()
    read = forms.from_outbox if expected.is_told else forms.to_entries
    try:
        entries = read(expected.book, expected.stage, work.result)
    except GovernanceError as error:
        return "bad-place" if error.code == "annotation.bad-place" else "bad-answer", ()
    if not _is_complete(expected, entries):
        return "bad-answer", ()
    if any(each.end > asked.length for each in entries):
        return "bad-place", ()
    if work.seconds is not None and work.seconds < expected.book.min_seconds:
        return "too-soon", ()
    return "", entries


def _is_complete(expected: Expected, entries: tuple[Entry, ...]) -> bool:
    """Say whether everything is there that the stage asks for under what was chosen, and single choices are single."""
    for name, control in expected.book.stages[expected.stage].controls.items():
        mine = [each for each in entries if each.control == name]
        is_asked = not control.when or any(
            each.control == other and set(each.values) & set(options)
            for other, options in control.when.items()
            for each in entries
        )
        filled = [each for each in mine if each.values or each.digest or each.text.strip()]
        if is_asked and control.is_required and not filled:
            return False
        if control.kind == "one" and len([value for each in mine for value in each.values]) > 1:
            return False
    return True


def _answer(work: Work, entries: tuple[Entry, ...]) -> Answer:
    return Answer(
        task=work.key,
        annotation=work.annotation,
        person=work.person,
        entries=tuple(Entry(each.control, each.values, each.start, each.end, "", each.digest) for each in entries),
        submitted_at=work.submitted_at,
        changed_at=work.changed_at,
        seconds=work.seconds,
        seq=work.seq,
    )
