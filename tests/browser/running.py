"""Start Soundcheck as a server, for tests that use it as a visitor does."""

import multiprocessing
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def running(script: Path = ROOT / "app.py", **environment: str) -> Iterator[str]:
    """The address of a fresh server, which ends with the block. Its log goes to server.log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["run", str(script), "--server.port", str(port), "--server.address", "127.0.0.1"]
    log_folder = Path(environment.get("SOUNDCHECK_DATA_DIR", "/nowhere"))
    log = log_folder / "server.log" if log_folder.is_dir() else Path(os.devnull)
    settings = {**os.environ, **environment}
    server = _forks.Process(target=_serve, args=(command, settings, log), daemon=True)
    server.start()
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(address)
        yield address
    finally:
        server.terminate()
        server.join(30)
        assert server.exitcode is not None, "the server did not end"


def _serve(command: list[str], settings: dict[str, str], log: Path) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(settings)
    with log.open("ab") as written:
        os.dup2(written.fileno(), 1)
        os.dup2(written.fileno(), 2)
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
