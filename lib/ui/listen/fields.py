"""What visitors typed."""

import streamlit as st


def typed(field: str) -> str:
    """The text in a field; "" if the browser sent something else."""
    value = st.session_state.get(field)
    return value if isinstance(value, str) else ""
