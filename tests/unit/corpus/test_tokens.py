"""Counting tokens: our own count by its definition, a model's by its file."""

import builtins
import json
import pickle
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.stages import scripts, tokens
from corpus.stages.tokens import counter
from provenance.errors import GovernanceError

texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("语料ab1の한 \n,。\u0301\u200d\ufe0f☺")))


def slow_count(text: str) -> int:
    """Count one character after the other, as the definition reads."""
    total, in_run = 0, False
    for name in scripts.classify(text).tolist():
        if name == scripts.PASSED:
            continue
        is_word = name >= scripts.KANA
        total += name in (scripts.HAN, scripts.VISIBLE) or (is_word and not in_run)
        in_run = is_word
    return total


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("语料", 2),
        ("语料abc12语", 4),
        ("don't", 3),
        ("a, b。", 4),
        ("cafe\u0301s", 1),
        ("☺\ufe0fabc", 2),
        (" \n\t\u3000", 0),
        ("ソフト한국", 1),
        ("１２３", 1),
    ],
)
def test_the_built_in_count_follows_its_definition(text: str, expected: int) -> None:
    """One per Han character, one per run of letters or digits, one per other visible character."""
    assert counter(None).count([text]) == [expected]


@given(st.lists(texts, max_size=6))
def test_counting_together_is_counting_one_by_one(batch: list[str]) -> None:
    """The count over arrays is the plain loop's, and no run reaches from one text into the next."""
    assert counter(None).count(batch) == [slow_count(text) for text in batch]


@given(st.characters(codec="utf-8"))
def test_every_character_has_the_class_of_its_category(character: str) -> None:
    """Letters, digits, marks and spaces are told apart as Unicode does."""
    (name,) = scripts.classify(character)
    category = unicodedata.category(character)
    if name in (scripts.LETTER, scripts.KANA, scripts.HANGUL):
        assert category[0] in "LMS" or category == "Cn"
    elif name == scripts.DIGIT:
        assert category[0] == "N"
    elif name == scripts.SPACE:
        assert category[0] == "Z" or category == "Cc"


def model_file(path: Path) -> Path:
    """Write a tokenizer that knows two words and orders truncation."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"a": 0, "b": 1, "?": 2}, unk_token="?"))  # noqa: S106  # a word, not a secret
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.enable_truncation(2)
    tokenizer.enable_padding(length=9)
    tokenizer.save(str(path))
    return path


def test_a_model_counts_all_its_tokens(tmp_path: Path) -> None:
    """Truncation and padding that a file orders are not obeyed, the name holds the digest, and it pickles."""
    path = model_file(tmp_path / "tokenizer.json")
    counted = pickle.loads(pickle.dumps(counter(path)))  # noqa: S301  # our own
    assert counted.count(["a b a b a", "", "zzz"]) == [5, 0, 1]
    assert counted.name.startswith("tokenizer.json@")
    assert counted.name != counter(None).name


def test_a_model_that_changed_is_refused(tmp_path: Path) -> None:
    """A worker never counts with another file than the one whose digest was recorded."""
    path = model_file(tmp_path / "tokenizer.json")
    counted = counter(path)
    content = json.loads(path.read_bytes())
    content["truncation"] = None
    path.write_text(json.dumps(content))
    tokens._load.cache_clear()
    with pytest.raises(GovernanceError) as caught:
        counted.count(["a"])
    assert caught.value.code == "corpus.tokenizer-unusable"


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff"])
def test_a_file_that_is_no_tokenizer_is_an_error_for_people(tmp_path: Path, content: bytes | None) -> None:
    """A missing or wrong file says what to do."""
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GovernanceError) as caught:
        counter(path)
    assert caught.value.where == str(path)


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the error says which one to install."""
    path = model_file(tmp_path / "tokenizer.json")
    real = builtins.__import__

    def refuse(name: str, *rest: object) -> object:
        if name == "tokenizers":
            raise ImportError
        return real(name, *rest)

    tokens._load.cache_clear()
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(GovernanceError, match="extra `tokenizer`"):
        counter(path)
