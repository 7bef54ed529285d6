"""The shortlist of the whole installation, and the favourites of each browser."""

from collections.abc import Collection, Iterable

import streamlit as st

from lib.catalogue import Voice
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import messages

FAVOURITES = "favourites"  # saved as a draft of this browser


def first(voices: Iterable[Voice]) -> list[Voice]:
    """Sort the voices for a select: those on the shortlist first, otherwise in the given order."""
    chosen = shortlisted()
    return sorted(voices, key=lambda voice: voice.id not in chosen)


def shortlisted() -> Collection[str]:
    """Ids of the voices on the shortlist."""
    return services().library.preferences.get().shortlist


def favourites() -> Collection[str]:
    """Ids of this browser's favourites."""
    kept: list[str] = services().library.drafts.get(session.browser(), FAVOURITES).get("voices", [])
    return kept


def buttons(voice: Voice, *, on_shortlist: bool, favourite: bool) -> None:
    """Two buttons: a heart with a name for screen readers, and Shortlist."""
    st.button(
        f"Remove {voice.label} from favourites" if favourite else f"Favourite {voice.label}",
        key=f"voices_heart_{voice.id}",
        type="tertiary",
        icon=":material/heart_check:" if favourite else ":material/favorite:",
        on_click=_prefer,
        args=(voice.id, not favourite),
    )
    st.button(
        "Shortlisted" if on_shortlist else "Shortlist",
        key=f"voices_shortlist_{voice.id}",
        type="tertiary",
        icon=":material/check:" if on_shortlist else None,
        on_click=_shortlist,
        args=(voice.id, not on_shortlist),
    )


def _shortlist(voice: str, wanted: bool) -> None:
    messages.clear()
    services().library.preferences.shortlist(voice, wanted=wanted)


def _prefer(voice: str, wanted: bool) -> None:
    messages.clear()
    others = [each for each in favourites() if each != voice]
    body = {"voices": [*others, voice] if wanted else others}
    services().library.drafts.put(session.browser(), FAVOURITES, body, owner=session.OWNER)
