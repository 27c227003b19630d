"""Accounts of the annotation server: made by one program inside its environment, without superuser rights.

An account's address is made from the person's id and leads to no mailbox: names stay in the platform.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from annotation.server.environment import Environment
from annotation.server.launch import run_program
from annotation.server.variables import Settings

MANAGER = "p-platform"
"""The program that publishes and collects; the policy gives it the function ``manage`` and no other."""
_PASSWORD_BYTES = 12


@dataclass(frozen=True)
class Account:
    """What a person or program signs in with; shown once and stored nowhere.

    Attributes:
        account: The address to sign in with.
        password: For the browser, empty for programs.
        token: For programs, empty for people.
    """

    account: str
    password: str = ""
    token: str = ""


def account_of(person: str) -> str:
    """Return the address of a person's account (RFC 2606: ``invalid`` never exists)."""
    return f"{person}@annotate.invalid"


def make(
    environment: Environment, settings: Settings, *, people: Sequence[str] = (), programs: Sequence[str] = ()
) -> list[Account]:
    """Make accounts, or give those that exist new passwords and tokens; the old ones end.

    Args:
        environment: The server's.
        settings: Which server.
        people: Ids of people, who get a password.
        programs: Ids of programs, which get a token.

    Raises:
        GovernanceError: The server's database cannot be reached.
    """
    passwords = {person: secrets.token_urlsafe(_PASSWORD_BYTES) for person in people}
    wanted: list[dict[str, object]] = [{"account": account_of(each), "password": passwords[each]} for each in people]
    wanted += [{"account": account_of(each), "wants_token": True} for each in programs]
    answer = json.loads(run_program(environment, settings, "accounts", json.dumps(wanted).encode()))
    made = {each["account"]: each["token"] or "" for each in answer}
    return [Account(account_of(each), passwords.get(each, ""), made[account_of(each)]) for each in (*people, *programs)]
