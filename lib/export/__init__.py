"""Clips and scripts to take out: safe names, tables for a spreadsheet, many clips in one ZIP."""

from lib.export.archive import MANIFEST, MANIFEST_HEADER, Entry, zip_file
from lib.export.names import file_name
from lib.export.tables import csv_bytes, unguarded

__all__ = [
    "MANIFEST",
    "MANIFEST_HEADER",
    "Entry",
    "csv_bytes",
    "file_name",
    "unguarded",
    "zip_file",
]
