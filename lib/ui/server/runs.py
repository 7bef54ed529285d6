"""Patches for Streamlit, so that no request of a page is lost, and nothing that a run has drawn.

Streamlit looks for a newer request whenever the session's state is used, also before and inside
callbacks, and then takes that request up and leaves the rest of them undone. So a press was lost if
the page sent something else a moment later, as the grid does when a press takes the focus from it.
A request that comes while a run's thread ends made Streamlit forget what that thread had drawn
and not sent yet: where the request was for a fragment, the rest of the page stayed without it.
And when a page was chosen in the menu, Streamlit lost a text that was sent just before, and took
whatever was sent just after for the wish to go back.
And what the whole page had drawn was thrown away, if it was not sent yet when one part of the page
was drawn anew: the browser heard that the page was complete, took those parts from the screen, and
sometimes had no place then for what came next.
And a whole page that was asked for just as a part of it had been drawn was drawn where that part
stands: all parts of it were others then, and what was pressed in those on the screen was lost.

Written for Streamlit 1.67, which has no setting for any; tests/test_clicks.py holds the promise.
"""

from collections import deque
from functools import cache, wraps
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.delta_generator_singletons import context_dg_stack, get_default_dg_stack_value
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    _TRIGGER_PROTO_FIELDS as TRIGGERS,
)
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequestType
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
            loop.call_soon(go_on, session, loop.time() + END_MAX_S)
        request_rerun(session, asked)

    AppSession.request_rerun = request_in_turn  # type: ignore[method-assign, assignment]


@cache
def send_what_was_drawn() -> None:
    """What a run has drawn is sent before anything of a run of one part of the page."""
    clear = AppSession._clear_queue

    @wraps(clear)
    def clear_for_whole_pages(self: AppSession, parts: list[str] | None = None) -> None:
        if parts:
            self._browser_queue._delta_index_map = {}  # nothing new takes the place of what waits
        else:
            clear(self, parts)

    AppSession._clear_queue = clear_for_whole_pages  # type: ignore[method-assign, assignment]


@cache
def begin_at_the_top() -> None:
    """Each run of a page begins at its top. Streamlit's begins where its thread's last run ended.

    A run of one part goes to the place of that part by itself.
    """
    run_script = ScriptRunner._run_script

    @wraps(run_script)
    def run_from_the_top(self: ScriptRunner, rerun_data: RerunData) -> None:
        context_dg_stack.set(get_default_dg_stack_value())
        run_script(self, rerun_data)

    ScriptRunner._run_script = run_from_the_top  # type: ignore[method-assign]


@cache
def keep_the_page() -> None:
    """A request of a page that was left is done in a run of the page that was chosen.

    The choice of a page carries no widgets, since app.py draws none outside the pages.
    """
    request_rerun, draw = AppSession.request_rerun, PagesManager.set_current_page_script_hash
    chosen: WeakKeyDictionary[PagesManager, str] = WeakKeyDictionary()  # and not drawn yet

    @wraps(draw)
    def draw_page(self: PagesManager, page: str) -> None:  # in the thread of the run
        if chosen.get(self) == page:
            chosen.pop(self, None)
        draw(self, page)

    @wraps(request_rerun)
    def request_where_it_goes(self: AppSession, asked: ClientState | None) -> None:
        pages, waiting = self._pages_manager, _waiting(self)
        drawn = pages.current_page_script_hash
        page = chosen.get(pages, drawn)
        if asked and asked.page_script_hash and drawn:
            if not asked.fragment_id and not asked.widget_states.widgets:
                if asked.page_script_hash in pages.get_pages():
                    chosen[pages] = asked.page_script_hash
                asked = _with(asked, asked.page_script_hash, _values_in(waiting))
            elif asked.page_script_hash != page:
                asked = _with(asked, page, _usable(asked, page, waiting))
        request_rerun(self, asked)

    PagesManager.set_current_page_script_hash = draw_page  # type: ignore[method-assign, assignment]
    AppSession.request_rerun = request_where_it_goes  # type: ignore[method-assign, assignment]


def _waiting(session: AppSession) -> RerunData:
    """The request whose run has not begun; an empty one if none waits."""
    requests = session._scriptrunner and session._scriptrunner._requests
    is_one = requests and requests._state is ScriptRequestType.RERUN
    return requests._rerun_data if requests and is_one else RerunData()


def _values_in(waiting: RerunData) -> list[WidgetState]:
    """The values in a waiting request. Streamlit adds its presses to a newer one, but not these."""
    states = waiting.widget_states
    return [each for each in states.widgets if not _is_press(each)] if states else []


def _usable(asked: ClientState, page: str, waiting: RerunData) -> list[WidgetState]:
    """The widgets of a late request that may be used in a run of the chosen page.

    Once that page has begun, Streamlit has forgotten the values of the page that was left. It would
    take each of them for a change, and call its on_change. So only presses may be used then;
    menu.js makes sure that a text is sent before the choice.
    """
    widgets = asked.widget_states.widgets
    if waiting.page_script_hash == page:
        return list(widgets)
    return [each for each in widgets if _is_press(each)]


def _is_press(widget: WidgetState) -> bool:
    return widget.WhichOneof("value") in TRIGGERS


def _with(asked: ClientState, page: str, widgets: list[WidgetState]) -> ClientState:
    """The same request, for the whole of this page."""
    copy = ClientState()
    copy.CopyFrom(asked)
    copy.page_script_hash, copy.fragment_id = page, ""
    del copy.widget_states.widgets[:]
    copy.widget_states.widgets.extend(widgets)
    return copy
