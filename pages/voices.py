"""Voices: hear every voice, and find the ones to go on with."""

import streamlit as st

from lib.ui import actions, gallery, look, router

router.enter("voices")
actions.seen()
if actions.leads_to_studio():
    st.switch_page("pages/studio.py")
gallery.prepare()

with st.container(key="page_voices"):
    look.head("voices", "Voices", "Hear every voice before you choose one.")
    gallery.show()
