"""Handle recordings with a lost or damaged file, and files whose row is lost."""

from collections.abc import Sequence

from lib import audio
from lib.errors import StorageError
from lib.library import Library
from lib.library.recordings import Recording
from lib.speech import Utterance


def drop_missing(recordings: Sequence[Recording], library: Library) -> None:
    """Drop recordings whose files are gone. Raises StorageError if there were any."""
    _drop([each for each in recordings if not library.files.has(each.file)], library)


def drop_damaged(recordings: Sequence[Recording], library: Library) -> None:
    """As `drop_missing`, for damaged files, which are moved to the trash."""
    damaged = [each for each in recordings if _is_damaged(each, library)]
    for recording in damaged:
        library.put_away(recording.file)
    _drop(damaged, library)


def _is_damaged(recording: Recording, library: Library) -> bool:
    """Raises StorageError if the file may be good and only reading it failed."""
    data = library.files.read(recording.file)
    try:
        audio.inspect(data)
    except audio.NotSoundError:
        if data == library.files.read(recording.file):
            return True
        raise StorageError("A part that was recorded earlier cannot be read well.") from None
    return False


def _drop(gone: Sequence[Recording], library: Library) -> None:
    for recording in gone:
        library.recordings.drop(recording.key)
    if gone:
        raise StorageError(
            "A part that was recorded earlier has gone from the disk.",
            hint="Press Try again: only what is missing is recorded anew.",
        )


def unlisted(
    utterance: Utterance, library: Library, owner: str, *, was_paid: bool
) -> Recording | None:
    """The recording of a file whose row is lost, as after an older database was restored.

    A row is added for the file. A damaged file is moved to the trash, and the result is None.
    """
    file = f"{utterance.key}.{utterance.format}"
    if not library.files.exists(file):
        return None
    data = library.files.read(file)
    try:
        facts = audio.inspect(data)
    except audio.NotSoundError:
        library.put_away(file)
        return None
    return library.recordings.keep(
        utterance, data, facts, owner=owner, entry=None, was_paid=was_paid
    )
