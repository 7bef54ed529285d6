"""Store scripts and their rows, so that after a change only the changed units are paid for."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from lib.library import choices
from lib.library.clip import State
from lib.library.database import Database
from lib.library.folds import Folded
from lib.library.problem import Problem
from lib.library.tables.clips import clips
from lib.library.tables.scripts import script_rows, scripts
from lib.script.clock import TIME_MAX_S
from lib.script.merging import merged
from lib.script.pauses import PAUSE_MAX_S
from lib.speech import Utterance

Kind = Literal["table", "dialogue", "document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """text: a dialogue or a document, as typed; a dialogue that was brought in as a table has rows.

    form: the other choices for the script.
    """

    id: int
    owner: str
    browser: str
    title: str
    kind: Kind
    text: str
    form: dict[str, Any]
    made_at_s: float
    changed_at_s: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "form", choices.of_script(self.form))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table, or a turn of a dialogue that was brought in as one.

    id: 0 before it is stored. position: rows are sorted by it. pause_after_s: None for the usual
    pause. start_s, end_s: when it is heard, from the start of the joined sound; None if it follows
    the row before. Impossible times become None.
    """

    id: int = 0
    position: float
    title: str = ""
    speaker: str = ""
    voice: str = ""
    text: str = ""
    pause_after_s: float | None = None
    start_s: float | None = None
    end_s: float | None = None

    def __post_init__(self) -> None:
        most = {"pause_after_s": PAUSE_MAX_S, "start_s": TIME_MAX_S, "end_s": TIME_MAX_S}
        for name, most_s in most.items():
            if not choices.is_number(getattr(self, name), 0, most_s):
                object.__setattr__(self, name, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The facts of a script's clip that its table shows.

    unit: the row, chapter or whole. folded: where it stands in the lists, as `folds.Folded`.
    """

    id: int
    fingerprint: str
    unit: str
    state: State
    problem: Problem | None = None
    folded: int = Folded.ON_TOP


_SCRIPT = [scripts.c[name] for name in Script.__dataclass_fields__]
_ROW = [script_rows.c[name] for name in Row.__dataclass_fields__]
_MADE = [clips.c[name] for name in Made.__dataclass_fields__]


class Scripts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        kind: Kind,
        *,
        title: str,
        owner: str,
        browser: str,
        text: str = "",
        rows: Sequence[Row] = (),
        form: dict[str, Any] | None = None,
    ) -> int:
        """Add a script; returns its id."""
        now = time.time()
        with self._database.write() as connection:
            inserted = connection.execute(
                sa.insert(scripts).values(
                    owner=owner,
                    browser=browser,
                    title=title,
                    kind=kind,
                    text=text,
                    form=choices.of_script(form),
                    made_at_s=now,
                    changed_at_s=now,
                )
            ).inserted_primary_key
            assert inserted
            script_id = int(inserted[0])
            self.put_rows(script_id, rows)
        return script_id

    def get(self, script_id: int, *, is_deleted: bool = False) -> Script | None:
        is_wanted = scripts.c.deleted_at_s.is_(None) != is_deleted
        query = sa.select(*_SCRIPT).where(scripts.c.id == script_id, is_wanted)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return Script(**row) if row else None

    def saved(self, owner: str) -> list[Script]:
        """All scripts of an owner, the last changed first."""
        query = (
            sa.select(*_SCRIPT)
            .where(scripts.c.owner == owner, scripts.c.deleted_at_s.is_(None))
            .order_by(scripts.c.changed_at_s.desc())
        )
        with self._database.read() as connection:
            return [Script(**row) for row in connection.execute(query).mappings()]

    def rows(self, script_id: int) -> list[Row]:
        """The rows in their order."""
        query = (
            sa.select(*_ROW)
            .where(script_rows.c.script_id == script_id)
            .order_by(script_rows.c.position, script_rows.c.id)
        )
        with self._database.read() as connection:
            return [Row(**row) for row in connection.execute(query).mappings()]

    def change(self, script_id: int, **values: Any) -> None:
        """Set a new title, kind, text or form."""
        if "form" in values:
            values["form"] = choices.of_script(values["form"])
        self._set(script_id, changed_at_s=time.time(), **values)

    def change_form(
        self, script_id: int, change: Callable[[dict[str, Any]], dict[str, Any]]
    ) -> None:
        """Set the form that `change` makes of the stored one; nothing for a deleted script.

        Two changes at the same time are both kept.
        """
        is_there = (scripts.c.id == script_id) & scripts.c.deleted_at_s.is_(None)
        there = sa.select(scripts.c.form).where(is_there)
        with self._database.write() as connection:
            if (found := connection.execute(there).one_or_none()) is None:
                return
            form = choices.of_script(found.form)
            if (changed := change(form)) != form:
                self.change(script_id, form=changed)

    def write(self, script_id: int, text: str, *, before: str) -> bool:
        """Set what was typed. What somebody else has changed of the text `before` stays.

        Returns whether lines were changed by both, and are there twice.
        """
        while True:
            with self._database.read() as connection:
                stored = _text_of(connection, script_id)
            words, is_doubled = merged(before, text, stored)  # may take long: not in a transaction
            with self._database.write() as connection:
                if _text_of(connection, script_id) == stored:
                    self.change(script_id, text=words)
                    return is_doubled

    def use_takes(self, clip_id: int, heard: Iterable[Utterance]) -> None:
        """Let the script of a clip use the takes that are heard in it; nothing for other clips."""
        chosen = {replace(said, take=1).key: said.take for said in heard}

        def with_takes(form: dict[str, Any]) -> dict[str, Any]:
            takes = form.get("takes", {}) | chosen
            return form | {"takes": {first: take for first, take in takes.items() if take > 1}}

        mine = sa.select(clips.c.script_id).where(clips.c.id == clip_id)
        with self._database.write() as connection:
            if script_id := connection.scalar(mine):
                self.change_form(script_id, with_takes)

    def put_rows(self, script_id: int, rows: Sequence[Row], *, gone: Sequence[int] = ()) -> None:
        """Add rows without an id, change the others, and delete the ids in `gone`."""
        new = [asdict(row) | {"script_id": script_id, "id": None} for row in rows if not row.id]
        old = [asdict(row) | {"row_id": row.id} for row in rows if row.id]
        with self._database.write() as connection:
            if new:
                connection.execute(sa.insert(script_rows), new)
            if old:
                connection.execute(
                    sa.update(script_rows)
                    .where(script_rows.c.id == sa.bindparam("row_id"))
                    .values({name: sa.bindparam(name) for name in Row.__dataclass_fields__}),
                    old,
                )
            if gone:
                connection.execute(
                    sa.delete(script_rows).where(
                        script_rows.c.script_id == script_id, script_rows.c.id.in_(gone)
                    )
                )
            if new or old or gone:
                self.change(script_id)

    def delete(self, script_id: int) -> None:
        """Remove the script from the list; its clips and their recordings stay."""
        self._set(script_id, deleted_at_s=time.time())

    def restore(self, script_id: int) -> None:
        self._set(script_id, deleted_at_s=None)

    def made(self, script_id: int) -> list[Made]:
        """The clips of a script, ready or in work, the oldest first."""
        query = (
            sa.select(*_MADE)
            .where(clips.c.script_id == script_id, clips.c.deleted_at_s.is_(None))
            .order_by(clips.c.id)
        )
        with self._database.read() as connection:
            return [Made(**row) for row in connection.execute(query).mappings()]

    def _set(self, script_id: int, **values: Any) -> None:
        with self._database.write() as connection:
            mine = scripts.c.id == script_id
            connection.execute(sa.update(scripts).where(mine).values(**values))


def _text_of(connection: sa.Connection, script_id: int) -> str:
    return connection.scalar(sa.select(scripts.c.text).where(scripts.c.id == script_id)) or ""
