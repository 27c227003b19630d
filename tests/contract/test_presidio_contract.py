"""What we rely on in Presidio: stock engines with our recognisers find what we find, within the versions we tested."""

from importlib.metadata import requires, version

import pytest
import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from pii.engine import Detector
from pii.overlaps import resolve
from pii.recognizers import recognizers
from provenance.spans import Span
from tests.fakes.identities import card, citizen, mobile, organisation

pytestmark = pytest.mark.contract

TEXTS = [
    *(
        text
        for seed in range(25)
        for text in (
            f"姓名王某，身份证号{citizen(seed)}，手机{mobile(seed)}，住在朝阳区。",
            f"卡号 {card(seed)}；电话（0571）8888{seed:04}；邮箱user{seed}@163.com联系",
            f"法人代码{organisation(seed)}，车牌京A{10000 + seed}，护照号E1234{seed:04}",
            f"{' '.join(mobile(seed))}和１３８１２３４５６７８和138\u200b1234\u200b5678",
            f"订单号：{mobile(seed)} 金额{mobile(seed)}元 {citizen(seed)}@qq.com",
        )
    ),
    "没有个人信息的文字。",
    "",
]


@pytest.fixture(scope="module")
def stock() -> AnalyzerEngine:
    """Presidio as it comes, on a blank spaCy pipeline, with our recognisers added by hand."""
    engine = SpacyNlpEngine(models=[{"lang_code": "zh", "model_name": "blank"}])
    engine.nlp = {"zh": spacy.blank("zh")}  # type: ignore[assignment] # Presidio annotates None only
    registry = RecognizerRegistry(supported_languages=["zh"])
    for each in recognizers():
        registry.add_recognizer(each)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["zh"])


def test_stock_presidio_finds_the_same(stock: AnalyzerEngine) -> None:
    """The stock engine with our recognisers gives the same spans, types and scores as our fast one."""
    detector = Detector(names=None)
    total = 0
    for text in TEXTS:
        results = stock.analyze(text, language="zh")
        spans = [Span(each.start, each.end, each.entity_type, round(each.score * 1000)) for each in results]
        assert resolve(spans) == detector.detect(text)
        total += len(spans)
    assert total > 200


def test_stock_presidio_can_ask_for_one_type(stock: AnalyzerEngine) -> None:
    """Asked for one type, a recogniser of two gives that one only."""
    text = f"{citizen(1)} {citizen(1, '810000')}"
    results = stock.analyze(text, language="zh", entities=["HKMOTW_RESIDENCE"])
    assert [each.entity_type for each in results] == ["HKMOTW_RESIDENCE"]


def test_explanations_name_the_recogniser(stock: AnalyzerEngine) -> None:
    """Asked why, Presidio names the recogniser and quotes no text."""
    (result,) = stock.analyze("手机13812345678", language="zh", return_decision_process=True)
    assert result.analysis_explanation.recognizer == "MobileRecognizer"
    assert "138" not in str(result.analysis_explanation)


@pytest.mark.parametrize("package", ["presidio-analyzer", "presidio-anonymizer"])
def test_version_is_in_the_tested_range(package: str) -> None:
    """The installed Presidio is of the minor version whose behaviour these tests pin."""
    assert version(package).startswith("2.2.")
    assert any(line.startswith(package) and "<2.3" in line for line in requires("yuliao") or ())
