"""Tables on a narrow terminal: what is broken into lines, and what stays whole."""

import os
import sys

import pytest

from ui.cli import shared

HEADS = ("batch", "deadline", "what is to be done next")
ROW = ("b-2026-11-safety", "2026-12-31", "collect it, then have the reviewers look at every one of its items")


def _printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int) -> list[str]:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(shared.shutil, "get_terminal_size", lambda: os.terminal_size((columns, 24)))
    shared.print_table(HEADS, [ROW])
    return capsys.readouterr().out.splitlines()


def test_words_and_days_stay_whole_while_sentences_can_be_broken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room is taken from the column that can be broken between words."""
    lines = _printed(capsys, monkeypatch, 60)
    assert max(map(len, lines)) <= 60
    assert any(each.startswith("b-2026-11-safety  2026-12-31  collect it,") for each in lines)
    told = " ".join(line[30:] for line in lines[1:])
    assert " ".join(told.split()) == ROW[2]


def test_a_terminal_narrower_than_its_words_breaks_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only then a day is broken too, and never what names the row."""
    lines = _printed(capsys, monkeypatch, 36)
    assert "2026-12-31" not in "".join(lines)
    assert any(each.startswith("b-2026-11-safety  ") for each in lines)
