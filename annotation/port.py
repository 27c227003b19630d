"""What crosses the border to an annotation server: tasks out, answers in, and what the platform asks of a server.

Label Studio stands behind it, and a fake for tests; both pass the same contract suite. Nothing here knows either.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from annotation.server.strength import Strength


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an answer or of a hint (预标注).

    Attributes:
        control: Name of the control in the form.
        values: Ids of what was chosen, as the rule book names them.
        start: First code point of a selected stretch, -1 where nothing is selected.
        end: Code point behind it.
        text: What was written; stays in the server, and is never stored by us.
        digest: Keyed digest of what was written, as the outbox tells it.
    """

    control: str
    values: tuple[str, ...] = ()
    start: int = -1
    end: int = -1
    text: str = field(default="", repr=False)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task (标注任务) to be published.

    Attributes:
        key: Ours: a keyed digest, 32 hexadecimal digits, the same in every run; tells nothing.
        text: Stripped text, but for the one kind of project that checks for personal information.
        shown: More fields of the task's data that the form shows, by name, such as a first annotation under review.
        hints: Proposed entries.
        source_annotators: Ids of people whose work it shows; they may not review it.
    """

    key: str
    text: str = field(repr=False)
    shown: Mapping[str, str] = field(default_factory=dict, repr=False)
    hints: tuple[Entry, ...] = ()
    source_annotators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """A project to be made: one function in one batch.

    Attributes:
        key: Ours, unique in the workspace: by it the project is found again, so that making it twice makes one.
        title: What people read.
        form: Label Studio configuration.
        instruction: Page of instructions, HTML written by us.
        overlap: People who annotate one task.
    """

    key: str
    title: str
    form: str
    instruction: str = ""
    overlap: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person submitted on one task: its latest state.

    Attributes:
        task: Our key of the task.
        annotation: Number of the annotation in the server.
        person: Id of the person.
        entries: The whole answer.
        submitted_at: When it was first submitted, UTC; changes keep it.
        changed_at: When it was last changed.
        seconds: From first being shown to being submitted by the server's own clock; None where that is not known.
        seq: Row of the outbox that tells its latest state, 0 from a server without a gate.
    """

    task: str
    annotation: int
    person: str
    entries: tuple[Entry, ...]
    submitted_at: str
    changed_at: str = ""
    seconds: int | None = None
    seq: int = 0

    def values(self, control: str) -> tuple[str, ...]:
        """Return what was chosen in a control, over all entries."""
        return tuple(value for each in self.entries if each.control == control for value in each.values)

    def spans(self, control: str) -> tuple[tuple[int, int, str], ...]:
        """Return the selected stretches of a control: start, end, label; sorted."""
        found = [(each.start, each.end, each.values[0]) for each in self.entries if each.control == control]
        return tuple(sorted(each for each in found if each[0] >= 0))


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A link of the chain that the gate keeps: its number, its digest, and the very text that was hashed."""

    seq: int
    digest: str
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """An annotation as the server's own table has it now.

    Attributes:
        annotation: Its number.
        task: Number of its task.
        account: Its author's.
        result: From a server with the gate in the words of the outbox, so that the two can be compared; else raw.
        created_at: UTC.
        updated_at: UTC.
        updated_by: Account of who wrote it last.
        is_skipped: Whether the person skipped the task; the gate lets nobody.
        written: What was written by hand, to be searched for personal data at once and kept nowhere.
    """

    annotation: int
    task: int
    account: str
    result: tuple[Mapping[str, object], ...] = field(repr=False)
    created_at: str = ""
    updated_at: str = ""
    updated_by: str = ""
    is_skipped: bool = False
    written: tuple[str, ...] = field(default=(), repr=False)


Results: TypeAlias = Sequence[Mapping[str, object]]
"""Entries in the server's own words: a result list of Label Studio, or one of the outbox."""
ToResults: TypeAlias = Callable[[Sequence[Entry], str], Results]
"""Says entries about a text in the words of one form; :mod:`annotation.forms` makes it for a rule book and stage."""
FromResults: TypeAlias = Callable[[Results], tuple[Entry, ...]]
"""Reads entries in the words of one form; one for what is stored, another for what the outbox tells."""


class AnnotationServer(Protocol):
    """What the platform asks of a server; every call may raise :class:`GovernanceError`, already translated.

    Codes: ``annotation.server-down`` (no answer, 5xx, truncated, too slow: try again), ``annotation.server-refused``
    (401, 403: the token, or the gate), ``annotation.server-busy`` (429), ``annotation.project-gone`` (404),
    ``annotation.server-rejected`` (any other 4xx: a form or a hint that the server or the gate does not take).
    """

    def strength(self) -> Strength:
        """Say how strongly it enforces the rules."""
        ...

    def make_project(self, draft: ProjectDraft) -> int:
        """Make a project, or return the one that was made for the same key."""
        ...

    def publish(self, project: int, tasks: Iterable[TaskDraft], to_results: ToResults | None = None) -> int:
        """Put tasks into a project that are not there yet, by their keys; return how many were put.

        Repeating it is harmless: what an earlier call put before it failed is not put again.

        Args:
            project: Its number.
            tasks: In the order in which people shall get them.
            to_results: Says the hints in the form's words; needed where a task has some.
        """
        ...

    def tasks(self, project: int) -> Mapping[str, int]:
        """Return the tasks of a project: our keys with their numbers."""
        ...

    def outbox(self, since: int) -> Iterator[OutboxRow]:
        """Yield the chain's rows after a number, in order; nothing from a server without a gate."""
        ...

    def stored(self, project: int) -> Iterator[Stored]:
        """Yield the annotations of a project as they are stored now."""
        ...

    def delete_tasks(self, project: int, numbers: Sequence[int]) -> int:
        """Delete tasks with their texts and annotations; return how many there were."""
        ...
