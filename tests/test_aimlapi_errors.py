"""Every error answer of the service becomes a sentence for the person who pressed the button."""

import json

import pytest

from lib.errors import (
    ChargeUnknownError,
    InvalidRequestError,
    KeyForbiddenError,
    KeyRejectedError,
    ModelUnavailableError,
    OutOfCreditError,
    ServiceBusyError,
    SpeechError,
)
from tests.aimlapi import HELLO, client
from tests.service import StandIn
from tests.service.faults import answer, refuse
from tests.service.refusals import ROWS, Shape
from tests.service.replies import Reply

THREE = 3  # the first try and two more

TABLE = {
    "bad request": (InvalidRequestError, "did not accept the voice", 1),
    "bad key": (KeyRejectedError, "key is missing or not accepted", 1),
    "no credit": (OutOfCreditError, "credit is used up", 1),
    "no funds": (OutOfCreditError, "credit is used up", 1),
    "plan used up": (OutOfCreditError, "credit is used up", 1),
    "not allowed": (KeyForbiddenError, "key may not do that", 1),
    "no such model": (ModelUnavailableError, "does not offer this model", 1),
    "too many": (ServiceBusyError, "too many requests", THREE),
    "free limit": (OutOfCreditError, "free allowance is used up", 1),
    "fault": (ServiceBusyError, "has a fault", THREE),
    "provider": (ServiceBusyError, "voice provider failed", THREE),
    "maintenance": (ModelUnavailableError, "under maintenance", 1),
    "bad gateway": (ServiceBusyError, "away for now", THREE),
    "unavailable": (ServiceBusyError, "away for now", THREE),
    "too slow": (ChargeUnknownError, "took too long", 1),
    "gateway too slow": (ChargeUnknownError, r"failed on the way \(524\)", 1),
    "too large": (InvalidRequestError, "did not accept the request", 1),
}


def refused(service: StandIn, reply: Reply) -> SpeechError:
    """The error of one call if every try gets this reply."""
    service.fault(answer(reply), times=THREE)
    with pytest.raises(SpeechError) as caught:
        client(service).synthesize(HELLO)
    return caught.value


def test_every_row_of_the_service_s_table_is_tried_here() -> None:
    assert TABLE.keys() == ROWS.keys()


@pytest.mark.parametrize("shape", ["legacy", "problem"])
@pytest.mark.parametrize("row", ROWS)
def test_each_error_tells_its_reader_what_to_do(service: StandIn, row: str, shape: Shape) -> None:
    kind, sentence, posts = TABLE[row]
    service.fault(refuse(row, shape), times=5)

    with pytest.raises(SpeechError, match=sentence) as caught:
        client(service).synthesize(HELLO)

    error = caught.value
    assert type(error) is kind
    assert error.said
    assert ROWS[row].message[:200] in error.said
    assert error.said not in str(error)
    assert error.charged is (None if kind is ChargeUnknownError else False)
    assert error.hint
    assert error.reference
    assert error.reference.startswith("req-")
    assert error.detail
    assert (service.posts, service.charges) == (posts, 0)


@pytest.mark.parametrize("status", [400, 405, 418, 422, 451])
def test_refusal_of_one_text_does_not_stop_the_others(service: StandIn, status: int) -> None:
    error = refused(service, Reply(status, b'{"message": "text: too odd"}'))

    assert type(error) is InvalidRequestError
    assert not error.stops_job
    assert (str(error), error.said) == ("The service did not accept the text.", "text: too odd")


def test_model_that_is_refused_by_name_asks_for_another_model(service: StandIn) -> None:
    message = "model: Invalid enum value. Expected 'a' | 'b', received 'c'"

    error = refused(service, Reply(400, json.dumps({"message": message}).encode()))

    assert type(error) is ModelUnavailableError


def test_payment_required_means_that_the_credit_is_used_up(service: StandIn) -> None:
    assert type(refused(service, Reply(402, b'{"message": "Pay."}'))) is OutOfCreditError


