"""kill -9 at each step of the path, then a restart: F28."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from lib.engines import Engines
from lib.jobs import Jobs
from lib.library import Library
from lib.library.clip import Clip
from lib.library.listing import Wanted
from lib.library.store import MARK
from lib.settings import Settings
from tests import crash_child
from tests.browser.running import beside
from tests.charges import charges
from tests.crash_child import SAID
from tests.service import StandIn

RESTART_S = 10


def crash(step: str, data_dir: Path, service: StandIn) -> None:
    child = beside(crash_child.main, str(data_dir), service.url, service.key, step)
    child.join()
    assert child.exitcode == -9


@dataclass
class Restarted:
    library: Library
    clip: Clip | None
    ledger: list[str]
    listed: int


@contextmanager
def restarted(data_dir: Path, service: StandIn) -> Iterator[Restarted]:
    """Start as the app does, and wait until recovery has ended."""
    settings = Settings(data_dir=data_dir, base_url=service.url, free_disk_min_bytes=0)
    library = Library(settings)
    jobs = Jobs(library, Engines(settings), most=2)
    until = time.monotonic() + RESTART_S
    for thread in [each for each in threading.enumerate() if each.name == "finish"]:
        thread.join(RESTART_S)
    clip = library.clips.get(1)
    while clip and clip.state == "making" and time.monotonic() < until:
        time.sleep(0.02)
        clip = library.clips.get(1)
    listed = library.listing.page(Wanted(owner="local")).clips
    states = [entry.state for entry in charges(library, SAID)]
    yield Restarted(library, clip, states, len(listed))
    jobs.stop(1)
    library.close()


@pytest.mark.parametrize("shape", ["S1", "S3"])
@pytest.mark.parametrize(
    ("step", "posts", "ledger", "clip"),
    [
        ("reserved", 0, "refused", "interrupted"),
        ("sent", 0, "unknown", "failed"),
        ("answered", 1, "unknown", "failed"),
        ("paid", 1, "kept", "ready"),
        ("half a file", 1, None, None),
        ("file without row", 1, "kept", "ready"),
        ("kept", 1, "kept", "ready"),
    ],
)
def test_after_a_kill_the_ledger_tells_the_truth_and_nothing_is_sent_again(
    step: str,
    posts: int,
    ledger: str | None,
    clip: str | None,
    shape: str,
    service: StandIn,
    tmp_path: Path,
) -> None:
    service.shape = shape
    crash(step, tmp_path, service)
    # The file here is the recording's own where an address came (S1); where the sound itself came
    # (S3), it is the one set aside before `paid` is written, and half of it is no answer.
    by_address = shape == "S1"
    ledger = ledger or ("kept" if by_address else "unknown")
    clip = clip or ("ready" if by_address else "failed")

    with restarted(tmp_path, service) as now:
        assert service.posts == posts
        assert now.ledger == [ledger]
        assert now.clip is not None
        assert now.clip.state == clip
        assert now.listed == (clip == "ready")
        if clip == "ready":
            assert now.library.files.exists(now.clip.file or "")
            assert now.clip.usd == (Decimal("0.000169") if by_address else None)


def test_a_half_written_file_is_swept_once_it_is_old(service: StandIn, tmp_path: Path) -> None:
    service.shape = "S3"
    crash("half a file", tmp_path, service)
    left = {file for file in (tmp_path / "sound").rglob("*.part") if file.is_file()}
    assert left
    with restarted(tmp_path, service) as now:
        now.library.sweep()
        assert left == set((tmp_path / "sound").rglob("*.part"))
        for file in left:
            os.utime(file, (time.time() - 4000,) * 2)
        now.library.sweep()
    assert {file.name for file in (tmp_path / "sound").rglob("*") if file.is_file()} == {MARK}
