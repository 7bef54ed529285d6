"""Look for known vulnerabilities in the installed packages: python -m tests.audit.

Fails for a known hole, and for a package that could not be checked. Two sources: a list kept here,
tests/files/advisories.json, and OSV's service, which is asked where it can be reached.
"""

import json
import re
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import requests
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

HERE = Path(__file__).parent
REQUIREMENTS = HERE.parent / "requirements.txt"
KEPT = HERE / "files" / "advisories.json"
SERVICE = "https://api.osv.dev/v1/querybatch"
WAIT_S = (1.0, 5.0)  # to be reached, to answer
NOT_SEEN = (
    "Not seen by this: holes in the libraries inside packages, such as libsndfile in soundfile, "
    "libxml2 in lxml and what ONNX Runtime brings, in Python, and in the browser's part of "
    "Streamlit."
)


def shipped(requirements: Path = REQUIREMENTS) -> dict[str, str | None]:
    """Version of each package that the file brings in, those below them too; None: missing."""
    lines = (line.partition("#")[0].strip() for line in requirements.read_text().splitlines())
    todo = [(Requirement(line), "") for line in lines if line]
    found: dict[str, str | None] = {}
    seen = set()
    while todo:
        wanted, extra = todo.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        for asked in {"", *wanted.extras} - {each for of, each in seen if of == name}:
            seen.add((name, asked))
            try:
                installed = distribution(name)
            except PackageNotFoundError:
                found[name] = None
                continue
            found[name] = installed.version
            todo += [(Requirement(each), asked) for each in installed.requires or []]
    return found


def from_list(installed: Mapping[str, str | None], kept: Mapping[str, Any]) -> list[str]:
    """The problems by the local list, one line each."""
    wrong = []
    for name, version in sorted(installed.items()):
        try:
            read = Version(version or "")
        except InvalidVersion:
            wrong.append(f"{name} could not be checked: its version is {version}.")
            continue
        if name not in kept["packages"]:
            wrong.append(
                f"{name} could not be checked: it is not in {KEPT.name}. "
                "Look for its advisories, and put it there with what you found."
            )
        for advisory in kept["packages"].get(name, []):
            if SpecifierSet(advisory["affected"]).contains(read, prereleases=True):
                wrong.append(
                    f"{name} {version} has {advisory['id']} ({advisory['what']}): "
                    f"affected are {advisory['affected']}."
                )
    return wrong


def from_service(installed: Mapping[str, str | None], service: str) -> list[str] | None:
    """The problems by OSV, one line each; None if it cannot be reached."""
    names = [(name, version) for name, version in sorted(installed.items()) if version]
    queries = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
        for name, version in names
    ]
    try:
        answer = requests.post(service, json={"queries": queries}, timeout=WAIT_S)
        answer.raise_for_status()
        results = answer.json()["results"]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return None
    wrong = []
    for index, (name, version) in enumerate(names):
        if index >= len(results) or not isinstance(results[index], dict):
            wrong.append(f"{name} could not be checked: the service did not answer for it.")
            continue
        wrong += [
            f"{name} {version} has {each['id']}: https://osv.dev/vulnerability/{each['id']}"
            for each in results[index].get("vulns", [])
        ]
    return wrong


def main(service: str = SERVICE) -> int:
    installed = shipped()
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    wrong = from_list(installed, kept)
    said = from_service(installed, service)
    advisories = sum(map(len, kept["packages"].values()))
    print(
        f"{len(installed)} packages, against {advisories} advisories "
        f"as they were known on {kept['looked_over']}."
    )
    if said is None:
        print("No advisory service was reached: what was published since then is not seen.")
    else:
        print("OSV was asked as well.")
        wrong += said
    print(NOT_SEEN)
    for line in wrong:
        print("!", line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
