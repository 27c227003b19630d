"""One catalogue of messages (文案目录) in Chinese and English, for the console and the report.

``messages.yaml`` holds every sentence once per language, side by side, so that a missing translation is seen where it
is missing. Keys are dotted; code names them in full or by a prefix that ends in a dot.
"""

import functools
import importlib.resources
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, cast

from rules.reading import plain

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""Chinese first."""


class Words(NamedTuple):
    """The same thing said in both languages."""

    zh: str
    en: str

    def say(self, lang: Language) -> str:
        """Return it in one language."""
        return self.zh if lang == "zh" else self.en


@functools.cache
def messages() -> Mapping[str, Words]:
    """Read the catalogue.

    Returns:
        Every dotted key with its words in both languages.

    Raises:
        TypeError: An entry lacks a language or has one more: a broken release.
    """
    return dict(
        _leaves(
            cast("Mapping[str, object]", plain(importlib.resources.files(__package__).joinpath("messages.yaml"))), ""
        )
    )


def words(key: str, **values: object) -> Words:
    """Return a message in both languages, its ``{places}`` filled in.

    Args:
        key: Dotted key of ``messages.yaml``.
        **values: What stands in the places of the message; words stand there in the language of the message.

    Raises:
        KeyError: The key or a value is missing: a broken program, which the tests find.
    """
    message = messages()[key]
    return Words(*(_filled(message, lang, values) for lang in LANGUAGES))


def translate(key: str, lang: Language, **values: object) -> str:
    """Return a message in one language; see :func:`words`."""
    return words(key, **values).say(lang)


def known(key: str) -> bool:
    """Tell whether the catalogue has a key: for codes that come from outside, which are printed as they are if not."""
    return key in messages()


def _filled(message: Words, lang: Language, values: Mapping[str, object]) -> str:
    spoken = {name: value.say(lang) if isinstance(value, Words) else value for name, value in values.items()}
    return message.say(lang).format(**spoken)


def _leaves(node: Mapping[str, object], prefix: str) -> Iterator[tuple[str, Words]]:
    for name, child in node.items():
        if not isinstance(child, dict):
            raise TypeError(f"message {prefix}{name} is no mapping of languages")
        if set(child) & set(LANGUAGES):
            yield f"{prefix}{name}", Words(**child)
        else:
            yield from _leaves(child, f"{prefix}{name}.")


def under(prefix: str) -> tuple[str, ...]:
    """Return the last parts of all keys below a prefix that ends in a dot, in the catalogue's order."""
    return tuple(key.removeprefix(prefix) for key in messages() if key.startswith(prefix))
