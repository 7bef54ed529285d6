"""The stand-in behaves as the written reference of the service says."""

import io
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import requests
import soundfile

from tests.service import StandIn
from tests.service.catalogue import MODELS

TTS = {"model": "inworld/tts-1-max", "text": "Good morning.", "voice": "Ashley"}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def session(service: StandIn) -> Iterator[requests.Session]:
    with requests.Session() as running:
        running.headers["Authorization"] = f"Bearer {service.key}"
        yield running


def post(session: requests.Session, service: StandIn, **changes: Any) -> requests.Response:
    return session.post(f"{service.url}/v1/tts", json=TTS | changes, timeout=5)


def get(session: requests.Session, service: StandIn, path: str, **headers: str) -> Any:
    return session.get(service.url + path, headers=headers, timeout=5)


def test_charge_is_by_the_character_and_falls_due_after_the_answer(
    service: StandIn, session: requests.Session
) -> None:
    answer = post(session, service)

    usage = answer.json()["meta"]["usage"]
    assert usage == {"credits_used": 13 * 26, "usd_spent": 0.000169}
    assert answer.headers["x-aimlapi-credits-used"] == "338"
    assert answer.headers["x-aimlapi-usd-spent"] == "0.000169000"
    assert get(session, service, "/v2/billing").json()["current_balance"] == 99.999831
    [entry] = get(session, service, "/v2/logs?limit=5").json()["data"]
    assert entry["inference_id"] == answer.headers["x-inference-id"]


def test_dollars_may_be_left_out(service: StandIn, session: requests.Session) -> None:
    service.usd_spent = False

    assert "usd_spent" not in post(session, service).json()["meta"]["usage"]


def test_empty_account_is_refused(session: requests.Session, service: StandIn) -> None:
    service.account.credits = 100

    answer = post(session, service)

    assert (answer.status_code, service.charges) == (403, 0)
    assert answer.json()["error"]["data"]["kind"] == "err_insufficent_credits"


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"voice": "Bob"}, 400, "voice: Invalid enum value. Expected 'Alex' | 'Ashley'"),
        ({"format": "ogg"}, 400, "Expected 'wav' | 'mp3', received 'ogg'"),
        ({"text": ""}, 400, "at least 1 character"),
        ({"text": "x" * 500_001}, 400, "at most 500000"),
        ({"model": None}, 400, "model: Required"),
        ({"model": "inworld/tts-9"}, 404, "Not Found"),
        ({"stream": True}, 400, "expected false"),
        ({"speed": 2}, 400, "Unrecognized key(s) in object: ['speed']"),
    ],
)
def test_request_is_checked_as_it_is_written(
    service: StandIn, session: requests.Session, changes: dict[str, Any], status: int, words: str
) -> None:
    answer = post(session, service, **changes)

    assert answer.status_code == status
    assert words in answer.json()["message"]
    assert service.charges == 0


def test_key_is_asked_for(service: StandIn) -> None:
    answer = requests.post(f"{service.url}/v1/tts", json=TTS, timeout=5)

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("client_id", "echo"), [("a:b_c.1-2", "a:b_c.1-2"), ("a b", None)])
def test_id_is_returned_only_if_it_is_valid(
    service: StandIn, session: requests.Session, client_id: str, echo: str | None
) -> None:
    session.headers["X-Client-Request-Id"] = client_id

    assert post(session, service).headers.get("x-client-request-id") == echo


@pytest.mark.parametrize("default", ["wav", "mp3"])
def test_format_that_is_not_asked_for_is_the_default(
    service: StandIn, session: requests.Session, default: str
) -> None:
    service.default_format = default

    sound = session.get(post(session, service).json()["audio"]["url"], timeout=5)

    assert soundfile.info(io.BytesIO(sound.content)).format == default.upper()


def test_long_text_may_be_taken_refused_or_cut(service: StandIn, session: requests.Session) -> None:
    def length_s(answer: requests.Response) -> float:
        sound = session.get(answer.json()["audio"]["url"], timeout=5)
        return float(soundfile.info(io.BytesIO(sound.content)).duration)

    long = "word " * 500
    assert length_s(post(session, service, text=long)) == pytest.approx(2_500 / 15, rel=0.02)
    service.long_text = "truncate"
    assert length_s(post(session, service, text=long)) == pytest.approx(2_000 / 15, rel=0.02)
    service.long_text = "refuse"
    assert post(session, service, text=long).status_code == 400


def test_signed_link_expires(service: StandIn, session: requests.Session) -> None:
    service.link_life_s = 0.3
    link = post(session, service).json()["audio"]["url"]

    assert session.get(link, timeout=5).status_code == 200
    assert session.get(link.replace("Signature=", "Signature=0"), timeout=5).status_code == 403
    time.sleep(0.4)
    assert session.get(link, timeout=5).status_code == 403


def test_catalogue_lists_models_and_prices(service: StandIn, session: requests.Session) -> None:
    listed = get(session, service, "/v1/models?include=pricing").json()["data"]
    assert [model["id"] for model in listed] == list(MODELS)
    [unit] = listed[0]["pricing"]["units"]
    assert (unit["price"], unit["per"]) == (13.0, 1_000_000)

    answer = get(session, service, "/v1/models?id=tts-1-max")
    assert "pricing" not in answer.json()["data"][0]
    etag = answer.headers["ETag"]
    again = get(session, service, "/v1/models?id=tts-1-max", **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    one = get(session, service, "/model/inworld/tts-1-max?include=all").json()
    assert one["pricing"] == listed[0]["pricing"]
    [withdrawn] = get(session, service, "/v1/models/deprecations").json()["data"]
    assert withdrawn["replaced_by"] == "inworld/tts-1-5-max"


def test_speech_is_heard_back(service: StandIn, session: requests.Session) -> None:
    link = post(session, service).json()["audio"]["url"]
    order = {"model": "openai/gpt-4o-transcribe", "url": link}
    name = session.post(f"{service.url}/v1/stt/create", json=order, timeout=5).json()

    path = f"/v1/stt/{name['generation_id']}"
    assert get(session, service, path).json()["status"] == "generating"
    assert get(session, service, path).json()["result"]["text"] == TTS["text"]


def test_service_comes_back_from_the_dead_with_what_it_knew(
    service: StandIn, session: requests.Session
) -> None:
    link = post(session, service).json()["audio"]["url"]

    service.stop()
    with pytest.raises(requests.ConnectionError):
        post(session, service)
    service.start()

    assert session.get(link, timeout=5).status_code == 200
    assert service.charges == 1


def test_service_runs_by_hand_and_says_how_to_use_it() -> None:
    command = [sys.executable, "-m", "tests.service", "--latency", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        lines = [running.stdout.readline() for _ in range(5)]
        url = next(line.split("=")[1].strip() for line in lines if "AIMLAPI_BASE_URL=" in line)
        with urllib.request.urlopen(f"{url}/stand-in/counters", timeout=5) as answer:
            assert b'"posts": 0' in answer.read()
        running.terminate()

    assert "AIMLAPI_KEY=stand-in-key" in "".join(lines)
    assert "AIMLAPI_AUDIO_HOSTS" in "".join(lines)


def test_a_call_is_held_until_it_is_released(service: StandIn, session: requests.Session) -> None:
    service.hold(after=1)
    assert post(session, service).status_code == 200
    released = Timer(0.2, service.release)
    released.start()
    began_s = time.monotonic()

    assert post(session, service).status_code == 200
    assert time.monotonic() - began_s > 0.15
    assert post(session, service).status_code == 200
