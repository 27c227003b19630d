"""An evidence bundle is forged in every way we could think of; both verifiers find it and name the file.

Each forgery is made on a bundle that passed just before: a detector that also rejects what is whole detects nothing.
"""

import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance import verify
from provenance.canonical import encode
from provenance.clock import SystemClock
from provenance.database import Database, sqlite_url
from provenance.events import IngestAborted
from provenance.ids import new_workspace_id
from provenance.keys import SigningKey
from provenance.ledger import Ledger
from tests.fakes.seals import Sealed, accepted, names, rejected, sealed, shell

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """A clean bundle over a real ledger of five entries."""
    folder = tmp_path_factory.mktemp("original")
    database = Database(sqlite_url(folder / "catalogue.db"))
    database.create_tables()
    workspace = new_workspace_id()
    ledger = Ledger(database, workspace, SystemClock())
    for n in range(5):
        ledger.record(actor="p-1", subject="s", event=IngestAborted(ingest=n, reason='"given up" 放弃\n'))
    lines = io.BytesIO()
    checkpoint = ledger.export(lines)
    database.close()
    report = folder / "report.docx"
    report.write_bytes(os.urandom(5000))
    files: dict[str, bytes | Path] = {
        "report.docx": report,
        "facts.json": encode({"ledger": {"head": checkpoint.head, "size": checkpoint.size}, "items": {}}),
        "ledger.jsonl": lines.getvalue(),
        "proofs/one.json": b'{"digest":{"sha256":"' + b"0" * 64 + b'"},"name":"data/report.docx"}',
        "empty.txt": b"",
    }
    predicate = {"tool": "yuliao 测试", "workspace": workspace, "counts": {"items": 3}, **checkpoint.predicate()}
    key = SigningKey.generate()
    return sealed(folder / "bundle", files, predicate, key)


@pytest.fixture
def clean(original: Sealed, tmp_path: Path) -> Sealed:
    """A copy to be forged, which both verifiers accept as it is."""
    copy = original._replace(folder=tmp_path / "bundle")
    shutil.copytree(original.folder, copy.folder)
    accepted(copy)
    return copy


TYPED = b'{"_type":"https://in-toto.io/Statement/v1","predicateType":"urn:yuliao:evidence-bundle:1"'
EVERY_FILE = (
    "VERIFY.md",
    "bag-info.txt",
    "bagit.txt",
    "data/facts.json",
    "data/ledger.jsonl",
    "data/proofs/one.json",
    "data/report.docx",
    "manifest-sha256.txt",
    "seal/checkpoint.txt",
    "seal/pub.pem",
    "seal/statement.dsse.json",
    "seal/statement.pae",
    "seal/statement.sig",
    "tagmanifest-sha256.txt",
    "verify.py",
)


def test_the_bundle_has_the_promised_files(clean: Sealed) -> None:
    """A bundle holds the files of the layout and no others."""
    assert names(clean.folder) == sorted([*EVERY_FILE, "data/empty.txt"])
    assert (clean.folder / "verify.py").read_bytes() == Path(verify.__file__).read_bytes()


