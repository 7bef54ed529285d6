"""A patch for Streamlit, so that no page dies of a message that its browser keeps no longer.

A browser keeps large messages, and tells with each request which: the server then sends their names
alone. But it throws away what two more runs have not named, also between its request and the answer
when requests wait behind each other. It then meets the name of something it has thrown away, shows
"Connection error", and hears nothing more until the page is loaded anew.

So browsers keep messages longer (`global.maxCachedMessageAge`), and the server names only what it
has sent in whole not long ago. Written for Streamlit 1.67; tests/test_clicks.py holds the promise.
"""

from functools import cache, wraps
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

NAMED_FOR_RUNS = 25  # browsers keep a message for twice as many


class _Sent:
    """When each large message was last sent in whole: in which run of its session."""

    def __init__(self) -> None:
        self._run = 0
        self._in_run: dict[str, int] = {}

    def note(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "script_finished":
            self._run += 1
        elif message.metadata.cacheable:
            self._in_run[message.hash] = self._run

    def may_be_named(self) -> set[str]:
        since = self._run - NAMED_FOR_RUNS
        self._in_run = {name: run for name, run in list(self._in_run.items()) if run > since}
        return set(self._in_run)


@cache
def name_only_what_is_kept() -> None:
    """A request's list of kept messages loses those that may be gone before its answer."""
    enqueue, request_rerun = AppSession._enqueue_forward_msg, AppSession.request_rerun
    sent: WeakKeyDictionary[AppSession, _Sent] = WeakKeyDictionary()

    @wraps(enqueue)
    def note_and_enqueue(self: AppSession, message: ForwardMsg) -> None:
        sent.setdefault(self, _Sent()).note(message)
        enqueue(self, message)

    @wraps(request_rerun)
    def request_what_is_kept(self: AppSession, asked: ClientState | None) -> None:
        if asked and asked.cached_message_hashes and self in sent:
            kept = sent[self].may_be_named().intersection(asked.cached_message_hashes)
            asked.cached_message_hashes[:] = sorted(kept)
        request_rerun(self, asked)

    AppSession._enqueue_forward_msg = note_and_enqueue  # type: ignore[method-assign, assignment]
    AppSession.request_rerun = request_what_is_kept  # type: ignore[method-assign, assignment]
