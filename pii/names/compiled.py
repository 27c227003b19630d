"""The one door to numba: functions over arrays of integers, compiled on first use; the outermost is kept on disk.

Where numba is missing, or what was compiled cannot be kept or is damaged, the same functions still run: as Python on
:func:`numbers`, or compiled anew by every process. :func:`notice` says so.
"""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeAlias, TypeVar, cast

import numpy.typing as npt

from pii import shelf

try:
    import numba
except ImportError:  # no wheel for this machine
    _has_numba = False
else:
    _has_numba = True

Numbers: TypeAlias = npt.NDArray[Any]
_F = TypeVar("_F", bound=Callable[..., Any])
_P = ParamSpec("_P")
_R = TypeVar("_R")
_without_cache: list[str] = []


def compiled(function: _F) -> _F:
    """Return the function compiled, with what it calls, by every process anew; itself where there is no compiler."""
    return cast("_F", numba.njit(function)) if _has_numba else function


def kept(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return the function compiled and kept on disk with all that it calls: for the one that Python calls.

    Numba looks whether the file of this function has changed, not those of the functions it calls: they stand in one
    file.
    """
    return _Kept(function) if _has_numba else function


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


class _Kept(Generic[_P, _R]):
    def __init__(self, function: Callable[_P, _R]) -> None:
        self._function = function
        self._compiled: Callable[_P, _R] = _with_cache(function)

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return self._compiled(*args, **kwargs)
        except Exception:  # noqa: BLE001 - what was kept is damaged, or a disk is full: a pickle may raise anything
            self._compiled = _anew(self._function)
            return self._compiled(*args, **kwargs)


def _with_cache(function: _F) -> _F:
    """Have numba keep the function in our folder, unless the user named one; failing that, beside the file."""
    config: Any = numba.config
    named = config.CACHE_DIR
    try:
        config.CACHE_DIR = named or str(shelf.folder().with_name("compiled"))
        return cast("_F", numba.njit(cache=True)(function))
    except RuntimeError:  # no folder that may be written to, or no home
        return _anew(function)
    finally:
        config.CACHE_DIR = named


def _anew(function: _F) -> _F:
    _without_cache.append(function.__name__)
    return cast("_F", numba.njit(function))


class _Plain:
    def __init__(self, array: Numbers) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    def __getitem__(self, place: int | tuple[int, int]) -> int:
        return int(self._array[place])

    def __setitem__(self, place: int | tuple[int, int], value: int) -> None:
        self._array[place] = value
