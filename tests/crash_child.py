"""A server that dies at a given step of the path, without cleaning up; run by test_crash.py."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lib import studio
from lib.aimlapi import AimlApi
from lib.library import Library
from lib.library.clip import Intent, Part
from lib.settings import Settings
from lib.speech import Utterance

SAID = Utterance(model="inworld/tts-1-max", voice="Ashley", text="Good morning.")


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def then_die(work: Callable[..., Any]) -> Callable[..., None]:
    def wrapped(*args: Any, **options: Any) -> None:
        work(*args, **options)
        die()

    return wrapped


def main(data_dir: str, base_url: str, key: str, step: str) -> None:
    settings = Settings(data_dir=Path(data_dir), base_url=base_url, free_disk_min_bytes=0)
    library = Library(settings)
    ledger, files, recordings = library.ledger, library.files, library.recordings
    match step:
        case "reserved":
            ledger.sent = die  # type: ignore[method-assign]
        case "sent":
            ledger.sent = then_die(ledger.sent)  # type: ignore[method-assign]
        case "answered":
            library.backlog.write = die  # type: ignore[method-assign]
        case "paid":
            library.backlog.write = then_die(library.backlog.write)  # type: ignore[method-assign]
        case "half a file":
            os.replace = die  # type: ignore[assignment]
        case "file without row":
            files.put = then_die(files.put)  # type: ignore[method-assign]
        case "kept":
            recordings.keep = then_die(recordings.keep)  # type: ignore[method-assign]
    clip = library.clips.begin(
        Intent(
            pieces=[Part(utterance=SAID)],
            script=SAID.text,
            title=SAID.text,
            owner="local",
            browser="b1",
        )
    )
    studio.record(
        SAID,
        engine=AimlApi(key, base_url, settings=settings),
        library=library,
        owner="local",
        clip_id=clip.id,
    )
    studio.assemble(clip, library=library)
