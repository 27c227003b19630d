"""The fast engine answers as Presidio's own does, whatever is registered and whatever is asked."""

import copy
import json
import logging
import random
import threading
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.predefined_recognizers import IpRecognizer, PhoneRecognizer

from pii.exact import FastAnalyzerEngine, characters
from pii.exact.gate import Gate
from pii.recognizers import recognizers
from tests.fakes.identities import card, citizen, mobile
from tests.fakes.nasty import nasty
from tests.fakes.presidio import Pair, differences, no_pipeline, pair, pipeline, told, users

pytestmark = pytest.mark.contract

LANGUAGES = ["zh", "en"]
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
VALUES = [
    lambda seed: f"手机{mobile(seed)}",
    lambda seed: f" card {card(seed, '411111', 16)} ",
    lambda seed: f"身份证号{citizen(seed)}",
    lambda seed: f" user{seed}@example.com ",
    lambda seed: f" https://www.example.com/u/{seed} ",
    lambda seed: f" phone (212) 555-{seed % 10000:04} ",
    lambda seed: f" 10.1.{seed % 250}.7 ",
    lambda seed: f" born 0{seed % 9 + 1}/1{seed % 9}/1970 ",
    lambda seed: f" passport {seed * 9973 % 10**9:09} DE89 3704 0044 0532 0130 00 ",
]
PROSE = {
    "zh": "这是一段没有什么可找的文字，写的是山路和溪水。第①条，面积²，３号。\n",
    "en": "This is a stretch of prose, e.g. about file.py and version 1.2, where little can be found.\n",
}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each of the two registries."""
    return str(request.param)


@pytest.fixture(scope="module")
def plain(language: str) -> Pair:
    """Predefined recognisers and a user's over a pipeline that says nothing."""
    return pair(language, *users(language))


def _texts(language: str, count: int = 60) -> list[str]:
    """Return prose with nothing, something and much in it, and texts that are nasty."""
    found = []
    for seed in range(count):
        rng = random.Random(seed)
        parts = [PROSE[language]] * rng.randrange(1, 8)
        for _ in range(seed % 3 * 2):
            parts.insert(rng.randrange(len(parts) + 1), rng.choice(VALUES)(rng.randrange(10**6)))
        found.append("".join(parts))
    return ["", " ", "x ", *found, *(nasty(seed) for seed in range(count))]


def test_predefined_and_users(plain: Pair, language: str) -> None:
    """Predefined recognisers and a user's with odd flags give the same, explanations included."""
    texts = _texts(language)
    assert differences(plain, texts, language, return_decision_process=True) == []
    assert sum(len(plain.stock.analyze(text, language)) for text in texts[:20]) > 100


def test_ours(language: str) -> None:
    """Our recognisers, which read their own context, give the same."""
    engines = pair(language, *recognizers(language), predefined=False)
    texts = _texts(language)
    assert differences(engines, texts, language, return_decision_process=True) == []
    assert sum(len(engines.fast.analyze(text, language)) for text in texts[:20]) > 10


@pytest.mark.parametrize(
    "asked",
    [
        {"entities": ["PHONE_NUMBER", "URL", "USER_PLAIN"]},
        {"entities": ["NO_SUCH_ENTITY"]},
        {"entities": ["NO_SUCH_ENTITY", "EMAIL_ADDRESS"]},
        {"score_threshold": 0.45},
        {"score_threshold": 0.0, "correlation_id": "c"},
        {"context": ["user", "card"], "return_decision_process": True},
        {"allow_list": ["https://www.example.com/u/7", "电话", "user"]},
        {"allow_list": [r"\d+"], "allow_list_match": "regex"},
        {"allow_list": [r"USER"], "allow_list_match": "regex", "regex_flags": 0},
        {"allow_list": ["x"], "allow_list_match": "nonsense"},
        {"allow_list": ["("], "allow_list_match": "regex"},
    ],
)
def test_what_is_asked(plain: Pair, language: str, asked: dict[str, Any]) -> None:
    """Entities, thresholds, context words and allow lists are honoured, and refused, as ever."""
    assert differences(plain, _texts(language, 30), language, **asked) == []


