"""The key: typed here, or set for the installation. Only its first characters are shown."""

from decimal import Decimal

import streamlit as st

from lib import logs, money, settings
from lib.errors import KeyRejectedError, SpeechError
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import going, hidden_value, messages, studio_draft, style

SHOWN_CHARS = 8  # the service calls them the prefix, and says that they are safe to show
GET_A_KEY = "https://aimlapi.com/app/keys"
PLACE = FIELD = "settings_key"


def show() -> None:
    """The section for the key: which key is used, and buttons to set, test and forget it."""
    st.header("Key", anchor=False)
    own = services().keys.get(session.browser())
    shared = services().settings.key
    if own:
        style.facts(f"{own[:SHOWN_CHARS]}…", "yours, until Soundcheck is restarted")
    elif shared:
        style.facts(f"{shared[:SHOWN_CHARS]}…", "everybody here uses this key")
    else:
        style.facts("No key yet. The built-in voices work without one.")
    with st.form("settings_key_form", border=False):
        st.text_input(
            "Another key" if own or shared else "Key",
            type="password",
            key=hidden_value.key(FIELD),
            placeholder="Paste the key here",
            autocomplete="off",
        )
        st.form_submit_button("Use this key", key="settings_use_key", type="primary", on_click=_use)
    if note := messages.notice(PLACE):
        style.notice(note.kind, note.strong, note.text)
    with style.row("row_key", spread=False):
        if session.key():
            st.button("Test the key", key="settings_test", on_click=_test)
        if own:
            st.button("Forget my key", key="settings_forget", type="tertiary", on_click=_forget)
        st.link_button("Get a key", GET_A_KEY, type="tertiary", icon=":material/open_in_new:")
    going.focus_field()


def _use() -> None:
    """Keep the typed key for this browser in the memory of this process, and nowhere else.

    A key that is refused stays in its field, to be mended.
    """
    messages.clear()
    try:
        key = settings.key_from_text(st.session_state[hidden_value.key(FIELD)])
        if not key:
            _say("failure", "No key was typed.", "Paste the key, then press Use this key.")
            return
        logs.hide(key)
        _works(services().engines.client(key).balance())
    except settings.SettingsError as error:
        messages.say(error, PLACE)
        return
    except SpeechError as error:
        if type(error) is KeyRejectedError:
            _say("failure", "This key is not accepted.", "Compare it with the one you copied.")
            return
        # The key may be right, or allow speech only. So keep it, and say what is known.
        _say("advice", "The key is kept, and could not be tested.", f"{error} {error.hint}")
    services().keys[session.browser()] = key
    hidden_value.turn(FIELD)
    studio_draft.refill()


def _forget() -> None:
    messages.clear()
    services().keys.pop(session.browser(), None)
    studio_draft.refill()
    _say("info", "The key is forgotten.", "Nothing of it was ever written to disk.")


def _test() -> None:
    """Ask for the balance. This is free and shows whether the key is accepted."""
    messages.clear()
    try:
        _works(services().engines.client(session.key() or "").balance())
    except SpeechError as error:
        messages.say(error, PLACE)


def _works(balance: Decimal) -> None:
    _say("success", "The key works.", f"{money.dollars(balance)} left on it.")


def _say(kind: style.Kind, strong: str, text: str) -> None:
    messages.tell(strong, text, kind=kind, place=PLACE)
