"""The lower half of Studio: the newest clips as cards, then a table of this browser's clips."""

import streamlit as st

from lib import money
from lib.library.listing import Wanted
from lib.take_out.clips import csv_of
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import clip_card, clip_table, style

CARDS = 4


def show() -> None:
    listing = services().library.listing
    newest = Wanted(owner=session.OWNER, browser=session.browser(), rows=CARDS)
    with st.container(key="grid_results"):
        for clip in listing.page(newest).clips:
            clip_card.clip_card(clip, place="studio")
    st.header("History", anchor=False)
    st.fragment(_table)()


def _table() -> None:
    words, sort = clip_table.words_and_sort("studio")
    wanted = Wanted(owner=session.OWNER, browser=session.browser(), words=words, sort=sort)
    clip_table.show("studio", wanted)
    count, usd = services().library.listing.totals(browser=session.browser())
    with style.row("row_history"):
        style.facts(money.count(count, "clip"), f"{money.price_after(usd, exact=True)} in all")
        st.download_button(
            "Save table (CSV)",
            data=lambda: csv_of(wanted, library=services().library, catalogue=services().catalogue),
            file_name="clips.csv",
            mime="text/csv",
            key="studio_csv",
            type="tertiary",
            icon=":material/table:",
            on_click="ignore",
        )
