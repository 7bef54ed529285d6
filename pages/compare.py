"""Compare: one script in several voices, and a decision at the end."""

import streamlit as st

from lib.ui import actions, casting, compare, look, router, start, work, writing

router.enter("compare")
casting.prepare()
actions.seen()

with st.container(key="page_compare"):
    look.head(
        "compare", "Compare", "The same words in several voices, side by side.", casting.share
    )
    writing.offline_line()
    compare.saved()
    start.way_back(casting.PAGE, casting.write)
    compare.writing()
    with st.container(key="work_compare"):
        work.notices()
        compare.stage()
