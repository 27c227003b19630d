"""Canonical JSON (RFC 8785): one value, one sequence of bytes, so that a digest over it means something."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

from provenance.errors import GovernanceError

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

SAFE_INTEGER = 2**53
"""Integers at or beyond this are refused: other readers of JSON would round them."""


def encode(value: Json) -> bytes:
    """Return the canonical UTF-8 bytes of a JSON value.

    Raises:
        GovernanceError: The value holds what RFC 8785 cannot say: a too large integer, NaN, a lone surrogate.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise GovernanceError(
            "A value cannot be written as canonical JSON.",
            code="provenance.not-canonical",
            remedy="Keep integers below 2^53 and text free of lone surrogates.",
        ) from error
