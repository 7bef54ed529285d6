"""Faults between us and the service during a call that may be charged."""

import json
import random
import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from lib.aimlapi import AimlApi, Pace, RetryQuota
from lib.errors import (
    ChargeUnknownError,
    ServiceBusyError,
    ServicePausedError,
    ServiceUnreachableError,
    SpeechError,
)
from lib.settings import Settings
from tests.aimlapi import HELLO, at_once, client
from tests.service import StandIn, faults, refusals
from tests.service.faults import Fault, status
from tests.service.server import CERTIFICATE

PAST = ["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 -0000"]
GATEWAY = b"<html>Bad gateway</html>"


@pytest.fixture
def secure_service() -> Iterator[StandIn]:
    with StandIn(tls=True) as running:
        yield running


def failure(api: AimlApi) -> tuple[SpeechError, float]:
    """The error of one call, and how many seconds it took to come."""
    began = time.monotonic()
    with pytest.raises(SpeechError) as caught:
        api.synthesize(HELLO)
    return caught.value, time.monotonic() - began


def closed_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def counted(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[..., object]) -> list[object]:
    """Calls of the standard library's `socket.<name>` from now on; each does `act`."""
    calls: list[object] = []

    def stand_in(*arguments: object, **options: object) -> object:
        calls.append(arguments)
        return act(*arguments, **options)

    monkeypatch.setattr(socket, name, stand_in)
    return calls


# Before anything has left us


def test_service_that_does_not_listen_is_tried_three_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attempts = counted(monkeypatch, "getaddrinfo", socket.getaddrinfo)

    error, seconds = failure(client(f"http://127.0.0.1:{closed_port()}"))

    assert type(error) is ServiceUnreachableError
    assert "cannot reach" in str(error)
    assert error.charged is False
    assert len(attempts) == 3
    assert seconds < 10


def test_name_that_stands_for_nothing_is_tried_three_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*arguments: object, **options: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    attempts = counted(monkeypatch, "getaddrinfo", unknown)

    error, _ = failure(client("https://api.example.com"))

    assert type(error) is ServiceUnreachableError
    assert len(attempts) == 3


