"""Words that people type, in each kind of place where pages show such words.

With ?words=… those alone.
"""

import streamlit as st

from lib.script.visible import visible
from lib.ui.widgets import style
from tests.browser.words import HOSTILE


def draw(name: str, words: str) -> None:
    style.heading(words, 1)
    style.heading(words, 2)
    style.title(words)
    style.about(words)
    style.lead(words)
    style.facts(words, count=words)
    style.notice("advice", words, words)
    style.table([words], [[words, words]])
    label = style.verbatim(words)
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
own = st.query_params.get("words")
with st.container(key="page_words"):
    st.title("Streamlit's own", anchor=False)
    st.header("Streamlit's own", anchor=False)
    for each, typed in [("own", own)] if own else enumerate(HOSTILE):
        with st.container(key=f"words_{each}"):
            draw(str(each), typed)
