"""Checks on collection and authorisation (采集与授权): what log, robots.txt, consents and lists did to the items.

A figure holds for the papers it was made with: where a newer log, table or list lies there than the one a source was
last read under, the clause is unproven until the source is read again.
"""

from collections.abc import Iterator

from provenance.ids import ClauseId
from rules.catalog import Catalog
from rules.facts import Facts
from rules.figures import SourceFacts
from rules.findings import Finding, Verdict, confirming, requirement
from rules.lists import ListFact
from rules.records import Words

_WEB, _USERS = "self_collected_web", "user_input"
_LOG = ("url-missing", "url-outside-source", "not-in-collection-log", "not-fetched")
_ROBOTS = ("robots-disallowed", "robots-unknown")
_CONSENT = ("user-missing", "not-authorised", "opted-out", "authorised-too-late", "other-version", "other-scope")
_BLOCKED = ("host-blocked", "url-blocked")
_REFUSED = ("host-refused", "url-refused", "user-refused", "person-refused")


def logged(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say how many items of web sources the collection log (采集记录) does not prove; none of them is admitted.

    Clause:
        R-009
    """
    for source in _giving(facts, _WEB):
        yield _by_paper(source, "R-009", "collection_log", _LOG, catalog)


def allowed(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say how many items robots.txt (爬虫协议) disallowed, and whether the list of refusals was obeyed.

    A source that was declared as allowed and gave disallowed pages contradicts its declaration: they are rejected, but
    they were collected, so a person has to judge.

    Clause:
        R-010
    """
    for source in _giving(facts, _WEB):
        found = _by_paper(source, "R-010", "robots", _ROBOTS, catalog)
        disallowed = (source.by_reason or {}).get("robots-disallowed", 0)
        if found.verdict == Verdict.CONFORMS and disallowed:
            measured = Words(
                f"{found.measured.zh}；声明为允许，与 robots 协议相抵触",
                f"{found.measured.en}; declared as allowed, which robots.txt contradicts",
            )
            action = confirming("R-010", "robots")
            found = Finding(found.clause, found.subject, Verdict.UNPROVEN, measured, found.required, found.refs, action)
        yield found
    giving = [*_giving(facts, _WEB), *_giving(facts, _USERS)]
    if giving:
        yield _by_list(facts.lists.get("refused"), "refused", giving, "R-010", _REFUSED, catalog)


def authorised(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say how many items of user input had no authorisation (使用者授权); none of them is admitted.

    Clause:
        R-014
    """
    for source in _giving(facts, _USERS):
        yield _by_paper(source, "R-014", "consent_table", _CONSENT, catalog)


def blocked(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say which edition of the list of what is blocked (阻断清单) the addresses of items were compared with.

    Only items with an address can be; a corpus without any is for a person to judge.

    Clause:
        R-015
    """
    giving = _giving(facts, _WEB)
    held = facts.lists.get("blocked")
    if held and not giving:
        measured = Words("没有带网址的条目可以比对", "no item has an address to be compared")
        action = confirming("R-015", "blocklist_report")
        required = requirement(catalog, "R-015")
        yield Finding(ClauseId("R-015"), "blocked", Verdict.UNPROVEN, measured, required, _refs(held), action)
    else:
        yield _by_list(held, "blocked", giving, "R-015", _BLOCKED, catalog)


ALL = (logged, allowed, authorised, blocked)


def _giving(facts: Facts, kind: str) -> list[SourceFacts]:
    """Return the sources of a kind that gave items."""
    return [each for each in facts.sources.values() if each.source_kind == kind and each.items.taken_in]


def _by_paper(source: SourceFacts, clause: str, kind: str, reasons: tuple[str, ...], catalog: Catalog) -> Finding:
    paper = next((each for each in source.papers if each.kind == kind), None)
    required = requirement(catalog, clause)
    if paper is None:
        measured = Words(f"{source.id}：没有材料", f"{source.id}: the paper is missing")
        action = f"yuliao source evidence {source.id} {kind} FILE"
        verdict = Verdict.FAILS if source.items.admitted else Verdict.UNPROVEN
        return Finding(ClauseId(clause), source.id, verdict, measured, required, (), action)
    refs = (f"#{paper.seq}", paper.digest)
    if paper.digest not in source.decided_under:
        measured = Words(
            f"{source.id}：材料已更新，条目尚未重新核对", f"{source.id}: the paper is newer than the items' check"
        )
        action = f"yuliao ingest {source.id} PATH"
        return Finding(ClauseId(clause), source.id, Verdict.UNPROVEN, measured, required, refs, action)
    out = _counted(source, reasons)
    measured = Words(
        f"{source.id}：逐条核对 {source.items.taken_in} 条，剔除 {out.zh}",
        f"{source.id}: {source.items.taken_in} items held against it, rejected {out.en}",
    )
    return Finding(ClauseId(clause), source.id, Verdict.CONFORMS, measured, required, refs)


def _by_list(
    held: ListFact | None,
    name: str,
    giving: list[SourceFacts],
    clause: str,
    reasons: tuple[str, ...],
    catalog: Catalog,
) -> Finding:
    required = requirement(catalog, clause)
    if held is None:
        measured = Words("没有导入清单", "no list was imported")
        action = f"yuliao rules import-list {name} FILE.csv"
        return Finding(ClauseId(clause), name, Verdict.UNPROVEN, measured, required, (), action)
    stale = [source.id for source in giving if held.digest not in source.decided_under]
    if stale:
        measured = Words(
            f"清单已更新，尚未重新核对：{'、'.join(stale)}", f"the list is newer than the check of: {', '.join(stale)}"
        )
        action = f"yuliao ingest {stale[0]} PATH"
        return Finding(ClauseId(clause), name, Verdict.UNPROVEN, measured, required, _refs(held), action)
    out = sum((source.by_reason or {}).get(reason, 0) for source in giving for reason in reasons)
    measured = Words(
        f"清单 {held.entries} 项，比对来源 {len(giving)} 个，排除 {out} 条",
        f"{held.entries} entries, {len(giving)} sources compared, {out} items kept out",
    )
    return Finding(ClauseId(clause), name, Verdict.CONFORMS, measured, required, _refs(held))


def _refs(held: ListFact) -> tuple[str, str]:
    return f"#{held.seq}", held.digest


def _counted(source: SourceFacts, reasons: tuple[str, ...]) -> Words:
    found = {reason: n for reason in reasons if (n := (source.by_reason or {}).get(reason, 0))}
    total = sum(found.values())
    parts = ", ".join(f"{reason} {n}" for reason, n in found.items())
    return Words(f"{total} 条（{parts}）" if parts else "0 条", f"{total} ({parts})" if parts else "0")
