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


def test_the_readme_s_own_command_starts_soundcheck(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    asked = re.search(r"^    .*\.venv/bin/streamlit (run .*)$", readme, re.MULTILINE)
    assert asked
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", *asked[1].split(), "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SOUNDCHECK_DATA_DIR": str(tmp_path)},
    )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
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
