"""Library: every clip ever made here, found, played, renamed, taken out."""

import streamlit as st

from lib.ui import actions, look, router, shelf, work

router.enter("library")
actions.seen()
if actions.leads_to_studio():
    st.switch_page("pages/studio.py")

with st.container(key="page_library"):
    look.head("library", "Library", "Every clip made here, yours to find again.")
    with st.container(key="work_library"):
        work.notices()
    shelf.show()
