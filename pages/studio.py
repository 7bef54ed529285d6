"""Studio: type something, choose a voice, listen."""

import streamlit as st

from lib.ui import actions, form, history, look, router, session, start, starters, work, writing

router.enter("studio")
form.prepare()
actions.seen()
actions.leads_to_studio()

with st.container(key="page_studio"):
    look.head("studio", "Studio", "Type what should be said, choose a voice, listen.", form.share)
    # Always there, so that nothing below changes place and no player stops in mid-play.
    with st.container(key="messages_studio"):
        writing.offline_line()
        start.way_back(form.PAGE, form.write)
    writing.show()
    with st.container(key="work_studio"):
        work.show()
    if session.has_clips():
        history.show()
    else:
        starters.show()
