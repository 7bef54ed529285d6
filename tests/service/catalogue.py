"""The models the stand-in offers, their voices, limits and prices."""

from dataclasses import dataclass

TEXT_MAX_CHARS = 500_000
PROVIDER_MAX_CHARS = 2_000
CREDITS_PER_USD = 2_000_000
FORMATS = ("wav", "mp3")
FIELDS = ("model", "text", "voice", "format", "stream")

# fmt: off
VOICES = (
    "Alex", "Ashley", "Craig", "Deborah", "Dennis", "Dominus", "Edward", "Elizabeth",
    "Hades", "Heitor", "Julia", "Maitê", "Mark", "Olivia", "Pixie", "Priya",
    "Ronald", "Sarah", "Shaun", "Theodore", "Timothy", "Wendy",
)
# fmt: on


@dataclass(frozen=True, kw_only=True)
class Model:
    id: str
    aliases: tuple[str, ...]
    credits_per_character: int

    def listing(self, *, priced: bool) -> dict[str, object]:
        """Its entry in the service's catalogue."""
        entry: dict[str, object] = {
            "id": self.id,
            "aliases": list(self.aliases),
            "type": "internal/text-to-speech",
            "info": {"name": self.id, "developer": "Inworld", "description": "Speech."},
            "tags": [],
        }
        if priced:
            usd_per_million = self.credits_per_character * 1_000_000 / CREDITS_PER_USD
            unit = {"name": "characters", "measure": "character", "per": 1_000_000}
            entry["pricing"] = {"kind": "fixed", "units": [{**unit, "price": usd_per_million}]}
        return entry


MODELS = {
    model.id: model
    for model in (
        Model(id="inworld/tts-1-max", aliases=("tts-1-max",), credits_per_character=26),
        Model(id="inworld/tts-1", aliases=("tts-1",), credits_per_character=13),
        Model(id="inworld/tts-1-5-max", aliases=(), credits_per_character=26),
        Model(id="inworld/tts-1-5-mini", aliases=(), credits_per_character=13),
    )
}
