"""The key: typed here, or set for the installation. Only its first characters are shown."""

from decimal import Decimal

import streamlit as st

from lib import logs, money, settings
from lib.errors import KeyRejectedError, SpeechError
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import studio_draft, style

SHOWN_CHARS = 8  # the service calls them the prefix, and says that they are safe to show
GET_A_KEY = "https://aimlapi.com/app/keys"


def show() -> None:
    """The section for the key: which key is used, and buttons to set, test and forget it."""
    st.header("Key", anchor=False)
    own = services().keys.get(session.browser())
    shared = services().settings.key
    if own:
        style.facts(f"{own[:SHOWN_CHARS]}…", "typed here, kept until Soundcheck restarts")
    elif shared:
        style.facts(f"{shared[:SHOWN_CHARS]}…", "set for this installation by whoever runs it")
    else:
        style.facts("No key yet. The built-in voices work without one.")
    with st.form("settings_key_form", border=False, clear_on_submit=True):
        typed = st.text_input(
            "Another key" if own or shared else "Key",
            type="password",
            key="settings_key",
            placeholder="Paste the key here",
            autocomplete="off",
        )
        if st.form_submit_button("Use this key", key="settings_use_key", type="primary"):
            _use(typed)
    _message()
    with style.row("row_key", spread=False):
        if session.key():
            st.button("Test the key", key="settings_test", on_click=_test)
        if own:
            st.button("Forget my key", key="settings_forget", type="tertiary", on_click=_forget)
        st.link_button("Get a key", GET_A_KEY, type="tertiary", icon=":material/open_in_new:")


def _use(typed: str) -> None:
    """Keep a key for this browser in the memory of this process, and nowhere else."""
    try:
        key = settings.key_from_text(typed)
    except SpeechError as error:
        _say("failure", str(error), error.hint)
        st.rerun()
    if not key:
        _say("failure", "No key was typed.", "Paste the key, then press Use this key.")
        st.rerun()
    logs.hide(key)
    try:
        balance = services().engines.client(key).balance()
    except SpeechError as error:
        if type(error) is KeyRejectedError:
            _say("failure", "This key is not accepted.", "Copy the whole key, and paste it again.")
            st.rerun()
        # The key may be right, or allow speech only. So keep it, and say what is known.
        _say("advice", "The key is kept, and could not be tested.", f"{error} {error.hint}")
    else:
        _works(balance)
    services().keys[session.browser()] = key
    studio_draft.refill()
    st.rerun()


def _forget() -> None:
    services().keys.pop(session.browser(), None)
    studio_draft.refill()
    _say("advice", "The key is forgotten.", "Nothing of it was ever written to disk.")


def _test() -> None:
    """Ask for the balance. This is free and shows whether the key is accepted."""
    try:
        balance = services().engines.client(session.key() or "").balance()
    except SpeechError as error:
        _say("failure", str(error), error.hint)
    else:
        _works(balance)


def _works(balance: Decimal) -> None:
    _say("advice", "The key works.", f"{money.dollars(balance)} left on it.")


def _say(kind: style.Kind, strong: str, text: str) -> None:
    st.session_state["_key_message"] = (kind, strong, text)


def _message() -> None:
    if message := st.session_state.get("_key_message"):
        style.notice(*message)
