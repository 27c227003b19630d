"""The evidence bundle (证据包): a folder that proves by itself that nothing in it changed since it was sealed.

Layout (BagIt 1.0, RFC 8493; in-toto Statement v1 in a DSSE envelope; Ed25519)::

    bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
    data/            the payload, ``ledger.jsonl`` among it
    seal/            statement.dsse.json  statement.pae  statement.sig  pub.pem  checkpoint.txt
    VERIFY.md        verification by hand, with sha256sum, openssl, find, sort, comm and grep
    verify.py        the source of ``provenance.verify``

- The statement's subjects are all files but those under ``seal/`` and the tag manifest, which lists the seal and is
  therefore made anew by the verifier.
- ``statement.pae`` and ``statement.sig`` repeat what the envelope holds, so that OpenSSL alone can check it.
- Same files, predicate, key and bag information give the same bytes; no time enters but what the caller gives.
"""

import base64
import errno
import hashlib
import importlib.resources
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from provenance.canonical import Json, encode
from provenance.disk import flush_file, flush_folder, told
from provenance.errors import GovernanceError
from provenance.ids import Digest, digest
from provenance.keys import SigningKey
from provenance.verify import (
    NAME_FORM,
    PAYLOAD_TYPE,
    PREDICATE_TYPE,
    STATEMENT_TYPE,
    TAG_MANIFEST,
)

