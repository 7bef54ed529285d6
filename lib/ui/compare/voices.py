"""Compare's voices side by side: listen to them, rate them, save them, show them to others."""

import streamlit as st

from lib import money
from lib.library.auditions import Audition, Candidate
from lib.library.clip import Clip
from lib.loudness import gains_db
from lib.script import title_of
from lib.ui.compare import audition, new_test, take_away
from lib.ui.services import services
from lib.ui.widgets import clip_card, hidden_value, present, style
from lib.ui.widgets.board import board
from lib.waveform import scaled
from lib.web.marks import Card

BOARD = "compare_board"


def show(now: Audition, ready: list[Candidate]) -> None:
    style.heading(now.title or "Side by side", 2)
    if audition.is_another_script():
        style.about(f"These say: “{title_of(now.script)}”")
    gains = gains_db((each.clip for each in ready), services().library)
    _toolbar(now, ready, gains)
    _cards(ready, gains if st.session_state.get("compare_level", True) else {})


def _toolbar(now: Audition, ready: list[Candidate], gains: dict[int, float]) -> None:
    with style.row("row_compare_listen"):
        st.toggle("Number keys play a voice", value=True, key="compare_keys")
        st.toggle(
            "Same loudness",
            value=True,
            key="compare_level",
            help="For listening only: a louder voice would win unfairly. Downloads stay as they "
            "were recorded.",
        )
    with style.row("row_compare_show", spread=False):
        _save(now)
        new_test.start(now, ready)
        take_away.button(now, ready, {each.clip.id: _about(each.clip, ready) for each in ready})
        _present(now, ready, gains)


def _present(now: Audition, ready: list[Candidate], gains: dict[int, float]) -> None:
    tiles = [
        present.tile(
            each.clip,
            name=services().catalogue.voice_label(each.clip.voice),
            about=_about(each.clip, ready),
            text=now.script,
            gain_db=gains.get(each.clip.id, 0.0),
        )
        for each in ready
    ]
    present.present("compare_present", title=now.title or title_of(now.script), tiles=tiles)


def _save(now: Audition) -> None:
    with style.popover(
        "Save audition", hidden_value.key("compare_save"), icon="bookmark"
    ) as is_open:
        if not is_open:
            return
        st.text_input(
            "Name",
            value=now.title or title_of(now.script),
            key=f"compare_title_{now.id}",
        )
        st.button(
            "Save",
            key="compare_save_now",
            on_click=audition.save_as,
            args=(f"compare_title_{now.id}",),
        )


def _cards(ready: list[Candidate], gains: dict[int, float]) -> None:
    board(
        BOARD,
        [
            _card(number, each, gains.get(each.clip.id, 0.0), _about(each.clip, ready))
            for number, each in enumerate(ready, 1)
        ],
        on_marks=audition.mark,
        on_press=audition.press,
        remarks=True,
        keys=st.session_state.get("compare_keys", True),
        plain=services().library.preferences.get().plain_player,
    )


def _card(number: int, each: Candidate, gain_db: float, about: str) -> Card:
    clip, catalogue = each.clip, services().catalogue
    name = catalogue.voice_label(clip.voice)
    is_kept = clip.kind == "clip"
    return {
        "id": str(clip.id),
        "name": name,
        "about": about,
        "number": number,
        "address": services().links.to_clip(clip.file or ""),
        "length_s": clip.length_s or 0.0,
        "peaks": scaled(clip.peaks or b""),
        "gain_db": gain_db,
        "facts": money.price_after(clip.usd, exact=bool(clip.usd_is_exact)),
        "download": clip_card.download_of(clip, title_of(clip.excerpt), clip_card.names_pattern()),
        "rows": [{"id": "stars", "label": "", "stars": each.stars}],
        "remark": each.remark,
        "actions": [
            {
                "name": "keep",
                "label": "Kept" if is_kept else "Keep",
                "spoken": f"{name} is kept in the Library: take it out"
                if is_kept
                else f"Keep {name} in the Library",
            }
        ],
        "removable": f"Remove {name} from this audition",
    }


def _about(clip: Clip, among: list[Candidate]) -> str:
    """A description of the voice, with its model if there are several models."""
    catalogue = services().catalogue
    voice = catalogue.voice(clip.model, clip.voice)
    several = len({each.clip.model for each in among}) > 1
    model = [catalogue.model_label(clip.model)] if several else []
    return " · ".join([*([voice.character or voice.description] if voice else []), *model])
