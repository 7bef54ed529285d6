"""The clip that is chosen in a list: its card, its whole text, and what lies under it."""

from collections.abc import Callable, Sequence

import streamlit as st

from lib import money
from lib.library.clip import Clip
from lib.library.folds import Folded
from lib.script.visible import visible
from lib.ui.services import services
from lib.ui.widgets import clip_actions, clip_card, style

TEXT_SHOWN_CHARS = 20_000
SHOWN = 20  # takes, or older versions


def show(place: str, clip: Clip, *, on_close: Callable[[], None]) -> None:
    """place: the beginning of the widget keys."""
    with st.container(key=f"chosen_{place}"):
        with style.row(f"row_chosen_{place}", spread=False):
            st.button(
                "Close",
                key=f"{place}_close",
                type="tertiary",
                icon=":material/close:",
                on_click=on_close,
            )
        clip_card.clip_card(clip, place=f"{place}_chosen", delete=clip_actions.delete_rows)
        _text(place, clip)
        folds = services().library.folds
        takes = folds.under([clip.id], Folded.ON_TOP, Folded.TAKE).get(clip.id, [])
        if clip.id in [take.id for take in takes] and len(takes) > 1:
            _takes(place, clip, takes)
        older = folds.under([clip.id], Folded.OLDER).get(clip.id, [])
        _older(place, [each for each in older if each.id != clip.id])


def _text(place: str, clip: Clip) -> None:
    text = services().library.clips.script(clip.id)
    st.code(visible(text[:TEXT_SHOWN_CHARS]), language=None, wrap_lines=True)
    if len(text) > TEXT_SHOWN_CHARS:
        style.facts(f"The first {TEXT_SHOWN_CHARS:,} of {money.count(len(text), 'character')}")
        st.download_button(
            "Save the whole text",
            data=text,
            file_name="text.txt",
            key=f"{place}_whole_text_{clip.id}",
            type="tertiary",
            on_click="ignore",
        )


def _takes(place: str, clip: Clip, takes: Sequence[Clip]) -> None:
    style.facts(f"{_last_of(len(takes))} takes of these words")
    for take in takes[-SHOWN:]:
        with style.row(f"row_take_{place}_{take.id}"):
            _small(place, take, f"Take {take.take}")
            if take.id == clip.id:
                style.facts("This one")
            else:
                st.button(
                    "This one",
                    key=f"{place}_prefer_{take.id}",
                    help="Files, ZIPs and shares use it from now on",
                    on_click=clip_actions.prefer,
                    args=(take.id,),
                )


def _older(place: str, older: Sequence[Clip]) -> None:
    if not older:
        return
    style.facts(f"{_last_of(len(older))} older {'version' if len(older) == 1 else 'versions'}")
    for each in older[-SHOWN:]:
        with st.container(key=f"older_{place}_{each.id}", gap=None):
            style.about(each.excerpt)
            _small(place, each, money.ago(each.made_at_s))


def _last_of(count: int) -> str:
    return f"The last {SHOWN} of {count}" if count > SHOWN else str(count)


def _small(place: str, clip: Clip, name: str) -> None:
    clip_card.sound_player(
        clip, key=f"{place}_under_{clip.id}", name=f"{visible(clip.title)}, {name}", small=True
    )
