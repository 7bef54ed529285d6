"""AimlApi: the client that turns a text into a sound and pays for it once."""

import itertools
import logging
import random
import re
import threading
import time
import uuid
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from decimal import Decimal

from lib.aimlapi import answers, sounds, transport, wire
from lib.aimlapi.account import Account, Price
from lib.aimlapi.addresses import Guard
from lib.aimlapi.answers import Outcome, Verdict
from lib.aimlapi.deadline import Deadline
from lib.aimlapi.download import download
from lib.aimlapi.pace import Pace, RetryQuota
from lib.errors import KeyMissingError, ServicePausedError, StoppedError
from lib.settings import Settings
from lib.speech import UNKNOWN_CHARGE, Answer, Audio, Charge, OnBusy, OnPaid, Utterance, unheard

CLIENT_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")

log = logging.getLogger("soundcheck.calls")


class AimlApi:
    """The online service with one key. It is thread-safe and cheap: make one for each job.

    pace, quota: shared by all clients of a process; a client without them makes its own.
    """

    free = False

    def __init__(
        self,
        key: str | None,
        base_url: str = "https://api.aimlapi.com",
        *,
        settings: Settings = Settings(),  # noqa: B008 - frozen
        pace: Pace | None = None,
        quota: RetryQuota | None = None,
    ) -> None:
        self._key = key or ""
        self._base_url = base_url.rstrip("/")
        self._settings = settings
        self._pace = pace or Pace(settings.pace)
        self._quota = quota or RetryQuota(settings.retry_quota)
        self._account = Account(self._base_url, self._key, settings)
        self._guard = Guard(self._base_url, settings.audio_hosts)
        self._stop = threading.Event()

    def __repr__(self) -> str:
        """Without the key."""
        return f"AimlApi({self._base_url!r})"

    def synthesize(
        self,
        utterance: Utterance,
        *,
        client_id: str | None = None,
        on_paid: OnPaid | None = None,
        on_busy: OnBusy = unheard,
    ) -> Audio:
        """Speak one utterance and return the complete sound file.

        `client_id` names this charge in the service's records: 1 to 128 of A-Z a-z 0-9 . _ : -
        `on_paid` gets the answer before its sound is fetched, so that the purchase is on record
        even if the download fails; `fetch` then repeats only the download. `on_busy` is told
        before the first wait for another try, and after the last try.

        Sends JSON {model, text, voice, format}. The answer is the sound itself, recognized by its
        first bytes, or JSON with an address as `audio` or `audio.url`. The address is fetched
        here, without the key, so callers get bytes in both cases.

        Raises: KeyMissingError; KeyRejectedError (401, 403), OutOfCreditError (402, 403 by its
            words), InvalidRequestError (400 and other 4xx), ModelUnavailableError (404,
            maintenance), ServiceBusyError (429, 500, 502, 503 after the tries),
            ServicePausedError (told to wait long), ServiceUnreachableError (not sent),
            ChargeUnknownError (sent, no sound), DownloadError (paid, no sound yet),
            StoppedError (stopped while waiting, nothing bought).
        Source: the vendor's API reference, "POST /v1/tts" and "Errors", 2026-08-21.
        """
        answer = self._buy(utterance, client_id or f"sc-{uuid.uuid4().hex}", on_busy)
        if on_paid:
            on_paid(answer)
        sound = answer.sound or self._download(answer.address or "", answer.reference)
        return _audio(sound, answer.charge, answer.reference)

    def fetch(self, address: str) -> Audio:
        """Download the sound of an answer that was paid for earlier. Raises DownloadError.

        The result has no charge: that was in the answer.
        """
        return _audio(self._download(address, None), UNKNOWN_CHARGE, None)

    def prices(
        self, models: Iterable[str], known: Mapping[str, Price] | None = None
    ) -> dict[str, Price]:
        """The price of each model; models that the service does not list are left out.

        known: an earlier result; prices that have not changed since are taken from it.
        """
        known = known or {}
        found = ((model, self._account.price(model, known.get(model))) for model in models)
        return {model: price for model, price in found if price}

    def balance(self) -> Decimal:
        """The dollars left. This is also a free way to test a key."""
        self._need_key()
        return self._account.balance()

    def logs(self, client_id: str, *, period: str = "7d") -> Answer | None:
        """The charge and reference of the call with this id; None if it is not on record.

        A charge is on record some time after its call; a charge of $0 means that the call failed.
        """
        self._need_key()
        return self._account.charge(client_id, period)

    def stop(self) -> None:
        """End the waits of this client: calls that are not sent yet are not sent any more."""
        self._stop.set()
        self._pace.wake()

    def _need_key(self) -> None:
        if not self._key:
            raise KeyMissingError("There is no key yet.")

    def _buy(self, utterance: Utterance, client_id: str, on_busy: OnBusy) -> Answer:
        """The only place that retries: a call is repeated only if it cannot have been charged."""
        self._need_key()
        if not CLIENT_ID.fullmatch(client_id):
            raise ValueError("a client id is 1 to 128 of A-Z a-z 0-9 . _ : -")
        body = wire.body(utterance)
        with ExitStack() as at_the_end:
            for tried in itertools.count():
                verdict = self._post(utterance, body, client_id)
                if isinstance(verdict.result, Answer):
                    if tried == 0:
                        self._quota.give_back()
                    return verdict.result
                if not self._may_retry(verdict, tried):
                    raise verdict.result
                if tried == 0:
                    on_busy(True)
                    at_the_end.callback(on_busy, False)
                if not self._pace.wait(self._pause_s(tried), self._stop):
                    break
        raise StoppedError("Stopped before this was sent again.")

    def _post(self, utterance: Utterance, body: bytes, client_id: str) -> Verdict:
        """Send one POST when `pace` has a free slot, and log it in one line."""
        with self._pace.slot(self._stop) as began_at:
            with Deadline(self._settings.post_s) as deadline:
                reply = transport.call(
                    "POST",
                    f"{self._base_url}/v1/tts",
                    headers={
                        "Authorization": f"Bearer {self._key}",
                        "Content-Type": "application/json",
                        "X-Client-Request-Id": client_id,
                    },
                    body=body,
                    deadline=deadline,
                    connect_s=self._settings.connect_s,
                    limit_bytes=self._settings.download_max_bytes,
                    ca_file=self._settings.ca_file,
                )
            verdict = answers.judge(reply, secret=self._key)
            if verdict.crowded:
                self._pace.slow_down(began_at)
            elif verdict.outcome is Outcome.PAID:
                self._pace.speed_up()
        _log_call(utterance, client_id, verdict, time.monotonic() - began_at)
        return verdict

    def _may_retry(self, verdict: Verdict, tried: int) -> bool:
        """Whether to try again. If the service asks for a pause, all calls of the process wait."""
        if not verdict.retry:
            return False
        wait_s = verdict.retry_after_s or 0.0
        if wait_s > self._settings.retry_after_max_s:
            until = datetime.now().astimezone() + timedelta(seconds=wait_s)
            raise ServicePausedError(
                f"The service asks for a pause until {until:%H:%M on %d %B %Y}.",
                reference=verdict.reference,
            )
        self._pace.hold(wait_s)
        return tried < self._settings.retry_tries and self._quota.take()

    def _pause_s(self, tried: int) -> float:
        """A random pause in seconds (full jitter), so that workers do not all retry together."""
        most_s = min(self._settings.retry_cap_s, self._settings.retry_base_s * 2**tried)
        return random.uniform(0, most_s)  # noqa: S311 - not a secret

    def _download(self, address: str, reference: str | None) -> bytes:
        return download(
            address,
            settings=self._settings,
            guard=self._guard,
            wait=lambda seconds: self._pace.wait(seconds, self._stop),
            reference=reference,
        )


def _audio(sound: bytes, charge: Charge, reference: str | None) -> Audio:
    return Audio(
        data=sound,
        media_type=sounds.media_type(sound) or "",
        charge=charge,
        reference=reference,
    )


def _log_call(utterance: Utterance, client_id: str, verdict: Verdict, seconds: float) -> None:
    """Log one call, without its text and the key."""
    log.info(
        "client=%s inference=%r model=%r voice=%r characters=%d outcome=%s seconds=%.3f usd=%s",
        client_id,
        verdict.reference,
        utterance.model,
        utterance.voice,
        len(utterance.text),
        verdict.outcome,
        seconds,
        "unknown" if verdict.usd is None else verdict.usd,
    )
