"""Store auditions: one script in several voices, with stars and remarks."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lib.library import limits
from lib.library.clip import Clip
from lib.library.database import Database
from lib.library.reading import COLUMNS, clips_of
from lib.library.tables.auditions import auditions, candidates, loudness
from lib.library.tables.clips import clips


@dataclass(frozen=True, slots=True, kw_only=True)
class Audition:
    """title: empty until the audition is saved under a name."""

    id: int
    owner: str
    title: str
    script: str
    made_at_s: float
    changed_at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One voice of an audition. stars: 1 to 5; None if not rated."""

    clip: Clip
    stars: int | None
    remark: str


_AUDITION = [auditions.c[name] for name in Audition.__dataclass_fields__]


class Auditions:
    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, script: str, clip_ids: Sequence[int], *, owner: str, browser: str) -> int:
        """Create an audition without a name; returns its id."""
        now = time.time()
        with self._database.write() as connection:
            inserted = connection.execute(
                sa.insert(auditions).values(
                    owner=owner,
                    browser=browser,
                    title="",
                    script=script,
                    made_at_s=now,
                    changed_at_s=now,
                )
            ).inserted_primary_key
            assert inserted
            self.extend(int(inserted[0]), clip_ids)
        return int(inserted[0])

    def extend(self, audition_id: int, clip_ids: Sequence[int]) -> None:
        """Add voices after the existing ones."""
        with self._database.write() as connection:
            there = set(
                connection.scalars(
                    sa.select(candidates.c.clip_id).where(candidates.c.audition_id == audition_id)
                )
            )
            rows = [
                {"audition_id": audition_id, "clip_id": clip_id}
                for clip_id in clip_ids
                if clip_id not in there
            ]
            if rows:
                connection.execute(sa.insert(candidates), rows)
                self._touch(connection, audition_id)

    def get(self, audition_id: int) -> Audition | None:
        with self._database.read() as connection:
            row = connection.execute(
                sa.select(*_AUDITION).where(
                    auditions.c.id == audition_id, auditions.c.deleted_at_s.is_(None)
                )
            ).mappings().one_or_none()  # fmt: skip
        return Audition(**row) if row else None

    def candidates(self, audition_id: int) -> list[Candidate]:
        """The voices in the order in which they were asked for.

        A clip that failed and was deleted is left out. A finished clip stays, deleted or not.
        """
        query = (
            sa.select(*COLUMNS, candidates.c.stars, candidates.c.remark)
            .join(candidates, candidates.c.clip_id == clips.c.id)
            .where(
                candidates.c.audition_id == audition_id,
                (clips.c.state == "ready") | clips.c.deleted_at_s.is_(None),
            )
            .order_by(clips.c.id)
        )
        with self._database.read() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
            marks = [(row.pop("stars"), row.pop("remark")) for row in rows]
            found = clips_of(connection, rows)
        return [
            Candidate(stars=stars, remark=remark, clip=clip)
            for (stars, remark), clip in zip(marks, found, strict=True)
        ]

    def saved(self, owner: str) -> list[Audition]:
        """The auditions that have a name, the last changed first."""
        query = (
            sa.select(*_AUDITION)
            .where(
                auditions.c.owner == owner,
                auditions.c.title != "",
                auditions.c.deleted_at_s.is_(None),
            )
            .order_by(auditions.c.changed_at_s.desc())
        )
        with self._database.read() as connection:
            return [Audition(**row) for row in connection.execute(query).mappings()]

    def save(self, audition_id: int, title: str) -> None:
        """Set the name; a blank name changes nothing."""
        if words := limits.title(title):
            with self._database.write() as connection:
                connection.execute(
                    sa.update(auditions)
                    .where(auditions.c.id == audition_id)
                    .values(title=words, changed_at_s=time.time())
                )

    def delete(self, audition_id: int) -> None:
        """Remove it from the list; its clips and their recordings stay."""
        self._mark(audition_id, time.time())

    def restore(self, audition_id: int) -> None:
        self._mark(audition_id, None)

    def rate(self, audition_id: int, clip_id: int, stars: int | None) -> None:
        self._change(audition_id, clip_id, stars=stars)

    def remark(self, audition_id: int, clip_id: int, remark: str) -> None:
        self._change(audition_id, clip_id, remark=limits.remark(remark))

    def drop(self, audition_id: int, clip_id: int) -> None:
        """Remove one voice; its recordings stay, and can be used again for free."""
        with self._database.write() as connection:
            connection.execute(
                sa.delete(candidates).where(
                    candidates.c.audition_id == audition_id, candidates.c.clip_id == clip_id
                )
            )

    def loudness(self, files: Sequence[str]) -> dict[str, tuple[float | None, float]]:
        """(LUFS or None for silence, true peak, 1.0 for full scale) of all measured files."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(loudness).where(loudness.c.file.in_(files))).all()
        return {row.file: (row.lufs, row.peak) for row in rows}

    def keep_loudness(self, file: str, lufs: float | None, peak: float) -> None:
        with self._database.write() as connection:
            connection.execute(sa.delete(loudness).where(loudness.c.file == file))
            connection.execute(sa.insert(loudness).values(file=file, lufs=lufs, peak=peak))

    def _mark(self, audition_id: int, deleted_at_s: float | None) -> None:
        with self._database.write() as connection:
            connection.execute(
                sa.update(auditions)
                .where(auditions.c.id == audition_id)
                .values(deleted_at_s=deleted_at_s)
            )

    def _change(self, audition_id: int, clip_id: int, **values: object) -> None:
        with self._database.write() as connection:
            connection.execute(
                sa.update(candidates)
                .where(candidates.c.audition_id == audition_id, candidates.c.clip_id == clip_id)
                .values(**values)
            )
            self._touch(connection, audition_id)

    def _touch(self, connection: sa.Connection, audition_id: int) -> None:
        connection.execute(
            sa.update(auditions)
            .where(auditions.c.id == audition_id)
            .values(changed_at_s=time.time())
        )
