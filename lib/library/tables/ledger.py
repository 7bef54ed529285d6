"""The table of the ledger: one row for each intended charge."""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, Text

from lib.library.tables.columns import Usd, metadata

ledger = Table(
    "ledger",
    metadata,
    Column("id", String, primary_key=True),  # also the client id that the service sees
    Column("key", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("process", String, nullable=False),
    Column("clip_id", Integer),  # the clip that ordered it; its cost is the sum of its rows
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
    Column("detail", Text),  # the service's raw answer, shortened and without the key
    Column("made_at_s", Float, nullable=False),
    Column("changed_at_s", Float, nullable=False),
    Column("settled_at_s", Float),  # when a person decided about an unknown charge
)
# Most rows are closed; queries by key or state only look for open ones.
Index("ledger_open", ledger.c.state, ledger.c.key)
Index("ledger_by_key", ledger.c.key)
Index("ledger_by_clip", ledger.c.clip_id)
