"""The facts (事实) as JSON: what ``yuliao facts --json`` prints and what the report's archive holds."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from provenance.canonical import Json
from rules.complaints import complaints_json
from rules.figures import LexiconFact, amounts
from rules.marks import labels_json, notices_json
from rules.residuals import residuals_json
from rules.withdrawals import withdrawals_json

if TYPE_CHECKING:
    from rules.facts import Facts


def tree(facts: "Facts") -> dict[str, Json]:
    """Return the facts as JSON: integers and text only, keys in a fixed order."""
    return {
        "workspace": facts.workspace,
        "ledger": {"size": facts.ledger_size, "head": facts.ledger_head, "as_of": facts.as_of},
        "rules": {"edition": facts.rules_edition, "profile": facts.profile},
        "items": {**asdict(facts.items), "by_reason": dict(facts.by_reason)},
        "intake": {"bytes": facts.intake_bytes, "blank_lines": facts.blank_lines},
        "bytes": facts.total.bytes,
        "tokens": {
            "count": facts.total.tokens,
            "tokenizer": " + ".join(facts.tokenizers),
            "tokenizers": list(facts.tokenizers),
        },
        "by_type": amounts(facts.by_type),
        "unscreened_media": {kind: asdict(fact) for kind, fact in facts.unscreened_media.items()},
        "by_source_class": amounts(facts.by_source_class),
        "by_region": amounts(facts.by_region),
        "composition": [
            {"class": row.source_class, "region": row.region, "type": row.type, **row.amount.to_json()}
            for row in facts.composition
        ],
        "personal_information": {
            entity: asdict(total) for entity, total in facts.pi_totals.items() if not entity.startswith("*")
        },
        "personal_information_items": {
            entity.lstrip("*"): total.items for entity, total in facts.pi_totals.items() if entity.startswith("*")
        },
        "personal_information_by_source": [asdict(row) for row in facts.personal_information],
        "uncovered": [{"source": source, "type": entity} for source, entity in facts.uncovered],
        "risks": {
            risk: {"items": fact.items, "hits": fact.hits}
            for risk, fact in facts.risks.items()
            if not risk.startswith("*")
        },
        "risk_items_cleared": {
            risk.lstrip("*"): fact.cleared_items for risk, fact in facts.risks.items() if fact.cleared_items
        },
        "risk_items": {risk.lstrip("*"): fact.items for risk, fact in facts.risks.items() if risk.startswith("*")},
        "sources": {str(name): source.to_json() for name, source in facts.sources.items()},
        "lexicon": None if facts.lexicon is None else _lexicon(facts.lexicon),
        "unfinished": list(facts.unfinished),
        "samples": [each.to_json() for each in facts.samples],
        "labels": labels_json(facts.labels, facts.synthetic_sources),
        "ip": notices_json(facts.notices),
        "complaints": complaints_json(facts.complaints, facts.as_of),
        "lists": {name: asdict(held) for name, held in facts.lists.items()},
        "withdrawals": withdrawals_json(facts.withdrawals),
        "residual": residuals_json(facts.residuals),
        "annotation": facts.annotation.to_json(),
    }


def _lexicon(lexicon: LexiconFact) -> dict[str, Json]:
    return {**asdict(lexicon), "by_risk": dict(lexicon.by_risk)}
