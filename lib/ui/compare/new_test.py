"""Starting a listening test: what is asked, until when, and the copies that tell no names."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import streamlit as st

from lib import blind
from lib.audio import NotSoundError
from lib.errors import SpeechError
from lib.library.auditions import Audition, Candidate
from lib.library.clip import Clip
from lib.ui import session
from lib.ui.services import Services, services
from lib.ui.widgets import hidden_value, messages, style

log = logging.getLogger("soundcheck.trial")

QUESTIONS = ("Overall", "Fits our brand", "Easy to understand", "Would keep listening")
FIRST_QUESTIONS = list(QUESTIONS[:2])
DAYS = 14
POLL_S = 0.5


@dataclass(kw_only=True)
class Preparation:
    """A test whose copies are being made, by a thread of its own."""

    total: int
    done: int = 0
    ended: bool = False
    problem: str = ""


_preparing: dict[int, Preparation] = {}  # by audition


def start(now: Audition, ready: Sequence[Candidate]) -> None:
    """The popover in which a test is put together."""
    with st.popover(
        "Start a listening test",
        key=hidden_value.key("compare_test"),
        icon=":material/how_to_vote:",
        on_change="rerun",  # so that it can be closed from here
    ) as popover:
        if not popover.open:
            return
        if len(ready) < 2:
            style.facts("A test needs at least two voices.")
            return
        style.facts(
            "Listeners hear Voice A, B, C… with no names, in an order of their own.",
            "They need the link and nothing else.",
        )
        st.text_input(
            "What do you want to know?", value="Which voice fits us best?", key="compare_test_title"
        )
        st.pills(
            "Rated with one to five stars",
            QUESTIONS,
            selection_mode="multi",
            default=FIRST_QUESTIONS,
            key="compare_test_questions",
        )
        today = date.today()
        st.date_input(
            "Last day",
            value=today + timedelta(days=DAYS),
            min_value=today,
            key="compare_test_last_day",
        )
        st.text_input("Passcode (optional)", key="compare_test_passcode", autocomplete="off")
        st.button(
            "Create the link",
            key="compare_test_go",
            on_click=_create,
            args=(now, [each.clip for each in ready]),
        )


def end_of(day: date) -> float:
    """The last second of that day, here, as Unix seconds."""
    return datetime.combine(day + timedelta(days=1), time.min).astimezone().timestamp() - 1


def _create(now: Audition, clips: Sequence[Clip]) -> None:
    messages.clear()
    asked = {
        name: st.session_state[f"compare_test_{name}"]
        for name in ("title", "questions", "last_day", "passcode")
    }
    title = " ".join(asked["title"].split())
    questions = [each for each in QUESTIONS if each in (asked["questions"] or [])]
    if not isinstance(asked["last_day"], date):
        messages.tell("The test was not started.", "It needs a last day.")
        return
    if not title or not questions:
        messages.tell("The test was not started.", "It needs a title and at least one question.")
        return
    if now.id in _preparing and not _preparing[now.id].ended:
        return
    hidden_value.close("compare_test")
    _preparing[now.id] = Preparation(total=len(clips))
    arguments = (
        services(),
        now,
        list(clips),
        title,
        questions,
        asked["last_day"],
        asked["passcode"],
    )
    threading.Thread(target=_prepare, args=arguments, name="listening-test", daemon=True).start()


def _prepare(
    the: Services,
    now: Audition,
    clips: list[Clip],
    title: str,
    questions: list[str],
    last_day: date,
    passcode: str,
) -> None:
    state = _preparing[now.id]

    def progress(done: int) -> None:
        state.done = done

    try:
        the.library.listening.begin(
            blind.contenders(clips, the.library, progress),
            owner=session.OWNER,
            audition_id=now.id,
            title=title,
            script=now.script,
            questions=questions,
            passcode=passcode,
            ends_at_s=end_of(last_day),
        )
    except (SpeechError, NotSoundError) as error:
        state.problem = str(error)
    except Exception:
        log.exception("no listening test of audition %d", now.id)  # the page gets a sentence
        state.problem = "Something went wrong inside Soundcheck."
    finally:
        state.ended = True


def progress(now: Audition) -> None:
    """How far the copies are, and what kept a test from being made."""
    state = _preparing.get(now.id)
    if state is None:
        return
    if not state.ended:
        st.fragment(_progress, run_every=POLL_S)(state)
    elif state.problem:
        style.notice("failure", "The test was not made.", state.problem)
    else:
        del _preparing[now.id]


def _progress(state: Preparation) -> None:
    if state.ended:
        st.rerun()
    with st.container(key="card_trial_work"):
        style.title("Preparing the listening test")
        st.progress(state.done / state.total, text=f"{state.done} of {state.total} voices")
