"""What the buttons of a clip do: they change library and session, and the page then draws it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.library.clip import Clip
from lib.library.entry import Entry
from lib.library.problem import Problem
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import messages, studio_draft

RECORDS_LATE_S = 120.0  # the service's records may lag behind its answers


def with_other(clip: Clip, model: str) -> None:
    """Fill the form with this clip's text for another model; nothing is ordered yet."""
    messages.clear()
    voice = clip.voice if model != OFFLINE else session.default_voice(OFFLINE)
    _fill(clip, model, voice)
    services().library.clips.delete([clip.id])


def use_again(clip: Clip) -> None:
    """Fill the form with the text and the settings of this clip."""
    messages.clear()
    studio_draft.go_to_studio()
    _fill(clip, clip.model, clip.voice)


def use_voice(model: str, voice: str) -> None:
    """Fill the form with this voice; its text stays."""
    messages.clear()
    studio_draft.go_to_studio()
    studio_draft.choose(model, voice)


def _fill(clip: Clip, model: str, voice: str) -> None:
    text = services().library.clips.script(clip.id)
    studio_draft.fill(text=text, model=model, voice=voice, format=clip.format)


def star(clip: Clip) -> None:
    messages.clear()
    services().library.clips.star(clip.id, not clip.star)


def rename(clip: Clip, field: str) -> None:
    """field: the key of the widget with the new name."""
    messages.clear()
    services().library.clips.rename(clip.id, st.session_state[field])


def annotate(clip: Clip, field: str) -> None:
    """field: the key of the widget with the note."""
    messages.clear()
    services().library.clips.annotate(clip.id, st.session_state[field])


def delete(clip_ids: Sequence[int]) -> None:
    messages.clear()
    services().library.clips.delete(clip_ids)
    messages.offer_undo(
        messages.CLIPS,
        f"{money.count(len(clip_ids), 'clip')} deleted",
        partial(_restore, list(clip_ids)),
    )


def _restore(clip_ids: Sequence[int]) -> None:
    services().library.clips.restore(clip_ids)


def dismiss(clip: Clip) -> None:
    """Remove the card of a failed clip; its recorded parts stay in the library."""
    messages.clear()
    services().library.ledger.settle([entry.id for entry in session.unclear(clip)])
    services().library.clips.delete([clip.id])


def check(clip: Clip) -> None:
    """Ask the service's records, at no cost, whether an unclear charge was made."""
    messages.clear()
    the = services()
    try:
        found = [_check(entry) for entry in session.unclear(clip)]
    except SpeechError as error:
        messages.say(error)
        return
    problem = clip.problem or Problem()
    if charged := next((words for words in found if words), None):
        the.library.clips.move(clip.id, "failed", problem.with_charge(charged))
    elif not session.unclear(clip):
        the.library.clips.move(clip.id, "failed", problem.without_charge())


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
        messages.tell(
            "Not in the service's records yet.", "They lag a little: check in two minutes."
        )
    else:  # not there, or there as a call that failed and so was not charged
        the.library.ledger.never_charged(entry.id)
        messages.tell("It was not charged.", "You can try again without paying twice.")
    return None
