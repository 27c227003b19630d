"""Draws are uniform, without replacement, blind to order, mergeable and extensible; bounds are exact."""

import itertools
import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.samples.sampling import Draw
from provenance.ids import FileId, ItemId
from rules import bounds

SEED = bytes(range(32))
FRAMES = st.sets(st.integers(0, 2**64 - 1), max_size=300).map(sorted)
HOUSE = {"confidence_percent": 95, "finite_percent": 5}


def encoded(positions: list[int]) -> list[bytes]:
    """Return items of one file at these positions."""
    return [ItemId(FileId(b"f" * 16), position).encode() for position in positions]


def drawn(positions: list[int], size: int, seed: bytes = SEED) -> tuple[ItemId, ...]:
    """Draw in one go."""
    draw = Draw(seed, size)
    draw.add(encoded(positions))
    return draw.items()


@given(FRAMES, st.integers(1, 400))
def test_a_draw_takes_items_of_the_frame_once_each(positions: list[int], size: int) -> None:
    """What is drawn is in the frame, nothing twice, as many as asked or all."""
    items = drawn(positions, size)
    assert len(set(items)) == len(items) == min(size, len(positions))
    assert {item.position for item in items} <= set(positions)


@given(FRAMES, st.integers(1, 50), st.randoms(use_true_random=False))
def test_order_plays_no_part(positions: list[int], size: int, chance: random.Random) -> None:
    """The same items in another order give the same draw."""
    shuffled = chance.sample(positions, len(positions))
    assert drawn(shuffled, size) == drawn(positions, size)


@given(FRAMES, st.integers(1, 50), st.lists(st.integers(0, 300), max_size=6))
def test_the_draw_of_the_whole_is_the_merge_of_its_parts(positions: list[int], size: int, cuts: list[int]) -> None:
    """However a frame is cut among workers, the merged draw is that of one worker, and every item was seen."""
    edges = sorted({0, len(positions), *(cut for cut in cuts if cut < len(positions))})
    whole = Draw(SEED, size)
    for first, last in itertools.pairwise(edges):
        part = Draw(SEED, size)
        part.add(encoded(positions[first:last]))
        whole.merge(part)
    assert whole.items() == drawn(positions, size)
    assert whole.seen == len(positions)


@given(FRAMES, st.integers(1, 50), st.integers(1, 50))
def test_a_greater_draw_holds_the_smaller(positions: list[int], size: int, more: int) -> None:
    """Drawing on with the same seed keeps what was drawn."""
    assert set(drawn(positions, size)) <= set(drawn(positions, size + more))


def test_many_items_are_drawn_in_little_memory() -> None:
    """A draw holds a small multiple of its size, however many items it sees."""
    draw = Draw(SEED, 100)
    draw.add(encoded(list(range(50_000))))
    assert len(draw._held) <= 2 * 100 + 1025
    assert draw.items() == drawn(list(range(50_000)), 100)


def test_every_item_is_drawn_equally_often() -> None:
    """Over 2,000 fixed seeds each of 50 items is drawn as often as chance has it (chi-square, 49 degrees, 99.9 %)."""
    tries, size, frame = 2_000, 10, 50
    counts = dict.fromkeys(range(frame), 0)
    for number in range(tries):
        for item in drawn(list(range(frame)), size, number.to_bytes(32, "big")):
            counts[item.position] += 1
    expected = tries * size / frame
    # Without replacement the counts vary less than independent ones, by the factor (1 - size / frame).
    chi_square = sum((n - expected) ** 2 / expected for n in counts.values()) / (1 - size / frame) * (frame - 1) / frame
    assert 20 < chi_square < 85.4


def test_another_seed_gives_another_draw() -> None:
    """Who does not know the seed does not know the draw."""
    assert drawn(list(range(1000)), 20) != drawn(list(range(1000)), 20, bytes(32))


# Bounds.


