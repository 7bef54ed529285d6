"""What buttons do. Callbacks: they change library and session, and the page then draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.library.clip import Clip
from lib.library.entry import Entry
from lib.ui import session
from lib.ui.services import services
from lib.ui.studio import form

NOT_CHARGED = "The service's answer was lost, and its records show no charge."
RECORDS_LATE_S = 120.0  # the service's records may lag behind its answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the last click led to, shown until the next one: at `place`, else near the form."""

    kind: Literal["advice", "failure"]
    strong: str
    text: str
    place: str = ""


def notice(place: str = "") -> Notice | None:
    found = st.session_state.get("_notice")
    return found if isinstance(found, Notice) and found.place == place else None


def seen() -> bool:
    """Whether a click changed more than the fragment it was made in; the page has seen it now."""
    return bool(st.session_state.pop("_acted", False))


def leads_to_studio() -> bool:
    """Whether the click continues in Studio, wherever it was made."""
    return bool(st.session_state.pop("_to_studio", False))


def with_other(clip: Clip, model: str) -> None:
    """The form, filled with this clip's text for another model; nothing is made yet."""
    clear()
    voice = clip.voice if model != OFFLINE else session.default_voice(OFFLINE)
    form.fill(services().library.clips.script(clip.id), model, voice, clip.format)
    services().library.clips.delete([clip.id])


def use_again(clip: Clip) -> None:
    """Text and settings back in the form."""
    clear()
    st.session_state["_to_studio"] = True
    form.fill(services().library.clips.script(clip.id), clip.model, clip.voice, clip.format)


def use_voice(model: str, voice: str) -> None:
    """This voice in the form, whose text stays."""
    clear()
    st.session_state["_to_studio"] = True
    form.choose(model, voice)


def star(clip: Clip) -> None:
    clear()
    services().library.clips.star(clip.id, not clip.star)


def rename(clip: Clip, field: str) -> None:
    """`field`: the widget that has the new name."""
    clear()
    services().library.clips.rename(clip.id, st.session_state[field])


def annotate(clip: Clip, field: str) -> None:
    """`field`: the widget that has the note."""
    clear()
    services().library.clips.annotate(clip.id, st.session_state[field])


def delete(clip_ids: Sequence[int]) -> None:
    clear()
    services().library.clips.delete(clip_ids)
    st.session_state["_deleted"] = list(clip_ids)


def deleted() -> list[int]:
    """The clips that Undo would bring back."""
    return list(st.session_state.get("_deleted", []))


def undo() -> None:
    clip_ids = deleted()
    clear()
    services().library.clips.restore(clip_ids)


def dismiss(clip: Clip) -> None:
    """Put the card of a clip that was not made away; its parts that were recorded stay."""
    clear()
    services().library.ledger.settle([entry.id for entry in session.unclear(clip)])
    services().library.clips.delete([clip.id])


def check(clip: Clip) -> None:
    """Ask the service's records, at no cost, whether an unclear charge was made."""
    clear()
    the = services()
    try:
        found = [_check(entry) for entry in session.unclear(clip)]
    except SpeechError as error:
        say(error)
        return
    if charged := next((words for words in found if words), None):
        known = {"message": charged, "hint": "", "checked": True}
        the.library.clips.move(clip.id, "failed", (clip.problem or {}) | known)
    elif not session.unclear(clip):
        cleared = {"message": NOT_CHARGED, "hint": "", "charged": False}
        the.library.clips.move(clip.id, "failed", (clip.problem or {}) | cleared)


def _check(entry: Entry) -> str | None:
    """What the records show of a charge, None while or where they show none."""
    the = services()
    found = the.engines.client(session.key()).logs(entry.id)
    if found is not None and found.charge.usd != 0:
        the.library.ledger.charged_without_sound(entry.id, found.charge, found.reference)
        usd = found.charge.usd
        cost = "a charge" if usd is None else money.price_after(usd, exact=True)
        return f"The service's records show {cost}, and the sound is lost."
    if found is None and the.library.ledger.quiet_s(entry) < RECORDS_LATE_S:
        tell("Not in the service's records yet.", "They lag a little: check in two minutes.")
    else:  # not there, or there as a call that failed and so was not charged
        the.library.ledger.never_charged(entry.id)
        tell("It was not charged.", "You can try again without paying twice.")
    return None


def say(error: SpeechError, place: str = "") -> None:
    """Show an error until the next click: at `place`, else near the form."""
    st.session_state["_notice"] = Notice(
        kind="failure", strong=str(error), text=error.hint, place=place
    )


def tell(strong: str, text: str) -> None:
    """Show what a click led to, near the form, until the next one."""
    st.session_state["_notice"] = Notice(kind="advice", strong=strong, text=text)


def clear() -> None:
    """Every click begins by forgetting what the last one led to."""
    st.session_state["_acted"] = True
    for name in ("_notice", "_question", "_deleted"):
        st.session_state.pop(name, None)
