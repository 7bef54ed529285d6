"""Whether a value from a browser is an option of its select."""

from lib.speech import FORMATS
from lib.ui.services import services


def is_offered(name: str, value: object) -> bool:
    """name: "model", "voice" or "format". For other names every value is offered."""
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
