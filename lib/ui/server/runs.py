"""Nothing that a page asks for is lost, and nothing that a run has drawn.

Streamlit looks for a newer request whenever the session's state is used, also before and inside
callbacks, and then takes that request up and leaves the rest of them undone. So a press was lost if
the page sent something else a moment later, as the grid does when a press takes the focus from it.
A request that comes while a run's thread ends made Streamlit forget what that thread had drawn
and not sent yet: where the request was for a fragment, the rest of the page stayed without it.
And a page that is being left may send something after its menu was pressed: Streamlit took that for
the wish to go back. If the choice of a page came right after a text, the text was lost.

Written for Streamlit 1.67, which has no setting for any; tests/test_clicks.py holds the promise.
"""

from collections import deque
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import (
    _TRIGGER_PROTO_FIELDS as TRIGGERS,
)
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState

LOOK_S, END_MAX_S = 0.001, 5.0  # a thread that takes longer to end is left to itself


@cache
def finish_callbacks() -> None:
    """A newer request waits for the callbacks, in all sessions from the server's start."""
    run_callbacks = SafeSessionState.on_script_will_rerun

    @wraps(run_callbacks)
    def run_all(self: SafeSessionState, *args: Any, **options: Any) -> None:
        own = vars(self)  # its setattr sets a value of the session's state
        look, own["_yield_callback"] = own["_yield_callback"], lambda: None
        try:
            run_callbacks(self, *args, **options)
        finally:
            own["_yield_callback"] = look

    SafeSessionState.on_script_will_rerun = run_all  # type: ignore[method-assign]


@cache
def wait_for_the_end() -> None:
    """A new request waits until the last run has sent what it drew."""
    request_rerun = AppSession.request_rerun
    waiting: WeakKeyDictionary[AppSession, deque[ClientState | None]] = WeakKeyDictionary()

    @wraps(request_rerun)
    def request_in_turn(self: AppSession, asked: ClientState | None) -> None:
        queue = waiting.setdefault(self, deque())
        queue.append(asked)
        if len(queue) == 1:
            go_on(self, self._event_loop.time() + END_MAX_S)

    def go_on(session: AppSession, until_s: float) -> None:
        loop, queue, runner = session._event_loop, waiting[session], session._scriptrunner
        # It takes no more requests, and has not said yet that it is through.
        is_ending = runner is not None and runner._requests._state is ScriptRequestType.STOP
        if is_ending and loop.time() < until_s:
            loop.call_later(LOOK_S, go_on, session, until_s)
            return
        asked = queue.popleft()
        if queue:
            loop.call_soon(go_on, session, until_s)
        request_rerun(session, asked)

    AppSession.request_rerun = request_in_turn  # type: ignore[method-assign, assignment]


@dataclass
class _Way:
    """Where a session is going.

    chosen: the page that its visitor chose last, until the browser has heard of it. left: the pages
    that may still send something meanwhile. common: the widgets that all pages have.
    """

    chosen: str = ""
    left: set[str] = field(default_factory=set)
    common: set[str] = field(default_factory=set)


@cache
def keep_the_page() -> None:
    """What a page sends after another was chosen does not lead back to it, and is not lost."""
    request_rerun = AppSession.request_rerun
    ways: WeakKeyDictionary[AppSession, _Way] = WeakKeyDictionary()

    @wraps(request_rerun)
    def request_on_the_way(self: AppSession, asked: ClientState | None) -> None:
        if asked and asked.page_script_hash:
            way = ways.setdefault(self, _Way())
            page, here = asked.page_script_hash, self._pages_manager.current_page_script_hash
            sent = {each.id for each in asked.widget_states.widgets}
            if page in way.left and (asked.fragment_id or not sent <= way.common):
                asked.page_script_hash, asked.fragment_id = way.chosen, ""
            elif page == (way.chosen or here):
                way.chosen, way.left = "", set()
            else:
                left = (way.left | {way.chosen, here}) - {page}
                ways[self] = _Way(chosen=page, left=left, common=sent)
                _add_what_waits(self, asked, sent)
        request_rerun(self, asked)

    AppSession.request_rerun = request_on_the_way  # type: ignore[method-assign, assignment]


def _add_what_waits(session: AppSession, asked: ClientState, sent: set[str]) -> None:
    """Of two requests that wait Streamlit keeps all presses, but the values of the newer alone."""
    requests = session._scriptrunner and session._scriptrunner._requests
    if requests and requests._state is ScriptRequestType.RERUN:
        states = requests._rerun_data.widget_states
        asked.widget_states.widgets.extend(
            each
            for each in (states.widgets if states else ())
            if each.id not in sent and each.WhichOneof("value") not in TRIGGERS
        )
