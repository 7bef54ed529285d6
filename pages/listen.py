"""Listen: a listening test, or shared clips, behind a link that needs no account."""

import streamlit as st

from lib.ui import router
from lib.ui.listen import page, shared
from lib.ui.widgets import style

router.enter("listen")

with st.container(key="page_listen"):
    style.logo()
    if "clip" in st.query_params:
        shared.show()
    else:
        page.show()
