"""Downloads of paid sounds: repeated as often as needed, and only from allowed addresses."""

import socket
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from lib.aimlapi import Pace
from lib.aimlapi.addresses import AddressRefusedError, Guard
from lib.errors import ChargeUnknownError, DownloadError
from lib.settings import Settings, SettingsError
from tests.aimlapi import HELLO, client
from tests.service import StandIn, faults, sound
from tests.service.faults import Fault
from tests.service.replies import Reply

HELLO_MP3 = sound.speak("Hello.", model=HELLO.model, voice=HELLO.voice, format="mp3")


@pytest.fixture
def stranger() -> Iterator[StandIn]:
    """A host that is not the service, with a sound file."""
    with StandIn() as running:
        running.reply("GET /hello.mp3", body=HELLO_MP3)
        yield running


def not_fetched(service: StandIn, **settings: object) -> tuple[DownloadError, float]:
    """(the error of a download, the seconds it took). The call is paid once."""
    began = time.monotonic()
    with pytest.raises(DownloadError) as caught:
        client(service, **settings).synthesize(HELLO)
    assert (service.posts, caught.value.charged) == (1, True)
    return caught.value, time.monotonic() - began


# Tries


@pytest.mark.parametrize("code", [404, 408, 425, 429, 500, 502, 503, 504])
def test_sound_that_is_late_is_fetched_when_it_comes(service: StandIn, code: int) -> None:
    service.fault(faults.status(code), times=2, on="get")

    assert client(service).synthesize(HELLO).data == HELLO_MP3
    assert (service.posts, service.gets) == (1, 3)


def test_sound_that_never_comes_is_asked_for_five_times_over_the_span(service: StandIn) -> None:
    service.fault(faults.status(404), times=9, on="get")

    error, seconds = not_fetched(service, download_span_s=0.6)

    assert service.gets == 5
    assert "not there" in str(error)
    assert error.reference == service.account.sales[0].inference_id
    assert 0.6 <= seconds < 1.2


@pytest.mark.parametrize("code", [400, 401, 403, 410, 418, 204])
def test_refused_download_is_not_repeated(service: StandIn, code: int) -> None:
    service.fault(faults.status(code), times=9, on="get")

    not_fetched(service)

    assert service.gets == 1


def test_link_that_has_expired_says_so(service: StandIn) -> None:
    service.link_life_s = -1

    error, _ = not_fetched(service)

    assert "expired" in str(error)
    assert service.gets == 1


def test_signed_link_is_used_as_it_was_given(service: StandIn) -> None:
    service.link_life_s = 60

    assert client(service).synthesize(HELLO).data == HELLO_MP3


def test_address_is_not_tidied_up(service: StandIn) -> None:
    path = "/a%2Fb.mp3/%7Eme/c.mp3?Signature=x%2By%3D&e=%41"
    service.reply("GET /a%2Fb.mp3/%7Eme/c.mp3", body=HELLO_MP3)

    client(service).fetch(service.url + path)

    assert service.seen[0].path == path


@pytest.mark.parametrize(
    "fault", [faults.reset_mid_body(), faults.wrong_length(), faults.lost_response()]
)
def test_download_that_breaks_off_is_begun_again(service: StandIn, fault: Fault) -> None:
    service.fault(fault, times=2, on="get")

    assert client(service).synthesize(HELLO).data == HELLO_MP3
    assert (service.posts, service.gets) == (1, 3)


@pytest.mark.parametrize("fault", [faults.hang(), faults.trickle(0.05), faults.slow_headers(0.05)])
def test_download_ends_at_its_deadline(service: StandIn, fault: Fault) -> None:
    service.fault(fault, times=9, on="get")

    error, seconds = not_fetched(service, download_s=0.5)

    assert "in time" in str(error)
    assert 0.4 < seconds < 1.5


def test_tries_of_a_download_share_one_deadline(service: StandIn) -> None:
    service.fault(faults.status(404), times=9, on="get")

    _, seconds = not_fetched(service, download_s=1.0, download_span_s=3.0)

    assert seconds < 1.2
    assert service.gets == 3


def test_stop_cuts_the_wait_for_a_late_sound_short(service: StandIn) -> None:
    service.fault(faults.status(404), times=9, on="get")
    pace = Pace()
    api = client(service, pace=pace, download_span_s=60.0)
    began = time.monotonic()

    with pytest.raises(DownloadError):
        api.synthesize(HELLO, on_paid=lambda answer: pace.stop())

    assert time.monotonic() - began < 1


