"""Share clips with people who have no Soundcheck: the dialog with the link, and who chose what."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lib import days, events, money
from lib.errors import InvalidRequestError
from lib.library.clip import Clip
from lib.library.shares import Choice, Share
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import hidden_value, live, share_link, style
from lib.web.hosts import is_loopback

DAYS = {"1 day": 1, "7 days": 7, "30 days": 30, "No end": None}
USUAL = "7 days"
CHOICES_SHOWN = 3

_OPEN = "_sharing"  # the key of the button whose dialog is open


def button(key: str, label: str, clips: Sequence[Clip], *, popover: str = "") -> None:
    """The button that opens the dialog, and the dialog while it is open.

    popover: the one that the button is in, which closes. Its key is `hidden_value.key(popover)`.
    """
    st.button(
        label,
        key=key,
        type="tertiary",
        icon=":material/share:",
        on_click=partial(_show, key, popover),
    )
    if st.session_state.get(_OPEN) == key:
        title = "Share this clip" if len(clips) == 1 else f"Share {len(clips)} clips"
        st.dialog(title, on_dismiss=_close)(_dialog)(key, clips)


def state(clip: Clip, key: str) -> None:
    """On the card of a clip: who chose it, and until when it is shared. key: of what listens."""
    shares = services().library.shares.of(clip.id)
    drawn = live.seen(*(events.share(each.id) for each in shares))
    if shares:
        live.watch(f"{key}_live", drawn, gap_s=1.0, poll=True)
    choices = services().library.shares.choices(clip.id)
    for choice in choices[:CHOICES_SHOWN]:
        style.notice("success", *_chosen(choice, clip))
    if len(choices) > CHOICES_SHOWN:
        style.facts(f"Chosen {len(choices):,} times in all")
    if shares:
        style.facts(f"Shared{_until(max(shares, key=_end_s))}")


def _chosen(choice: Choice, clip: Clip) -> tuple[str, str]:
    """Such as ("Chosen by Ms Ray,", "28 November: “Slower please”")."""
    what = "Chosen" if choice.clip_id == clip.id else f"Take {choice.take} chosen"
    who = f" by {choice.name}" if choice.name else ""
    remark = f": “{choice.remark}”" if choice.remark else ""
    return f"{what}{who},", f"{money.day(choice.made_at_s)}{remark}"


def _until(share: Share) -> str:
    return f" until {money.day(share.ends_at_s)}" if share.ends_at_s else ", with no end"


def _end_s(share: Share) -> float:
    return share.ends_at_s or float("inf")


# ---- The dialog ----


def _show(key: str, popover: str) -> None:
    if popover:
        hidden_value.close(popover)
    st.session_state[_OPEN] = key
    st.session_state.pop(_said(key), None)


def _close() -> None:
    st.session_state.pop(_OPEN, None)


def _dialog(key: str, clips: Sequence[Clip]) -> None:
    one = len(clips) == 1
    style.lead(
        f"They hear {'this clip and read its text' if one else 'these clips and read their texts'}."
        " They see nothing else, and need no account."
    )
    ids = [clip.id for clip in clips]
    shares = _links(ids)
    for share in shares:
        _link(key, share)
    if not _is_done(ids, shares):
        _form(key, ids)
    if said := st.session_state.get(_said(key)):
        style.notice("failure", said, "")


def _links(ids: Sequence[int]) -> list[Share]:
    """The open links to exactly these clips; of a single clip, all that it is in."""
    shares = services().library.shares.of(ids[0])
    if len(ids) == 1:
        return shares
    return [each for each in shares if sorted(each.clip_ids) == sorted(ids)]


def _is_done(ids: Sequence[int], shares: Sequence[Share]) -> bool:
    """Whether there is a link to these clips alone."""
    return any(len(each.clip_ids) == len(ids) for each in shares)


def _link(key: str, share: Share) -> None:
    address = share_link.address_of("listen", clip=share.token)
    with st.container(key=f"link_{key}_{share.id}"):
        st.code(address, language=None, wrap_lines=True)
        if is_loopback(address):
            style.notice(
                "advice",
                "This link opens on this computer only.",
                "To send it to others, open Soundcheck under the name by which they reach this "
                "computer, and share from there.",
            )
        with style.row(f"row_{key}_{share.id}"):
            count = len(share.clip_ids)
            style.facts(
                f"Open{_until(share)}",
                *([money.count(count, "clip")] if count > 1 else []),
                *([] if share.names_voices else ["without the voice’s name"]),
            )
            st.button("End the link", key=f"{key}_end_{share.id}", on_click=partial(_end, share.id))


def _form(key: str, ids: Sequence[int]) -> None:
    st.segmented_control(
        "How long it works",
        list(DAYS),
        default=USUAL,
        key=f"{key}_days",
        required=True,
    )
    st.toggle("Show the voice’s name", value=True, key=f"{key}_names")
    st.button("Create the link", key=f"{key}_create", on_click=partial(_create, key, ids))


def _create(key: str, ids: Sequence[int]) -> None:
    if _is_done(ids, _links(ids)):
        return  # a second press of a double click
    st.session_state.pop(_said(key), None)
    wanted = DAYS.get(st.session_state[f"{key}_days"], DAYS[USUAL])
    try:
        services().library.shares.begin(
            ids,
            owner=session.OWNER,
            ends_at_s=days.end_in(wanted) if wanted else None,
            names_voices=bool(st.session_state[f"{key}_names"]),
        )
    except InvalidRequestError as error:
        st.session_state[_said(key)] = f"{error} {error.hint}"


def _end(share_id: int) -> None:
    services().library.shares.end(share_id)
    services().events.publish(events.share(share_id))


def _said(key: str) -> str:
    """Where it is kept why no link was made."""
    return f"_{key}_said"
