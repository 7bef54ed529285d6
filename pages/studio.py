"""Studio: type something, choose a voice, listen."""

import streamlit as st

from lib.ui import router, session
from lib.ui.studio import form, history, in_the_making, starters, text_card
from lib.ui.widgets import going, messages, set_aside, status, studio_draft, style, voice_select

router.enter("studio")
form.prepare()
messages.seen()

with st.container(key="page_studio"):
    style.head("studio", "Studio", "Type what should be said, choose a voice, listen.", form.share)
    # Always there, so that nothing below changes place and no player stops in mid-play.
    with st.container(key="messages_studio"):
        voice_select.offline_line()
        set_aside.way_back(form.PAGE, studio_draft.unsent, form.write)
    text_card.show()
    with st.container(key="work_studio"):
        working = in_the_making.show()
    status.show("studio", working)
    if session.has_clips():
        history.show()
    else:
        starters.show()
    going.focus_field()
