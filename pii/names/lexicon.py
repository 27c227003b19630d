"""The words and characters that names are made of and told apart from; our own lists, read from ``lists/``.

Every file is text: ``#`` opens a comment, ``[kind]`` a section, all else is separated by spaces. At run time only the
family names are read (see :mod:`pii.names.unlikely`): what inference needs is in the weights. Regions are words too.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pii.addresses.regions import region_names

WORD_FILES = tuple(f"words_{each}" for each in ("common", "surname", "kinds", "more", "alphabet", "daily", "led"))


def sections(name: str) -> dict[str, list[str]]:
    """Return the entries of a file by section, in the file's order; those before any section under the empty name."""
    found: dict[str, list[str]] = {}
    kind = ""
    for line in lines(name):
        if line.startswith("["):
            kind = line.strip("[]")
        else:
            found.setdefault(kind, []).extend(line.split())
    return found


def lines(name: str) -> Iterator[str]:
    """Yield the lines of a file that say something."""
    text = files("pii.names").joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


@cache
def surnames() -> dict[str, int]:
    """Return family names (姓氏) with their rough share per 10,000 people; of a repeated one the largest."""
    parts = [each for line in lines("surnames") for each in line.lstrip("@").split()]
    found: dict[str, int] = {}
    for name, share in zip(parts[::2], parts[1::2], strict=True):
        found[name] = max(found.get(name, 0), int(share))
    return found


@cache
def words() -> dict[str, frozenset[str]]:
    """Return the ordinary words and the regions, each with the kinds it is listed under."""
    found: dict[str, set[str]] = {}
    for name in WORD_FILES:
        for kind, entries in sections(name).items():
            for word in entries:
                found.setdefault(word, set()).add(kind)
    for name in region_names():
        found.setdefault(name, set()).add("place")
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def simplified() -> dict[str, str]:
    """Return what each traditional character is read as."""
    return {pair[0]: pair[1] for line in lines("hans") for pair in line.split() if pair[0] != pair[1]}
