"""What a screen reader says of the work on a page, where others see cards come and go."""

from collections.abc import Sequence

import streamlit as st

from lib.library.clip import Clip
from lib.ui.services import services
from lib.ui.widgets.component import component

_draw = component("status", "status.css", "status.js")


def show(place: str, working: Sequence[Clip]) -> None:
    """Tell that recording begins, and when a clip is ready; each once. Failures tell themselves.

    working: the clips that are being made now. Draw it always, at the same place.
    """
    before: set[int] = st.session_state.get(f"_{place}_working", set())
    now = {clip.id for clip in working}
    st.session_state[f"_{place}_working"] = now
    ended = [services().library.clips.get(clip_id) for clip_id in sorted(before - now)]
    news = [f"“{clip.title}” is ready." for clip in ended if clip and clip.state == "ready"]
    news += [f"Recording “{clip.title}”." for clip in working if clip.id not in before]
    if news:
        st.session_state[f"_{place}_news"] = " ".join(news)
    _draw(key=f"{place}_status", data={"words": st.session_state.get(f"_{place}_news", "")})