# What comes


@pytest.mark.parametrize(
    "body", [b"<html>Sign in</html>", b'{"error": "gone"}', b"", b"Hello, I am text.", b"\0" * 99]
)
def test_download_that_is_no_sound_is_not_taken_for_it(service: StandIn, body: bytes) -> None:
    service.fault(faults.status_after_charge(200, body), on="get")

    error, _ = not_fetched(service)

    assert "not a sound file" in str(error)


def test_wrong_content_type_does_not_matter(service: StandIn) -> None:
    service.audio_type = "text/html"

    assert client(service).synthesize(HELLO).media_type == "audio/mpeg"


def test_endless_download_stops_at_its_limit_in_little_memory(service: StandIn) -> None:
    service.fault(faults.endless(), on="get")

    tracemalloc.start()
    error, _ = not_fetched(service)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "larger than 50 MB" in str(error)
    assert peak < 60_000_000


def test_large_download_is_held_in_memory_once(service: StandIn) -> None:
    service.fault(faults.answer(Reply(200, b"ID3" + bytes(40_000_000))), on="get")

    tracemalloc.start()
    client(service).synthesize(HELLO)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 60_000_000


def test_packed_download_is_not_opened(service: StandIn) -> None:
    service.fault(faults.zip_bomb(300_000_000), on="get")

    tracemalloc.start()
    not_fetched(service)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 20_000_000


# Where it may come from


