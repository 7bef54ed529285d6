"""Start a listening test: its questions, its last day, and anonymous copies of the sounds."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

import streamlit as st

from lib.audio import NotSoundError
from lib.days import end_of
from lib.errors import SpeechError
from lib.library.auditions import Audition, Candidate
from lib.library.clip import Clip
from lib.listening import blind
from lib.tasks import Progress, Task
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import hidden_value, messages, style
from lib.ui.widgets.task import bar, watch

QUESTIONS = ("Overall", "Fits our brand", "Easy to understand", "Would keep listening")
FIRST_QUESTIONS = list(QUESTIONS[:2])
DAYS = 14


def start(now: Audition, ready: Sequence[Candidate]) -> None:
    """The popover with the settings of a new test."""
    with style.popover(
        "Start a listening test", hidden_value.key("compare_test"), icon="how_to_vote"
    ) as is_open:
        if not is_open:
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
    the = services()
    begin = partial(
        the.library.listening.begin,
        owner=session.OWNER,
        audition_id=now.id,
        title=title,
        script=now.script,
        questions=questions,
        passcode=asked["passcode"],
        ends_at_s=end_of(asked["last_day"]),
    )

    def prepare(progress: Progress) -> None:
        try:
            copies = blind.contenders(clips, the.library, lambda done: progress(done, len(clips)))
        except NotSoundError as error:
            raise SpeechError(str(error)) from error
        begin(copies)

    the.tasks.begin("listening-test", prepare, key=_key(now), total=len(clips))
    hidden_value.close("compare_test")


def _key(now: Audition) -> tuple[str, int]:
    return "listening_test", now.id


def progress(now: Audition) -> None:
    """The progress of the copies, or the reason why no test was made."""
    tasks = services().tasks
    task = tasks.get(_key(now))
    if task is None:
        return
    if not task.is_over:
        watch(task, partial(_progress, task))
    elif task.error:
        style.notice("failure", "The test was not made.", str(task.error))
    else:
        tasks.forget(_key(now))


def _progress(task: Task[None]) -> None:
    with st.container(key="card_new_test"):
        style.title("Preparing the listening test")
        bar(task, "Preparing", "{done} of {total} voices")
