"""Take the signs of Markdown out of the titles of documents, as newer scripts have theirs."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0015_titles"
down_revision = "0014_shares"

SIGNS = re.compile(
    r"^#{1,6}[ \t]+(?=\S)"
    r"|(?P<sign>\*{1,3}|__|`)(?=\S)(?P<words>[^*_`\n]{1,200})(?<=\S)(?P=sign)"
)
scripts = sa.table("scripts", *map(sa.column, ("id", "kind", "title")))


def upgrade() -> None:
    connection = op.get_bind()
    documents = sa.select(scripts).where(scripts.c.kind == "document")
    for script in connection.execute(documents).all():
        title = SIGNS.sub(lambda found: found["words"] or "", script.title)
        if title != script.title:
            changed = sa.update(scripts).where(scripts.c.id == script.id).values(title=title)
            connection.execute(changed)
