"""Compare: one script in several voices, and a decision at the end."""

import streamlit as st

from lib.ui import router
from lib.ui.compare import form, page
from lib.ui.widgets import messages, set_aside, style, voice_select

router.enter("compare")
form.prepare()
messages.seen()

with st.container(key="page_compare"):
    style.head("compare", "Compare", "The same words in several voices, side by side.", form.share)
    voice_select.offline_line()
    page.saved()
    set_aside.way_back(form.PAGE, form.script, form.write)
    page.writing()
    with st.container(key="work_compare"):
        messages.show("compare")
        page.stage()
