"""Verify an evidence bundle (证据包) with Python's standard library and OpenSSL 3 alone.

    python3 -I verify.py [BUNDLE] [--fingerprint HEX] [--json]

Take this file from a source you trust: whoever can rewrite a bundle can rewrite the copy inside it. ``-I`` keeps Python
from importing files that lie beside it. The fingerprint must have reached you by another route than the bundle, for
example printed in the stamped report: a bundle written anew as a whole carries a new key, and verifies under it.

Steps. Each uses only what the steps before it have proved; nothing is parsed before its signature or digest is good.

 1. OpenSSL 3 or later is at hand.                                    有可用的 OpenSSL 3
 2. ``seal/`` holds the named regular files, the public key is        签封目录只含规定的文件，公钥为 Ed25519，
    Ed25519, and its fingerprint is the one expected.                 指纹与预期一致
 3. The signature over ``seal/statement.pae`` is good.                签名有效
 4. ``seal/statement.dsse.json`` is the envelope of those very bytes. DSSE 信封与被签名的内容逐字节一致
 5. The signed statement has the form and type of an evidence bundle, 声明的类型与格式正确，
    and ``seal/checkpoint.txt`` repeats what it says of the ledger.   检查点与声明一致
 6. The bundle's files are those the statement names, no more, no     文件清单与声明完全一致，无增减，无链接
    fewer, and no links.
 7. Every named file has the digest that the statement gives.         每个文件的摘要与声明一致
 8. The BagIt manifests, made anew, equal those in the bundle.        重新生成的 BagIt 清单逐字节一致
 9. ``data/ledger.jsonl`` is an unbroken chain with the signed size,  台账哈希链完整，条数、末项、
    head and Merkle root.                                             Merkle 根与声明一致
10. ``data/facts.json``, if present, names the same ledger.           事实数据与同一台账对应
11. ``data/annotation/`` holds what the ledger tells of annotation,   标注证据与台账所载一致，
    no more, no less; the annotation server's outbox is an unbroken   标注发件箱哈希链完整，
    chain; every answer that counts is what it told last, none is     每份计入的标注均为其所载的最终状态，
    left out; the ledger's figures of batches are the files'.         无遗漏，各批次数字与文件一致

Exit code: 0 verified, 3 a step failed, 4 OpenSSL cannot be used, 2 wrong arguments.

A good result proves that the bundle has not changed since the holder of the key sealed it. It is no legal signature
and no trusted time, and says nothing about whether what was recorded is true. 验证通过仅证明签封后内容未被改动。
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:yuliao:evidence-bundle:1"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SEAL_FILES = (
    "seal/checkpoint.txt",
    "seal/pub.pem",
    "seal/statement.dsse.json",
    "seal/statement.pae",
    "seal/statement.sig",
)
OPTIONAL_SEAL_FILES = ("seal/timestamp.tsr",)
"""A time stamp (RFC 3161) is checked with ``openssl ts`` against an authority that the auditor trusts, not here."""
NAME_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")

_KEY_PREFIX = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 raw bytes of an Ed25519 public key in DER (RFC 8410)."""
_DIGEST_FORM = re.compile(r"[0-9a-f]{64}")
_LIMIT_BYTES = 256 << 20
"""Largest file, or line of the ledger, that is read into memory."""
_SHOWN = 20
"""Files named per failed step."""

TITLES = {
    1: ("OpenSSL 3 is at hand", "有可用的 OpenSSL 3"),
    2: ("seal folder and public key", "签封目录与公钥"),
    3: ("signature", "签名"),
    4: ("envelope equals what was signed", "信封与被签名内容一致"),
    5: ("statement has the right type and form", "声明的类型与格式"),
    6: ("files are exactly those named", "文件清单无增减"),
    7: ("digest of every file", "每个文件的摘要"),
    8: ("manifests made anew are equal", "清单重新生成后一致"),
    9: ("ledger chain, size, head and root", "台账链、条数、末项与根"),
    10: ("facts name the same ledger", "事实数据对应同一台账"),
    11: ("annotation is what the ledger tells of", "标注证据与台账一致"),
}
_ABOUT = {
    2: "seal/pub.pem",
    3: "seal/statement.pae",
    4: "seal/statement.dsse.json",
    5: "seal/statement.pae",
    9: "data/ledger.jsonl",
    10: "data/facts.json",
    11: "data/annotation/outbox.jsonl",
}
"""The file a step is about, named when its content has another form than can be described."""


