"""Store which clips are shared by a link, and which one each viewer chose."""

import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from lib.errors import InvalidRequestError
from lib.library import limits
from lib.library.clip import Clip
from lib.library.database import Database
from lib.library.folds import all_takes_of, takes_of
from lib.library.reading import COLUMNS, clips_of
from lib.library.tables.clips import LISTED, clips
from lib.library.tables.shares import share_choices, shared_clips, shares
from lib.library.until import Until

TOKEN = re.compile(r"[\w-]{1,64}", re.ASCII)
CLIPS_MAX = 30  # in one link: its page has a player and a text for each
CHOICES_MAX = 500  # one person with the link can choose as any number of viewers


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Until):
    """A link. token: its secret. clip_ids: in the order of its page; other takes may be heard."""

    id: int
    token: str
    owner: str
    names_voices: bool
    made_at_s: float
    clip_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What one viewer chose. clip_id, take: what was heard. name, remark: may be empty."""

    clip_id: int
    take: int
    name: str
    remark: str
    made_at_s: float


_SHARE = [shares.c[name] for name in Share.__dataclass_fields__ if name != "clip_ids"]
_CHOICE = [
    (clips if name == "take" else share_choices).c[name] for name in Choice.__dataclass_fields__
]


class Shares:
    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self, clip_ids: Sequence[int], *, owner: str, ends_at_s: float | None, names_voices: bool
    ) -> Share:
        """Create a link to these clips. ends_at_s: Unix seconds; None: until it is ended.

        Raises InvalidRequestError for more than CLIPS_MAX clips, and where one is gone.
        """
        if len(clip_ids) > CLIPS_MAX:
            raise InvalidRequestError(
                f"A link takes up to {CLIPS_MAX} clips.", hint="Choose fewer clips."
            )
        token = secrets.token_urlsafe(24)
        with self._database.write() as connection:
            query = sa.select(clips.c.id).where(LISTED, clips.c.id.in_(clip_ids))
            there = set(connection.scalars(query))
            if not there or there != set(clip_ids):
                what = "One of these clips" if there else "What was to be shared"
                raise InvalidRequestError(
                    f"{what} has been deleted.", hint="Choose the clips again."
                )
            inserted = connection.execute(
                sa.insert(shares).values(
                    token=token,
                    owner=owner,
                    names_voices=names_voices,
                    ends_at_s=ends_at_s,
                    made_at_s=time.time(),
                )
            ).inserted_primary_key
            assert inserted
            connection.execute(
                sa.insert(shared_clips),
                [
                    {"share_id": int(inserted[0]), "position": position, "clip_id": clip_id}
                    for position, clip_id in enumerate(clip_ids)
                ],
            )
        share = self.find(token)
        assert share
        return share

    def find(self, token: str) -> Share | None:
        """What is behind a link; None if there is none."""
        if not TOKEN.fullmatch(token):
            return None
        return next(iter(self._shares(shares.c.token == token)), None)

    def of(self, clip_id: int) -> list[Share]:
        """The open links to this clip or to another take of its words, the newest first."""
        with_it = sa.select(shared_clips.c.share_id).where(
            shared_clips.c.clip_id.in_(takes_of(clip_id).order_by(None))
        )
        return [each for each in self._shares(shares.c.id.in_(with_it)) if each.open]

    def clips(self, share: Share) -> list[Clip]:
        """The clips that are heard: of each the take that stands for its words.

        They have the titles of those that were shared. A clip that was deleted is left out, even
        if other takes of it are still there.
        """
        found: dict[int, int] = {}  # of the take that is heard, to the one that was shared
        with self._database.read() as connection:
            for clip_id in share.clip_ids:
                takes = connection.scalars(takes_of(clip_id)).all()
                if clip_id in takes:
                    found.setdefault(takes[0], clip_id)
            some = clips.c.id.in_({*found, *found.values()})
            rows = connection.execute(sa.select(*COLUMNS).where(some)).mappings().all()
            known = {clip.id: clip for clip in clips_of(connection, rows)}
        return [replace(known[take], title=known[mine].title) for take, mine in found.items()]

    def end(self, share_id: int) -> None:
        """Nobody sees what is behind the link from now on. The choices stay."""
        with self._database.write() as connection:
            connection.execute(
                sa.update(shares).where(shares.c.id == share_id).values(closed_at_s=time.time())
            )

    # ---- The choices of the viewers ----

    def choose(
        self, share: Share, viewer: str, clip_id: int, *, name: str = "", remark: str = ""
    ) -> bool:
        """Store what this viewer chose; a second choice replaces the first.

        False, without a change, if the link has ended or plays no such clip.
        Raises InvalidRequestError if the link has the maximum number of choices.
        """
        with self._database.write() as connection:
            now = self.find(share.token)
            if now is None or not now.open:
                return False
            if clip_id not in [clip.id for clip in self.clips(now)]:
                return False
            self._forget(connection, share, viewer)
            self._check_room(connection, share)
            connection.execute(
                sa.insert(share_choices).values(
                    share_id=share.id,
                    viewer=viewer,
                    clip_id=clip_id,
                    name=limits.name(name),
                    remark=limits.remark(remark),
                    made_at_s=time.time(),
                )
            )
        return True

    def take_back(self, share: Share, viewer: str) -> None:
        """Remove what this viewer chose, unless the link has ended."""
        with self._database.write() as connection:
            now = self.find(share.token)
            if now is None or not now.open:
                return
            self._forget(connection, share, viewer)

    def choice(self, share: Share, viewer: str) -> Choice | None:
        """What this viewer chose."""
        mine = (share_choices.c.share_id == share.id) & (share_choices.c.viewer == viewer)
        return next(iter(self._choices(mine)), None)

    def choices(self, clip_id: int) -> list[Choice]:
        """Who chose this clip or another take of its words, by any link, the newest first."""
        return self._choices(share_choices.c.clip_id.in_(all_takes_of(clip_id)))

    def _shares(self, where: sa.ColumnElement[bool]) -> list[Share]:
        query = sa.select(*_SHARE).where(where).order_by(shares.c.id.desc())
        with self._database.read() as connection:
            return [
                Share(**row, clip_ids=tuple(connection.scalars(_clip_ids(row["id"]))))
                for row in connection.execute(query).mappings().all()
            ]

    def _choices(self, where: sa.ColumnElement[bool]) -> list[Choice]:
        query = (
            sa.select(*_CHOICE)
            .join(clips, clips.c.id == share_choices.c.clip_id)
            .where(where)
            .order_by(share_choices.c.made_at_s.desc())
        )
        with self._database.read() as connection:
            return [Choice(**row) for row in connection.execute(query).mappings()]

    def _forget(self, connection: sa.Connection, share: Share, viewer: str) -> None:
        mine = (share_choices.c.share_id == share.id) & (share_choices.c.viewer == viewer)
        connection.execute(sa.delete(share_choices).where(mine))

    def _check_room(self, connection: sa.Connection, share: Share) -> None:
        count = sa.select(sa.func.count()).where(share_choices.c.share_id == share.id)
        if (connection.scalar(count) or 0) >= CHOICES_MAX:
            raise InvalidRequestError(
                f"This link has {CHOICES_MAX} choices already, as many as it can hold.",
                hint="Tell the person who sent you the link.",
            )


def _clip_ids(share_id: int) -> sa.Select[int]:
    mine = shared_clips.c.share_id == share_id
    return sa.select(shared_clips.c.clip_id).where(mine).order_by(shared_clips.c.position)