def test_name_that_takes_too_long_to_look_up_leaves_nothing_bought(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def slow(*arguments: object, **options: object) -> object:
        time.sleep(0.5)
        return real(*arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", slow)

    error, _ = failure(client(service, post_s=0.2, retry_tries=0))

    assert type(error) is ServiceUnreachableError
    assert service.posts == 0


def test_address_that_swallows_everything_is_given_up_in_time() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        place = listener.getsockname()
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(place)

        error, seconds = failure(client(f"http://127.0.0.1:{place[1]}", connect_s=0.2))

        for filler in fillers:
            filler.close()
    assert type(error) is ServiceUnreachableError
    assert seconds < 3 * 0.2 + 0.5


def test_certificate_that_proves_nothing_ends_the_call_at_once(secure_service: StandIn) -> None:
    error, _ = failure(client(secure_service))

    assert type(error) is ServiceUnreachableError
    assert "certificate" in str(error)
    assert (secure_service.connections, secure_service.posts) == (1, 0)


def test_certificate_of_another_name_ends_the_call_at_once(secure_service: StandIn) -> None:
    address = secure_service.url.replace("127.0.0.1", "127.0.0.2")
    error, _ = failure(client(address, ca_file=str(CERTIFICATE)))

    assert "certificate" in str(error) or "cannot reach" in str(error)
    assert secure_service.posts == 0


def test_company_s_own_certificate_is_trusted_when_it_is_named(secure_service: StandIn) -> None:
    client(secure_service, ca_file=str(CERTIFICATE)).synthesize(HELLO)

    assert secure_service.charges == 1


def test_handshake_that_fails_is_tried_again(service: StandIn) -> None:
    error, _ = failure(client(service.url.replace("http:", "https:")))

    assert type(error) is ServiceUnreachableError
    assert (service.connections, service.posts) == (3, 0)


def test_handshake_a_byte_at_a_time_ends_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"https://127.0.0.1:{listener.getsockname()[1]}"

        error, seconds = failure(client(address, connect_s=30, post_s=0.4, retry_tries=0))

    assert type(error) is ServiceUnreachableError
    assert 0.3 < seconds < 1.4


# After it has left us: never sent twice


def test_tls_that_breaks_after_the_request_leaves_it_unknown(secure_service: StandIn) -> None:
    secure_service.fault(faults.garbage_after_tls(), times=5)

    error, _ = failure(client(secure_service, ca_file=str(CERTIFICATE)))

    assert type(error) is ChargeUnknownError
    assert (secure_service.posts, secure_service.charges) == (1, 1)


@pytest.mark.parametrize("body", [GATEWAY, b"", b"upstream error", b"[]", b'{"ok": false}'])
@pytest.mark.parametrize("code", [500, 502, 503, 504, 520, 524])
def test_failure_that_is_not_the_service_s_own_leaves_the_charge_unknown(
    service: StandIn, code: int, body: bytes
) -> None:
    service.fault(faults.status_after_charge(code, body), times=5)

    error, _ = failure(client(service))

    assert type(error) is ChargeUnknownError
    assert error.charged is None
    assert (service.posts, service.charges) == (1, 1)


@pytest.mark.parametrize("code", [408, 409, 504, 501, 505])
def test_statuses_that_say_nothing_of_the_charge_leave_it_unknown(
    service: StandIn, code: int
) -> None:
    service.fault(status(code), times=5)

    error, _ = failure(client(service))

    assert type(error) is ChargeUnknownError
    assert service.posts == 1


@pytest.mark.parametrize("fault", [faults.lost_response(), faults.reset_mid_body()])
def test_answer_lost_after_the_charge_is_unknown(service: StandIn, fault: Fault) -> None:
    service.fault(fault, times=5)

    error, _ = failure(client(service))

    assert type(error) is ChargeUnknownError
    assert (service.posts, service.charges) == (1, 1)


@pytest.mark.parametrize("shape", ["S1", "S3"])
@pytest.mark.parametrize("fault", [faults.hang(), faults.trickle(0.05), faults.slow_headers(0.05)])
def test_silence_and_dripping_end_at_the_deadline(
    service: StandIn, fault: Fault, shape: str
) -> None:
    service.shape = shape
    service.fault(fault, times=5)

    error, seconds = failure(client(service, post_s=0.5))

    assert type(error) is ChargeUnknownError
    assert "in time" in str(error)
    assert 0.4 < seconds < 1.5
    assert (service.posts, service.charges) == (1, 1)


def test_deadline_holds_under_tls(secure_service: StandIn) -> None:
    secure_service.fault(faults.trickle(0.05))

    error, seconds = failure(client(secure_service, ca_file=str(CERTIFICATE), post_s=0.5))

    assert type(error) is ChargeUnknownError
    assert seconds < 1.5


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome</html>",
        b"",
        b"[]",
        b'["audio"]',
        b"null",
        b'{"audio": "https://cdn.example.com/a.mp3", "pad": "' + b"x" * 1_000_001 + b'"}',
        b'{"audio": "https://cdn.example.com/a.mp3"',
        b"[" * 100_000,
        b"1" * 10_000,
    ],
)
def test_success_that_is_not_the_promised_json_is_unknown(service: StandIn, body: bytes) -> None:
    service.fault(faults.not_json(body))

    error, _ = failure(client(service))

    assert type(error) is ChargeUnknownError
    assert (service.posts, service.gets, service.charges) == (1, 0, 1)


@pytest.mark.parametrize(
    "address",
    [
        None,
        7,
        True,
        "",
        [],
        {},
        "/a.mp3",
        "a.mp3",
        "//cdn.example.com/a.mp3",
        "ftp://cdn.example.com/a.mp3",
        "file:///etc/passwd",
        "data:audio/mpeg;base64,AAAA",
        "http://",
        "http:///a.mp3",
        "https://cdn.example.com:99999/a.mp3",
        "https://[::1/a.mp3",
        "https://cdn.example.com/a b.mp3",
        "https://cdn.example.com/a\r\nX-Evil: 1",
    ],
)
def test_success_without_a_usable_address_is_unknown_and_kept_for_the_record(
    service: StandIn, address: object
) -> None:
    service.fault(faults.url(address))

    error, _ = failure(client(service))

    assert type(error) is ChargeUnknownError
    assert json.loads(error.detail or "") == {"audio": {"url": address}}
    assert (service.posts, service.gets) == (1, 0)


def test_success_without_the_member_is_unknown(service: StandIn) -> None:
    service.fault(faults.no_url())

    assert type(failure(client(service))[0]) is ChargeUnknownError


def test_packed_answer_is_not_opened(service: StandIn) -> None:
    service.fault(faults.zip_bomb(50_000_000))

    assert type(failure(client(service))[0]) is ChargeUnknownError


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirect_of_a_paid_call_is_not_followed(service: StandIn, code: int) -> None:
    with StandIn() as stranger:
        service.fault(faults.redirect(code, f"{stranger.url}/v1/tts"))

        error, _ = failure(client(service))

        assert stranger.connections == 0
    assert type(error) is ChargeUnknownError
    assert service.posts == 1


# Tries, and waiting between them


