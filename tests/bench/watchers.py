"""Browsers that look at a page, without a browser: they do what Streamlit's page and ours would."""

import asyncio
import json
import time
from dataclasses import dataclass, field

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from lib.web.browsers import COOKIE
from lib.web.stream import PATH


@dataclass
class Watcher:
    """One visitor. timers: what Streamlit has run by the clock; watched: what our stream tells."""

    address: str
    name: str
    page_hash: str = ""
    seen: dict[str, Message] = field(default_factory=dict)
    timers: dict[str, float] = field(default_factory=dict)
    watched: dict[str, list[object]] = field(default_factory=dict)
    runs: int = 0

    async def watch(self, text: str, ready: asyncio.Barrier, until: asyncio.Event) -> int:
        """Has this text recorded and watches it; returns how often the page ran meanwhile."""
        headers = {"Cookie": f"{COOKIE}={self.name}"}
        ws = self.address.replace("http", "ws", 1)
        async with connect(
            f"{ws}/_stcore/stream", origin=self.address, additional_headers=headers,
            subprotocols=["streamlit"], max_size=None,
        ) as page:  # fmt: skip
            await self._run(page)
            typed = WidgetState(id=self._widget("studio_text"), string_value=text)
            await self._run(page, typed)
            await self._run(
                page, typed, WidgetState(id=self._widget("studio_generate"), trigger_value=True)
            )
            stream = asyncio.create_task(self._listen(f"{ws}{PATH}", headers, page, typed))
            await ready.wait()
            self.runs = 0
            await self._by_the_clock(page, typed, until)
            stream.cancel()
        return self.runs

    async def _by_the_clock(
        self, page: ClientConnection, typed: WidgetState, until: asyncio.Event
    ) -> None:
        due = {each: time.monotonic() + s for each, s in self.timers.items()}
        while not until.is_set():
            await asyncio.sleep(0.05)
            for fragment, at_s in list(due.items()):
                if time.monotonic() >= at_s:
                    await self._run(page, typed, fragment_id=fragment)
                    due[fragment] = time.monotonic() + self.timers.get(fragment, 1.0)

    async def _listen(
        self, address: str, headers: dict[str, str], page: ClientConnection, typed: WidgetState
    ) -> None:
        if not self.watched:  # a version that has no stream
            return
        async with connect(address, origin=self.address, additional_headers=headers) as stream:
            await stream.send(json.dumps({topic: each[1] for topic, each in self.watched.items()}))
            async for told in stream:
                now = {topic: version for topic, (version, _) in json.loads(told).items()}
                drawn = {topic: each[0] for topic, each in self.watched.items()}
                if any(drawn.get(t) is not None and v > drawn[t] for t, v in now.items()):
                    await self._run(page, typed)

    def _widget(self, key: str) -> str:
        return next(each for each in self.seen if each.endswith(f"-{key}"))

    async def _run(
        self, page: ClientConnection, *widgets: WidgetState, fragment_id: str = ""
    ) -> None:
        self.runs += 1
        message = BackMsg()
        asked = message.rerun_script
        asked.page_script_hash, asked.fragment_id = self.page_hash, fragment_id
        asked.is_auto_rerun = bool(fragment_id)
        asked.widget_states.widgets.extend(widgets)
        await page.send(message.SerializeToString())
        while True:
            heard = ForwardMsg.FromString(await page.recv())
            match heard.WhichOneof("type"):
                case "new_session":
                    self.page_hash = heard.new_session.page_script_hash
                case "auto_rerun":
                    self.timers[heard.auto_rerun.fragment_id] = heard.auto_rerun.interval
                case "delta" if heard.delta.WhichOneof("type") == "new_element":
                    self._see(heard.delta.new_element)
                case "script_finished":
                    if heard.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        return

    def _see(self, element: Message) -> None:
        drawn = getattr(element, element.WhichOneof("type"))
        self.seen[getattr(drawn, "id", "")] = drawn
        if getattr(drawn, "component_name", "") == "soundcheck_live":
            data = json.loads(drawn.json)
            self.watched |= (data[0] if isinstance(data, list) else data)["watch"]  # as it was once
