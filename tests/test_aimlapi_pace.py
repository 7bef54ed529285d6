"""The number of calls at once, and how calls wait."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from lib.aimlapi import Pace
from lib.errors import StoppedError
from tests.aimlapi import HELLO, at_once, client
from tests.service import StandIn
from tests.service.faults import status

NEVER = threading.Event()


def test_no_more_calls_are_open_than_the_pace_allows(service: StandIn) -> None:
    service.latency_s = 0.05

    at_once(client(service, pace=Pace(3)), 12)

    assert service.most_posts_open == 3
    assert service.connections <= 12  # one a thread


def test_pace_is_shared_by_all_clients_of_the_process(service: StandIn) -> None:
    service.latency_s = 0.05
    pace = Pace(2)

    with ThreadPoolExecutor(6) as pool:
        calls = [pool.submit(client(service, pace=pace).synthesize, HELLO) for _ in range(6)]
        assert all(call.result().data for call in calls)

    assert service.most_posts_open == 2


def test_download_does_not_keep_the_place_of_its_call(service: StandIn) -> None:
    service.download_latency_s = 0.5

    at_once(client(service, pace=Pace(1)), 2)

    first, second = (seen.at for seen in service.seen if seen.method == "POST")
    assert second - first < 0.3


def test_wait_before_another_try_does_not_keep_the_place_of_its_call(service: StandIn) -> None:
    service.fault(status(503))
    pace = Pace(1)
    api = client(service, pace=pace, retry_base_s=60.0, retry_cap_s=60.0)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(api.synthesize, HELLO)
        while service.posts < 1:
            time.sleep(0.01)
        client(service, pace=pace).synthesize(HELLO)
        api.stop()
        with pytest.raises(StoppedError):
            waiting.result(timeout=1)

    assert service.charges == 1


def test_call_too_many_halves_the_pace_and_success_restores_it(service: StandIn) -> None:
    pace = Pace(8)
    api = client(service, pace=pace)
    service.fault(status(429))

    api.synthesize(HELLO)
    assert pace.limit == 4

    for _ in range(40):
        api.synthesize(HELLO)
    assert pace.limit == 8


def test_calls_refused_together_halve_the_pace_once(service: StandIn) -> None:
    pace = Pace(8)
    with ExitStack() as stack:
        began = [stack.enter_context(pace.slot(NEVER)) for _ in range(4)]
        for began_at in began:
            pace.slow_down(began_at)

    assert pace.limit == 4


def test_pace_never_falls_below_one_call() -> None:
    pace = Pace(2)
    for _ in range(5):
        with pace.slot(NEVER) as began_at:
            pace.slow_down(began_at)

    assert pace.limit == 1


def test_pace_starts_low_where_it_is_told_to_and_climbs_to_its_ceiling() -> None:
    pace = Pace(1, 4)
    assert pace.limit == 1

    for _ in range(50):
        pace.speed_up()

    assert pace.limit == 4


def test_ceiling_that_is_raised_lets_waiting_calls_in_at_once(service: StandIn) -> None:
    service.hold()
    pace = Pace(1)
    api = client(service, pace=pace)

    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(api.synthesize, HELLO) for _ in range(4)]
        time.sleep(0.1)
        assert service.most_posts_open == 1
        pace.ceiling = 4
        assert pace.limit == 4
        while service.posts < 4:
            time.sleep(0.01)
        service.release()
        assert all(call.result().data for call in calls)

    assert service.most_posts_open == 4


def test_ceiling_that_is_lowered_holds_for_calls_yet_to_come(service: StandIn) -> None:
    service.latency_s = 0.02
    pace = Pace(8)
    pace.ceiling = 2

    at_once(client(service, pace=pace), 8)

    assert service.most_posts_open == 2


def test_stop_ends_every_wait_for_a_place(service: StandIn) -> None:
    service.hold()
    pace = Pace(1)
    api = client(service, pace=pace)

    with ThreadPoolExecutor(5) as pool:
        calls = [pool.submit(api.synthesize, HELLO) for _ in range(5)]
        while service.posts < 1:
            time.sleep(0.01)
        pace.stop()
        service.release()
        errors = [call.exception(timeout=2) for call in calls]

    assert sum(isinstance(error, StoppedError) for error in errors) == 4
    assert service.posts == service.charges == 1


def test_stopped_client_leaves_the_others_alone(service: StandIn) -> None:
    pace = Pace(2)
    stopped, other = client(service, pace=pace), client(service, pace=pace)

    stopped.stop()

    with pytest.raises(StoppedError):
        stopped.synthesize(HELLO)
    assert other.synthesize(HELLO).data
    assert service.posts == 1


def test_stop_cuts_a_pause_the_service_asked_for_short(service: StandIn) -> None:
    service.fault(status(429, {"Retry-After": "30"}))
    api = client(service)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(api.synthesize, HELLO)
        while service.posts < 1:
            time.sleep(0.01)
        began = time.monotonic()
        api.stop()
        error = waiting.exception(timeout=2)

    assert isinstance(error, StoppedError)
    assert error.charged is False
    assert time.monotonic() - began < 1
