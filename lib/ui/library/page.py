"""The Library's list: all clips of the installation, filtered by words, voice, date and star."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import streamlit as st

from lib.library.clip import Kind
from lib.library.listing import Wanted
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import clip_list, going, shortlist, style

FILTERS = {
    "library_kind": None,
    "library_voice": None,
    "library_days": (),
    "library_starred": False,
}
MADE_IN: dict[Kind, str] = {"clip": "Studio", "line": "Scripts"}


def show() -> None:
    if not services().library.listing.page(Wanted(owner=session.OWNER, rows=1)).clips:
        style.facts(
            "Nothing here yet. Clips you make in Studio and Scripts are kept here for good."
        )
        st.button(
            "Make a first clip",
            key="library_studio",
            type="primary",
            on_click=going.go_to,
            args=("studio",),
        )
        return
    st.fragment(_list)()


def _list() -> None:
    words, sort = clip_list.words_and_sort("library")
    st.toggle("Filters", key="library_filters")  # lists.css shows it on a phone
    with style.row("row_library_filters", spread=False, at="bottom"):
        voice = _voice()
        since_s, until_s = _days()
        kind = st.selectbox(
            "Made in",
            MADE_IN,
            index=None,
            key="library_kind",
            format_func=lambda kind: MADE_IN[kind],
            placeholder="Anywhere",
            width=160,
        )
        starred = st.toggle("Starred", key="library_starred")
    everything = Wanted(owner=session.OWNER)
    wanted = replace(
        everything,
        words=words,
        sort=sort,
        kind=kind,
        voice=voice,
        since_s=since_s,
        until_s=until_s,
        starred=starred,
    )
    clip_list.show("library", wanted, everything=everything, filters=FILTERS)


def _voice() -> str | None:
    listed = shortlist.shortlisted()
    used = services().library.listing.voices(session.OWNER)
    used.sort(key=lambda voice: voice not in listed)
    return st.selectbox(
        "Voice",
        used,
        index=None,
        key="library_voice",
        format_func=lambda voice: services().catalogue.voice_label(voice),
        placeholder="Any voice",
        width=220,
    )


def _days() -> tuple[float | None, float | None]:
    """The first and the last second of the chosen days, as Unix seconds."""
    nothing: list[date | datetime | str | None] = []
    chosen = st.date_input("Made between", nothing, key="library_days", width=260)
    days = list(chosen) if isinstance(chosen, tuple) else [chosen]
    if not days:
        return None, None
    since = datetime.combine(days[0], time.min).astimezone()
    until = datetime.combine(days[-1] + timedelta(days=1), time.min).astimezone()
    return since.timestamp(), until.timestamp()
