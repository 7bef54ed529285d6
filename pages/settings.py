"""Settings: the key, how this installation likes things, where its data lives."""

import streamlit as st

from lib.ui import keys, look, preferences, router

router.enter("settings")

with st.container(key="page_settings"):
    look.head("settings", "Settings", "Your key, your defaults, and where everything is kept.")
    keys.show()
    preferences.show()
    preferences.whereabouts()
