"""Which type and language (语种) a text has: by its script where that says it, by langdetect where it does not.

1. What the declaration calls code is code, whatever it holds.
2. Where Han characters and kana together are at least the Han share of the letters, kana from the kana share on make it
   Japanese. Hangul from the Hangul share on make it Korean.
3. Where Han characters are at least the Han share of the letters, it is Chinese (``zh_text``).
4. Everything else that has letters is asked of langdetect, by a sample of its words that are not Han. An answer below
   the minimum probability is no answer: ``und``. English is ``en_text``, all else ``other``.

This is the one door of langdetect: its profiles, its way to n-grams and its model; the arithmetic is done by
:mod:`corpus.stages.trials`. Profiles are taken in the order of their names and the trials are seeded, so that every
process on every machine gives the same answers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.ngram import NGram

from corpus.stages import scripts, trials

UNDETERMINED: Final = "und"

_ADDRESS: Final = re.compile(r"https?://[!-~]+|[\w.+-]{1,64}@[\w.-]{1,255}")


@dataclass(frozen=True, slots=True)
class LanguageParams:
    """The numbers of the rule; they stand in ``rules/house.yaml``.

    Args:
        han_share: Han characters among the letters that make a text Chinese; thousandths.
        kana_share: Kana among the letters that make a text in these scripts Japanese; thousandths.
        min_probability: What langdetect must give its first answer; thousandths.
        hangul_share: Hangul among the letters that make a text Korean; thousandths, 0 to ask langdetect.
        is_code: The declaration or the file's ending says that the text is code.
        sample_characters: Length of the sample that langdetect is given; characters.
    """

    han_share: int
    kana_share: int
    min_probability: int
    hangul_share: int = 0
    is_code: bool = False
    sample_characters: int = 500


class Identity(NamedTuple):
    """What a text is.

    ``type`` is zh_text, en_text, code or other; ``language`` an ISO 639-1 code, ``und`` or, without a text, empty;
    ``method`` script, langdetect, declared or none.
    """

    type: str
    language: str
    method: str


_CODE: Final = Identity("code", UNDETERMINED, "declared")
_CODE_WITHOUT_TEXT: Final = Identity("code", "", "declared")
_NO_TEXT: Final = Identity("other", "", "none")
_NO_LETTERS: Final = Identity("other", UNDETERMINED, "none")
_UNSURE: Final = Identity("other", UNDETERMINED, "langdetect")
_BY_SCRIPT: Final = (
    Identity("other", "ja", "script"),
    Identity("other", "ko", "script"),
    Identity("zh_text", "zh", "script"),
    _NO_LETTERS,
    None,
)


def identify(texts: Sequence[str | None], params: LanguageParams) -> list[Identity]:
    """Name type and language of every text.

    Args:
        texts: Texts, None where there is none.
        params: The numbers of the rule.

    Returns:
        One identity per text, in order; that of a text does not depend on the others.
    """
    if params.is_code:
        return [_CODE if text is not None else _CODE_WITHOUT_TEXT for text in texts]
    present = [text for text in texts if text is not None]
    named = _by_script(present, params)
    asked = iter(_by_words([text for text, name in zip(present, named, strict=True) if not name], params))
    known = iter([name or next(asked) for name in named])
    return [_NO_TEXT if text is None else next(known) for text in texts]


def _by_script(texts: Sequence[str], params: LanguageParams) -> list[Identity | None]:
    """Name the texts whose script says it; None for the others."""
    named: list[Identity | None] = []
    for joined in scripts.join(texts):
        classes = joined.classes
        han = 1000 * joined.number(classes == scripts.HAN)
        kana = 1000 * joined.number(classes == scripts.KANA)
        hangul = 1000 * joined.number(classes == scripts.HANGUL)
        letters = joined.number((classes >= scripts.HAN) & (classes <= scripts.LETTER))
        choice = np.select(
            [
                (kana > 0) & (kana >= params.kana_share * letters) & (han + kana >= params.han_share * letters),
                (hangul > 0) & (params.hangul_share > 0) & (hangul >= params.hangul_share * letters),
                (han > 0) & (han >= params.han_share * letters),
                letters == 0,
            ],
            range(4),
            4,
        )
        named += [_BY_SCRIPT[n] for n in choice.tolist()]
    return named


def _by_words(texts: Sequence[str], params: LanguageParams) -> list[Identity]:
    """Ask langdetect."""
    grams = [_grams(_sample(text, params.sample_characters)) for text in texts]
    weighed = trials.weigh(_model().table, [rows for rows in grams if len(rows)])
    best = iter(zip(weighed.argmax(axis=1).tolist(), weighed.max(axis=1).tolist(), strict=True))
    return [_answer(*next(best), params) if len(rows) else _UNSURE for rows in grams]


def _answer(language: int, probability: float, params: LanguageParams) -> Identity:
    if probability * 1000 < params.min_probability:
        return _UNSURE
    name = _model().languages[language].partition("-")[0]
    return Identity("en_text" if name == "en" else "other", name, "langdetect")


def _sample(text: str, length: int) -> str:
    """Return the first words that are not Han, without addresses, joined by single spaces, cut to a length."""
    found = np.flatnonzero(_is_in_word(scripts.classify(text)))
    # Twice the length, as addresses will go.
    text = text[: found[: 2 * length][-1] + 1]
    if "@" in text or "://" in text:
        text = _ADDRESS.sub(" ", text)
    return " ".join(scripts.blank(text, ~_is_in_word(scripts.classify(text))).split())[:length]


def _is_in_word(classes: scripts.Classes) -> npt.NDArray[np.bool_]:
    is_letter: npt.NDArray[np.bool_] = (classes >= scripts.KANA) & (classes <= scripts.LETTER)
    is_letter |= classes == scripts.PASSED
    return is_letter


class _Model(NamedTuple):
    languages: tuple[str, ...]
    rows: dict[str, int]
    """The row of every n-gram in the table."""
    table: trials.Shares
    factory: DetectorFactory


@cache
def _model() -> _Model:
    folder = resources.files("langdetect") / "profiles"
    profiles = sorted(folder.iterdir(), key=lambda profile: profile.name)
    factory = DetectorFactory()
    factory.load_json_profile([profile.read_text("utf-8") for profile in profiles])
    grams = factory.word_lang_prob_map
    table = np.array(list(grams.values()))
    factory.word_lang_prob_map = {}
    return _Model(tuple(factory.get_lang_list()), {gram: row for row, gram in enumerate(grams)}, table, factory)


def _grams(sample: str) -> trials.Rows:
    """Return the rows of a sample's n-grams; of a text in another script langdetect drops the Latin words first."""
    detector = _model().factory.create()
    detector.append(sample)
    detector.cleaning_text()
    words = [_grams_of(word) for word in detector.text.split(" ") if word]
    return np.concatenate(words) if words else np.empty(0, np.int64)


@lru_cache(maxsize=2**16)
def _grams_of(word: str) -> trials.Rows:
    rows, gram = _model().rows, NGram()
    found = []
    for character in word + " ":
        gram.add_char(character)
        found += [rows[part] for part in map(gram.get, (1, 2, 3)) if part in rows]
    return np.array(found, np.int64)