@dataclass(frozen=True)
class Step:
    """The outcome of one step: ``ok`` is None where an earlier failure kept it from being tried."""

    number: int
    title: str
    title_zh: str
    ok: bool | None
    detail: str = ""
    files: tuple[str, ...] = ()
    """Names of the files at fault, in the bundle."""


class _StepError(Exception):
    def __init__(self, detail: str, *files: str) -> None:
        super().__init__(detail)
        self.detail = detail
        self.files = files


class _Check:
    """One run over one bundle; each method is the step of its number, each attribute what a step has proved."""

    def __init__(self, bundle: Path, fingerprint: str | None) -> None:
        self.bundle = bundle
        self.expected = fingerprint
        self.fingerprint = ""
        self.seal: dict[str, bytes] = {}
        self.signed = b""
        self.digests: dict[str, str] = {}
        self.predicate: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []
        """Entries of the ledger that tell of annotation."""

    # 1. OpenSSL 3 or later is at hand.
    def openssl(self) -> str:
        try:
            version = _run("version").stdout.decode("ascii", "replace").strip()
        except (OSError, subprocess.SubprocessError):
            raise _StepError("no openssl command works: install OpenSSL 3 and put it first in PATH") from None
        if version.startswith("LibreSSL"):
            raise _StepError(
                f"openssl is {version}, which cannot do this: install OpenSSL 3 (macOS: brew install openssl@3)"
                " and put it first in PATH"
            )
        found = re.match(r"OpenSSL (\d+)\.", version)
        if found is None or int(found[1]) < 3:
            raise _StepError(f"openssl is {version or 'unknown'}: install OpenSSL 3 and put it first in PATH")
        return version

    # 2. seal/ holds the named regular files, the key is Ed25519, its fingerprint is the one expected.
    def seal_folder(self) -> str:
        present = set(_walk(self.bundle, "seal"))
        for name in SEAL_FILES:
            if name not in present:
                raise _StepError("a part of the seal is missing", name)
        extra = sorted(present.difference(SEAL_FILES, OPTIONAL_SEAL_FILES))
        if extra:
            raise _StepError("files that do not belong under seal/", *extra)
        self.seal = {name: _read(self.bundle, name) for name in SEAL_FILES}
        pem = self.seal["seal/pub.pem"]
        body = b"".join(pem.splitlines()[1:-1])
        der = base64.b64decode(body, validate=True) if len(body) == 60 else b""
        raw = der[len(_KEY_PREFIX) :]
        if der[: len(_KEY_PREFIX)] != _KEY_PREFIX or len(raw) != 32 or pem != _pem(der):
            raise _StepError("not an Ed25519 public key in PEM", "seal/pub.pem")
        self.fingerprint = hashlib.sha256(raw).hexdigest()
        if self.expected is None:
            return f"fingerprint {self.fingerprint}; compare it with the printed one 请与书面指纹核对"
        if self.expected.lower().replace(":", "").replace(" ", "") != self.fingerprint:
            raise _StepError(f"sealed with another key, fingerprint {self.fingerprint}", "seal/pub.pem")
        return f"fingerprint {self.fingerprint}, as expected"

    # 3. The signature over seal/statement.pae is good.
    def signature(self) -> str:
        signed, signature = self.seal["seal/statement.pae"], self.seal["seal/statement.sig"]
        with tempfile.TemporaryDirectory() as folder:  # openssl gets the bytes in hand, not the files again
            given = {"key": self.seal["seal/pub.pem"], "signed": signed, "signature": signature}
            for name, content in given.items():
                Path(folder, name).write_bytes(content)
            key, message, proof = (str(Path(folder, name)) for name in given)
            done = _run("pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", message, "-sigfile", proof)
        if done.returncode != 0:
            raise _StepError("the signature does not fit", "seal/statement.pae", "seal/statement.sig")
        head, _, rest = signed.partition(b" " + PAYLOAD_TYPE.encode() + b" ")
        length, _, self.signed = rest.partition(b" ")
        if head != b"DSSEv1 %d" % len(PAYLOAD_TYPE) or length != b"%d" % len(self.signed):
            raise _StepError("what was signed is no in-toto statement", "seal/statement.pae")
        return f"{len(self.signed)} bytes"

    # 4. seal/statement.dsse.json is the envelope of those very bytes.
    def envelope(self) -> str:
        payload = base64.b64encode(self.signed).decode()
        signature = base64.b64encode(self.seal["seal/statement.sig"]).decode()
        expected = (
            f'{{"payload":"{payload}","payloadType":"{PAYLOAD_TYPE}",'
            f'"signatures":[{{"keyid":"{self.fingerprint}","sig":"{signature}"}}]}}'
        )
        if self.seal["seal/statement.dsse.json"] != expected.encode():
            raise _StepError("the envelope is not the one of the signed bytes", "seal/statement.dsse.json")
        return ""

    # 5. The signed statement has the form and type of an evidence bundle; the checkpoint repeats its ledger.
    def statement(self) -> str:
        statement = _json(self.signed, "seal/statement.pae")
        if not isinstance(statement, dict) or statement.get("_type") != STATEMENT_TYPE:
            raise _StepError("not an in-toto Statement v1", "seal/statement.pae")
        if statement.get("predicateType") != PREDICATE_TYPE:
            raise _StepError("a statement of another type", "seal/statement.pae")
        self.predicate = statement["predicate"]
        for subject in statement["subject"]:
            name, digest = subject["name"], subject["digest"]["sha256"]
            if not NAME_FORM.fullmatch(name) or not _DIGEST_FORM.fullmatch(digest) or name in self.digests:
                raise _StepError("a subject without a plain unique name and a SHA-256", "seal/statement.pae")
            if name.startswith("seal/") or name == TAG_MANIFEST:
                raise _StepError("the statement names a part of its own seal", "seal/statement.pae")
            self.digests[name] = digest
        if list(self.digests) != sorted(self.digests):
            raise _StepError("subjects are not in order", "seal/statement.pae")
        fields = ("ledger_head", "ledger_root", "ledger_size")
        lines = "".join(f'"{field}":{json.dumps(self.predicate[field])}\n' for field in fields)
        if self.seal["seal/checkpoint.txt"] != lines.encode():
            raise _StepError("the checkpoint is not the one of the statement", "seal/checkpoint.txt")
        return f"{len(self.digests)} files named"

    # 6. The bundle's files are those the statement names, no more, no fewer, and no links.
    def files(self) -> str:
        present = {name for name in _walk(self.bundle, "") if not name.startswith("seal/")}
        named = {*self.digests, TAG_MANIFEST}
        if named - present:
            raise _StepError("files are missing", *sorted(named - present))
        if present - named:
            raise _StepError("files that were not sealed", *sorted(present - named))
        return f"{len(present)} files"

    # 7. Every named file has the digest that the statement gives.
    def contents(self) -> str:
        changed = [name for name, digest in self.digests.items() if _sha256(self.bundle, name) != digest]
        if changed:
            raise _StepError("bytes changed since sealing", *changed)
        return f"{len(self.digests)} digests"

    # 8. The BagIt manifests, made anew, equal those in the bundle.
    def manifests(self) -> str:
        payload = {name: digest for name, digest in self.digests.items() if name.startswith("data/")}
        tags = {name: digest for name, digest in self.digests.items() if not name.startswith("data/")}
        tags.update({name: hashlib.sha256(content).hexdigest() for name, content in self.seal.items()})
        for name in OPTIONAL_SEAL_FILES:
            if (self.bundle / name).exists():
                tags[name] = _sha256(self.bundle, name)
        for name, files in (("manifest-sha256.txt", payload), (TAG_MANIFEST, tags)):
            if _read(self.bundle, name) != "".join(f"{files[file]}  {file}\n" for file in sorted(files)).encode():
                raise _StepError("not the manifest of these files", name)
        return ""

    # 9. data/ledger.jsonl is an unbroken chain with the signed size, head and Merkle root.
    def ledger(self) -> str:
        name, size, previous = "data/ledger.jsonl", 0, "0" * 64
        peaks: list[bytes] = []
        for line in _lines(self.bundle, name):
            size += 1
            entry = _json(line, f"{name}, entry {size}")
            if json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() != line:
                raise _StepError(f"entry {size} is not written canonically", name)
            if entry["seq"] != size or entry["previous"] != previous:
                raise _StepError(f"entry {size} does not follow the one before it", name)
            if entry["workspace"] != self.predicate.get("workspace", entry["workspace"]):
                raise _StepError(f"entry {size} is of another workspace", name)
            if entry["kind"] in _TELLING:
                self.told.append(entry)
            previous = hashlib.sha256(line).hexdigest()
            node, filled = hashlib.sha256(b"\0" + line).digest(), size - 1
            while filled & 1:  # RFC 9162 section 2.1: two equal subtrees become one
                node, filled = hashlib.sha256(b"\1" + peaks.pop() + node).digest(), filled >> 1
            peaks.append(node)
        root = peaks.pop() if peaks else hashlib.sha256(b"").digest()
        while peaks:
            root = hashlib.sha256(b"\1" + peaks.pop() + root).digest()
        found = {"ledger_head": previous, "ledger_root": root.hex(), "ledger_size": size}
        for key, value in found.items():
            if self.predicate.get(key) != value:
                raise _StepError(f"{key} is {value}, the statement says {self.predicate.get(key)}", name)
        return f"{size} entries"

    # 10. data/facts.json, if present, names the same ledger.
    def facts(self) -> str:
        name = "data/facts.json"
        if name not in self.digests:
            return "no facts in this bundle"
        content = _read(self.bundle, name)
        if hashlib.sha256(content).hexdigest() != self.digests[name]:
            raise _StepError("it changed while it was being verified", name)
        ledger = _json(content, name)["ledger"]
        for key in ("size", "head"):
            if ledger[key] != self.predicate[f"ledger_{key}"]:
                raise _StepError(f"its ledger {key} is not the sealed one", name)
        return ""

    # 11. data/annotation/ holds what the ledger tells of annotation, and the outbox tells the same.
    def annotation(self) -> str:
        held = {name: digest for name, digest in self.digests.items() if name.startswith(_ANNOTATION)}
        return _Annotation(self.bundle, held, self.told).follow()


