"""Neutral paragraphs of our own that hold nothing personal: what a long document consists of."""

from random import Random

from benchmarks.pii_set.people import WORDS


def paragraphs(rng: Random, lang: str, count: int) -> str:
    """Return so many paragraphs of three to seven sentences, a line each."""
    sentences = WORDS["filler_" + {"en": "en", "hk": "hant", "tw": "hant"}.get(lang, "zh")]
    gap = " " if lang == "en" else ""
    return "".join(gap.join(rng.choices(sentences, k=rng.randint(3, 7))) + "\n" for _ in range(count))
