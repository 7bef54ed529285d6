"""Search clips by words, voice and date: any part of the list, or page by page."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa

from lib.library import limits, memo
from lib.library.clip import Clip, Kind
from lib.library.database import IN_ONE_QUESTION, Database
from lib.library.folds import Folded
from lib.library.reading import COLUMNS, clips_of
from lib.library.search_words import index_query, runs_on
from lib.library.tables.clips import LISTED, MINE, ON_TOP, OPEN, clip_voices, clips

Sort = Literal["newest", "oldest", "longest", "title"]
PAGE_ROWS = 50

_SORTS: dict[Sort, tuple[sa.Column[Any], bool]] = {
    "newest": (clips.c.id, True),
    "oldest": (clips.c.id, False),
    "longest": (clips.c.length_s, True),
    "title": (clips.c.title, False),
}
_WORDS = sa.table("clip_words", sa.column("rowid"), sa.column("clip_words"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which clips, in which order. after: where the page before ended.

    browser: only its single clips, without those of scripts. kind: None for all that are listed.
    folded: whether other takes and older versions are left out. A search by words finds older
        versions nevertheless.
    """

    owner: str
    browser: str | None = None
    kind: Kind | None = None
    words: str = ""
    voice: str | None = None
    starred: bool = False
    since_s: float | None = None
    until_s: float | None = None
    folded: bool = True
    sort: Sort = "newest"
    after: tuple[Any, int] | None = None
    rows: int = PAGE_ROWS

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", limits.UNSTORABLE.sub("", self.words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """next: the query for the next page; None at the end."""

    clips: list[Clip]
    next: Wanted | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Some clips of a list, the number of the first, and how many clips the list has."""

    clips: list[Clip]
    start: int
    found: int


