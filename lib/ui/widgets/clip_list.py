"""A list of clips: found, played, ticked and taken out. The card of the chosen one is beside it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

import streamlit as st

from lib import money
from lib.library.clip import Clip
from lib.library.listing import Sort, Wanted
from lib.take_out.clips import csv_of, zip_of
from lib.ui.services import services
from lib.ui.widgets import (
    chosen_clip,
    clip_actions,
    clip_card,
    clip_frame,
    clip_rows,
    messages,
    present,
    sharing,
    shelf,
    style,
)

SORTS: dict[Sort, str] = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "longest": "Longest first",
    "title": "By name",
}
NO_FILTERS: Mapping[str, object] = MappingProxyType({})
ROWS = 50  # sent to the browser at once
ALL_COLUMNS_MAX = 1_000  # rows; the CSV has all


def words_and_sort(place: str) -> tuple[str, Sort]:
    """The search box and the sort order. place: the beginning of the widget keys."""
    with style.row(f"row_find_{place}", spread=False, at="bottom"):
        words = st.text_input(
            "Search",
            key=f"{place}_words",
            placeholder="Search clips",
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


def show(
    place: str,
    wanted: Wanted,
    *,
    everything: Wanted,
    filters: Mapping[str, object] = NO_FILTERS,
) -> None:
    """The clips that are wanted, of `everything` in this list. Must run inside a fragment.

    filters: the keys of the widgets that narrow the list, besides the search, with what each holds
        when it does not.
    """
    if messages.seen():
        st.rerun()  # the click changed elements outside this list too
    key = f"{place}_shelf"
    ticked = shelf.ticked(key)
    if (standing := services().library.folds.standing(ticked)) != ticked:
        shelf.put_ticks(key, standing)  # another take of a ticked row is on top now
    window = services().library.listing.window(replace(wanted, rows=ROWS), shelf.start(key))
    _count(place, wanted, window.found, everything, filters)
    if window.found:
        chosen = services().library.clips.get(st.session_state.get(f"_{place}_clip", 0))
        with st.container(key=f"shelf_{place}"):
            shelf.shelf(
                key,
                clip_rows.rows_of(window.clips, wanted.words),
                start=window.start,
                found=window.found,
                words=wanted.words,
                sort=wanted.sort,
                chosen=chosen.id if chosen else None,
                plain=services().library.preferences.get().plain_player,
                presses=_presses(place, wanted),
            )
            if chosen and chosen.deleted_at_s is None:
                chosen_clip.show(place, chosen, on_close=partial(_choose, place, None))
    _ticked(place, services().library.listing.many(standing))


def _count(
    place: str, wanted: Wanted, found: int, everything: Wanted, filters: Mapping[str, object]
) -> None:
    """How many clips were found, and the ways to see more of them."""
    total = services().library.listing.count(everything)
    is_narrowed = wanted != replace(everything, sort=wanted.sort)
    with style.row(f"row_{place}_count", spread=False):
        if not is_narrowed:
            style.facts(money.count(total, "clip"))
        elif found:
            style.facts(f"{found:,} of {money.count(total, 'clip')}")
        else:
            style.facts("No clip is like that. Try fewer words, or another filter.")
        if is_narrowed:
            label = "Clear filters" if filters else "Clear the search"
            empty = {f"{place}_words": "", **filters}
            st.button(label, key=f"{place}_clear", type="tertiary", on_click=_clear, args=(empty,))
        if found:
            with style.popover("All columns", f"{place}_columns", quiet=True) as is_open:
                if is_open:
                    _all_columns(place, wanted)


def _all_columns(place: str, wanted: Wanted) -> None:
    clips: list[Clip] = []
    page = services().library.listing.page(replace(wanted, folded=False))
    while page.clips:
        clips += page.clips
        if page.next is None or len(clips) >= ALL_COLUMNS_MAX:
            break
        page = services().library.listing.page(page.next)
    st.dataframe(
        clip_frame.frame_of(clips),
        key=f"{place}_table",
        hide_index=True,
        width=clip_frame.TABLE_WIDTH_PX,
        height=clip_frame.TABLE_HEIGHT_PX,
        alt="Clips with all columns, one a row",
        column_config=clip_frame.COLUMNS,
    )
    with style.row(f"row_{place}_csv"):
        style.facts(
            f"The first {len(clips):,} clips" if page.next else "With all takes and older versions"
        )
        st.download_button(
            "Save table (CSV)",
            data=lambda: csv_of(
                replace(wanted, folded=False),
                library=services().library,
                catalogue=services().catalogue,
            ),
            file_name="clips.csv",
            mime="text/csv",
            key=f"{place}_csv",
            icon=":material/table:",
            on_click="ignore",
        )


def _ticked(place: str, clips: list[Clip]) -> None:
    """What can be done with the ticked clips: a line that stays in view."""
    if not clips:
        return
    count = money.count(len(clips), "clip")
    with style.row(f"row_{place}_ticked", spread=False):
        style.facts(f"{count} chosen")
        _download(place, clips)
        present.clips(f"{place}_present", clips)
        sharing.button(f"{place}_share_ticked", f"Share {count}", clips)
        st.button(
            f"Delete {count}",
            key=f"{place}_delete_ticked",
            type="tertiary",
            on_click=_delete,
            args=(place, [clip.id for clip in clips]),
        )
        st.button(
            "Choose none",
            key=f"{place}_untick",
            type="tertiary",
            on_click=shelf.put_ticks,
            args=(f"{place}_shelf", []),
        )


def _download(place: str, clips: list[Clip]) -> None:
    if len(clips) == 1:
        (clip,) = clips
        link = clip_card.download_of(clip, clip.title, clip_card.names_pattern())
        style.download("Download 1 clip", link, icon="download", of=clip.title)
        return
    st.download_button(
        f"Download {money.count(len(clips), 'clip')} (ZIP)",
        data=lambda: zip_of(clips, library=services().library, catalogue=services().catalogue),
        file_name="clips.zip",
        mime="application/zip",
        key=f"{place}_zip",
        icon=":material/folder_zip:",
        on_click="ignore",
    )


# ---- What the rows' buttons and keys do ----


def _presses(place: str, wanted: Wanted) -> shelf.Presses:
    def tick_all(_: int) -> None:
        shelf.put_ticks(f"{place}_shelf", services().library.listing.ids(wanted))

    sorts = {f"sort_{sort}": partial(_sort, place, sort) for sort in SORTS}
    return {
        "open": lambda clip_id: _choose(place, clip_id),
        "close": lambda _: _choose(place, None),
        "star": clip_actions.star_of,
        "prefer": clip_actions.prefer,
        "delete": lambda clip_id: _delete(place, [clip_id]),
        "tick_all": tick_all,
        **sorts,
    }


def _choose(place: str, clip_id: int | None) -> None:
    st.session_state[f"_{place}_clip"] = clip_id or 0


def _sort(place: str, sort: Sort, _: int) -> None:
    st.session_state[f"{place}_sort"] = sort


def _delete(place: str, clip_ids: list[int]) -> None:
    key = f"{place}_shelf"
    clip_actions.delete_rows(clip_ids)
    shelf.put_ticks(key, [each for each in shelf.ticked(key) if each not in clip_ids])


def _clear(empty: Mapping[str, object]) -> None:
    st.session_state.update(empty)
