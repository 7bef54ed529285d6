"""Whether a value that a page sends is one that its select offers."""

from lib.speech import FORMATS
from lib.ui.services import services


def is_offered(name: str, value: object) -> bool:
    """name: "model", "voice" or "format"; of anything else there is no list."""
    catalogue = services().catalogue
    match name:
        case "model":
            return value in catalogue.model_ids
        case "voice":
            return value in [
                voice.id for model in catalogue.model_ids for voice in catalogue.voices(model)
            ]
        case "format":
            return value in FORMATS
        case _:
            return True
