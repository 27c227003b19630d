"""The door to Presidio: nothing downloaded, nothing printed, failures named without text."""

import logging
from pathlib import Path

import pytest
import spacy
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

from pii.engine import Detector
from pii.operators import Edit, apply
from pii.presidio import Analyzer, LocalPipeline
from pii.recognizers import recognizers
from provenance.errors import GovernanceError

QUOTED = "张三的秘密"


class Failing(EntityRecognizer):
    """A plugged-in recogniser that quotes the text when it fails."""

    def load(self) -> None:
        """Do nothing."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: object) -> list[RecognizerResult]:  # noqa: ARG002
        """Fail."""
        raise KeyError(text)


def test_missing_model_is_refused_not_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model name that is neither package nor folder is refused, and spaCy's download is never called."""
    monkeypatch.setattr("spacy.cli.download", lambda *_: pytest.fail("a download was tried"))
    with pytest.raises(GovernanceError, match="nothing is downloaded") as caught:
        LocalPipeline("zh_core_web_trf").load()
    assert caught.value.where == "zh_core_web_trf"


def test_local_model_is_loaded_and_its_persons_are_names(tmp_path: Path) -> None:
    """A user's pipeline in a folder is used, and Presidio's PERSON is called NAME from the door on."""
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "王小二"}])
    pipeline.to_disk(tmp_path / "model")
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer

    person = SpacyRecognizer(supported_language="zh", supported_entities=["PERSON"])
    spans = Detector([person], model=str(tmp_path / "model")).detect("昨天王小二的手机13812345678")
    assert [span.label for span in spans] == ["NAME", "MOBILE"]


def test_failing_recogniser_is_named_and_the_text_is_not(caplog: pytest.LogCaptureFixture) -> None:
    """The error tells which recogniser failed, and neither it nor its chain is printed with the text."""
    healthy = Detector()
    assert healthy.detect(QUOTED) == ()
    with pytest.raises(GovernanceError) as caught:
        Detector([Failing(["NAME"], supported_language="zh")]).detect(QUOTED)
    assert caught.value.where == "Failing"
    assert QUOTED not in caught.value.diagnostics()
    assert caught.value.__suppress_context__
    assert QUOTED not in caplog.text


def test_plain_recogniser_of_a_user_reads_the_whole_text() -> None:
    """A recogniser without cues is not gated: it finds in a text where nothing else is."""
    staff = PatternRecognizer(
        "EDU_WORK", patterns=[Pattern("staff", "工号[A-Z][0-9]{3}", 0.8)], supported_language="zh"
    )
    assert [span.label for span in Detector([staff]).detect("他的工号A123。")] == ["EDU_WORK"]


def test_presidio_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    """Neither Presidio's loggers nor its decision trace print anything, and none of them reaches the root."""
    Analyzer(recognizers()).analyze("手机13812345678")
    for name in ("presidio-analyzer", "presidio-anonymizer", "decision_process"):
        logger = logging.getLogger(name)
        logger.critical("手机13812345678")
        assert not logger.propagate
        assert not any(type(each) is logging.StreamHandler for each in logger.handlers)
    assert capfd.readouterr() == ("", "")


def test_neighbours_of_one_type_are_not_merged() -> None:
    """Two finds of a type that touch, or have a space between, keep a tag each."""
    text, places = apply("aabb cc", [Edit(0, 2, "A", "replace"), Edit(2, 4, "A", "replace"), Edit(5, 7, "A", "redact")])
    assert text == "<A><A> "
    assert places == [(0, 3), (3, 6), (7, 7)]


def test_foreign_exception_of_the_engine_is_translated() -> None:
    """An operator that Presidio does not know comes out as our error, without the text."""
    with pytest.raises(GovernanceError, match="Presidio failed") as caught:
        apply(QUOTED, [Edit(0, 2, "NAME", "vanish")])
    assert QUOTED not in caught.value.diagnostics()
