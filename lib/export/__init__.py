"""Export clips and scripts: safe file names, tables for a spreadsheet, many clips in one ZIP."""

from lib.export.archive import MANIFEST, MANIFEST_HEADER, ZipEntry, zip_file
from lib.export.names import FIELDS, PATTERN, Named, file_name, problem_of
from lib.export.tables import csv_bytes, unguarded

__all__ = [
    "FIELDS",
    "MANIFEST",
    "MANIFEST_HEADER",
    "PATTERN",
    "Named",
    "ZipEntry",
    "csv_bytes",
    "file_name",
    "problem_of",
    "unguarded",
    "zip_file",
]
