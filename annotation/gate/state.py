"""What the gate holds while the server runs: the policy's file, and who the present request comes from."""

import datetime as dt
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from . import refusals, source
from .policy import Person, Policy, PolicyError, PolicyFile

VARIABLE = "YULIAO_GATE_POLICY"
"""Names the policy's file."""
GATE = source.digest()
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Caller:
    """Who a request comes from, as the policy knows the account."""

    user_id: int
    person: Person


@dataclass
class Permit:
    """The right to write annotations of one task within the present transaction, and what is to be told of it."""

    caller: Caller
    task: int
    rows: list[Mapping[str, Any]] = field(default_factory=list)


_caller: ContextVar[Caller | None] = ContextVar("caller", default=None)
_permit: ContextVar[Permit | None] = ContextVar("permit", default=None)


def now() -> dt.datetime:
    """Return the server's present moment."""
    return dt.datetime.now(dt.UTC)


def policy() -> Policy:
    """Return the policy as it stands now.

    Raises:
        Refused: It cannot be used; the reason goes to the log alone.
    """
    try:
        return _file().read()
    except PolicyError as error:
        _LOG.error("the policy opens nothing: %s", error)
        raise refusals.closed() from error


def caller() -> Caller | None:
    """Return who the present request comes from; None outside of a request that was let in."""
    return _caller.get()


def let_in(user_id: int, person: Person) -> None:
    """Note who the present request comes from."""
    _caller.set(Caller(user_id, person))


@contextmanager
def request() -> Iterator[None]:
    """Begin a request with nobody let in, whatever the thread did before."""
    held = _caller.set(None)
    try:
        yield
    finally:
        _caller.reset(held)


def permit() -> Permit | None:
    """Return the permit of the present transaction."""
    return _permit.get()


@contextmanager
def permitted(task: int) -> Iterator[Permit]:
    """Give the present caller the permit for one task.

    Raises:
        Refused: Nobody was let in.
    """
    who = _caller.get()
    if who is None:
        raise refusals.no_back_door()
    given = Permit(who, task)
    held = _permit.set(given)
    try:
        yield given
    finally:
        _permit.reset(held)


@cache
def _file() -> PolicyFile:
    return PolicyFile(Path(os.environ.get(VARIABLE, "/nonexistent")), GATE)
