"""Where the demonstration plays: an open house, the example it plays with, and somebody who listens."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ui.bootstrap import House


@dataclass(frozen=True)
class Scene:
    """What every step of the demonstration needs.

    Attributes:
        house: The open workspace.
        examples: Folder of the bundled example.
        out: Folder of the demonstration; what a person would write lies there.
        tell: Shows a line to the person.
    """

    house: House
    examples: Path
    out: Path
    tell: Callable[[str], None]

    def say(self, command: str, *outcomes: str) -> None:
        """Show a command as a person types it, and what came of it."""
        self.tell(f"$ yuliao {command}")
        for outcome in outcomes:
            self.tell(f"  {outcome}")
