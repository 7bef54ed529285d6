"""The path of every clip: record, then assemble. Only this module spends money."""

import uuid
from collections.abc import Callable, Sequence
from decimal import Decimal

from lib import audio
from lib.errors import (
    ChargeUnknownError,
    DownloadError,
    SpeechError,
    SpendingError,
    StorageError,
)
from lib.library import Library, losses
from lib.library.clip import Clip, Part, Sound
from lib.library.entry import LedgerEntry
from lib.library.outcome import Outcome
from lib.library.recordings import Recording
from lib.speech import Answer, Audio, Engine, OnBusy, Utterance, unheard

LOST = "The service took the text, and its answer was lost. It may have been charged."


def record(
    utterance: Utterance,
    *,
    engine: Engine,
    library: Library,
    owner: str,
    clip_id: int | None = None,
    estimate_usd: Decimal | None = None,
    may_spend: bool = True,
    wait: bool = True,
    await_turn: Callable[[], None] = lambda: None,
    on_answer: Callable[[], None] = lambda: None,
    on_busy: OnBusy = unheard,
) -> Recording:
    """The recording of this utterance; it is bought only if the library has none.

    A second click, tab or server waits for the claim, finds the recording, and pays nothing. A
    call that is already paid is only fetched. A call that may be paid is not sent again before a
    person has decided. `await_turn` is called when the call is prepared; it returns when the call
    may be made, or raises StoppedError. `on_answer` is called when the service has answered,
    `on_busy` as the engine calls it.

    Raises SpeechError, whose `charged` says what is known; SpendingError instead of buying if
    `may_spend` is False; ClaimedError instead of waiting for the claim if `wait` is False.
    """
    library.backlog.flush()  # earlier charges must be in the ledger first
    with library.recordings.claim(utterance.key, wait=wait):
        with library.database.read():
            saved = library.recordings.get(utterance.key)
            charges = library.ledger.open(utterance.key)
        if saved and library.files.has(saved.file):
            return saved
        if engine.free:
            unlisted = losses.unlisted(utterance, library, owner, was_paid=False)
            return unlisted or _keep(utterance, engine.synthesize(utterance), None, library, owner)
        unclear = None
        for entry in charges:
            if entry.state == "paid":
                return _keep_paid(utterance, _fetch(entry, engine, library), entry, library, owner)
            unclear = ChargeUnknownError(LOST, reference=entry.reference)
            if library.backlog.holds_paid(entry.id):
                raise _not_written(entry.reference)
            if entry.state == "sent":  # its process died, or others treat it as dead
                library.ledger.write(Outcome.unknown(entry.id, unclear))
        if unclear:
            raise unclear
        if unlisted := losses.unlisted(utterance, library, owner, was_paid=True):
            return unlisted
        if not may_spend:
            raise SpendingError("This clip is not finished.")
        library.files.check_room()
        entry_id = library.ledger.reserve(
            utterance, owner=owner, clip_id=clip_id, estimate_usd=estimate_usd
        )
        sound, bought = _buy(utterance, entry_id, engine, library, await_turn, on_answer, on_busy)
        return _keep_paid(utterance, sound, bought, library, owner)


def _buy(
    utterance: Utterance,
    entry_id: str,
    engine: Engine,
    library: Library,
    await_turn: Callable[[], None],
    on_answer: Callable[[], None],
    on_busy: OnBusy,
) -> tuple[Audio, LedgerEntry | None]:
    """Send one POST and write its outcome to the ledger (or to the backlog if that fails)."""
    answered = False
    paid: LedgerEntry | None = None

    def on_paid(answer: Answer) -> None:
        nonlocal answered, paid
        answered = True
        try:
            paid = library.backlog.write(Outcome.paid(entry_id, answer))
        finally:
            on_answer()
        if paid is None:
            raise _not_written(answer.reference)

    try:
        await_turn()
        library.ledger.sent(entry_id)
        sound = engine.synthesize(utterance, client_id=entry_id, on_paid=on_paid, on_busy=on_busy)
        return sound, paid
    except SpeechError as error:
        if not answered:
            made = Outcome.unknown if error.charged is None else Outcome.refused
            library.backlog.write(made(entry_id, error))
        raise
    except BaseException:
        if not answered:
            library.backlog.write(Outcome.unknown(entry_id, ChargeUnknownError(LOST)))
        raise