def test_other_languages_and_no_text(plain: Pair, language: str) -> None:
    """A language that is not there, none at all and a text that is no text raise what they raise."""
    for text, code in (("x", "xx"), ("x", None), (None, language), (7, language)):
        stock, fast = plain.both(text, code)  # type: ignore[arg-type] # on purpose
        assert stock == fast
        assert isinstance(stock, type)


@pytest.mark.parametrize("kind", ["lemmas", "ruler", "none"])
def test_pipelines(language: str, kind: str) -> None:
    """Pipelines with lemmas, so that context works, with a find of their own, and none at all give the same."""
    made = {
        "lemmas": lambda: pipeline(language, lemmas=True),
        "ruler": lambda: pipeline(language, lemmas=True, ruler=True),
        "none": lambda: no_pipeline(language),
    }[kind]()
    engines = pair(language, *users(language), nlp_engine=made)
    texts = [
        *(f"{text} user card 电话 4111 1111 1111 1111 phone 212-555-5555 Ann 王小明 " for text in _texts(language, 20)),
        *_texts(language, 20),
    ]
    assert differences(engines, texts, language, return_decision_process=True) == []
    found = engines.fast.analyze(texts[0], language, return_decision_process=True)
    if kind == "lemmas" and language == "en":
        assert any(each.analysis_explanation.supportive_context_word for each in found)
    if kind == "ruler":
        assert "PERSON" in {each.entity_type for each in found}


def test_artifacts_of_the_caller(language: str) -> None:
    """Artifacts that the caller brings are used, and the pipeline is not."""
    engines = pair(language, *users(language))
    text = "user 4111 1111 1111 1111 电话 212-555-5555 Ann 王小明 "
    artifacts = pipeline(language, lemmas=True, ruler=True).process_text(text, language)
    stock, fast = engines.both(text, language, nlp_artifacts=artifacts)
    assert stock == fast
    assert "PERSON" in {each[0] for each in fast}


def test_ad_hoc_recognisers(plain: Pair, language: str) -> None:
    """Recognisers for one request find what they find, and are forgotten."""
    hoc = PatternRecognizer("HOC", name="hoc", supported_language=language, patterns=[Pattern("h", r"[a-z]{4}", 0.9)])
    texts = _texts(language, 20)
    assert differences(plain, texts, language, ad_hoc_recognizers=[hoc]) == []
    assert differences(plain, texts, language, ad_hoc_recognizers=[hoc], entities=["HOC"]) == []
    assert not any(each.entity_type == "HOC" for each in plain.fast.analyze(texts[5], language))


def test_thresholds_of_recognisers(language: str) -> None:
    """Thresholds that recognisers carry hold, by entity and by default."""
    low, high = users(language)[:2]
    low.score_thresholds = {"USER_PLAIN": 0.15}
    high.score_thresholds = {"default": 0.35}
    engines = pair(language, low, high, predefined=False, default_score_threshold=0.2)
    assert differences(engines, _texts(language, 30), language) == []


def test_recognisers_come_and_go(language: str) -> None:
    """Added, changed and removed recognisers count from the next call on, from a file too."""
    ip = IpRecognizer(supported_language=language)
    engines = pair(language, ip, predefined=False)
    registry = engines.fast.registry
    text = "alpha1 beta22 gamma333 10.1.2.3"
    assert engines.both(text, language)[0] == engines.both(text, language)[1]
    late = PatternRecognizer("LATE", name="late", supported_language=language, patterns=[Pattern("a", r"[a-z]+1", 0.5)])
    registry.add_recognizer(late)
    assert "LATE" in {each.entity_type for each in engines.fast.analyze(text, language)}
    late.patterns.append(Pattern("b", r"[a-z]+333", 0.5))
    stock, fast = engines.both(text, language)
    assert stock == fast
    assert [each[1] for each in fast if each[0] == "LATE"] == [0, 14]
    registry.remove_recognizer("IpRecognizer")
    stock, fast = engines.both(text, language)
    assert stock == fast
    assert {each[0] for each in fast} == {"LATE"}
    registry.remove_recognizer("late")
    assert engines.both(text, language) == (ValueError, ValueError)  # nobody is left


