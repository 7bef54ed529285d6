"""Scripts: tables, dialogues and documents; only what changed is paid for."""

import streamlit as st

from lib.ui import router
from lib.ui.scripts import current, page
from lib.ui.widgets import messages, style, voice_select

router.enter("scripts")
messages.seen()
current.enter()

with st.container(key="page_scripts"):
    style.head(
        "scripts",
        "Scripts",
        "Many lines at once. Pay only for what changed.",
        page.beside,
    )
    voice_select.offline_line()
    page.show()
