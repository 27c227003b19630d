"""The weights of the package: integers in one file, with a digest over them that is checked on loading."""

import hashlib
import io
import json
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from pii.names.compiled import Numbers, numbers
from pii.names.inference import BITS, Tables
from provenance.errors import ExitCode, GovernanceError

Setting = Literal["balanced", "recall"]
FILE = "weights.npz"
_ARRAYS = {"canon": "u2", "classes": "i1", "keys": "u4", "kinds": "i1", "weights": "i1", "moves": "i2"}
_COMPUTED = {"canon": np.int32, "classes": np.int8, "keys": np.int64, "kinds": np.int8, "weights": np.int8}
_FORBIDDEN = -32768


class Weights(NamedTuple):
    """What was trained."""

    tables: Tables
    biases: dict[str, int]
    """By setting."""
    digest: str
    """SHA-256 over names, shapes and bytes of all arrays and the biases."""


def save(path: Path, tables: Tables, biases: dict[str, int]) -> str:
    """Write weights; the same ones give the same digest on every machine.

    Args:
        path: Of the file.
        tables: Values fit the types of the file; a forbidden step in ``moves`` is below any other.
        biases: By setting, in the unit of the weights.

    Returns:
        The digest.
    """
    arrays = {name: np.ascontiguousarray(getattr(tables, name)) for name in _ARRAYS}
    arrays["moves"] = np.maximum(arrays["moves"], _FORBIDDEN)
    stored = {name: arrays[name].astype(f"<{kind}") for name, kind in _ARRAYS.items()}
    digest = _digest(stored, biases)
    about = np.frombuffer(json.dumps({"biases": biases, "digest": digest}, sort_keys=True).encode(), dtype="u1")
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, about=about, **stored)
    return digest


@cache
def load(path: Path | None = None) -> Weights:
    """Return the package's weights, or those of a file that the training command wrote.

    Raises:
        GovernanceError: The file is missing or not what the training command wrote.
    """
    try:
        content = (path or Path(str(files("pii.names") / FILE))).read_bytes()
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            stored: dict[str, Numbers] = {name: archive[name] for name in _ARRAYS}
            about: dict[str, Any] = json.loads(archive["about"].tobytes())
        is_whole = _digest(stored, about["biases"]) == about["digest"] and len(stored["weights"]) == 1 << BITS
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        is_whole = False
    if not is_whole:
        raise GovernanceError(
            "The weights for names are missing or damaged.",
            code="pii.weights-damaged",
            remedy="Install the package again, or train them: python -m pii.names.train.",
            where=FILE,
            exit_code=ExitCode.ENVIRONMENT,
        )
    ready = {name: numbers(stored[name].astype(kind)) for name, kind in _COMPUTED.items()}
    moves = stored["moves"].astype(np.int32)
    moves[moves == _FORBIDDEN] = -10_000_000
    return Weights(Tables(moves=numbers(moves), **ready), about["biases"], about["digest"])


def _digest(arrays: dict[str, Numbers], biases: dict[str, int]) -> str:
    whole = hashlib.sha256(json.dumps(biases, sort_keys=True).encode())
    for name in sorted(arrays):
        whole.update(f"{name} {arrays[name].shape} {arrays[name].dtype.str}\n".encode())
        whole.update(arrays[name].tobytes())
    return whole.hexdigest()