def test_recognisers_from_a_file(tmp_path: Path, language: str) -> None:
    """Recognisers read from YAML are gated like any."""
    made = {
        "recognizers": [
            {
                "name": "Zip",
                "supported_language": language,
                "supported_entity": "ZIP",
                "patterns": [{"name": "zip", "regex": r"(\b\d{5}(?:\-\d{4})?\b)", "score": 0.2}],
                "context": ["zip"],
            },
            {
                "name": "Titles",
                "supported_language": language,
                "supported_entity": "TITLE",
                "deny_list": ["Mr.", "先生"],
            },
        ]
    }
    path = tmp_path / "recognizers.yaml"
    path.write_text(json.dumps(made), encoding="utf-8")
    engines = pair(language, *users(language)[:1], predefined=False)
    engines.fast.registry.add_recognizers_from_yaml(path)
    assert differences(engines, ["Mr. X 先生, zip 12345-6789 and 54321", *_texts(language, 10)], language) == []
    assert {"ZIP", "TITLE"} <= {each.entity_type for each in engines.fast.analyze("Mr. 12345", language)}


class _Counting(PatternRecognizer):
    """Accepts only the first it is shown: judgement with a memory."""

    def validate_result(self, pattern_text: str) -> bool | None:  # noqa: ARG002 - it counts
        self.shown = getattr(self, "shown", 0) + 1
        return self.shown == 1


class _Boosting(PatternRecognizer):
    """Raises its own scores."""

    def enhance_using_context(self, text: str, raw_recognizer_results: Any, *_: Any, **__: Any) -> Any:
        for each in raw_recognizer_results:
            each.score = min(1.0, each.score + len(text) / 1000)
        return raw_recognizer_results


class _Adding(PatternRecognizer):
    """Finds more than its patterns say."""

    def analyze(self, text: str, *args: Any, **kwargs: Any) -> list[RecognizerResult]:
        found = super().analyze(text, *args, **kwargs)
        return [*found, RecognizerResult("ADDED", 0, 1, 0.5, None, {})] if text else found


class _Keeping(EntityRecognizer):
    """Returns the very same results each time it is asked."""

    def load(self) -> None:
        """Make the results, one in another's name."""
        foreign = {RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: "nobody"}
        self.kept = [RecognizerResult("KEPT", 0, 2, 0.3), RecognizerResult("KEPT", 1, 2, 0.9, None, foreign)]

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:  # noqa: ARG002
        return self.kept if len(text) > 1 else []


def test_recognisers_with_ways_of_their_own(language: str) -> None:
    """A recogniser that remembers, boosts, adds or returns the same objects twice does so here as there."""

    def made() -> list[EntityRecognizer]:
        given: dict[str, Any] = {"supported_language": language, "patterns": [Pattern("n", r"\d{3,5}", 0.3)]}
        return [
            _Counting("COUNTED", name="counting", **given),
            _Boosting("BOOSTED", name="boosting", **given),
            _Adding("ADDED", name="adding", **given),
            _Keeping(["KEPT"], name="keeping", supported_language=language),
        ]

    engines = Pair(
        pair(language, *made()).stock, pair(language, *made()).fast
    )  # a registry each, for the memory's sake
    for text in ["123 1234 12345", "nothing", *_texts(language, 10)]:
        stock, fast = engines.both(text, language)
        if isinstance(stock, list):
            stock, fast = ([each[:4] for each in found] for found in (stock, fast))  # the rest names who was asked
        assert stock == fast


class _Inventing(LemmaContextAwareEnhancer):
    """An enhancer that has the last word, even where nothing was found, and looks at who was there."""

    def enhance_using_context(self, text: str, raw_results: Any, nlp_artifacts: Any, recognizers: Any, context: Any = None) -> Any:  # fmt: skip # noqa: E501, ARG002
        score = len(nlp_artifacts.tokens) / 1000
        return [*raw_results, *(RecognizerResult(each.name, 0, 1, score, None, {}) for each in recognizers)]


def test_enhancers(language: str) -> None:
    """Any enhancer is given the same recognisers, results and artifacts."""
    engines = pair(language, *users(language), context_aware_enhancer=_Inventing())
    assert differences(engines, _texts(language, 20), language) == []
    whole = LemmaContextAwareEnhancer(context_matching_mode="whole_word", context_suffix_count=4)
    lemmas = pipeline(language, lemmas=True)
    engines = pair(language, *users(language), nlp_engine=lemmas, context_aware_enhancer=whole)
    assert differences(engines, _texts(language, 20), language) == []


