"""The voices inside the installed packages: free, without a key or a network.

"heart" is one neural speaker, and the three voices named after it are the same speaker made
larger or smaller. The Pico voices are six other, simpler speakers of five languages; they are
missing where their package has no build, as on macOS.
"""

import threading
from contextlib import suppress

from lib import audio
from lib.errors import InvalidRequestError, ModelUnavailableError, SpeechError
from lib.offline import speakers
from lib.speech import MEDIA_TYPES, Audio, OnPaid, Utterance

MODEL = "offline"


class OfflineVoices:
    """An Engine. One object serves any number of threads; what it loads is loaded once."""

    free = True

    def available(self) -> tuple[str, ...]:
        """Ids of the voices that are installed here, best first. Loads nothing."""
        return tuple(name for name, voice in speakers.VOICES.items() if voice.is_installed())

    def warm(self) -> threading.Thread:
        """Load the neural voice in the background, so that the first clip need not wait for it.

        If it cannot be loaded, the first clip says so.
        """

        def load() -> None:
            with suppress(ModelUnavailableError):
                speakers.neural()

        thread = threading.Thread(target=load, name="offline-voice", daemon=True)
        thread.start()
        return thread

    def synthesize(
        self,
        utterance: Utterance,
        *,
        client_id: str | None = None,
        on_paid: OnPaid | None = None,
    ) -> Audio:
        """Speak on this machine; nothing is sent, so `client_id` and `on_paid` are not used.

        These voices have one way of saying a text. A further take is the same reading at another
        pace, a little slower: the engine's own random seed changes nothing that can be heard.
        After the third take the paces begin again.

        Raises: InvalidRequestError for words it cannot say or a voice that is not there,
            ModelUnavailableError if the neural voice cannot be loaded.
        """
        voice = speakers.VOICES.get(utterance.voice)
        if voice is None or not voice.is_installed():
            raise InvalidRequestError(
                f"The offline voice “{utterance.voice}” is not installed on this computer.",
                hint="Choose another voice, then press Generate again.",
            )
        samples = speakers.speak(voice, utterance.text, utterance.take)
        return Audio(
            data=audio.encode(samples, voice.rate_hz, utterance.format),
            media_type=MEDIA_TYPES[utterance.format],
        )

    def fetch(self, address: str) -> Audio:
        raise SpeechError(
            "An offline voice keeps no sound to fetch.", hint="Press Generate: it costs nothing."
        )

    def stop(self) -> None:
        """Nothing waits here: a piece takes a second at most, and costs nothing."""
