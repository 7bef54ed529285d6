"""Short samples to listen to: recorded on request for their price, then free for everybody."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal

import streamlit as st

from lib import money
from lib.library.recordings import Recording
from lib.orders.plan import Plan
from lib.ui.widgets import buying, clip_card, messages
from lib.ui.widgets.buying import Order


def button(
    words: str,
    wanted: Plan,
    *,
    key: str,
    on_click: Callable[..., None],
    args: Sequence[Any] = (),
    kind: Literal["secondary", "tertiary"] = "tertiary",
    priced: bool = True,
) -> None:
    """A button that plays the sound. Its label is `words`, with the price if there is one.

    priced: whether the price is said at all.
    """
    is_free = not priced or not wanted.new or wanted.usd == 0
    st.button(
        words if is_free else f"{words} · {money.price_before(wanted.usd)}",
        key=key,
        type=kind,
        icon=":material/volume_up:",
        on_click=on_click,
        args=tuple(args),
    )


def hear(
    place: str, find: Callable[[], Plan], title: Callable[[Plan], str], *, notice: str = ""
) -> None:
    """What such a button does: the sample is asked for at this place, and recorded if it is new.

    find: what is in the fields at the click; it may raise SpeechError. title: of its clip.
    notice: where an error is said, as in `messages.say`.
    """
    messages.clear()
    buying.spend(partial(_order, place, find, title), place=notice)


def _order(place: str, find: Callable[[], Plan], title: Callable[[Plan], str]) -> Order | None:
    wanted = find()
    ask(place, wanted.first.key)
    if not wanted.new:
        return None
    return buying.order_of([wanted], title(wanted), kind="sample", titles=[title(wanted)])


def ask(place: str, key: str) -> None:
    """Let the sound with this key play by itself at this place, as soon as it is there."""
    st.session_state[f"_{place}_heard"] = key


def is_asked(place: str, key: str) -> bool:
    """Whether this sound was the last that was asked for at this place."""
    return bool(st.session_state.get(f"_{place}_heard") == key)


def forget(place: str) -> None:
    """Forget which sound was asked for at this place."""
    st.session_state.pop(f"_{place}_heard", None)


def play(key: str, recording: Recording, name: str, *, autoplay: bool = False) -> None:
    """A small player. autoplay: it starts by itself."""
    clip_card.sound_player(recording, key=key, name=name, autoplay=autoplay, small=True)
