"""What the metadata of an item (条目元数据) must lead to, by the kind of its source, read from ``metadata.yaml``."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import ClassVar, Literal

from pydantic import ConfigDict

from rules import reading

Carried = Literal["", "url", "user", "version"]
"""What an item itself carries: nothing of its own, its address, its user's number, its generating model's version."""


class _Strict:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Needed(_Strict):
    """What the items of a kind of source need: something of their own, and fields of the declaration."""

    item: Carried
    declared: tuple[str, ...]


@dataclass(frozen=True)
class _File(_Strict):
    clause: str
    certainty: str
    kinds: Mapping[str, Needed]


@functools.cache
def load() -> Mapping[str, Needed]:
    """Return what is needed by kind of source.

    Raises:
        GovernanceError: The file is not as it must be.

    Clause:
        R-121
    """
    file = resources.files("rules").joinpath("metadata.yaml")
    return reading.shaped(reading.plain(file), _File, file.name).kinds
