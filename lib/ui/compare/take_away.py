"""The popover for a take-away file: its content, its size, and the names behind a blind one."""

from collections.abc import Sequence

import streamlit as st

from lib import export, money
from lib.library.auditions import Audition, Candidate
from lib.listening.letters import letter
from lib.script import title_of
from lib.take_away.file import TakeAwayVoice, expected_bytes, take_away
from lib.take_away.sounds import shuffled, sounds_of
from lib.ui.compare.new_test import QUESTIONS
from lib.ui.services import services
from lib.ui.widgets import style

LARGE_BYTES = 20_000_000  # most mail servers accept this size


def button(now: Audition, ready: Sequence[Candidate], abouts: dict[int, str]) -> None:
    """The popover **Take-away file**. abouts: a description of each voice, by its clip id."""
    with style.popover("Take-away file", "compare_take_away", icon="outgoing_mail") as is_open:
        if not is_open:
            return
        style.facts("One file with all voices inside. It opens from an e-mail, without internet.")
        blind = st.toggle("Hide the names", key="compare_take_away_blind")
        asked = st.pills(
            "Ask for stars (optional)",
            QUESTIONS,
            selection_mode="multi",
            key="compare_take_away_questions",
        )
        mail_to = ""
        if asked:
            mail_to = st.text_input(
                "Where ratings are mailed to (optional)",
                key="compare_take_away_mail",
                placeholder="you@example.com",
            )
        light = _size(ready)
        if blind:
            _who_is_who(now, ready)
        st.download_button(
            "Download the file",
            data=lambda: file_of(
                now, ready, abouts, asked or [], mail_to, blind=blind, light=light
            ),
            file_name=export.file_name(
                export.Named(title=now.title or title_of(now.script), voice="voices"), "html"
            ),
            mime="text/html",
            key="compare_take_away_file",
            icon=":material/download:",
            on_click="ignore",
        )


def _size(ready: Sequence[Candidate]) -> bool:
    """Show the expected size; returns whether a smaller file is wanted."""
    whole = expected_bytes([each.clip.size_bytes or 0 for each in ready])
    if whole <= LARGE_BYTES:
        style.facts(f"about {money.size(whole)}")
        return False
    style.notice(
        "advice",
        f"This will be about {money.size(whole)}.",
        "Many mail programs refuse more than 20 MB. A lower sound quality makes it smaller.",
    )
    return st.toggle("Lower sound quality", value=True, key="compare_take_away_light")


def _who_is_who(now: Audition, ready: Sequence[Candidate]) -> None:
    """Which letter is which voice in a blind file, for the person who sends it."""
    if st.toggle("Show me who is who", key="compare_take_away_key"):
        names = [
            services().catalogue.voice_label(each.clip.voice) for each in _shuffled(now, ready)
        ]
        style.facts(*(f"{letter(place)} is {name}" for place, name in enumerate(names)))


def _shuffled(now: Audition, ready: Sequence[Candidate]) -> list[Candidate]:
    return shuffled(now.id, ready, secret=services().link_secret)


def file_of(
    now: Audition,
    ready: Sequence[Candidate],
    abouts: dict[int, str],
    questions: Sequence[str],
    mail_to: str,
    *,
    blind: bool,
    light: bool,
) -> bytes:
    """The take-away file of these voices. light: lower quality, a third of the size."""
    the = services()
    ordered = _shuffled(now, ready) if blind else list(ready)
    voices = [
        TakeAwayVoice(
            name=the.catalogue.voice_label(sound.candidate.clip.voice),
            about=abouts.get(sound.candidate.clip.id, ""),
            sound=sound.data,
            media_type=sound.media_type,
            length_s=sound.candidate.clip.length_s or 0.0,
            peaks=sound.candidate.clip.peaks or b"",
        )
        for sound in sounds_of(ordered, the.library, blind=blind, light=light)
    ]
    return take_away(
        title=now.title or title_of(now.script),
        script=now.script,
        voices=voices,
        questions=questions,
        blind=blind,
        mail_to=mail_to,
    )
