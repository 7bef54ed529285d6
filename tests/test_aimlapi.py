"""The request for a clip, and all forms of the service's answer."""

import io
import logging
import time
import unicodedata
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import soundfile

from lib.aimlapi import AimlApi, Pace, transport
from lib.errors import ChargeUnknownError, InvalidRequestError, KeyMissingError
from lib.speech import UNKNOWN_CHARGE, Answer, Charge, Utterance
from tests.aimlapi import HELLO, client
from tests.service import StandIn, sound
from tests.service.catalogue import MODELS, VOICES
from tests.service.faults import status

HELLO_MP3 = sound.speak("Hello.", model=HELLO.model, voice=HELLO.voice, format="mp3")
COST = Decimal("0.000078")  # six characters


@pytest.mark.parametrize("status", [200, 201, 203])
@pytest.mark.parametrize("shape", ["S1", "S2", "S3", "S4", "S5"])
def test_sound_is_found_in_every_shape_of_answer(service: StandIn, shape: str, status: int) -> None:
    service.shape, service.success_status = shape, status

    audio = client(service).synthesize(HELLO)

    assert (audio.data, audio.media_type) == (HELLO_MP3, "audio/mpeg")
    assert audio.reference == service.account.sales[0].inference_id
    expected = UNKNOWN_CHARGE if shape == "S3" else COST
    assert (audio.charge if shape == "S3" else audio.charge.usd) == expected


def test_answer_without_sound_may_have_been_charged(service: StandIn) -> None:
    service.shape = "S6"

    with pytest.raises(ChargeUnknownError, match="without any sound") as caught:
        client(service).synthesize(HELLO)

    assert caught.value.reference == service.account.sales[0].inference_id
    assert service.posts == 1


@pytest.mark.parametrize("format", ["mp3", "wav"])
@pytest.mark.parametrize("model", MODELS)
def test_every_voice_is_asked_for_as_the_service_writes_it(
    service: StandIn, model: str, format: str
) -> None:
    service.audio_max_s = 0.2
    api = client(service)

    for voice in VOICES:
        utterance = Utterance(model=model, voice=voice, text="Olá, world.", format=format)
        audio = api.synthesize(utterance)

        posted = service.seen[-2]
        assert posted.json == {
            "model": model,
            "voice": voice,
            "text": "Olá, world.",
            "format": format,
        }
        assert audio.media_type == {"mp3": "audio/mpeg", "wav": "audio/wav"}[format]
    assert service.posts == service.charges == len(VOICES) == 22


def test_voice_with_an_accent_is_sent_composed(service: StandIn) -> None:
    decomposed = unicodedata.normalize("NFD", "Maitê")
    assert decomposed != "Maitê"

    client(service).synthesize(replace(HELLO, voice=decomposed))

    assert service.seen[0].json["voice"] == "Maitê"


def test_request_carries_the_key_the_id_and_nothing_that_is_not_needed(service: StandIn) -> None:
    client(service).synthesize(HELLO, client_id="sc-1:a.b_C")

    headers = service.seen[0].headers
    assert headers["Authorization"] == "Bearer stand-in-key"
    assert headers["X-Client-Request-Id"] == "sc-1:a.b_C"
    assert headers["Accept-Encoding"] == "identity"
    assert service.account.sales[0].client_id == "sc-1:a.b_C"
    assert set(headers) == {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Encoding",
        "Authorization",
        "Content-Type",
        "Content-Length",
        "X-Client-Request-Id",
    }


def test_each_call_gets_an_id_of_its_own_that_the_service_accepts(service: StandIn) -> None:
    api = client(service)
    api.synthesize(HELLO)
    api.synthesize(HELLO)

    first, second = (sale.client_id for sale in service.account.sales)
    assert first
    assert second
    assert first != second


@pytest.mark.parametrize("client_id", ["a b", "ä", "x" * 129, "a\n", "a/b"])
def test_id_the_service_would_drop_in_silence_is_not_sent(service: StandIn, client_id: str) -> None:
    with pytest.raises(ValueError, match="client id"):
        client(service).synthesize(HELLO, client_id=client_id)

    assert service.posts == 0


