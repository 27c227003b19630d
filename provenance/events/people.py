"""Events of the people who annotate (标注人员): registered, trained, examined, qualified.

A person is an id; names stand in an erasable table of the catalogue. Rule books are named with their version,
``safety@1``.
"""

from dataclasses import dataclass

from provenance.events.base import Event


@dataclass(frozen=True, slots=True)
class PersonRegistered(Event):
    """A person (the subject) entered the register, or what it says of them changed."""

    employment: str
    """internal (内部) or outsourced (外包)."""
    commitment: str
    """Salted digest of the name; the salt is erased with the name."""
    company: str = ""
    """Id of the company of an outsourced person, never its name."""
    contract: str = ""
    """Digest of the stored contract with that company."""
    confidentiality: str = ""
    """Digest of the stored confidentiality agreement."""
    functions: tuple[str, ...] = ()
    """What the person may be assigned to: annotate, review, inspect."""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class NameErased(Event):
    """The name of a person (the subject) was erased (姓名删除) with its salt: the commitment leads to nobody now."""

    reason: str


@dataclass(frozen=True, slots=True)
class TrainingHeld(Event):
    """A training session (培训) was held by ourselves; the subject is its id."""

    day: str
    minutes: int
    contents: tuple[str, ...]
    """Of the four: rules (任务规则), tool (工具使用), quality (质量核验方法), data_security (数据安全管理)."""
    rule_books: tuple[str, ...]
    trainer: str
    attendees: tuple[str, ...]
    material: str = ""
    """Digest of the stored attendance list or material."""


@dataclass(frozen=True, slots=True)
class ExamScored(Event):
    """A person (the subject) was examined (考核) in the four abilities of AR-5."""

    rule_book: str
    scores: tuple[tuple[str, int, int], ...]
    """Ability, right answers, questions asked."""
    pass_percent: int
    is_passed: bool
    answers: str
    """Digest of the stored answers: task, person, labels; no text."""
    gold: str
    """Digest of the stored gold answers (标准答案)."""
    batch: str = ""
    """The batch whose project it was taken in."""


@dataclass(frozen=True, slots=True)
class QualificationChanged(Event):
    """A qualification (上岗资格) of a person (the subject) was granted, suspended, restored or cancelled."""

    rule_book: str
    change: str
    """granted, suspended, restored or cancelled."""
    valid_from: str = ""
    valid_to: str = ""
    exam: int = 0
    """Ledger entry of the examination that it rests on."""
    trained_at: str = ""
    """When the training in all four contents was complete, UTC."""
    reason: str = ""
