"""The card of one voice: its description, its sample or a button to record it, and its actions."""

import streamlit as st

from lib.catalogue import Voice
from lib.ui import session
from lib.ui.services import services
from lib.ui.voices import samples
from lib.ui.voices.samples import Sample
from lib.ui.widgets import clip_actions, failure, going, messages, shortlist, style
from lib.ui.widgets.sample import button, is_asked, play


def show(
    voice: Voice,
    model: str,
    sample: Sample | None,
    *,
    on_shortlist: bool,
    favourite: bool,
    can_cancel: bool,
) -> None:
    """Draw the card; voices.css relies on its order. sample: None if the words cannot be said."""
    with st.container(key=f"card_voice_{voice.id}"):
        style.voice(voice.label, character(voice), facts(voice))
        shortlist.buttons(voice, on_shortlist=on_shortlist, favourite=favourite)
        st.button(
            "Use this voice",
            key=f"voices_use_{voice.id}",
            type="tertiary",
            on_click=clip_actions.use_voice,
            args=(model, voice.id),
        )
        if sample:
            _sound(sample, can_cancel)


def character(voice: Voice) -> str:
    """Such as "middle-aged, professional, for narration, voice-over"."""
    use = f"for {voice.use}" if voice.use else ""
    return ", ".join(part for part in (voice.age, voice.character, use) if part)


def facts(voice: Voice) -> str:
    """Such as "Woman, British English"; only what is documented."""
    return voice.who[0].upper() + voice.who[1:]


def _sound(sample: Sample, can_cancel: bool) -> None:
    voice = sample.voice
    if sample.recording:
        play(
            f"voices_player_{voice.id}",
            sample.recording,
            voice.label,
            autoplay=is_asked(samples.PLACE, sample.key),
        )
    elif sample.works and sample.clip:
        with style.row(f"row_recording_{voice.id}"):
            style.facts("Recording…")
            if can_cancel:
                st.button(
                    "Cancel",
                    key=f"voices_cancel_{voice.id}",
                    type="tertiary",
                    on_click=services().jobs.cancel,
                    args=(sample.clip.id,),
                )
    elif sample.failed and sample.clip:
        with st.container(key=f"problem_voice_{voice.id}", gap="small"):
            failure.explain(sample.clip)
    elif refused := messages.notice(samples.place_of(voice)):
        with st.container(key=f"problem_voice_{voice.id}", gap="small"):
            style.notice("advice", refused.strong, refused.text)
            if session.key() is None:
                key = f"voices_key_{voice.id}"
                st.button("Add a key", key=key, on_click=going.add_a_key)
    else:
        button(
            "Hear it",
            sample.plan,
            key=f"voices_hear_{voice.id}",
            on_click=samples.hear,
            args=(voice,),
            kind="secondary",
            priced=session.key() is not None,
        )
