"""The shapes of what is known of the people who annotate: persons, sessions, examinations, qualifications."""

from dataclasses import asdict, dataclass
from typing import Final

from provenance.canonical import Json

EMPLOYMENTS: Final = ("internal", "outsourced")
"""内部、外包."""
CONTENTS: Final = ("rules", "tool", "quality", "data_security")
"""What training covers: 任务规则、工具使用、质量核验方法、数据安全管理 (R-030)."""
ABILITIES: Final = ("rules", "tool", "risk", "data_security")
"""What is examined: 规则理解、工具使用、风险判定、数据安全 (AR-5)."""
FUNCTIONS: Final = ("annotate", "review", "inspect")
"""What a person may be assigned to: 标注、审核、抽检."""


@dataclass(frozen=True, slots=True)
class TrainingFact:
    """A training session (培训); ``at`` is when it was recorded, UTC."""

    seq: int
    id: str
    at: str
    day: str
    minutes: int
    contents: tuple[str, ...]
    rule_books: tuple[str, ...]
    trainer: str
    attendees: tuple[str, ...]
    material: str

    def to_json(self) -> dict[str, Json]:
        """Return it as ``yuliao facts --json`` prints it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ExamFact:
    """An examination (考核) of one person: ability, right answers, questions asked."""

    seq: int
    at: str
    rule_book: str
    scores: tuple[tuple[str, int, int], ...]
    pass_percent: int
    batch: str

    @property
    def has_all_abilities(self) -> bool:
        """Whether each of the four abilities was asked about."""
        return {ability for ability, _, asked in self.scores if asked > 0} >= set(ABILITIES)

    @property
    def is_passed(self) -> bool:
        """Whether each of the four abilities reaches the pass mark; none makes up for another (house rule H-207)."""
        reached = all(100 * right >= self.pass_percent * asked for _, right, asked in self.scores)
        return self.has_all_abilities and reached


@dataclass(frozen=True, slots=True)
class QualificationFact:
    """A qualification (上岗资格) as of the ledger's last moment.

    Attributes:
        seq: Entry that granted it.
        rule_book: The version it was granted for.
        covers: That version, and later ones that came without making it lapse.
        valid_from: First moment.
        valid_to: Moment after the last one.
        ended_at: When it was cancelled or lapsed; empty where it was not.
        suspensions: From and to; an empty end is not over.
        trained_at: When the training before it was complete.
        exam: Entry of the examination that it rests on.
        state: valid, suspended, expired, lapsed, cancelled, or unfounded: no examination or training stands before it.
        reason: Of the latest change.
    """

    seq: int
    rule_book: str
    covers: tuple[str, ...]
    valid_from: str
    valid_to: str
    ended_at: str
    suspensions: tuple[tuple[str, str], ...]
    trained_at: str
    exam: int
    state: str
    reason: str

    def is_current(self, rule_book: str, moment: str) -> bool:
        """Whether a moment lies within it, suspended or not."""
        end = min(self.valid_to, self.ended_at or self.valid_to)
        return self.state != "unfounded" and rule_book in self.covers and self.valid_from <= moment < end

    def is_suspended(self, moment: str) -> bool:
        """Whether it was suspended at a moment."""
        return any(start <= moment and (not end or moment < end) for start, end in self.suspensions)


@dataclass(frozen=True, slots=True)
class DutyFact:
    """What a person was asked to do in a batch (标注批次): one function under one rule book, from ``at`` on.

    ``broken`` are the role rules that the batch was found to break when it closed, ``outcome`` how it closed.
    """

    seq: int
    at: str
    batch: str
    kind: str
    rule_book: str
    function: str
    outcome: str = ""
    broken: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it is work whose results are used: no examination, and the batch is not void.

        Of a batch to be redone what was approved is used.
        """
        return self.kind != "exam" and self.outcome != "void"


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A person: employment, training, examinations, qualifications, work.

    ``contents`` are those of the four that training has covered, ``trained_at`` the moment when it had covered all of
    them, ``seq`` the entry that last said who the person is.
    """

    person: str
    employment: str
    company: str = ""
    functions: tuple[str, ...] = ()
    has_contract: bool = False
    has_confidentiality: bool = False
    is_active: bool = True
    has_name: bool = True
    seq: int = 0
    contents: tuple[str, ...] = ()
    trained_at: str = ""
    minutes: int = 0
    sessions: int = 0
    exams: tuple[ExamFact, ...] = ()
    qualifications: tuple[QualificationFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()

    @property
    def is_internal(self) -> bool:
        """Whether the person is one of our own (内部人员)."""
        return self.employment == "internal"

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is not recorded of the employment (用工形式): employment, company, contract, confidentiality.

        Clause:
            AR-11
        """
        if self.employment not in EMPLOYMENTS:
            return ("employment",)
        if self.is_internal:
            return ()
        held = {"company": self.company, "contract": self.has_contract, "confidentiality": self.has_confidentiality}
        return tuple(name for name, is_there in held.items() if not is_there)

    @property
    def work(self) -> tuple[DutyFact, ...]:
        """The duties whose results are used."""
        return tuple(each for each in self.duties if each.counts)

    @property
    def is_trained(self) -> bool:
        """Whether training has covered all four contents."""
        return bool(self.trained_at)

    @property
    def has_passed(self) -> bool:
        """Whether an examination was passed."""
        return any(each.is_passed for each in self.exams)

    def is_qualified(self, rule_book: str, moment: str) -> bool:
        """Say whether the person may work under a rule book at a moment, as the annotation server's gate judges it.

        Args:
            rule_book: Its id with its version.
            moment: UTC, as the ledger writes it.

        Clause:
            AR-3
        """
        current = [each for each in self.qualifications if each.is_current(rule_book, moment)]
        return bool(current) and not any(each.is_suspended(moment) for each in current)

    def to_json(self) -> dict[str, Json]:
        """Return it as ``yuliao facts --json`` prints it."""
        plain: dict[str, Json] = asdict(self)
        exams = [{**asdict(each), "is_passed": each.is_passed} for each in self.exams]
        return {**plain, "exams": exams, "lacks": list(self.lacks)}
