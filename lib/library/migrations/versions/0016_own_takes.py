"""Give each browser its own takes: clips went under those that others made of the same words."""

import sqlalchemy as sa
from alembic import op

revision = "0016_own_takes"
down_revision = "0015_titles"

clips = sa.table(
    "clips", *map(sa.column, ("id", "folded", "unit")), sa.column("browser", sa.String)
)
folds = sa.table("clip_folds", sa.column("clip_id"), sa.column("fold", sa.String),
                 sa.column("is_preferred"))  # fmt: skip
LISTED = sa.text(
    "clips.state = 'ready' AND clips.kind IN ('clip', 'line') AND clips.deleted_at_s IS NULL"
)


def upgrade() -> None:
    _name_the_browser()
    _fold()


def _name_the_browser() -> None:
    of_its_clip = (clips.c.id == folds.c.clip_id) & clips.c.unit.is_(None)
    browser = sa.select(clips.c.browser).where(of_its_clip).scalar_subquery()
    op.get_bind().execute(
        sa.update(folds)
        .where(sa.exists().where(of_its_clip))
        .values(fold=browser + "/" + folds.c.fold)
    )


def _fold() -> None:
    """Each clip that is listed and of no script is on top of its fold, or a take under that one."""
    place = sa.func.row_number().over(
        partition_by=folds.c.fold, order_by=[folds.c.is_preferred.desc(), clips.c.id.desc()]
    )
    single = (
        sa.select(clips.c.id, place.label("place"))
        .join(folds, folds.c.clip_id == clips.c.id)
        .where(LISTED, clips.c.unit.is_(None))
        .subquery()
    )
    for folded, is_here in ((0, single.c.place == 1), (1, single.c.place > 1)):
        here = sa.select(single.c.id).where(is_here)
        moved = sa.update(clips).where(clips.c.id.in_(here), clips.c.folded != folded)
        op.get_bind().execute(moved.values(folded=folded))
