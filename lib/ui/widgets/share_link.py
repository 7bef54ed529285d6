"""A link that opens a page with its form filled in: text, voices and settings, but no sound."""

from urllib.parse import urlencode, urljoin

import streamlit as st

from lib.ui.widgets import style

ADDRESS_MAX_CHARS = 2_000  # mail programs and chats do not cut this
GIVEN_MAX_CHARS = 20_000  # no real address is longer


def address_of(page: str, **asked: str) -> str:
    """The whole address of a page, as other people can open it. page: its path, "" for Studio."""
    return f"{urljoin(st.context.url or 'http://localhost', f'/{page}')}?{urlencode(asked)}"


def given(*names: str) -> dict[str, str]:
    """The values in the address. They are removed from it, so that a reload shows later changes."""
    found = {name: st.query_params[name] for name in names if name in st.query_params}
    for name in found:
        del st.query_params[name]
    return {name: value for name, value in found.items() if len(value) <= GIVEN_MAX_CHARS}


def link(page: str, values: dict[str, str], *, label: str) -> None:
    """A popover with the address to copy. page: its path, "" for Studio."""
    with st.popover(
        label, type="tertiary", icon=":material/link:", key=f"{page or 'studio'}_share"
    ):
        asked = {name: value for name, value in values.items() if value}
        whole = address_of(page, **asked)
        if len(whole) > ADDRESS_MAX_CHARS:
            style.facts("The text is too long for a link. Send the text itself.")
            return
        style.facts("Opens this page with the same text and voices.")
        st.code(whole, language=None, wrap_lines=True)
