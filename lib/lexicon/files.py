"""Import and export a lexicon as a table (CSV) or as the W3C's XML (PLS)."""

from lib.lexicon.pls import pls_bytes, read_pls
from lib.lexicon.reading import Read
from lib.lexicon.table import csv_bytes, read_csv

__all__ = ["Read", "csv_bytes", "pls_bytes", "read", "read_csv", "read_pls"]


def read(data: bytes) -> Read:
    """Read a lexicon file. Its content tells whether it is PLS or CSV.

    Raises InvalidRequestError as `read_pls` and `read_csv` do.
    """
    start = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return read_pls(data) if start.startswith(b"<") else read_csv(data)
