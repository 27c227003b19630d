"""The second pass over stripped texts (残余风险评估), recorded in the ledger."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from corpus import residual as second_pass
from corpus.sources import require_declared, sources
from provenance.canonical import encode
from provenance.errors import GovernanceError
from provenance.events import ResidualMeasured
from provenance.ids import SourceId, digest, source_id
from rules.residuals import ResidualFact
from ui.bootstrap import House, code_digest
from ui.services import reading
from ui.stripping import stripper_for

SETTING: Final = "recall"
"""Names are looked for more strictly than when they were stripped."""


def measure(
    house: House, source: str = "", *, progress: Callable[[str, int], None] = lambda *_: None
) -> list[ResidualFact]:
    """Measure what is left in the stored texts of a source, or of every one that has any, and record it.

    Args:
        house: The open workspace.
        source: Id of the source; empty for all.
        progress: Told the source and how many of its texts were searched.

    Raises:
        GovernanceError: The source is not declared, or there is no stored text.
    """
    known = sources(house.workspace.ledger)
    wanted = [require_declared(house.workspace.ledger, source_id(source)).id] if source else sorted(known)
    done = [name for name in wanted if _measure(house, name, progress)]
    if not done:
        raise GovernanceError(
            "There is no stored text to search.",
            code="ui.nothing-stored",
            remedy="Take items in first: `yuliao ingest SOURCE PATH...`.",
            where=source,
        )
    facts = reading.facts_of(house)
    return [facts.residuals[name] for name in done]


def _measure(house: House, name: SourceId, progress: Callable[[str, int], None]) -> bool:
    """Measure one source, and say whether it had any text."""
    stripper = stripper_for(house, require_declared(house.workspace.ledger, name))
    sees = house.workspace.ledger.head().size
    means = replace(stripper, names=SETTING if stripper.names else None)
    found = second_pass.measure(
        house.workspace,
        name,
        stripper,
        means,
        drawn=house.catalog.house.integer("canary_texts"),
        progress=lambda seen: progress(name, seen),
    )
    if not found.items:
        return False
    event = ResidualMeasured(
        source=name,
        sees=sees,
        items=found.items,
        items_left=found.items_left,
        texts=found.texts,
        setting=SETTING,
        counts=found.counts,
        configuration=digest(encode({"stripped": stripper.decisive(), "searched": means.decisive()})),
        rules_edition=house.catalog.edition,
        code=code_digest(),
    )
    house.workspace.ledger.record(actor=house.actor, subject=name, event=event)
    return True


def rows(measured: ResidualFact) -> list[tuple[object, ...]]:
    """Return the rows of a source for a terminal: all together, then each type of which anything is to be said."""
    left = sum(each.occurrences for each in measured.counts)
    caught = measured.planted - measured.missed
    whole = (measured.source, "all", measured.items, measured.items_left, left, measured.planted, caught)
    return [
        whole,
        *(
            (measured.source, each.entity, measured.items, each.items, each.occurrences, each.planted, each.caught)
            for each in measured.counts
            if each.occurrences or each.caught < each.planted
        ),
    ]
