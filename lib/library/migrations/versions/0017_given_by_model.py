"""Keep the voices that speakers were given apart by models: each model has voices of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0017_given_by_model"
down_revision = "0016_own_takes"

scripts = sa.table("scripts", sa.column("id"), sa.column("form", sa.JSON))


def upgrade() -> None:
    """Where a script does not say for which model its voices were given, new ones are given."""
    connection = op.get_bind()
    for script in connection.execute(sa.select(scripts)).all():
        form = dict(script.form or {})
        if given := form.pop("given", None):
            kept = {"given": {form["model"]: given}} if form.get("model") else {}
            changed = sa.update(scripts).where(scripts.c.id == script.id).values(form=form | kept)
            connection.execute(changed)
