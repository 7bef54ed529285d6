"""Signed addresses of files: only a person who was shown one can fetch the file, for a day."""

import json
import re
import time
from hashlib import sha384
from urllib.parse import urlencode

from itsdangerous import Signer

EXPIRES = re.compile(r"[0-9]{1,12}")  # Python refuses to read numbers of thousands of digits
# 48 bytes are exactly 64 letters, so that a signature has only one spelling.
SIGNATURE = re.compile(r"[A-Za-z0-9_-]{64}")
HOUR_S = 3600
LINK_HOURS = 24


class Links:
    """Makes and checks the signed addresses of this installation's files.

    An address is root-relative, valid for a day, and stays the same for an hour.
    """

    def __init__(self, secret: bytes) -> None:
        """secret: the one of the installation, shared by its servers."""
        self._signer = Signer(
            secret, salt="soundcheck.links", key_derivation="hmac", digest_method=sha384
        )

    def to_clip(self, file: str) -> str:
        """The address of a sound file."""
        return self._signed(f"/clips/{file}")

    def to_download(self, file: str, save_as: str) -> str:
        """As `to_clip`, where the browser saves the sound as `save_as`."""
        return self._signed(f"/clips/{file}", save_as)

    def to_take_out(self, file: str, save_as: str) -> str:
        """The address of a prepared file; the browser saves it as `save_as`."""
        return self._signed(f"/take-out/{file}", save_as)

    def problem(self, path: str, *, save_as: str = "", expires: str, signature: str) -> str | None:
        """Why this address is refused; None if its signature is ours and it is still valid.

        expires, signature: the text from the request, which may be anything.
        """
        expires_s = int(expires) if EXPIRES.fullmatch(expires) else 0
        if expires_s < time.time():
            return "This link is no longer valid."
        signed = _signed_part(path, save_as, expires_s)
        if not SIGNATURE.fullmatch(signature) or not self._signer.verify_signature(
            signed, signature
        ):
            return "This link is not valid."
        return None

    def _signed(self, path: str, save_as: str = "") -> str:
        # Rounded, so that a rerun gives the same address and the player need not load it again.
        expires_s = (int(time.time()) // HOUR_S + LINK_HOURS) * HOUR_S
        signature = self._signer.get_signature(_signed_part(path, save_as, expires_s)).decode()
        query = {"exp": str(expires_s), "sig": signature}
        return f"{path}?{urlencode(query | ({'name': save_as} if save_as else {}))}"


def _signed_part(path: str, save_as: str, expires_s: int) -> bytes:
    return json.dumps([path, save_as, expires_s]).encode()