def test_passing_fault_is_tried_again_and_paid_once(service: StandIn) -> None:
    service.fault(status(503))

    client(service).synthesize(HELLO)

    assert (service.posts, service.charges) == (2, 1)
    first, second = (seen.headers for seen in service.seen if seen.method == "POST")
    assert first["X-Client-Request-Id"] == second["X-Client-Request-Id"]


def test_service_that_stays_busy_is_asked_three_times_at_random_moments(
    service: StandIn,
) -> None:
    service.fault(status(429), times=15)
    api = client(service, retry_base_s=0.3, retry_cap_s=8)

    for _ in range(5):
        error, _ = failure(api)
        assert type(error) is ServiceBusyError

    assert (service.posts, service.charges) == (15, 0)
    at = [seen.at for seen in service.seen]
    first_gaps = [at[n + 1] - at[n] for n in range(0, 15, 3)]
    second_gaps = [at[n + 1] - at[n] for n in range(1, 15, 3)]
    assert max(first_gaps) < 0.3 + 0.3  # a busy machine takes its time too
    assert max(second_gaps) < 0.6 + 0.3
    assert max(first_gaps) - min(first_gaps) > 0.06 or max(second_gaps) - min(second_gaps) > 0.06


def test_pause_the_service_asks_for_holds_every_worker_back(service: StandIn) -> None:
    service.latency_s = 0.15
    service.fault(status(429, {"Retry-After": "1"}))

    at_once(client(service, pace=Pace(4)), 8)

    refused_at = service.seen[0].at
    waits = [seen.at - refused_at for seen in service.seen if seen.method == "POST"]
    assert sum(wait < 1.0 for wait in waits) <= 4  # the first, and those under way with it
    assert max(waits) < 2.0
    assert service.charges == 8


def test_date_to_come_back_is_obeyed(service: StandIn) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=2)
    service.fault(status(503, {"Retry-After": format_datetime(soon, usegmt=True)}))

    client(service).synthesize(HELLO)

    first, second = (seen.at for seen in service.seen if seen.method == "POST")
    assert 0.9 < second - first < 2.1


@pytest.mark.parametrize(
    "value",
    ["soon", "-5", "1e3", "", "0", "2.5", "²", "9" * 5_000, *PAST],
)
def test_pause_that_cannot_be_read_or_is_over_counts_as_none(service: StandIn, value: str) -> None:
    service.fault(status(429, {"Retry-After": value.encode().decode("latin-1")}))

    began = time.monotonic()
    client(service).synthesize(HELLO)

    assert time.monotonic() - began < 1
    assert service.charges == 1


@pytest.mark.parametrize("value", ["61", "3600", "999999999", "Thu, 01 Jan 2099 12:00:00 GMT"])
def test_long_pause_stops_the_work_and_names_the_time(service: StandIn, value: str) -> None:
    service.fault(status(429, {"Retry-After": value}))

    error, seconds = failure(client(service))

    assert type(error) is ServicePausedError
    assert error.stops_job
    assert seconds < 1
    assert "until " in str(error)
    if "2099" in value:
        assert "January 2099" in str(error)
    assert service.posts == 1


def test_tries_end_for_the_whole_process_when_everything_fails(service: StandIn) -> None:
    service.fault(status(503), times=100)
    quota = RetryQuota(3)
    settings = Settings(retry_base_s=0.01)

    for _ in range(4):
        api = AimlApi(service.key, service.url, settings=settings, quota=quota)
        failure(api)

    assert service.posts == 4 + 3


def test_ten_first_tries_that_work_earn_one_more_try(service: StandIn) -> None:
    settings = Settings(retry_base_s=0.01)
    api = AimlApi(service.key, service.url, settings=settings, quota=RetryQuota(1))
    for _ in range(2):
        service.fault(status(503), times=2)
        failure(api)
        assert service.posts == 2
        for _ in range(10):
            api.synthesize(HELLO)
        service.posts = 0


def test_random_faults_never_cost_more_than_what_is_said(service: StandIn) -> None:
    """Charges are the clips that came, and the calls that were reported as unknown."""
    chance = random.Random(7)
    kinds: list[Fault | None] = [
        status(503),
        status(429),
        status(400),
        faults.lost_response(),
        faults.status_after_charge(502),
        faults.no_url(),
        faults.answer(refusals.answer(refusals.ROWS["provider"])),
    ]
    api = client(service)
    came = unknown = 0
    for _ in range(100):
        if chance.random() < 0.3:
            service.fault(chance.choice(kinds))
        try:
            api.synthesize(HELLO)
            came += 1
        except SpeechError as error:
            unknown += error.charged is None

    assert came + unknown == service.charges
    assert service.posts <= 1.1 * 100 + 20
