"""The very versions that were tested, with their hashes: requirements.lock.

    python -m tests.lock              made anew from what is installed here; needs `pip install uv`
    python -m tests.lock --check      whether it is current; asks no network

Made for CPython 3.11 and later on Linux, macOS and Windows: markers say what belongs where, and
pip refuses a file whose hash is not listed. Current means: every requirement of ours is in it
within its range, with hashes; so is whatever the packages need that are installed here as locked.
Where others are installed than are locked, that is said, and is no failure: the ranges allow them.
Whether newer versions are out, only a registry knows.
"""

import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OURS = (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt")
PYTHON = "3.11"
HEAD = f"""\
# The versions that Soundcheck was tested with, for CPython {PYTHON} and later on any platform:
#   pip install --require-hashes -r requirements.lock
# Made by: python -m tests.lock. Checked by: python -m tests.lock --check.
"""
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Locked:
    requirement: Requirement
    version: Version
    hashes: int


def read(text: str) -> dict[str, Locked]:
    """By name. Raises ValueError for a line that is no pinned version."""
    found: dict[str, Locked] = {}
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        requirement = Requirement(line.partition("--hash")[0].strip())
        pins = [each.version for each in requirement.specifier if each.operator == "=="]
        if len(pins) != 1 or pins[0].endswith("*"):
            raise ValueError(f"not one version: {requirement}")
        name = canonicalize_name(requirement.name)
        found[name] = Locked(requirement, Version(pins[0]), len(HASH.findall(line)))
    return found


def ours() -> Iterator[Requirement]:
    for file in OURS:
        for line in file.read_text(encoding="utf-8").splitlines():
            wanted = line.partition("#")[0].strip()
            if wanted and not wanted.startswith("-"):
                yield Requirement(wanted)


def problems(text: str) -> list[str]:
    """Why the lock of this text is not current, a line each."""
    wrong = ["it holds an address or a path of a registry"] if "://" in text else []
    locked = read(text)
    wrong += [f"{name} has no hash" for name, each in locked.items() if not each.hashes]
    for wanted in ours():
        wrong += _wrong(wanted, locked, "requirements.txt")
    for below, needed_by in _needed_here(locked):
        wrong += _wrong(below, locked, needed_by)
    return list(dict.fromkeys(wrong))


def differences(text: str) -> list[str]:
    """Where another version is installed here than is locked."""
    found = []
    for name, each in read(text).items():
        version = _installed(name)
        if version and version != each.version:
            found.append(f"{name} {each.version} is locked, {version} is installed")
    return found


def _wrong(wanted: Requirement, locked: Mapping[str, Locked], by: str) -> Iterator[str]:
    each = locked.get(canonicalize_name(wanted.name))
    if each is None:
        yield f"{wanted.name} is missing, which {by} needs"
    elif not wanted.specifier.contains(each.version, prereleases=True):
        yield f"{wanted.name} {each.version} is not in the range {wanted.specifier} of {by}"


def _needed_here(locked: Mapping[str, Locked]) -> Iterator[tuple[Requirement, str]]:
    """What the packages need that are installed here as locked, down to the last, and who does."""
    todo = [(each, "") for each in ours()]
    seen: set[tuple[str, str]] = set()
    while todo:
        wanted, extra = todo.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        for asked in {"", *wanted.extras} - {each for of, each in seen if of == name}:
            seen.add((name, asked))
            if name not in locked or _installed(name) != locked[name].version:
                continue
            for line in distribution(name).requires or []:
                below = Requirement(line)
                if below.marker is None or below.marker.evaluate({"extra": asked}):
                    yield below, name
                    todo.append((below, asked))


def _installed(name: str) -> Version | None:
    try:
        return Version(distribution(name).version)
    except PackageNotFoundError:
        return None


def make() -> None:
    """Write the lock anew, with the versions that are installed here where they fit."""
    if not importlib.util.find_spec("uv"):
        sys.exit("This needs uv: pip install uv")
    with tempfile.TemporaryDirectory() as folder:
        here, made = Path(folder, "here.txt"), Path(folder, "made.txt")
        here.write_text("".join(f"{each.name}=={each.version}\n" for each in distributions()))
        command = [sys.executable, "-m", "uv", "pip", "compile", str(OURS[1]), "--universal"]
        command += ["--python-version", PYTHON, "--generate-hashes", "--quiet", "-c", str(here)]
        command += ["--no-header", "--no-annotate", "--no-emit-index-url", "-o", str(made)]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        LOCK.write_text(HEAD + made.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> int:
    if "--check" not in sys.argv:
        make()
    text = LOCK.read_text(encoding="utf-8")
    for difference in differences(text):
        print(f"note: {difference}")
    wrong = problems(text)
    for problem in wrong:
        print(f"requirements.lock is not current: {problem}")
    if not wrong:
        print("requirements.lock is current")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
