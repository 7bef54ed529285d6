"""Fold the takes and the older versions of one text under the clip that stands for them."""

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum

import sqlalchemy as sa

from lib.library.clip import Clip, Intent, fingerprint
from lib.library.database import IN_ONE_QUESTION, Database
from lib.library.reading import COLUMNS, clips_of
from lib.library.tables.clips import LISTED, ON_TOP, clip_folds, clips


class Folded(IntEnum):
    """Where a clip stands: in the lists, under another take, or under a newer version."""

    ON_TOP = 0
    TAKE = 1
    OLDER = 2


SAID = ("script", "model", "voice", "format")


def fold_of(intent: Intent) -> str:
    """What the clips have in common of which one stands in the lists.

    Each browser has its own takes of a text: nobody's clip goes under somebody else's.
    """
    if intent.script_id is not None and intent.unit is not None:
        return f"{intent.script_id}/{intent.unit}"
    first = intent.pieces[0].utterance
    said = fingerprint(intent.script, first.model, first.voice, first.format)
    return f"{intent.browser}/{said}"


def fold(connection: sa.Connection, clip_ids: Sequence[int]) -> None:
    """Choose anew which clips are on top, where one of these has come, gone or been preferred.

    It is the preferred one, or the newest.
    """
    for start in range(0, len(clip_ids), IN_ONE_QUESTION):
        some = clip_folds.c.clip_id.in_(clip_ids[start : start + IN_ONE_QUESTION])
        touched = sa.select(clip_folds.c.fold).where(some).distinct()
        query = (
            sa.select(clip_folds.c.fold, clips.c.id)
            .join(clips)
            .where(LISTED, clip_folds.c.fold.in_(touched))
            .order_by(clip_folds.c.is_preferred.desc(), clips.c.id.desc())
        )
        found: dict[str, list[int]] = {}
        for name, clip_id in connection.execute(query):
            found.setdefault(name, []).append(clip_id)
        for top, *others in found.values():
            _fold_one(connection, top, others)


def fold_finished(connection: sa.Connection, clip_id: int) -> None:
    """As `fold`, for a clip that was just made.

    A script's newest clip is what it says now. Take 1 that comes after other takes means that the
    lexicon has changed since: an older take that was preferred says the words in the old way.
    """
    query = sa.select(clip_folds.c.fold, clips.c.script_id, clips.c.take).join(clips)
    made = connection.execute(query.where(clips.c.id == clip_id, LISTED)).one_or_none()
    if made is None:  # an audition or a sample, which no list shows
        return
    if made.script_id is not None or made.take == 1:
        _prefer(connection, made.fold, None)
    fold(connection, [clip_id])


def _prefer(connection: sa.Connection, fold: str, clip_id: int | None) -> None:
    is_preferred = sa.false() if clip_id is None else clip_folds.c.clip_id == clip_id
    connection.execute(
        sa.update(clip_folds).where(clip_folds.c.fold == fold).values(is_preferred=is_preferred)
    )


def _fold_one(connection: sa.Connection, top: int, others: Sequence[int]) -> None:
    _put(connection, [top], Folded.ON_TOP)
    if not others:
        return
    said = connection.execute(
        sa.select(*(clips.c[name] for name in SAID)).where(clips.c.id == top)
    ).one()
    same = sa.and_(*(clips.c[name] == getattr(said, name) for name in SAID))
    takes = set(connection.scalars(sa.select(clips.c.id).where(clips.c.id.in_(others), same)))
    _put(connection, takes, Folded.TAKE)
    _put(connection, set(others) - takes, Folded.OLDER)


def _put(connection: sa.Connection, clip_ids: Collection[int], where: Folded) -> None:
    if clip_ids:
        others = clips.c.id.in_(clip_ids) & (clips.c.folded != where)
        connection.execute(sa.update(clips).where(others).values(folded=where))


def _with_those_below(connection: sa.Connection, clip_id: int) -> Sequence[int]:
    """All clips of the fold on top of which this one is; only this one if it is not."""
    tops = sa.select(clip_folds.c.fold).join(clips).where(clips.c.id == clip_id, ON_TOP)
    all_of_it = sa.select(clip_folds.c.clip_id).where(clip_folds.c.fold.in_(tops))
    return connection.scalars(all_of_it).all() or [clip_id]


def _of_script(
    connection: sa.Connection, script_id: int, *which: sa.ColumnElement[bool]
) -> dict[int, str | None]:
    """The unit of each clip of a script."""
    query = sa.select(clips.c.id, clips.c.unit).where(clips.c.script_id == script_id, *which)
    return {row.id: row.unit for row in connection.execute(query)}


def _put_into(connection: sa.Connection, clip_id: int, script_id: int, unit: str) -> None:
    connection.execute(sa.update(clips).where(clips.c.id == clip_id).values(unit=unit))
    its_fold = sa.update(clip_folds).where(clip_folds.c.clip_id == clip_id)
    connection.execute(its_fold.values(fold=f"{script_id}/{unit}"))


def takes_of(clip_id: int) -> sa.Select[int]:
    """The listed clips of the same fold with the same words; first the one that stands for them."""
    is_first = clip_folds.c.is_preferred.desc(), clips.c.id.desc()
    return all_takes_of(clip_id).where(LISTED).order_by(*is_first)


