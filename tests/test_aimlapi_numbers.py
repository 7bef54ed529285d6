"""Finite but absurd numbers from the service: no clip is lost and no page fails."""

import time
from decimal import Decimal

import pytest

from lib.errors import ChargeUnknownError, InvalidRequestError, ServiceBusyError
from lib.speech import UNKNOWN_CHARGE
from tests.aimlapi import HELLO, client
from tests.service import StandIn
from tests.service.faults import status
from tests.service.sound import speak

HELLO_WAV = speak("Hello.", model=HELLO.model, voice=HELLO.voice, format="wav")


ABSURD = ["1e9999999", "1e30", "-1", "NaN", "9" * 5_000]


@pytest.mark.parametrize("number", ABSURD, ids=lambda number: number[:16])
def test_k14_an_absurd_number_leaves_the_charge_unknown_and_the_sound_is_kept(
    service: StandIn, number: str
) -> None:
    service.reply("GET /files/hello.wav", body=HELLO_WAV, media_type="audio/wav")
    usage = f'"usage": {{"credits_used": {number}, "usd_spent": {number}}}'
    body = f'{{"audio": "{service.url}/files/hello.wav", "meta": {{{usage}}}}}'
    service.reply("POST /v1/tts", body=body.encode(), media_type="application/json")

    began_at = time.monotonic()
    audio = client(service).synthesize(HELLO)

    assert audio.data == HELLO_WAV
    assert audio.charge == UNKNOWN_CHARGE
    assert time.monotonic() - began_at < 5


@pytest.mark.parametrize("number", ABSURD, ids=lambda number: number[:16])
def test_k14_so_do_absurd_headers(service: StandIn, number: str) -> None:
    headers = {"x-aimlapi-credits-used": number, "x-aimlapi-usd-spent": number}
    service.reply("POST /v1/tts", body=HELLO_WAV, media_type="audio/wav", headers=headers)

    audio = client(service).synthesize(HELLO)

    assert (audio.data, audio.charge) == (HELLO_WAV, UNKNOWN_CHARGE)


def test_k14_of_two_sums_the_one_that_can_be_true_counts(service: StandIn) -> None:
    headers = {"x-aimlapi-credits-used": "2000", "x-aimlapi-usd-spent": "1e30"}
    service.reply("POST /v1/tts", body=HELLO_WAV, media_type="audio/wav", headers=headers)

    charge = client(service).synthesize(HELLO).charge

    assert (charge.usd, charge.credits, charge.source) == (Decimal("0.001"), 2000, "credits")


def test_k16_credits_that_were_used_are_not_free(service: StandIn) -> None:
    headers = {"x-aimlapi-credits-used": "2000", "x-aimlapi-usd-spent": "0"}
    service.reply("POST /v1/tts", body=HELLO_WAV, media_type="audio/wav", headers=headers)

    assert client(service).synthesize(HELLO).charge.usd == Decimal("0.001")


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 20_000 + b"]" * 20_000,
        b'{"message": ' + b"[" * 800 + b'"No."' + b"]" * 800 + b"}",
        b'{"message": {"message": ' * 20 + b'"No."' + b"}}" * 20,
        b'{"requestId": ' + b"9" * 60_000 + b"}",
        b'{"error": {"data": {"kind": 1e99999999999999999999}}}',
        b'{"error": {"message": "No.", "name": ' + b"[" * 900 + b"]" * 900 + b"}}",
    ],
    ids=["brackets", "lists", "objects", "digits", "exponent", "kind"],
)
@pytest.mark.parametrize("status_code", [200, 400, 504])
def test_k14_deep_and_long_answers_have_an_outcome(
    service: StandIn, status_code: int, body: bytes
) -> None:
    service.reply("POST /v1/tts", status=status_code, body=body, media_type="application/json")

    kind = InvalidRequestError if status_code == 400 else ChargeUnknownError
    with pytest.raises(kind):
        client(service).synthesize(HELLO)


@pytest.mark.parametrize(
    "value",
    [
        "999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2099 00:00:00 +999999999999",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "9" * 5_000,
        "nan",
    ],
    ids=lambda value: value[:32],
)
def test_k14_a_pause_of_any_length_is_refused_in_words(service: StandIn, value: str) -> None:
    service.fault(status(429, {"Retry-After": value}), times=3)

    with pytest.raises(ServiceBusyError):
        client(service).synthesize(HELLO)


def test_k14_an_id_of_the_service_is_one_short_line(service: StandIn) -> None:
    headers = {"x-inference-id": "a\tb" + "x" * 9_000}
    service.reply("POST /v1/tts", body=HELLO_WAV, media_type="audio/wav", headers=headers)

    reference = client(service).synthesize(HELLO).reference

    assert reference
    assert reference.isprintable()
    assert len(reference) <= 301
