"""Listen: a listening test, behind a link that needs no account."""

import streamlit as st

from lib.ui import router
from lib.ui.listen import page
from lib.ui.widgets import style

router.enter("listen")

with st.container(key="page_listen"):
    style.logo()
    page.show()
