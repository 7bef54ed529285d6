"""The lower half of Studio: the newest clips as cards, then a table of this browser's clips."""

from dataclasses import replace

import streamlit as st

from lib import money
from lib.library.listing import Wanted
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import clip_card, clip_list, style

CARDS = 4


def show() -> None:
    listing = services().library.listing
    newest = Wanted(owner=session.OWNER, browser=session.browser(), folded=False, rows=CARDS)
    with st.container(key="grid_results"):
        for clip in listing.page(newest).clips:
            clip_card.clip_card(clip, place="studio")
    st.header("History", anchor=False)
    st.fragment(_table)()


def _table() -> None:
    words, sort = clip_list.words_and_sort("studio")
    mine = Wanted(owner=session.OWNER, browser=session.browser())
    clip_list.show("studio", replace(mine, words=words, sort=sort), everything=mine)
    count, usd = services().library.listing.totals(browser=session.browser())
    style.facts(money.count(count, "clip"), f"{money.price_after(usd, exact=True)} in all")
