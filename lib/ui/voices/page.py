"""All voices of a model as cards, with a search. A sample costs once and is free after that."""

from collections.abc import Sequence

import streamlit as st

from lib import events, money
from lib.catalogue import Voice
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.script import clean
from lib.ui import session
from lib.ui.services import services
from lib.ui.voices import card, samples
from lib.ui.voices.samples import PLACE, Sample
from lib.ui.widgets import live, messages, progress, shortlist, style, voice_select
from lib.voice_search import filters, narrowed, nearest, search


def prepare() -> None:
    """Fill the widgets that are about to be drawn for the first time on this visit."""
    if st.session_state.get("voices_model") in services().catalogue.model_ids:
        return
    draft = services().library.drafts.get(session.browser(), PLACE)
    model = draft.get("model")
    if model not in services().catalogue.model_ids or draft.get("keyless") != (
        session.key() is None
    ):
        model = session.default_model()
    st.session_state["voices_model"] = model
    st.session_state.setdefault("voices_line", draft.get("line", ""))


def _key_line() -> None:
    if st.session_state["voices_model"] == OFFLINE:
        voice_select.offline_line()
    elif session.key() is None:
        voice_select.key_line(
            "These voices need a key.",
            "Samples that are recorded already play without one, and so do the built-in voices.",
        )


def show() -> None:
    """The page: the filters, the samples in the making, and a grid of voices."""
    # Always drawn: otherwise the elements below would move, and players would stop.
    with st.container(key="messages_voices"):
        _key_line()
    _find()
    drawn = live.seen(events.clips("sample", session.browser()))
    model = st.session_state["voices_model"]
    voices = services().catalogue.voices(model)
    narrowed = _narrowed(voices)
    at_work = progress.at_work(samples.unfinished())
    found: list[Sample] = []
    with st.container(key="state_voices"):
        try:
            found = samples.of(model, narrowed, st.session_state["voices_line"])
        except SpeechError as error:
            style.notice("advice", str(error), "")
        if found:
            _count(found, len(voices))
        elif not narrowed:
            style.facts("No voice is like that. Fewer words or fewer filters find more.")
            st.button("Show all voices", key="voices_all", on_click=_show_all)
    working = {clip.id for clip in at_work}
    several = len(working) > 1 or f"_{PLACE}_batch" in st.session_state
    with st.container(key="work_voices"):
        messages.show("voices")
        if several:
            progress.card(PLACE, "sample", at_work)
    _grid(model, narrowed, found, can_cancel=not several)
    live.watch(
        "voices_live",
        drawn,
        gap_s=progress.GAP_S if several else 0,
        poll=bool(working),
        untold=progress.is_elsewhere(at_work),
    )


def _find() -> None:
    """The search, the words to try, and the model."""
    models = list(services().catalogue.model_ids)
    with style.row("row_voices_find", spread=False, at="bottom"):
        st.text_input(
            "Search",
            value=st.session_state.get("voices_words", ""),
            key="voices_words",
            placeholder="Search, as in “warm british”",
            icon=":material/search:",
            label_visibility="collapsed",
        )
        st.text_input(
            "Try on my words",
            value=st.session_state["voices_line"],
            key="voices_line",
            placeholder="Try on my words",
            icon=":material/edit:",
            label_visibility="collapsed",
            on_change=_save,
        )
        st.selectbox(
            "Model",
            models,
            index=models.index(st.session_state["voices_model"]),
            key="voices_model",
            format_func=voice_select.model_line,
            label_visibility="collapsed",
            width=310,
            on_change=_save,
        )
    with style.row("row_voices_notice", spread=False):
        voice_select.retirement(st.session_state["voices_model"], PLACE, _change_model)


def _narrowed(voices: Sequence[Voice]) -> list[Voice]:
    """Draw the filters; returns the voices that match them and the search."""
    kept, own = shortlist.shortlisted(), shortlist.favourites()
    groups = filters(voices, shortlisted=kept, favourites=own)
    names = [name for group in groups for name in group]
    # Another model may not have the filters that were chosen for the last one.
    before = st.session_state.get("voices_filters") or []
    st.session_state["voices_filters"] = [name for name in before if name in names]
    chosen = st.pills(
        "Filter",
        names,
        selection_mode="multi",
        default=st.session_state["voices_filters"],
        key="voices_filters",
        label_visibility="collapsed",
    )
    voices = narrowed(voices, groups, chosen)
    words = st.session_state["voices_words"]
    found = search(voices, words)
    if found or not words.strip():
        return found
    close = nearest(voices, words)
    if close:
        style.facts("No voice is all of that", "these come closest")
    return close


def _count(found: Sequence[Sample], of_voices: int) -> None:
    """How many voices and samples there are, and a button that records the missing samples."""
    ready = sum(sample.recording is not None for sample in found)
    missing = [sample for sample in found if sample.missing]
    with style.row("row_voices_count"):
        voices = money.count(of_voices, "voice")
        style.facts(
            f"{money.count(ready, 'sample')} ready",
            *([f"{len(found) - ready} not recorded yet"] if ready < len(found) else []),
            count=voices if len(found) == of_voices else f"{len(found)} of {voices}",
        )
        if missing and (session.key() or missing[0].plan.request.model == OFFLINE):
            price = money.price_before(services().orders.offer(each.plan for each in missing).usd)
            st.button(
                f"Record all samples · {len(missing)}, {price}",
                key="voices_record_all",
                icon=":material/graphic_eq:",
                on_click=samples.record_all,
                args=([sample.voice for sample in missing],),
            )


def _grid(
    model: str, voices: Sequence[Voice], found: Sequence[Sample], *, can_cancel: bool
) -> None:
    by_voice = {sample.voice.id: sample for sample in found}
    kept, own = shortlist.shortlisted(), shortlist.favourites()
    with st.container(key="grid_voices"):
        for voice in voices:
            card.show(
                voice,
                model,
                by_voice.get(voice.id),
                on_shortlist=voice.id in kept,
                favourite=voice.id in own,
                can_cancel=can_cancel,
            )


def _change_model(model: str) -> None:
    st.session_state["voices_model"] = model
    _save()


def _save() -> None:
    draft = {
        "model": st.session_state["voices_model"],
        "line": clean(st.session_state["voices_line"]).text,
        "keyless": session.key() is None,
    }
    services().library.drafts.put(session.browser(), PLACE, draft, owner=session.OWNER)


def _show_all() -> None:
    st.session_state["voices_words"] = ""
    st.session_state["voices_filters"] = []
