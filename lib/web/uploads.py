"""Limit the memory for uploaded files, over all visitors."""

from collections.abc import Callable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

UPLOAD = "/_stcore/upload_file/"
HELD_MAX_BYTES = 160_000_000  # for all visitors together


class LimitUploads:
    """Refuses a file if all held and arriving files together could pass the limit.

    Streamlit keeps each file until its page is closed, and accepts any number of files from
    everybody with an open page: also from listeners, whose page has no upload.
    """

    def __init__(self, app: ASGIApp, *, file_max_bytes: int, held_bytes: Callable[[], int]) -> None:
        """file_max_bytes: the largest single file. held_bytes: returns the bytes held now."""
        self._app = app
        self._file_max_bytes = file_max_bytes
        self._held_bytes = held_bytes
        self._coming = 0  # files whose bytes are being received

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "PUT" or UPLOAD not in scope["path"]:
            await self._app(scope, receive, send)
            return
        if self._held_bytes() + (self._coming + 1) * self._file_max_bytes > HELD_MAX_BYTES:
            words = "Too many files are being brought in at once. Try again in two minutes."
            await PlainTextResponse(words, 503, {"Retry-After": "120"})(scope, receive, send)
            return
        self._coming += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming -= 1