@pytest.mark.parametrize(
    ("body", "words"),
    [
        # The printed example of the service: no commas between its members.
        (
            b'{\n  "message": "Query validation error!"\n  "path": "/v1/tts"\n'
            b'  "requestId": "r-7"\n  "statusCode": "400"\n}',
            "Query validation error!",
        ),
        (b'{"message": ["One.", "Two."], "requestId": "r-7"}', "One.; Two."),
        (
            json.dumps(
                {
                    "message": json.dumps([{"path": ["text"], "message": "Too long"}]),
                    "requestId": "r-7",
                }
            ).encode(),
            "text: Too long",
        ),
        (b'{"error": {"message": "Inner words."}, "requestId": "r-7"}', "Inner words."),
        (b'{"error": "Only words.", "requestId": "r-7"}', "Only words."),
        (b'\xef\xbb\xbf{"message": "Marked.", "requestId": "r-7"}', "Marked."),
        (b'{"requestId": "r-7"}', "Bad Request"),
    ],
)
def test_words_of_the_service_are_found_in_every_shape(
    service: StandIn, body: bytes, words: str
) -> None:
    error = refused(service, Reply(400, body))

    assert error.said == words
    assert error.reference == "r-7"


@pytest.mark.parametrize(
    "body",
    [
        b"<html><script>alert(1)</script></html>",
        b"",
        b"\0\x01\x02\xff\xfe",
        b"[" * 100_000,
        b'{"message": ' + b"[" * 100_000,
        b'{"message": null, "error": null}',
        b'{"message": "<img src=x onerror=alert(1)>"}',
        b"9" * 5_000,
    ],
)
def test_body_that_cannot_be_read_is_never_shown_raw(service: StandIn, body: bytes) -> None:
    error = refused(service, Reply(400, body, {"x-request-id": "r-8"}))

    assert type(error) is InvalidRequestError
    assert "<" not in str(error)
    assert str(error).isprintable()
    assert len(str(error)) < 400
    assert error.reference == "r-8"


def test_long_words_are_cut_on_screen_and_in_the_record(service: StandIn) -> None:
    error = refused(service, Reply(400, json.dumps({"message": "so " * 5_000}).encode()))

    assert error.said
    assert len(error.said) < 400
    assert error.said.endswith("…")
    assert error.detail
    assert len(error.detail) == 2_000


@pytest.mark.parametrize("status", [200, 400, 401, 502, 504])
def test_key_repeated_by_the_service_is_shown_and_kept_nowhere(
    service: StandIn, status: int
) -> None:
    body = json.dumps({"message": f"No: {service.key}", "requestId": service.key}).encode()

    error = refused(service, Reply(status, body))

    shown = f"{error} {error.hint} {error.said} {error.detail} {error.reference}"
    assert service.key not in shown
    assert error.__context__ is None
    assert error.said
    assert "[key]" in error.said


def test_error_inside_a_successful_answer_is_told_and_may_have_been_charged(
    service: StandIn,
) -> None:
    body = {"status": "error", "error": {"name": "TaskError", "message": "It failed."}}

    error = refused(service, Reply(200, json.dumps(body).encode()))

    assert type(error) is ChargeUnknownError
    assert error.said == "It failed."
    assert service.posts == 1


def test_error_beside_an_address_is_believed(service: StandIn) -> None:
    body = {"audio": f"{service.url}/hello.mp3", "error": {"message": "It failed."}}

    assert type(refused(service, Reply(200, json.dumps(body).encode()))) is ChargeUnknownError
    assert service.gets == 0


@pytest.mark.parametrize("error", [None, False, "", {}])
def test_empty_error_beside_the_sound_is_none(service: StandIn, error: object) -> None:
    service.reply("GET /hello.mp3", body=b"ID3" + bytes(100))
    service.reply("POST /v1/tts", json={"audio": f"{service.url}/hello.mp3", "error": error})

    assert client(service).synthesize(HELLO).media_type == "audio/mpeg"
