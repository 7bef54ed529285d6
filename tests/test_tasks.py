"""Work in the background: its progress, its stop, and its end with the services."""

import threading
import time

import pytest

from lib.errors import SpeechError, StorageError
from lib.tasks import Progress, Task, Tasks

PATIENCE_S = 10


def ended(task: Task[object]) -> Task[object]:
    until_s = time.monotonic() + PATIENCE_S
    while not task.is_over:
        assert time.monotonic() < until_s
        time.sleep(0.005)
    return task


def test_a_task_tells_how_far_it_is_and_what_it_made() -> None:
    go_on, seen = threading.Event(), []
    tasks = Tasks(lambda each: seen.append((each.id, each.done, each.total, each.is_over)))

    def work(progress: Progress) -> str:
        assert go_on.wait(PATIENCE_S)
        progress(1, 2)
        return "sound"

    task = tasks.begin("work", work, total=2)
    assert (task.done, task.total, task.is_over) == (0, 2, False)
    go_on.set()
    ended(task)
    assert (task.made, task.error) == ("sound", None)
    tasks.join(time.monotonic() + PATIENCE_S)
    assert seen == [(task.id, 1, 2, False), (task.id, 1, 2, True)]


def test_what_went_wrong_is_said_in_a_sentence() -> None:
    def expected(_progress: Progress) -> None:
        raise StorageError("The disk is full.")

    def unexpected(_progress: Progress) -> None:
        raise ZeroDivisionError

    tasks = Tasks()
    assert str(ended(tasks.begin("work", expected)).error) == "The disk is full."
    error = ended(tasks.begin("work", unexpected)).error
    assert isinstance(error, SpeechError)
    assert str(error) == "Something went wrong inside Soundcheck."


def test_a_key_is_at_work_once_and_is_found_again() -> None:
    go_on, tasks = threading.Event(), Tasks()
    task = tasks.begin("work", lambda _progress: go_on.wait(PATIENCE_S), key="one")
    assert tasks.begin("work", lambda _progress: True, key="one") is task
    assert tasks.begin("work", lambda _progress: True, key="other") is not task
    assert tasks.get("one") is task
    go_on.set()
    ended(task)
    assert tasks.begin("work", lambda _progress: True, key="one") is not task
    tasks.forget("one")
    assert tasks.get("one") is None


@pytest.mark.parametrize("is_begun_late", [False, True])
def test_a_stop_ends_all_at_their_next_step(is_begun_late: bool) -> None:
    tasks = Tasks()

    def endless(progress: Progress) -> None:
        while True:
            progress(0, 1)
            time.sleep(0.005)

    if is_begun_late:
        tasks.stop()
    task = tasks.begin("work", endless)
    tasks.stop()
    tasks.join(time.monotonic() + PATIENCE_S)
    assert (task.is_over, task.made, task.error) == (True, None, None)
