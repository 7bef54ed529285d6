"""Clips as a table of pandas: what a list says about each, and all columns of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.library.clip import Clip
from lib.script import title_of
from lib.script.visible import visible
from lib.ui.services import services

if TYPE_CHECKING:
    import pandas as pd

TABLE_WIDTH_PX, TABLE_HEIGHT_PX = 880, 420
# Widths in px, so that all columns fit into a dialog.
COLUMNS = {
    "Name": st.column_config.TextColumn(width=170),
    "Text": st.column_config.TextColumn(width=220),
    "When": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm", width=130),
    "Voices": st.column_config.TextColumn(width=110),
    "Model": st.column_config.TextColumn(width=100),
    "Format": st.column_config.TextColumn(width=60),
    "Length": st.column_config.TextColumn(width=60),
    "Size": st.column_config.NumberColumn(format="bytes", width=75),
    "Price": st.column_config.TextColumn(width=80),
    "Take": st.column_config.NumberColumn(width=45),
    "Starred": st.column_config.CheckboxColumn(width=60),
    "Note": st.column_config.TextColumn(width=160),
}


def frame_of(clips: Sequence[Clip]) -> "pd.DataFrame":
    """One row for each clip, with the columns of COLUMNS."""
    import pandas as pd  # here, so that the first page need not wait 0.3 s for it

    catalogue = services().catalogue
    return pd.DataFrame(
        {
            "Name": [visible(clip.title) for clip in clips],
            "Text": [visible(clip.excerpt) for clip in clips],
            "When": [datetime.fromtimestamp(clip.made_at_s).astimezone() for clip in clips],
            "Voices": [catalogue.voices_label(clip.voices) for clip in clips],
            "Model": [catalogue.model_label(clip.model) for clip in clips],
            "Format": [clip.format.upper() for clip in clips],
            "Length": [money.length(clip.length_s or 0) for clip in clips],
            "Size": [clip.size_bytes for clip in clips],
            "Price": [price_of(clip) for clip in clips],
            "Take": [clip.take for clip in clips],
            "Starred": [clip.star for clip in clips],
            "Note": [visible(clip.note) for clip in clips],
        },
        columns=list(COLUMNS),
    )


def price_of(clip: Clip) -> str:
    if clip.model == OFFLINE:
        return "free"
    return money.price_after(clip.usd, exact=bool(clip.usd_is_exact))


def is_named(clip: Clip) -> bool:
    """Whether somebody gave it a name that its text does not begin with."""
    return clip.title != title_of(clip.excerpt)
