"""Finding names with given weights: what is seen of each character, and the best labels; compiled, integers only.

- A name can only be where a family name, a nickname's first character, a known name of several characters or a run of
  characters that spell foreign names stands. Elsewhere nothing is computed.
- What is seen of a character: itself, its class, the words around it, as rows of the weights, found by hashing.
- Whether and how a name is found in a stretch depends on the stretch and :data:`REACH` characters on either side.

All of it stands in one file, because numba notices changes by file (see :mod:`pii.names.compiled`).
"""

from typing import NamedTuple

from pii.names.compiled import Numbers, compiled, kept

REACH = 8
"""Characters beside a stretch that are looked at; texts are padded with as many zeros."""
TEMPLATES = 22
"""Rows that speak about one character."""
BITS = 19
"""The table of weights has ``2 ** BITS`` rows."""
LONGEST = 64
"""Characters that are decoded together; a longer stretch is cut."""

# Classes of characters. That of a Han character: surname grade * 8 + given-name grade * 2 + spells foreign names.
DIGIT, LETTER, SPACE, BREAK, ENUMERATION, COMMA, STOP, COLON, OPEN_QUOTE, CLOSE_QUOTE = range(40, 50)
DOT, AT, OPEN, CLOSE, OPEN_TITLE, CLOSE_TITLE, SYMBOL, FOREIGN_SCRIPT, NICK, EDGE = range(50, 60)

# Kinds of words. A word's mark is its kind * 4 + its length - 1.
NONE, STATISTICAL, ORDINARY, PLACE, PERSON, BEFORE, AFTER, BOTH, SAY, NAME = range(10)

OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)

_GOLDEN = 0x1E3779B97F4A7C15
_OTHER = 0x2545F4914F6CDD1D
_LOW = 0x7FFFFFFFFFFFFFFF
_NEVER = -1_000_000_000


class Tables(NamedTuple):
    """What is learned and read: see :mod:`pii.names.weights`."""

    canon: Numbers
    classes: Numbers
    keys: Numbers
    kinds: Numbers
    weights: Numbers
    moves: Numbers


class Seen(NamedTuple):
    """What is seen of every character of a text: one number each."""

    chars: Numbers
    """As read: simplified."""
    ranks: Numbers
    """Its class."""
    starts: Numbers
    """Mark of the longest word that starts here, 0 for none."""
    ends: Numbers
    """Mark of the longest word that ends here."""
    crossings: Numbers
    """Whether a word reaches over the boundary before: 1 statistical, 2 ordinary, 3 a known name."""
    allowed: Numbers
    """Whether a name may cover it."""


class Work(NamedTuple):
    """Room to compute in."""

    rows: Numbers
    best: Numbers
    back: Numbers


@compiled
def word_key(one: int, two: int, three: int, four: int) -> int:
    """Return the key of a word of two to four characters, 0 where there is none; never 0 itself."""
    key = (((one << 32) + (two << 16) + three) * _OTHER) & _LOW
    key = (((key >> 17) ^ (four << 20)) * _GOLDEN) & _LOW
    return (key >> 31) | 1


@compiled
def word_kind(key: int, tables: Tables, seed: int, rate: int) -> int:
    """Return the kind of a word, 0 for none. Training hides ``rate`` words in a thousand, which ones by ``seed``."""
    size = len(tables.keys) - 1
    place = (key >> 1) & size
    while tables.keys[place] != 0:
        if tables.keys[place] == key:
            if rate > 0 and ((((key ^ seed) * _GOLDEN) & _LOW) >> 40) % 1000 < rate:
                return 0
            return int(tables.kinds[place])
        place = (place + 1) & size
    return 0