@pytest.mark.parametrize("leniency", [0, 1, 2, 3])
def test_telephones(leniency: int) -> None:
    """Numbers of many regions, short ones, with extensions and in rows, are found by any leniency as ever."""
    regions = ("US", "GB", "DE", "CN", "AR", "SM", "NF", "JP", "BR")
    known = PhoneRecognizer(supported_regions=regions, leniency=leniency, name="many", supported_entity="TELEPHONE")
    engines = pair("en", known, PhoneRecognizer(), predefined=False)
    texts = [
        "650 253 0000 ext. 12 345 678 9012",
        "12 ext 3456789012345678901234506502530000",
        "020 7946 0958 12#, 0221 1234 x 5, 110 (0)30 1234",
        "+49 30 1234;ext=5 +1 (650) 253-0000 / 332-445-1234 2012-01-02 08:00 6502530000:08",
        "tel 015123456 and +683 4000 and $6502530000 a6502530000 6502530000b",
        *(nasty(seed, 30) for seed in range(80)),
    ]
    assert differences(engines, texts, "en", return_decision_process=True) == []


def test_many_threads(language: str) -> None:
    """A gate that several threads need first is built once, and all find the same."""
    engines = pair(language, *users(language))
    text = nasty(11) + PROSE[language] + VALUES[0](3)
    expected = engines.both(text, language)[0]
    engines.fast._gates.clear()
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(engines.both(text, language)[1])) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [expected] * 6


