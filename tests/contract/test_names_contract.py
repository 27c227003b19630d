"""Names in Presidio: the stock engine with our recogniser finds what our detector finds."""

import pytest
import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from pii.engine import Detector
from pii.names.recognizer import NameRecognizer
from pii.overlaps import resolve
from pii.recognizers import recognizers
from provenance.spans import Span

pytestmark = pytest.mark.contract

TEXTS = [
    "记者王晓明报道，会议由李国强主持，电话（0571）88880001。",
    "收件人：Mary Brown，手机13812345678；张\u200b伟收。",
    "各方面都很高兴。",
    "",
]


@pytest.mark.parametrize("setting", ["balanced", "recall"])
def test_stock_presidio_finds_the_same_names(setting: str) -> None:
    """The stock engine with our recognisers gives the same spans, types and scores as our detector, names included."""
    engine = SpacyNlpEngine(models=[{"lang_code": "zh", "model_name": "blank"}])
    engine.nlp = {"zh": spacy.blank("zh")}  # type: ignore[assignment] # Presidio annotates None only
    registry = RecognizerRegistry(supported_languages=["zh"])
    names = NameRecognizer(setting=setting)  # type: ignore[arg-type] # a parameter of the test
    for each in [*(one for one in recognizers() if "NAME" not in one.supported_entities), names]:
        registry.add_recognizer(each)
    stock = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["zh"])
    detector = Detector([names])
    total = 0
    for text in TEXTS:
        results = stock.analyze(text, language="zh")
        spans = [Span(each.start, each.end, each.entity_type, round(each.score * 1000)) for each in results]
        assert resolve(spans) == detector.detect(text)
        total += sum(span.label == "NAME" for span in spans)
    assert total == 4


def test_explanation_quotes_nothing() -> None:
    """Asked why, the recogniser names itself and not the person."""
    (result,) = NameRecognizer().analyze("记者王晓明报道。", ["NAME"])
    assert "王" not in str(result.analysis_explanation)
    assert result.analysis_explanation.recognizer == "NameRecognizer"