@compiled
def look(codes: Numbers, tables: Tables, seen: Seen, seed: int, rate: int) -> None:
    """Fill in what is seen of every code point."""
    n = len(codes)
    for i in range(n):
        code = codes[i]
        seen.chars[i] = tables.canon[code if code < 65536 else 65535]
        seen.ranks[i] = tables.classes[seen.chars[i]]
        seen.starts[i] = 0
        seen.ends[i] = 0
        seen.crossings[i] = 0
        seen.allowed[i] = 0
    for i in range(n - 1):
        if seen.ranks[i] >= DIGIT and seen.ranks[i] != NICK:
            continue
        for length in range(2, 5):
            last = i + length - 1
            if last >= n or (seen.ranks[last] >= DIGIT and seen.ranks[last] != NICK):
                break
            three = seen.chars[last] if length == 3 else (seen.chars[i + 2] if length == 4 else 0)
            four = seen.chars[last] if length == 4 else 0
            kind = word_kind(word_key(seen.chars[i], seen.chars[i + 1], three, four), tables, seed, rate)
            if kind != 0:
                _mark(i, length, kind, seen)
    _allow_chinese(n, seen)
    _allow_foreign(n, seen)


@compiled
def _mark(first: int, length: int, kind: int, seen: Seen) -> None:
    last = first + length - 1
    seen.starts[first] = kind * 4 + length - 1
    if seen.ends[last] % 4 < length - 1:
        seen.ends[last] = kind * 4 + length - 1
    strength = 1 if kind == STATISTICAL else (3 if kind == NAME else 2)
    for j in range(first + 1, last + 1):
        seen.crossings[j] = max(seen.crossings[j], strength)


@compiled
def _allow_chinese(n: int, seen: Seen) -> None:
    """Allow four characters from a family name on, three from a nickname's first, two more than a known name has."""
    for i in range(n):
        rank = seen.ranks[i]
        reach = 0
        if rank == NICK:
            reach = 3
        elif rank < DIGIT:
            reach = 4 if rank >= 8 else 0
            if seen.starts[i] // 4 == NAME:
                reach = max(reach, seen.starts[i] % 4 + 3)
        for j in range(i, min(i + reach, n)):
            if seen.ranks[j] >= DIGIT and seen.ranks[j] != NICK:
                break
            seen.allowed[j] = 1


@compiled
def _allow_foreign(n: int, seen: Seen) -> None:
    """Allow runs of two and more characters that spell foreign names, with a dot between them."""
    first = 0
    for i in range(n + 1):
        goes_on = False
        if i < n:
            rank = seen.ranks[i]
            goes_on = rank < DIGIT and rank % 2 == 1
            if rank == DOT and first < i < n - 1:
                goes_on = seen.ranks[i + 1] < DIGIT and seen.ranks[i + 1] % 2 == 1
        if not goes_on:
            if i - first >= 2:
                for j in range(first, i):
                    seen.allowed[j] = 1
            first = i + 1


@compiled
def fill_rows(i: int, seen: Seen, rows: Numbers) -> None:
    """Fill in the rows of the table of weights that speak about character ``i``."""
    c, k, x, s, e = seen.chars, seen.ranks, seen.crossings, seen.starts, seen.ends
    here, edge, after = c[i], x[i], x[i + 1]
    rank, ahead, behind = k[i], k[i + 1], k[i - 1]
    edges = (edge << 2) | after
    rows[0] = here
    rows[1] = c[i - 1]
    rows[2] = c[i + 1]
    rows[3] = (c[i - 1] << 16) | here
    rows[4] = (here << 16) | c[i + 1]
    rows[5] = (c[i - 2] << 16) | c[i - 1]
    rows[6] = (c[i + 1] << 16) | c[i + 2]
    rows[7] = (behind << 12) | (rank << 6) | ahead
    rows[8] = (rank << 12) | (ahead << 6) | k[i + 2]
    rows[9] = (k[i - 2] << 12) | (behind << 6) | rank
    rows[10] = (((rank << 4) | edges) << 16) | (s[i] << 8) | e[i]
    rows[11] = (((rank << 2) | edge) << 8) | e[i - 1]
    rows[12] = (((rank << 2) | after) << 8) | s[i + 1]
    rows[13] = (((rank << 6) | ahead) << 6) | (edges << 2) | x[i + 2]
    rows[14] = (((behind << 6) | rank) << 6) | (x[i - 1] << 4) | edges
    rows[15] = (here << 4) | edges
    rows[16] = (((e[i - 1] << 8) | s[i + 1]) << 4) | edges
    rows[17] = (((rank << 6) | ahead) << 16) | (edges << 12) | (x[i + 2] << 10) | (x[i + 3] << 8) | s[i + 2]
    rows[18] = (k[i - 2] << 32) | (behind << 26) | (rank << 20) | (x[i - 1] << 16) | (edges << 12) | s[i + 1]
    rows[19] = (((e[i - 1] << 6) | rank) << 4) | edges
    rows[20] = (((rank << 8) | s[i + 3]) << 8) | (edges << 4) | (x[i + 2] << 2) | x[i + 3]
    rows[21] = (((c[i - 1] << 6) | rank) << 4) | edges
    for template in range(TEMPLATES):
        rows[template] = ((((rows[template] << 6) | template) * _GOLDEN) & _LOW) >> (63 - BITS)


