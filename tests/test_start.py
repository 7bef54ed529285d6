"""Soundcheck started as the README says: the other tests' servers are forks."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.browser.running import ROOT, running, wait_until_healthy
from tests.talking import talking


def test_the_readme_s_own_command_starts_soundcheck_and_no_visitor_waits_for_pandas(
    tmp_path: Path,
) -> None:
    """It takes 0.3 s to load, and the first page has no table."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    asked = re.search(r"^    .*\.venv/bin/streamlit (run .*)$", readme, re.MULTILINE)
    assert asked
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "imports.log"
    server = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "streamlit", *asked[1].split(),
         "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SOUNDCHECK_DATA_DIR": str(tmp_path)},
        stderr=log.open("w"),
    )  # fmt: skip
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        with talking(f"http://127.0.0.1:{port}") as tab:
            tab.run()
            assert "Generate" in tab.words()
        imported = {line.rpartition("|")[2].strip() for line in log.read_text().splitlines()}
        assert imported & {"sqlalchemy", "pandas"} == {"sqlalchemy"}
    finally:
        server.terminate()
        server.wait(30)


def test_a_server_for_a_test_starts_whatever_an_app_test_ran_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "page.py"
    script.write_text("raise SystemExit('a page of another test')")
    left = ModuleType("__main__")
    left.__file__ = str(script)
    monkeypatch.setitem(sys.modules, "__main__", left)

    with running(SOUNDCHECK_DATA_DIR=str(tmp_path)):
        assert sys.modules["__main__"] is left
