"""Ctrl-C at any moment stops an ingest, also where Python drops its exception."""

import os
import signal

import pytest

from ui.cli.shared import heeding_ctrl_c


def _interrupted() -> None:
    with heeding_ctrl_c(lambda *_: None):
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(100_000))


class _Finalised:
    def __del__(self) -> None:
        """Be collected while Ctrl-C comes: Python drops what is raised here."""
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(100_000))  # the handler runs between two steps of this


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_lost_interrupt_is_heard_at_the_next_unit() -> None:
    """An interrupt that a finaliser swallowed stops the job at its next report; without one reports pass on."""
    told = []
    with heeding_ctrl_c(lambda *step: told.append(step)) as progress:
        progress("sign", 1, 2)
        _Finalised()
        with pytest.raises(KeyboardInterrupt):
            progress("sign", 2, 2)
    assert told == [("sign", 1, 2)]


def test_an_interrupt_is_raised_where_it_comes() -> None:
    """Ordinarily Ctrl-C ends what runs at once, and the handler before is back afterwards."""
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        _interrupted()
    assert signal.getsignal(signal.SIGINT) is before
