"""Near duplicates under hypothesis: nothing under the limit is ever marked, and every text's copy is found."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.near.clusters import Candidate, resemblances
from corpus.near.compare import Comparer, compare
from corpus.near.signatures import SignatureParams, Signer

PARAMS = SignatureParams(bytes(32))
TEXTS = st.lists(st.text("甲乙丙丁戊ab \U00020000", max_size=260), min_size=2, max_size=8)


@given(TEXTS, st.integers(1, 1_000_000))
def test_every_mark_was_compared_exactly(texts: list[str], limit: int) -> None:
    """Even where all texts are candidates of each other, a mark reaches the limit on the n-grams themselves."""
    candidates = [Candidate(at, [1]) for at in range(len(texts))]
    marked = set()
    for found in resemblances(candidates, Comparer(texts.__getitem__, PARAMS, limit), 64):
        one, other = texts[found.name], texts[found.keeper]
        similarity = compare(one, other, PARAMS.gram_of(len(one), len(other)))
        assert similarity.reaches(limit)
        assert similarity.millionths == found.millionths
        assert found.keeper < found.name
        assert found.keeper not in marked
        marked.add(found.name)


@given(TEXTS)
def test_a_copy_shares_every_band(texts: list[str]) -> None:
    """Signing is a function of the text alone, so a copy is always a candidate."""
    bands = Signer(PARAMS).sign([*texts, *texts])
    for at in range(len(texts)):
        assert bands.of(at) == bands.of(len(texts) + at)
