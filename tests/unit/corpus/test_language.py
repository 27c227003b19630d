"""Type and language: by script first, by langdetect for the rest, the same everywhere."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

from corpus.stages import language, scripts
from corpus.stages.language import Identity, LanguageParams, identify

PARAMS = LanguageParams(han_share=500, kana_share=50, min_probability=800)
ENGLISH = "The quick brown fox jumps over the lazy dog and then it goes home to sleep for the night."
RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю, а потом ложись спать."
THAI = "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอนหรือวรรณยุกต์เช่นเดียวกับภาษาจีน"
KOREAN = "한국어는 대한민국과 조선민주주의인민공화국의 공용어이다"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("语料安全", Identity("zh_text", "zh", "script")),
        ("语料库，AP 123", Identity("zh_text", "zh", "script")),
        ("𠀀𠀁", Identity("zh_text", "zh", "script")),
        ("これは日本語の文章です", Identity("other", "ja", "script")),
        ("カタカナ", Identity("other", "ja", "script")),
        (ENGLISH, Identity("en_text", "en", "langdetect")),
        (ENGLISH + "狐狸", Identity("en_text", "en", "langdetect")),
        (RUSSIAN, Identity("other", "ru", "langdetect")),
        (THAI, Identity("other", "th", "langdetect")),
        (KOREAN, Identity("other", "ko", "langdetect")),
        ("", Identity("other", "und", "none")),
        ("12:30 — ☺", Identity("other", "und", "none")),
        (None, Identity("other", "", "none")),
    ],
)
def test_a_text_has_its_identity(text: str | None, expected: Identity) -> None:
    """Each rule of the module names the texts it is for."""
    assert identify([text], PARAMS) == [expected]


def test_the_shares_are_parameters() -> None:
    """Half and half is Chinese, one letter less is not; kana and Hangul have shares of their own."""
    assert [each.type for each in identify(["语料ab", "语料abc"], PARAMS)] == ["zh_text", "other"]
    mostly_han = "汉" * 19 + "の"
    assert identify([mostly_han], PARAMS)[0].language == "ja"
    assert identify([mostly_han], replace(PARAMS, kana_share=51))[0].language == "zh"
    assert identify([KOREAN], replace(PARAMS, hangul_share=300))[0] == Identity("other", "ko", "script")
    assert identify([ENGLISH], replace(PARAMS, min_probability=1001))[0].language == "und"


def test_declared_code_is_code() -> None:
    """What the declaration calls code is not asked what it is."""
    code = identify(["语料", ENGLISH, None], replace(PARAMS, is_code=True))
    assert code == [Identity("code", "und", "declared")] * 2 + [Identity("code", "", "declared")]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=30), st.sampled_from([ENGLISH, RUSSIAN, "语料"])), max_size=8))
def test_a_text_is_named_whatever_its_neighbours(texts: list[str | None]) -> None:
    """One call for many texts gives what one call for each does, so work may be cut anywhere."""
    assert identify(texts, PARAMS) == [identify([text], PARAMS)[0] for text in texts]


def test_large_batches_are_cut_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The groups that bound memory are not seen in the answers."""
    texts = ["语料", ENGLISH, "", "a" * 50, "の"] * 20
    whole = identify(texts, PARAMS)
    monkeypatch.setattr(scripts, "_BATCH_CHARACTERS", 60)
    assert identify(texts, PARAMS) == whole


def test_every_process_gives_the_same_answers(tmp_path: Path) -> None:
    """Neither the hash seed nor the process plays a part."""
    program = (
        "import json, sys; from corpus.stages.language import *; texts = json.load(sys.stdin);"
        "print([tuple(each) for each in identify(texts, LanguageParams(500, 50, 0))])"
    )
    words = ENGLISH.split() + RUSSIAN.split() + ["API", "cn", "matmul", "relu", "conv"]
    texts = [" ".join(words[n : n + 3]) for n in range(len(words))]
    answers = {
        subprocess.run(
            [sys.executable, "-P", "-c", program],
            input=json.dumps(texts).encode(),
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
            capture_output=True,
            check=True,
            cwd=tmp_path,
        ).stdout
        for seed in ("0", "1", "random")
    }
    assert len(answers) == 1
    assert len(answers.pop()) > 1000


def test_our_arithmetic_is_that_of_langdetect() -> None:
    """For clear texts our trials give langdetect's own answer; and its features are ours to the last n-gram."""
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_profile(PROFILES_DIRECTORY)
    for text in (ENGLISH, RUSSIAN, THAI, KOREAN, "Le renard brun saute par-dessus le chien paresseux, dit-on."):
        sample = language._sample(text, 500)
        detector = factory.create()
        detector.append(sample + " ")
        best = detector.get_probabilities()[0]
        assert identify([text], PARAMS)[0].language == best.lang
        rows = language._model().rows
        assert language._grams(sample).tolist() == [rows[gram] for gram in detector._extract_ngrams()]
    seeded = np.roll(language._model().table, 1, axis=1)
    broken = language._model()._replace(table=seeded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_model", lambda: broken)
        assert identify([ENGLISH], PARAMS)[0].language != "en"


def test_the_sample_holds_words_without_addresses() -> None:
    """Addresses, digits and Han characters say nothing of a language and are left out; the length is kept."""
    assert language._sample("见 https://example.com/en/the 和 a.b@example.org：Hello, world 2024", 500) == "Hello world"
    assert len(language._sample("word " * 1000, 500)) <= 500
