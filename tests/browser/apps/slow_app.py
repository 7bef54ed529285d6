"""A page whose run takes a while between two of its elements, and says if two ran at once."""

import time

import streamlit as st

RUN_S = 0.6


@st.cache_resource
def now() -> dict[str, int]:
    return {"running": 0, "most": 0}


count = now()
count["running"] += 1
count["most"] = max(count["most"], count["running"])
try:
    st.button("Press", key="press")
    until_s = time.monotonic() + RUN_S
    while time.monotonic() < until_s:  # no call of Streamlit, at which it could be interrupted
        time.sleep(0.01)
    st.text(f"at most {count['most']} at once")
finally:
    count["running"] -= 1
