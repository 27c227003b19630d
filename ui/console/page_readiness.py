"""Readiness (总览): one line that concludes, then what blocks and the command that helps, then every clause."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from ui.console.frame import citation, grid, page, pick, run_this, say, seal_state, stage, verdict
from ui.i18n import Words, under
from ui.services import ClauseRow, Step, Workspace

_STAGES = under("stage.")
_VIOLATED = under("verdict.blocking.")[0]
_FIRST = 4
"""Steps drawn as cards; the table below has every clause."""
_LINE = 90
"""Characters of a card's sentence; the picked row shows all of it."""


def _show(workspace: Workspace) -> None:
    rows = sorted(workspace.clause_rows(), key=lambda row: _STAGES.index(stage(row)))
    count = Counter(map(stage, rows))
    _conclude(rows, count)
    _figures(workspace, count)
    steps = workspace.steps()
    if steps:
        st.subheader(say("readiness.first", shown=min(_FIRST, len(steps)), total=len(steps)), anchor=False)
    for step in steps[:_FIRST]:
        _card(workspace, step)
    st.subheader(say("readiness.matrix"), anchor=False)
    _matrix(workspace, rows)


def _conclude(rows: Sequence[ClauseRow], count: Counter[str]) -> None:
    if count["fails"]:
        st.error(say("readiness.fails", **{name: count[name] for name in _STAGES}), icon=":material/block:")
    elif count["lacks"] or count["waits"] or not rows:
        st.warning(say("readiness.lacks", **{name: count[name] for name in _STAGES}), icon=":material/pending:")
    elif planned := sum(1 for row in rows if row.verdict == _VIOLATED):
        st.warning(say("readiness.planned", count=planned), icon=":material/event:")
    else:
        st.success(say("readiness.ready"), icon=":material/check_circle:")


def _figures(workspace: Workspace, count: Counter[str]) -> None:
    items = workspace.facts().items
    figures = [(say(f"stage.{name}"), count[name]) for name in _STAGES]
    figures += [(say(f"disposition.{name}"), getattr(items, name)) for name in under("disposition.")]
    for column, (label, figure) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(label, f"{figure:,}")
    st.caption(_state_of(workspace))


def _state_of(workspace: Workspace) -> str:
    facts, seals = workspace.facts(), workspace.seals()
    parts = [say("readiness.ledger", size=facts.ledger_size, head=facts.ledger_head[:12])]
    if facts.unfinished:
        parts.append(say("readiness.unfinished", count=len(facts.unfinished)))
    last = max(seals, key=lambda seal: seal.seq, default=None)
    if last is None:
        parts.append(say("readiness.never_sealed"))
    else:
        parts.append(say("readiness.last_seal", at=last.at, size=last.ledger_size, state=seal_state(last)))
    return say("separator").join(parts)


def _card(workspace: Workspace, step: Step) -> None:
    with st.container(border=True):
        state, text, action = st.columns([1.2, 5, 4], vertical_alignment="center")
        state.text(say(f"step.{step.rank}"))
        what = pick(Words(step.what.zh, step.what.en))
        what = what if len(what) <= _LINE else f"{what[:_LINE]}…"
        text.text("\n".join(part for part in (citation(workspace, step.subject), what) if part))
        with action:
            run_this([step.command])


def _matrix(workspace: Workspace, rows: Sequence[ClauseRow]) -> None:
    wanted = st.segmented_control(
        say("readiness.filter"),
        _STAGES,
        format_func=lambda name: say(f"stage.{name}"),
        selection_mode="multi",
        default=[name for name in st.query_params.get_all("stage") if name in _STAGES],
        key="stage_filter",
        label_visibility="collapsed",
    )
    st.query_params["stage"] = wanted
    shown = [row for row in rows if not wanted or stage(row) in wanted]
    picked = grid(
        {
            "stage": [say(f"stage.{stage(row)}") for row in shown],
            "verdict": [verdict(row.verdict) for row in shown],
            "clause": [citation(workspace, row.clause).replace("  ", "\n", 1) for row in shown],
            "requirement": [pick(Words(row.required_zh, row.required_en)) for row in shown],
            "measured": [pick(Words(row.measured_zh, row.measured_en)) or say("none") for row in shown],
            "evidence": [len(row.refs) for row in shown],
            "next": [row.next_action or say("none") for row in shown],
        },
        widths={
            "stage": 95,
            "verdict": 85,
            "clause": 190,
            "requirement": 300,
            "measured": 220,
            "evidence": 70,
            "next": 240,
        },
        key="clauses",
        tall=True,
        pickable=True,
    )
    if picked is None:
        st.caption(say("readiness.pick"))
    else:
        _detail(workspace, shown[picked])


def _detail(workspace: Workspace, row: ClauseRow) -> None:
    with st.container(border=True):
        st.text(f"{verdict(row.verdict)}  {citation(workspace, row.clause)}")
        left, right = st.columns(2)
        with left:
            _field("requirement", pick(Words(row.required_zh, row.required_en)))
            _field("measured", pick(Words(row.measured_zh, row.measured_en)))
            _field("reason", row.reason)
        with right:
            _field("confirmed_by", row.confirmed_by)
            _field("evidence", "\n".join(row.refs))
            if row.next_action:
                st.caption(say("column.next"))
                run_this([row.next_action])


def _field(column: str, value: str) -> None:
    st.caption(say(f"column.{column}"))
    st.text(value or say("none"))


with page("readiness") as opened:
    _show(opened)
