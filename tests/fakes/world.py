"""A real workspace on disk for tests that drive the house from outside, made by its own commands."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
HOSTILE_NAME = "![t](http://tracker.example/x.png)"
"""A name that fetches an image wherever it is read as Markdown."""

_YULIAO = "from ui.cli.app import main; main()"


@dataclass(frozen=True)
class World:
    """A workspace and the variables its commands run with."""

    folder: Path
    environment: dict[str, str]

    def yuliao(self, *words: str, expect: int = 0) -> str:
        """Run a command as a person would, and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-P", "-c", _YULIAO, "-w", str(self.folder), *words],
            env=self.environment,
            cwd=self.folder.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=400,
        )
        assert done.returncode == expect, done.stderr
        return done.stdout


def build(home: Path) -> World:
    """Make a workspace with a keyword library, two admitted sources, one of a hostile name, and one refused."""
    environment = {**os.environ, "HOME": str(home), "YULIAO_KEYS": str(home / "keys")}
    environment["PYTHONPATH"] = os.pathsep.join([str(EXAMPLES.parent), os.environ.get("PYTHONPATH", "")])
    world = World(home / "workspace", environment)
    world.yuliao("init", str(world.folder))
    world.yuliao("rules", "import-keywords", str(EXAMPLES / "lexicon.csv"))
    declarations = [(EXAMPLES / name, name, code) for name, code in (("recipes-open", 0), ("novels-unlicensed", 1))]
    declarations.append((_hostile(home), "hostile-name", 0))
    for folder, name, code in declarations:
        world.yuliao("source", "add", str(folder / "declaration.yaml"))
        world.yuliao("source", "admit", name, "--reason", "papers checked", expect=code)
    return world


def _hostile(home: Path) -> Path:
    folder = home / "hostile-name"
    shutil.copytree(EXAMPLES / "recipes-open", folder)
    declaration = folder / "declaration.yaml"
    lines = declaration.read_text(encoding="utf-8").splitlines()
    changed = {"id:": "id: hostile-name", "name:": f"name: '{HOSTILE_NAME}'"}
    declaration.write_text("\n".join(changed.get(line.split(" ")[0], line) for line in lines), encoding="utf-8")
    return folder
