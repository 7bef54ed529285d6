"""The lower half of Studio: the newest clips as cards, then a table of this browser's clips."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from lib import money
from lib.library.clip import Clip
from lib.library.listing import Wanted
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import clip_card, clip_list, style

CARDS = 4


def show() -> None:
    clips = _newest()
    again = _asked_again(clips)
    if again:
        clips = [again, *(clip for clip in clips if clip.id != again.id)]
    with st.container(key="grid_results"):
        for clip in clips[:CARDS]:
            turn = st.session_state["_studio_again"].turn if clip is again else 0
            clip_card.clip_card(clip, place="studio", autoplay=turn)
    st.header("History", anchor=False)
    st.fragment(_table)()


class Again(NamedTuple):
    """A clip that was asked for a second time, and is heard once more. newest: the last then."""

    clip_id: int
    newest_id: int
    turn: int


def show_again(clip: Clip) -> None:
    """Show and play this finished clip first, until there is a newer one."""
    before = st.session_state.get("_studio_again")
    turn = before.turn + 1 if before else 1
    st.session_state["_studio_again"] = Again(clip.id, _newest()[0].id, turn)


def _asked_again(newest: Sequence[Clip]) -> Clip | None:
    again = st.session_state.get("_studio_again")
    if again is None or not newest or newest[0].id != again.newest_id:
        return None
    clip = services().library.clips.get(again.clip_id)
    return clip if clip and clip.deleted_at_s is None else None


def _newest() -> list[Clip]:
    mine = Wanted(owner=session.OWNER, browser=session.browser(), folded=False, rows=CARDS)
    return services().library.listing.page(mine).clips


def _table() -> None:
    words, sort = clip_list.words_and_sort("studio")
    mine = Wanted(owner=session.OWNER, browser=session.browser())
    clip_list.show("studio", replace(mine, words=words, sort=sort), everything=mine)
    count, usd = services().library.listing.totals(browser=session.browser())
    style.facts(money.count(count, "clip"), f"{money.price_after(usd, exact=True)} in all")
