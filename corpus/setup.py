"""What an ingest is given beside the files: the rules, and who asks for what."""

from dataclasses import asdict, dataclass
from pathlib import Path

from corpus import pipeline
from corpus.pipeline import PipelineParams
from corpus.sources import Source
from corpus.stages.scripts import UNICODE_VERSION
from provenance.canonical import Json, encode
from provenance.ids import digest


@dataclass(frozen=True)
class Setup:
    """All that an ingest needs to know beside its files.

    Attributes:
        pipeline: What decides, see :class:`corpus.pipeline.PipelineParams`.
        unit_bytes: Size of a work unit in bytes of the stored file.
        lot_units: Work units that become fact together.
        rules_edition: Digest of the rules' data.
        lexicon: Digest of the released keyword library.
        tokenizer: Name and digest of the tokenizer.
        code: Digest of the code that decides.
        uncovered: Types of personal information ordered to be stripped that no recogniser finds.
    """

    pipeline: PipelineParams
    unit_bytes: int
    lot_units: int
    rules_edition: str
    lexicon: str
    tokenizer: str
    code: str
    uncovered: tuple[str, ...]

    @property
    def stages(self) -> tuple[str, ...]:
        """Name and version of every stage, in order."""
        return tuple(f"{stage.name}/{stage.version}" for stage in pipeline.STAGES)

    def configuration(self) -> str:
        """Return the digest of everything that can change what becomes of an item, and of nothing else."""
        params = self.pipeline
        decisive: dict[str, Json] = {
            "stages": list(self.stages),
            "unicode": UNICODE_VERSION,
            "reading": asdict(params.reading),
            "language": asdict(params.language),
            "screen": [list(params.screen.languages), list(params.screen.limits)],
            "papers": params.papers.decisive(),
            "labels": asdict(params.labels),
            "rights": asdict(params.rights),
            "metadata": asdict(params.metadata),
            "near": params.near.decisive() if params.near else None,
            "stripper": params.stripper.decisive(),
            "lexicon": self.lexicon,
            "tokenizer": self.tokenizer,
        }
        return digest(encode(decisive))


@dataclass(frozen=True)
class Request:
    """What somebody asked for: the files and folders of an admitted source."""

    source: Source
    paths: tuple[Path, ...]
    actor: str
