"""Words that people type, in each kind of place where pages show such words."""

import streamlit as st

from lib.script.visible import verbatim, visible
from lib.ui.widgets import style
from tests.browser.words import HOSTILE, UNSEEN


def draw(name: str, words: str) -> None:
    style.heading(words, 1)
    style.heading(words, 2)
    style.title(words)
    style.about(words)
    style.lead(words)
    style.facts(words, count=words)
    style.notice("advice", words, words)
    style.table([words], [[words, words]])
    label = verbatim(words)
    st.button(label, key=f"button_{name}", help=label)
    st.selectbox(label, [words], key=f"select_{name}", format_func=visible)
    st.text_input(label, key=f"input_{name}")
    with st.expander(label):
        pass
    with st.popover(label, key=f"popover_{name}"):
        pass
    st.toggle(label, key=f"toggle_{name}")
    st.pills("Pills", [label], key=f"pills_{name}")
    st.progress(0.5, text=label)


style.apply()
with st.container(key="page_words"):
    st.title("Streamlit's own", anchor=False)
    st.header("Streamlit's own", anchor=False)
    for number, typed in enumerate(HOSTILE):
        with st.container(key=f"words_{number}"):
            draw(str(number), typed)
    for number, typed in enumerate(UNSEEN):
        with st.container(key=f"words_unseen_{number}"):
            draw(f"unseen_{number}", typed)
