"""The console's entry: names its pages and runs the chosen one. Alone in its folder; see :mod:`ui.console.launch`."""

from pathlib import Path

import streamlit as st

import ui.console
from ui.console.frame import say

_PAGES = {
    "readiness": ":material/fact_check:",
    "sources": ":material/inventory_2:",
    "jobs": ":material/sync:",
    "export": ":material/verified:",
}

st.set_page_config(page_title=say("console.name"), page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide")
_FOLDER = Path(ui.console.__file__).parent
st.navigation(
    [
        st.Page(
            _FOLDER / f"page_{page}.py",
            title=say(f"{page}.title"),
            icon=icon,
            url_path=page,
            default=page == "readiness",
        )
        for page, icon in _PAGES.items()
    ],
    position="top",
).run()
