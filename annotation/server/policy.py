"""The policy (策略) as the platform writes it: one file, replaced whole, that the gate reads and obeys.

The gate has a reader of its own, for it runs where nothing of the platform can be imported; a test holds both together.
"""

import dataclasses
import datetime as dt
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from provenance.canonical import encode
from provenance.clock import stamp
from provenance.disk import told

SCHEMA = 1


@dataclass(frozen=True)
class Qualification:
    """A qualification (上岗资格) for one rule book (AR-3 to AR-5).

    Attributes:
        rule_book: Its id with its version.
        valid_from: Aware moment of the first day.
        valid_to: Aware moment after the last one.
        trained_at: When the training in all four contents was complete; None opens nothing.
        abilities: Which of the four abilities have a score; fewer open nothing.
        is_suspended: Whether it is suspended at present.
    """

    rule_book: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    trained_at: dt.datetime | None
    abilities: tuple[str, ...]
    is_suspended: bool = False


@dataclass(frozen=True)
class Person:
    """A person (人员): an id, the functions assigned, the qualifications held."""

    person: str
    functions: tuple[str, ...]
    qualifications: tuple[Qualification, ...] = ()


@dataclass(frozen=True)
class Demand:
    """What a rule book asks of one control of the form.

    Attributes:
        control: Its name in the form.
        when: Another control and the values under which this holds; None holds always.
        values: The values allowed; None allows what the form does.
        at_least: Values wanted.
        at_most: Values allowed; None for any number.
        min_characters: Characters wanted of each text.
        title: The control's heading (标题), by which a refusal names it; empty for its name.
    """

    control: str
    when: tuple[str, tuple[str, ...]] | None = None
    values: tuple[str, ...] | None = None
    at_least: int = 0
    at_most: int | None = None
    min_characters: int = 0
    title: str = ""


@dataclass(frozen=True)
class RuleBook:
    """A rule book as far as the gate enforces it.

    Attributes:
        min_seconds: Minimum time of a task, 0 for none.
        demands: What it asks of controls.
        tells_access: Whether the gate tells every access to a text (查看), because texts are raw (原文).
    """

    min_seconds: int = 0
    demands: tuple[Demand, ...] = ()
    tells_access: bool = False


@dataclass(frozen=True)
class Project:
    """A project of the server: its function, batch, rule book, and how many people may annotate one item."""

    function: str
    batch: str
    rule_book: str
    cap: int = 1
    is_open: bool = True


@dataclass(frozen=True)
class Policy:
    """The whole policy; people by account, projects by their number in the server."""

    people: Mapping[str, Person] = field(default_factory=dict)
    rule_books: Mapping[str, RuleBook] = field(default_factory=dict)
    projects: Mapping[int, Project] = field(default_factory=dict)
    void_batches: tuple[str, ...] = ()


def write(path: Path, policy: Policy, *, gate: str) -> None:
    """Replace the policy's file; the gate obeys it from its next request on.

    Args:
        path: The file.
        policy: What it says.
        gate: Digest of the gate that it is written for; any other refuses it.

    Raises:
        GovernanceError: The disk refuses.
    """
    _replace(
        path,
        {
            "schema": SCHEMA,
            "gate": gate,
            "people": {account: _person(each) for account, each in policy.people.items()},
            "rule_books": {name: _rule_book(each) for name, each in policy.rule_books.items()},
            "projects": {str(number): dataclasses.asdict(each) for number, each in policy.projects.items()},
            "void_batches": list(policy.void_batches),
        },
    )


def tell_people(path: Path, people: Mapping[str, Person]) -> None:
    """Replace the people of the policy that is there, by account; where there is none, none is made.

    A suspension so reaches the gate at once, whatever else the policy says. Programs that manage the server stay.

    Raises:
        GovernanceError: The disk refuses.
    """
    tree = _tree(path)
    if tree:
        managers = {account: each for account, each in tree["people"].items() if "manage" in each["functions"]}
        _replace(path, tree | {"people": managers | {account: _person(each) for account, each in people.items()}})


def let_manage(path: Path, account: str, person: str) -> None:
    """Let the platform's own account manage the server, where the policy that is there does not say so yet.

    Raises:
        GovernanceError: The disk refuses.
    """
    tree = _tree(path)
    if tree and account not in tree["people"]:
        people = tree["people"] | {account: _person(Person(person, ("manage",)))}
        _replace(path, tree | {"people": people})


def renew(path: Path, *, gate: str) -> None:
    """Write the policy anew for another gate, saying the same; one that opens nothing where there is none.

    Raises:
        GovernanceError: The disk refuses.
    """
    tree = _tree(path)
    if tree == {}:
        write(path, Policy(), gate=gate)
    elif tree and tree.get("gate") != gate:
        _replace(path, tree | {"gate": gate})


def _tree(path: Path) -> dict[str, Any] | None:
    """Return what a policy's file holds, nothing where there is none; None where it is broken.

    Broken it stays, and opens nothing: what it said cannot be known.
    """
    with told("read the policy", path):
        body = path.read_bytes() if path.exists() else b""
    try:
        tree = json.loads(body) if body else {}
    except ValueError:
        return None
    return tree if isinstance(tree, dict) else None


def _replace(path: Path, tree: dict[str, Any]) -> None:
    with told("write the policy", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
        with os.fdopen(handle, "wb") as file:
            file.write(encode(tree))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)


def _person(person: Person) -> dict[str, Any]:
    return {
        "person": person.person,
        "functions": list(person.functions),
        "qualifications": [_qualification(each) for each in person.qualifications],
    }


def _qualification(held: Qualification) -> dict[str, Any]:
    return {
        "rule_book": held.rule_book,
        "from": stamp(held.valid_from),
        "to": stamp(held.valid_to),
        "trained_at": stamp(held.trained_at) if held.trained_at else None,
        "abilities": list(held.abilities),
        "is_suspended": held.is_suspended,
    }


def _rule_book(book: RuleBook) -> dict[str, Any]:
    demands = [_demand(each) for each in book.demands]
    return {"min_seconds": book.min_seconds, "demands": demands, "tells_access": book.tells_access}


def _demand(demand: Demand) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "control": demand.control,
        "at_least": demand.at_least,
        "min_characters": demand.min_characters,
        "title": demand.title,
    }
    if demand.when is not None:
        tree["when"] = {"control": demand.when[0], "values": list(demand.when[1])}
    if demand.values is not None:
        tree["values"] = list(demand.values)
    if demand.at_most is not None:
        tree["at_most"] = demand.at_most
    return tree
