"""The one door to numba: functions over arrays of integers, compiled on first use and kept on disk.

Where numba is missing, or has no folder to keep what it compiled, the same functions still run: as Python on
:func:`numbers`, or compiled anew by every process. :func:`notice` says so.
"""

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

import numpy.typing as npt

try:
    import numba
except ImportError:  # no wheel for this machine
    _has_numba = False
else:
    _has_numba = True

Numbers: TypeAlias = npt.NDArray[Any]
_F = TypeVar("_F", bound=Callable[..., Any])
_without_cache: list[str] = []


def compiled(function: _F) -> _F:
    """Return the function compiled; itself where there is no compiler.

    Numba looks whether the file of a function has changed, not those of the functions it calls: functions that call one
    another stand in one file.
    """
    if not _has_numba:
        return function
    try:
        return cast("_F", numba.njit(cache=True)(function))
    except RuntimeError:  # no folder that may be written to
        _without_cache.append(function.__name__)
        return cast("_F", numba.njit(function))


def compiled_anew(function: _F) -> _F:
    """Return the function compiled and nothing kept: for training, whose functions call those of other files."""
    return cast("_F", numba.njit(function)) if _has_numba else function


def numbers(array: Numbers) -> Numbers:
    """Return what functions can read and write: the array; where nothing is compiled, a view that gives Python's `int`.

    Those have no width, so nothing overflows that does not overflow when compiled.
    """
    return array if _has_numba else cast("Numbers", _Plain(array))


def notice() -> str:
    """Return what a user should be told about names on this machine, or nothing."""
    if not _has_numba:
        return "Numba is not installed: names are found by plain Python, several hundred times slower."
    if _without_cache:
        return "Numba has no folder to write to: every process compiles for some seconds. Set NUMBA_CACHE_DIR."
    return ""


class _Plain:
    def __init__(self, array: Numbers) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    def __getitem__(self, place: int | tuple[int, int]) -> int:
        return int(self._array[place])

    def __setitem__(self, place: int | tuple[int, int], value: int) -> None:
        self._array[place] = value
