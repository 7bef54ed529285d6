"""The page of a viewer: clips that somebody shared, each to be heard, read and chosen."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lib import events, money
from lib.errors import InvalidRequestError
from lib.library import limits
from lib.library.clip import Clip
from lib.library.shares import Choice, Share
from lib.ui import session
from lib.ui.listen import closed
from lib.ui.listen.fields import typed
from lib.ui.services import services
from lib.ui.widgets import clip_card, style

SAID = "_listen_said"  # why the last press did nothing
SENT = "_listen_sent"  # the last press sent the viewer's name and remark


def show() -> None:
    """Draw the clips behind the link, or say why there are none."""
    shares = services().library.shares
    share = shares.find(st.query_params.get("clip", ""))
    if share is None:
        closed.unknown()
    elif share.closed_at_s is not None:
        closed.say("This link has ended", closed.ASK_FOR_ANOTHER)
    elif share.expired:
        until = f"It was open until {money.day(share.ends_at_s)}."
        closed.say("This link has ended", f"{until} {closed.ASK_FOR_ANOTHER}")
    elif clips := shares.clips(share):
        _clips(share, clips)
    else:
        closed.say("This clip is no longer there", closed.ASK_FOR_ANOTHER)


def _clips(share: Share, clips: Sequence[Clip]) -> None:
    choice = services().library.shares.choice(share, session.browser())
    if len(clips) == 1:
        style.heading(clips[0].title, 1)
    else:
        style.heading(money.count(len(clips), "clip"), 1)
        style.lead("Listen to each, and choose the one you like best.")
    if said := st.session_state.pop(SAID, None):
        style.notice("failure", said, "")
    for clip in clips:
        with st.container(key=f"card_shared_{clip.id}"):
            mine = choice if choice and choice.clip_id == clip.id else None
            _clip(share, clip, mine, is_alone=len(clips) == 1)


def _clip(share: Share, clip: Clip, choice: Choice | None, *, is_alone: bool) -> None:
    """choice: the viewer's, if it is this clip."""
    if not is_alone:
        style.title(clip.title)
    clip_card.clip_player(clip, place="listen")
    if share.names_voices:
        style.facts(f"Voice: {services().catalogue.voices_label(clip.voices)}")
    with style.row(f"row_shared_{clip.id}", spread=False):
        if choice is None:
            st.button(
                "Choose this" if is_alone else style.distinct("Choose this", clip.title),
                key=f"listen_choose_{clip.id}",
                type="primary" if is_alone else "secondary",
                on_click=partial(_choose, share, clip.id),
            )
        address = clip_card.download_of(
            clip, clip.title, clip_card.names_pattern(), names_voice=share.names_voices
        )
        style.download("Download", address, icon="download", of=clip.title)
    if choice:
        _chosen(share, choice)
    text = services().library.clips.script(clip.id)
    if text.strip() != clip.title:
        style.reading(text)


def _chosen(share: Share, choice: Choice) -> None:
    """The choice of this viewer, with a name and a remark to add."""
    if st.session_state.pop(SENT, False):
        style.notice("success", "Thank you, this is sent.", "You may still change it.")
    else:
        style.notice("success", "You chose this.", "Whoever sent you the link can see it.")
    send = partial(_send, share, choice.clip_id)
    st.text_input(
        "Your name (optional)",
        value=choice.name,
        key="listen_name",
        autocomplete="name",
        on_change=send,
    )
    st.text_area(
        "Remark (optional)",
        value=choice.remark,
        key=f"listen_remark_{choice.clip_id}",
        height=80,
        on_change=send,
    )
    if len(typed(f"listen_remark_{choice.clip_id}")) > limits.REMARK_MAX_CHARS:
        style.facts(f"Only the first {limits.REMARK_MAX_CHARS:,} characters of this are sent")
    with style.row("row_shared_words", spread=False):
        st.button("Send", key="listen_send", on_click=send)
        st.button(
            "Take back my choice",
            key="listen_take_back",
            type="tertiary",
            on_click=partial(_take_back, share),
        )


def _choose(share: Share, clip_id: int) -> None:
    """Store the choice; of what was said of another clip, only the name stays."""
    st.session_state.pop(SENT, None)
    before = services().library.shares.choice(share, session.browser())
    name = before.name if before else ""
    remark = before.remark if before and before.clip_id == clip_id else ""
    _store(share, clip_id, name=name, remark=remark)


def _send(share: Share, clip_id: int) -> None:
    """Store the name and the remark, unless the same moment has brought another choice."""
    choice = services().library.shares.choice(share, session.browser())
    if choice is None or choice.clip_id != clip_id:
        return
    name, remark = typed("listen_name"), typed(f"listen_remark_{clip_id}")
    st.session_state[SENT] = _store(share, clip_id, name=name, remark=remark)


def _store(share: Share, clip_id: int, *, name: str, remark: str) -> bool:
    shares = services().library.shares
    try:
        is_stored = shares.choose(share, session.browser(), clip_id, name=name, remark=remark)
    except InvalidRequestError as error:
        st.session_state[SAID] = f"{error} {error.hint}"
        return False
    if is_stored:
        services().events.publish(events.share(share.id))
    else:
        st.session_state[SAID] = "The clips here have just changed. Listen again, then choose."
    return is_stored


def _take_back(share: Share) -> None:
    services().library.shares.take_back(share, session.browser())
    services().events.publish(events.share(share.id))
