"""Listen: a listening test, behind a link that needs no account."""

import streamlit as st

from lib.ui import listen, look, router

router.enter("listen")

with st.container(key="page_listen"):
    look.logo()
    listen.show()
