"""The tables that features are read from: classes of characters, and the dictionary as a hash table."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from pii.names import inference as f
from pii.names import lexicon

_GRADES = (100, 20, 5)
_SYMBOLS = {
    f.SPACE: " \t\u3000", f.BREAK: "\n\r", f.ENUMERATION: "、", f.COMMA: "，,；;", f.STOP: "。！？!?…", f.COLON: "：:",
    f.OPEN_QUOTE: "“‘「『\"'", f.CLOSE_QUOTE: "”’」』", f.DOT: "·•・‧", f.AT: "@", f.OPEN: "（([", f.CLOSE: "）)]",
    f.OPEN_TITLE: "《【〈", f.CLOSE_TITLE: "》】〉", f.NICK: "小老阿",
}  # fmt: skip
_KINDS = (
    ("say", f.SAY), ("title-before", f.BEFORE), ("title-after", f.AFTER), ("person", f.PERSON), ("place", f.PLACE),
)  # fmt: skip


def canonical() -> npt.NDArray[np.int32]:
    """Return what every character of the basic plane is read as: a traditional one as its simplified one."""
    table = np.arange(65536, dtype=np.int32)
    for one, other in lexicon.simplified().items():
        table[ord(one)] = ord(other)
    table[65535] = 0xFFFD
    return table


def classes() -> npt.NDArray[np.int32]:
    """Return the class of every character."""
    table = np.full(65536, f.SYMBOL, dtype=np.int32)
    table[0x3040:0x3100] = table[0x1100:0x1200] = table[0xAC00:0xD7B0] = f.FOREIGN_SCRIPT
    table[0x4E00:0xA000] = table[0x3400:0x4DC0] = 0
    for first, last, kind in (("0", "9", f.DIGIT), ("A", "Z", f.LETTER), ("a", "z", f.LETTER)):
        table[ord(first) : ord(last) + 1] = kind
    given, foreign = lexicon.sections("given"), lexicon.sections("foreign")
    for grade, name in enumerate(("low", "mid", "top"), start=1):
        for char in "".join(given[name]):
            table[ord(char)] = table[ord(char)] // 8 * 8 + grade * 2
    for char in "".join(foreign["syllables"] + foreign["ends"] + foreign["given"] + foreign["family"]):
        table[ord(char)] |= 1
    for name, share in lexicon.surnames().items():
        if len(name) == 1:
            table[ord(name)] += 8 * (1 + sum(share >= least for least in reversed(_GRADES)))
    for kind, chars in _SYMBOLS.items():
        for char in chars:
            table[ord(char)] = kind
    table[0] = f.EDGE
    return table


def word_kinds(statistical: Iterable[str]) -> dict[str, int]:
    """Return every word of two to four characters with its kind."""
    found = dict.fromkeys(statistical, f.STATISTICAL)
    for word, kinds in lexicon.words().items():
        found[word] = next((kind for name, kind in _KINDS if name in kinds), f.ORDINARY)
        if {"title-before", "title-after"} <= kinds:
            found[word] = f.BOTH
    foreign = lexicon.sections("foreign")
    for word in (*foreign["given"], *foreign["family"], *foreign["japan-family"], *lexicon.surnames()):
        if word not in found or found[word] == f.STATISTICAL:
            found[word] = f.NAME
    return {word: kind for word, kind in sorted(found.items()) if 2 <= len(word) <= 4}


def dictionary(words: Mapping[str, int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Return the words as an open-addressed hash table: keys, 0 for an empty place, and kinds."""
    size = 1 << (2 * len(words)).bit_length()
    keys, kinds = np.zeros(size, np.int64), np.zeros(size, np.int32)
    for word, kind in words.items():
        key = int(f.word_key(*(ord(char) for char in word.ljust(4, "\0"))))
        place = (key >> 1) & (size - 1)
        while keys[place] not in (0, key):
            place = (place + 1) & (size - 1)
        keys[place], kinds[place] = key, kind
    return keys, kinds
