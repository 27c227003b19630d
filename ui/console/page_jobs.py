"""Jobs (采集任务): the queue, the sum that must hold, and the form that asks for an ingest.

The page writes a request and looks on; ``yuliao worker`` does the work. Closing the page stops nothing.
"""

from collections.abc import Sequence

import streamlit as st

from ui.console.frame import actor, complain, empty, grid, name, page, run_this, say
from ui.i18n import under
from ui.services import GovernanceError, JobView, Workspace

_POLL_S = 1.0
_ACTIVE = ("queued", "running")
_OPEN = (*_ACTIVE, "interrupted")
"""States of a job that can still be cancelled."""
_PARTS = tuple(part for part in under("disposition.") if part != "taken_in")


def _show(workspace: Workspace) -> None:
    active = any(job.state in _ACTIVE for job in workspace.jobs())
    st.fragment(_queue, run_every=_POLL_S if active else None)(workspace)
    _request(workspace)


def _queue(workspace: Workspace) -> None:
    jobs = sorted(workspace.jobs(), key=lambda job: job.created_at, reverse=True)
    active = [job for job in jobs if job.state in _ACTIVE]
    open_jobs = [job for job in jobs if job.state in _OPEN]
    if st.session_state.get("jobs_active", 0) and not active:
        st.session_state["jobs_active"] = 0
        st.rerun()  # the last one ended: stop asking every second
    st.session_state["jobs_active"] = len(active)
    if not jobs:
        empty("jobs.empty", ["yuliao ingest SOURCE PATH"])
        return
    _conclude(jobs, active)
    picked = _table(jobs)
    if picked is not None:
        _detail(jobs[picked])
    if open_jobs:
        _cancel(workspace, open_jobs)


def _conclude(jobs: Sequence[JobView], active: Sequence[JobView]) -> None:
    failed = sum(1 for job in jobs if job.state == "failed")
    waiting = sum(1 for job in active if job.state == "queued")
    text = say("jobs.conclusion", running=len(active) - waiting, waiting=waiting, failed=failed, total=len(jobs))
    (st.warning if failed else st.info)(text, icon=":material/sync:")
    if waiting and waiting == len(active):
        st.caption(say("jobs.start_worker"))
        run_this(["yuliao worker"])


def _table(jobs: Sequence[JobView]) -> int | None:
    counts = {part: [job.counts.get(part, 0) for job in jobs] for part in under("disposition.")}
    return grid(
        {
            "state": [name("job.state.", job.state) for job in jobs],
            "job": [job.id for job in jobs],
            "kind": [name("job.kind.", job.kind) for job in jobs],
            "source": [job.source or say("none") for job in jobs],
            "created_at": [job.created_at for job in jobs],
            "progress": [job.units_done / job.units_total if job.units_total else 0.0 for job in jobs],
            **counts,
            "sum": [_sum(job) for job in jobs],
        },
        widths={
            "state": 100,
            "job": 130,
            "kind": 70,
            "source": 140,
            "created_at": 170,
            "progress": 110,
            **dict.fromkeys(counts, 80),
            "sum": 90,
        },
        progress=("progress",),
        key="queue",
        pickable=True,
    )


def _sum(job: JobView) -> str:
    if not job.counts:
        return say("jobs.no_sum")
    holds = job.counts.get("taken_in", 0) == sum(job.counts.get(part, 0) for part in _PARTS)
    return say("jobs.sum_holds" if holds else "jobs.sum_broken")


def _detail(job: JobView) -> None:
    with st.container(border=True):
        st.text(f"{name('job.state.', job.state)}  {job.id}  {job.source}")
        st.caption(say("jobs.units", done=job.units_done, total=job.units_total))
        if job.message:
            st.code(job.message, language=None, wrap_lines=True)


def _cancel(workspace: Workspace, active: Sequence[JobView]) -> None:
    which, who, act = st.columns([3, 2, 1], vertical_alignment="bottom")
    job = which.selectbox(say("jobs.cancel_which"), [job.id for job in active], key="cancel_job")
    with who:
        person = actor("cancel")
    if act.button(say("jobs.cancel"), key="cancel", disabled=not person):
        try:
            workspace.cancel(job, person)
        except GovernanceError as error:
            complain(error)
        else:
            st.rerun()


def _request(workspace: Workspace) -> None:
    st.subheader(say("jobs.request"), anchor=False)
    sources = [source.id for source in workspace.sources() if source.is_open]
    if not sources:
        empty("jobs.no_source", ["yuliao source list", "yuliao source admit ID --reason REASON"])
        return
    with st.form("ingest", border=True):
        left, right = st.columns([1, 2])
        source = left.selectbox(say("column.source"), sources, key="ingest_source")
        with left:
            person = actor("ingest")
        paths = right.text_area(say("jobs.paths"), placeholder=say("jobs.paths_hint"), height=110, key="ingest_paths")
        sent = st.form_submit_button(say("jobs.submit"), type="primary", icon=":material/play_arrow:")
    if sent:
        _submit(workspace, source, [line.strip() for line in paths.splitlines() if line.strip()], person)


def _submit(workspace: Workspace, source: str, paths: list[str], person: str) -> None:
    if not paths or not person:
        st.error(say("jobs.incomplete"), icon=":material/edit:")
        return
    try:
        workspace.submit_ingest(source, paths, person)
    except GovernanceError as error:
        complain(error)
    else:
        st.toast(say("jobs.submitted"), icon=":material/check:")
        st.rerun()


with page("jobs") as opened:
    _show(opened)
