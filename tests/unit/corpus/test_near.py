"""Near duplicates: signatures propose, the exact comparison decides, and the keeper does not depend on chance."""

import random

import pytest

from corpus.near.clusters import Candidate, Resemblance, resemblances
from corpus.near.compare import Comparer, Similarity, compare
from corpus.near.signatures import SignatureParams, Signer

LIMIT = 800_000
PARAMS = SignatureParams(b"a key of the tests".ljust(32))
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


def _text(dice: random.Random, size: int) -> str:
    return "".join(dice.choices(HAN, k=size))


def _edited(dice: random.Random, text: str, edits: int) -> str:
    changed = list(text)
    for place in dice.sample(range(len(changed)), edits):
        changed[place] = dice.choice(HAN)
    return "".join(changed)


def _signed(texts: list[str | None]) -> list[list[int]]:
    bands = Signer(PARAMS).sign(texts)
    return [bands.of(at) for at in range(len(texts))]


def _found(texts: list[str], most: int = 64) -> list[Resemblance[int]]:
    keys = _signed([*texts])
    everywhere = [band for own in keys for band in set(own)]
    shared = {band for band in everywhere if everywhere.count(band) > 1}
    candidates = [Candidate(at, sorted(shared & set(own))) for at, own in enumerate(keys) if shared & set(own)]
    return list(resemblances(candidates, Comparer(texts.__getitem__, PARAMS, LIMIT), most))


def test_a_lightly_edited_text_repeats_the_first_and_a_rewritten_one_does_not() -> None:
    """A few changed characters leave a near duplicate; a text of its own is none."""
    dice = random.Random(1)
    first = _text(dice, 600)
    edited = _edited(dice, first, 3)
    assert _found([first, edited, _text(dice, 600)]) == [Resemblance(1, 0, compare(edited, first, 5).millionths)]


def test_likeness_is_not_handed_on() -> None:
    """In a chain of texts each like the next, the far end is compared with the keeper and is kept when unlike it."""
    dice = random.Random(2)
    chain = [_text(dice, 600)]
    for _ in range(6):
        chain.append(_edited(dice, chain[-1], 8))
    for each in _found(chain):
        assert compare(chain[each.name], chain[each.keeper], 5).reaches(LIMIT)
    kept = set(range(len(chain))) - {each.name for each in _found(chain)}
    assert len(kept) > 1


def test_the_limit_is_met_exactly_and_missed_by_one_ngram() -> None:
    """Four fifths are enough, anything less is not: the ratio is compared as integers."""
    assert Similarity(4, 5).reaches(LIMIT)
    assert not Similarity(3_999, 5_000).reaches(LIMIT)
    assert Similarity(0, 0).millionths == 0


@pytest.mark.parametrize("size", [2, 3, 4, 40, 120, 159, 160, 180, 199, 200, 201, 1000])
def test_texts_of_every_length_meet_their_copy(size: int) -> None:
    """Whatever the length, a text shares all bands with itself, and none where it is shorter than an n-gram."""
    text = _text(random.Random(size), size)
    keys = _signed([text, text, None])
    assert keys[0] == keys[1]
    assert keys[2] == []
    assert bool(keys[0]) == (size >= PARAMS.short.gram)


def test_pairs_across_the_length_bound_are_found() -> None:
    """A text just under the bound of long texts meets one just over it."""
    dice = random.Random(3)
    short = _text(dice, 155)
    found = _found([short + _text(dice, 10), short])
    assert [(each.name, each.keeper) for each in found] == [(1, 0)]


def test_signatures_need_the_key() -> None:
    """Two keys sign the same text by different bands, so a signature cannot be tested against a guess."""
    text = _text(random.Random(4), 500)
    others = Signer(SignatureParams(b"another key".ljust(32))).sign([text]).of(0)
    assert not set(_signed([text])[0]) & set(others)


def test_batches_do_not_change_signatures() -> None:
    """A text has the same signature alone and among others, in whatever order."""
    dice = random.Random(5)
    texts: list[str | None] = [_text(dice, dice.randrange(1, 900)) for _ in range(60)]
    together = _signed(texts)
    assert together == [_signed([text])[0] for text in texts]
    assert together[::-1] == _signed(texts[::-1])


def test_settled_items_keep_their_place() -> None:
    """An item that was kept by an earlier ingest is compared with, never marked."""
    dice = random.Random(6)
    texts = [_text(dice, 400)]
    texts += [_edited(dice, texts[0], 1), _edited(dice, texts[0], 1)]
    bands = _signed([*texts])
    candidates = [Candidate(0, bands[0], settled=True), Candidate(1, bands[1], settled=True), Candidate(2, bands[2])]
    found = list(resemblances(candidates, Comparer(texts.__getitem__, PARAMS, LIMIT), 64))
    assert [(each.name, each.keeper) for each in found] == [(2, 0)]


def test_a_band_that_everybody_shares_is_bounded() -> None:
    """Of a band with very many kept items the earliest are compared with, so that the work stays bounded."""
    dice = random.Random(7)
    texts = [_text(dice, 300) for _ in range(40)]
    compared = 0

    class Counting(Comparer[int]):
        def alike(self, one: int, other: int) -> Similarity | None:
            nonlocal compared
            compared += 1
            return super().alike(one, other)

    candidates = [Candidate(at, [7]) for at in range(len(texts))]
    assert list(resemblances(candidates, Counting(texts.__getitem__, PARAMS, LIMIT), 4)) == []
    assert compared <= 4 * len(texts)
