"""Names of people and companies: kept apart from everything else, committed to in the ledger, and erased on demand.

The commitment (承诺值) is a digest over the name and a random salt. Who has both can show that an entry of the ledger
is about that person; once the salt is erased with the name, nobody can, for without it a name is quickly guessed.
"""

import hmac
import secrets
from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from annotation.people.tables import AccountRow, CompanyRow, PersonRow
from corpus.workspace import Workspace

_SALT_BYTES = 32


def commitment(salt: str, name: str) -> str:
    """Return the commitment to a name.

    Args:
        salt: 64 hexadecimal digits.
        name: As it is kept.
    """
    return hmac.digest(bytes.fromhex(salt), b"yuliao/person-name/1\0" + name.encode(), "sha256").hex()


def keep(session: Session, person: str, name: str) -> str:
    """Keep a person's name in the caller's transaction; return the commitment, the same for the same name."""
    row = session.get(PersonRow, person)
    if row is None or row.name != name:
        row = session.merge(PersonRow(id=person, name=name, salt=secrets.token_hex(_SALT_BYTES)))
    return commitment(row.salt, row.name)


def keep_company(session: Session, company: str, name: str) -> None:
    """Keep a company's name in the caller's transaction."""
    session.merge(CompanyRow(id=company, name=name))


def erase(session: Session, person: str) -> None:
    """Erase a person's name and its salt, in the caller's transaction.

    SQLite overwrites the bytes; PostgreSQL gives the room free with its next VACUUM.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")
    row = session.get(PersonRow, person)
    if row is not None:
        session.delete(row)


def people(workspace: Workspace) -> Mapping[str, str]:
    """Return the names of people by id."""
    workspace.database.create_tables()  # a workspace of an earlier release has none for names
    with workspace.database.snapshot() as session:
        return {row.id: row.name for row in session.exec(select(PersonRow).order_by(col(PersonRow.id)))}


def companies(workspace: Workspace) -> Mapping[str, str]:
    """Return the names of companies by id."""
    workspace.database.create_tables()  # a workspace of an earlier release has none for names
    with workspace.database.snapshot() as session:
        return {row.id: row.name for row in session.exec(select(CompanyRow).order_by(col(CompanyRow.id)))}


def note_accounts(workspace: Workspace, made: Iterable[str]) -> None:
    """Note that these people have accounts."""
    workspace.database.create_tables()
    at = workspace.ledger.now()
    with workspace.database.transaction() as session:
        for person in made:
            session.merge(AccountRow(id=person, made_at=at))


def with_accounts(workspace: Workspace) -> frozenset[str]:
    """Return who has an account."""
    workspace.database.create_tables()  # a workspace of an earlier release has none for names
    with workspace.database.snapshot() as session:
        return frozenset(session.exec(select(AccountRow.id)).all())
