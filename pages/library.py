"""Library: every clip ever made here, found, played, renamed, taken out."""

import streamlit as st

from lib.ui import router
from lib.ui.library import page
from lib.ui.widgets import messages, style

router.enter("library")
messages.seen()

with st.container(key="page_library"):
    style.head("library", "Library", "Every clip made here, yours to find again.")
    with st.container(key="work_library"):
        messages.show("library")
    page.show()
