"""Finding names the slow and plain way: an independent reading of what :mod:`pii.names.inference` promises.

Words are kept in a dict, what is seen of a character is computed anew for each, and labels are found by trying every
sequence that may be, so texts must be short.
"""

from itertools import product

from pii.names.weights import Weights

REACH = 8
FOLLOWS = {0: (0, 1, 4), 1: (2, 3), 2: (2, 3), 3: (0, 1, 4), 4: (0, 1, 4)}
LOW = (1 << 63) - 1


def key(word: str) -> int:
    """Return the key of a word as the weights hold it."""
    one, two, three, four = (ord(char) for char in word.ljust(4, "\0"))
    value = (((one << 32) + (two << 16) + three) * 0x2545F4914F6CDD1D) & LOW
    value = (((value >> 17) ^ (four << 20)) * 0x1E3779B97F4A7C15) & LOW
    return value >> 31 | 1


class SlowNames:
    """The model without compilation, arrays or hashing tables."""

    def __init__(self, weights: Weights, bias: int) -> None:
        tables = weights.tables
        self.canon, self.classes = tables.canon.tolist(), tables.classes.tolist()
        self.kinds = {int(k): int(v) for k, v in zip(tables.keys, tables.kinds, strict=True) if k}
        self.weights, self.moves, self.bias = tables.weights, tables.moves.tolist(), bias

    def find(self, text: str) -> list[tuple[int, int, int]] | None:
        """Return (start, end, gain) of every name; None where too much would have to be tried, or two ways tie."""
        self.text = "".join(chr(self.canon[min(ord(char), 65535)]) for char in text)
        self.rank = [self.classes[ord(char)] for char in self.text]
        allowed = [self.is_allowed(i) for i in range(len(text))]
        found: list[tuple[int, int, int]] = []
        at = 0
        while at < len(text):
            last = at
            while last < len(text) and allowed[last]:
                last += 1
            if last > at:
                names = self.best(at, last) if last - at <= 9 else None
                if names is None:
                    return None
                found.extend(names)
            at = last + 1
        return found

    def char(self, i: int) -> int:
        """Return the code point at a place, 0 outside the text."""
        return ord(self.text[i]) if 0 <= i < len(self.text) else 0

    def klass(self, i: int) -> int:
        """Return the class at a place, that of the edge outside the text."""
        return self.rank[i] if 0 <= i < len(self.text) else self.classes[0]

    def is_han(self, i: int) -> bool:
        """Tell whether a Han character stands there."""
        return self.klass(i) < 40 or self.klass(i) == 58

    def kind(self, start: int, end: int) -> int:
        """Return the kind of the word that these characters are, 0 if none."""
        inside = start >= 0 and end <= len(self.text) and all(self.is_han(i) for i in range(start, end))
        return self.kinds.get(key(self.text[start:end]), 0) if inside else 0

    def starting(self, i: int) -> int:
        """Return the mark of the longest word that starts at a place."""
        marks = [self.kind(i, i + n) * 4 + n - 1 for n in (2, 3, 4) if self.kind(i, i + n)]
        return marks[-1] if marks else 0

    def ending(self, i: int) -> int:
        """Return the mark of the longest word that ends at a place."""
        marks = [self.kind(i + 1 - n, i + 1) * 4 + n - 1 for n in (2, 3, 4) if self.kind(i + 1 - n, i + 1)]
        return marks[-1] if marks else 0

    def crossing(self, i: int) -> int:
        """Return how strong the strongest word is that reaches over the boundary before a place."""
        kinds = [self.kind(a, a + n) for n in (2, 3, 4) for a in range(i - n + 1, i)]
        return max(({0: 0, 1: 1, 9: 3}.get(kind, 2) for kind in kinds), default=0)

    def spells(self, i: int) -> bool:
        """Tell whether the character spells foreign names."""
        return self.klass(i) < 40 and self.klass(i) % 2 == 1

    def is_allowed(self, i: int) -> bool:
        """Tell whether a name may cover a place."""
        for first in range(max(0, i - 5), i + 1):
            reach = 3 if self.klass(first) == 58 else 4 if 8 <= self.klass(first) < 40 else 0
            if self.klass(first) < 40 and self.starting(first) // 4 == 9:
                reach = max(reach, self.starting(first) % 4 + 3)
            if i < first + reach and all(self.is_han(j) for j in range(first, i + 1)):
                return True
        run = [i, i + 1]
        while run[0] >= 0 and self.goes_on(run[0]):
            run[0] -= 1
        while run[1] < len(self.text) and self.goes_on(run[1]):
            run[1] += 1
        return self.goes_on(i) and run[1] - run[0] - 1 >= 2

    def goes_on(self, i: int) -> bool:
        """Tell whether a run of characters that spell foreign names goes on here; a dot needs one on either side."""
        if self.klass(i) == 50:
            return i > 0 and self.goes_on(i - 1) and self.spells(i + 1)
        return self.spells(i)

    def rows(self, i: int) -> list[int]:
        """Return the rows of weights that speak about a place."""
        c, k, x, s, e = self.char, self.klass, self.crossing, self.starting, self.ending
        edges = x(i) * 4 + x(i + 1)
        values = [
            c(i), c(i - 1), c(i + 1), c(i - 1) << 16 | c(i), c(i) << 16 | c(i + 1), c(i - 2) << 16 | c(i - 1),
            c(i + 1) << 16 | c(i + 2), k(i - 1) << 12 | k(i) << 6 | k(i + 1), k(i) << 12 | k(i + 1) << 6 | k(i + 2),
            k(i - 2) << 12 | k(i - 1) << 6 | k(i), (k(i) << 4 | edges) << 16 | s(i) << 8 | e(i),
            (k(i) << 2 | x(i)) << 8 | e(i - 1), (k(i) << 2 | x(i + 1)) << 8 | s(i + 1),
            (k(i) << 6 | k(i + 1)) << 6 | edges << 2 | x(i + 2), (k(i - 1) << 6 | k(i)) << 6 | x(i - 1) << 4 | edges,
            c(i) << 4 | edges, (e(i - 1) << 8 | s(i + 1)) << 4 | edges,
            (k(i) << 6 | k(i + 1)) << 16 | edges << 12 | x(i + 2) << 10 | x(i + 3) << 8 | s(i + 2),
            k(i - 2) << 32 | k(i - 1) << 26 | k(i) << 20 | x(i - 1) << 16 | edges << 12 | s(i + 1),
            (e(i - 1) << 6 | k(i)) << 4 | edges, (k(i) << 8 | s(i + 3)) << 8 | edges << 4 | x(i + 2) << 2 | x(i + 3),
            (c(i - 1) << 6 | k(i)) << 4 | edges,
        ]  # fmt: skip
        return [((value << 6 | number) * 0x1E3779B97F4A7C15 & LOW) >> 44 for number, value in enumerate(values)]

    def best(self, first: int, last: int) -> list[tuple[int, int, int]] | None:
        """Return the names of the best sequence of labels for a stretch, None where two are equally good."""
        rows = [self.rows(i) for i in range(first, last)]
        weights = [[sum(int(self.weights[row, each]) for row in there) for each in range(4)] for there in rows]
        for each in weights:
            each[0] += self.bias
        scored: dict[tuple[int, ...], int] = {}
        for labels in product(range(5), repeat=last - first):
            before = (0, *labels)
            if all(b in FOLLOWS[a] for a, b in zip(before, labels, strict=False)) and labels[-1] in (0, 3, 4):
                scored[labels] = self.total(labels, weights)
        top = max(scored, key=scored.__getitem__)
        if sum(value == scored[top] for value in scored.values()) > 1:
            return None
        names = []
        for start, end in spans(top):
            before = self.total(top[:start], weights) if start else 0
            names.append((first + start, first + end, self.total(top[:end], weights) - before))
        return names

    def total(self, labels: tuple[int, ...], weights: list[list[int]]) -> int:
        """Return the score of a sequence of labels."""
        steps = zip((0, *labels), (*labels, 0), strict=True)
        return sum(self.moves[a][b] for a, b in steps) + sum(weights[i][x - 1] for i, x in enumerate(labels) if x)


def spans(labels: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return where names start and end by their labels."""
    starts = [i for i, label in enumerate(labels) if label in (1, 4)]
    ends = [i + 1 for i, label in enumerate(labels) if label in (3, 4)]
    return list(zip(starts, ends, strict=True))
