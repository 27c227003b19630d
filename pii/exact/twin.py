"""Standing in for an object for the time of a call."""

from typing import TypeVar

_T = TypeVar("_T")


def twin(original: _T, **attributes: object) -> _T:
    """Return another of the same class, with the same attributes but those given; it is not initialised anew."""
    other = object.__new__(type(original))
    vars(other).update(vars(original), **attributes)
    return other
