"""The offline voices from installed packages: free, without a key or a network.

"heart" is a neural voice, and the three voices named after it are the same speaker made larger or
smaller. The Pico voices are six simpler speakers for five languages; systems for which their
package has no build, such as macOS, do not have them.
"""

import threading
from contextlib import suppress

from lib import audio
from lib.errors import InvalidRequestError, ModelUnavailableError, SpeechError
from lib.offline import speakers
from lib.speech import MEDIA_TYPES, Audio, OnBusy, OnPaid, Utterance, unheard

MODEL = "offline"


class OfflineVoices:
    """An Engine. Any number of threads may share one; each model is loaded once."""

    free = True

    def available(self) -> tuple[str, ...]:
        """Ids of the voices that are installed here, best first. Loads nothing."""
        return tuple(name for name, voice in speakers.VOICES.items() if voice.is_installed())

    def warm(self) -> threading.Thread:
        """Load the neural voice in a thread, so that the first clip does not wait for it.

        If loading fails, the first clip reports the error.
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
        on_busy: OnBusy = unheard,
    ) -> Audio:
        """Speak on this machine; nothing is sent, so all of the options are for other engines.

        These voices say a text always in the same way. So another take only has a slightly slower
        pace (the engine's random seed changes nothing audible). The fourth take is as the first.

        Raises InvalidRequestError for words it cannot say or a missing voice, and
        ModelUnavailableError if the neural voice cannot be loaded.
        """
        voice = speakers.VOICES.get(utterance.voice)
        if voice is None or not voice.is_installed():
            raise InvalidRequestError(
                f"The built-in voice “{utterance.voice}” is not installed on this computer.",
                hint="Choose another voice, then try again.",
            )
        samples = speakers.speak(voice, utterance.text, utterance.take)
        return Audio(
            data=audio.encode(samples, voice.rate_hz, utterance.format),
            media_type=MEDIA_TYPES[utterance.format],
        )

    def fetch(self, address: str) -> Audio:
        raise SpeechError(
            "A built-in voice keeps no sound to fetch.", hint="Press Generate: it costs nothing."
        )

    def stop(self) -> None:
        """Do nothing: no call waits here, and a piece takes at most a second."""