class Listing:
    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wanted: Wanted) -> Page:
        """At most `rows` clips. Any text is allowed as words; none raises an error."""
        query, column, down = self._query(wanted, *COLUMNS)
        if wanted.after:
            query = query.where(_beyond(column, down, wanted.after))
        rows = max(1, min(wanted.rows, PAGE_ROWS))
        with self._database.read() as connection:
            found = connection.execute(query.limit(rows + 1)).mappings().all()
            page = clips_of(connection, found[:rows])
        if len(found) <= rows:
            return Page(clips=page, next=None)
        last = page[-1]
        value = last.id if _is_id(column) else getattr(last, column.name)
        return Page(clips=page, next=replace(wanted, after=(value, last.id)))

    def window(self, wanted: Wanted, start: int) -> Window:
        """At most `rows` clips from this place of the list on, or its end if it is shorter."""
        with self._database.read() as connection:
            found = self.count(wanted)
            start = max(0, min(start, found - 1))
            query, _, _ = self._query(wanted, *COLUMNS)
            rows = connection.execute(query.offset(start).limit(wanted.rows)).mappings().all()
            return Window(clips=clips_of(connection, rows), start=start, found=found)

    def count(self, wanted: Wanted) -> int:
        wanted = replace(wanted, sort="newest", after=None, rows=PAGE_ROWS)  # the same for all
        query, _, _ = self._query(wanted, clips.c.id)
        count = sa.select(sa.func.count()).select_from(query.order_by(None).subquery())
        with self._database.read() as connection:
            return memo.unless_written(
                connection,
                f"count of {wanted}",
                lambda: connection.execute(count).scalar_one(),
            )

    def ids(self, wanted: Wanted) -> list[int]:
        """The ids of all clips of a list, in its order."""
        query, _, _ = self._query(wanted, clips.c.id)
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def many(self, clip_ids: list[int]) -> list[Clip]:
        """The clips of these ids that still exist, in the order of the ids."""
        found: dict[int, Clip] = {}
        with self._database.read() as connection:
            for start in range(0, len(clip_ids), IN_ONE_QUESTION):
                some = clips.c.id.in_(clip_ids[start : start + IN_ONE_QUESTION])
                query = sa.select(*COLUMNS).where(some, clips.c.deleted_at_s.is_(None))
                rows = connection.execute(query).mappings().all()
                found |= {clip.id: clip for clip in clips_of(connection, rows)}
        return [found[clip_id] for clip_id in clip_ids if clip_id in found]

    def totals(self, *, browser: str) -> tuple[int, Decimal]:
        """(number of clips that this browser made, their cost in dollars)."""
        query = sa.select(sa.func.count(), sa.func.sum(clips.c.usd)).where(
            MINE, clips.c.browser == browser
        )
        with self._database.read() as connection:
            count, total = memo.unless_written(
                connection, f"totals of {browser}", lambda: connection.execute(query).one()
            )
        return count, total or Decimal(0)

    def unfinished(self, browser: str, *kinds: Kind) -> list[Clip]:
        """This browser's clips of these kinds that are in work or failed, the newest first."""
        query = (
            sa.select(*COLUMNS)
            .where(
                OPEN,
                clips.c.browser == browser,
                clips.c.kind.in_(kinds),
                clips.c.deleted_at_s.is_(None),
            )
            .order_by(clips.c.id.desc())
        )
        with self._database.read() as connection:
            return clips_of(connection, connection.execute(query).mappings().all())

    def making(self, process: str) -> set[int]:
        """The ids of clips that this server should be making."""
        mine = sa.select(clips.c.id).where(
            OPEN, clips.c.state == "making", clips.c.process == process
        )
        with self._database.read() as connection:
            return set(connection.scalars(mine))

    def voices(self, owner: str) -> list[str]:
        """The voices that are heard in clips, for the filter."""
        heard = sa.select(clip_voices.c.voice).distinct().subquery()
        clip = sa.select(clips.c.id).join(clip_voices).where(LISTED, clips.c.owner == owner)
        query = sa.select(heard.c.voice).where(
            clip.where(clip_voices.c.voice == heard.c.voice).exists()
        )
        with self._database.read() as connection:
            return memo.unless_written(
                connection, f"voices of {owner}", lambda: sorted(connection.scalars(query))
            )

    def _query(
        self, wanted: Wanted, *columns: Any
    ) -> tuple[sa.Select[Any], sa.ColumnElement[Any], bool]:
        """(the query in its order, the column it is sorted by, whether downwards)."""
        column, down = _SORTS.get(wanted.sort, _SORTS["newest"])
        query = sa.select(*columns).select_from(clips).where(*_conditions(wanted))
        if wanted.voice:
            query = query.join(clip_voices).where(clip_voices.c.voice == wanted.voice)
            column = clip_voices.c.clip_id if _is_id(column) else column  # its index is in order
        if wanted.words.split():
            query, column = self._with_words(query, wanted, column)
        order = [column] if _is_id(column) else [column, clips.c.id]
        query = query.order_by(*(each.desc() if down else each.asc() for each in order))
        return query, column, down

    def _with_words(
        self, query: sa.Select[Any], wanted: Wanted, column: Any
    ) -> tuple[sa.Select[Any], Any]:
        """Limit the query to clips with all words; each may be the beginning of a word."""
        if not self._database.is_sqlite or runs_on(wanted.words):
            # Scripts without blanks between words, or a database without this index.
            for word in wanted.words.split():
                query = query.where(
                    sa.or_(
                        clips.c.title.icontains(word, autoescape=True),
                        clips.c.script.icontains(word, autoescape=True),
                        clips.c.note.icontains(word, autoescape=True),
                    )
                )
            return query, column
        query_words = index_query(wanted.words)
        if query_words is None:
            return query.where(sa.false()), column
        query = query.join(_WORDS, _WORDS.c.rowid == clips.c.id).where(
            _WORDS.c.clip_words.op("MATCH")(query_words)
        )
        # The index is sorted by id, so a query for the newest stops after one page.
        return query, _WORDS.c.rowid if _is_id(column) else column


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool] | sa.TextClause]:
    conditions: list[sa.ColumnElement[bool] | sa.TextClause]
    conditions = [LISTED, clips.c.owner == wanted.owner]
    if wanted.browser is not None:
        conditions = [MINE, clips.c.browser == wanted.browser]
    if wanted.folded:
        conditions.append(clips.c.folded != Folded.TAKE if wanted.words.split() else ON_TOP)
    if wanted.kind:
        conditions.append(clips.c.kind == wanted.kind)
    if wanted.starred:
        conditions.append(clips.c.star.is_(True))
    if wanted.since_s is not None:
        conditions.append(clips.c.made_at_s >= wanted.since_s)
    if wanted.until_s is not None:
        conditions.append(clips.c.made_at_s < wanted.until_s)
    return conditions


def _beyond(column: Any, down: bool, after: tuple[Any, int]) -> sa.ColumnElement[bool]:
    value, clip_id = after
    if _is_id(column):
        return column < clip_id if down else column > clip_id  # type: ignore[no-any-return]
    pair = sa.tuple_(column, clips.c.id)
    return pair < (value, clip_id) if down else pair > (value, clip_id)


def _is_id(column: Any) -> bool:
    return any(column is each for each in (clips.c.id, _WORDS.c.rowid, clip_voices.c.clip_id))
