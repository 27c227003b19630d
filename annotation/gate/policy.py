"""The policy (策略): who may do what in which project, a JSON file that the platform writes and the gate only reads.

It is read anew when the file changes. A missing, broken or foreign file opens nothing: what was read before does not
count.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SCHEMA = 1
ANNOTATE, REVIEW, INSPECT, EXAMINE, MANAGE = "annotate", "review", "inspect", "examine", "manage"
FUNCTIONS = frozenset((ANNOTATE, REVIEW, INSPECT, EXAMINE, MANAGE))
ABILITIES = ("rules", "tool", "risk", "data_security")
"""The four abilities of AR-5: 规则理解、工具使用、风险判定、数据安全."""


class PolicyError(Exception):
    """The policy cannot be used; why is for the operator's log, never for the annotator."""


@dataclass(frozen=True)
class Qualification:
    """A qualification (上岗资格) for one rule book; times are aware."""

    rule_book: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    trained_at: dt.datetime | None = None
    abilities: frozenset[str] = frozenset()
    is_suspended: bool = False


@dataclass(frozen=True)
class Person:
    """A person (人员) behind an account: an id, never a name."""

    id: str
    functions: frozenset[str]
    qualifications: tuple[Qualification, ...] = ()


@dataclass(frozen=True)
class Demand:
    """A rule of the rule book about one control of the form, in force where ``when`` holds; people read its title."""

    control: str
    when: tuple[str, frozenset[str]] | None = None
    values: frozenset[str] | None = None
    at_least: int = 0
    at_most: int | None = None
    min_characters: int = 0
    title: str = ""


@dataclass(frozen=True)
class RuleBook:
    """A rule book (标注规则) as far as the gate enforces it; ``tells_access`` where its texts are raw (原文)."""

    id: str
    min_seconds: int = 0
    demands: tuple[Demand, ...] = ()
    tells_access: bool = False


@dataclass(frozen=True)
class Project:
    """A project of the server: one function in one batch under one rule book."""

    function: str
    batch: str
    rule_book: str
    cap: int = 1
    is_open: bool = True


@dataclass(frozen=True)
class Policy:
    """The whole policy; ``digest`` is of the file's bytes."""

    digest: str
    gate: str
    people: Mapping[str, Person] = field(default_factory=dict)
    rule_books: Mapping[str, RuleBook] = field(default_factory=dict)
    projects: Mapping[int, Project] = field(default_factory=dict)
    void_batches: frozenset[str] = frozenset()

    def person(self, account: str) -> Person | None:
        """Return who is behind an account (its e-mail address)."""
        return self.people.get(account.lower())

    def tells_access(self, number: int | None) -> bool:
        """Say whether every access to a project's texts is told; those of an examination are made up."""
        project = self.projects.get(number or 0)
        return project is not None and project.function != EXAMINE and self.rule_books[project.rule_book].tells_access


def parse(body: bytes) -> Policy:
    """Read a policy.

    Raises:
        PolicyError: It is no policy of this schema; unknown keys count as such, for a misspelt rule enforces nothing.
    """
    try:
        return _policy(json.loads(body), hashlib.sha256(body).hexdigest())
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PolicyError(f"no policy of schema {SCHEMA}: {type(error).__name__}") from error


class PolicyFile:
    """The policy's file, read when its place, size or time of change differ from the last reading."""

    def __init__(self, path: Path, gate: str) -> None:
        self._path = path
        self._gate = gate
        self._seen: tuple[int, int, int] | None = None
        self._held: Policy | PolicyError = PolicyError("not read yet")

    def read(self) -> Policy:
        """Return the policy as it stands now.

        Raises:
            PolicyError: There is none, it is broken, or it was written for another gate.
        """
        try:
            state = self._path.stat()
            mark = (state.st_ino, state.st_size, state.st_mtime_ns)
            if mark != self._seen:
                self._held = self._read()
                self._seen = mark
        except OSError as error:
            self._seen, self._held = None, PolicyError(f"no file: {type(error).__name__}")
        if isinstance(self._held, PolicyError):
            raise self._held
        return self._held

    def _read(self) -> Policy | PolicyError:
        try:
            policy = parse(self._path.read_bytes())
        except PolicyError as error:
            return error
        return policy if policy.gate == self._gate else PolicyError("written for another gate")


