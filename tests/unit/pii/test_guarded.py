"""Recognisers of others: endless patterns are refused, time that runs out is a failure, and cues are looked around."""

import logging
from typing import ClassVar

import pytest
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

from pii.engine import Detector
from pii.gate import Cue
from pii.guarded import Guarded, reads_text_only
from provenance.errors import GovernanceError

TEXT = "他的工号A123。"


def _staff(regex: str) -> PatternRecognizer:
    return PatternRecognizer("EDU_WORK", patterns=[Pattern("staff", regex, 0.8)], supported_language="zh")


class Cued(EntityRecognizer):
    """A user's recogniser that says where to look; it notes what it was shown."""

    cues: ClassVar = (Cue("(?<=工号)[A-Z][0-9]{3}", before=2, after=0),)

    def __init__(self) -> None:
        super().__init__(["EDU_WORK"], supported_language="zh")
        self.shown: list[str] = []

    def load(self) -> None:
        """Do nothing."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: object) -> list[RecognizerResult]:  # noqa: ARG002
        """Find the one number."""
        self.shown.append(text)
        at = text.find("A123")
        return [RecognizerResult("EDU_WORK", at, at + 4, 0.8)] if at >= 0 else []


def test_ordinary_pattern_is_admitted_and_finds() -> None:
    """A pattern with look-behind works: it is searched for by Presidio itself."""
    assert [span.label for span in Detector([_staff("(?<=工号)[A-Z][0-9]{3}")], names=None).detect(TEXT)] == [
        "EDU_WORK"
    ]


@pytest.mark.parametrize("regex", ["(a+)+$", "(?:a|a)*b", "(1+)*[0-9]*x", "( *)*y"])
def test_endless_pattern_is_refused_by_name(regex: str) -> None:
    """Catastrophic backtracking is noticed before any text is read, and the pattern is named."""
    with pytest.raises(GovernanceError, match="time without end") as caught:
        Detector([_staff(regex)], names=None)
    assert caught.value.where == "staff"


def test_time_that_runs_out_fails_the_item() -> None:
    """Presidio would go on without the pattern, as if the text were clean; the item fails instead."""

    class Late(Cued):
        def analyze(self, text: str, entities: list[str], nlp_artifacts: object) -> list[RecognizerResult]:  # noqa: ARG002
            logging.getLogger("presidio-analyzer").warning("Regex pattern '%s' timed out after %s seconds.", "x", 60)
            return []

    guarded = Guarded(Late())
    with pytest.raises(GovernanceError) as caught:
        guarded.analyze(TEXT, ["EDU_WORK"], None)
    assert caught.value.where == "Late"
    assert Guarded(Cued()).analyze(TEXT, ["EDU_WORK"], None)


def test_cues_spare_texts_and_show_no_more_than_reach() -> None:
    """A recogniser with cues is not asked about a text without one, and sees of a long text what is around."""
    cued = Cued()
    detector = Detector([cued], names=None)
    assert detector.detect("没有个人信息的文字。" * 50) == ()
    assert cued.shown == []
    lead = "文字，" * 100
    (span,) = detector.detect(lead + TEXT + lead)
    assert (span.start, span.end) == (len(lead) + 4, len(lead) + 8)
    assert [len(text) < 120 for text in cued.shown] == [True]


def test_thresholds_of_a_recogniser_are_presidios_to_apply() -> None:
    """A PatternRecognizer is called directly, unless it has thresholds of its own."""
    high = _staff("工号[A-Z][0-9]{3}")
    assert reads_text_only(high)
    high.score_thresholds = {"EDU_WORK": 0.9}
    assert not reads_text_only(high)
    assert Detector([high], names=None).detect(TEXT) == ()


def test_order_of_recognisers_changes_nothing() -> None:
    """Two recognisers of one stretch are resolved alike whichever comes first."""
    one, two = (
        _staff("工号[A-Z][0-9]{3}"),
        PatternRecognizer("QQ", patterns=[Pattern("q", "A[0-9]{3}", 0.8)], supported_language="zh"),
    )
    assert Detector([one, two], names=None).detect(TEXT) == Detector([two, one], names=None).detect(TEXT) != ()
