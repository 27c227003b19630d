"""The register of people: papers or nothing, names in one erasable place, and every refusal says what is missing."""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotation.people import names, registering
from annotation.people.tables import PersonRow
from provenance.errors import GovernanceError
from provenance.events import NameErased, PersonRegistered
from provenance.holdings import holdings
from provenance.ids import Digest
from tests.fakes.office import CHIEF, NAME, OTHER, SECRET, Office, scan

INSIDE: dict[str, Any] = {"id": "p-1", "name": NAME, "employment": "internal", "functions": ["annotate"]}
OUTSIDE: dict[str, Any] = {"id": "p-2", "name": OTHER, "employment": "outsourced", "company": "co-1"}
COMPANY = {"id": "co-1", "name": "乌有标注公司", "contract": "contract.pdf", "confidentiality": "secrecy.pdf"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with the papers of a company."""
    made = Office.open(tmp_path)
    made.write("contract.pdf", b"%PDF a contract \xff")
    made.write("secrecy.pdf", b"%PDF secrecy \xff")
    yield made
    made.workspace.database.close()


def refused(office: Office, *people: dict[str, Any], code: str, **more: Any) -> str:
    """Demand that a registration is refused whole, and return the sentence."""
    before = office.workspace.ledger.head()
    with pytest.raises(GovernanceError) as caught:
        office.register(*people, **more)
    assert caught.value.code == code, caught.value.diagnostics()
    assert office.workspace.ledger.head() == before
    told = caught.value.diagnostics()
    assert not [each for each in (NAME, OTHER, SECRET) if each in told]
    return told


def test_people_are_registered_with_their_papers(office: Office) -> None:
    """Somebody internal and somebody outsourced are entered; papers lie in the store and are named by digest."""
    assert office.register(INSIDE, OUTSIDE, companies=(COMPANY,)) == ("p-1", "p-2")
    inside, outside = office.person("p-1"), office.person("p-2")
    assert (inside.employment, inside.functions, inside.lacks) == ("internal", ("annotate",), ())
    assert (outside.employment, outside.company, outside.lacks) == ("outsourced", "co-1", ())
    events = [entry.event for entry in office.workspace.ledger.entries()]
    kept = holdings(event for event in events if isinstance(event, PersonRegistered)).evidence
    assert len(kept) == 2
    assert all(office.workspace.evidence.has(Digest(each)) for each in kept)


def test_names_stand_in_one_place_and_are_committed_to(office: Office) -> None:
    """The ledger holds no name but a commitment that name and salt open; the table holds both."""
    office.register(INSIDE, OUTSIDE, companies=(COMPANY,))
    assert not [each for each in (NAME, OTHER, COMPANY["name"]) if each in office.said()]
    assert names.people(office.workspace) == {"p-1": NAME, "p-2": OTHER}
    assert names.companies(office.workspace) == {"co-1": COMPANY["name"]}
    with office.workspace.database.snapshot() as session:
        salt = session.get_one(PersonRow, "p-1").salt
    opened = hmac.new(bytes.fromhex(salt), b"yuliao/person-name/1\0" + NAME.encode(), hashlib.sha256).hexdigest()
    assert opened in office.said()


@pytest.mark.parametrize(
    ("lacks", "company"),
    [
        ("company", None),
        ("contract", {"id": "co-1", "name": "x", "confidentiality": "secrecy.pdf"}),
        ("confidentiality", {"id": "co-1", "name": "x", "contract": "contract.pdf"}),
        ("contract, confidentiality", {"id": "co-1", "name": "x"}),
    ],
)
def test_outsourced_people_come_with_papers_or_not_at_all(office: Office, lacks: str, company: Any) -> None:
    """What is missing of company, contract and confidentiality is named, and nobody of the file is entered (AR-11)."""
    person = (
        OUTSIDE if company else {**OUTSIDE, "company": "", "contract": "contract.pdf", "confidentiality": "secrecy.pdf"}
    )
    companies = (company,) if company else ()
    told = refused(office, INSIDE, person, companies=companies, code="annotation.person-incomplete")
    assert f"people.2 lacks {lacks}." in told


def test_a_persons_own_paper_comes_first(office: Office) -> None:
    """An agreement of one's own stands in for what the company lacks."""
    office.write("own.pdf", b"%PDF own \xff")
    company = {"id": "co-1", "name": "x", "contract": "contract.pdf"}
    office.register({**OUTSIDE, "confidentiality": "own.pdf"}, companies=(company,))
    assert office.person("p-2").lacks == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id": "anna"}, "the id is not p-"),
        ({"id": "p-Anna"}, "the id is not p-"),
        ({"id": "p-anna7", "name": "Anna Wuming"}, "made of the name"),
        ({"name": ""}, "lacks name"),
        ({"name": "  "}, "lacks name"),
        ({"company": "co-1"}, "is internal and names a company"),
        ({"employment": "outsourced", "company": "co-9", "contract": "contract.pdf"}, "lacks confidentiality"),
    ],
)
def test_what_cannot_be_registered_is_said(office: Office, changed: dict[str, Any], words: str) -> None:
    """Ids that are none or tell the name, and people without a name, are refused in words that tell what to do."""
    assert words in refused(office, {**INSIDE, **changed}, companies=(COMPANY,), code="annotation.person-incomplete")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"employment": "freelance"}, "people.1.employment: must be 'internal' or 'outsourced'"),
        ({"functions": ["manage"]}, "people.1.functions.1: must be 'annotate', 'review' or 'inspect'"),
        ({"name": "x" * 101}, "people.1.name: must have at most 100 characters"),
        ({"active": "perhaps"}, "people.1.active: must be yes or no"),
        ({"telephone": SECRET}, "people.1: holds a field that this file does not have"),
    ],
)
def test_a_file_is_told_by_field_and_never_by_value(office: Office, changed: dict[str, Any], words: str) -> None:
    """A wrong field is named with its line; what was written there is not."""
    told = refused(office, {**INSIDE, **changed}, code="annotation.sheet-invalid")
    assert words in told
    assert "line 1" in told


