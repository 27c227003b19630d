"""Cues (线索词): one scan that says where any of many short words stands, so that no slow look is taken elsewhere."""

from collections.abc import Iterator, Sequence

import ahocorasick_rs


class Cues:
    """Words made ready to be looked for all at once.

    Args:
        words: The words; those of ASCII letters are looked for in lower case, capitals, and with a capital in front.
    """

    def __init__(self, words: Sequence[str]) -> None:
        spelt = [(spelling, at) for at, word in enumerate(words) for spelling in _spellings(word)]
        self._words = [at for _, at in spelt]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            [spelling.encode() for spelling, _ in spelt], implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield each place, in code points of the text, with the number of the word that begins there."""
        encoded = text.encode("utf-8", "surrogatepass")
        place = seen = 0
        for number, start, _ in self._automaton.find_matches_as_indexes(encoded, overlapping=True):
            # By where they end, so a place may lie before the one told last.
            if start < seen:
                place -= len(encoded[start:seen].decode("utf-8", "surrogatepass"))
            else:
                place += len(encoded[seen:start].decode("utf-8", "surrogatepass"))
            seen = start
            yield place, self._words[number]


def _spellings(word: str) -> set[str]:
    return {word, word.lower(), word.upper(), word.capitalize(), word.title()}