@pytest.mark.parametrize("key", ["", None])
def test_without_a_key_nothing_is_sent(service: StandIn, key: str | None) -> None:
    api = AimlApi(key, service.url)

    for ask in (lambda: api.synthesize(HELLO), api.balance, lambda: api.logs("x")):
        with pytest.raises(KeyMissingError):
            ask()

    assert service.connections == 0


def test_half_a_character_is_refused_before_anything_is_sent(service: StandIn) -> None:
    with pytest.raises(InvalidRequestError):
        client(service).synthesize(replace(HELLO, text="a\ud800b"))

    assert service.connections == 0


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"ID3\x04\0\0", "audio/mpeg"),
        (b"\xff\xfb\x94\xc4", "audio/mpeg"),
        (b"\xff\xf3\x84\xc4", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"\xff\xf9\x50\x80", "audio/aac"),
        (b"OggS\0\x02", "audio/ogg"),
        (b"fLaC\0\0\0\x22", "audio/flac"),
    ],
)
@pytest.mark.parametrize("claimed", ["application/json", "audio/wav", "text/html"])
def test_sound_is_told_by_its_bytes_and_not_by_its_header(
    service: StandIn, start: bytes, media_type: str, claimed: str
) -> None:
    service.reply("POST /v1/tts", body=start + bytes(100), media_type=claimed)

    assert client(service).synthesize(HELLO).media_type == media_type


