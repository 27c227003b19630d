"""Report and evidence (报告与证据): what is missing, the documents, the seal, and the fingerprint to print."""

from collections.abc import Sequence

import streamlit as st

from ui.console.frame import (
    actor,
    citation,
    complain,
    empty,
    grid,
    language,
    page,
    pick,
    run_this,
    say,
    seal_state,
    stage,
    verdict,
)
from ui.i18n import Words, under
from ui.services import ClauseRow, GovernanceError, JobView, SealView, Workspace

_POLL_S = 1.0
_ACTIVE = ("queued", "running")
_BLOCKING = under("verdict.blocking.")
_STAGES = under("stage.")
_MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def _show(workspace: Workspace) -> None:
    open_rows = sorted(
        (row for row in workspace.clause_rows() if row.verdict in _BLOCKING),
        key=lambda row: _STAGES.index(stage(row)),
    )
    _checklist(workspace, open_rows)
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True):
        _report(workspace)
    with right, st.container(border=True):
        _seal(workspace)
    active = any(job.kind == "seal" and job.state in _ACTIVE for job in workspace.jobs())
    st.fragment(_seals, run_every=_POLL_S if active else None)(workspace)


def _checklist(workspace: Workspace, open_rows: Sequence[ClauseRow]) -> None:
    unfinished = len(workspace.facts().unfinished)
    if unfinished:
        st.error(say("export.unfinished", count=unfinished), icon=":material/block:")
        run_this(["yuliao jobs list"])
    if not open_rows:
        st.success(say("export.complete"), icon=":material/check_circle:")
        return
    st.warning(say("export.missing", count=len(open_rows)), icon=":material/checklist:")
    with st.expander(say("export.checklist", count=len(open_rows)), expanded=False):
        grid(
            {
                "stage": [say(f"stage.{stage(row)}") for row in open_rows],
                "verdict": [verdict(row.verdict) for row in open_rows],
                "clause": [citation(workspace, row.clause).replace("  ", "\n", 1) for row in open_rows],
                "requirement": [pick(Words(row.required_zh, row.required_en)) for row in open_rows],
                "next": [row.next_action or say("none") for row in open_rows],
            },
            widths={"stage": 95, "verdict": 85, "clause": 220, "requirement": 450, "next": 420},
            key="checklist",
            tall=True,
        )


def _report(workspace: Workspace) -> None:
    st.subheader(say("export.report"), anchor=False)
    st.caption(say("export.report_note"))
    at = (language(), workspace.facts().ledger_size)
    if st.button(say("export.render"), key="render", icon=":material/description:", type="primary"):
        st.session_state["report"] = (language(), workspace.report(language()), at)
    if "report" not in st.session_state:
        return
    lang, files, made_at = st.session_state["report"]
    if made_at != at:
        st.caption(say("export.stale"))
    for file, content in files.items():
        st.download_button(
            say("export.download", file=_own(file), kilobytes=max(1, len(content) // 1024)),
            content,
            file_name=file,
            mime=_MIME.get(file.rpartition(".")[2], "application/octet-stream"),
            key=f"download_{lang}_{file}",
            on_click="ignore",
            icon=":material/download:",
        )


def _own(file: str) -> str:
    """Return a file name of ours as label text; anything else would be read as Markdown."""
    return file if file.replace(".", "").replace("-", "").replace("_", "").isalnum() else say("export.file")


def _seal(workspace: Workspace) -> None:
    st.subheader(say("export.seal"), anchor=False)
    st.caption(say("export.seal_note"))
    person = actor("seal")
    if st.button(say("export.seal_now"), key="seal", disabled=not person, icon=":material/verified:"):
        try:
            workspace.submit_seal(person)
        except GovernanceError as error:
            complain(error)
        else:
            st.toast(say("export.seal_submitted"), icon=":material/check:")
            st.rerun()


def _seals(workspace: Workspace) -> None:
    st.subheader(say("export.seals"), anchor=False)
    _pending([job for job in workspace.jobs() if job.kind == "seal"])
    seals = sorted(workspace.seals(), key=lambda seal: seal.seq, reverse=True)
    if not seals:
        empty("export.no_seal", ["yuliao seal --out BUNDLE"])
        return
    grid(
        {
            "state": [seal_state(seal) for seal in seals],
            "seq": [seal.seq for seal in seals],
            "at": [seal.at for seal in seals],
            "ledger_size": [seal.ledger_size for seal in seals],
            "fingerprint": [seal.fingerprint for seal in seals],
            "path": [str(seal.path or say("none")) for seal in seals],
        },
        widths={"state": 170, "seq": 60, "at": 170, "ledger_size": 100, "fingerprint": 300, "path": 320},
        key="seals",
    )
    _fingerprint(seals[0])


def _pending(jobs: Sequence[JobView]) -> None:
    active = [job for job in jobs if job.state in _ACTIVE]
    if st.session_state.get("seals_active", 0) and not active:
        st.session_state["seals_active"] = 0
        st.rerun()  # the last one ended: stop asking every second
    st.session_state["seals_active"] = len(active)
    if active:
        st.info(say("export.sealing", count=len(active)), icon=":material/hourglass_top:")
        run_this(["yuliao worker"])
    for job in jobs:
        if job.state == "failed":
            st.error(say("export.seal_failed"), icon=":material/error:")
            st.code(job.message or say("none"), language=None, wrap_lines=True)


def _fingerprint(seal: SealView) -> None:
    with st.container(border=True):
        st.caption(say("export.fingerprint", seq=seal.seq))
        groups = [seal.fingerprint[at : at + 4] for at in range(0, len(seal.fingerprint), 4)]
        st.code("\n".join(" ".join(groups[at : at + 8]) for at in range(0, len(groups), 8)), language=None)
        if seal.path is not None:
            st.caption(say("export.verify"))
            run_this([f"yuliao verify {seal.path}"])


with page("export") as opened:
    _show(opened)
