"""Make a database look like one of an earlier version, as a migration meets it."""

import sqlite3

LISTED = "state = 'ready' AND kind IN ('clip', 'line') AND deleted_at_s IS NULL"


def before_the_shelf(connection: sqlite3.Connection) -> None:
    """As 0011 left it: clips have one voice, each is in the lists, and captions have no times.

    And no clip is shared by a link.
    """
    for table in ("share_choices", "shared_clips", "shares"):
        connection.execute(f"DROP TABLE {table}")
    for table, column in (("script_rows", "start_s"), ("script_rows", "end_s"), ("parts", "at_s")):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    lists = {
        "clips_newest": "owner, id",
        "clips_longest": "owner, length_s, id",
        "clips_title": "owner, title, id",
        "clips_starred": "owner, star, id",
    }
    for name in (*lists, "clips_of_browser"):
        connection.execute(f"DROP INDEX {name}")
    connection.execute("DROP TABLE clip_voices")
    connection.execute("DROP TABLE clip_folds")
    connection.execute("ALTER TABLE clips DROP COLUMN folded")
    for name, columns in (lists | {"clips_voice": "owner, voice, id"}).items():
        connection.execute(f"CREATE INDEX {name} ON clips ({columns}) WHERE {LISTED}")
    connection.execute(
        "CREATE INDEX clips_of_browser ON clips (browser, id, usd, state, kind, deleted_at_s) "
        "WHERE state = 'ready' AND kind = 'clip' AND deleted_at_s IS NULL"
    )
    connection.execute("UPDATE alembic_version SET version_num = '0011_kept_defaults'")


def before_own_takes(connection: sqlite3.Connection) -> None:
    """As 0015 left it: clips of the same words are under one of them, whoever made them."""
    connection.execute(
        "UPDATE clip_folds SET fold = substr(fold, instr(fold, '/') + 1) WHERE clip_id IN "
        "(SELECT id FROM clips WHERE unit IS NULL)"
    )
    connection.execute(
        "UPDATE clips SET folded = 1 WHERE unit IS NULL AND id NOT IN (SELECT clip_id FROM "
        "clip_folds ORDER BY is_preferred DESC, clip_id DESC LIMIT 1)"
    )
    connection.execute("UPDATE alembic_version SET version_num = '0015_titles'")


def before_given_by_model(connection: sqlite3.Connection) -> None:
    """As 0016 left it: the voices that speakers were given, without their model."""
    connection.execute(
        "UPDATE scripts SET form = json_set(form, '$.given', json('{\"ben\": \"Alex\"}'))"
    )
    connection.execute("UPDATE alembic_version SET version_num = '0016_own_takes'")