@pytest.mark.parametrize(
    "text", [f"{NAME} 签字", f"电话 {SECRET}", ""], ids=["the name", "a telephone number", "nothing"]
)
def test_a_paper_that_tells_a_person_is_refused(office: Office, text: str) -> None:
    """What cannot be erased again does not get in: a text with the name or personal information, or an empty file."""
    office.write("secrecy.pdf", text)
    code = "annotation.personal-in-paper" if text else "annotation.paper-missing"
    refused(office, INSIDE, {**OUTSIDE, "name": NAME}, companies=(COMPANY,), code=code)
    kept = [office.workspace.evidence.path(each).read_bytes() for each in office.workspace.evidence.list()]
    assert not any(text.encode() in content for content in kept if text)


def test_ids_are_given_where_none_are_named(office: Office) -> None:
    """Two people without ids get two random ones of the form that the settings ask for."""
    entered = office.register(*({"name": each, "employment": "internal"} for each in (NAME, OTHER)))
    assert len(set(entered)) == 2
    assert all(each.startswith("p-") and len(each) == 12 for each in entered)


def test_an_id_is_registered_once_and_changed_on_purpose(office: Office) -> None:
    """The same id twice is refused; a change keeps what is left out, and is recorded once."""
    office.register(INSIDE, OUTSIDE, companies=(COMPANY,))
    assert "registered already" in refused(office, INSIDE, code="annotation.person-incomplete")
    assert "stands twice" in refused(
        office, {**INSIDE, "id": "p-3"}, {**INSIDE, "id": "p-3"}, code="annotation.person-incomplete"
    )
    assert "nobody is registered" in refused(
        office, {**INSIDE, "id": "p-9"}, code="annotation.person-incomplete", change=True
    )
    change = {"id": "p-2", "employment": "outsourced", "functions": ["review"]}
    assert office.register(change, change=True) == ("p-2",)
    assert office.register(change, change=True) == ()
    person = office.person("p-2")
    assert (person.company, person.functions, person.lacks) == ("co-1", ("review",), ())
    assert names.people(office.workspace)["p-2"] == OTHER


