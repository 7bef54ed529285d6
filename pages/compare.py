"""Compare: one script in several voices, and a decision at the end."""

import streamlit as st

from lib.ui import actions, casting, compare, look, router, start, work

router.enter("compare")
casting.prepare()
actions.seen()

with st.container(key="page_compare"):
    with st.container(
        key="row_head_compare",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="bottom",
    ):
        with st.container(key="head_compare", gap=None, width="content"):
            st.title("Compare", anchor=False)
            look.lead("The same words in several voices, side by side.")
        casting.share()
    compare.saved()
    start.way_back(casting.PAGE, casting.write)
    compare.writing()
    with st.container(key="work_compare"):
        work.notices()
        compare.stage()
