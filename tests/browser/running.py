"""Start Soundcheck as a server, for tests that use it as a visitor does."""

import multiprocessing
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
START_S = 30
READY = (
    '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'
    '[data-test-script-state="notRunning"]'
)

# Two seconds of each start are imports: each server is a fork of a process that has made them.
# lib.ui stays out of it, as a page's parts are registered with the server that runs them.
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(
    [
        "alembic.context",
        "altair",
        "hibari",
        "lib.catalogue",
        "lib.engines",
        "lib.export",
        "lib.jobs",
        "lib.library",
        "lib.orders.prices",
        "pandas",
        "pyarrow",
        "streamlit.web.bootstrap",
        "streamlit.web.cli",
    ]
)


class Server:
    """A server process, from its start to `stop`. Its log goes to server.log in its data.

    serving: called in that process before it serves, with the far end of `pipe`.
    """

    def __init__(
        self,
        script: Path = ROOT / "app.py",
        environment: Mapping[str, str] | None = None,
        *,
        serving: Callable[[Connection], None] | None = None,
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.pipe, far_end = multiprocessing.Pipe()
        command = ["run", str(script), "--server.port", str(port), "--server.address", "127.0.0.1"]
        settings = {**os.environ, **(environment or {})}
        log_folder = Path(settings.get("SOUNDCHECK_DATA_DIR", "/nowhere"))
        log = log_folder / "server.log" if log_folder.is_dir() else Path(os.devnull)
        self._process = _forks.Process(
            target=_serve, args=(command, settings, log, serving, far_end), daemon=True
        )
        with _no_main_module():
            self._process.start()
        far_end.close()  # its own end stays with the server: when that dies, we read it here
        try:
            wait_until_healthy(self.address)
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def stop(self) -> None:
        self._process.terminate()
        self._process.join(30)
        assert self._process.exitcode is not None, "the server did not end"


@contextmanager
def running(script: Path = ROOT / "app.py", **environment: str) -> Iterator[str]:
    """The address of a fresh server, which ends with the block."""
    server = Server(script, environment)
    try:
        yield server.address
    finally:
        server.stop()


def beside(work: Callable[..., None], *arguments: str) -> BaseProcess:
    """Starts this in another process, which need not import what the servers need."""
    process = _forks.Process(target=work, args=arguments, daemon=True)
    with _no_main_module():
        process.start()
    return process


@contextmanager
def _no_main_module() -> Iterator[None]:
    """An AppTest leaves its script as `__main__`, and a new process runs that before anything."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(
    command: list[str],
    settings: dict[str, str],
    log: Path,
    serving: Callable[[Connection], None] | None,
    pipe: Connection,
) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(settings)
    with log.open("ab") as written:
        os.dup2(written.fileno(), 1)
        os.dup2(written.fileno(), 2)
    if serving:
        serving(pipe)
    from streamlit.web import cli

    sys.argv = ["streamlit", *command]
    cli.main(command, prog_name="streamlit")


def wait_until_healthy(address: str) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.read() == b"ok":
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError("the server did not start")
