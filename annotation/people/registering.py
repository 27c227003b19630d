"""The register of people (标注人员登记): entering, changing, deactivating, and erasing a name.

Whoever is outsourced (外包) is entered with the company, its contract and a confidentiality agreement, or not at all.
Names go into one table of the catalogue; the ledger gets ids and a commitment to the name.
"""

import functools
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from annotation.people import known, names, papers, people_sheet
from annotation.people.papers import Scan
from annotation.people.people_sheet import KINDS, PeopleSheet
from corpus.reasons import demand_reason
from corpus.workspace import Workspace
from provenance.events import NameErased, PersonRegistered

_ID_BYTES = 5
_NEW = PersonRegistered("", "")


@dataclass(frozen=True)
class Registration:
    """Who was entered or changed, by id, in the order of the file; who stands there unchanged is left out."""

    people: tuple[str, ...]


def register(
    workspace: Workspace, sheet: PeopleSheet, folder: Path, *, actor: str, scan: Scan, change: bool = False
) -> Registration:
    """Enter people, or change what the register says of them (登记标注人员), all or none.

    Args:
        workspace: Where.
        sheet: The people.
        folder: What paths of papers are relative to.
        actor: Id of the person who acts.
        scan: Finds personal information.
        change: Whether they are in the register already; papers and names that are left out stay as they were.

    Raises:
        GovernanceError: An id is taken, unknown, or made of the name; something is missing, which is named; or a paper
            cannot be stored.

    Clause:
        AR-11
    """
    workspace.database.create_tables()  # a workspace of an earlier release has none for names
    before = _latest(workspace)
    people_sheet.demand(sheet, before, _nameless(workspace), change=change)
    companies = {each.id: each for each in sheet.companies}
    secret = [each.name for each in sheet.people]
    stored = functools.cache(functools.partial(papers.store, workspace, folder, scan=scan, names=secret))
    digests = [[stored(people_sheet.paper(each, companies, kind)) for kind in KINDS] for each in sheet.people]
    entered = []
    with workspace.database.transaction() as session:
        for company in sheet.companies:
            names.keep_company(session, company.id, company.name)
        events = {}
        for each, (contract, confidentiality) in zip(sheet.people, digests, strict=True):
            person, old = each.id or f"p-{secrets.token_hex(_ID_BYTES)}", before.get(each.id, _NEW)
            events[person] = PersonRegistered(
                employment=each.employment,
                commitment=names.keep(session, person, each.name) if each.name else old.commitment,
                company="" if each.employment == "internal" else each.company or old.company,
                contract=contract or old.contract,
                confidentiality=confidentiality or old.confidentiality,
                functions=old.functions if each.functions is None else tuple(sorted(set(each.functions))),
                is_active=each.active,
            )
        for person, event in events.items():
            if event != before.get(person):
                workspace.ledger.append(session, actor=actor, subject=person, event=event)
                entered.append(person)
    return Registration(tuple(entered))


def deactivate(workspace: Workspace, person: str, *, actor: str) -> None:
    """Take a person out of work (停用); what they did stays in the register.

    Raises:
        GovernanceError: Nobody has this id.
    """
    event = _require(workspace, person)
    if event.is_active:
        workspace.ledger.record(actor=actor, subject=person, event=replace(event, is_active=False))


def erase(workspace: Workspace, person: str, *, reason: str, actor: str, scan: Scan) -> None:
    """Erase a person's name (姓名删除): the id, its entries and the commitment stay and lead to nobody any more.

    Nobody works without a name, so the person is taken out of work as well.

    Args:
        workspace: Where.
        person: The id.
        reason: Why, in words without personal information.
        actor: Id of the person who acts.
        scan: Finds personal information.

    Raises:
        GovernanceError: Nobody has this id, or the reason is missing or personal.
    """
    demand_reason(reason, scan, of="Erasing a name")
    workspace.database.create_tables()
    event = _require(workspace, person)
    with workspace.database.transaction() as session:
        names.erase(session, person)
        if event.is_active:
            workspace.ledger.append(session, actor=actor, subject=person, event=replace(event, is_active=False))
        workspace.ledger.append(session, actor=actor, subject=person, event=NameErased(reason.strip()))


def _require(workspace: Workspace, person: str) -> PersonRegistered:
    known.require_person(known.register(workspace), person)
    return _latest(workspace)[person]


def _latest(workspace: Workspace) -> dict[str, PersonRegistered]:
    found = {}
    for entry in workspace.ledger.entries(kinds=(PersonRegistered.__name__,)):
        assert isinstance(entry.event, PersonRegistered)
        found[entry.subject] = entry.event
    return found


def _nameless(workspace: Workspace) -> set[str]:
    return {each.person for each in known.register(workspace).people if not each.has_name}
