"""The draft of Studio's form. Other pages hand a text or a voice over to Studio by it."""

from typing import Any

import streamlit as st

from lib.library.clip import fingerprint
from lib.script import clean
from lib.speech import Format
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import hidden_value, messages

PAGE = "studio"
FIELDS = ("text", "model", "voice", "format")


def read() -> dict[str, Any]:
    """The draft as it was saved last; any of its fields may be missing."""
    return services().library.drafts.get(session.browser(), PAGE)


def save(values: dict[str, Any]) -> None:
    """Save the form, so that a reload or another page loses nothing."""
    draft = values | {"keyless": session.key() is None}
    draft["text"] = clean(draft["text"]).text  # the database refuses what no file can hold
    if draft == read():
        return  # the page is opened again
    messages.forget_question(PAGE)  # it was about the form as it stood before
    services().library.drafts.put(session.browser(), PAGE, draft, owner=session.OWNER)


def unsent() -> str:
    """The text in the form; "" once it has become a clip."""
    draft = read()
    said = [draft.get(field, "") for field in FIELDS]
    ready = services().library.clips.ready(fingerprint(*said), browser=session.browser())
    return "" if ready else said[0]


def fill(*, text: str, model: str, voice: str, format: Format) -> None:
    """Fill Studio's form with these values when it is drawn next."""
    save({"text": text, "model": model, "voice": voice, "format": format})
    refill()
    st.session_state["_studio_handed_over"] = True


def choose(model: str, voice: str) -> None:
    """Fill Studio's form with this voice; text and format stay."""
    draft = read()
    format = draft.get("format") or services().library.preferences.get().format
    fill(text=draft.get("text", ""), model=model, voice=voice, format=format)


def take_defaults() -> None:
    """Fill Studio's form with the new defaults; its text stays."""
    model = session.default_model()
    fill(
        text=read().get("text", ""),
        model=model,
        voice=session.default_voice(model),
        format=services().library.preferences.get().format,
    )


def refill() -> None:
    """Fill Studio's form from the draft again, for example after a change of the key."""
    st.session_state.pop("_studio_handed_over", None)
    hidden_value.turn("studio_text")
    hidden_value.turn("studio_voice")


def is_handed_over() -> bool:
    """Whether `fill` wrote the draft and Studio has not read it yet.

    Its model was chosen by a person and is kept, even without a key. Read once.
    """
    return bool(st.session_state.pop("_studio_handed_over", False))
