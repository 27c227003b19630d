"""Presidio as it comes and our fast engine side by side, on pipelines that are built here and download nothing."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import spacy
import tldextract.tldextract
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import NoOpNlpEngine, SpacyNlpEngine
from spacy.language import Language
from spacy.tokens import Doc

from pii.exact import FastAnalyzerEngine


class Pair(NamedTuple):
    """Two engines over one registry."""

    stock: AnalyzerEngine
    fast: FastAnalyzerEngine

    def both(self, text: str, language: str, **asked: Any) -> tuple[Any, Any]:
        """Return what each answers, or what each raises."""
        return _answer(self.stock, text, language, asked), _answer(self.fast, text, language, asked)


def _answer(engine: AnalyzerEngine, text: str, language: str, asked: dict[str, Any]) -> Any:
    try:
        results = engine.analyze(text, language, **asked)
    except Exception as error:  # noqa: BLE001 - whatever stock raises, the fast one must raise
        return type(error)
    return sorted((each.entity_type, each.start, each.end, each.score, told(each)) for each in results)


def told(result: Any) -> str:
    """Return a result's explanation and metadata."""
    why = result.analysis_explanation
    return f"{sorted(vars(why).items(), key=repr) if why else None} {sorted(result.recognition_metadata.items())}"


@Language.component("tests_words_as_lemmas")
def _words_as_lemmas(doc: Doc) -> Doc:
    for token in doc:
        token.lemma_ = token.text
    return doc


def pipeline(language: str, *, lemmas: bool = False, ruler: bool = False) -> SpacyNlpEngine:
    """Return a spaCy pipeline; with lemmas, so that context words work, or with a ruler that finds a person."""
    built = spacy.blank(language)
    if lemmas:
        built.add_pipe("tests_words_as_lemmas")
    if ruler:
        rules: Any = built.add_pipe("entity_ruler")
        rules.add_patterns([{"label": "PERSON", "pattern": "王小明" if language == "zh" else "Ann"}])
    engine = SpacyNlpEngine(models=[{"lang_code": language, "model_name": "blank"}])
    engine.nlp = {language: built}  # type: ignore[assignment] # Presidio annotates None only
    return engine


def pair(
    language: str, *others: EntityRecognizer, predefined: bool = True, nlp_engine: Any = None, **options: Any
) -> Pair:
    """Return both engines over Presidio's predefined recognisers and others, or over others alone."""
    # Presidio's e-mail recogniser would fetch a list of domains.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())
    engine = nlp_engine or pipeline(language)
    registry = RecognizerRegistry(supported_languages=[language])
    if predefined:
        registry.load_predefined_recognizers(languages=[language], nlp_engine=engine)
    for each in others:
        registry.add_recognizer(each)
    both = [
        kind(registry=registry, nlp_engine=engine, supported_languages=[language], **options)
        for kind in (AnalyzerEngine, FastAnalyzerEngine)
    ]
    return Pair(both[0], both[1])


def no_pipeline(language: str) -> NoOpNlpEngine:
    """Return the engine that makes no tokens."""
    engine = NoOpNlpEngine(models=[{"lang_code": language, "model_name": ""}])
    engine.load()
    return engine


def users(language: str) -> list[EntityRecognizer]:
    """Return recognisers as a user may write them: odd flags, odd syntax, lists of words, no lower or upper end."""
    return [
        _user(language, "Plain", 0, r"(?<!\d)\d{3,}(?=\D|$)", r"[\u4e00-\u9fff]{2,}\w+", r"\b[A-Z]\w{2,}\d\b"),
        _user(language, "Lines", 8, r"^\W+\w", r"\d+$", r"^.*号.*$", r"(?-m:^\d)"),
        _user(language, "Case", 2, r"straße|K{2,}|ss", r"[a-z]{3}\d+", r"[\u0400-\u04ff]+", r"(?-i:[A-Z]{3,})x?"),
        _user(language, "Long", 26, r"\b\w+\b(?:\s+\w+){2,}", r"(\d)\1{2,}", r"user.*\d", r"(?:a|ab)++c|(?>1+)2"),
        _user(language, "Negative", 24, r"[^\s\x00-\x7f]{3,8}", r"[^\W\d_]{4,}", r"\S+@\S+", r"(?s:.)\d\d(?=.*z)"),
        _user(language, "Own", 0, r"(?:foo|\d{4}){e<=1}", r"a*|b*", r"[[:digit:]]{5}", r"\p{Han}{3}", r"(?a:\w{9})"),
        _user(language, "Marks", 0, r"[①-⑳]+\d", r"²\d+", r"\w+²", r"\d\ufe0f?\u20e3", r"(?x) \d \d [ ] "),
        PatternRecognizer(
            "LISTED", name="Listed", supported_language=language, deny_list=["电话", "user", "K", "²", "("]
        ),
    ]


def _user(language: str, name: str, flags: int, *expressions: str) -> PatternRecognizer:
    patterns = [Pattern(f"{name}-{i}", each, 0.1 + i / 10) for i, each in enumerate(expressions)]
    words = ["user", "电话", "card"]
    return PatternRecognizer(
        f"USER_{name.upper()}",
        name=name,
        supported_language=language,
        patterns=patterns,
        context=words,
        global_regex_flags=flags,
    )


def differences(engines: Pair, texts: Iterable[str], language: str, **asked: Any) -> list[int]:
    """Return which texts the engines answer differently about, by number; never what stands in them."""
    answers = (engines.both(text, language, **asked) for text in texts)
    return [number for number, (stock, fast) in enumerate(answers) if stock != fast]
