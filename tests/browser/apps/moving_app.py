"""A card that moves down the page; with ?fragment=yes it is a fragment of its own."""

import streamlit as st


def add(name: str) -> None:
    st.session_state[name] = st.session_state.get(name, 0) + 1


def card() -> None:
    st.button("Reveal", key="reveal", on_click=add, args=("revealed",))
    st.text(f"revealed {st.session_state.get('revealed', 0)} times")


for number in range(st.session_state.get("above", 0)):
    st.text(f"line {number}")
if "fragment" in st.query_params:
    st.fragment(card)()
else:
    card()
st.button("Move", key="move", on_click=add, args=("above",))
