"""Rows of the catalogue that name people and companies: the only place where a name stands, and it can be erased."""

from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """The name of a person (姓名) with the salt of its commitment."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    name: str
    salt: str
    """32 random bytes, hexadecimal."""


class AccountRow(SQLModel, table=True):
    """That a person has an account in the annotation server; what opens it is stored nowhere."""

    __tablename__ = "person_account"

    id: str = Field(primary_key=True)
    made_at: str


class CompanyRow(SQLModel, table=True):
    """The name of a company (外包单位) that sends people."""

    __tablename__ = "company"

    id: str = Field(primary_key=True)
    name: str
