"""What is done with what is found: the order (处理方式) that a declaration gives for each type."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from pii.entities import PROFILES, Profile, entity, is_sensitive
from provenance.errors import GovernanceError


class Treatment(enum.StrEnum):
    """What becomes of a value. None of these is anonymisation (匿名化); all but ``keep`` de-identify (去标识化)."""

    REPLACE = "replace"
    """The type's tag stands instead, ``<MOBILE>``, so that the sentence keeps its grammar."""
    MASK = "mask"
    """Every character becomes ``*``; the length stays. The last four digits would identify again, so none is left."""
    REDACT = "redact"
    """Nothing stands instead."""
    PSEUDONYM = "pseudonym"
    """A tag with a keyed mark stands instead, the same one for equal values; see :mod:`pii.pseudonyms`."""
    KEEP = "keep"
    """The value stays, on a legal basis that the declaration names."""


@dataclass(frozen=True)
class PiiPolicy:
    """Treatment by type; a type that is not named is replaced.

    Args:
        treatments: By entity name; the values of :class:`Treatment` are understood as text too.
        profile: Which standard says what is sensitive.

    Raises:
        GovernanceError: A type, treatment or profile is unknown, or the type is no personal information at all.
    """

    treatments: Mapping[str, Treatment] = field(default_factory=dict)
    profile: Profile = "strict_35273"

    def __post_init__(self) -> None:
        """Check every order and keep a copy of our own."""
        if self.profile not in PROFILES:
            raise GovernanceError(
                "There is no such profile of sensitive personal information.",
                code="pii.unknown-profile",
                remedy=f"Use one of {', '.join(PROFILES)}.",
                where=str(self.profile),
            )
        orders = {name: _order(name, value) for name, value in sorted(self.treatments.items())}
        object.__setattr__(self, "treatments", orders)

    def treatment(self, name: str) -> Treatment:
        """Return what is done with values of a type."""
        return self.treatments.get(name, Treatment.REPLACE)

    @property
    def needs_key(self) -> bool:
        """Whether any type gets pseudonyms."""
        return Treatment.PSEUDONYM in self.treatments.values()

    def is_sensitive(self, name: str) -> bool:
        """Tell whether a type is sensitive under this policy's profile."""
        return is_sensitive(name, self.profile)


def _order(name: str, value: str) -> Treatment:
    if not entity(name).is_personal:
        raise GovernanceError(
            "This type is told apart but is no personal information, so nothing is done with it.",
            code="pii.not-personal",
            remedy="Take it out of the declaration's orders on personal information.",
            where=name,
        )
    try:
        return Treatment(value)
    except ValueError as error:
        raise GovernanceError(
            "There is no such treatment of personal information.",
            code="pii.unknown-treatment",
            remedy=f"Use one of {', '.join(Treatment)}.",
            where=name,
        ) from error
