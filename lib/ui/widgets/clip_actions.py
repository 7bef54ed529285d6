"""What the buttons of a clip do: they change library and session, and the page then draws it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lib import money
from lib.errors import SpeechError
from lib.library.clip import Clip
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import going, messages, set_aside, studio_draft


def use_again(clip: Clip) -> None:
    """Fill the form with the text and the settings of this clip, and put the cursor there."""
    going.go_to_field("studio")
    _fill(clip, clip.model, clip.voice)


def use_voice(model: str, voice: str) -> None:
    """Fill the form with this voice; its text stays."""
    going.go_to("studio")
    studio_draft.choose(model, voice)


def _fill(clip: Clip, model: str, voice: str) -> None:
    text = services().library.clips.script(clip.id)
    set_aside.keep(studio_draft.PAGE, studio_draft.unsent(), text)
    studio_draft.fill(text=text, model=model, voice=voice, format=clip.format)


def star(clip: Clip) -> None:
    messages.clear()
    services().library.clips.star(clip.id, not clip.star)


def star_of(clip_id: int) -> None:
    if clip := services().library.clips.get(clip_id):
        star(clip)


def prefer(clip_id: int) -> None:
    """Let this take stand for the others of its words, in the lists and in its script."""
    messages.clear()
    library = services().library
    clip = library.clips.get(clip_id)
    if clip:
        library.folds.prefer(clip_id)
        library.scripts.use_takes(clip_id, [part.utterance for part in library.clips.parts(clip)])


def rename(clip: Clip, field: str) -> None:
    """field: the key of the widget with the new name."""
    messages.clear()
    services().library.clips.rename(clip.id, st.session_state[field])


def annotate(clip: Clip, field: str) -> None:
    """field: the key of the widget with the note."""
    messages.clear()
    services().library.clips.annotate(clip.id, st.session_state[field])


def delete(clip_ids: Sequence[int], *, also: str = "") -> None:
    """also: what else is deleted with them, for the line that offers them back."""
    messages.clear()
    services().library.clips.delete(clip_ids)
    words = f"{money.count(len(clip_ids), 'clip')} deleted"
    messages.offer_undo(messages.CLIPS, words + also, partial(_restore, list(clip_ids)))


def delete_rows(clip_ids: Sequence[int]) -> None:
    """Delete rows of a list with all that lies under them: no older take comes up in their place.

    Nothing is said of rows that are gone already: what was deleted before is offered back still.
    """
    if whole := services().library.folds.whole(clip_ids):
        below = len(whole) - len(set(whole) & set(clip_ids))
        delete(whole, also=", with their takes and older versions" if below else "")


def _restore(clip_ids: Sequence[int]) -> None:
    services().library.clips.restore(clip_ids)


def dismiss(*clips: Clip) -> None:
    """Remove the cards of failed clips; their recorded parts stay in the library."""
    messages.clear()
    for clip in clips:
        services().orders.charges.dismiss(clip)


def check(clip: Clip) -> None:
    """Ask the service's records, at no cost, whether an unclear charge was made."""
    messages.clear()
    try:
        found = services().orders.charges.check(clip, visitor=session.visitor())
    except SpeechError as error:
        messages.say(error)
        return
    if found.charged:
        return  # the clip's card says so
    if found.late:
        messages.tell(
            "Not in the service's records yet.",
            "They lag a little: check in two minutes.",
            kind="info",
        )
    elif found.free:
        messages.tell(
            "It was not charged.", "You can try again without paying twice.", kind="success"
        )
