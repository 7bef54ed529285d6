"""What a visitor reads where a link has nothing to show."""

import streamlit as st

from lib.ui.widgets import style

ASK_FOR_ANOTHER = "Ask the person who sent it to you for a new one."


def say(title: str, words: str) -> None:
    st.title(title, anchor=False)
    style.lead(words)


def unknown() -> None:
    say("This link does not work", ASK_FOR_ANOTHER)
