"""Settings: the key, how this installation likes things, where its data lives."""

import streamlit as st

from lib.ui import router
from lib.ui.settings import key, preferences
from lib.ui.widgets import style

router.enter("settings")

with st.container(key="page_settings"):
    style.head("settings", "Settings", "Your key, your defaults, and where everything is kept.")
    key.show()
    preferences.show()
    preferences.whereabouts()
