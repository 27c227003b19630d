"""Recognisers of others, called so that a failure tells who failed and nothing of the text.

Presidio gives a pattern a minute. When it is over, it tells its logger, goes on without the pattern, and the text
counts as clean; here it is a failure like any other. A pattern that is hopeless on short texts already is refused
before any text is read.
"""

import logging
import string
import threading
from collections.abc import Iterable

import regex
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from provenance.errors import ExitCode, GovernanceError, Severity
from provenance.spans import Span

_OUR_NAMES = {"PERSON": "NAME"}
"""Presidio's names of types that have another name here."""
_PATIENCE_S = 1.0
_UNITS = ("a", "A", "1", " ", "-", ".", "@", "文", "a1", "a ", "1 ", "a.")
_PROBES = tuple(unit * (2_000 // len(unit)) + "\x00" + string.printable for unit in _UNITS)
"""Texts in which every repeat has something to repeat, and what may have to follow stands too far behind."""


class _Ear(logging.Handler):
    """Hears that a pattern ran out of time; the record is looked at and never written."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = threading.local()

    def emit(self, record: logging.LogRecord) -> None:
        if "timed out" in str(record.msg):
            self.heard.timeout = True


_EAR = _Ear()


def silence() -> None:
    """Take the voices from Presidio's loggers: they hold a handler from import on, and texts when they speak."""
    for name in ("presidio-analyzer", "presidio-anonymizer", "decision_process"):
        logger = logging.getLogger(name)
        logger.handlers = [_EAR]
        logger.propagate = False
        logger.setLevel(logging.WARNING)


silence()


def failure(name: str) -> GovernanceError:
    """Return the error that names a recogniser that failed, and quotes nothing."""
    return GovernanceError(
        "A recogniser of personal information failed on an item.",
        code="pii.recognizer-failed",
        remedy="Take the recogniser out of the configuration, or mend it; the item was not stored.",
        where=name,
        severity=Severity.FAIL_UNIT,
    )


class Guarded(EntityRecognizer):
    """A recogniser whose failures carry its name and nothing of the text.

    Args:
        inner: The recogniser.

    Raises:
        GovernanceError: A pattern of it takes time without end on a short text.
    """

    name: str

    def __init__(self, inner: EntityRecognizer) -> None:
        _refuse_endless(inner)
        self._inner = inner
        super().__init__(
            supported_entities=inner.supported_entities,
            name=inner.name,  # type: ignore[has-type] # Presidio infers it from a parameter without a type
            supported_language=inner.supported_language,
            context=inner.context,
            score_thresholds=inner.score_thresholds,
        )
        self._id = inner.id  # Presidio drops results whose recogniser it does not know

    def load(self) -> None:
        """Do nothing: the inner one is loaded."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None) -> list[RecognizerResult]:
        """Return what the inner one finds.

        Raises:
            GovernanceError: It raised something, or a pattern of it ran out of time.
        """
        _EAR.heard.timeout = False
        try:
            results = self._inner.analyze(text, entities, nlp_artifacts)  # type: ignore[arg-type] # theirs may be None
        except Exception:  # noqa: BLE001 - a plugged-in recogniser may raise anything
            raise failure(self.name) from None
        if _EAR.heard.timeout:
            raise failure(self.name)
        return results or []


class Reader:
    """A recogniser that reads a text and nothing else, called without Presidio's engine.

    Args:
        recognizer: It is given no artifacts of a pipeline.

    Raises:
        GovernanceError: A pattern of it takes time without end.
    """

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self._recognizer = Guarded(recognizer)

    def analyze(self, text: str) -> list[Span]:
        """Return what it finds, overlaps included, scores in thousandths.

        Raises:
            GovernanceError: The recogniser failed.
        """
        results = self._recognizer.analyze(text, self._recognizer.supported_entities, None)
        return spans(each for each in results if each.score > 0)


def spans(results: Iterable[RecognizerResult]) -> list[Span]:
    """Return Presidio's results as spans, types by our names, scores in thousandths."""
    return [
        Span(each.start, each.end, _OUR_NAMES.get(each.entity_type, each.entity_type), round(each.score * 1000))
        for each in results
    ]


def reads_text_only(recognizer: EntityRecognizer) -> bool:
    """Tell whether a recogniser needs neither a pipeline nor anything else of Presidio's engine.

    One that says so does, and a PatternRecognizer as Presidio made it, without thresholds of its own.
    """
    is_plain = isinstance(recognizer, PatternRecognizer) and type(recognizer).analyze is PatternRecognizer.analyze
    return bool(getattr(recognizer, "reads_text_only", is_plain and not recognizer.score_thresholds))


def _refuse_endless(recognizer: EntityRecognizer) -> None:
    if not isinstance(recognizer, PatternRecognizer):
        return
    patterns: list[Pattern] = recognizer.patterns  # type: ignore[has-type] # Presidio infers it from a parameter
    for pattern in patterns:
        compiled = regex.compile(pattern.regex, recognizer.global_regex_flags or 0)
        try:
            for probe in _PROBES:
                compiled.search(probe, timeout=_PATIENCE_S)
        except TimeoutError:
            raise GovernanceError(
                "A pattern of a recogniser takes time without end on a short text.",
                code="pii.pattern-endless",
                remedy="Write it so that no two repeats can share the same characters, as those of (a+)+ do.",
                where=str(pattern.name),
                exit_code=ExitCode.USAGE,
            ) from None