def test_without_hyperscan(plain: Pair, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without a wheel the results are the same, for nothing is gated."""
    monkeypatch.setattr("pii.exact.engine.notice", lambda: "Hyperscan is not installed.")
    monkeypatch.setattr("pii.exact.engine.Gate", None)
    assert differences(plain, _texts(language, 5), language) == []


def test_copies(plain: Pair, language: str) -> None:
    """A copy of an engine that has worked works, as one of stock does."""
    text = VALUES[0](1)
    expected = plain.both(text, language)[1]
    copied = copy.copy(plain.fast)
    assert copied._gates == {}
    assert plain._replace(fast=copied).both(text, language)[1] == expected


def test_decision_process_in_the_log(language: str) -> None:
    """An engine that logs its decisions logs the same."""
    said: dict[type, list[str]] = {}
    for kind in (AnalyzerEngine, FastAnalyzerEngine):
        engine = next(
            each for each in pair(language, *users(language), log_decision_process=True) if type(each) is kind
        )
        traces = said.setdefault(kind, [])
        engine.app_tracer.trace = lambda _, message, traces=traces: traces.append(message)
        engine.analyze("call 212-555-5555", language)
    assert [each[:30] for each in said[AnalyzerEngine]] == [each[:30] for each in said[FastAnalyzerEngine]]
    assert len(said[FastAnalyzerEngine]) == 2


def test_text_too_long_for_the_pipeline(language: str) -> None:
    """A text that the pipeline refuses is refused, though nothing in it would have needed the pipeline."""
    engines = pair(language, *users(language))
    stock, fast = engines.both("a" * 1_000_001, language)
    assert (stock, fast) == (ValueError, ValueError)


def test_long_texts(plain: Pair, language: str) -> None:
    """Long rows of digits, letters and marks, where everything is near everything, give the same."""
    texts = ["1 2 3-4." * 800, "a.b@" * 600, "9" * 3000, "www.a.com/" * 300, "::1 " * 500, "电话①" * 500]
    assert differences(plain, texts, language) == []


@pytest.mark.parametrize("label", ["int ", "INT. ", "ext. ", "xtn ", "anexo - ", "extensio\u0301n "])
def test_letters_of_an_extension_count_as_digits(plain: Pair, language: str, label: str) -> None:
    """The label of an extension may be read as a telephone's keys, so it may complete a number that is too short."""
    starts = range(100, 10_000, 331)
    texts = [f"{start}{label}{rest} 7\U0001e900" for start in starts for rest in ("485", "4850000")]
    assert differences(plain, texts, language, return_decision_process=True) == []
    if label == "int ":
        assert plain.fast.analyze("3108int 485 7\U0001e900", language, ["PHONE_NUMBER"]) != []


@pytest.mark.parametrize("space", list("\x1c\x1d\x1e\x1f\x85\u2028\u180e"))
def test_spaces_that_engines_disagree_about(language: str, space: str) -> None:
    """What `re`, `regex` and Hyperscan do not all call white space changes nothing, for our recognisers either."""
    engines = pair(language, *recognizers(language), *users(language))
    parts = (
        "user",
        "电话：",
        mobile(1),
        "QQ：12345678",
        "212-555-5555",
        "北纬30.123456",
        "N 30.1234",
        citizen(2),
        "x y",
    )
    texts = [space.join(parts[i:] + parts[:i]) + space for i in range(len(parts))]
    texts += [f"{one}{space}{other}" for one in parts for other in parts]
    assert differences(engines, texts, language, return_decision_process=True) == []


@pytest.mark.parametrize("fault", ["pattern dropped", "odd characters shown", "case folding", "window too narrow"])
def test_seeded_faults_are_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that drops a pattern, trusts the older Unicode, or looks too narrowly is found out."""
    if fault == "odd characters shown":
        monkeypatch.setattr(characters, "show", lambda text, _: text)
    engines = pair("en", *users("en"))
    texts = _texts("en", 60)
    if fault != "odd characters shown":
        assert differences(engines, texts, "en") == []
    gate = engines.fast._gates.setdefault("en", Gate(engines.fast.registry.recognizers, []))
    if fault == "pattern dropped":
        kept, monkeyed = gate._scan, "_scan"
        lost = gate._expressions[5]
        monkeypatch.setattr(gate, monkeyed, lambda text: {k: v for k, v in kept(text).items() if k != lost})
    elif fault == "case folding":
        monkeypatch.setattr("pii.exact.gate._FOLDING", object())
        texts += ["mail \u0130\u0130@58.com", "\u0130\u0131\u017f\u212a12345", "V123456 \u017fs12345", "kk\u212a"]
    elif fault == "window too narrow":
        monkeypatch.setattr("pii.exact.focus.Focus._beginning", lambda _, __, end, done: max(done, end - 2))
    assert differences(engines, texts, "en") != []


def test_only_four_characters_are_letters_where_case_is_ignored() -> None:
    """No character but the four that are left to stock is an ASCII letter to one engine and not to the other."""
    import regex

    every = "".join(chr(code) for code in range(0x80, 0x110000) if not 0xD800 <= code < 0xE000)
    assert set(regex.findall("[a-z]", every, regex.IGNORECASE)) <= set(characters.CASE_FOLDING[1:-1])


def test_results_tell_what_they_told(language: str) -> None:
    """Metadata name the recogniser and its identity, though another stood in for it."""
    engines = pair(language, *users(language))
    text = " user7@example.com 212-555-5555 "
    stock, fast = (
        [told(each) for each in one.analyze(text, language, return_decision_process=True)] for one in engines
    )
    assert stock == fast
    assert len(fast) > 1


def test_presidio_is_of_the_tested_versions() -> None:
    """What is relied on was read in these versions."""
    assert version("presidio-analyzer").startswith("2.2.")
    assert int(version("phonenumbers").split(".")[0]) in (8, 9)


@pytest.mark.realdata
@pytest.mark.parametrize("share", [0.0, 0.1, 1.0])
def test_real_texts(plain: Pair, language: str, share: float) -> None:
    """Laws and documentation with items planted in none, some and all of them give the same."""
    rng = random.Random(4)
    texts = []
    for name in ("prc-laws", "paddle-docs-cn", "pingcap-docs-cn"):
        lines = (DATA / name / "text.jsonl").read_text(encoding="utf-8").splitlines()
        for line in rng.sample(lines, 25):
            text = json.loads(line)["text"]
            start = rng.randrange(max(1, len(text) - 1500))
            text = text[start : start + 1500]
            if rng.random() < share:
                for _ in range(rng.randint(1, 3)):
                    place = rng.randrange(len(text) + 1)
                    text = text[:place] + rng.choice(VALUES)(rng.randrange(10**6)) + text[place:]
            texts.append(text)
    assert differences(plain, texts, language) == []
