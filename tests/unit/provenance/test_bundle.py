"""A bundle is written whole or not at all, the same bytes for the same content, and follows its standards."""

import ast
import base64
import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from provenance import bundle, merkle, verify
from provenance.canonical import Json
from provenance.errors import GovernanceError
from provenance.keys import SigningKey
from provenance.ledger import BEGINNING, Checkpoint

FILES: Mapping[str, bytes | Path] = {"z.txt": b"last", "a/b.txt": b"first", "ledger.jsonl": b""}
EMPTY = Checkpoint(0, BEGINNING, merkle.root([]))


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def key() -> SigningKey:
    """A seal key."""
    return SigningKey.generate()


def test_same_content_gives_the_same_bytes(tmp_path: Path, key: SigningKey) -> None:
    """Order of the mapping, place and moment leave no trace in a bundle; files given by path are files."""
    path = tmp_path / "source"
    path.write_bytes(b"last")
    one = bundle.write(tmp_path / "one", FILES, EMPTY.predicate(), key)
    turned = {**dict(reversed(FILES.items())), "z.txt": path}
    two = bundle.write(tmp_path / "deep/two", turned, EMPTY.predicate(), key)
    assert one == two
    assert contents(tmp_path / "one") == contents(tmp_path / "deep/two")
    assert one.fingerprint == key.fingerprint
    assert verify.exit_code(verify.verify(tmp_path / "one", key.fingerprint)) == 0


def test_the_parts_follow_their_standards(tmp_path: Path, key: SigningKey) -> None:
    """BagIt 1.0 files, an in-toto Statement v1 in a DSSE envelope, subjects for all but the seal."""
    seal = bundle.write(
        tmp_path / "out", FILES, {**EMPTY.predicate(), "tool": "1"}, key, information={"Bagging-Date": "2026-11-22"}
    )
    found = contents(tmp_path / "out")
    assert found["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert found["bag-info.txt"] == b"Bagging-Date: 2026-11-22\nPayload-Oxum: 9.3\n"
    assert [line.split("  ")[1] for line in found["manifest-sha256.txt"].decode().splitlines()] == [
        "data/a/b.txt",
        "data/ledger.jsonl",
        "data/z.txt",
    ]
    envelope = json.loads(found["seal/statement.dsse.json"])
    body = base64.b64decode(envelope["payload"])
    assert seal.statement == hashlib.sha256(body).hexdigest()
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    assert found["seal/statement.pae"] == b"DSSEv1 28 application/vnd.in-toto+json %d " % len(body) + body
    key.private.public_key().verify(found["seal/statement.sig"], found["seal/statement.pae"])
    statement = json.loads(body)
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicate"] == {**EMPTY.predicate(), "tool": "1"}
    subjects = {each["name"]: each["digest"]["sha256"] for each in statement["subject"]}
    assert subjects == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in found.items()
        if not name.startswith("seal/") and name != "tagmanifest-sha256.txt"
    }
    assert seal.files == len(subjects)


def test_a_place_that_is_taken_is_refused(tmp_path: Path, key: SigningKey) -> None:
    """A folder with anything in it, a file and a link are left as they are; an empty folder may be filled."""
    for name in ("full", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "full/file").write_bytes(b"mine")
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for name in ("full", "file", "link"):
        with pytest.raises(GovernanceError) as refused:
            bundle.write(tmp_path / name, FILES, EMPTY.predicate(), key)
        assert refused.value.code == "provenance.bundle-exists"
    bundle.write(tmp_path / "empty", FILES, EMPTY.predicate(), key)
    assert (tmp_path / "full/file").read_bytes() == (tmp_path / "file").read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "file", "full", "link"]


@pytest.mark.parametrize(
    "name",
    ["../x", "/x", "a//b", "a/../b", ".hidden", "a b", "附件.txt", "", "a/", "x\n", "LEDGER.jsonl", "a/.b", "-rf"],
)
def test_a_name_that_is_not_plain_is_refused(tmp_path: Path, key: SigningKey, name: str) -> None:
    """Names that lead elsewhere, hide, need quoting or differ by letter case alone are refused; nothing is written."""
    with pytest.raises(GovernanceError) as refused:
        bundle.write(tmp_path / "out", {**FILES, name: b""}, EMPTY.predicate(), key)
    assert refused.value.code == "provenance.bundle-name"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "predicate",
    [
        {},
        {**EMPTY.predicate(), "more": {"ledger_size": 5}},
        {**EMPTY.predicate(), "more": [{"digest": {"sha256": "0" * 64}, "name": "data/x"}]},
    ],
)
def test_a_predicate_that_would_confuse_is_refused(
    tmp_path: Path, key: SigningKey, predicate: Mapping[str, Json]
) -> None:
    """What lacks the ledger's fields, repeats them or imitates a subject would mislead the checks by hand."""
    with pytest.raises(ValueError, match="ledger"):
        bundle.write(tmp_path / "out", FILES, predicate, key)
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_without_its_ledger_is_refused(tmp_path: Path, key: SigningKey) -> None:
    """The ledger is no optional part; nor may bag information break its lines."""
    with pytest.raises(ValueError, match="ledger"):
        bundle.write(tmp_path / "out", {"a.txt": b""}, EMPTY.predicate(), key)
    with pytest.raises(ValueError, match="one line"):
        bundle.write(tmp_path / "out", FILES, EMPTY.predicate(), key, information={"A": "b\nC: d"})


def test_a_failure_leaves_no_half_bundle(tmp_path: Path, key: SigningKey) -> None:
    """When a file cannot be read, neither the bundle nor a temporary folder stays behind."""
    with pytest.raises(GovernanceError) as refused:
        bundle.write(tmp_path / "out", {**FILES, "x": tmp_path / "missing"}, EMPTY.predicate(), key)
    assert refused.value.code == "provenance.disk"
    assert list(tmp_path.iterdir()) == []


def test_the_verifier_imports_the_standard_library_only() -> None:
    """Every import of the verifier is Python's own, and its syntax is that of Python 3.9."""
    tree = ast.parse(Path(verify.__file__).read_text(encoding="utf-8"), feature_version=(3, 9))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "hashlib" in names
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_numbered_steps_are_all_described() -> None:
    """The steps of the docstring, of the titles and above the blocks are the same numbers."""
    source = Path(verify.__file__).read_text(encoding="utf-8")
    numbers = list(verify.TITLES)
    for number in numbers:
        assert f"\n{number:2}. " in str(verify.__doc__)
        assert f"\n    # {number}. " in source
    assert numbers == list(range(1, 12))