def _not_written(reference: str | None) -> DownloadError:
    return DownloadError(
        "The library cannot be written right now.",
        hint="Nothing need be done: the sound is fetched as soon as it can be kept.",
        reference=reference,
    )


def _fetch(entry: LedgerEntry, engine: Engine, library: Library) -> Audio:
    """The sound of a paid entry, from the file in which it was set aside or from its address."""
    address = entry.address or ""
    if entry.came_with_sound:
        return Audio(data=library.files.read(address), media_type="")
    return engine.fetch(address)


def _keep_paid(
    utterance: Utterance, sound: Audio, entry: LedgerEntry | None, library: Library, owner: str
) -> Recording:
    """As `_keep`; if there is no room for the file, it stays paid for and is fetched later."""
    try:
        return _keep(utterance, sound, entry, library, owner)
    except StorageError as error:
        raise DownloadError(str(error), hint=f"{error.hint} Then press Fetch again.") from error


def _keep(
    utterance: Utterance, sound: Audio, entry: LedgerEntry | None, library: Library, owner: str
) -> Recording:
    try:
        facts = audio.inspect(sound.data)
    except audio.NotSoundError as error:
        if entry is None:
            raise SpeechError(str(error)) from None
        if not entry.came_with_sound:
            raise DownloadError("The sound arrived damaged.", reference=entry.reference) from None
        # It came inside the answer and cannot be fetched again; the service's log has the charge.
        lost = ChargeUnknownError(
            "The service's sound arrived damaged. It may have been charged.",
            reference=entry.reference,
        )
        library.ledger.write(Outcome.unknown(entry.id, lost))
        library.put_away(entry.address or "")
        raise lost from None
    recording = library.recordings.keep(utterance, sound.data, facts, owner=owner, entry=entry)
    if entry and entry.came_with_sound:
        library.files.delete(entry.address or "")
    return recording


def assemble(
    clip: Clip, *, library: Library, progress: Callable[[int, int], None] | None = None
) -> None:
    """Make the clip's file from its recordings. One recording without a pause is used unchanged.

    `progress(done, total)` is called after each part; its errors stop the work.
    Raises StorageError if a recording's file is gone or damaged: it is recorded again next time.
    """
    with library.database.read():
        pieces = library.clips.parts(clip)
        recordings = library.recordings.many([piece.utterance.key for piece in pieces])
        usd, usd_is_exact = library.ledger.spent(clip.id)
    ordered = [recordings[piece.utterance.key] for piece in pieces]
    losses.drop_missing(ordered, library)
    if len(ordered) == 1 and not (pieces[0].gap_after_s or pieces[0].at_s):
        sound = _as_it_is(ordered[0])
    else:
        sound = _joined(clip, pieces, ordered, library, progress)
    library.clips.finish(clip.id, sound, usd=usd, usd_is_exact=usd_is_exact)


def _as_it_is(recording: Recording) -> Sound:
    return Sound(
        file=recording.file,
        media_type=recording.media_type,
        size_bytes=recording.size_bytes,
        length_s=recording.length_s,
        rate_hz=recording.rate_hz,
        peaks=recording.peaks,
        starts_s=(0.0,),
    )


def _joined(
    clip: Clip,
    pieces: Sequence[Part],
    ordered: Sequence[Recording],
    library: Library,
    progress: Callable[[int, int], None] | None,
) -> Sound:
    name = f"clip-{uuid.uuid4().hex}.{clip.format}"
    parts = [
        (lambda file=recording.file: library.files.open(file), piece.gap_after_s)
        for piece, recording in zip(pieces, ordered, strict=True)
    ]
    try:
        with library.files.writing(name) as target:
            joined = audio.join(
                parts,
                target,
                format=clip.format,
                at_s=[piece.at_s for piece in pieces],
                progress=progress,
            )
            size_bytes = target.seek(0, 2)
    except audio.NotSoundError:
        losses.drop_damaged(ordered, library)
        raise
    return Sound(
        file=name,
        media_type=joined.facts.media_type,
        size_bytes=size_bytes,
        length_s=joined.facts.length_s,
        rate_hz=joined.facts.rate_hz,
        peaks=joined.facts.peaks,
        starts_s=joined.starts_s,
    )
