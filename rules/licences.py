"""Licence policy (许可政策): what a declared SPDX identifier means for training, read from ``licences.yaml``.

- An identifier is compared without regard to case, as the SPDX specification asks.
- What the policy does not know is never let through: the nearest known identifier is named.
"""

import difflib
import enum
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import yaml

_OWN_TERMS = "licenseref-"
"""How SPDX writes a licence that is not on its list: a contract's own terms, which a person must judge."""
_EXPRESSION_WORDS = frozenset({"and", "or", "with"})


class Stance(enum.StrEnum):
    """What the policy says to a licence."""

    ALLOWED = "allowed"
    DUTY = "duty"
    DECISION = "decision"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Licence:
    """A declared licence as the policy sees it.

    Attributes:
        spdx: The identifier in SPDX's spelling, empty where it is unknown.
        stance: What the policy says.
        duties: Keys of the duties that come with using it, such as ``attribution``.
        nearest: The known identifier that an unknown one may have meant, empty where none is near.
        is_expression: Whether the text joins several licences, which this release does not read.
    """

    spdx: str
    stance: Stance
    duties: tuple[str, ...] = ()
    nearest: str = ""
    is_expression: bool = False


def judge(declared: str) -> Licence:
    """Say what the policy makes of a declared licence.

    Args:
        declared: The declaration's field ``licence``, an SPDX identifier.

    Returns:
        The licence with its stance; ``UNKNOWN`` for an identifier or expression it does not know.

    Clause:
        R-007
    """
    known = _policy()
    wanted = declared.strip().lower()
    if wanted in known:
        return known[wanted]
    if wanted.startswith(_OWN_TERMS):
        return Licence(declared.strip(), Stance.DECISION)
    is_expression = "(" in wanted or not _EXPRESSION_WORDS.isdisjoint(wanted.split())
    near = [] if is_expression else difflib.get_close_matches(wanted, known, n=1)
    nearest = known[near[0]].spdx if near else ""
    return Licence("", Stance.UNKNOWN, nearest=nearest, is_expression=is_expression)


@functools.cache
def _policy() -> Mapping[str, Licence]:
    text = resources.files("rules").joinpath("licences.yaml").read_text(encoding="utf-8")
    return {
        spdx.lower(): Licence(spdx, Stance(group["stance"]), tuple(group.get("duties", ())))
        for group in yaml.safe_load(text)["licences"]
        for spdx in group["ids"]
    }
