"""The one door to Presidio's analyser and spaCy; what was decided is applied in :mod:`pii.operators`.

- Nothing is ever downloaded: the pipeline is built here, or is a package or folder that exists.
- Presidio's loggers are silent; one of them would print what it saw.
- Whatever a recogniser raises is told by the recogniser's name (:mod:`pii.guarded`). The foreign exception is not
  chained: its message may quote the text.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import spacy
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import SpacyRecognizer
from spacy.language import Language
from spacy.tokens import Doc

from pii.guarded import Guarded, silence, spans
from provenance.errors import ExitCode, GovernanceError, Severity
from provenance.spans import Span

__all__ = [
    "Analyzer",
    "EntityRecognizer",
    "LocalPipeline",
    "persons_of_model",
    "silence",
    "translate",
]

LANGUAGE = "zh"
_T = TypeVar("_T")
_LONGEST_TEXT = 2**31 - 1


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


class Analyzer:
    """Presidio's AnalyzerEngine over a local pipeline and the given recognisers.

    Args:
        recognizers: At least one (Presidio would load its own predefined ones for none).
        model: See :class:`LocalPipeline`.
    """

    def __init__(self, recognizers: Sequence[EntityRecognizer], model: str = "") -> None:
        assert recognizers
        registry = RecognizerRegistry(
            recognizers=[Guarded(each) for each in recognizers], supported_languages=[LANGUAGE]
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
        return spans(translate(lambda: self._engine.analyze(text, language=LANGUAGE)))


def persons_of_model() -> EntityRecognizer:
    """Return Presidio's own recogniser of what a pipeline calls a person."""
    return SpacyRecognizer(supported_language=LANGUAGE, supported_entities=["PERSON"])


def translate(call: Callable[[], _T]) -> _T:
    """Call Presidio; whatever foreign exception comes back is told without quoting it.

    Raises:
        GovernanceError: It failed.
    """
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
