"""Export clips and scripts: safe file names, tables for a spreadsheet, many clips in one ZIP."""

from lib.export.archive import MANIFEST, MANIFEST_HEADER, ZipEntry, zip_file
from lib.export.names import file_name
from lib.export.tables import csv_bytes, unguarded

__all__ = [
    "MANIFEST",
    "MANIFEST_HEADER",
    "ZipEntry",
    "csv_bytes",
    "file_name",
    "unguarded",
    "zip_file",
]
