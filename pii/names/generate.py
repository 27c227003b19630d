"""Sentences with marked names, out of our own patterns, words and name parts: training data without any doubt about it.

A pattern is a line with slots in braces. Slots of names are marked in the outcome, all others are what names must be
told from. Clauses are half grammar over our words, half real clauses of the background texts the caller gives.
"""

import random
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pii.addresses.regions import region_names
from pii.names import lexicon
from pii.names.people import Names

_SLOT = re.compile(r"\{([A-Za-z])\}")
_MIXED = ("words_surname", "words_more", "words_alphabet", "words_led")
_LED = ("words_surname", "words_led")


class Marked(NamedTuple):
    """A text and where names stand in it, half-open."""

    text: str
    names: tuple[tuple[int, int], ...]


class Sentences:
    """Draws sentences.

    Args:
        seed: Of all chance.
        clauses: Real clauses without names, for the syntax no grammar has.
    """

    def __init__(self, seed: int, clauses: Sequence[str] = ()) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - training data, no secret
        self._names = Names(self._rng)
        self._clauses = clauses
        self._words = lexicon.sections("words_kinds")
        self._words["noun"] = lexicon.sections("words_common")["noun"]
        self._words["mixed"] = [word for name in _MIXED for word in lexicon.sections(name)["mixed"]]
        self._words["led"] = [word for name in _LED for word in lexicon.sections(name)["mixed"]]
        self._words["place"] = [*self._words["place"], *sorted(region_names())]
        self._words.update(lexicon.sections("words_daily"))
        self._patterns = {
            name: [_SLOT.split(line) for line in lexicon.lines(f"sentences_{name}")]
            for name in ("news", "net", "forms", "daily")
        }
        names = self._names
        self._marked: dict[str, Callable[[], str]] = {
            "N": names.anyone, "C": names.local, "F": names.foreign, "S": names.surname, "K": names.nick,
            "G": names.given,
        }  # fmt: skip
        self._plain: dict[str, Callable[[], str]] = {
            "P": self._of("place"), "O": self._of("org"), "T": self._of("title-before"), "A": self._of("title-after"),
            "Y": self._of("say"), "D": self._of("time"), "r": self._of("person"), "v": self._of("verb"),
            "a": self._of("adj"), "i": self._of("idiom"), "x": self._of("foreign-thing"), "z": self._of("mixed"),
            "g": self._of("net"), "e": self._any(_FEELINGS), "k": self._any(_BEHIND), "l": self._any(_BEFORE),
            "m": self._any("胜负战对比和与克输赢"), "w": self._noun, "h": self._handle, "n": self._number,
            "p": self._clause, "q": self._chat, "E": names.english,
            "B": self._of("food"), "c": self._of("plant"), "d": self._of("animal"), "b": self._of("thing"),
            "j": self._of("nature"), "s": self._of("science"), "Z": self._of("led"), "V": self._of("verse"),
            "u": self._of("versedo"), "W": self._of("verseend"), "o": self._any("煮炒炖蒸焖煎炸烤腌拌泡熬卤焯"),
            "t": self._any("片丝丁块段末条"), "X": self._any(_NOTES), "y": self._any("疏青寒孤残清远空新归秋春暮冷旧"),
        }  # fmt: skip

    def draw(self) -> Marked:
        """Draw a line of one to three sentences."""
        genre = self._rng.choices(("news", "net", "forms", "daily"), (42, 24, 18, 16))[0]
        text = ""
        marks: list[tuple[int, int]] = []
        for _ in range(self._rng.choice((1, 1, 2, 3)) if genre == "news" else 1):
            text = self._fill(self._rng.choice(self._patterns[genre]), text, marks)
        return Marked(text, tuple(marks))

    def named(self, sentence: str, words: re.Pattern[str]) -> Marked:
        """Put names where a real sentence speaks of persons by what they are."""
        text, done = "", 0
        marks: list[tuple[int, int]] = []
        for match in words.finditer(sentence):
            text += sentence[done : match.start()]
            name = self._names.local()
            marks.append((len(text), len(text) + len(name)))
            text += name
            done = match.end()
        return Marked(text + sentence[done:], tuple(marks))

    def _fill(self, pattern: list[str], text: str, marks: list[tuple[int, int]]) -> str:
        for at, part in enumerate(pattern):
            if at % 2 == 0:
                text += part
            elif part == "L":
                sign = self._rng.choice("、、、、，　 ")
                for number in range(self._rng.randint(2, 7)):
                    text = self._mark("C" if self._rng.random() < 0.9 else "N", text + (sign if number else ""), marks)
            elif part in self._marked:
                text = self._mark(part, text, marks)
            else:
                text += self._plain[part]()
        return text

    def _mark(self, slot: str, text: str, marks: list[tuple[int, int]]) -> str:
        name = self._marked[slot]()
        if not (slot == "G" or set(name) <= set("*X×")):
            marks.append((len(text), len(text) + len(name)))
        return text + name

    def _of(self, kind: str) -> Callable[[], str]:
        return self._any(self._words[kind])

    def _any(self, options: Sequence[str]) -> Callable[[], str]:
        return lambda: self._rng.choice(options)

    def _noun(self) -> str:
        kind = self._rng.choices(("noun", "mixed", "person", "foreign-thing", "place"), (60, 25, 6, 3, 6))[0]
        return self._rng.choice(self._words[kind])

    def _handle(self) -> str:
        return self._rng.choice(self._words["net"]) + self._noun() + self._rng.choice(("", "", "A", "_", "88", "-"))

    def _number(self) -> str:
        if self._rng.random() < 0.3:
            return self._rng.choice(("一", "两", "三", "十", "二十", "几", "数百", "一九九八", "三千", "百"))
        return str(self._rng.randint(1, 10 ** self._rng.randint(1, 4)))

    def _clause(self) -> str:
        if self._clauses and self._rng.random() < 0.4:
            return self._rng.choice(self._clauses)
        shape = self._rng.choice(_CLAUSES)
        return "".join(self._piece(each) for each in shape)

    def _chat(self) -> str:
        shape = self._rng.choice(_CHATS)
        return "".join(self._piece(each) for each in shape)

    def _piece(self, sign: str) -> str:
        kind = _PIECES.get(sign)
        if kind is None:
            return sign
        return self._noun() if kind == "noun" else self._rng.choice(self._words[kind])