@given(st.integers(1, 60), st.data())
def test_the_bound_of_a_large_frame_is_that_of_clopper_and_pearson(judged: int, data: st.DataObject) -> None:
    """At the bound so few bad items have at most the doubt's probability, a millionth below it they have more."""
    bad = data.draw(st.integers(0, judged))
    bound = bounds.upper_bound(bad, judged, 10**6, **HOUSE)
    assert bound is not None

    def tail(share: Fraction) -> Fraction:
        terms = (math.comb(judged, i) * share**i * (1 - share) ** (judged - i) for i in range(bad + 1))
        return sum(terms, start=Fraction(0))

    if bad == judged:
        assert bound == bounds.MILLION
    else:
        assert tail(Fraction(bound, bounds.MILLION)) <= Fraction(5, 100) < tail(Fraction(bound - 1, bounds.MILLION))


@given(st.integers(1, 60), st.data())
def test_the_bound_of_a_small_frame_is_hypergeometric(population: int, data: st.DataObject) -> None:
    """The bound is the greatest number of bad items in the frame under which the sample is not too unlikely."""
    judged = data.draw(st.integers(max(1, math.ceil(population / 19)), population))
    bad = data.draw(st.integers(0, judged))

    def tail(all_bad: int) -> Fraction:
        ways = sum(math.comb(all_bad, i) * math.comb(population - all_bad, judged - i) for i in range(bad + 1))
        return Fraction(ways, math.comb(population, judged))

    most = max(k for k in range(bad, population - (judged - bad) + 1) if tail(k) > Fraction(5, 100))
    bound = bounds.upper_bound(bad, judged, population, **HOUSE)
    assert bound == math.ceil(Fraction(most, population) * bounds.MILLION)
    assert bound >= Fraction(bad, judged) * bounds.MILLION


@pytest.mark.parametrize(
    ("bad", "judged", "population", "bound"),
    [
        (0, 10_000, 100_000, 280),
        (37, 10_000, 100_000, 4_800),
        (0, 100_000, 1_000_000, 28),
        (160, 4_000, 50_000, 45_240),
    ],
)
def test_the_bound_of_a_tenth_of_a_large_corpus(bad: int, judged: int, population: int, bound: int) -> None:
    """Counting the smaller of two equal draws changes no figure: these were computed by counting the sample alone."""
    assert bounds.upper_bound(bad, judged, population, **HOUSE) == bound


@given(st.integers(0, 40))
def test_a_census_leaves_no_doubt(bad: int) -> None:
    """Where all items were judged the bound is the share itself."""
    assert bounds.upper_bound(bad, 40, 40, **HOUSE) == bad * bounds.MILLION // 40


def test_nothing_judged_is_not_estimable() -> None:
    """No verdict gives no bound, which is a result and no error."""
    assert bounds.upper_bound(0, 0, 10, **HOUSE) is None


@pytest.mark.parametrize(("bad", "percent"), [(0, 749), (100, 29_421), (139, 39_898), (140, 40_164), (160, 45_485)])
def test_the_known_table_of_four_thousand(bad: int, percent: int) -> None:
    """For 4,000 items of a great corpus the bounds are those of the published table, 100 minus its lower bounds."""
    bound = bounds.upper_bound(bad, 4_000, 10**9, **HOUSE)
    assert bound is not None
    assert abs(bound - percent) <= 60


@given(st.integers(1, 2_000), st.data())
def test_the_limit_is_compared_as_integers(judged: int, data: st.DataObject) -> None:
    """Over five percent is 100 x bad > 5 x judged, and nothing else."""
    bad = data.draw(st.integers(0, judged))
    assert bounds.exceeds(bad, judged, 5) == (100 * bad > 5 * judged)


def test_exactly_the_limit_passes_and_one_more_does_not() -> None:
    """25 of 500 pass, 26 do not; 5 of 100 pass, 6 do not."""
    assert [bounds.exceeds(n, 500, 5) for n in (25, 26)] == [False, True]
    assert [bounds.exceeds(n, 100, 5) for n in (5, 6)] == [False, True]
