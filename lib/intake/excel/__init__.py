"""Read an XLSX as a person sees it: formats, hidden and merged cells."""

from lib.intake.excel.workbooks import read

__all__ = ["read"]
