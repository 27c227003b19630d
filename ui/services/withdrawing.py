"""Withdrawal (撤回) for people: requests from files and standard input, and the proof in words."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.catalogue import paths_of
from corpus.measure import Kinds
from corpus.withdrawal import requests
from corpus.withdrawal.proof import dispositions
from corpus.withdrawal.requests import By, Request
from corpus.withdrawal.withdraw import Order, Withdrawal, withdraw
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import source_id
from ui.bootstrap import House, holds_personal_information
from ui.services import registering

STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Done:
    """A withdrawal that was made, and what it left to the person who asked for it."""

    withdrawal: Withdrawal
    request: Request
    files: Sequence[str] = field(repr=False)
    """Source files that hold what was withdrawn: they lie outside the workspace and are nobody's to erase here."""

    def to_json(self) -> dict[str, Any]:
        """Return the proof as it is stored, and where it is recorded."""
        event, proof = self.withdrawal.event, self.withdrawal.proof
        return {
            "by": event.by,
            "request": event.request,
            "basis": event.basis,
            "erases": event.erases,
            "refusals": event.refusals,
            **proof.to_json(),
            "unread_lines": list(self.request.unread),
            "source_files": list(self.files),
            "ledger_entry": self.withdrawal.entry.seq,
            "proof": event.proof,
        }


def take_out(house: House, by: By, told_by: str, *, erases: bool, basis: str) -> Done:
    """Carry a request for withdrawal out.

    Args:
        house: The open workspace.
        by: What it is told by.
        told_by: A file or ``-`` for standard input (text, person), an address or ``-`` (url), or a source's id.
        erases: Whether text and identifiers are deleted.
        basis: Why; enters the ledger.

    Raises:
        GovernanceError: The request cannot be read, its basis is missing or holds personal information, or it cannot
            be carried out now.
    """
    _demand_basis(basis)
    request = _request(house.workspace.item_key, by, told_by)
    kinds = Kinds(house.catalog.sensitive(), house.catalog.risk_unions())
    order = Order(erases=erases, basis=basis, actor=house.actor, kinds=kinds)
    made = withdraw(house.workspace, request, order)
    if request.source is not None:
        registering.close_descendants(house, request.source)
    return Done(made, request, paths_of(house.workspace, made.proof.files))


def _request(key: bytes, by: By, told_by: str) -> Request:
    if by == "source":
        return requests.by_source(key, source_id(told_by))
    if by == "url":
        return requests.by_url(key, _read(told_by) if told_by == STANDARD_INPUT else told_by.encode())
    return (requests.by_text if by == "text" else requests.by_person)(key, _read(told_by))


def _read(file: str) -> bytes:
    """Read a file, or standard input."""
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError):
        # Neither the path nor the cause is repeated: who mistakes the option gives the identifier itself.
        raise GovernanceError(
            "The file with the request for withdrawal cannot be read.",
            code="ui.request-unreadable",
            remedy="Write what is to be found into a file and name the file, or give - and standard input; never write "
            "an identifier on the command line.",
            exit_code=ExitCode.ENVIRONMENT,
        ) from None


def _demand_basis(basis: str) -> None:
    if not basis.strip():
        raise GovernanceError(
            "A withdrawal needs its basis.",
            code="ui.basis-missing",
            remedy="Say with --basis who asked and by which right, without naming the person.",
        )
    if holds_personal_information(basis):
        raise GovernanceError(
            "The basis holds personal information, which the ledger must never hold.",
            code="ui.personal-in-basis",
            remedy="Write it without names, numbers or addresses of persons.",
        )


def unread(done: Done) -> str:
    """Say in which lines no identifier was recognised, empty where in all; the lines themselves are not said."""
    lines = done.request.unread
    if not lines:
        return ""
    return (
        f"No identifier was recognised in line {', '.join(map(str, lines))}; such a line counts as a user's id only. "
        "A number, e-mail address or plate is found best in a line of its own."
    )


def words(done: Done) -> list[str]:
    """Return the proof as sentences."""
    event, proof = done.withdrawal.event, done.withdrawal.proof
    said = [_found(done)]
    if proof.items:
        was = ", ".join(f"{n} {what}" for what, n in dispositions(proof.before).items())
        now = ", ".join(f"{n} {what}" for what, n in dispositions(proof.after).items())
        said.append(f"Before: {was}. Now: {now}.")
    if proof.followers:
        said.append(
            f"{proof.followers} item(s) of others repeat one of them and are now duplicate/keeper-gone; "
            "`yuliao ingest --reconsider` decides on them anew."
        )
    if event.erases:
        said.append(
            f"Erased: {sum(each.items for each in proof.rewritten)} text(s) and identifier row(s) in "
            f"{len(proof.rewritten)} file(s), written anew; the old files are deleted."
        )
    if proof.items:
        said.append(_bundles(done))
        said.append("There are no releases yet. The ledger and every sealed bundle stay valid.")
    if event.refusals:
        said.append("Later ingests refuse the same from now on.")
    if done.files:
        said.append("The source files lie outside the workspace and are untouched; what was withdrawn stands in:")
        said.extend(f"  {path}" for path in done.files)
    said.append(f"Ledger entry {done.withdrawal.entry.seq}; proof sha256:{event.proof}.")
    return said


def _found(done: Done) -> str:
    proof = done.withdrawal.proof
    if not proof.items:
        return "Nothing was found; the withdrawal is recorded, so that later ingests obey it."
    sources = ", ".join(f"{name} ({n})" for name, n in proof.by_source.items())
    return f"Found: {proof.items} item(s), duplicates included, in {len(proof.by_source)} source(s): {sources}."


def _bundles(done: Done) -> str:
    bundles = done.withdrawal.proof.bundles
    if not bundles:
        return "No sealed bundle holds figures of them."
    return f"{len(bundles)} sealed bundle(s) hold figures of them, no text: " + ", ".join(bundles) + "."
