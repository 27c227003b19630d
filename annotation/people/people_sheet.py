"""A file of people (标注人员名单): its fields, and what must be in it before anybody is registered."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from annotation.people import sheets
from annotation.people.sheets import Sheet
from provenance.errors import GovernanceError
from provenance.events import PersonRegistered

TEMPLATE = "yuliao people add --template"
_PERSON = re.compile(r"p-[a-z0-9]{1,30}")

Kind = Literal["contract", "confidentiality"]
KINDS: tuple[Kind, ...] = ("contract", "confidentiality")
"""Papers of who is outsourced: 合同、保密协议."""

_Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
_CompanyId = Annotated[str, StringConstraints(pattern=r"^co-[a-z0-9]{1,30}$")]


class CompanySheet(Sheet):
    """A company that sends people, with the papers that hold for all of them."""

    id: _CompanyId
    name: Annotated[_Name, Field(min_length=1)]
    contract: str = ""
    confidentiality: str = ""


class PersonSheet(Sheet):
    """A person; papers of one's own come before those of the company.

    What is left out of a change stays as it was.
    """

    id: str = ""
    name: _Name = ""
    employment: Literal["internal", "outsourced"]
    company: str = ""
    contract: str = ""
    confidentiality: str = ""
    functions: tuple[Literal["annotate", "review", "inspect"], ...] | None = None
    active: bool = True


class PeopleSheet(Sheet):
    """A file of ``yuliao people add``."""

    companies: tuple[CompanySheet, ...] = ()
    people: tuple[PersonSheet, ...] = Field(min_length=1)


def read(path: Path) -> PeopleSheet:
    """Read a file of people.

    Raises:
        GovernanceError: It is none; every problem is listed.
    """
    return sheets.read(path, PeopleSheet, template=TEMPLATE)


def parse(raw: bytes) -> PeopleSheet:
    """Read the bytes of such a file.

    Raises:
        GovernanceError: As for :func:`read`.
    """
    return sheets.parse(raw, PeopleSheet, template=TEMPLATE)


def demand(
    sheet: PeopleSheet, before: Mapping[str, PersonRegistered], nameless: Collection[str], *, change: bool
) -> None:
    """Refuse a file in which an id cannot be, or something is missing; all of it is told at once.

    Args:
        sheet: The file.
        before: What the register says of people, by id.
        nameless: Ids of those whose name was erased.
        change: Whether these people are in the register already.

    Raises:
        GovernanceError: An id is taken, unknown, or made of the name; or a name is missing, or company, contract or
            confidentiality agreement of somebody outsourced.

    Clause:
        AR-11
    """
    ids = [each.id for each in sheet.people]
    companies = {each.id: each for each in sheet.companies}
    known_companies = companies.keys() | {said.company for said in before.values()}
    problems = []
    for place, each in enumerate(sheet.people, 1):
        if fault := _id_fault(each, ids, before, change=change):
            problems.append(f"people.{place}: {fault}")
            continue
        lacks = _lacks(each, companies, before.get(each.id), has_name=each.id not in nameless)
        if lacks:
            problems.append(f"people.{place} lacks {', '.join(lacks)}")
        if each.company and each.employment == "internal":
            problems.append(f"people.{place} is internal and names a company")
        if each.company and each.company not in known_companies:
            problems.append(f"people.{place} names a company that stands neither here nor in the register")
    if problems:
        raise GovernanceError(
            f"Nobody was registered: {'; '.join(problems)}.",
            code="annotation.person-incomplete",
            remedy="Leave `id` out to be given one. Somebody outsourced needs company, contract and confidentiality.",
        )


def paper(person: PersonSheet, companies: Mapping[str, CompanySheet], kind: Kind) -> str:
    """Return the path of a person's paper: one's own, else the company's; empty for none."""
    own: str = getattr(person, kind)
    company = companies.get(person.company)
    return own or (getattr(company, kind) if company else "")


def _id_fault(person: PersonSheet, ids: list[str], before: Collection[str], *, change: bool) -> str:
    faults = {
        "no id was given, and --change needs it": change and not person.id,
        "the id is not p- and 1 to 30 lower-case letters and digits": person.id and not _PERSON.fullmatch(person.id),
        "the id is made of the name": any(part in person.id for part in re.findall(r"[a-z]{2,}", person.name.lower())),
        "the id stands twice": person.id and ids.count(person.id) > 1,
        "this id is registered already; --change changes what is said of somebody": person.id in before and not change,
        "nobody is registered under this id, so nothing can be changed": person.id not in before and change,
    }
    return next((fault for fault, is_there in faults.items() if is_there), "")


def _lacks(
    person: PersonSheet, companies: Mapping[str, CompanySheet], old: PersonRegistered | None, *, has_name: bool
) -> list[str]:
    held = {"name": person.name or (old is not None and has_name)}
    if person.employment == "outsourced":
        held["company"] = person.company or (old is not None and old.company)
        for kind in KINDS:
            held[kind] = paper(person, companies, kind) or (old is not None and getattr(old, kind))
    return [name for name, value in held.items() if not value]