_ANNOTATION = "data/annotation/"
_OUTBOX = f"{_ANNOTATION}outbox.jsonl"
_TELLING = {
    "BatchPublished": ("tasks", "tasks.json"),
    "BatchCollected": ("answers", "answers.json"),
    "BatchReviewed": ("answers", "decisions.json"),
    "BatchClosed": ("labels", "labels.json"),
    "RuleBookReleased": ("digest", ""),
}
"""Entries of the ledger about annotation, the field in which each names a file by its digest, what a batch calls it."""
_ONCE = ("BatchPublished", "BatchClosed")
"""Of these a batch's first counts, of others the last."""
_WRITES = ("created", "updated", "deleted")
"""Rows of the outbox that tell of an annotation."""


class _Row(NamedTuple):
    """A row of the outbox: the annotation that it tells of, if any, the project, and the very line."""

    annotation: int | None
    project: int | None
    line: bytes


class _Annotation:
    """What is sealed of annotation, held against the ledger and against the outbox of the annotation server."""

    def __init__(self, bundle: Path, held: dict[str, str], told: list[dict[str, Any]]) -> None:
        self.bundle = bundle
        self.held = held
        self.told = told
        self.named: dict[str, dict[str, Any]] = {}
        """The entry of the ledger that names each file but the outbox, whose pieces are named one by one."""
        self.words: dict[tuple[str, ...], str] = {}
        """What the words of a form stand for, and the other way round, as answers show it."""

    def follow(self) -> str:
        for entry in self.told:
            self._name(entry)
        named = {*self.named, *(_OUTBOX for each in self.told if each["payload"].get("rows"))}
        if named - self.held.keys():
            raise _StepError("the ledger tells of it, and it is missing", *sorted(named - self.held.keys()))
        if self.held.keys() - named:
            raise _StepError("the ledger tells of no such file", *sorted(self.held.keys() - named))
        for name, entry in self.named.items():
            if entry["payload"][_TELLING[entry["kind"]][0]] != self.held[name]:
                raise _StepError("not the file that the ledger names", name)
        rows = self._outbox()
        for name, entry in self.named.items():
            for field, count in self._counts(name, entry):
                if entry["payload"][field] != count:
                    raise _StepError(f"{field} of ledger entry {entry['seq']} is not what it holds", name)
        return f"{rows} rows, {len(self.held)} files" if self.held else "no annotation in this bundle"

    def _name(self, entry: dict[str, Any]) -> None:
        field, file = _TELLING[entry["kind"]]
        name = _file(entry["subject"], file)
        if not file or not entry["payload"][field] or (entry["kind"] in _ONCE and name in self.named):
            return
        self.named[name] = entry
        if entry["kind"] == "BatchPublished":
            book = entry["payload"]["rule_book"]
            released = [each for each in self.told if each["kind"] == "RuleBookReleased"]
            known = {f"{each['subject']}@{each['payload']['version']}": each for each in released}
            self.named[f"{_ANNOTATION}rule-books/{book.replace('@', '-')}.yaml"] = known[book]

    def _outbox(self) -> int:
        """Follow the outbox collection by collection; where a server was restored, the ledger says from which row on.

        Returns:
            Its rows, those that a restored server lost included.
        """
        lines = _lines(self.bundle, _OUTBOX) if _OUTBOX in self.held else iter(())
        chain, count = ["0" * 64], 0
        rows: list[_Row] = [_Row(None, None, b"{}")]
        for entry in [each for each in self.told if each["kind"] == "BatchCollected"]:
            fields, piece = entry["payload"], hashlib.sha256()
            where = f"of ledger entry {entry['seq']}"
            del chain[fields["since"] + 1 :], rows[fields["since"] + 1 :]
            for seq in range(len(chain), fields["upto"] + 1):
                line = next(lines, None)
                if line is None:
                    raise _StepError(f"row {seq} {where} is missing", _OUTBOX)
                row = _json(line, _OUTBOX)
                if (row["seq"], row["previous"]) != (seq, chain[-1]):
                    raise _StepError(f"row {seq} {where} does not follow the one before it", _OUTBOX)
                chain.append(hashlib.sha256(line).hexdigest())
                rows.append(_Row(row["annotation"] if row["kind"] in _WRITES else None, row.get("project"), line))
                piece.update(line + b"\n")
                count += 1
            if (len(chain) - 1, chain[-1]) != (fields["upto"], fields["head"]):
                raise _StepError(f"it does not lead to the head {where}", _OUTBOX)
            if piece.hexdigest() != (fields["rows"] or hashlib.sha256().hexdigest()):
                raise _StepError(f"not the rows {where}", _OUTBOX)
            published = self.named[_file(entry["subject"], "tasks.json")]["payload"]
            if published["gate"] and self.named[_file(entry["subject"], "answers.json")] is entry:
                self._answers(entry["subject"], published, rows)
        if next(lines, None) is not None:
            raise _StepError("the ledger tells of no more rows", _OUTBOX)
        return count

    def _answers(self, batch: str, published: dict[str, Any], rows: list[_Row]) -> None:
        """Demand that what counts of a batch is the last that the outbox tells, and that nothing is left out."""
        name = _file(batch, "answers.json")
        found = self._content(name)
        latest = {row.annotation: seq for seq, row in enumerate(rows)}
        for part in ("answers", "checks"):
            for answer in found[part]:
                told = _json(rows[latest.get(answer["annotation"], 0)].line, _OUTBOX)
                who = (told.get("seq"), told.get("key"), told.get("person"))
                is_told = who == (answer["seq"], answer["task"], answer["person"])
                form = (published["rule_book"], part)
                if not is_told or not self._agree(form, _said(told["result"]), answer["entries"]):
                    raise _StepError(f"the outbox tells otherwise of annotation {answer['annotation']}", name, _OUTBOX)
        projects = {number for _, number in published["projects"]}
        written = {annotation for annotation, seq in latest.items() if annotation and rows[seq].project in projects}
        lost = written - {each["annotation"] for each in found["answers"] + found["checks"] + found["kept_out"]}
        if lost:
            raise _StepError(f"annotation {min(lost)} neither counts nor is kept out", name, _OUTBOX)

    def _agree(self, form: tuple[str, str], said: list[tuple[Any, ...]], entries: list[dict[str, Any]]) -> bool:
        """Say whether entries are what a row says: the same places and digests, and each word stands for one value."""
        if len(said) != len(entries):
            return False
        for (control, start, end, digest, words), entry in zip(said, entries):  # noqa: B905 -- unknown to Python 3.9
            place = (entry["control"], entry.get("start", -1), entry.get("end", -1), entry.get("digest", ""))
            if place != (control, start, end, digest) or len(words) != len(entry["values"]):
                return False
            for word, value in zip(words, entry["values"]):  # noqa: B905 -- the same
                there = self.words.setdefault((*form, control, "word", word), value)
                back = self.words.setdefault((*form, control, "value", value), word)
                if (there, back) != (value, word):
                    return False
        return True

    def _counts(self, name: str, entry: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield what the ledger counts of a batch, counted in the file: from these figures the tables are made."""
        if entry["kind"] == "RuleBookReleased":
            return
        found = self._content(name)
        if entry["kind"] == "BatchPublished":
            yield "units", len(found["tasks"])
        elif entry["kind"] == "BatchCollected":
            tasks = self._content(_file(entry["subject"], "tasks.json"))["tasks"]
            given = Counter(each["task"] for each in found["answers"])
            yield "annotations", len(found["answers"])
            yield "units_done", sum(given[each["key"]] >= each["people"] for each in tasks)
            reasons = Counter(each["reason"] for each in found["kept_out"])
            yield "kept_out", [[reason, count] for reason, count in sorted(reasons.items())]
        elif entry["kind"] == "BatchReviewed":
            said = Counter(found["items"].values())
            yield "checked", sum(said.values()) - said["open"]
            yield from (
                (field, said[word])
                for field, word in (("approved", "approve"), ("inaccurate", "inaccurate"), ("illegal", "illegal"))
            )
        else:
            yield from ((part, len(found[part])) for part in ("released", "reworked"))

    def _content(self, name: str) -> Any:  # noqa: ANN401 -- its form is what the caller checks
        content = _read(self.bundle, name)
        if hashlib.sha256(content).hexdigest() != self.held[name]:
            raise _StepError("it changed while it was being verified", name)
        return _json(content, name)


def _file(batch: str, name: str) -> str:
    return f"{_ANNOTATION}batches/{batch}/{name}"


def _said(result: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return what a row of the outbox says, entry by entry: control, stretch, digest of what was written, words."""
    said: list[tuple[Any, ...]] = []
    for each in result:
        start, end = (each["start"], each["end"]) if "labels" in each else (-1, -1)
        words = each.get("choices") or each.get("labels") or [path[-1] for path in each.get("paths", ())]
        if "digests" in each:
            said += [(each["control"], start, end, digest, []) for digest in each["digests"]]
        else:
            said.append((each["control"], start, end, "", words))
    return said


def verify(bundle: Path, fingerprint: str | None = None) -> list[Step]:
    """Verify a bundle, step by step.

    Args:
        bundle: Its folder.
        fingerprint: SHA-256 of the raw public key in hexadecimal digits, from another route than the bundle; without
            it the key's fingerprint is only told.

    Returns:
        All steps; after the first that failed, the rest are not tried.
    """
    check = _Check(bundle, fingerprint)
    work: tuple[Callable[[], str], ...] = (
        check.openssl,
        check.seal_folder,
        check.signature,
        check.envelope,
        check.statement,
        check.files,
        check.contents,
        check.manifests,
        check.ledger,
        check.facts,
        check.annotation,
    )
    steps: list[Step] = []
    for number, step in enumerate(work, 1):
        if steps and not steps[-1].ok:
            steps.append(Step(number, *TITLES[number], None))
        else:
            steps.append(_outcome(number, step))
    return steps


def exit_code(steps: list[Step]) -> int:
    """Return 0 when all steps are good, 4 when OpenSSL cannot be used, else 3."""
    if all(step.ok for step in steps):
        return 0
    return 3 if steps[0].ok else 4


def main(arguments: list[str] | None = None) -> int:
    """Run the verifier from the command line and return its exit code."""
    parser = argparse.ArgumentParser(description="Verify an evidence bundle 验证证据包")
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--fingerprint", help="SHA-256 of the raw public key, from the printed report 书面指纹")
    parser.add_argument("--json", action="store_true", help="print the steps as JSON")
    asked = parser.parse_args(arguments)
    steps = verify(asked.bundle, asked.fingerprint)
    code = exit_code(steps)
    if asked.json:
        out = json.dumps({"verified": code == 0, "steps": [asdict(step) for step in steps]}, ensure_ascii=False)
    else:
        out = "\n".join([*map(_line, steps), "VERIFIED 验证通过" if code == 0 else "NOT VERIFIED 验证未通过"])
    sys.stdout.buffer.write(out.encode("utf-8", "backslashreplace") + b"\n")
    return code


def _outcome(number: int, step: Callable[[], str]) -> Step:
    try:
        return Step(number, *TITLES[number], True, step())
    except _StepError as failed:
        return Step(number, *TITLES[number], False, failed.detail, tuple(map(_printable, failed.files[:_SHOWN])))
    except OSError as error:
        where = (_printable(str(error.filename)),) if error.filename else ()
        return Step(number, *TITLES[number], False, f"cannot be read: {error.strerror}", where)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        MemoryError,
        subprocess.SubprocessError,
    ) as error:
        where = (_ABOUT[number],) if number in _ABOUT else ()
        return Step(number, *TITLES[number], False, f"content of another form ({type(error).__name__})", where)


