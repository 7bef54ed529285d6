"""Scripts: tables, dialogues and documents; only what changed is paid for."""

import streamlit as st

from lib.ui import actions, look, router, scripts, writing

router.enter("scripts")
actions.seen()

with st.container(key="page_scripts"):
    look.head(
        "scripts",
        "Scripts",
        "Many lines at once. Pay only for what changed.",
        scripts.beside,
    )
    writing.offline_line()
    scripts.show()
