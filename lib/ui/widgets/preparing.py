"""Files that take a while to prepare: made beside the page, watched from it, fetched by links."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from lib.errors import SpeechError, StoppedError
from lib.ui.services import services
from lib.ui.widgets import style

log = logging.getLogger("soundcheck.take_out")

POLL_S = 0.4

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """On the shelf by this name; saved by the browser as `save_as`. label: of its link."""

    name: str
    save_as: str
    label: str


@dataclass(eq=False, kw_only=True)
class Parcel:
    """What was asked for, and how far it is; the thread that prepares it alone writes here.

    asked: equal for the same files. stopped: set by the page.
    """

    asked: object
    done: int = 0
    total: int = 0
    files: Sequence[File] = ()
    error: SpeechError | None = None
    is_over: bool = False
    stopped: threading.Event = field(default_factory=threading.Event)

    def progress(self, done: int, total: int) -> None:
        """Raises StoppedError once nobody wants it any more."""
        self.done, self.total = done, total
        if self.stopped.is_set():
            raise StoppedError("Nobody waits for these files any more.")


def show(place: str, asked: object, label: str, pack: Callable[[Progress], Sequence[File]]) -> None:
    """The button `label`, then how far it is, then links to the files.

    pack: makes them in a thread of its own, so it must not touch the page. It calls the given
    function as (done, total), and may raise SpeechError.
    """
    parcel: Parcel | None = st.session_state.get(_key(place))
    if parcel and parcel.asked == asked:
        if not parcel.is_over:
            st.fragment(_watch, run_every=POLL_S)(place, parcel)
            return
        if parcel.files:
            for file in parcel.files:
                address = services().links.to_take_out(file.name, file.save_as)
                style.download(file.label, address)
            return
        if parcel.error:
            style.notice("failure", str(parcel.error), parcel.error.hint)
    st.button(label, key=f"{place}_pack", on_click=_begin, args=(place, asked, pack))


def _key(place: str) -> str:
    return f"_{place}_parcel"


def _begin(place: str, asked: object, pack: Callable[[Progress], Sequence[File]]) -> None:
    _stop(place)
    parcel = st.session_state[_key(place)] = Parcel(asked=asked)
    threading.Thread(target=_prepare, args=(parcel, pack), name="take-out", daemon=True).start()


def _stop(place: str) -> None:
    if parcel := st.session_state.pop(_key(place), None):
        parcel.stopped.set()


def _prepare(parcel: Parcel, pack: Callable[[Progress], Sequence[File]]) -> None:
    try:
        parcel.files = pack(parcel.progress)
    except StoppedError:
        pass
    except SpeechError as error:
        parcel.error = error
    except Exception:
        log.exception("files to be taken out could not be prepared")
        parcel.error = SpeechError("Something went wrong inside Soundcheck.")
    parcel.is_over = True


def _watch(place: str, parcel: Parcel) -> None:
    """Draws itself anew until it is over; the page then shows what came of it."""
    if parcel.is_over:
        st.rerun()
    share = parcel.done / parcel.total if parcel.total else 0.0
    words = f"Preparing {parcel.done:,} of {parcel.total:,}" if parcel.total else "Preparing"
    st.progress(min(1.0, share), text=words)
    st.button(
        "Cancel", key=f"{place}_pack_cancel", icon=":material/close:", on_click=_stop, args=(place,)
    )
