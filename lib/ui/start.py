"""An address that opens a page with its form filled in: text, voices, settings; never sound."""

from urllib.parse import urlencode, urljoin

import streamlit as st

ADDRESS_MAX_CHARS = 2_000  # what mail programs and chats leave whole


def given(*names: str) -> dict[str, str]:
    """What the address asks for, taken out of it: a reload shows what was changed since."""
    found = {name: st.query_params[name] for name in names if name in st.query_params}
    for name in found:
        del st.query_params[name]
    return found


def link(page: str, values: dict[str, str], *, label: str) -> None:
    """A quiet popover with the address to copy. page: its path, "" for Studio."""
    with st.popover(
        label, type="tertiary", icon=":material/link:", key=f"{page or 'studio'}_share"
    ):
        asked = {name: value for name, value in values.items() if value}
        whole = f"{urljoin(st.context.url or 'http://localhost', f'/{page}')}?{urlencode(asked)}"
        if len(whole) > ADDRESS_MAX_CHARS:
            st.html(
                '<p class="facts">The text is too long for a link. Shorten it, or save the '
                "text as a file and send that.</p>"
            )
            return
        st.html('<p class="facts">Opens this page with the same text and voices.</p>')
        st.code(whole, language=None, wrap_lines=True)
