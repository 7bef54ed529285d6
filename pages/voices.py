"""Voices: hear every voice, and find the ones to go on with."""

import streamlit as st

from lib.ui import router
from lib.ui.voices import page
from lib.ui.widgets import messages, style

router.enter("voices")
messages.seen()
page.prepare()

with st.container(key="page_voices"):
    style.head("voices", "Voices", "Hear every voice before you choose one.")
    page.show()
