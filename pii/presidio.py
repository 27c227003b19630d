"""The one door to Presidio and spaCy: analysing pieces of text, and applying what was decided.

- Nothing is ever downloaded: the pipeline is built here, or is a package or folder that exists.
- Presidio's loggers are silent; one of them would print what it saw.
- Whatever a recogniser raises is told by the recogniser's name. The foreign exception is not chained: its message may
  quote the text.
"""

import logging
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import spacy
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine
from presidio_anonymizer import AnonymizerEngine, OperatorConfig
from presidio_anonymizer import RecognizerResult as Mark
from spacy.language import Language
from spacy.tokens import Doc

from provenance.errors import ExitCode, GovernanceError, Severity
from provenance.spans import Span

__all__ = ["Analyzer", "Edit", "EntityRecognizer", "LocalPipeline", "apply", "silence"]

LANGUAGE = "zh"
_OUR_NAMES = {"PERSON": "NAME"}
"""Presidio's names of types that have another name here."""
_T = TypeVar("_T")
_MARKS_AT_ONCE = 64
_LONGEST_TEXT = 2**31 - 1


def silence() -> None:
    """Take the voices from Presidio's loggers: they hold a handler from import on, and texts when they speak."""
    for name in ("presidio-analyzer", "presidio-anonymizer", "decision_process"):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)


silence()


class LocalPipeline(SpacyNlpEngine):
    """A spaCy pipeline that is already here: a blank Chinese one, or a model by package name or folder.

    Args:
        model: Package or folder; empty for a blank pipeline of single characters.

    Raises:
        GovernanceError: The model is neither an installed package nor a folder (on loading).
    """

    nlp: dict[str, Language] | None  # type: ignore[assignment] # Presidio's first value is all mypy sees

    def __init__(self, model: str = "") -> None:
        super().__init__(models=[{"lang_code": LANGUAGE, "model_name": model or "blank"}])
        self._model = model

    def load(self) -> None:
        """Build or load the pipeline."""
        if not self._model:
            pipeline = spacy.blank(LANGUAGE)
        elif spacy.util.is_package(self._model) or Path(self._model).exists():
            pipeline = spacy.load(self._model)
        else:
            raise GovernanceError(
                "The spaCy model is neither an installed package nor a folder, and nothing is downloaded.",
                code="pii.model-missing",
                remedy="Install the model's package, or give the folder it was saved to.",
                where=self._model,
                exit_code=ExitCode.ENVIRONMENT,
            )
        pipeline.max_length = _LONGEST_TEXT
        self.nlp = {LANGUAGE: pipeline}

    def _doc_to_nlp_artifact(self, doc: Doc, language: str) -> NlpArtifacts:
        """Skip the lists over tokens, most of the time of a call, where no component has written anything there."""
        if self.get_nlp(language).pipe_names:
            return super()._doc_to_nlp_artifact(doc, language)
        return NlpArtifacts([], doc, [], [], self, language)


