"""The audit of installed packages: when it fails, and what it reports as not checked."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests import audit

NOBODY = "http://127.0.0.1:9/v1/querybatch"


def run(*folders: Path, service: str = NOBODY) -> tuple[int, str]:
    """Run the audit as CI does; packages in `folders` are found before installed ones."""
    path = os.pathsep.join(map(str, folders))
    ended = subprocess.run(
        [sys.executable, "-m", "tests.audit", service],
        cwd=audit.HERE.parent,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def planted(folder: Path, name: str, version: str, *requires: str) -> Path:
    """The metadata of an installed package."""
    records = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    records.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {each}" for each in requires]
    (records / "METADATA").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture
def service() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The address of a stand-in for OSV, and its answers in order."""
    results: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            given = results or [{} for _ in asked["queries"]]
            body = json.dumps({"results": given}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/querybatch", results
        server.shutdown()


def test_k26_what_is_installed_passes_and_the_audit_says_what_it_cannot_see() -> None:
    """S19"""
    start = time.monotonic()
    code, said = run()
    assert code == 0, said
    assert time.monotonic() - start < 10  # about 1 s on a machine of its own
    assert "as they were known on 2" in said
    assert "No advisory service was reached" in said
    assert "Not seen by this: holes in the libraries inside packages" in said


@pytest.mark.parametrize(
    ("name", "version", "advisory"),
    [
        ("streamlit", "1.53.1", "CVE-2026-33682"),
        ("starlette", "1.3.0", "CVE-2026-54283"),
        ("urllib3", "2.6.3", "CVE-2026-44431"),
        ("anyio", "4.13.0", "CVE-2026-63374"),  # below starlette, in no file of ours
    ],
)
def test_k26_a_planted_old_version_fails_the_audit(
    tmp_path: Path, name: str, version: str, advisory: str
) -> None:
    """S19"""
    requires = ["starlette>=0.40"] if name == "streamlit" else []
    code, said = run(planted(tmp_path, name, version, *requires))
    assert code == 1
    assert f"! {name} {version} has {advisory}" in said


def test_k26_a_package_that_could_not_be_checked_fails_the_audit(tmp_path: Path) -> None:
    """S19: pip-audit only skips it."""
    planted(tmp_path, "soxr", "1.1.0", "canary-new-package>=1", "canary-not-there")
    planted(tmp_path, "canary-new-package", "1.0")
    planted(tmp_path, "requests", "of-our-own")
    code, said = run(tmp_path)
    assert code == 1
    assert "! canary-new-package could not be checked: it is not in advisories.json" in said
    assert "! canary-not-there could not be checked: its version is None" in said
    assert "! requests could not be checked: its version is of-our-own" in said


def test_k26_a_service_that_is_reached_is_believed_as_well(
    service: tuple[str, list[dict[str, Any]]],
) -> None:
    address, results = service
    code, said = run(service=address)
    assert (code, "OSV was asked as well." in said) == (0, True)

    results += [{"vulns": [{"id": "GHSA-0000-canary"}]}]
    code, said = run(service=address)
    assert code == 1
    assert "! alembic" in said
    assert "has GHSA-0000-canary" in said
    assert "! altair could not be checked: the service did not answer for it." in said


def test_k26_the_requirements_let_no_version_in_that_has_a_known_hole() -> None:
    """starlette is among them although Streamlit brings it: Streamlit's own floor is too low."""
    kept = json.loads(audit.KEPT.read_text(encoding="utf-8"))
    lines = (line.partition("#")[0].strip() for line in audit.REQUIREMENTS.read_text().splitlines())
    floors = {}
    for wanted in (Requirement(line) for line in lines if line):
        for each in wanted.specifier:
            if each.operator in (">=", "=="):
                floors[wanted.name.lower()] = each.version
    assert Version(floors["starlette"]) >= Version("1.3.1")
    assert audit.from_list(floors, kept) == []
