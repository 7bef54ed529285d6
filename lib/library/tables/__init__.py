"""The library's tables. Times are Unix seconds, lengths seconds, money exact dollars."""

from lib.library.tables import (
    auditions,
    clips,
    drafts,
    ledger,
    lexicon,
    preferences,
    processes,
    recordings,
    scripts,
    shares,
)
from lib.library.tables.columns import metadata

# Each module adds its tables to `metadata`: a list of all tables needs all modules.
__all__ = [
    "auditions",
    "clips",
    "drafts",
    "ledger",
    "lexicon",
    "metadata",
    "preferences",
    "processes",
    "recordings",
    "scripts",
    "shares",
]
