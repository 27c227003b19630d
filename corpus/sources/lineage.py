"""What a derived source (衍生语料) comes from: its parents, their class, and where they stand."""

from collections.abc import Iterable, Mapping

from corpus.sources.states import Source
from provenance.errors import GovernanceError
from provenance.ids import SourceId


def demand_descent(source: SourceId, parents: Iterable[SourceId], known: Mapping[SourceId, Source]) -> None:
    """Demand that a source's parents are registered and that none of them comes from it.

    Args:
        source: The source that is declared.
        parents: What its declaration names.
        known: Every declared source.

    Raises:
        GovernanceError: A parent is not registered, or the source comes from itself, directly or through others.
    """
    for parent in parents:
        if parent != source and parent not in known:
            raise GovernanceError(
                f"The declaration names the parent {parent}, which is not registered.",
                code="corpus.bad-parents",
                remedy="Register the parents first with `yuliao source add`.",
            )
        circle = _ancestors(parent, known).get(source)
        if circle:
            raise GovernanceError(
                f"A source cannot come from itself: {' comes from '.join((source, *circle))}.",
                code="corpus.cyclic-parents",
                remedy="Name the sources that the data was really derived from.",
            )


def common_class(parents: Iterable[SourceId], known: Mapping[SourceId, Source]) -> str:
    """Return the class under which the parents are reported.

    Raises:
        GovernanceError: They are of several classes.
    """
    classes = {known[each].registered.source_class for each in parents}
    if len(classes) != 1:
        raise GovernanceError(
            "The parents of a derived source must all be of one class.",
            code="corpus.bad-parents",
            remedy="Split what comes from several classes into a source each.",
        )
    return classes.pop()


def closed_ancestors(source: Source, known: Mapping[SourceId, Source]) -> list[Source]:
    """Return the sources that a source comes from, through however many steps, of which nothing may be taken in now."""
    above = [known[each] for each in _ancestors(source.id, known) if each != source.id]
    return [each for each in above if not each.state.is_open]


def open_descendants(source: SourceId, known: Mapping[SourceId, Source]) -> list[Source]:
    """Return the sources derived from one, through however many steps, of which something may still be taken in."""
    below = (each for each in known.values() if each.id != source and source in _ancestors(each.id, known))
    return [each for each in below if each.state.is_open]


def _ancestors(start: SourceId, known: Mapping[SourceId, Source]) -> dict[SourceId, tuple[SourceId, ...]]:
    """Return every source above one, itself included, each with the chain that leads there."""
    reached: dict[SourceId, tuple[SourceId, ...]] = {start: (start,)}
    waiting = [start]
    while waiting:
        each = waiting.pop()
        for parent in map(SourceId, known[each].registered.parents if each in known else ()):
            if parent not in reached:
                reached[parent] = (*reached[each], parent)
                waiting.append(parent)
    return reached