@pytest.mark.parametrize("start", [b"\xff\xfe<\0h\0", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0AVI "])
def test_bytes_that_are_no_sound_are_not_taken_for_it(service: StandIn, start: bytes) -> None:
    service.reply("POST /v1/tts", body=start + bytes(100), media_type="audio/mpeg")

    with pytest.raises(ChargeUnknownError):
        client(service).synthesize(HELLO)


def test_json_is_read_whatever_it_is_called(service: StandIn) -> None:
    service.reply("GET /hello.mp3", body=HELLO_MP3)
    service.reply(
        "POST /v1/tts", json={"audio": f"{service.url}/hello.mp3"}, media_type="audio/wav"
    )

    assert client(service).synthesize(HELLO).data == HELLO_MP3


@pytest.mark.parametrize(
    ("meta", "headers", "charge"),
    [
        (
            {"usage": {"usd_spent": 0.5, "credits_used": 9}},
            {"x-aimlapi-usd-spent": "7"},
            Charge(usd=Decimal("0.5"), credits=9, source="usage"),
        ),
        (
            {"usage": {"credits_used": 2522}},
            {"x-aimlapi-usd-spent": "0.001240000"},
            Charge(usd=Decimal("0.00124"), credits=2522, source="header"),
        ),
        (
            {"usage": {"credits_used": 2522}},
            {},
            Charge(usd=Decimal("0.001261"), credits=2522, source="credits"),
        ),
        (
            {"usage": None},
            {"x-aimlapi-credits-used": "1261"},
            Charge(usd=Decimal("0.0006305"), credits=1261, source="credits"),
        ),
        ({"usage": {"usd_spent": 0}}, {}, Charge(usd=Decimal(0), source="usage")),
        (None, {}, UNKNOWN_CHARGE),
        ("?", {"x-aimlapi-usd-spent": "much"}, UNKNOWN_CHARGE),
        ({"usage": {"usd_spent": -1, "credits_used": True}}, {}, UNKNOWN_CHARGE),
        ({"usage": {"usd_spent": "NaN"}}, {"x-aimlapi-usd-spent": "inf"}, UNKNOWN_CHARGE),
    ],
)
def test_price_comes_from_the_best_source_there_is(
    service: StandIn, meta: object, headers: dict[str, str], charge: Charge
) -> None:
    service.reply("GET /hello.mp3", body=HELLO_MP3)
    audio = {"url": f"{service.url}/hello.mp3"}
    service.reply("POST /v1/tts", json={"audio": audio, "meta": meta}, headers=headers)

    assert client(service).synthesize(HELLO).charge == charge


def test_answer_is_handed_over_before_its_sound_is_fetched(service: StandIn) -> None:
    answers: list[tuple[Answer, int]] = []

    audio = client(service).synthesize(
        HELLO, on_paid=lambda answer: answers.append((answer, service.gets))
    )

    [(answer, gets)] = answers
    assert gets == 0
    assert answer.address
    assert answer.address.startswith(service.url)
    assert (answer.charge, answer.reference) == (audio.charge, audio.reference)


def test_sound_in_the_answer_itself_is_handed_over_too(service: StandIn) -> None:
    service.shape = "S3"
    answers: list[Answer] = []

    client(service).synthesize(HELLO, on_paid=answers.append)

    assert [(answer.sound, answer.address) for answer in answers] == [(HELLO_MP3, None)]


def test_failure_to_put_the_answer_on_record_is_passed_on_and_stops_the_download(
    service: StandIn,
) -> None:
    def fail(answer: Answer) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        client(service).synthesize(HELLO, on_paid=fail)

    assert (service.posts, service.gets) == (1, 0)


def test_place_in_the_queue_is_free_again_while_the_answer_is_put_on_record(
    service: StandIn,
) -> None:
    api = client(service, pace=Pace(1))

    api.synthesize(HELLO, on_paid=lambda answer: api.synthesize(HELLO) and None)

    assert service.charges == 2


def test_what_was_paid_can_be_fetched_again_without_paying(service: StandIn) -> None:
    addresses: list[str] = []
    api = client(service)
    api.synthesize(HELLO, on_paid=lambda answer: addresses.append(answer.address or ""))

    audio = api.fetch(addresses[0])

    assert (audio.data, audio.media_type) == (HELLO_MP3, "audio/mpeg")
    assert (service.posts, service.gets) == (1, 2)


def test_connection_is_kept_for_the_next_call(service: StandIn) -> None:
    for _ in range(5):
        client(service).synthesize(HELLO)

    assert service.connections == 1


def test_connection_that_was_long_silent_is_not_trusted_with_money(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "IDLE_S", 0.2)
    api = client(service)
    api.synthesize(HELLO)
    time.sleep(0.3)

    api.synthesize(HELLO)

    assert service.connections == 2


def test_connection_the_service_closed_meanwhile_is_replaced(service: StandIn) -> None:
    api = client(service)
    api.synthesize(HELLO)
    service.stop()
    service.start()

    api.synthesize(HELLO)

    assert service.charges == 2


def test_nothing_in_the_environment_changes_a_call(
    service: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password other\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path / "none.pem"))

    client(service).synthesize(HELLO)

    posted, fetched = service.seen
    assert posted.headers["Authorization"] == "Bearer stand-in-key"
    assert "Authorization" not in fetched.headers


def test_log_has_one_line_a_call_without_text_or_key(
    service: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service.fault(status(503))

    client(service).synthesize(replace(HELLO, text="Canary words."), client_id="sc-7")

    lines = [r.getMessage() for r in caplog.records if r.name == "soundcheck.calls"]
    refused, paid = lines
    assert "client=sc-7" in refused
    assert "outcome=refused" in refused
    assert paid.startswith(
        f"client=sc-7 inference='{service.account.sales[0].inference_id}' "
        "model='inworld/tts-1-max' voice='Timothy' characters=13 outcome=paid seconds=0."
    )
    assert paid.endswith("usd=0.000169")
    assert "Canary" not in caplog.text
    assert service.key not in caplog.text


def test_client_never_shows_its_key(service: StandIn) -> None:
    api = client(service, key="sk-canary")

    assert "sk-canary" not in repr(api)


def test_stand_in_speaks_real_and_different_sound() -> None:
    def spoken(**changes: str) -> bytes:
        return sound.speak(**({"text": "One two.", "model": "m", "voice": "Alex"} | changes))

    for format in ("mp3", "wav"):
        plain = spoken(format=format)
        assert plain == spoken(format=format)
        others = [{"text": "Two one."}, {"model": "n"}, {"voice": "Mark"}]
        assert all(plain != spoken(format=format, **other) for other in others)
        long = spoken(format=format, text="word " * 60)
        samples, rate_hz = soundfile.read(io.BytesIO(long))
        assert samples.std() > 0.02
        assert len(samples) / rate_hz == pytest.approx(300 / 15, rel=0.02)
