"""A user's own model beside our recognisers: a spaCy pipeline by folder, and any recogniser that is Presidio's.

This is the documented example. A trained pipeline is saved to a folder and named as ``model`` (in ``yuliao.toml``,
``[personal_information]``); Presidio's own SpacyRecognizer then tells what it found, and PERSON becomes NAME here. A
transformers model is plugged in the same way, as a recogniser among ``others``: Presidio's HuggingFaceNerRecognizer,
or a few lines like ``Chosen`` below.
"""

from pathlib import Path

import pytest
import spacy
from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from spacy.training import Example
from spacy.util import fix_random_seed

from pii.engine import Detector
from provenance.errors import GovernanceError

pytestmark = pytest.mark.contract

SENTENCES = [
    ("我是甲乙丙。", (2, 5)),
    ("他叫丁戊己，今天来。", (2, 5)),
    ("我叫甲戊乙。", (2, 5)),
    ("今天我在家。", None),
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny spaCy pipeline with a named-entity component, trained here on four sentences, saved to a folder."""
    fix_random_seed(1)
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("ner")
    examples = [
        Example.from_dict(pipeline.make_doc(text), {"entities": [(*place, "PERSON")] if place else []})
        for text, place in SENTENCES
    ]
    optimizer = pipeline.initialize(lambda: examples)
    for _ in range(60):
        pipeline.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("model")
    pipeline.to_disk(folder)
    return folder


def test_a_spacy_model_by_folder_finds_names(model: Path) -> None:
    """What the user's pipeline calls PERSON is found as NAME, beside what our recognisers find."""
    detector = Detector(model=str(model), names=None)
    text = "我叫甲戊乙。手机13812345678"
    assert [(text[span.start : span.end], span.label) for span in detector.detect(text)] == [
        ("甲戊乙", "NAME"),
        ("13812345678", "MOBILE"),
    ]


def test_without_the_model_nothing_is_found() -> None:
    """A seeded fault, the model left out, makes the find go: the test above can fail."""
    assert [span.label for span in Detector(names=None).detect("我叫甲戊乙。手机13812345678")] == ["MOBILE"]


def test_a_model_that_is_not_here_is_refused() -> None:
    """A model that is no package and no folder is refused; nothing is downloaded."""
    with pytest.raises(GovernanceError) as refusal:
        Detector(model="no_such_model").detect("我叫甲戊乙。")
    assert refusal.value.code == "pii.model-missing"


class Chosen(EntityRecognizer):
    """Stands for a transformers model: loads something, reads the whole text, returns places."""

    def load(self) -> None:
        """Load the user's model here."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 - Presidio's signature
        nlp_artifacts: NlpArtifacts | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """Return what the model says."""
        at = text.find("甲戊乙")
        return [RecognizerResult("PERSON", at, at + 3, 0.9)] if at >= 0 else []


def test_any_recogniser_can_be_plugged_in() -> None:
    """A recogniser of the user's own that reads whole texts is asked about every text."""
    detector = Detector([Chosen(supported_entities=["PERSON"], supported_language="zh")])
    assert [(span.start, span.end, span.label, span.score) for span in detector.detect("好，甲戊乙在")] == [
        (2, 5, "NAME", 900)
    ]
