"""Write down the voice of each script that followed the defaults: these are for new work only.

It is the voice of most of its clips. A script without clips follows them until it is recorded.
"""

from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0011_kept_defaults"
down_revision = "0010_speakers"

KEPT = ("model", "voice", "format")
scripts = sa.table("scripts", sa.column("id"), sa.column("form", sa.JSON))
clips = sa.table("clips", *map(sa.column, ("script_id", "state", *KEPT)))


def upgrade() -> None:
    connection = op.get_bind()
    ready = sa.select(clips).where(clips.c.script_id.is_not(None), clips.c.state == "ready")
    used: dict[int, Counter[tuple[str, ...]]] = {}
    for clip in connection.execute(ready):
        used.setdefault(clip.script_id, Counter())[clip.model, clip.voice, clip.format] += 1
    for script in connection.execute(sa.select(scripts)).all():
        if script.id in used:
            (most, _), *_ = used[script.id].most_common(1)
            form = dict(zip(KEPT, most, strict=True)) | (script.form or {})
            changed = sa.update(scripts).where(scripts.c.id == script.id).values(form=form)
            connection.execute(changed)
