"""The people who annotate (标注人员): registered, trained, examined, qualified, given accounts, and listed.

Whatever changes what somebody may do is told to the annotation server's gate in the same call.
"""

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TextIO

from annotation.people import access, known, names, people_sheet, qualifying, registering, results, training
from annotation.people.hall import gold_store
from annotation.people.qualifying import Change
from annotation.people.scoring import Scored
from annotation.server import accounts, policy
from annotation.server.accounts import Account
from provenance.disk import told
from provenance.errors import GovernanceError
from provenance.objects import ObjectStore
from rules.annotation.requalifying import last_day
from ui.bootstrap import House, holds_personal_information
from ui.services import annotating

STDIN = "-"
_TEMPLATES = resources.files("annotation.people").joinpath("templates")


def template(name: str) -> str:
    """Return an example of a file with comments: people, training or exam."""
    return _TEMPLATES.joinpath(f"{name}.yaml").read_text("utf-8")


def register(house: House, file: str, *, change: bool) -> tuple[str, ...]:
    """Enter people, or change what is said of them; from a file, or from standard input where it is ``-``.

    Returns:
        Who was entered or changed, by id.

    Raises:
        GovernanceError: As for :func:`annotation.people.registering.register`.
    """
    if file == STDIN:
        sheet, folder = people_sheet.parse(sys.stdin.buffer.read()), Path.cwd()
    else:
        sheet, folder = people_sheet.read(Path(file)), Path(file).parent
    scan = holds_personal_information
    done = registering.register(house.workspace, sheet, folder, actor=house.actor, scan=scan, change=change)
    tell_gate(house)
    return done.people


def erase(house: House, person: str, reason: str) -> None:
    """Erase a person's name.

    Raises:
        GovernanceError: As for :func:`annotation.people.registering.erase`.
    """
    scan = holds_personal_information
    registering.erase(house.workspace, person, reason=reason, actor=house.actor, scan=scan)
    tell_gate(house)


def train(house: House, file: Path) -> tuple[str, bool]:
    """Record a training session; return its id, and whether it is new.

    Raises:
        GovernanceError: As for :func:`annotation.people.training.hold`.
    """
    sheet, scan = training.read(file), holds_personal_information
    return sheet.id, training.hold(house.workspace, sheet, file.parent, actor=house.actor, scan=scan)


def record_results(house: House, file: Path, *, rule_book: str, day: str) -> tuple[Scored, ...]:
    """Record results of an examination that was held otherwise.

    Raises:
        GovernanceError: As for :func:`annotation.people.results.record`.
    """
    return results.record(
        house.workspace, file, rule_book=rule_book, day=day, pass_percent=pass_percent(house), actor=house.actor
    )


def qualify(house: House, person: str, rule_book: str) -> str:
    """Grant or renew a qualification; return its last day.

    Raises:
        GovernanceError: As for :func:`annotation.people.qualifying.qualify`.
    """
    months = house.catalog.house.integer("qualification_months")
    qualifying.qualify(house.workspace, person, rule_book, months=months, actor=house.actor)
    tell_gate(house)
    return last_day(known.require_person(known.register(house.workspace), person).qualifications[-1])


def change(house: House, person: str, rule_book: str, what: Change, reason: str) -> Sequence[str]:
    """Suspend, restore or cancel a qualification; return the rule books whose qualification it was.

    Raises:
        GovernanceError: As for :func:`annotation.people.qualifying.change`.
    """
    scan = holds_personal_information
    books = qualifying.change(house.workspace, person, rule_book, what, reason=reason, actor=house.actor, scan=scan)
    tell_gate(house)
    return books


def make_accounts(house: House, people: Sequence[str], out: Path | None) -> list[Account]:
    """Make accounts (账号) in the annotation server, or give those that exist new passwords; the old ones end.

    Args:
        house: The open workspace.
        people: Their ids; everybody active who has no account where empty.
        out: A new file for the passwords, outside the workspace, readable by its owner alone.

    Returns:
        The accounts with their passwords, which stand nowhere else.

    Raises:
        GovernanceError: Somebody is not registered or not active, the file may not lie there or exists, or the server's
            database cannot be reached.
    """
    found = known.register(house.workspace)
    has_one = names.with_accounts(house.workspace)
    wanted = tuple(people) or tuple(
        each.person for each in found.people if each.seq and each.is_active and each.person not in has_one
    )
    if not wanted:
        return []
    known.require_people(found, wanted, role="people who get accounts")
    with contextlib.nullcontext() if out is None else _new_file(house, out) as file:
        made = accounts.make(annotating.environment_of(), annotating.server_of(house), people=wanted)
        if file is not None:
            file.writelines(f"{each.account}\t{each.password}\n" for each in made)
    names.note_accounts(house.workspace, wanted)
    tell_gate(house)
    return made


def tell_gate(house: House) -> None:
    """Tell the gate who may be at work now; nothing where no annotation server was ever prepared here.

    Raises:
        GovernanceError: The disk refuses.
    """
    people = access.policy_people(known.register(house.workspace).people)
    policy.tell_people(annotating.server_of(house).policy, people)


def gold_of(house: House) -> ObjectStore:
    """Return the store of the gold answers: in the workspace, out of the server's folder and of every bundle.

    Raises:
        GovernanceError: The disk refuses.
    """
    return gold_store(house.settings.folder / "annotation" / "gold")


def pass_percent(house: House) -> int:
    """Return the pass mark of each ability."""
    return house.catalog.house.integer("exam_pass_percent")


def names_of(house: House) -> Mapping[str, str]:
    """Return the names of people and companies by id."""
    return {**names.people(house.workspace), **names.companies(house.workspace)}


@contextlib.contextmanager
def _new_file(house: House, out: Path) -> Iterator[TextIO]:
    """Open a new file that its owner alone may read; it goes again where what it is for fails."""
    if out.resolve().is_relative_to(house.settings.folder.resolve()):
        raise GovernanceError(
            "Passwords may not be written into the workspace.",
            code="ui.passwords-in-workspace",
            remedy="Choose a file outside the workspace's folder.",
            where=str(out),
        )
    if out.exists():
        raise GovernanceError(
            "The file for the passwords exists already.",
            code="ui.passwords-exist",
            remedy="Choose a new file; the old passwords end when new ones are given.",
            where=str(out),
        )
    with told("write the passwords", out):
        handle = os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            yield file
    except BaseException:
        out.unlink(missing_ok=True)
        raise