_LEDGER_FIELDS = ("ledger_head", "ledger_root", "ledger_size")
_SUBJECT_FORM = rb'\{"digest":\{"sha256":"[0-9a-f]{64}"\},"name":"[^"]*"\}'
"""What VERIFY.md greps for; nothing but a subject may look like it."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Seal:
    """What the ledger records of a sealed bundle."""

    statement: Digest
    """SHA-256 of the signed statement."""
    fingerprint: Digest
    """Of the key that signed it."""
    files: int
    """Files that the statement names."""


def write(
    out: Path,
    files: Mapping[str, bytes | Path],
    predicate: Mapping[str, Json],
    key: SigningKey,
    *,
    information: Mapping[str, str] | None = None,
) -> Seal:
    """Write and seal a bundle; it appears at ``out`` whole or not at all.

    Args:
        out: The folder to make; it may exist only if it is empty.
        files: The payload by name below ``data/``; names are plain ASCII. ``ledger.jsonl`` must be among it, as
            :meth:`provenance.ledger.Ledger.export` writes it.
        predicate: What is stated about the files; must hold ``ledger_size``, ``ledger_head`` and ``ledger_root``.
        key: Signs.
        information: Lines of ``bag-info.txt``, for example ``Bagging-Date``.

    Returns:
        The digest of the statement, for the ledger.

    Raises:
        GovernanceError: ``out`` is taken, a name is not plain, or the disk refuses.
        ValueError: The ledger or the ledger's fields are left out, or a subject is imitated: a broken program.
    """
    _demand_free(out)
    _demand_plain(files)
    if "ledger.jsonl" not in files or not all(field in predicate for field in _LEDGER_FIELDS):
        raise ValueError("a bundle needs its ledger, and the ledger's size, head and root in its predicate")
    with told("write the evidence bundle", out):
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        try:
            seal = _fill(folder, files, predicate, key, information or {})
            folder.chmod(0o755)
            folder.rename(out)
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError) and error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                _demand_free(out)
            raise
        flush_folder(out.parent)
    return seal


def _fill(
    folder: Path,
    files: Mapping[str, bytes | Path],
    predicate: Mapping[str, Json],
    key: SigningKey,
    information: Mapping[str, str],
) -> Seal:
    digests: dict[str, Digest] = {}
    octets = 0
    for name in sorted(files):
        digests[f"data/{name}"], size = _copy(files[name], folder / "data" / name)
        octets += size
    manifest = _manifest(digests)
    own = importlib.resources.files("provenance")
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": _bag_information({**information, "Payload-Oxum": f"{octets}.{len(digests)}"}),
        "manifest-sha256.txt": manifest,
        "VERIFY.md": own.joinpath("VERIFY.md").read_bytes(),
        "verify.py": own.joinpath("verify.py").read_bytes(),
    }
    subjects = digests | {name: digest(content) for name, content in tags.items()}
    statement = _statement(subjects, predicate)
    sealed = _seal(statement, predicate, key)
    tag_digests = {name: digest(content) for name, content in (tags | sealed).items()}
    for name, content in (tags | sealed | {TAG_MANIFEST: _manifest(tag_digests)}).items():
        _copy(content, folder / name)
    for place, _, _ in os.walk(folder):
        flush_folder(Path(place))
    return Seal(statement=digest(statement), fingerprint=key.fingerprint, files=len(subjects))


def _statement(subjects: Mapping[str, Digest], predicate: Mapping[str, Json]) -> bytes:
    """Return the in-toto Statement v1 in canonical JSON."""
    statement = encode(
        {
            "_type": STATEMENT_TYPE,
            "predicate": predicate,
            "predicateType": PREDICATE_TYPE,
            "subject": [{"digest": {"sha256": subjects[name]}, "name": name} for name in sorted(subjects)],
        }
    )
    lines = re.findall(rb'"ledger_(?:head|root|size)":', statement)
    if len(re.findall(_SUBJECT_FORM, statement)) != len(subjects) or len(lines) != len(_LEDGER_FIELDS):
        raise ValueError("a part of the predicate looks like a subject or repeats a field of the ledger")
    return statement


def _seal(statement: bytes, predicate: Mapping[str, Json], key: SigningKey) -> dict[str, bytes]:
    """Return the files under ``seal/``: the DSSE envelope, its detached parts, the key and the checkpoint."""
    signed = b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(statement), statement)
    signature = key.sign(signed)
    envelope: dict[str, Json] = {
        "payload": base64.b64encode(statement).decode(),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": key.fingerprint, "sig": base64.b64encode(signature).decode()}],
    }
    checkpoint = "".join(f'"{field}":{json.dumps(predicate[field])}\n' for field in _LEDGER_FIELDS)
    return {
        "seal/checkpoint.txt": checkpoint.encode(),
        "seal/pub.pem": key.public_pem(),
        "seal/statement.dsse.json": encode(envelope),
        "seal/statement.pae": signed,
        "seal/statement.sig": signature,
    }


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def _bag_information(lines: Mapping[str, str]) -> bytes:
    if any(not label or set(":\r\n") & set(label) or set("\r\n") & set(lines[label]) for label in lines):
        raise ValueError("a line of bag information is a label and one line of text")
    return "".join(f"{label}: {text}\n" for label, text in lines.items()).encode()


def _copy(content: bytes | Path, target: Path) -> tuple[Digest, int]:
    """Write one file durably and return its digest and size."""
    target.parent.mkdir(parents=True, exist_ok=True)
    running, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        for block in _blocks(content):
            running.update(block)
            size += file.write(block)
    flush_file(target)
    return Digest(running.hexdigest()), size


def _blocks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        yield from iter(lambda: file.read(_BLOCK), b"")


def _demand_free(out: Path) -> None:
    if os.path.lexists(out) and (out.is_symlink() or not out.is_dir() or any(out.iterdir())):
        raise GovernanceError(
            "The place for the evidence bundle is taken; a sealed bundle is never changed.",
            code="provenance.bundle-exists",
            remedy="Name a folder that does not exist yet.",
            where=str(out),
        )


def _demand_plain(files: Mapping[str, bytes | Path]) -> None:
    seen: set[str] = set()
    for name in files:
        if not NAME_FORM.fullmatch(name) or name.lower() in seen:
            raise GovernanceError(
                "A file of the bundle needs a plain name that differs from others by more than letter case.",
                code="provenance.bundle-name",
                remedy="Use ASCII letters, digits, dots, hyphens and underscores, and / between folders.",
                where=ascii(name),
            )
        seen.add(name.lower())
