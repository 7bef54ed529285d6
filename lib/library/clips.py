"""Store clips: from the intent to make one until it has its sound or a problem."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from lib.library import intents as wanted
from lib.library import limits
from lib.library.clip import Clip, Intent, Kind, Part, Sound, State, fingerprint
from lib.library.database import Database
from lib.library.folds import fold, fold_finished
from lib.library.problem import Problem
from lib.library.processes import LIVING
from lib.library.reading import COLUMNS, clips_of
from lib.library.tables.auditions import candidates
from lib.library.tables.clips import MINE, OPEN, clips, parts
from lib.library.written import note
from lib.speech import Format, Utterance

KEEP_DELETED_S = 30 * 86_400.0
JOINED = "clip-"  # the prefix of files that are joined from several recordings
# Built once, with names for what differs: building a statement is slower than running it.
PARTS = sa.select(parts).where(parts.c.clip_id == sa.bindparam("clip")).order_by(parts.c.position)
FINISH = sa.update(clips).where(clips.c.id == sa.bindparam("clip"))
PLACE = (
    sa.update(parts)
    .where(parts.c.clip_id == sa.bindparam("clip"), parts.c.position == sa.bindparam("place"))
    .values(start_s=sa.bindparam("start"))
)


class Clips:
    """Writes clips and reads single ones; `lib.library.listing` reads lists."""

    def __init__(self, database: Database, process: str) -> None:
        self._database = database
        self._process = process

    def begin(self, intent: Intent) -> Clip:
        """Store the intent, so that a restart finds it. Nothing is recorded yet."""
        (clip,) = self.begin_all([intent])
        return clip

    def begin_all(self, intents: Sequence[Intent]) -> list[Clip]:
        """`begin` for each intent, in order and in one commit."""
        if not intents:
            return []
        with self._database.write() as connection:
            return wanted.store(connection, intents, self._process)

    def get(self, clip_id: int) -> Clip | None:
        with self._database.read() as connection:
            found = connection.execute(sa.select(*COLUMNS).where(clips.c.id == clip_id))
            return next(iter(clips_of(connection, found.mappings().all())), None)

    def script(self, clip_id: int) -> str:
        with self._database.read() as connection:
            return connection.scalar(sa.select(clips.c.script).where(clips.c.id == clip_id)) or ""

    def wording(self, clip_id: int) -> list[tuple[str, str]]:
        """(word, how it is said) of the lexicon's entries that changed its text, each once."""
        query = (
            sa.select(parts.c.wording)
            .where(parts.c.clip_id == clip_id, parts.c.wording.is_not(None))
            .order_by(parts.c.position)
        )
        with self._database.read() as connection:
            found = connection.scalars(query).all()
        return list(dict.fromkeys((word, said) for entries in found for word, said in entries))

    def parts(self, clip: Clip) -> list[Part]:
        """The parts of a clip, in order."""
        with self._database.read() as connection:
            rows = connection.execute(PARTS, {"clip": clip.id}).all()
        return [
            Part(
                utterance=Utterance(
                    model=row.model,
                    voice=row.voice,
                    text=row.text,
                    format=clip.format,
                    take=row.take,
                ),
                gap_after_s=row.gap_after_s,
                start_s=row.start_s,
                shown=row.shown,
                wording=tuple((word, said) for word, said in row.wording or ()),
                at_s=row.at_s,
            )
            for row in rows
        ]

    def move(self, clip_id: int, state: State, problem: Problem | None = None) -> None:
        """Set the state. A clip that is ready is not changed, so a late Cancel has no effect."""
        with self._database.write() as connection:
            connection.execute(
                sa.update(clips)
                .where(clips.c.id == clip_id, clips.c.state != "ready")
                .values(state=state, problem=problem, process=self._process)
            )

    def move_all(self, clip_ids: Sequence[int], state: State) -> None:
        """`move` for each clip, in one commit."""
        if not clip_ids:
            return
        with self._database.write() as connection:
            connection.execute(
                sa.update(clips)
                .where(clips.c.id == sa.bindparam("clip"), clips.c.state != "ready")
                .values(state=state, problem=None, process=self._process),
                [{"clip": clip_id} for clip_id in clip_ids],
            )

    def finish(
        self, clip_id: int, sound: Sound, *, usd: Decimal | None, usd_is_exact: bool
    ) -> None:
        """Store the finished sound; the clip is ready now."""
        values = {name: value for name, value in asdict(sound).items() if name != "starts_s"}
        with self._database.write() as connection:
            connection.execute(
                FINISH,
                {"clip": clip_id, "state": "ready", "problem": None}
                | {"usd": usd, "usd_is_exact": usd_is_exact}
                | values,
            )
            fold_finished(connection, clip_id)
            if sound.file.startswith(JOINED):  # otherwise it is the file of a recording
                note(connection, sound.file, paid=False)
            connection.execute(
                PLACE,
                [
                    {"clip": clip_id, "place": position, "start": start_s}
                    for position, start_s in enumerate(sound.starts_s)
                ],
            )

    def ready(self, fingerprint: str, *, browser: str) -> list[Clip]:
        """This browser's finished clips of a text said in one way, the newest first."""
        query = (
            sa.select(*COLUMNS)
            .where(MINE, clips.c.fingerprint == fingerprint, clips.c.browser == browser)
            .order_by(clips.c.id.desc())
        )
        with self._database.read() as connection:
            return clips_of(connection, connection.execute(query).mappings().all())

    def next_take(self, script: str, model: str, voice: str, format: Format) -> int:
        """The number after the highest take of this text, also of deleted clips."""
        same = clips.c.fingerprint == fingerprint(script, model, voice, format)
        with self._database.read() as connection:
            return (connection.scalar(sa.select(sa.func.max(clips.c.take)).where(same)) or 0) + 1

    def rename(self, clip_id: int, title: str) -> None:
        """Set the title; a blank one changes nothing."""
        if words := limits.title(title):
            self._change(clip_id, title=words)

    def star(self, clip_id: int, star: bool) -> None:
        self._change(clip_id, star=star)

    def keep(self, clip_id: int, kept: bool = True) -> None:
        """Show or hide this clip of an audition in the lists."""
        with self._database.write() as connection:
            kind: Kind = "clip" if kept else "audition"
            connection.execute(sa.update(clips).where(clips.c.id == clip_id).values(kind=kind))
            fold(connection, [clip_id])

    def annotate(self, clip_id: int, note: str) -> None:
        self._change(clip_id, note=limits.remark(note))

    def delete(self, clip_ids: Sequence[int]) -> None:
        """Remove the clips from all lists; `restore` works within KEEP_DELETED_S."""
        self._put_away(clip_ids, time.time())

    def restore(self, clip_ids: Sequence[int]) -> None:
        self._put_away(clip_ids, None)

    def recover(self) -> list[Clip]:
        """Set clips to "interrupted" whose process died while it made them; returns them."""
        left = sa.and_(OPEN, clips.c.state == "making", clips.c.process.not_in(LIVING))
        with self._database.write() as connection:
            rows = connection.execute(
                sa.update(clips)
                .where(left)
                .values(state="interrupted", process=self._process)
                .returning(*COLUMNS)
            ).mappings()
            return clips_of(connection, rows.all())

    def purge(self, before_s: float | None = None) -> list[str]:
        """Remove clips that were deleted long ago; returns joined files that no clip uses now."""
        if before_s is None:
            before_s = time.time() - KEEP_DELETED_S
        compared = sa.select(candidates.c.clip_id)  # an audition still uses it
        old = (clips.c.deleted_at_s < before_s) & clips.c.id.not_in(compared)
        with self._database.write() as connection:
            gone = connection.scalars(sa.select(clips.c.file).where(old)).all()
            connection.execute(sa.delete(clips).where(old))
        return [file for file in gone if file and file.startswith(JOINED)]

    def files(self) -> set[str]:
        with self._database.read() as connection:
            return set(connection.scalars(sa.select(clips.c.file).where(clips.c.file.is_not(None))))

    def _put_away(self, clip_ids: Sequence[int], at_s: float | None) -> None:
        which = clips.c.id.in_(clip_ids)
        with self._database.write() as connection:
            connection.execute(sa.update(clips).where(which).values(deleted_at_s=at_s))
            fold(connection, clip_ids)

    def _change(self, clip_id: int, **values: Any) -> None:
        with self._database.write() as connection:
            connection.execute(sa.update(clips).where(clips.c.id == clip_id).values(**values))
