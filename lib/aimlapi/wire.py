"""The request as it is sent."""

import json
import unicodedata

from lib.errors import InvalidRequestError
from lib.speech import Utterance


def body(utterance: Utterance) -> bytes:
    """The JSON of the request. The voice is in composed form (NFC): "Maitê" has one ê."""
    wire = {
        "model": utterance.model,
        "text": utterance.text,
        "voice": unicodedata.normalize("NFC", utterance.voice),
        "format": utterance.format,
    }
    try:
        return json.dumps(wire, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InvalidRequestError("The text holds half of a character.") from None