_PIECES = {
    "w": "noun", "r": "person", "v": "verb", "a": "adj", "d": "adv", "D": "time", "P": "place", "z": "mixed",
    "g": "net", "f": "function", "i": "idiom", "O": "org", "x": "foreign-thing", "T": "title-before",
}  # fmt: skip
_CLAUSES = (
    "wvw", "wdvw", "vw", "vwvw", "rdvw", "rvw的w", "D，wvw", "在wfvw", "Pwvw", "w的w", "aw", "a的wvw", "把wv到w",
    "对wv了w", "wwvww", "dvw", "v了a的w", "w和w都va", "w、w和wv", "zzz", "zvz", "zdz的z", "vz，vz", "z的zvz", "fz",
    "fwfv", "w是w的w", "wda", "rd很a", "他vw", "她dvw", "我们vw", "Dvw", "从w到w", "vw，dvw", "Ovw", "P的wvw", "为wvw",
    "i", "wi", "ddvz", "z于z", "zv着z", "与zvz", "和wvw", "向wvw", "zzfvz", "wv在z", "被wv", "z，z，z", "xvw", "xz",
    "Tvw", "rTv",
)  # fmt: skip
"""What a clause is made of, a letter for a word of a kind; our own."""
_CHATS = (
    "gg", "dag", "vw", "dvwg", "我dvw", "你v了w", "w好a", "太a了", "g，g", "zz", "z的z", "gz", "zg", "vz", "d想vw",
    "fgf", "dv", "Dvw", "Dda", "fvf", "wdaf", "rdvg", "z啊z", "zfg", "P的w", "vwf", "也dvz", "都dv", "就vw", "还dv",
    "来vw", "xw", "g的w", "a的w", "我的z", "你的w", "这wda", "那z", "不z", "没vw", "z了", "要v了", "一起vw", "ggg",
    "w，w，w", "i",
)  # fmt: skip
_NOTES = (
    "小札", "小记", "小引", "小序", "杂记", "随笔", "即景", "偶成", "有感", "二首", "夜坐", "书怀", "札记", "漫笔",
)  # fmt: skip
"""What titles of verse and essays end in."""
_FEELINGS = ("！", "！！！", "～", "。。。", "[泪]", "[哈哈]", "[爱你]", "[心]", "？", "…", "[偷笑]", "")
_BEHIND = (
    "用以在把被与和说对从向到是有又也都就才还没不将已正曾则却及或胜负获当任为于给让叫请见问答笑哭想要会能可得着了的地同"
    "跟等们家式版去来走跑回进出上下看吃做买写听送带坐站住爱打发交留离的的的的，，说是在和与对也"
)
"""Single characters that often follow a name, with which it must not run together."""
_BEFORE = "对与和让请被把给时因由以经据在从向于当任是见问找陪派叫学说同跟为像比靠受按随的的的了到着，，"
