"""How many tokens a text has: by the tokenizer file of the model, or by a count of our own, marked 估算.

``yuliao-count/1`` counts one per Han character, one per run of letters or digits, one per other visible character.
Marks and format characters are passed over: they neither count nor break a run.

This is the one door of ``tokenizers``.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from corpus.stages import scripts
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import Digest, digest

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class TokenCounter(Protocol):
    """Whatever counts tokens. It goes to worker processes, so it pickles."""

    @property
    def name(self) -> str:
        """What the figure is labelled with."""
        ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of every text."""
        ...


@dataclass(frozen=True, slots=True)
class BuiltInCounter:
    """The count that needs no model: an estimate, and labelled so."""

    name: ClassVar[str] = "yuliao-count/1"

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of every text."""
        return [n for joined in scripts.join(texts) for n in joined.number(_is_counted(joined.classes)).tolist()]


@dataclass(frozen=True, slots=True)
class ModelCounter:
    """The count of a model's own tokenizer (分词器), without the special tokens that training adds."""

    path: Path
    digest: Digest

    @property
    def name(self) -> str:
        """``tokenizer.json`` and its SHA-256."""
        return f"tokenizer.json@{self.digest}"

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of every text.

        Raises:
            GovernanceError: The extra is missing, or the file is not the one it was.
        """
        encoded = _load(self.path, self.digest).encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(each) for each in encoded]


def counter(path: Path | None) -> TokenCounter:
    """Return what counts tokens.

    Args:
        path: A ``tokenizer.json``; None for the built-in count.

    Raises:
        GovernanceError: The file cannot be read, is no tokenizer, or the extra ``tokenizer`` is not installed.
    """
    if path is None:
        return BuiltInCounter()
    name = digest(_content(path))
    _load(path, name)
    return ModelCounter(path, name)


def _is_counted(classes: scripts.Classes) -> npt.NDArray[np.bool_]:
    is_passed = classes == scripts.PASSED
    if is_passed.any():
        counted: npt.NDArray[np.bool_] = np.zeros(len(classes), np.bool_)
        counted[~is_passed] = _is_counted(classes[~is_passed])
        return counted
    is_word: npt.NDArray[np.bool_] = classes >= scripts.KANA
    counted = is_word.copy()
    counted[1:] &= ~is_word[:-1]
    counted |= (classes == scripts.HAN) | (classes == scripts.VISIBLE)
    return counted


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unusable(path) from error


def _unusable(path: Path) -> GovernanceError:
    return GovernanceError(
        "The tokenizer file cannot be used.",
        code="corpus.tokenizer-unusable",
        remedy="Name a readable tokenizer.json in yuliao.toml, or take the setting out for the built-in count.",
        where=str(path),
        exit_code=ExitCode.ENVIRONMENT,
    )


@lru_cache(maxsize=1)
def _load(path: Path, expected: Digest) -> "Tokenizer":
    # Work is spread over processes already; threads below a fork would warn and may hang.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from tokenizers import Tokenizer  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise GovernanceError(
            "Counting with a tokenizer file needs the extra `tokenizer`, which is not installed.",
            code="corpus.tokenizer-extra-missing",
            remedy="Install yuliao[tokenizer], or take the setting out of yuliao.toml for the built-in count.",
            exit_code=ExitCode.ENVIRONMENT,
        ) from error
    content = _content(path)
    if hashlib.sha256(content).hexdigest() != expected:
        raise _unusable(path)
    try:
        tokenizer = Tokenizer.from_buffer(content)
    except Exception as error:  # tokenizers raises bare Exception
        raise _unusable(path) from error
    # A model file may order both; a count wants neither.
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
