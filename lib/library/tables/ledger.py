"""The table of charges: one row for each that was intended."""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, Text

from lib.library.tables.columns import Usd, metadata

ledger = Table(
    "ledger",
    metadata,
    Column("id", String, primary_key=True),  # also the client id that the service sees
    Column("key", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("process", String, nullable=False),
    Column("clip_id", Integer),  # the clip that asked; what it cost is the sum of its rows
    Column("model", String, nullable=False),
    Column("voice", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("format", String, nullable=False),
    Column("take", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("estimate_usd", Usd),
    Column("usd", Usd),
    Column("credits", BigInteger),
    Column("source", String),
    Column("reference", String),
    Column("address", Text),
    Column("reason", Text),
    Column("detail", Text),  # the service's raw answer, cut and without the key
    Column("made_at_s", Float, nullable=False),
    Column("changed_at_s", Float, nullable=False),
    Column("settled_at_s", Float),  # when a person decided about an unknown charge
)
# Closed rows are the many; only the open ones are ever looked for by key or state.
Index("ledger_open", ledger.c.state, ledger.c.key)
Index("ledger_by_key", ledger.c.key)
Index("ledger_by_clip", ledger.c.clip_id)