def all_takes_of(clip_id: int) -> sa.Select[int]:
    """As `takes_of`, with those that were deleted, in no order."""
    mine, my_fold, its_fold = clips.alias("mine"), clip_folds.alias("my_fold"), clip_folds
    return (
        sa.select(clips.c.id)
        .join(its_fold, its_fold.c.clip_id == clips.c.id)
        .join(my_fold, my_fold.c.fold == its_fold.c.fold)
        .join(mine, mine.c.id == my_fold.c.clip_id)
        .where(mine.c.id == clip_id, *(clips.c[each] == mine.c[each] for each in SAID))
    )


class Folds:
    """What lies under the clips of a list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def prefer(self, clip_id: int) -> None:
        """Let this take stand for the others of its words; not an older version for newer words."""
        is_older = sa.select(clips.c.folded == Folded.OLDER).where(clips.c.id == clip_id)
        with self._database.write() as connection:
            if not connection.scalar(is_older):
                self._put_on_top(connection, clip_id)

    def follow(self, script_id: int, units: Mapping[int, str]) -> None:
        """Let the lists show what a script says now.

        units: the unit of each clip that is heard in it. It is another than before if, say, other
        chapters have come before it. What lies under a clip goes with it, unless it is heard
        elsewhere. What has stood where it goes, and is not heard any more, gets a fold of its own.
        """
        with self._database.write() as connection:
            self._move(connection, script_id, units)
            below = _of_script(connection, script_id, clips.c.folded != Folded.ON_TOP)
            for clip_id in below.keys() & units.keys():
                self._put_on_top(connection, clip_id)

    def _move(self, connection: sa.Connection, script_id: int, units: Mapping[int, str]) -> None:
        stood = _of_script(connection, script_id)
        moved = {clip_id: unit for clip_id, unit in units.items() if stood.get(clip_id) != unit}
        goes = dict(moved)
        for clip_id, unit in moved.items():
            below = _with_those_below(connection, clip_id)
            goes |= {each: unit for each in below if each not in units}
        stays = [each for each in stood if each not in goes]
        for unit in set(moved.values()):
            if in_the_way := [each for each in stays if stood[each] == unit]:
                goes |= dict.fromkeys(in_the_way, f"{unit}-of-clip-{max(in_the_way)}")
        for clip_id, unit in goes.items():
            _put_into(connection, clip_id, script_id, unit)
        left = {stood[clip_id] for clip_id in moved}
        fold(connection, [*goes, *(each for each in stays if stood[each] in left)])

    def _put_on_top(self, connection: sa.Connection, clip_id: int) -> None:
        its_fold = sa.select(clip_folds.c.fold).where(clip_folds.c.clip_id == clip_id)
        if name := connection.scalar(its_fold):
            _prefer(connection, name, clip_id)
            fold(connection, [clip_id])

    def whole(self, clip_ids: Sequence[int]) -> list[int]:
        """Of these clips the listed ones, with all that lies under those which are on top."""
        these = clips.c.id.in_(clip_ids)
        tops = sa.select(clip_folds.c.fold).join(clips).where(these, LISTED, ON_TOP)
        query = (
            sa.select(clips.c.id)
            .join(clip_folds)
            .where(LISTED, these | clip_folds.c.fold.in_(tops))
            .order_by(clips.c.id)
        )
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def standing(self, clip_ids: Sequence[int]) -> list[int]:
        """These, each once, and for a take below another the one that stands for it."""
        top, below, take = clip_folds.alias("top"), clip_folds.alias("below"), clips.alias("take")
        tops: dict[int, int] = {}
        with self._database.read() as connection:
            for start in range(0, len(clip_ids), IN_ONE_QUESTION):
                some = below.c.clip_id.in_(clip_ids[start : start + IN_ONE_QUESTION])
                query = (
                    sa.select(below.c.clip_id, top.c.clip_id)
                    .join(top, top.c.fold == below.c.fold)
                    .join(take, take.c.id == below.c.clip_id)
                    .join(clips, clips.c.id == top.c.clip_id)
                    .where(some, take.c.folded == Folded.TAKE, LISTED, ON_TOP)
                )
                tops |= {row[0]: row[1] for row in connection.execute(query)}
        return list(dict.fromkeys(tops.get(each, each) for each in clip_ids))

    def under(self, clip_ids: Sequence[int], *which: Folded) -> dict[int, list[Clip]]:
        """What lies under each of these clips, the oldest first; also what it is itself."""
        top, below = clip_folds.alias("top"), clip_folds.alias("below")
        query = (
            sa.select(top.c.clip_id.label("top"), *COLUMNS)
            .join(below, below.c.fold == top.c.fold)
            .join(clips, clips.c.id == below.c.clip_id)
            .where(top.c.clip_id.in_(clip_ids), LISTED, clips.c.folded.in_(which))
            .order_by(clips.c.id)
        )
        found: dict[int, list[Clip]] = {}
        with self._database.read() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
            tops = [row.pop("top") for row in rows]
            for clip_id, clip in zip(tops, clips_of(connection, rows), strict=True):
                found.setdefault(clip_id, []).append(clip)
        return found
