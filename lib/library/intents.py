"""Store what shall be made: a clip before it has its sound, with its parts, voices and fold."""

import time
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lib.library.clip import Clip, Intent, fingerprint
from lib.library.folds import fold_of
from lib.library.reading import COLUMNS, clips_of
from lib.library.tables.clips import clip_folds, clip_voices, clips, parts

EXCERPT_CHARS = 200


def store(connection: sa.Connection, intents: Sequence[Intent], process: str) -> list[Clip]:
    """A clip for each intent, in their order. process: the server that makes them."""
    begun = connection.execute(
        sa.insert(clips).returning(*COLUMNS, sort_by_parameter_order=True),
        [_clip(intent, process) for intent in intents],
    )
    rows = begun.mappings().all()
    each = [(row["id"], intent) for row, intent in zip(rows, intents, strict=True)]
    connection.execute(
        sa.insert(parts), [part for clip_id, intent in each for part in _parts(clip_id, intent)]
    )
    connection.execute(
        sa.insert(clip_voices),
        [
            {"clip_id": clip_id, "position": position, "voice": voice}
            for clip_id, intent in each
            for voice, position in _voices(intent).items()
        ],
    )
    connection.execute(
        sa.insert(clip_folds),
        [
            {"clip_id": clip_id, "fold": fold_of(intent), "is_preferred": False}
            for clip_id, intent in each
        ],
    )
    return clips_of(connection, rows)


def _clip(intent: Intent, process: str) -> dict[str, Any]:
    first = intent.pieces[0].utterance
    return {
        "owner": intent.owner,
        "browser": intent.browser,
        "kind": intent.kind,
        "state": "making",
        "process": process,
        "title": intent.title,
        "excerpt": " ".join(intent.script[: EXCERPT_CHARS * 2].split())[:EXCERPT_CHARS],
        "script": intent.script,
        "model": first.model,
        "voice": first.voice,
        "format": first.format,
        "take": first.take,
        "characters": len(intent.script),
        "fingerprint": intent.fingerprint
        or fingerprint(intent.script, first.model, first.voice, first.format),
        "made_at_s": time.time(),
        "script_id": intent.script_id,
        "unit": intent.unit,
    }


def _parts(clip_id: int, intent: Intent) -> list[dict[str, Any]]:
    return [
        {
            "clip_id": clip_id,
            "position": position,
            "key": piece.utterance.key,
            "model": piece.utterance.model,
            "voice": piece.utterance.voice,
            "text": piece.utterance.text,
            "take": piece.utterance.take,
            "gap_after_s": piece.gap_after_s,
            "shown": piece.shown,
            "wording": piece.wording or None,
            "at_s": piece.at_s,
        }
        for position, piece in enumerate(intent.pieces)
    ]


def _voices(intent: Intent) -> dict[str, int]:
    """Each voice with the position at which it begins."""
    voices: dict[str, int] = {}
    for position, piece in enumerate(intent.pieces):
        voices.setdefault(piece.utterance.voice, position)
    return voices
