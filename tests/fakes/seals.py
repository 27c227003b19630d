"""Sealed bundles to be forged, and the two verifiers that must find it: the script, and VERIFY.md by hand."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from provenance import bundle, verify
from provenance.ids import Digest
from provenance.keys import SigningKey


class Sealed(NamedTuple):
    """A bundle that was just sealed, and what is needed to forge it well."""

    folder: Path
    key: SigningKey
    files: dict[str, bytes | Path]
    predicate: dict[str, object]
    fingerprint: Digest


def sealed(out: Path, files: dict[str, bytes | Path], predicate: dict[str, object], key: SigningKey) -> Sealed:
    """Seal a bundle."""
    bundle.write(out, files, predicate, key, information={"Bagging-Date": "2026-11-22"})  # type: ignore[arg-type]
    return Sealed(out, key, files, predicate, key.fingerprint)


def accepted(whole: Sealed) -> None:
    """Assert that both verifiers find nothing."""
    steps = verify.verify(whole.folder, whole.fingerprint)
    assert [step.ok for step in steps] == [True] * len(verify.TITLES), steps
    by_hand = shell(whole)
    assert (by_hand.returncode, "FAIL" in by_hand.stdout) == (0, False), by_hand.stdout + by_hand.stderr


def rejected(forged: Sealed, *names: str, step: int | None = None, by_hand: bool = True) -> None:
    """Assert that both verifiers reject, and that each names the files."""
    steps = verify.verify(forged.folder, forged.fingerprint)
    assert verify.exit_code(steps) == 3
    failed = next(each for each in steps if not each.ok)
    told = f"{failed.files} {failed.detail}"
    assert all(name in told for name in names), failed
    assert step is None or failed.number == step, failed
    assert all(each.ok is None for each in steps[failed.number :])
    if by_hand:
        shown = shell(forged)
        assert shown.returncode == 1, shown.stdout + shown.stderr
        complaints = "\n".join(line for line in shown.stdout.splitlines() if line.startswith("FAIL"))
        assert all(name in complaints for name in names), complaints


def shell(checked: Sealed) -> subprocess.CompletedProcess[str]:
    """Run the commands of VERIFY.md, taken out of the text, with none but the promised programs in reach."""
    text = (Path(bundle.__file__).parent / "VERIFY.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    assert len(blocks) == 10
    tools = checked.folder.parent / "tools"
    if not tools.exists():
        tools.mkdir()
        for name in ("sha256sum", "openssl", "find", "sort", "comm", "grep"):
            (tools / name).symlink_to(str(shutil.which(name)))
    return subprocess.run(
        [str(shutil.which("bash")), "--norc", "-c", "".join(blocks)],
        cwd=checked.folder,
        env={"PATH": str(tools), "EXPECTED": checked.fingerprint},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=60,
        check=False,
    )


def names(folder: Path) -> list[str]:
    """List all files of a bundle."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def opened(folder: Path, key: SigningKey) -> Sealed:
    """Return a bundle that was sealed elsewhere, with what is needed to forge it."""
    files: dict[str, bytes | Path] = {
        name.removeprefix("data/"): (folder / name).read_bytes() for name in names(folder) if name.startswith("data/")
    }
    envelope = json.loads((folder / "seal/statement.dsse.json").read_bytes())
    return Sealed(folder, key, files, json.loads(base64.b64decode(envelope["payload"]))["predicate"], key.fingerprint)


def forged(whole: Sealed, folder: Path, changes: Mapping[str, bytes | None]) -> Sealed:
    """Seal a bundle anew with the same key and other files; those that are None are left out."""
    assert verify.exit_code(verify.verify(whole.folder, whole.fingerprint)) == 0
    files = {name: content for name, content in {**whole.files, **changes}.items() if content is not None}
    return sealed(folder / "forged", files, whole.predicate, whole.key)
