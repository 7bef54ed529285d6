"""Events: versions only grow, and changes never queue up."""

import threading

from lib import events
from lib.events import Events


def test_a_version_grows_with_each_change_and_not_with_mere_progress() -> None:
    bus = Events()
    before = bus.versions("a", "b")
    bus.publish("a")
    bus.progress("b", {"done": 1})
    now = bus.versions("a", "b")
    assert now["a"] > before["a"]
    assert now["b"] == before["b"]
    bus.publish("b")
    assert bus.now("b").numbers == {"done": 1}


def test_whoever_listens_is_woken_once_and_finds_the_newest_alone() -> None:
    bus, woken = Events(), []
    subscription = bus.subscribe(lambda: woken.append(1))
    subscription.listen(["a"])
    subscription.take()
    woken.clear()
    for done in range(1000):
        bus.progress("a", {"done": done})
        bus.publish("a", "another")
    assert len(woken) == 1
    found = subscription.take()
    assert found.keys() == {"a"}
    assert found["a"].numbers == {"done": 999}
    assert subscription.take() == {}


def test_a_topic_one_begins_to_listen_to_is_told_as_it_is() -> None:
    """What happened between a page's run and its connection is not missed."""
    bus = Events()
    drawn = bus.versions("a")
    bus.publish("a")
    subscription = bus.subscribe(lambda: None)
    subscription.listen(["a"])
    assert subscription.take()["a"].version > drawn["a"]


def test_nobody_is_told_of_what_they_no_longer_listen_to() -> None:
    bus, woken = Events(), []
    subscription = bus.subscribe(lambda: woken.append(1))
    subscription.listen(["a", "b"])
    subscription.listen(["b"])
    subscription.take()
    woken.clear()
    bus.publish("a")
    subscription.close()
    bus.publish("b")
    assert woken == []


def test_what_is_forgotten_counts_as_changed_rather_than_as_not(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(events, "TOPICS_MAX", 10)
    bus = Events()
    bus.publish("a")
    drawn = bus.versions("a")
    bus.publish("a")
    for number in range(100):
        bus.publish(f"other/{number}")
    assert bus.versions("a")["a"] > drawn["a"]
    assert len(bus._topics) == 10


def test_a_new_process_has_newer_versions_than_the_old_ever_gave() -> None:
    old = Events()
    old.publish("a")
    drawn = old.versions("a")["a"]
    threading.Event().wait(0.01)
    assert Events().versions("a")["a"] > drawn


def test_many_threads_lose_nothing() -> None:
    bus = Events()
    before = bus.versions("a")["a"]
    threads = [
        threading.Thread(target=lambda: [bus.publish("a") for _ in range(500)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bus.versions("a")["a"] == before + 4000
