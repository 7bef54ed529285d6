"""Studio's form: text, voice, model and format, kept through pages, reloads and restarts.

Streamlit forgets a widget when its page is left, and everything at a reload. The draft in the
library is what lasts; the widgets are filled from it when they come back.
"""

from typing import Any

import streamlit as st

from lib.engines import OFFLINE
from lib.orders.parts import Request
from lib.script import clean
from lib.speech import FORMATS, Format
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import hidden_value, messages, share_link

PAGE = "studio"
SEEN = ("text", "voice")
HIDDEN = ("model", "format")  # in a popover


def prepare() -> None:
    """Fill the widgets that are about to be drawn for the first time on this visit."""
    asked = share_link.given("text", "model", "voice", "format")
    if not asked and "studio_text" in st.session_state:
        _settle()
        return
    before = services().library.drafts.get(session.browser(), PAGE)
    share_link.set_aside(PAGE, before.get("text", ""), asked)
    draft = before | asked
    the = services()
    model: str = draft.get("model", "")
    keyless = session.key() is None
    known = model in the.catalogue.model_ids and (not keyless or model == OFFLINE)
    if not known or (not asked and draft.get("keyless") != keyless):
        # A key came or went since: the voices that fit are others now.
        model = session.default_model()
    fill(
        draft.get("text", ""),
        model,
        draft.get("voice", ""),
        draft.get("format") or the.library.preferences.get().format,
    )


def share() -> None:
    """A link that opens Studio as it stands."""
    share_link.link("", _values(), label="Share")


def fill(text: str, model: str, voice: str, format: Format) -> None:
    """Put these into the form; a voice that the model does not have becomes its usual one."""
    if model not in services().catalogue.model_ids:
        model = session.default_model()
    voices = [each.id for each in services().catalogue.voices(model)]
    st.session_state["studio_text"] = text
    st.session_state["studio_voice"] = voice if voice in voices else session.default_voice(model)
    hidden_value.put("studio_model", model)
    hidden_value.put("studio_format", format if format in FORMATS else FORMATS[0])
    save()


def _settle() -> None:
    """A voice that is not offered, or no longer: the usual one, before a select is drawn of it."""
    voices = [each.id for each in services().catalogue.voices(hidden_value.value("studio_model"))]
    if st.session_state["studio_voice"] not in voices:
        st.session_state["studio_voice"] = session.default_voice(hidden_value.value("studio_model"))


def take_defaults() -> None:
    """The defaults were changed in Settings: the form follows, and keeps its text."""
    draft = services().library.drafts.get(session.browser(), PAGE)
    model = session.default_model()
    format = services().library.preferences.get().format
    fill(draft.get("text", ""), model, session.default_voice(model), format)


def choose(model: str, voice: str) -> None:
    """This voice from any page; text and format stay as they are in the draft."""
    draft = services().library.drafts.get(session.browser(), PAGE)
    format = draft.get("format") or services().library.preferences.get().format
    fill(draft.get("text", ""), model, voice, format)


def write(text: str) -> None:
    """Another text, everything else as it is."""
    now = _values()
    fill(text, now["model"], now["voice"], now["format"])


def change_model(model: str) -> None:
    now = _values()
    fill(now["text"], model, now["voice"], now["format"])


def forget_model() -> None:
    """A key came or went: let the next visit choose among the voices there are now."""
    st.session_state.pop("studio_text", None)


def follow_model() -> None:
    """The model was changed: keep the voice if it has that one, else take its usual one."""
    change_model(hidden_value.value("studio_model"))


def save() -> None:
    """Write the draft down, so that a reload or another page loses nothing."""
    messages.forget_question()  # it was about the form as it stood before
    draft = _values() | {"keyless": session.key() is None}
    draft["text"] = clean(draft["text"]).text  # the database refuses what no file can hold
    services().library.drafts.put(session.browser(), PAGE, draft, owner=session.OWNER)


def request() -> Request:
    now = _values()
    return Request(
        script=now["text"],
        model=now["model"],
        voice=now["voice"],
        format=now["format"],
        wording=services().library.lexicon.entries(),
    )


def _values() -> dict[str, Any]:
    hidden = {field: hidden_value.value(f"studio_{field}") for field in HIDDEN}
    return hidden | {field: st.session_state[f"studio_{field}"] for field in SEEN}
