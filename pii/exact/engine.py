"""The engine: Presidio's ``AnalyzerEngine`` with the recognisers that can find something, and no others."""

import copy
import threading
from typing import Any

import regex
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts

from pii.exact.gate import Gate
from pii.exact.pipeline import is_bare, longest_text, postponed
from pii.exact.twin import twin
from pii.scanner import notice

_BUILDING = threading.Lock()


class FastAnalyzerEngine(AnalyzerEngine):
    """Gives what ``AnalyzerEngine`` gives, for any registry, pipeline and enhancer, and takes the same arguments.

    Recognisers may be added at any time; the next call prepares for them, which takes seconds unless the same ones
    were prepared for before on this machine. Without Hyperscan it is the stock engine, and as slow. Where time runs out
    in a pattern (Presidio allows 60 seconds to each), what is found depends on the machine, here as there.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Presidio's own
        super().__init__(*args, **kwargs)
        self._gates: dict[str, Gate] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Leave what was prepared for this process behind; a copy prepares for itself."""
        return vars(self) | {"_gates": {}}

    def analyze(  # noqa: PLR0913, PLR0917 - Presidio's signature
        self,
        text: str,
        language: str,
        entities: list[str] | None = None,
        correlation_id: str | None = None,
        score_threshold: float | None = None,
        return_decision_process: bool | None = False,
        ad_hoc_recognizers: list[EntityRecognizer] | None = None,
        context: list[str] | None = None,
        allow_list: list[str] | None = None,
        allow_list_match: str | None = "exact",
        regex_flags: int | None = regex.DOTALL | regex.MULTILINE | regex.IGNORECASE,
        nlp_artifacts: NlpArtifacts | None = None,
    ) -> list[RecognizerResult]:
        """Find what the recognisers of a language find in a text; see ``AnalyzerEngine.analyze``."""
        rest: dict[str, Any] = {
            "correlation_id": correlation_id,
            "score_threshold": score_threshold,
            "return_decision_process": return_decision_process,
            "context": context,
            "allow_list": allow_list,
            "allow_list_match": allow_list_match,
            "regex_flags": regex_flags,
            "nlp_artifacts": nlp_artifacts,
        }
        chosen = self.registry.get_recognizers(
            language=language, entities=entities, all_fields=not entities, ad_hoc_recognizers=ad_hoc_recognizers
        )
        gate = self._gate(language) if self._may_gate(text, language) else None
        look = gate.look(text) if gate else None
        if not (gate and look):
            return super().analyze(text, language, entities, ad_hoc_recognizers=ad_hoc_recognizers, **rest)
        is_mute = not nlp_artifacts and is_bare(self.nlp_engine, language)
        is_plain = is_mute and not context and self._is_stock_enhancer() and gate.keep_scores(chosen)
        asked = gate.ask(chosen, look, is_mute=is_mute, silent=not is_plain)
        if is_plain and not asked and not allow_list:
            return []
        view = twin(
            self,
            registry=_Asked(asked),
            nlp_engine=postponed(self.nlp_engine),
            _is_plain=is_plain,
            _owns_results=gate.knows(chosen, is_mute=is_mute),
        )
        return AnalyzerEngine.analyze(view, text, language, entities or gate.supported_entities, **rest)

    def _enhance_using_context(self, text: str, raw_results: list[RecognizerResult], *args: Any) -> Any:  # noqa: ANN401
        """Leave scores alone where no context can be found; the stock enhancer copies results all the same.

        It raises where a find begins behind the last token, which a final space may be.
        """
        if vars(self).get("_is_plain") and max((each.start for each in raw_results), default=0) < len(text.rstrip()):
            return raw_results if vars(self)["_owns_results"] else _copied(raw_results, args[1])
        return super()._enhance_using_context(text, raw_results, *args)

    def _may_gate(self, text: str, language: str) -> bool:
        if notice() or self.log_decision_process or not isinstance(text, str):
            return False
        longest = longest_text(self.nlp_engine, language)
        return longest is None or len(text) <= longest

    def _gate(self, language: str) -> Gate:
        recognizers = [each for each in self.registry.recognizers if each.supported_language == language]
        gate = self._gates.get(language)
        if gate is None or not gate.fits(recognizers):
            with _BUILDING:
                gate = self._gates.get(language)
                if gate is None or not gate.fits(recognizers):
                    gate = self._gates[language] = Gate(recognizers, self.get_supported_entities(language))
        return gate

    def _is_stock_enhancer(self) -> bool:
        return type(self.context_aware_enhancer) is LemmaContextAwareEnhancer


def _copied(results: list[RecognizerResult], recognizers: list[EntityRecognizer]) -> list[RecognizerResult]:
    """Copy results as the stock engine does, those left out that name a recogniser which was not asked."""
    key = RecognizerResult.RECOGNIZER_IDENTIFIER_KEY
    asked = {each.id for each in recognizers}
    return copy.deepcopy([each for each in results if each.recognition_metadata[key] in asked])


class _Asked:
    """A registry of those who are asked about one text."""

    def __init__(self, recognizers: list[EntityRecognizer]) -> None:
        self._recognizers = recognizers

    def get_recognizers(self, **_: object) -> list[EntityRecognizer]:
        return self._recognizers
