"""The card of a finished clip."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lib import export, money
from lib.engines import OFFLINE
from lib.library.clip import Clip
from lib.library.recordings import Recording, file_of
from lib.script.visible import visible
from lib.speech import Utterance
from lib.take_out.clips import suffix_of
from lib.ui.services import services
from lib.ui.widgets import buying, clip_actions, hidden_value, live, sharing, style
from lib.ui.widgets.player import plain_player, player


def clip_card(
    clip: Clip,
    *,
    place: str,
    autoplay: int = 0,
    delete: Callable[[list[int]], None] = clip_actions.delete,
) -> None:
    """Title, player, facts and buttons. place: the beginning of the widget keys."""
    with st.container(key=f"card_{place}_{clip.id}"):
        with style.row(f"row_title_{place}_{clip.id}"):
            style.title(clip.title)
            st.button(
                "★ Starred" if clip.star else "Star",
                key=f"{place}_star_{clip.id}",
                type="tertiary",
                icon=None if clip.star else ":material/star:",  # of which there is no filled one
                on_click=clip_actions.star,
                args=(clip,),
            )
        clip_player(clip, place=place, autoplay=autoplay)
        style.facts(*facts_of(clip))
        if clip.note:
            style.about(clip.note)
        said_otherwise(clip)
        sharing.state(clip, f"{place}_shared_{clip.id}")
        with style.row(f"row_actions_{place}_{clip.id}", spread=False):
            _actions(clip, place, delete)


def said_otherwise(clip: Clip) -> None:
    """Show what the lexicon changed in the clip, if anything."""
    if wording := services().library.clips.wording(clip.id):
        said = [f"“{said}” for “{word}”" for word, said in wording if said]
        left = [f"“{word}”" for word, said in wording if not said]
        says = [f"Says {', '.join(said)}"] if said else []
        style.about(" · ".join([*says, *([f"Leaves out {', '.join(left)}"] if left else [])]))


def coming_sound(clip: Clip, said: Utterance, *, place: str) -> live.Sound | None:
    """The player of a clip that is being made, of this utterance alone; None for a plain player."""
    the = services()
    if the.library.preferences.get().plain_player:
        return None
    address = the.links.to_clip(file_of(said.key, said.format))
    return live.Sound(_player_key(clip, place), address, visible(clip.title))


def _player_key(clip: Clip, place: str) -> str:
    return f"{place}_player_{clip.id}"


def clip_player(clip: Clip, *, place: str, autoplay: int = 0) -> None:
    sound_player(clip, key=_player_key(clip, place), name=visible(clip.title), autoplay=autoplay)


def sound_player(
    sound: Clip | Recording, *, key: str, name: str, autoplay: int = 0, small: bool = False
) -> None:
    """Play a sound of the library in the player chosen in Settings."""
    is_plain = services().library.preferences.get().plain_player
    play = plain_player if is_plain else partial(player, key=key, small=small)
    play(
        address=services().links.to_clip(sound.file or ""),
        name=name,
        length_s=sound.length_s or 0.0,
        peaks=sound.peaks or b"",
        autoplay=autoplay,
    )


def names_pattern() -> str:
    """How files are named here; read it once for a list."""
    return services().library.preferences.get().file_names


def download_of(
    clip: Clip, title: str, pattern: str, *, names_voice: bool = True, names_take: bool = True
) -> str:
    """A link to the clip's file; the browser saves it under a name with this title."""
    named = export.Named(
        title=title,
        voice=services().catalogue.voices_label(clip.voices) if names_voice else "",
        take=clip.take if names_take else 1,
        made_at_s=clip.made_at_s,
    )
    name = export.file_name(named, suffix_of(clip), pattern=pattern)
    return services().links.to_download(clip.file or "", name)


def facts_of(clip: Clip) -> list[str]:
    """Such as "Ashley", "TTS-1 Max", "MP3, 58 kB", "$0.002", "just now"."""
    the = services()
    take = [f"take {clip.take}"] if clip.take > 1 else []
    # The offline voice has "free" in its name.
    price = money.price_after(clip.usd, exact=bool(clip.usd_is_exact))
    cost = [] if clip.model == OFFLINE else [price]
    return [
        the.catalogue.voices_label(clip.voices),
        the.catalogue.model_label(clip.model),
        f"{clip.format.upper()}, {money.size(clip.size_bytes or 0)}",
        *take,
        *cost,
        money.ago(clip.made_at_s),
    ]


def _actions(clip: Clip, place: str, delete: Callable[[list[int]], None]) -> None:
    link = download_of(clip, clip.title, names_pattern())
    style.download("Download", link, icon="download", of=clip.title)
    st.button(
        "New take",
        key=f"{place}_take_{clip.id}",
        type="tertiary",
        help=f"The same words once more, spoken anew · {buying.price_of([clip], clip.model)}",
        on_click=buying.new_take,
        args=(clip,),
    )
    st.button(
        "Use again",
        key=f"{place}_again_{clip.id}",
        type="tertiary",
        help="Put the text, the voice and the format back into the form",
        on_click=clip_actions.use_again,
        args=(clip,),
    )
    more = f"{place}_more_{clip.id}"
    with st.popover("More", type="tertiary", key=hidden_value.key(more)):
        st.text_input(
            "Name",
            value=clip.title,
            key=f"{place}_name_{clip.id}",
            on_change=clip_actions.rename,
            args=(clip, f"{place}_name_{clip.id}"),
        )
        st.text_area(
            "Note",
            value=clip.note,
            key=f"{place}_note_{clip.id}",
            placeholder="For whoever finds this clip",
            height=68,
            on_change=clip_actions.annotate,
            args=(clip, f"{place}_note_{clip.id}"),
        )
        sharing.button(f"{place}_share_{clip.id}", "Share", [clip], popover=more)
        st.button(
            "Delete",
            key=f"{place}_delete_{clip.id}",
            icon=":material/delete:",
            on_click=delete,
            args=([clip.id],),
        )
