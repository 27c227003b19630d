"""What a natural language pipeline has to say: nothing at all, or something that is asked for only when needed."""

from collections.abc import Callable
from typing import Any

from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine, NoOpNlpEngine, SpacyNlpEngine
from spacy.lang.zh import ChineseTokenizer
from spacy.tokenizer import Tokenizer

_KNOWN = ("presidio_analyzer", "pii")
"""Packages whose engines give ``NlpArtifacts`` and nothing derived from them."""


def is_bare(engine: NlpEngine, language: str) -> bool:
    """Tell whether a pipeline only cuts texts into tokens: no lemma, no entity, so no context and no find."""
    if type(engine) is NoOpNlpEngine:
        return True
    kind: Any = type(engine)
    if not (
        isinstance(engine, SpacyNlpEngine)
        and kind.process_text is SpacyNlpEngine.process_text
        and kind._doc_to_nlp_artifact is SpacyNlpEngine._doc_to_nlp_artifact  # noqa: SLF001 - overridden, it may lemmatise
        and kind._get_entities is SpacyNlpEngine._get_entities  # noqa: SLF001 - overridden, it may find
    ):
        return False
    pipelines: Any = engine.nlp or {}
    pipeline = pipelines.get(language)
    if pipeline is None or type(pipeline.tokenizer) not in {Tokenizer, ChineseTokenizer}:
        return False
    return not vars(pipeline).get("_components", pipeline)  # `pipe_names` says the same in twenty times the time


def longest_text(engine: Any, language: str) -> int | None:  # noqa: ANN401 - any engine
    """Return the length in characters above which a pipeline refuses a text, None where there is no such length."""
    pipelines = getattr(engine, "nlp", None)
    pipeline = pipelines.get(language) if isinstance(pipelines, dict) else None
    return getattr(pipeline, "max_length", None)


class Later(NlpArtifacts):
    """A pipeline's outcome, worked out when it is first looked at.

    Args:
        work_out: Gives the outcome.
    """

    def __init__(self, work_out: Callable[[], NlpArtifacts]) -> None:
        self._work_out = work_out

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - called for what is not there yet
        if name.startswith("__") or "_work_out" not in vars(self):
            raise AttributeError(name)
        outcome = self._work_out()
        vars(self).clear()
        vars(self).update(vars(outcome))
        return getattr(outcome, name)


class Postponed:
    """Takes an engine's place for one call: its outcome is worked out when somebody looks at it.

    Args:
        engine: One that gives ``NlpArtifacts`` and nothing derived from them.
    """

    def __init__(self, engine: NlpEngine) -> None:
        self._engine = engine

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Return what the engine will say."""
        return Later(lambda: self._engine.process_text(text, language))


def postponed(engine: NlpEngine) -> Any:  # noqa: ANN401 - it stands for an engine
    """Return an engine that works when it is asked about its outcome, where that is known to make no difference."""
    kind: Any = type(engine)
    is_known = isinstance(engine, SpacyNlpEngine) and all(
        method.__module__.partition(".")[0] in _KNOWN
        for method in (kind.process_text, kind._doc_to_nlp_artifact)  # noqa: SLF001 - they make the outcome
    )
    return Postponed(engine) if is_known else engine