@kept
def find_names(codes: Numbers, tables: Tables, seen: Seen, work: Work, bias: int, found: Numbers) -> int:
    """Write the names of a padded text into ``found`` as (start, end, score), those of a stretch from last to first.

    Args:
        codes: Code points, with :data:`REACH` zeros on either side.
        tables: What was learned.
        seen: Room for what is seen, as long as the text.
        work: Room to compute in.
        bias: Added wherever a name of two and more characters begins.
        found: Room for as many names as the text has characters.

    Returns:
        How many there are. A score is what the name gains over none, in the unit of the weights.
    """
    look(codes, tables, seen, 0, 0)
    count = 0
    at = REACH
    until = len(codes) - REACH
    while at < until:
        if seen.allowed[at] == 0:
            at += 1
            continue
        last = at
        while last < until and seen.allowed[last] != 0 and last - at < LONGEST:
            last += 1
        _weigh(at, last, tables, seen, work, bias)
        count = _trace(at, last, tables.moves, work, found, count)
        at = last
    return count


@compiled
def _weigh(first: int, last: int, tables: Tables, seen: Seen, work: Work, bias: int) -> None:
    """Compute the best score of every label of every character, and the label before (Viterbi)."""
    weights, moves, best = tables.weights, tables.moves, work.best
    for i in range(last - first):
        fill_rows(first + i, seen, work.rows)
        begin, inside, end, single = bias, 0, 0, 0
        for each in range(TEMPLATES):
            row = work.rows[each]
            begin += weights[row, 0]
            inside += weights[row, 1]
            end += weights[row, 2]
            single += weights[row, 3]
        for label in range(5):
            top, source = _NEVER, 0
            if i == 0:
                top = moves[0, label]
            else:
                for j in range(5):
                    score = best[i - 1, j] + moves[j, label]
                    if score > top:
                        top, source = score, j
            best[i, label] = top
            work.back[i, label] = source
        best[i, BEGIN] += begin
        best[i, INSIDE] += inside
        best[i, END] += end
        best[i, SINGLE] += single


@compiled
def _trace(first: int, last: int, moves: Numbers, work: Work, found: Numbers, count: int) -> int:
    """Follow the best labels back and write down the names they say."""
    best = work.best
    i = last - first - 1
    label, top = 0, _NEVER
    for j in range(5):
        if best[i, j] + moves[j, 0] > top:
            label, top = j, best[i, j] + moves[j, 0]
    end, score = 0, 0
    while i >= 0:
        source = work.back[i, label]
        if label in (END, SINGLE):
            end, score = i + 1, best[i, label] + moves[label, 0]
        if label in (BEGIN, SINGLE):
            found[count, 0] = first + i
            found[count, 1] = first + end
            found[count, 2] = score - (best[i - 1, source] + moves[source, 0] if i > 0 else 0)
            count += 1
        label = source
        i -= 1
    return count
