"""Names as an ordinary Presidio recogniser; usable in plain Presidio too.

It has no cues: a name may stand anywhere, so it reads every text whole. The model, its compiler and its weights are
loaded on the first text.
"""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from presidio_analyzer import AnalysisExplanation, LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from pii.normalise import fold
from provenance.errors import ExitCode, GovernanceError

if TYPE_CHECKING:
    from pii.names.finder import Finder
    from pii.names.weights import Setting

_ENTITY = "NAME"
_SETTINGS = ("balanced", "recall")


class NameRecognizer(LocalRecognizer):
    """Finds names of persons (姓名): Chinese, transliterated, and Latin ones that a title or field announces.

    Args:
        supported_language: The language under which Presidio calls it.
        setting: ``balanced``, or ``recall`` for more of them at the price of more false ones.

    Raises:
        GovernanceError: There is no such setting.
    """

    COUNTRY_CODE: ClassVar[str | None] = "cn"
    reads_text_only: ClassVar[bool] = True
    name: str

    def __init__(self, supported_language: str = "zh", setting: "Setting" = "balanced") -> None:
        if setting not in _SETTINGS:
            raise GovernanceError(
                "There is no such setting for names.",
                code="pii.unknown-setting",
                remedy=f"Use one of {', '.join(_SETTINGS)}.",
                where=str(setting),
                exit_code=ExitCode.USAGE,
            )
        self.setting = setting
        super().__init__(supported_entities=[_ENTITY], supported_language=supported_language)

    def load(self) -> None:
        """Do nothing: the model is loaded on the first text."""

    @cached_property
    def _finder(self) -> "Finder":
        from pii.names.finder import Finder  # noqa: PLC0415 - the compiler takes its time; not every text needs names

        return Finder(self.setting)

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,  # noqa: ARG002 - Presidio's signature
    ) -> list[RecognizerResult]:
        """Find names in a text; spans point into the text as given, hidden characters covered."""
        if _ENTITY not in entities:
            return []
        folded = fold(text)
        return [
            self._result(each.score / 1000, *folded.offsets.back(each.start, each.end))
            for each in self._finder.find(folded.text)
        ]

    def _result(self, score: float, start: int, end: int) -> RecognizerResult:
        explanation = AnalysisExplanation(self.name, score, textual_explanation=f"Detected by {self.name}")
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(_ENTITY, start, end, score, explanation, metadata)
