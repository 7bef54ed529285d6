"""A visitor without a browser: speaks Streamlit's websocket protocol, also with invalid data."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from lib.web.browsers import COOKIE

ANSWER_S = 120


@dataclass
class Talk:
    """One tab. seen: what the server drew in the last run, element by element."""

    socket: ClientConnection
    page: str
    query: str
    page_hash: str = ""
    session_id: str = ""
    seen: list[Message] = field(default_factory=list)
    fragment_ids: dict[str, str] = field(default_factory=dict)  # by widget
    whole: set[str] = field(default_factory=set)  # large messages of the last run, by name
    named: set[str] = field(default_factory=set)  # those of which only the name was sent
    kept: set[str] = field(default_factory=set)  # those that a browser says it has
    keeps_for_runs: int = 0
    pages: dict[str, str] = field(default_factory=dict)  # the hash of each, by its address
    _values: dict[str, str] = field(default_factory=dict)  # by widget, as a browser keeps them

    def run(self, *widgets: WidgetState, padding: int = 0, fragment_id: str = "") -> bool:
        """One run of the page with these widgets' states; False if the server hangs up.

        padding: so many characters more, where they change nothing. fragment_id: of the fragment
        alone. Raises TimeoutError where nothing comes of it.
        """
        try:
            self.send(*widgets, padding=padding, fragment_id=fragment_id)
            self.hear_an_end()
        except ConnectionClosed:
            return False
        return True

    def send(
        self,
        *widgets: WidgetState,
        padding: int = 0,
        fragment_id: str = "",
        page: str | None = None,
    ) -> None:
        """Ask for a run, as `run`, without waiting for it. page: of the menu, by its address."""
        message = BackMsg()
        asked = message.rerun_script
        asked.page_name, asked.query_string = self.page, self.query
        asked.page_script_hash = self.page_hash if page is None else self.pages[page]
        asked.fragment_id = fragment_id
        asked.widget_states.widgets.extend(widgets)
        asked.cached_message_hashes.extend(self.kept)
        if padding:
            asked.context_info.locale = "x" * padding
        self.socket.send(message.SerializeToString())

    def hear(self, *words: str) -> None:
        """Hear until each of these words was drawn. Raises TimeoutError if one never is."""
        left = set(words)
        while left:
            drawn = str(self._next().delta.new_element)
            left -= {each for each in left if each in drawn}

    def type(self, **texts: str) -> bool:
        """The same as `run`, with these texts in the text fields of those keys."""
        for element in self.seen:
            if element.DESCRIPTOR.name == "Selectbox":
                self._values.setdefault(element.id, element.options[element.default])
        self._values |= {self.widget(key): text for key, text in texts.items()}
        return self.run(*(WidgetState(id=i, string_value=v) for i, v in self._values.items()))

    def hangs_up(self) -> bool:
        """Whether the server ends the connection, after any messages."""
        try:
            while True:
                self.socket.recv(timeout=ANSWER_S)
        except ConnectionClosed:
            return True
        except TimeoutError:
            return False

    def words(self) -> str:
        return "\n".join(str(each) for each in self.seen)

    def widget(self, key: str) -> str:
        """The id of the widget with that key."""
        ids = [getattr(each, "id", "") for each in self.seen]
        return next(each for each in ids if each.endswith(f"-{key}"))

    def hear_a_start(self) -> None:
        """Hear until a run has begun."""
        while self._next().WhichOneof("type") != "new_session":
            pass

    def hear_an_end(self) -> None:
        """Hear until a run has ended, and remember what it drew."""
        until_s = time.monotonic() + ANSWER_S
        while time.monotonic() < until_s:
            heard = self._next()
            if (
                heard.WhichOneof("type") == "script_finished"
                and heard.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return
        raise TimeoutError("the page did not end")

    def _next(self) -> ForwardMsg:
        heard = ForwardMsg()
        heard.ParseFromString(self.socket.recv(timeout=ANSWER_S))
        kind = heard.WhichOneof("type")
        if kind == "new_session":
            self.page_hash = heard.new_session.page_script_hash
            self.session_id = heard.new_session.initialize.session_id
            self.keeps_for_runs = heard.new_session.config.max_cached_message_age
            self.seen, self.whole, self.named = [], set(), set()
        elif kind == "ref_hash":
            self.named.add(heard.ref_hash)
        elif kind == "delta" and heard.delta.WhichOneof("type") == "new_element":
            element = heard.delta.new_element
            drawn = getattr(element, element.WhichOneof("type"))
            if heard.metadata.cacheable:
                self.whole.add(heard.hash)
            self.seen.append(drawn)
            self.fragment_ids[getattr(drawn, "id", "")] = heard.delta.fragment_id
        elif kind == "navigation":
            self.page_hash = heard.navigation.page_script_hash
            self.pages = {
                each.url_pathname: each.page_script_hash for each in heard.navigation.app_pages
            }
        return heard


@contextmanager
def talking(
    address: str,
    page: str = "",
    *,
    browser: str = "",
    headers: dict[str, str] | None = None,
    **query: str,
) -> Iterator[Talk]:
    """A visitor on that page. browser: 22 characters, the value of its cookie; "" for none."""
    cookie = {"Cookie": f"{COOKIE}={browser}"} if browser else {}
    with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=address,
        additional_headers={**cookie, **(headers or {})},
        subprotocols=["streamlit"],
        max_size=None,
        max_queue=None,  # else what nobody reads holds up the goodbye, for ten seconds
    ) as socket:
        yield Talk(socket, page, urlencode(query))


def press(widget: str) -> WidgetState:
    """What a button sends."""
    return WidgetState(id=widget, trigger_value=True)


def marks(widget: str, value: object) -> WidgetState:
    """The value that a board sends: all its marks."""
    return WidgetState(id=widget, json_value=json.dumps({"marks": value}))