@pytest.mark.parametrize("place", ["first", "middle", "last"])
@pytest.mark.parametrize("name", EVERY_FILE)
def test_a_flipped_byte_is_found(clean: Sealed, name: str, place: str) -> None:
    """One bit changed anywhere in any file is found, and the file is named."""
    content = bytearray((clean.folder / name).read_bytes())
    at = {"first": 0, "middle": len(content) // 2, "last": len(content) - 1}[place]
    content[at] ^= 1
    (clean.folder / name).write_bytes(content)
    rejected(clean, name)


@pytest.mark.parametrize("name", [*EVERY_FILE, "data/empty.txt"])
def test_a_deleted_file_is_found(clean: Sealed, name: str) -> None:
    """A file that is gone is named."""
    (clean.folder / name).unlink()
    rejected(clean, name)


@pytest.mark.parametrize("name", EVERY_FILE)
def test_a_truncated_file_is_found(clean: Sealed, name: str) -> None:
    """A file that lost its second half is named."""
    content = (clean.folder / name).read_bytes()
    (clean.folder / name).write_bytes(content[: len(content) // 2])
    rejected(clean, name)


@pytest.mark.parametrize(
    "name",
    [
        "data/extra.txt",
        "data/.hidden",
        "data/proofs/two.json",
        "data/new folder/deep/附件.txt",
        "extra.txt",
        ".hidden",
        "manifest-md5.txt",
        "tagmanifest-md5.txt",
        "seal/extra.txt",
        "seal/data/extra.txt",
        "hashlib.py",
    ],
)
def test_an_added_file_is_found(clean: Sealed, name: str) -> None:
    """A file that was not sealed is named, wherever it lies and whatever it is called."""
    path = clean.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    rejected(clean, name)


def remake_manifests(folder: Path) -> None:
    """Make both manifests anew, as a careful forger does."""

    def lines(wanted: Callable[[str], bool]) -> str:
        return "".join(
            f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
            for name in names(folder)
            if wanted(name)
        )

    (folder / "manifest-sha256.txt").write_text(lines(lambda name: name.startswith("data/")))
    tags = lines(lambda name: not name.startswith(("data/", "tagmanifest")))
    (folder / "tagmanifest-sha256.txt").write_text(tags)


def test_manifests_made_anew_change_nothing_by_themselves(clean: Sealed) -> None:
    """The control: the forger's manifests of a whole bundle are the very same bytes."""
    remake_manifests(clean.folder)
    accepted(clean)


@pytest.mark.parametrize("name", ["data/report.docx", "data/facts.json", "data/ledger.jsonl", "bag-info.txt"])
def test_a_change_covered_by_new_manifests_is_found(clean: Sealed, name: str) -> None:
    """With manifests that fit the changed file every BagIt tool is content; the signed statement is not."""
    path = clean.folder / name
    path.write_bytes(path.read_bytes() + b"more")
    remake_manifests(clean.folder)
    assert (
        "FAILED"
        not in subprocess.run(
            ["sha256sum", "-c", "manifest-sha256.txt", "tagmanifest-sha256.txt"],
            cwd=clean.folder,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    rejected(clean, name, step=7)
    if name.startswith("data/"):
        rejected(clean, "manifest-sha256.txt")


def test_an_added_file_covered_by_new_manifests_is_found(clean: Sealed) -> None:
    """An extra payload file listed in new manifests is named as not sealed."""
    (clean.folder / "data/extra.txt").write_text("extra")
    remake_manifests(clean.folder)
    rejected(clean, "data/extra.txt", step=6)


@pytest.mark.parametrize("name", [name for name in EVERY_FILE if name.startswith("seal/")])
def test_a_change_of_the_seal_covered_by_new_manifests_is_found(clean: Sealed, name: str) -> None:
    """What no subject covers, the parts of the seal, is checked against what was signed."""
    content = bytearray((clean.folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (clean.folder / name).write_bytes(content)
    remake_manifests(clean.folder)
    rejected(clean, name)


def test_a_bundle_sealed_anew_needs_the_fingerprint(clean: Sealed) -> None:
    """A whole forgery under a new key verifies by itself, and fails against the fingerprint from another route."""
    forged = {**clean.files, "report.docx": b"another report"}
    shutil.rmtree(clean.folder)
    sealed(clean.folder, forged, clean.predicate, SigningKey.generate())
    assert verify.exit_code(verify.verify(clean.folder)) == 0
    rejected(clean, "seal/pub.pem", step=2)


def test_the_seal_of_another_bundle_is_found(clean: Sealed, tmp_path: Path) -> None:
    """An older seal by the same key over other files fits no more."""
    old = sealed(tmp_path / "old", {**clean.files, "report.docx": b"old"}, clean.predicate, clean.key)
    accepted(old)
    shutil.rmtree(clean.folder / "seal")
    shutil.copytree(old.folder / "seal", clean.folder / "seal")
    remake_manifests(clean.folder)
    rejected(clean, "data/report.docx", step=7)


def reseal(forged: Sealed, statement: bytes, payload_type: str = verify.PAYLOAD_TYPE) -> None:
    """Sign any bytes with the real key and make everything around them fit."""
    signed = b"DSSEv1 %d %s %d %s" % (len(payload_type), payload_type.encode(), len(statement), statement)
    signature = forged.key.sign(signed)
    envelope = {
        "payload": base64.b64encode(statement).decode(),
        "payloadType": payload_type,
        "signatures": [{"keyid": forged.fingerprint, "sig": base64.b64encode(signature).decode()}],
    }
    seal = forged.folder / "seal"
    (seal / "statement.pae").write_bytes(signed)
    (seal / "statement.sig").write_bytes(signature)
    (seal / "statement.dsse.json").write_bytes(encode(envelope))  # type: ignore[arg-type]
    remake_manifests(forged.folder)


def statement_of(whole: Sealed) -> dict[str, object]:
    """Return the signed statement."""
    envelope = json.loads((whole.folder / "seal/statement.dsse.json").read_bytes())
    statement: dict[str, object] = json.loads(base64.b64decode(envelope["payload"]))
    return statement


def test_resealing_the_same_statement_is_accepted(clean: Sealed) -> None:
    """The control for what follows: the forger's tools make a good seal out of the true statement."""
    reseal(clean, encode(statement_of(clean)))  # type: ignore[arg-type]
    accepted(clean)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("_type", "https://in-toto.io/Statement/v0.1"),
        ("predicateType", "https://slsa.dev/provenance/v1"),
        ("predicateType", None),
    ],
)
def test_a_signature_for_another_purpose_is_no_seal(clean: Sealed, field: str, value: object) -> None:
    """A statement of another type, though signed with the seal key, is not taken for an evidence bundle."""
    reseal(clean, encode({**statement_of(clean), field: value}))  # type: ignore[arg-type,dict-item]
    rejected(clean, "seal/statement.pae", step=5)


def test_another_payload_type_is_no_seal(clean: Sealed) -> None:
    """The same bytes signed under another payload type are refused: the type is part of what is signed."""
    reseal(clean, encode(statement_of(clean)), "application/json")  # type: ignore[arg-type]
    rejected(clean, "seal/statement.pae", step=3)


@pytest.mark.parametrize(
    "statement",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 200_000,
        b'{"a":1' * 50_000,
        b'{"_type":"x","_type":"https://in-toto.io/Statement/v1"}',
        TYPED + b"}",
        TYPED + b',"predicate":3,"subject":{"name":7}}',
        TYPED + b',"predicate":{},"subject":[{"digest":{"sha256":5},"name":[]}]}',
        TYPED + b',"predicate":{},"subject":[]}',
        TYPED + b',"predicate":null,"subject":[]}',
        b'{"n":' + b"9" * 100_000 + b"}",
    ],
)
def test_a_signed_oddity_is_told_not_thrown(clean: Sealed, statement: bytes) -> None:
    """Bytes of any form under a good signature fail a step by name; none ends in a traceback."""
    reseal(clean, statement)
    rejected(clean, "seal/statement.pae", by_hand=False)
    assert shell(clean).returncode == 1


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/passwd", "data/../x", "data//x", "seal/pub.pem", "a b", ""])
def test_a_subject_may_not_lead_outside(clean: Sealed, name: str) -> None:
    """A signed name that is no plain path below the bundle is refused before any file is opened."""
    statement = statement_of(clean)
    statement["subject"] = [{"digest": {"sha256": "0" * 64}, "name": name}]
    reseal(clean, encode(statement))  # type: ignore[arg-type]
    rejected(clean, "seal/statement.pae", step=5, by_hand=False)


@pytest.mark.parametrize("field", ["ledger_size", "ledger_head", "ledger_root"])
def test_a_predicate_that_is_not_the_ledgers_is_found(clean: Sealed, tmp_path: Path, field: str) -> None:
    """Size, head and root of the predicate are recomputed from the ledger, not believed."""
    wrong = {**clean.predicate, field: 4 if field == "ledger_size" else "1" * 64}
    forged = sealed(tmp_path / "forged", clean.files, wrong, clean.key)
    rejected(forged, "data/ledger.jsonl", step=9, by_hand=False)


@pytest.mark.parametrize(
    ("forge", "told"),
    [
        (lambda lines: lines[:-1], "ledger_head"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "entry 1"),
        (lambda lines: [*lines[:2], *lines[3:]], "entry 3"),
        (lambda lines: [lines[0].replace(b"p-1", b"p-2"), *lines[1:]], "entry 2"),
        (lambda lines: [lines[0].replace(b'"seq":1', b'"seq": 1'), *lines[1:]], "entry 1"),
        (lambda lines: [lines[0].replace(b'"seq":1', b'"seq":0,"seq":1'), *lines[1:]], "twice"),
        (lambda lines: [*lines, b"not json"], "entry 6"),
        (lambda lines: [*lines, b"\xff"], "entry 6"),
        (lambda lines: [*lines, b"[" * 200_000], "entry 6"),
        (lambda lines: [*lines, b"5"], "data/ledger.jsonl"),
        (lambda lines: [*lines, b'{"no":"seq"}'], "data/ledger.jsonl"),
        (lambda _: [], "ledger_head"),
    ],
)
def test_a_ledger_that_is_no_chain_is_found(
    clean: Sealed, tmp_path: Path, forge: Callable[[list[bytes]], list[bytes]], told: str
) -> None:
    """A ledger cut, reordered, edited or broken before it was sealed fails the step of the ledger."""
    content = clean.files["ledger.jsonl"]
    assert isinstance(content, bytes)
    lines = b"".join(line + b"\n" for line in forge(content.splitlines()))
    forged = sealed(tmp_path / "forged", {**clean.files, "ledger.jsonl": lines}, clean.predicate, clean.key)
    rejected(forged, "data/ledger.jsonl", told, step=9, by_hand=False)


@pytest.mark.parametrize(
    "facts",
    [
        b'{"ledger":{"size":4,"head":"0"}}',
        b"{}",
        b"[]",
        b"\xff",
        b'{"ledger":null}',
        b"[" * 200_000,
        b'{"ledger":{"size":' + b"9" * 10_000 + b"}}",
    ],
)
def test_facts_over_another_ledger_are_found(clean: Sealed, tmp_path: Path, facts: bytes) -> None:
    """Facts must name the very ledger that was sealed beside them."""
    forged = sealed(tmp_path / "forged", {**clean.files, "facts.json": facts}, clean.predicate, clean.key)
    rejected(forged, "data/facts.json", step=10, by_hand=False)


def test_links_and_devices_are_refused(clean: Sealed, tmp_path: Path) -> None:
    """A link to a file with the right bytes, a folder behind a link and a pipe are named, and never waited for."""
    report, aside = clean.folder / "data/report.docx", tmp_path / "aside"
    report.rename(aside)
    report.symlink_to(aside)
    rejected(clean, "data/report.docx", step=6)
    report.unlink()
    os.mkfifo(report)
    rejected(clean, "data/report.docx", step=6)
    report.unlink()
    aside.rename(report)
    accepted(clean)
    shutil.move(clean.folder / "data/proofs", tmp_path / "proofs")
    (clean.folder / "data/proofs").symlink_to(tmp_path / "proofs")
    rejected(clean, "data/proofs", step=6)


def test_a_seal_of_links_is_refused(clean: Sealed, tmp_path: Path) -> None:
    """A part of the seal that is a link is named."""
    part = clean.folder / "seal/statement.sig"
    part.rename(tmp_path / "sig")
    part.symlink_to(tmp_path / "sig")
    rejected(clean, "seal/statement.sig", step=2)


@pytest.mark.parametrize("content", [b"", b"\xff" * 100, b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"])
def test_a_public_key_of_another_form_is_named(clean: Sealed, content: bytes) -> None:
    """A public key that is none is a failed step, not a traceback."""
    (clean.folder / "seal/pub.pem").write_bytes(content)
    rejected(clean, "seal/pub.pem", step=2)


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_a_manifest_that_is_no_text_is_named(clean: Sealed, name: str) -> None:
    """A manifest of bytes that are no UTF-8 is a failed step, not a traceback."""
    (clean.folder / name).write_bytes(b"\xff\xfe\x00" * 1000)
    rejected(clean, name)


def test_no_bundle_at_all_is_told(tmp_path: Path) -> None:
    """A missing folder, an empty one and a file in its place fail a step."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"")
    for name in ("missing", "empty", "file"):
        steps = verify.verify(tmp_path / name)
        assert verify.exit_code(steps) == 3
        assert steps[1].ok is False


def run_verifier(*arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """Run the verifier as an auditor does: another process, without our packages."""
    return subprocess.run(
        [sys.executable, "-I", "-S", *arguments],
        env={"PATH": path or os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        cwd="/",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_an_auditor_needs_nothing_of_ours(clean: Sealed) -> None:
    """The script inside the bundle, run apart from our packages, verifies it and tells its exit code."""
    script = str(clean.folder / "verify.py")
    good = run_verifier(script, "--fingerprint", clean.fingerprint)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.endswith("VERIFIED 验证通过\n")
    assert len(good.stdout.splitlines()) == len(verify.TITLES) + 1
    asked = run_verifier(script, str(clean.folder), "--json")
    assert json.loads(asked.stdout)["verified"] is True
    assert names(clean.folder) == names(clean.folder)
    (clean.folder / "data/facts.json").write_bytes(b"{}")
    bad = run_verifier(script, str(clean.folder))
    assert (bad.returncode, bad.stderr) == (3, "")
    assert "FAIL" in bad.stdout
    assert "data/facts.json" in bad.stdout
    assert json.loads(run_verifier(script, "--json").stdout)["verified"] is False
    assert run_verifier(script, "--nonsense").returncode == 2


def test_a_module_planted_beside_the_script_is_not_imported(clean: Sealed) -> None:
    """Run with -I as VERIFY.md says, the script does not import a file that someone laid beside it."""
    (clean.folder / "hashlib.py").write_text("raise SystemExit(0)\n")
    planted = run_verifier(str(clean.folder / "verify.py"))
    assert planted.returncode == 3
    assert "hashlib.py" in planted.stdout


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("LibreSSL 3.3.6", "brew install openssl@3"),
        ("OpenSSL 1.1.1w  11 Sep 2023", "install OpenSSL 3"),
        ("", "install OpenSSL 3"),
        (None, "install OpenSSL 3"),
    ],
)
def test_another_openssl_is_refused_in_one_sentence(clean: Sealed, tmp_path: Path, says: str | None, told: str) -> None:
    """LibreSSL, an old OpenSSL or none at all is an environment to be mended (exit 4), not a forged bundle."""
    tools = tmp_path / "other"
    tools.mkdir()
    if says is not None:
        (tools / "openssl").write_text(f"#!/bin/sh\necho '{says}'\n")
        (tools / "openssl").chmod(0o755)
    refused = run_verifier(str(clean.folder / "verify.py"), path=str(tools))
    assert (refused.returncode, refused.stderr) == (4, "")
    assert told in refused.stdout.splitlines()[0]


def test_a_newer_openssl_is_taken(clean: Sealed, tmp_path: Path) -> None:
    """OpenSSL 4 is no reason to refuse."""
    tools = tmp_path / "other"
    tools.mkdir()
    real = shutil.which("openssl")
    script = f'#!/bin/sh\n[ "$1" = version ] && echo "OpenSSL 4.0.0 14 Apr 2026" || exec {real} "$@"\n'
    (tools / "openssl").write_text(script)
    (tools / "openssl").chmod(0o755)
    assert run_verifier(str(clean.folder / "verify.py"), path=f"{tools}:{os.environ['PATH']}").returncode == 0


def test_a_fingerprint_may_be_typed_as_printed(clean: Sealed) -> None:
    """Capitals, colons and blanks in the typed fingerprint do not matter; another digit does."""
    pairs = re.findall("..", clean.fingerprint.upper())
    assert verify.exit_code(verify.verify(clean.folder, ":".join(pairs))) == 0
    assert verify.exit_code(verify.verify(clean.folder, " ".join(pairs))) == 0
    for wrong in ("0" * 64, "", clean.fingerprint[:-1]):
        assert verify.exit_code(verify.verify(clean.folder, wrong)) == 3
