"""What a source's declaration and papers decide about the marks of its items: labels, notices of rights, metadata."""

from collections.abc import Iterator, Mapping

from corpus.sources import Source
from corpus.sources.declarations import Declaration
from corpus.stages.describe import MetadataParams
from corpus.stages.labels import LabelParams
from corpus.stages.notices import RightsParams
from provenance.events import GeneratingModel
from provenance.ids import SourceId
from rules import labels, metadata, notices

_SYNTHETIC = "synthetic"


def label_params(source: Source, known: Mapping[SourceId, Source]) -> LabelParams:
    """Return how labels of generated content are read, and what is declared of the generating model.

    What was derived from synthetic sources was generated too, by the models that those declare.
    """
    is_synthetic = source.registered.source_class == _SYNTHETIC
    models = list(_models(source, known)) if is_synthetic else []
    return LabelParams(
        rules=labels.load(),
        is_synthetic=is_synthetic,
        version_declared=bool(models) and all(model.version for model in models),
    )


def _models(source: Source, known: Mapping[SourceId, Source]) -> Iterator[GeneratingModel]:
    if source.registered.model:
        yield source.registered.model
    for parent in source.registered.parents:
        yield from _models(known[SourceId(parent)], known)


def rights_params(source: Source) -> RightsParams:
    """Return which notices of rights keep an item of this source out, its papers considered.

    Clause:
        R-022, R-132
    """
    rules, registered = notices.load(), source.registered
    withheld = rules.withheld(registered.source_kind, source.evidence.keys())
    return RightsParams(
        withheld=withheld,
        yields_to_licence=tuple(name for name in withheld if rules.kind(name).yields_to_licence),
        licence=registered.licence,
        uses=registered.intended_uses,
        edition=notices.edition(),
    )


def metadata_params(source: Source, declared: Declaration) -> MetadataParams:
    """Return what an item of this source must carry, and whether the declaration names what it must.

    Clause:
        R-121
    """
    needed = metadata.load()[source.registered.source_kind]
    return MetadataParams(needed.item, is_declared=all(declared.values(path) for path in needed.declared))