class _NoContext(ContextAwareEnhancer):
    """Leaves scores alone: our recognisers read the words around for themselves."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,  # noqa: ARG002
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
        recognizers: list[EntityRecognizer],  # noqa: ARG002
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        return raw_results


class _Guarded(EntityRecognizer):
    """A recogniser whose failures carry its name and nothing of the text."""

    name: str

    def __init__(self, inner: EntityRecognizer) -> None:
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

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        try:
            return self._inner.analyze(text, entities, nlp_artifacts) or []
        except Exception:  # noqa: BLE001 - a plugged-in recogniser may raise anything
            raise GovernanceError(
                "A recogniser of personal information failed on an item.",
                code="pii.recognizer-failed",
                remedy="Take the recogniser out of the configuration, or mend it; the item was not stored.",
                where=self.name,
                severity=Severity.FAIL_UNIT,
            ) from None


class Analyzer:
    """Presidio's AnalyzerEngine over a local pipeline and the given recognisers.

    Args:
        recognizers: At least one (Presidio would load its own predefined ones for none).
        model: See :class:`LocalPipeline`.
    """

    def __init__(self, recognizers: Sequence[EntityRecognizer], model: str = "") -> None:
        assert recognizers
        registry = RecognizerRegistry(
            recognizers=[_Guarded(each) for each in recognizers], supported_languages=[LANGUAGE]
        )
        self._engine = AnalyzerEngine(
            registry=registry,
            nlp_engine=LocalPipeline(model),
            supported_languages=[LANGUAGE],
            context_aware_enhancer=_NoContext(),
        )

    def analyze(self, text: str) -> list[Span]:
        """Return what the recognisers find, overlaps included, scores in thousandths.

        Raises:
            GovernanceError: A recogniser failed; it is named, the text is not quoted.
        """
        results = _translate(lambda: self._engine.analyze(text, language=LANGUAGE))
        return [
            Span(each.start, each.end, _OUR_NAMES.get(each.entity_type, each.entity_type), round(each.score * 1000))
            for each in results
        ]


class Edit(NamedTuple):
    """A stretch to change, half-open in code points of the text, its type, and Presidio's operator for it."""

    start: int
    end: int
    entity: str
    operator: str


def apply(text: str, edits: Sequence[Edit]) -> tuple[str, list[tuple[int, int]]]:
    """Change a text with Presidio's AnonymizerEngine.

    Args:
        text: The text.
        edits: In text order, none overlapping another; ``operator`` is replace, mask, redact or keep.

    Returns:
        The new text, and where each edit's outcome stands in it.
    """
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    done = size = 0
    for first in range(0, len(edits), _MARKS_AT_ONCE):  # the engine copies its text once per mark
        group = edits[first : first + _MARKS_AT_ONCE]
        start, end = group[0].start, group[-1].end
        parts.append(text[done:start])
        size += start - done
        changed, inner = _apply_group(text, start, end, group)
        places.extend((size + a, size + b) for a, b in inner)
        parts.append(changed)
        size += len(changed)
        done = end
    parts.append(text[done:])
    return "".join(parts), places


def _apply_group(text: str, start: int, end: int, edits: Sequence[Edit]) -> tuple[str, list[tuple[int, int]]]:
    # A type of its own for each edit keeps the engine from merging neighbours: overlaps are resolved already.
    marks = [Mark(str(i), edit.start - start, edit.end - start, 1.0) for i, edit in enumerate(edits)]
    operators = {str(i): _operator(edit) for i, edit in enumerate(edits)}
    result = _translate(
        lambda: _engine().anonymize(text[start:end], marks, operators, merge_entities_with_spaces=False)
    )
    places = sorted((int(item.entity_type), item.start, item.end) for item in result.items)
    return result.text, [(first, last) for _, first, last in places]


@cache
def _engine() -> AnonymizerEngine:
    build: Callable[[], AnonymizerEngine] = AnonymizerEngine  # its constructor carries no annotations
    return build()


def _operator(edit: Edit) -> OperatorConfig:
    if edit.operator == "replace":
        return OperatorConfig("replace", {"new_value": f"<{edit.entity}>"})
    if edit.operator == "mask":
        return OperatorConfig("mask", {"masking_char": "*", "chars_to_mask": edit.end - edit.start, "from_end": False})
    return OperatorConfig(edit.operator)


def _translate(call: Callable[[], _T]) -> _T:
    try:
        return call()
    except GovernanceError:
        raise
    except Exception as error:  # noqa: BLE001 - the door lets no foreign exception through
        raise GovernanceError(
            f"Presidio failed on an item ({type(error).__name__}).",
            code="pii.engine-failed",
            remedy="Run `yuliao doctor`; the versions of Presidio and spaCy must be those of the lock file.",
            severity=Severity.FAIL_UNIT,
        ) from None
