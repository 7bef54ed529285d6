"""A table of clips in pages. One row can be chosen, or several ticked to be taken out."""

from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from lib import money
from lib.library.clip import Clip
from lib.library.listing import Page, Sort, Wanted
from lib.script import title_of
from lib.script.visible import visible
from lib.take_out.clips import zip_of
from lib.ui.services import services
from lib.ui.widgets import clip_actions, clip_card, messages, present, style
from lib.web import sent

if TYPE_CHECKING:
    import pandas as pd

SORTS: dict[Sort, str] = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "longest": "Longest first",
    "title": "By name",
}
HEADER_PX, ROW_PX, TABLE_MAX_PX = 37, 35, 400


def show(place: str, wanted: Wanted) -> None:
    """The table for `wanted`, the card of the chosen clip, and the buttons for ticked clips.

    place: the beginning of the widget keys. Must run inside a fragment.
    """
    if messages.seen():
        st.rerun()  # the click changed elements outside this table too
    asked = _in_place(place, wanted)
    page = services().library.listing.page(asked)
    if not page.clips:
        style.facts("No clip is like that. Try fewer words, or another filter.")
        return
    ids = [clip.id for clip in page.clips]
    st.session_state[f"_{place}_ids"] = ids
    _keep_choice(place, ids)
    st.dataframe(
        _frame(page.clips),
        key=f"{place}_table",
        on_select=lambda: _chosen(place),
        selection_mode=["multi-row", "single-cell"],
        hide_index=True,
        height=min(TABLE_MAX_PX, HEADER_PX + ROW_PX * len(ids)),
        alt="Clips, one a row",
        column_config=_COLUMNS,
    )
    _turn_pages(place, asked, page)
    marked = _marked(place, page.clips)
    if marked:
        _take_out(place, marked)
    chosen = [clip for clip in page.clips if clip.id == st.session_state.get(f"_{place}_clip")]
    for clip in chosen:
        clip_card.clip_card(clip, place=f"{place}_chosen")
    if not chosen and not marked:
        style.facts("Choose a row to hear it, or tick several to take them out")


def words_and_sort(place: str) -> tuple[str, Sort]:
    """The search box and the sort order."""
    with style.row(f"row_{place}_find", spread=False, at="bottom"):
        words = st.text_input(
            "Search",
            key=f"{place}_words",
            placeholder="Search in texts, names and notes",
            icon=":material/search:",
            label_visibility="collapsed",
        )
        sort = st.selectbox(
            "Order",
            list(SORTS),
            key=f"{place}_sort",
            format_func=lambda each: SORTS[each],
            label_visibility="collapsed",
            width=160,
        )
    return words, sort


# Widths in px, so that all columns fit on a desktop screen.
_COLUMNS = {
    "Text": st.column_config.TextColumn(width=240),
    "When": st.column_config.DatetimeColumn(format="D MMM, HH:mm", width=105),
    "Voice": st.column_config.TextColumn(width=85),
    "Model": st.column_config.TextColumn(width=90),
    "Length": st.column_config.TextColumn(width=55),
    "Size": st.column_config.NumberColumn(format="bytes", width=65),
    "Price": st.column_config.TextColumn(width=95),
    "Take": st.column_config.NumberColumn(width=40),
    "★": st.column_config.TextColumn(width=30, help="Starred"),
}


def _frame(clips: list[Clip]) -> "pd.DataFrame":
    import pandas as pd  # here, so that the first page need not wait 0.3 s for it

    catalogue = services().catalogue
    return pd.DataFrame(
        {
            "Text": [visible(_words(clip)) for clip in clips],
            "When": [datetime.fromtimestamp(clip.made_at_s).astimezone() for clip in clips],
            "Voice": [catalogue.voice_label(clip.voice) for clip in clips],
            "Model": [catalogue.model_label(clip.model) for clip in clips],
            "Length": [money.length(clip.length_s or 0) for clip in clips],
            "Size": [clip.size_bytes for clip in clips],
            "Price": [money.price_after(clip.usd, exact=bool(clip.usd_is_exact)) for clip in clips],
            "Take": [clip.take for clip in clips],
            "★": ["★" if clip.star else "" for clip in clips],
        }
    )


def _words(clip: Clip) -> str:
    """The name that somebody gave the clip, and the beginning of its text."""
    named = clip.title != title_of(clip.excerpt)
    return f"{clip.title} — {clip.excerpt}" if named else clip.excerpt


def _chosen(place: str) -> None:
    """Remember the clip and not its row, since a new clip on top moves all rows."""
    cells = st.session_state[f"{place}_table"]["selection"]["cells"]
    ids = st.session_state[f"_{place}_ids"]
    if cells and (chosen := sent.places(cells[0][:1], len(ids))):
        st.session_state[f"_{place}_clip"] = ids[chosen[0]]


def _keep_choice(place: str, ids: list[int]) -> None:
    """Move the ticks of the grid to the rows where their clips are now."""
    before = st.session_state.get(f"_{place}_drawn")
    st.session_state[f"_{place}_drawn"] = ids
    old = st.session_state.get(f"{place}_table")
    if old is None or before is None or before == ids:
        return
    if not (old["selection"]["rows"] or old["selection"]["cells"]):
        return  # nothing to move; setting the same value would undo a click that is on its way
    kept = [before[row] for row in sent.places(old["selection"]["rows"], len(before))]
    chosen = st.session_state.get(f"_{place}_clip")
    st.session_state[f"{place}_table"] = {
        "selection": {
            "rows": [ids.index(clip_id) for clip_id in kept if clip_id in ids],
            "columns": [],
            "cells": [(ids.index(chosen), "Text")] if chosen in ids else [],
        }
    }


def _marked(place: str, clips: list[Clip]) -> list[Clip]:
    table = st.session_state.get(f"{place}_table")
    marked = table["selection"]["rows"] if table else []
    return [clips[row] for row in sent.places(marked, len(clips))]


def _in_place(place: str, wanted: Wanted) -> Wanted:
    """The query for the current page; a new query starts at its first page."""
    trail: list[Wanted] = st.session_state.setdefault(f"_{place}_trail", [wanted])
    if trail[0] != wanted:
        trail[:] = [wanted]
    return trail[-1]


def _turn_pages(place: str, asked: Wanted, page: Page) -> None:
    trail: list[Wanted] = st.session_state[f"_{place}_trail"]
    if len(trail) == 1 and page.next is None:
        return
    with style.row(f"row_{place}_pages", spread=False):
        if len(trail) > 1:
            st.button(
                "Back",
                key=f"{place}_back",
                icon=":material/chevron_left:",
                on_click=_back,
                args=(trail,),
            )
        style.facts(f"Page {len(trail)}")
        if page.next:
            st.button(
                "More",
                key=f"{place}_next",
                icon=":material/chevron_right:",
                on_click=trail.append,
                args=(page.next,),
            )


def _back(trail: list[Wanted]) -> None:
    trail.pop()


def _take_out(place: str, marked: list[Clip]) -> None:
    count = money.count(len(marked), "clip")
    with style.row(f"row_{place}_marked", spread=False):
        st.download_button(
            f"Download {count} (ZIP)",
            data=lambda: zip_of(marked, library=services().library, catalogue=services().catalogue),
            file_name="clips.zip",
            mime="application/zip",
            key=f"{place}_zip",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
        present.clips(f"{place}_present", marked)
        st.button(
            f"Delete {count}",
            key=f"{place}_delete_marked",
            type="tertiary",
            on_click=clip_actions.delete,
            args=([clip.id for clip in marked],),
        )
