"""The demonstration, played once by the very command a newcomer types, and copies of it to do harm to."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.terminal import Said, run
from ui.bootstrap import House, open_house

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@dataclass(frozen=True)
class Played:
    """What `yuliao demo` left.

    Attributes:
        folder: Holds ``demo`` (workspace, report, bundle) and ``keys``.
        said: What the command printed.
    """

    folder: Path
    said: Said

    @classmethod
    def play(cls, folder: Path) -> "Played":
        """Play it, from an empty folder, with the keys elsewhere."""
        here = folder / "empty"
        here.mkdir()
        said = run("demo", "--out", folder / "demo", folder=here, environment={"YULIAO_KEYS": str(folder / "keys")})
        assert said.code == 0, said.err
        assert not any(here.iterdir())
        return cls(folder, said)

    @property
    def workspace(self) -> Path:
        """The workspace."""
        return self.folder / "demo" / "workspace"

    @property
    def report(self) -> Path:
        """The documents."""
        return self.folder / "demo" / "report"

    @property
    def bundle(self) -> Path:
        """The sealed bundle."""
        return self.folder / "demo" / "bundle"

    @property
    def fingerprint(self) -> str:
        """The seal key's fingerprint, as it was printed."""
        return self.said.out.partition("key fingerprint ")[2][:64]

    def house(self) -> House:
        """Open the workspace; the environment must name its keys."""
        return open_house(self.workspace)

    def copy(self, folder: Path) -> "Played":
        """Copy everything, so that it can be spoilt."""
        for name in ("demo", "keys"):
            shutil.copytree(self.folder / name, folder / name)
        return Played(folder, self.said)
