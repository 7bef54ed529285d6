"""Studio's lower half: the newest clips as cards, then the table of all from this browser."""

import streamlit as st

from lib import money
from lib.library.listing import Wanted
from lib.ui import cards, look, rows, session, table
from lib.ui.house import house

CARDS = 4


def show() -> None:
    listing = house().library.listing
    newest = Wanted(owner=session.OWNER, browser=session.browser(), rows=CARDS)
    with st.container(key="grid_results"):
        for clip in listing.page(newest).clips:
            cards.clip_card(clip, place="studio")
    st.header("History", anchor=False)
    st.fragment(_table)()


def _table() -> None:
    words, sort = table.words_and_sort("studio")
    wanted = Wanted(owner=session.OWNER, browser=session.browser(), words=words, sort=sort)
    table.show("studio", wanted)
    count, usd = house().library.listing.totals(browser=session.browser())
    with st.container(
        key="row_history",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        look.facts(money.count(count, "clip"), f"{money.price_after(usd, exact=True)} in all")
        st.download_button(
            "Save table (CSV)",
            data=lambda: rows.csv_of(wanted),
            file_name="clips.csv",
            mime="text/csv",
            key="studio_csv",
            type="tertiary",
            icon=":material/table:",
            on_click="ignore",
        )
