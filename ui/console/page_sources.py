"""Source register (来源台账): every declared source, its papers, what is missing and which command supplies it."""

from collections.abc import Sequence

import streamlit as st

from ui.console.frame import empty, grid, name, page, pick, reason, run_this, say
from ui.i18n import Words, under
from ui.services import SourceView, Workspace


def _show(workspace: Workspace) -> None:
    sources = workspace.sources()
    if not sources:
        empty("sources.empty", ["yuliao source template open_source > source.yaml", "yuliao source add source.yaml"])
        return
    lacking = sum(1 for source in sources if source.missing)
    admitted = sum(1 for source in sources if source.is_open)
    draw = st.warning if lacking else st.success
    draw(
        say("sources.conclusion", total=len(sources), admitted=admitted, lacking=lacking),
        icon=":material/inventory_2:",
    )
    picked = _register(sources)
    _detail(workspace, _chosen(sources, picked))


def _register(sources: Sequence[SourceView]) -> int | None:
    return grid(
        {
            "state": [name("source.state.", source.state) for source in sources],
            "source": [source.id for source in sources],
            "name": [source.facts.name for source in sources],
            "class": [name("class.", source.facts.source_class) for source in sources],
            "region": [name("region.", source.facts.region) for source in sources],
            "licence": [source.facts.licence or say("none") for source in sources],
            "papers": [len(source.facts.evidence) for source in sources],
            "lacking": [len(source.missing) for source in sources],
            "taken_in": [source.facts.items.taken_in for source in sources],
            "admitted": [source.facts.items.admitted for source in sources],
        },
        widths={
            "state": 110,
            "source": 150,
            "name": 240,
            "class": 90,
            "region": 70,
            "licence": 150,
            "papers": 70,
            "lacking": 70,
            "taken_in": 90,
            "admitted": 90,
        },
        key="register",
        pickable=True,
    )


def _chosen(sources: Sequence[SourceView], picked: int | None) -> SourceView:
    """Return the source of the detail: the row just picked, else the one in the address, else the first."""
    ids = [source.id for source in sources]
    if picked is not None and st.session_state.get("register_row") != picked:
        st.session_state["source"] = ids[picked]
    st.session_state["register_row"] = picked
    asked = st.query_params.get("source")
    if "source" not in st.session_state and asked in ids:
        st.session_state["source"] = asked
    chosen = st.selectbox(say("sources.detail"), ids, key="source")
    st.query_params["source"] = chosen
    return sources[ids.index(chosen)]


def _detail(workspace: Workspace, source: SourceView) -> None:
    facts = source.facts
    left, right = st.columns([1, 1], gap="medium")
    with left, st.container(border=True):
        _field("state", name("source.state.", source.state))
        _field("name", facts.name)
        _field("origin", facts.origin)
        _field("licence", facts.licence)
        _field("legal_basis", facts.legal_basis)
        _field("region", say("sources.region", region=name("region.", facts.region)))
        _field("region_reason", facts.region_reason)
        _field("collected", f"{facts.collected_from} – {facts.collected_to}")
        _field("unit", name("unit.", facts.item_unit))
    with right:
        _papers(source)
        _dispositions(source)
        _reasons(workspace, source)


def _field(column: str, value: str) -> None:
    label, text = st.columns([1, 3])
    label.caption(say(f"column.{column}"))
    text.text(value or say("none"))


def _papers(source: SourceView) -> None:
    st.subheader(say("sources.papers"), anchor=False)
    if source.facts.evidence:
        grid(
            {
                "kind": [name("evidence.", paper.kind) for paper in source.facts.evidence],
                "digest": [paper.digest for paper in source.facts.evidence],
                "size_bytes": [paper.size for paper in source.facts.evidence],
            },
            widths={"kind": 180, "digest": 240, "size_bytes": 90},
            key="papers",
        )
    for paper in source.missing:
        st.text(say("sources.missing", paper=pick(Words(paper.zh, paper.en))))
        run_this([paper.command])
    if not source.missing:
        st.text(say("sources.complete"))


def _dispositions(source: SourceView) -> None:
    st.subheader(say("sources.figures"), anchor=False)
    items = source.facts.items
    kinds = under("disposition.")
    for column, kind in zip(st.columns(len(kinds)), kinds, strict=True):
        column.metric(say(f"disposition.{kind}"), f"{getattr(items, kind):,}")


def _reasons(workspace: Workspace, source: SourceView) -> None:
    reasons = {code: count for code, count in (source.facts.by_reason or {}).items() if code}
    if not source.facts.items.taken_in:
        empty("sources.no_items", [f"yuliao ingest {source.id} PATH"])
    elif reasons:
        grid(
            {"reason": [reason(workspace, code) for code in reasons], "items": list(reasons.values())},
            widths={"reason": 380, "items": 100},
            key="reasons",
        )


with page("sources") as opened:
    _show(opened)
