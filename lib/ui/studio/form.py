"""Studio's form: text, voice, model and format. They outlast other pages, reloads and restarts.

Streamlit forgets the widgets of a page that is left, and everything at a reload. The draft in the
library stays, and the widgets are filled from it.
"""

from functools import partial
from typing import Any

from lib import money
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.orders.parts import Request
from lib.script import title_of
from lib.speech import FORMATS, Format
from lib.ui import session
from lib.ui.services import services
from lib.ui.studio import history, voice_sample
from lib.ui.widgets import (
    buying,
    hidden_value,
    messages,
    sample,
    set_aside,
    share_link,
    studio_draft,
)

PAGE = studio_draft.PAGE
SEEN = ("text", "voice")
HIDDEN = ("model", "format")  # in a popover


def prepare() -> None:
    """Fill the widgets that are about to be drawn for the first time on this visit."""
    asked = share_link.given("text", "model", "voice", "format")
    if not asked and hidden_value.is_drawn("studio_text"):
        _settle()
        return
    before = studio_draft.read()
    set_aside.keep(PAGE, before.get("text", ""), asked.get("text", ""))
    draft = before | asked
    the = services()
    model: str = draft.get("model", "")
    keyless = session.key() is None
    can_be_used = studio_draft.is_handed_over() or not keyless or model == OFFLINE
    known = model in the.catalogue.model_ids and can_be_used
    if not known or (not asked and draft.get("keyless") != keyless):
        # A key was added or removed since: other voices can be used now.
        model = session.default_model()
    fill(
        draft.get("text", ""),
        model,
        draft.get("voice", ""),
        draft.get("format") or the.library.preferences.get().format,
    )


def share() -> None:
    """The button for a link that opens Studio with the same values."""
    share_link.link("", _values(), label="Link")


def fill(text: str, model: str, voice: str, format: Format) -> None:
    """Put these values into the form. An unknown voice becomes the default voice of the model."""
    if model not in services().catalogue.model_ids:
        model = session.default_model()
    voices = [each.id for each in services().catalogue.voices(model)]
    hidden_value.put("studio_text", text)
    hidden_value.put("studio_voice", voice if voice in voices else session.default_voice(model))
    hidden_value.put("studio_model", model)
    hidden_value.put("studio_format", format if format in FORMATS else FORMATS[0])
    save()


def _settle() -> None:
    """Replace a voice that the model does not have, before the select is drawn."""
    voices = [each.id for each in services().catalogue.voices(hidden_value.value("studio_model"))]
    if hidden_value.shown("studio_voice") not in voices:
        usual = session.default_voice(hidden_value.value("studio_model"))
        hidden_value.put("studio_voice", usual)


def hand_over(text: str) -> None:
    """Put a ready text into the form."""
    set_aside.keep(PAGE, studio_draft.unsent(), text)
    write(text)


def write(text: str) -> None:
    """Replace the text."""
    now = _values()
    fill(text, now["model"], now["voice"], now["format"])


def change_model(model: str) -> None:
    now = _values()
    fill(now["text"], model, now["voice"], now["format"])


def follow_model() -> None:
    """After a change of the model: keep the voice if the model has it, else take its default."""
    change_model(hidden_value.value("studio_model"))


def save() -> None:
    """Save the form, so that a reload or another page loses nothing."""
    studio_draft.save(_values())


def request() -> Request:
    now = _values()
    return Request(
        script=now["text"],
        model=now["model"],
        voice=now["voice"],
        format=now["format"],
        wording=services().library.lexicon.entries(),
    )


def generate() -> None:
    """The primary button: order the clip that the form describes."""
    messages.clear()
    sample.forget(voice_sample.PLACE)  # it has done its work
    save()
    try:
        asked = request()
    except SpeechError as error:
        messages.say(error)
        return
    buying.spend(partial(_order, asked))


def _order(asked: Request) -> buying.Order | None:
    """The order for the clip; if the visitor has it already, it is shown and plays instead."""
    plan = services().orders.plan(asked)
    if clip := services().orders.made_before(plan, visitor=session.visitor()):
        history.show_again(clip)
        messages.tell(
            "You have this clip already.",
            "It is below, at no cost. New take says the same words anew.",
            kind="info",
        )
        return None
    return buying.order_of([plan], _named(plan.text))


def _named(text: str) -> str:
    return f"“{title_of(text)}”, {money.count(len(text), 'character')}"


def _values() -> dict[str, Any]:
    hidden = {field: hidden_value.value(f"studio_{field}") for field in HIDDEN}
    return hidden | {field: hidden_value.shown(f"studio_{field}") for field in SEEN}
