"""Read clips with the voices that are heard in them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lib.library.clip import Clip
from lib.library.database import IN_ONE_QUESTION
from lib.library.tables.clips import clip_voices, clips

# Without the columns behind the script, whose pages a list need not read.
COLUMNS = [clips.c[name] for name in Clip.__dataclass_fields__ if name != "voices"]


def clips_of(connection: sa.Connection, rows: Sequence[Any]) -> list[Clip]:
    """The clips of these mappings of COLUMNS, in their order."""
    voices = voices_of(connection, [row["id"] for row in rows])
    return [Clip(**row, voices=tuple(voices.get(row["id"], [row["voice"]]))) for row in rows]


def voices_of(connection: sa.Connection, clip_ids: Sequence[int]) -> dict[int, list[str]]:
    """The voices of each clip, in the order in which they begin."""
    found: dict[int, list[str]] = {}
    for start in range(0, len(clip_ids), IN_ONE_QUESTION):
        query = (
            sa.select(clip_voices.c.clip_id, clip_voices.c.voice)
            .where(clip_voices.c.clip_id.in_(clip_ids[start : start + IN_ONE_QUESTION]))
            .order_by(clip_voices.c.clip_id, clip_voices.c.position)
        )
        for clip_id, voice in connection.execute(query):
            found.setdefault(clip_id, []).append(voice)
    return found
