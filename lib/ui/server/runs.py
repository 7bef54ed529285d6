"""Nothing that a page asks for is lost, and nothing that a run has drawn.

Streamlit looks for a newer request whenever the session's state is used, also before and inside
callbacks, and then takes that request up and leaves the rest of them undone. So a press was lost if
the page sent something else a moment later, as the grid does when a press takes the focus from it.
A request that comes while a run's thread ends made Streamlit forget what that thread had drawn
and not sent yet: where the request was for a fragment, the rest of the page stayed without it.

Written for Streamlit 1.67, which has no setting for either; tests/test_clicks.py holds the promise.
"""

from collections import deque
from functools import cache, wraps
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
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
