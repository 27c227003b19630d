"""An inspector: fills in work sheets, and a small room in which a source is registered and nothing more."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.terminal import Said, typed
from tests.fakes.workroom import DECLARATION, Workroom


@dataclass(frozen=True)
class Inspector:
    """A person with a workroom and a folder of their own for sheets."""

    room: Workroom

    @property
    def desk(self) -> Path:
        """Where the sheets lie."""
        folder = self.room.folder / "desk"
        folder.mkdir(exist_ok=True)
        return folder

    def says(self, *words: str | Path) -> Said:
        """Type a command in the workroom."""
        return typed("-w", self.room.folder / "workspace", *words)

    def register(self, name: str, days: str = "{from: DAY, to: DAY, before_registration: false}") -> str:
        """Register a source of our own production, with its papers, and do not admit it."""
        folder = self.room.folder / "registered" / name
        folder.mkdir(parents=True)
        stated = re.sub(r"(?m)^collected: .*$", f"collected: {days}", DECLARATION).replace(
            "produced: 2026-09-01", "produced: DAY"
        )
        stated = stated.replace("DAY", self.room.house.workspace.ledger.today())
        for text, value in (
            ("{id}", name),
            ("{unit}", "record"),
            ("{id_field}", '""'),
            ("{orders}", ""),
            ("{{", "{"),
            ("}}", "}"),
        ):
            stated = stated.replace(text, value)
        (folder / "declaration.yaml").write_text(stated, "utf-8")
        (folder / "rights.txt").write_text("all rights are ours\n", "utf-8")
        (folder / "record.txt").write_text("produced in the editorial department\n", "utf-8")
        said = self.says("source", "add", folder / "declaration.yaml")
        assert said.code == 0, said.err
        return name

    def declare(self, name: str) -> str:
        """Register and admit a source that was collected before, so that nobody had to assess it."""
        self.register(
            name, "{from: 2026-09-01, to: 2026-09-02, before_registration: true, reason: before the platform}"
        )
        said = self.says("source", "admit", name, "--reason", "papers complete")
        assert said.code == 0, said.err
        return name

    def texts(self, name: str, count: int) -> Path:
        """Write a file of different harmless texts."""
        return self.room.write_texts(name, (f"湖面很静，第{at}天的记录。" for at in range(count)))

    def assess(self, source: str, *words: str | Path) -> tuple[int, Path]:
        """Have a sample drawn from files; return its number and the sheet."""
        return self._draw("source", "assess", source, *words)

    def draw(self, plan: str, *words: str | Path) -> tuple[int, Path]:
        """Have a sample drawn by a plan; return its number and the sheet."""
        return self._draw("sample", "draw", plan, *words)

    def _draw(self, *words: str | Path) -> tuple[int, Path]:
        sheet = self.desk / f"sheet-{len(list(self.desk.iterdir()))}.jsonl"
        said = self.says(*words, "--out", sheet, "--json")
        assert said.code == 0, said.err
        return said.json()["seq"], sheet

    def lines(self, sheet: Path) -> list[dict[str, Any]]:
        """Read a sheet."""
        return [json.loads(line) for line in sheet.read_text("utf-8").splitlines()]

    def judge(self, sheet: Path, bad: int, *, risk: str = "A1f", unsure: int = 0) -> Path:
        """Fill a sheet in: the first so many fail, the next so many cannot be judged, the others pass."""
        rows = self.lines(sheet)
        for at, row in enumerate(rows):
            verdict = "fail" if at < bad else "cannot_judge" if at < bad + unsure else "pass"
            row |= {"verdict": verdict, "risks": [risk] if verdict == "fail" else [], **self.signature()}
        return self.write(sheet.with_suffix(".filled"), rows)

    def signature(self) -> dict[str, str]:
        """Return who judges, and when: now."""
        return {"inspector": "p-017", "at": self.room.house.workspace.ledger.now()}

    def write(self, path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
        """Write rows as JSON Lines."""
        path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
        return path

    def record(self, sample: int, file: Path) -> Said:
        """Hand verdicts in."""
        return self.says("sample", "record", str(sample), file)

    def state(self, source: str) -> str:
        """Return where a source stands."""
        state: str = self.says("source", "show", source, "--json").json()["state"]
        return state