def _line(step: Step) -> str:
    word = {True: "ok  ", False: "FAIL", None: "--  "}[step.ok]
    tail = "; ".join(filter(None, (", ".join(step.files), step.detail)))
    return f"{step.number:2} {word} {step.title_zh} {step.title}{': ' if tail else ''}{tail}"


def _run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ("openssl", *arguments)  # the auditor's own, from PATH
    return subprocess.run(command, capture_output=True, timeout=600, check=False)  # noqa: S603 -- fixed words


def _walk(bundle: Path, below: str) -> Iterator[str]:
    """Yield the names of all files under a folder of the bundle; anything but files and folders fails the step."""
    with os.scandir(bundle / below) as found:
        for entry in sorted(found, key=lambda each: each.name):
            name = f"{below}/{entry.name}" if below else entry.name
            if entry.is_symlink() or not (entry.is_dir() or entry.is_file()):
                raise _StepError("a link or device, not a file", name)
            if entry.is_dir():
                yield from _walk(bundle, name)
            else:
                yield name


def _open(bundle: Path, name: str) -> BinaryIO:
    handle = os.open(bundle / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _StepError("a link or device, not a file", name)
    return os.fdopen(handle, "rb")


def _read(bundle: Path, name: str) -> bytes:
    with _open(bundle, name) as file:
        content = file.read(_LIMIT_BYTES + 1)
    if len(content) > _LIMIT_BYTES:
        raise _StepError("too large", name)
    return content


def _sha256(bundle: Path, name: str) -> str:
    running = hashlib.sha256()
    with _open(bundle, name) as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            running.update(block)
    return running.hexdigest()


def _lines(bundle: Path, name: str) -> Iterator[bytes]:
    with _open(bundle, name) as file:
        for line in iter(lambda: file.readline(_LIMIT_BYTES), b""):
            if not line.endswith(b"\n"):
                raise _StepError("a line is too long or has no end", name)
            yield line[:-1]


def _json(content: bytes, name: str) -> Any:  # noqa: ANN401 -- its form is what the caller checks
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) != len(pairs):
            raise _StepError("a key stands twice", name)
        return dict(pairs)

    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise _StepError("not JSON", name) from None


def _pem(der: bytes) -> bytes:
    return b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der) + b"\n-----END PUBLIC KEY-----\n"


def _printable(name: str) -> str:
    """Return a name that was found on disk without anything that could steer a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


if __name__ == "__main__":
    sys.exit(main())
