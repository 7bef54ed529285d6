"""One server for all tests of a worker: each test gets it empty, with an environment of its own.

To start a server and show its first page takes two seconds of the processor; to give a running one
new services takes a tenth of that.
"""

import asyncio
import os
import threading
import traceback
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from tests.browser.running import Server

ANSWER_S = 40
THREAD_S = 15  # a script ends at its next call of Streamlit
# The server reads these once, when it starts.
READ_AT_START = {"SOUNDCHECK_HOSTS", "SOUNDCHECK_FRAME_ANCESTORS"}


class SharedServer:
    """A server that is lent to one test after another."""

    def __init__(self, folder: Path) -> None:
        """folder: where it keeps what it makes while it is lent to nobody."""
        self._folder = folder
        self._server: Server | None = None

    @contextmanager
    def lent(self, environment: Mapping[str, str]) -> Iterator[str]:
        """The server's address, with new services from `environment` and no session of before.

        Fails if the server has died at the end of the block, or answers no longer.
        """
        refused = READ_AT_START & environment.keys()
        assert not refused, f"{refused} needs a server of its own"
        if self._server is None:
            self._server = Server(environment=data_in(self._folder), serving=obey)
        server = self._server
        try:
            _tell(server, dict(environment))
            yield server.address
            assert server.is_alive, "the server died"
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=10) as answer:
                assert answer.read() == b"ok"
            _tell(server, None)
        except BaseException:
            self.stop()  # the next test gets a new one
            raise

    @property
    def pid(self) -> int:
        assert self._server
        return self._server.pid

    def stop(self) -> None:
        if self._server:
            self._server.stop()
            self._server = None


def data_in(folder: Path) -> dict[str, str]:
    return {"SOUNDCHECK_DATA_DIR": str(folder), "SOUNDCHECK_FREE_DISK_MIN_BYTES": "0"}


def _tell(server: Server, environment: dict[str, str] | None) -> None:
    server.pipe.send(environment)
    if not server.pipe.poll(ANSWER_S):
        raise TimeoutError("the server did not change its services")
    try:
        problem = server.pipe.recv()
    except EOFError:
        problem = "the server died"
    assert problem is None, problem


# What follows runs in the server's own process.


def obey(pipe: Connection) -> None:
    """Do what the tests' process asks, in a thread beside the server."""
    threading.Thread(target=_obey, args=(pipe,), name="tests", daemon=True).start()


def _obey(pipe: Connection) -> None:
    usual = dict(os.environ)
    while True:
        try:
            environment: dict[str, str] | None = pipe.recv()
        except EOFError:
            return
        try:
            _close()
            if environment is not None:
                _open(usual | environment)
        except BaseException:
            pipe.send(traceback.format_exc())
        else:
            pipe.send(None)


def _close() -> None:
    """End all sessions and what they run, then the services."""
    from streamlit.runtime import get_instance

    from lib.ui import services

    runtime = get_instance()

    async def end_sessions() -> None:
        for info in runtime._session_mgr.list_sessions():
            runtime.close_session(info.session.id)

    loop = runtime._get_async_objs().eventloop
    asyncio.run_coroutine_threadsafe(end_sessions(), loop).result(THREAD_S)
    for thread in threading.enumerate():
        if thread.name == "ScriptRunner.scriptThread":
            thread.join(THREAD_S)
            assert not thread.is_alive(), "a page's script did not end"
    assert not runtime._session_mgr.list_sessions()
    services.close()


def _open(environment: Mapping[str, str]) -> None:
    from lib.ui import services

    os.environ.clear()
    os.environ.update(environment)
    folder = Path(environment["SOUNDCHECK_DATA_DIR"])
    with (folder / "server.log").open("ab") as written:
        os.dup2(written.fileno(), 1)
        os.dup2(written.fileno(), 2)
    # Another thread may have built them from the environment of before, after they were closed.
    while services.services().settings.data_dir != folder:
        services.close()
