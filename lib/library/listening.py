"""Store listening tests: questions, voices and ballots."""

import re
import secrets
import time
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lib.errors import InvalidRequestError
from lib.library import limits
from lib.library.ballot import Ballot, Contender, ListeningTest, Ratings, hashed
from lib.library.database import Database
from lib.library.tables.auditions import ballots, contenders, listening_tests
from lib.library.unsent import Unsent
from lib.library.written import note

TOKEN = re.compile(r"[\w-]{1,64}", re.ASCII)
BALLOTS_MAX = 2_000  # one person with the link can vote as any number of listeners

_TEST = [listening_tests.c[name] for name in ListeningTest.__dataclass_fields__]


class ListeningTests:
    def __init__(self, database: Database) -> None:
        self._database = database
        self.unsent = Unsent(database)

    def begin(
        self,
        voices: Sequence[Contender],
        *,
        owner: str,
        audition_id: int,
        title: str,
        script: str,
        questions: Sequence[str],
        passcode: str = "",
        ends_at_s: float | None = None,
    ) -> ListeningTest:
        """Create a test of these voices. ends_at_s: Unix seconds; None: until it is closed."""
        token = secrets.token_urlsafe(24)
        salt = secrets.token_hex(8)
        with self._database.write() as connection:
            inserted = connection.execute(
                sa.insert(listening_tests).values(
                    token=token,
                    owner=owner,
                    audition_id=audition_id,
                    title=limits.title(title),
                    script=script,
                    questions=list(questions),
                    passcode=hashed(passcode, salt) if passcode.strip() else None,
                    ends_at_s=ends_at_s,
                    revealed=False,
                    made_at_s=time.time(),
                )
            ).inserted_primary_key
            assert inserted
            connection.execute(
                sa.insert(contenders),
                [
                    {
                        "test_id": int(inserted[0]),
                        "position": voice.position,
                        "model": voice.model,
                        "voice": voice.voice,
                        "file": voice.file,
                        "length_s": voice.length_s,
                        "peaks": voice.peaks,
                    }
                    for voice in voices
                ],
            )
            note(connection, *(voice.file for voice in voices), paid=False)
        test = self.find(token)
        assert test
        return test

    def find(self, token: str) -> ListeningTest | None:
        """The test of a link; None if there is none."""
        return self._one(listening_tests.c.token == token) if TOKEN.fullmatch(token) else None

    def get(self, test_id: int) -> ListeningTest | None:
        return self._one(listening_tests.c.id == test_id)

    def of(self, audition_id: int) -> list[ListeningTest]:
        """The tests of an audition, the newest first."""
        query = (
            sa.select(*_TEST)
            .where(listening_tests.c.audition_id == audition_id)
            .order_by(listening_tests.c.id.desc())
        )
        with self._database.read() as connection:
            return [_test(row) for row in connection.execute(query).mappings()]

    def voices(self, test_id: int) -> list[Contender]:
        """The voices of a test, by position."""
        with self._database.read() as connection:
            rows = connection.execute(
                sa.select(contenders)
                .where(contenders.c.test_id == test_id)
                .order_by(contenders.c.position)
            ).all()
        return [
            Contender(
                position=row.position,
                model=row.model,
                voice=row.voice,
                file=row.file,
                length_s=row.length_s,
                peaks=row.peaks,
            )
            for row in rows
        ]

    def close(self, test_id: int) -> None:
        """Accept no more ballots, and delete those that were not sent."""
        with self._database.write():
            self._change(test_id, closed_at_s=time.time())
            self.unsent.tidy()

    def reopen(self, test_id: int, ends_at_s: float | None) -> None:
        self._change(test_id, closed_at_s=None, ends_at_s=ends_at_s)

    def reveal(self, test_id: int) -> None:
        self._change(test_id, revealed=True)

    def vote(
        self,
        test_id: int,
        listener: str,
        ratings: Ratings,
        comment: str,
        *,
        came_from: str | None = None,
    ) -> bool:
        """Store a ballot; a listener's second one replaces the first. False if the test is closed.

        Ratings of unknown questions or voices, or other than 1 to 5 stars, are left out.
        came_from: a hash that is equal for ballots from one network address.
        Raises InvalidRequestError if the test has the maximum number of ballots.
        """
        with self._database.write() as connection:
            test = self.get(test_id)
            if test is None or not test.open:
                return False
            places = {voice.position for voice in self.voices(test_id)}
            kept = {
                str(position): {
                    question: stars
                    for question, stars in answers.items()
                    if question in test.questions and type(stars) is int and stars in range(1, 6)
                }
                for position, answers in ratings.items()
                if position in places
            }
            now = time.time()
            mine = (ballots.c.test_id == test_id) & (ballots.c.listener == listener)
            values = {
                "ratings": kept,
                "comment": limits.remark(comment),
                "changed_at_s": now,
                "came_from": came_from,
            }
            if not connection.execute(sa.update(ballots).where(mine).values(**values)).rowcount:
                self._check_room(connection, test_id)
                connection.execute(
                    sa.insert(ballots).values(
                        test_id=test_id, listener=listener, made_at_s=now, **values
                    )
                )
            self.unsent.forget(test_id, listener)
        return True

    def _check_room(self, connection: sa.Connection, test_id: int) -> None:
        count = sa.select(sa.func.count()).where(ballots.c.test_id == test_id)
        if (connection.scalar(count) or 0) >= BALLOTS_MAX:
            raise InvalidRequestError(
                f"This test has {BALLOTS_MAX:,} ballots already, as many as it can hold.",
                hint="Tell the person who sent you the link.",
            )

    def ballot(self, test_id: int, listener: str) -> Ballot | None:
        return next(iter(self._ballots(test_id, ballots.c.listener == listener)), None)

    def ballots(self, test_id: int) -> list[Ballot]:
        """All ballots, in the order in which they were first sent."""
        return self._ballots(test_id, sa.true())

    def files(self) -> set[str]:
        with self._database.read() as connection:
            return set(connection.scalars(sa.select(contenders.c.file)))

    def _one(self, where: sa.ColumnElement[bool]) -> ListeningTest | None:
        with self._database.read() as connection:
            row = connection.execute(sa.select(*_TEST).where(where)).mappings().one_or_none()
        return _test(row) if row else None

    def _ballots(self, test_id: int, where: sa.ColumnElement[bool]) -> list[Ballot]:
        query = (
            sa.select(ballots)
            .where(ballots.c.test_id == test_id, where)
            .order_by(ballots.c.made_at_s, ballots.c.listener)
        )
        with self._database.read() as connection:
            return [
                Ballot(
                    listener=row.listener,
                    ratings={int(place): answers for place, answers in row.ratings.items()},
                    comment=row.comment,
                    changed_at_s=row.changed_at_s,
                    came_from=row.came_from,
                )
                for row in connection.execute(query)
            ]

    def _change(self, test_id: int, **values: Any) -> None:
        with self._database.write() as connection:
            connection.execute(
                sa.update(listening_tests).where(listening_tests.c.id == test_id).values(**values)
            )


def _test(row: sa.RowMapping) -> ListeningTest:
    return ListeningTest(**{**row, "questions": tuple(row["questions"])})
