"""Read a DOCX of Word, LibreOffice or Google as a person sees it."""

from lib.intake.word.documents import read

__all__ = ["read"]
