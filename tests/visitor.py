"""A visitor without a browser: Studio's texts and selects over Streamlit's own connection."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

ANSWER_S = 120


class Visitor:
    """One tab. shown: what each widget, by its id, and each place on the page was last drawn as."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._values: dict[str, str] = {}
        self.shown: dict[str, Message] = {}

    def run(self, **texts: str) -> float:
        """Type these, by their widgets' keys, and wait for the page: how long it took, in s."""
        for key, text in texts.items():
            self._values[next(each for each in self.shown if each.endswith(f"-{key}"))] = text
        sent = BackMsg()
        sent.rerun_script.query_string = ""
        for widget, text in self._values.items():
            state = sent.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = widget, text
        begun_s = time.monotonic()
        self._connection.send(sent.SerializeToString())
        self._read()
        return time.monotonic() - begun_s

    def says(self, words: str) -> bool:
        return any(words in str(each) for each in self.shown.values())

    def _read(self) -> None:
        while True:
            message = ForwardMsg.FromString(self._connection.recv(ANSWER_S))
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                name = element.WhichOneof("type")
                drawn = getattr(element, name)
                self.shown[getattr(drawn, "id", "") or str(message.metadata.delta_path)] = drawn
                if name == "selectbox":
                    self._values.setdefault(drawn.id, drawn.options[drawn.default])
            elif kind == "script_finished" and message.script_finished == (
                ForwardMsg.FINISHED_SUCCESSFULLY
            ):
                return


@contextmanager
def visitor(address: str) -> Iterator[Visitor]:
    place = address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(place, origin=address, max_size=None, subprotocols=["streamlit"]) as connection:
        tab = Visitor(connection)
        tab.run()
        yield tab
