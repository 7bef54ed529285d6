"""A server that records a batch until it is killed; run by test_batches.py."""

import time
from pathlib import Path

from lib.engines import Engines
from lib.jobs import Batch, Jobs
from lib.library import Library
from lib.library.clip import Intent, Part
from lib.settings import Settings
from lib.speech import Utterance

SCRIPT = 7


def said(number: int) -> Utterance:
    return Utterance(model="inworld/tts-1-max", voice="Ashley", text=f"Line number {number}.")


def intents(rows: int) -> list[Intent]:
    return [
        Intent(
            pieces=[Part(utterance=said(number))],
            script=said(number).text,
            title=said(number).text,
            owner="local",
            browser="b1",
            kind="line",
            fingerprint=f"s1-{number}",
            script_id=SCRIPT,
            unit=f"row-{number}",
        )
        for number in range(rows)
    ]


def main(data_dir: str, base_url: str, key: str, rows: str) -> None:
    settings = Settings(data_dir=Path(data_dir), base_url=base_url, free_disk_min_bytes=0, pace=4)
    library, engines = Library(settings), Engines(settings)
    jobs = Jobs(library, engines, most=4)
    wanted = intents(int(rows))
    clips = library.clips.begin_all(wanted)
    batch = Batch(
        id=SCRIPT,
        browser="b1",
        engine=lambda model: engines.speaker(model, key),
        estimates_usd={},
        known=set(),
    )
    batch.add([(clip, intent.pieces) for clip, intent in zip(clips, wanted, strict=True)])
    jobs.run(batch)
    time.sleep(60)
