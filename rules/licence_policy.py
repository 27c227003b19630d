"""The house's licence policy (许可政策) as data: what it says to a licence, use by use, read from ``licences.yaml``."""

import enum
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self, cast

from rules import reading
from rules.records import Words


class Stance(enum.StrEnum):
    """What the policy says to a licence, the mildest first."""

    ALLOWED = "allowed"
    DUTY = "duty"
    DECISION = "decision"
    REFUSED = "refused"
    UNKNOWN = "unknown"

    @property
    def strictness(self) -> int:
        """How strict it is: 0 lets everything through."""
        return list(Stance).index(self)

    @property
    def is_open(self) -> bool:
        """Whether training may begin without anybody's decision."""
        return self in (Stance.ALLOWED, Stance.DUTY)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the policy says to one licence."""

    spdx: str
    stance: Stance
    by_use: Mapping[str, Stance]
    duties: tuple[str, ...]

    def stance_for(self, uses: Iterable[str]) -> Stance:
        """Return the stance to several uses at once: the strictest decides."""
        return max((self.by_use.get(use, self.stance) for use in uses), key=lambda each: each.strictness)


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy. Keys of ``licences``, ``exceptions`` and ``former`` are in lower case."""

    uses: Mapping[str, Words]
    default_uses: tuple[str, ...]
    duties: Mapping[str, Words]
    licences: Mapping[str, Terms]
    exceptions: Mapping[str, str]
    former: Mapping[str, str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read the policy from what the file holds."""
        return cls(
            uses={name: Words(**words) for name, words in data["uses"].items()},
            default_uses=tuple(data["default_uses"]),
            duties={name: Words(**words) for name, words in data["duties"].items()},
            licences={
                spdx.lower(): Terms(
                    spdx,
                    Stance(group["stance"]),
                    {use: Stance(stance) for use, stance in group.get("uses", {}).items()},
                    tuple(group.get("duties", ())),
                )
                for group in data["licences"]
                for spdx in group["ids"]
            },
            exceptions={name.lower(): name for name in data["exceptions"]},
            former={name.lower(): expression for name, expression in data["former"].items()},
        )


@functools.cache
def policy() -> Policy:
    """Return the policy of this edition of the rules."""
    return Policy.of(cast("dict[str, Any]", reading.plain(resources.files("rules").joinpath("licences.yaml"))))