def test_download_carries_neither_key_nor_cookies(service: StandIn, stranger: StandIn) -> None:
    cookie = {"Set-Cookie": "session=canary; Path=/; Domain=127.0.0.1"}
    service.reply("POST /v1/tts", json={"audio": f"{stranger.url}/hello.mp3"}, headers=cookie)
    api = client(service, audio_hosts=(stranger.place,))

    api.synthesize(HELLO)
    api.synthesize(HELLO)

    for fetched in stranger.seen:
        assert set(fetched.headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
        assert fetched.headers["Accept-Encoding"] == "identity"
        assert service.key not in str(fetched.headers)
    assert "Cookie" not in service.seen[1].headers


@pytest.mark.parametrize("named", ["{place}", "127.0.0.1"])
def test_host_an_operator_names_may_serve_sound(
    service: StandIn, stranger: StandIn, named: str
) -> None:
    api = client(service, audio_hosts=(named.format(place=stranger.place),))

    assert api.fetch(f"{stranger.url}/hello.mp3").data == HELLO_MP3


@pytest.mark.parametrize(
    "form",
    [
        "http://127.0.0.1:{port}/hello.mp3",
        "http://localhost:{port}/hello.mp3",
        "http://127.1:{port}/hello.mp3",
        "http://2130706433:{port}/hello.mp3",
        "http://0x7f000001:{port}/hello.mp3",
        "http://0177.0.0.1:{port}/hello.mp3",
        "http://[::1]:{port}/hello.mp3",
        "http://[::ffff:127.0.0.1]:{port}/hello.mp3",
        "http://cdn.aimlapi.com@127.0.0.1:{port}/hello.mp3",
        "http://127.0.0.1:{port}#@cdn.aimlapi.com/hello.mp3",
        "http://0.0.0.0/hello.mp3",
        "http://localhost/hello.mp3",
        "http://127.0.0.1/hello.mp3",
        "http://127.1/hello.mp3",
        "http://2130706433/hello.mp3",
        "https://[::1]/hello.mp3",
        "http://[::ffff:10.0.0.1]/hello.mp3",
        "http://[::127.0.0.1]/hello.mp3",
        "http://[64:ff9b::7f00:1]/hello.mp3",
        "http://[2002:7f00:1::]/hello.mp3",
        "http://[fe80::1]/hello.mp3",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/machine",
        "http://100.100.100.200/latest/meta-data/",
        "http://192.168.1.1/hello.mp3",
        "http://172.16.0.1/hello.mp3",
        "http://10.0.0.1/hello.mp3",
        "http://224.0.0.1/hello.mp3",
        "http://8.8.8.8:22/hello.mp3",
        "http://user:secret@8.8.8.8/hello.mp3",
    ],
)
def test_address_inside_the_network_is_not_visited(
    service: StandIn, stranger: StandIn, form: str
) -> None:
    service.fault(faults.url(form.format(port=stranger.port)))

    error, seconds = not_fetched(service, connect_s=5.0)

    assert "does not visit" in str(error)
    assert (stranger.connections, service.gets) == (0, 0)
    assert seconds < 2


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirect_into_the_network_is_not_followed(
    service: StandIn, stranger: StandIn, code: int
) -> None:
    service.fault(faults.redirect(code, f"{stranger.url}/hello.mp3"), on="get")

    error, _ = not_fetched(service)

    assert "does not visit" in str(error)
    assert stranger.connections == 0


def test_redirect_to_an_allowed_host_is_followed(service: StandIn, stranger: StandIn) -> None:
    service.fault(faults.redirect(302, f"{stranger.url}/hello.mp3"), on="get")

    audio = client(service, audio_hosts=(stranger.place,)).synthesize(HELLO)

    assert audio.data == HELLO_MP3


def test_redirect_within_the_host_may_be_relative(service: StandIn) -> None:
    service.reply("GET /there.mp3", body=HELLO_MP3)
    service.fault(faults.redirect(307, "/there.mp3"), on="get")

    assert client(service).synthesize(HELLO).data == HELLO_MP3


def test_redirects_in_a_circle_end(service: StandIn) -> None:
    service.fault(faults.redirect(302, "/round"), times=99, on="get")

    error, _ = not_fetched(service)

    assert "place to place" in str(error)
    assert service.gets < 10


def test_name_that_changes_its_meaning_is_caught_on_the_connection(
    service: StandIn, stranger: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first lookup returns a public address, and the connection uses an inner one."""
    real = socket.getaddrinfo
    places = [("93.184.216.34", 80), ("127.0.0.1", stranger.port)]

    def rebinding(host: str, *arguments: object, **options: object) -> object:
        if host != "rebind.example.com":
            return real(host, *arguments, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", places.pop(0))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    service.fault(faults.url("http://rebind.example.com/hello.mp3"))

    error, _ = not_fetched(service)

    assert "does not visit" in str(error)
    assert places == []
    assert stranger.seen == []


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "93.184.216.34"]
)
def test_public_addresses_are_visited(ip: str) -> None:
    Guard("https://api.aimlapi.com").check_name(ip, 443)


def test_service_s_own_host_is_trusted_on_its_own_port_alone() -> None:
    guard = Guard("http://10.1.2.3:8099")

    guard.check("http://10.1.2.3:8099/a.mp3")
    guard.check_name("10.1.2.3", 8099)
    with pytest.raises(AddressRefusedError):
        guard.check_name("10.1.2.3", 80)
    with pytest.raises(AddressRefusedError):
        guard.check("http://10.1.2.3:8100/a.mp3")


@pytest.mark.parametrize("settings", [{"audio_hosts": ("host:port",)}, {"audio_hosts": ("[x",)}])
def test_host_that_cannot_be_read_is_named_at_the_start(settings: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="AIMLAPI_AUDIO_HOSTS"):
        client("https://api.aimlapi.com", **settings)


@pytest.mark.parametrize("base_url", ["api.aimlapi.com", "", "ftp://x", "http://x:y"])
def test_service_address_that_cannot_be_used_is_named_at_the_start(base_url: str) -> None:
    with pytest.raises(SettingsError, match="AIMLAPI_BASE_URL"):
        client(base_url)


def test_limits_are_the_documented_ones_until_an_operator_changes_them() -> None:
    settings = Settings()

    assert (settings.connect_s, settings.post_s, settings.download_s) == (3.05, 120, 60)
    assert (settings.download_tries, settings.download_span_s) == (5, 30)
    assert settings.download_max_bytes == 50_000_000
    assert (settings.retry_tries, settings.retry_base_s, settings.retry_cap_s) == (2, 0.5, 8)
    assert (settings.retry_after_max_s, settings.retry_quota) == (60, 20)


def test_sound_in_the_answer_that_is_too_large_may_have_been_charged(service: StandIn) -> None:
    service.shape = "S3"

    with pytest.raises(ChargeUnknownError):
        client(service, download_max_bytes=1_000).synthesize(HELLO)