def test_a_new_name_is_a_new_commitment(office: Office) -> None:
    """A corrected name gets a salt of its own; the same name keeps its commitment."""
    office.register(INSIDE)
    office.register({**INSIDE, "functions": ["review"]}, change=True)
    office.register({**INSIDE, "name": OTHER}, change=True)
    events = [entry.event for entry in office.workspace.ledger.entries(kinds=("PersonRegistered",))]
    commitments = [event.commitment for event in events if isinstance(event, PersonRegistered)]
    assert commitments[0] == commitments[1] != commitments[2]


def test_a_person_leaves_work(office: Office) -> None:
    """Deactivating is recorded once and keeps the papers."""
    office.register(INSIDE)
    registering.deactivate(office.workspace, "p-1", actor=CHIEF)
    size = office.workspace.ledger.head().size
    registering.deactivate(office.workspace, "p-1", actor=CHIEF)
    assert not office.person().is_active
    assert office.workspace.ledger.head().size == size


def test_an_erased_name_is_gone(office: Office) -> None:
    """Name and salt leave the catalogue's bytes, the commitment stays, and the person is out of work."""
    office.register(INSIDE)
    with office.workspace.database.snapshot() as session:
        salt = session.get_one(PersonRow, "p-1").salt
    registering.erase(office.workspace, "p-1", reason="asked for it", actor=CHIEF, scan=scan)
    assert names.people(office.workspace) == {}
    person = office.person()
    assert (person.has_name, person.is_active) == (False, False)
    assert [e.event.reason for e in office.workspace.ledger.entries() if isinstance(e.event, NameErased)] == [
        "asked for it"
    ]
    office.workspace.database.close()
    bodies = b"".join(path.read_bytes() for path in sorted(office.folder.glob("catalogue.sqlite*")))
    assert len(bodies) > 1000
    assert NAME.encode() not in bodies
    assert salt.encode() not in bodies
    office.register({**INSIDE, "id": "p-1", "active": "yes"}, change=True)
    assert office.person().has_name


def test_without_a_name_nobody_comes_back(office: Office) -> None:
    """Who was erased is not taken to work again under the old commitment."""
    office.register(INSIDE)
    registering.erase(office.workspace, "p-1", reason="asked for it", actor=CHIEF, scan=scan)
    nameless = {key: value for key, value in INSIDE.items() if key != "name"}
    assert "lacks name" in refused(office, nameless, code="annotation.person-incomplete", change=True)


@pytest.mark.parametrize(
    ("person", "reason", "code"),
    [
        ("p-1", " ", "corpus.reason-missing"),
        ("p-1", f"call {SECRET}", "corpus.personal-in-reason"),
        ("p-7", "asked for it", "annotation.person-unknown"),
    ],
)
def test_erasing_needs_a_person_and_a_reason(office: Office, person: str, reason: str, code: str) -> None:
    """Nothing is erased without a reason that may stay, or for somebody who is not there."""
    office.register(INSIDE)
    with pytest.raises(GovernanceError) as caught:
        registering.erase(office.workspace, person, reason=reason, actor=CHIEF, scan=scan)
    assert caught.value.code == code
    assert names.people(office.workspace) == {"p-1": NAME}


def test_a_workspace_of_an_earlier_release_gets_its_tables(office: Office) -> None:
    """Where the tables of names are not there yet they are made, on reading as on writing."""
    with office.workspace.database.transaction() as session:
        for table in ("person", "person_account", "company"):
            session.connection().exec_driver_sql(f"DROP TABLE {table}")
    assert names.people(office.workspace) == {}
    office.register(INSIDE)
    assert names.people(office.workspace) == {"p-1": NAME}
