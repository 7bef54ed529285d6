"""Three ready texts with samples, shown on an empty Studio page."""

import logging
from functools import partial

import streamlit as st

from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.speech import Utterance
from lib.starters import STARTERS
from lib.tasks import Progress, Task
from lib.ui import session
from lib.ui.services import Services, services
from lib.ui.studio import form
from lib.ui.widgets import sample, style
from lib.ui.widgets.task import watch

log = logging.getLogger("soundcheck.starters")


TASK = "starters"


def show() -> None:
    st.header("Or start from one of these", anchor=False)
    task = _task()
    with st.container():  # its gap is smaller than the page's
        if task and not task.is_over:
            watch(task, _cards, each_step=True)
        else:
            _cards()


def _task() -> Task[None] | None:
    """What records the samples: begun here where one is missing and none has failed."""
    tasks = services().tasks
    missing = [said for said in _said() if services().library.recordings.get(said.key) is None]
    if missing and not _failed():
        return tasks.begin(TASK, partial(_record, services()), key=TASK, total=len(STARTERS))
    return tasks.get(TASK)


def _cards() -> None:
    known = services().library.recordings.many([said.key for said in _said()])
    for number, (starter, said) in enumerate(zip(STARTERS, _said(), strict=True)):
        with st.container(key=f"card_ready_{number}"):
            with style.row(f"row_ready_{number}"):
                with st.container(key=f"words_{number}", gap=None):
                    style.title(starter.name)
                    style.about(f"“{starter.text}”")
                st.button(
                    style.distinct("Use this text", starter.name),
                    key=f"studio_ready_{number}",
                    on_click=form.hand_over,
                    args=(starter.text,),
                )
            if recording := known.get(said.key):
                sample.play(f"studio_ready_player_{number}", recording, starter.name)
            elif _failed():
                style.facts("No sample of this one: the built-in voice cannot be loaded here")
                continue
            else:
                style.player_room()
            label = services().catalogue.voice_label(starter.voice)
            style.facts(f"Spoken by {label}, a built-in voice", "free to hear")


def _said() -> list[Utterance]:
    return [Utterance(model=OFFLINE, voice=each.voice, text=each.text) for each in STARTERS]


def _failed() -> bool:
    """Whether the offline voice cannot be loaded here, so that no sample will come."""
    task = services().tasks.get(TASK)
    return task is not None and task.error is not None


def _record(the: Services, progress: Progress) -> None:
    """Record the missing samples, once for the installation."""
    for number, said in enumerate(_said()):
        progress(number, len(STARTERS))
        try:
            the.orders.record_free(said, owner=session.OWNER)
        except SpeechError as error:
            log.warning("no starter sample: %s", error)
            raise
