"""What we rely on in Presidio: stock engines with our recognisers find what we find, within the versions we tested."""

from collections import Counter
from importlib.metadata import requires, version

import pytest
import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from pii.engine import Detector
from pii.names.recognizer import NameRecognizer
from pii.names.weights import Setting
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
PEOPLE = [
    *(
        text
        for seed in range(8)
        for text in (
            f"记者王晓明报道，会议由李国强主持，电话（0571）8888{seed:04}。",
            f"收件人：Mary Brown，手机{mobile(seed)}；张\u200b伟收，北京市海淀区知春路{10 + seed}号院3号楼60{seed}室。",
            f"姓名：欧阳志远，身份证号{citizen(seed)}，地址：浙江省杭州市西湖区文三路{100 + seed}号５幢301室。",
            f"陳國強先生住在臺北市中山區南京東路三段{seed + 1}號，Room 30{seed}, No. 88 Huaihai Road, Shanghai。",
            f"姓名,电话,地址\n张伟,{mobile(seed)},上海市徐汇区漕溪北路{seed + 1}号\n李国强,,\n",
        )
    ),
    "文" * 60,
    "王、李、张、刘、陈",
    "各方面都很高兴，人民路改造工程已经开工。",
    "克林顿会见了约翰·史密斯。\n他住在幸福小区3-2-501。",
]
"""Texts with names and addresses, and some that look like them."""


def stock_with(names: Setting | None) -> AnalyzerEngine:
    """Return Presidio as it comes, on a blank spaCy pipeline, with our recognisers added by hand."""
    engine = SpacyNlpEngine(models=[{"lang_code": "zh", "model_name": "blank"}])
    engine.nlp = {"zh": spacy.blank("zh")}  # type: ignore[assignment] # Presidio annotates None only
    registry = RecognizerRegistry(supported_languages=["zh"])
    for each in [*recognizers(), *([NameRecognizer(setting=names)] if names else [])]:
        registry.add_recognizer(each)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["zh"])


def found(engine: AnalyzerEngine, text: str) -> tuple[Span, ...]:
    """Return what Presidio finds, its overlaps resolved by our order."""
    results = engine.analyze(text, language="zh")
    return tuple(resolve(Span(each.start, each.end, each.entity_type, round(each.score * 1000)) for each in results))


@pytest.fixture(scope="module")
def stock() -> AnalyzerEngine:
    """Presidio with all of ours but names."""
    return stock_with(None)


def test_stock_presidio_finds_the_same(stock: AnalyzerEngine) -> None:
    """The stock engine with our recognisers gives the same spans, types and scores as our fast one."""
    detector = Detector(names=None)
    total = 0
    for text in TEXTS:
        spans = found(stock, text)
        assert spans == detector.detect(text)
        total += len(spans)
    assert total > 200


@pytest.mark.parametrize("setting", ["balanced", "recall"])
def test_stock_presidio_finds_the_same_names_and_addresses(setting: Setting) -> None:
    """With names added by hand too, stock finds what our detector finds with them: names and addresses alike."""
    with_names, detector = stock_with(setting), Detector(names=setting)
    labels = Counter[str]()
    for text in [*PEOPLE, *TEXTS]:
        spans = found(with_names, text)
        assert spans == detector.detect(text)
        labels.update(span.label for span in spans)
    assert labels["NAME"] > 40
    assert labels["ADDRESS"] > 30


def test_stock_without_names_differs(stock: AnalyzerEngine) -> None:
    """Seeded: left out by hand, the names are what stock does not find, so the comparison above can fail."""
    text = PEOPLE[0]
    missing = set(Detector().detect(text)) - set(found(stock, text))
    assert {span.label for span in missing} == {"NAME"}


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


def test_explanations_quote_no_name() -> None:
    """Asked why, the recogniser of names names itself and not the person."""
    (result,) = NameRecognizer().analyze("记者王晓明报道。", ["NAME"])
    assert "王" not in str(result.analysis_explanation)
    assert result.analysis_explanation.recognizer == "NameRecognizer"


@pytest.mark.parametrize("package", ["presidio-analyzer", "presidio-anonymizer"])
def test_version_is_in_the_tested_range(package: str) -> None:
    """The installed Presidio is of the minor version whose behaviour these tests pin."""
    assert version(package).startswith("2.2.")
    assert any(line.startswith(package) and "<2.3" in line for line in requires("yuliao") or ())
