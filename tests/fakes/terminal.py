"""A person at the keyboard: the command line typed in this process, which is quick, or in one of its own."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import orjson
import structlog

from ui.cli import app

ENTRY = (sys.executable, "-P", "-c", "from ui.cli.app import main; main()")
"""What the console script does, without depending on where it was installed."""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return standard output as the one JSON document that it is."""
        return orjson.loads(self.out)


def typed(*words: str | Path) -> Said:
    """Run a command in this process, in the present folder and environment."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code: object = 0
    argv = ["yuliao", *map(str, words)]
    with (
        mock.patch.object(sys, "argv", argv),
        mock.patch.dict(os.environ),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            app.main()
        except SystemExit as end:
            code = end.code
    structlog.reset_defaults()
    assert isinstance(code, int)
    return Said(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


def run(
    *words: str | Path, folder: Path, environment: Mapping[str, str] | None = None, under: Sequence[str] = ()
) -> Said:
    """Run a command in a process of its own.

    Args:
        words: The command's words.
        folder: Where the person stands.
        environment: Variables beside the present ones.
        under: A command that runs ours, for example one that takes rights away first.
    """
    done = subprocess.run(
        [*under, *ENTRY, *map(str, words)],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    return Said(done.returncode, done.stdout, done.stderr)
