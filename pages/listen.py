"""Listen: a listening test, behind a link that needs no account."""

import streamlit as st

from lib.ui import listen, router

router.enter("listen")

with st.container(key="page_listen"):
    listen.show()
