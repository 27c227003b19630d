"""Names of nobody: drawn from family names by their share, given-name characters and transliteration syllables."""

import random

from pii.names import lexicon

_COMMON_GIVEN = (0.62, 0.30, 0.05)
"""Shares of the grades of given-name characters; what is left is any common character (GB 2312 level 1)."""


class Names:
    """Draws names.

    Args:
        rng: The source of chance; the same seed gives the same names.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        shares = lexicon.surnames()
        self._surnames, self._shares = list(shares), list(shares.values())
        self._given = lexicon.sections("given")
        self._foreign = lexicon.sections("foreign")
        self._syllables = "".join(self._foreign["syllables"])
        self._grades = ["".join(self._given[grade]) for grade in ("top", "mid", "low")]
        self._rare = [bytes((a, b)).decode("gb2312") for a in range(0xB0, 0xD7) for b in range(0xA1, 0xFF)]

    def surname(self) -> str:
        """Draw a family name by its share, sometimes any."""
        if self._rng.random() < 0.12:
            return self._rng.choice(self._surnames)
        return self._rng.choices(self._surnames, self._shares)[0]

    def _character(self) -> str:
        at = self._rng.random()
        for grade, share in zip(self._grades, _COMMON_GIVEN, strict=True):
            if at < share:
                return self._rng.choice(grade)
            at -= share
        return self._rng.choice(self._rare)

    def given(self) -> str:
        """Draw a given name."""
        at = self._rng.random()
        if at < 0.24:
            return self._character()
        if at < 0.28:
            return self._rng.choice(self._given["double"][0]) * 2
        return self._character() + self._character()

    def chinese(self) -> str:
        """Draw a full Chinese name."""
        return self.surname() + self.given()

    def _spelt(self) -> str:
        length = self._rng.choice((1, 2, 2, 3, 3, 4))
        return "".join(self._rng.choice(self._syllables) for _ in range(length)) + self._rng.choice(
            self._foreign["ends"]
        )

    def foreign(self) -> str:
        """Draw a foreign name in Chinese characters."""
        at = self._rng.random()
        family = self._rng.choice(self._foreign["family"]) if self._rng.random() < 0.3 else self._spelt()
        if at < 0.60:
            return family
        given = self._rng.choice(self._foreign["given"]) if self._rng.random() < 0.6 else self._spelt()
        if at < 0.70:
            return given
        return given + self._rng.choice("··•・") + family

    def japanese(self) -> str:
        """Draw a Japanese name, sometimes the family name alone."""
        family = self._rng.choice(self._foreign["japan-family"])
        if self._rng.random() < 0.3:
            return family
        return family + (self._rng.choice(self._foreign["japan-given"]) if self._rng.random() < 0.6 else self.given())

    def korean(self) -> str:
        """Draw a Korean name."""
        return self._rng.choices("金李朴崔郑姜赵尹张林韩全", (20, 15, 12, 5, 5, 3, 3, 2, 2, 2, 2, 2))[0] + (
            self._rng.choice(self._foreign["korea-given"]) if self._rng.random() < 0.5 else self.given()
        )

    def nick(self) -> str:
        """Draw what people are called among friends, or how papers hide them."""
        at = self._rng.random()
        surname = self._rng.choices(self._surnames, self._shares)[0]
        if at < 0.4:
            return self._rng.choice("小小老") + surname
        if at < 0.6:
            return surname + self._rng.choice(("某", "某某", "某甲", "××", "XX", "*", "**"))
        if at < 0.85:
            return self._rng.choice("小小阿阿") + self._character()
        return self._rng.choice(self._given["double"][0]) * 2

    def anyone(self) -> str:
        """Draw a name as the news has them."""
        kinds = (self.chinese, self.foreign, self.japanese, self.korean)
        return self._rng.choices(kinds, (72, 20, 5, 3))[0]()

    def local(self) -> str:
        """Draw a name as texts about China have them."""
        kinds = (self.chinese, self.foreign, self.japanese, self.nick)
        return self._rng.choices(kinds, (93, 2, 2, 3))[0]()

    def english(self) -> str:
        """Draw a Latin name; the expression for these is in latin.py, here they only stand around."""
        return self._rng.choice(("John Smith", "Mary Brown", "Tom", "Peter Lee", "Alice"))
