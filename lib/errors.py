"""All expected errors, named by what the person can do about them.

SpeechError
    InvalidRequestError        change the text or the voice
    KeyMissingError            add a key, or use an offline voice
    KeyRejectedError           ask for a working key
        KeyForbiddenError      ask for a key that may do this
    OutOfCreditError           ask for a top-up
    ModelUnavailableError      choose another model
    ServiceBusyError           wait, then try again
        ServicePausedError     come back at the time it says
    ServiceUnreachableError    check the connection
    ChargeUnknownError         look whether it was charged before asking again
    DownloadError              fetch again: it is paid for, only the sound is missing
    SpendingError              press Continue: the rest has to be paid for
    TooManyOrdersError         wait a moment, then try again
    StorageError               make room, or ask whoever runs Soundcheck
    StoppedError               press Generate again: nothing was bought
"""

from typing import ClassVar


class SpeechError(Exception):
    """Base class; pages catch this and nothing wider.

    The message says what happened, `hint` what to do next. `reference` is the service's id of the
    failed call, if it sent one, and `said` its message. `detail` is its raw answer, to be stored
    and never shown: cut to 2,000 characters, without the key.

    charged: False if nothing was bought, True if it was, None if that is not known yet.
    stops_job: the other lines of the job would fail too, so they are not tried.
    service_fault: the service itself fails; several of these pause a job.
    """

    hint: str = "If it keeps happening, report it with the reference under Details."
    charged: ClassVar[bool | None] = False
    stops_job: ClassVar[bool] = False
    service_fault: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        reference: str | None = None,
        said: str | None = None,
        detail: str | None = None,
    ) -> None:
        super().__init__(message)
        self.reference = reference
        self.said = said
        self.detail = detail
        if hint is not None:
            self.hint = hint


class InvalidRequestError(SpeechError):
    hint = "Change the text or the voice, then try again."


class KeyMissingError(SpeechError):
    hint = "Add a key in Settings, or choose a built-in voice."
    stops_job = True


class KeyRejectedError(SpeechError):
    hint = "Check the key in Settings."
    stops_job = True


class KeyForbiddenError(KeyRejectedError):
    """The key is valid, but not allowed to do this."""


class OutOfCreditError(SpeechError):
    hint = "Ask whoever looks after the account for a top-up, then try again."
    stops_job = True


class ModelUnavailableError(SpeechError):
    hint = "Choose another model, then try again."
    stops_job = True


class ServiceBusyError(SpeechError):
    hint = "Wait half a minute, then try again."
    service_fault = True


class ServicePausedError(ServiceBusyError):
    hint = "Try again after that time; what is recorded stays."
    stops_job = True


class ServiceUnreachableError(SpeechError):
    hint = "Check the internet connection, then try again. The built-in voices work without it."
    service_fault = True


class ChargeUnknownError(SpeechError):
    """The request was sent and no sound came back: it may have been charged."""

    hint = "Press Check before you try again: it may already be paid."
    charged = None
    service_fault = True


class DownloadError(SpeechError):
    """The call is paid for and on record; only the sound file is missing."""

    hint = "Press Fetch again: that costs nothing."
    charged = True


class SpendingError(SpeechError):
    """The work cannot continue without buying more, and nobody has agreed to that yet."""

    hint = "Press Continue to record the rest."
    stops_job = True


class TooManyOrdersError(SpeechError):
    """One browser ordered more than a person would; nothing was started."""

    hint = "Wait a moment, then try again. Nothing was bought, and your text is kept."


class StorageError(SpeechError):
    """The library cannot store anything now, so nothing may be bought."""

    hint = "Ask whoever runs Soundcheck to look at its disk and its library."
    stops_job = True


class StoppedError(SpeechError):
    """The work was stopped while it waited, before anything was sent."""

    hint = "Press Generate again when you want it: nothing was bought."
    stops_job = True
