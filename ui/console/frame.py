"""What every page has in common: language, workspace, heading, and one place that catches failures.

The language is kept in the address (``?lang=en``), so that a link shows the reader what the sender saw.
"""

import contextlib
import sys
import traceback
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import streamlit as st
import structlog
from streamlit.elements.lib.column_types import ColumnConfig

from ui import services
from ui.i18n import LANGUAGES, Language, Words, known, translate, under

structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
_LOG = structlog.get_logger("ui.console")


def language() -> Language:
    """Return the language of this session: the address says it, else the session, else Chinese."""
    asked = st.query_params.get("lang", st.session_state.get("language", LANGUAGES[0]))
    chosen: Language = "en" if asked == "en" else "zh"
    st.session_state["language"] = chosen
    if st.query_params.get("lang") != chosen:
        st.query_params["lang"] = chosen  # a change of page empties the address
    return chosen


def say(key: str, **values: object) -> str:
    """Return a message of the catalogue in the session's language; values are numbers or our own words."""
    return translate(key, language(), **values)


def pick(pair: Words) -> str:
    """Return what is said in both languages in the session's one."""
    return pair.say(language())


def name(prefix: str, code: str) -> str:
    """Return the word for a code of the catalogue, or the code itself where there is none."""
    return say(prefix + code) if known(prefix + code) else code


@contextlib.contextmanager
def page(key: str) -> Iterator[services.Workspace]:
    """Draw the heading, open the workspace and catch whatever goes wrong on a page.

    Args:
        key: Name of the page in the catalogue.

    Yields:
        The workspace.
    """
    _heading(key)
    try:
        yield _opened(sys.argv[1] if len(sys.argv) > 1 else ".")
    except services.GovernanceError as error:
        complain(error)
    except Exception as error:  # noqa: BLE001  # the page's last catch: a traceback may hold personal data
        _report(error)


def complain(error: services.GovernanceError) -> None:
    """Show what a refused request says, and what to do."""
    st.error(say("error.refused"), icon=":material/block:")
    st.code(error.diagnostics(), language=None, wrap_lines=True)


def run_this(commands: list[str]) -> None:
    """Show commands to copy."""
    st.code("\n".join(commands), language=None, wrap_lines=True)


@st.cache_resource(max_entries=4)
def _opened(path: str) -> services.Workspace:
    return services.open_workspace(Path(path))


def _heading(key: str) -> None:
    title, switch = st.columns([5, 1], vertical_alignment="center")
    title.title(say(f"{key}.title"), anchor=False)
    switch.container(horizontal_alignment="right").segmented_control(
        say("language.label"),
        LANGUAGES,
        default=language(),
        format_func=lambda code: translate("language.name", code),
        label_visibility="collapsed",
        key="language_switch",
        on_change=_switch_language,
    )


def _switch_language() -> None:
    chosen = st.session_state.get("language_switch") or st.session_state["language"]
    st.session_state["language"] = chosen
    st.query_params["lang"] = chosen


def _report(error: Exception) -> None:
    number = uuid.uuid4().hex[:8]
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-5:]]
    _LOG.error("console.page_failed", error_id=number, error=type(error).__name__, places=places)
    st.error(say("error.broken", number=number), icon=":material/error:")


def verdict(word: str) -> str:
    """Return one of the four verdicts with its icon, so that no state is told by colour alone."""
    return name("verdict.blocking." if known(f"verdict.blocking.{word}") else "verdict.settled.", word)


def stage(row: services.ClauseRow) -> str:
    """Return where a clause stands: what looks unmet, what lacks proof, what waits for a person, what is settled."""
    if row.confirmed_by:
        return "settled"
    fails, lacks = under("verdict.blocking.")
    return {fails: "fails", lacks: "lacks"}.get(row.proposed, "waits")


def citation(workspace: services.Workspace, clause: str) -> str:
    """Return how a clause is cited, with its certainty; nothing where the subject is no clause."""
    found = workspace.catalog.clauses.get(clause)
    return f"{clause}  {found.citation(language())}" if found else ""


def reason(workspace: services.Workspace, code: str) -> str:
    """Return the words of a reason code, and the code, which is what the ledger holds."""
    found = workspace.catalog.reasons.get(code)
    return f"{pick(Words(found.zh, found.en))} ({code})" if found else code


def seal_state(seal: services.SealView) -> str:
    """Return whether a sealed bundle still verifies, as word and icon."""
    return say({True: "seal.verified", False: "seal.damaged", None: "seal.absent"}[seal.verified])


def actor(form: str) -> str:
    """Ask who acts, and remember it for this session; the ledger keeps the id with the deed."""
    remembered = str(st.session_state.get("actor", ""))
    person = st.text_input(say("actor.label"), value=remembered, key=f"actor_{form}", help=say("actor.hint")).strip()
    if person:
        st.session_state["actor"] = person
    return person


def empty(key: str, commands: list[str]) -> None:
    """Draw an empty state: what is not there yet, and what to run."""
    st.info(say(key), icon=":material/terminal:")
    run_this(commands)


def grid(
    columns: Mapping[str, Sequence[object]],
    *,
    widths: Mapping[str, int],
    key: str,
    tall: bool = False,
    pickable: bool = False,
    progress: Sequence[str] = (),
) -> int | None:
    """Draw a table whose cells are plain text or numbers.

    Args:
        columns: Values by column name; the heading is the message ``column.<name>``.
        widths: Width of every column; pixels.
        key: Name of the table on its page.
        tall: Rows of three lines, for sentences.
        pickable: A person may pick one row.
        progress: Columns of ratios in [0, 1] drawn as bars.

    Returns:
        The index of the row a person picked, or None.
    """
    rows = len(next(iter(columns.values())))
    row_height = 66 if tall else 32
    event = st.dataframe(
        dict(columns),
        hide_index=True,
        column_config={column: _column(column, columns[column], widths[column], progress) for column in columns},
        row_height=row_height,
        height=min(rows * row_height + 34, 420),
        on_select="rerun" if pickable else "ignore",
        selection_mode="single-row",
        key=key,
    )
    if not isinstance(event, Mapping):
        return None  # a table nobody picks from answers with itself
    chosen = [int(row) for row in event["selection"]["rows"] if row < rows]
    return chosen[0] if chosen else None


def _column(column: str, values: Sequence[object], width: int, progress: Sequence[str]) -> ColumnConfig:
    label = say(f"column.{column}")
    if column in progress:
        return st.column_config.ProgressColumn(label, width=width, min_value=0, max_value=1, format="percent")
    if values and all(isinstance(value, int) for value in values):
        return st.column_config.NumberColumn(label, width=width, format="localized")
    return st.column_config.TextColumn(label, width=width)