def _policy(tree: dict[str, Any], digest: str) -> Policy:
    _known(tree, {"schema", "gate", "people", "rule_books", "projects", "void_batches"})
    if tree["schema"] != SCHEMA:
        raise ValueError("schema")
    books = {name: _rule_book(name, each) for name, each in tree["rule_books"].items()}
    projects = {int(number): _project(each) for number, each in tree["projects"].items()}
    if any(each.rule_book not in books for each in projects.values()):
        raise ValueError("rule book")
    people = {account.lower(): _person(each) for account, each in tree["people"].items()}
    return Policy(digest, tree["gate"], people, books, projects, frozenset(tree["void_batches"]))


def _person(tree: dict[str, Any]) -> Person:
    _known(tree, {"person", "functions", "qualifications"})
    functions = frozenset(tree["functions"])
    if not functions <= FUNCTIONS or (MANAGE in functions and len(functions) > 1):
        raise ValueError("function")  # who manages sees everything, so works on nothing
    return Person(tree["person"], functions, tuple(map(_qualification, tree.get("qualifications", ()))))


def _qualification(tree: dict[str, Any]) -> Qualification:
    _known(tree, {"rule_book", "from", "to", "trained_at", "abilities", "is_suspended"})
    trained_at = tree.get("trained_at")
    return Qualification(
        rule_book=tree["rule_book"],
        valid_from=_moment(tree["from"]),
        valid_to=_moment(tree["to"]),
        trained_at=_moment(trained_at) if trained_at else None,
        abilities=frozenset(tree.get("abilities", ())),
        is_suspended=_flag(tree, "is_suspended", default=False),
    )


def _rule_book(name: str, tree: dict[str, Any]) -> RuleBook:
    _known(tree, {"min_seconds", "demands", "tells_access"})
    demands = tuple(map(_demand, tree.get("demands", ())))
    return RuleBook(
        name, _count(tree, "min_seconds", 0), demands, tells_access=_flag(tree, "tells_access", default=False)
    )


def _demand(tree: dict[str, Any]) -> Demand:
    _known(tree, {"control", "when", "values", "at_least", "at_most", "min_characters", "title"})
    when = tree.get("when")
    values = tree.get("values")
    return Demand(
        control=tree["control"],
        when=(when["control"], frozenset(when["values"])) if when else None,
        values=frozenset(values) if values is not None else None,
        at_least=_count(tree, "at_least", 0),
        at_most=_count(tree, "at_most", 0) if "at_most" in tree else None,
        min_characters=_count(tree, "min_characters", 0),
        title=tree.get("title", ""),
    )


def _project(tree: dict[str, Any]) -> Project:
    _known(tree, {"function", "batch", "rule_book", "cap", "is_open"})
    if tree["function"] not in FUNCTIONS - {MANAGE}:
        raise ValueError("function")
    cap = _count(tree, "cap", 1)
    return Project(tree["function"], tree["batch"], tree["rule_book"], cap, _flag(tree, "is_open", default=True))


def _known(tree: dict[str, Any], keys: set[str]) -> None:
    if not set(tree) <= keys:
        raise ValueError("unknown key")


def _count(tree: dict[str, Any], key: str, default: int) -> int:
    value = tree.get(key, default)
    if type(value) is not int or value < 0:
        raise ValueError(key)
    return value


def _flag(tree: dict[str, Any], key: str, *, default: bool) -> bool:
    value = tree.get(key, default)
    if not isinstance(value, bool):
        raise TypeError(key)
    return value


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("moment without zone")
    return moment
