"""lib.audio.inspect with real files: good, unusual and broken ones."""

import io
import struct
import tracemalloc
from pathlib import Path

import fsspec
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from lib import audio
from lib.audio import mpeg

RATE_HZ = 24_000
MP3_FRAME_BYTES = 192  # 64 kbit/s at 24 kHz
WAV_SIZE_AT = 40


def syllables(length_s: float, rate_hz: int = RATE_HZ) -> NDArray[np.float32]:
    time_s = np.arange(round(length_s * rate_hz)) / rate_hz
    noise = np.random.default_rng(1).standard_normal(len(time_s))
    return (0.1 * noise * np.sin(np.pi * 4 * time_s) ** 2).astype(np.float32)


def file_of(samples: NDArray[np.float32], kind: str, subtype: str | None = None) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, RATE_HZ, format=kind, subtype=subtype)
    return file.getvalue()


def stating(data: bytes, size: int) -> bytes:
    return data[:WAV_SIZE_AT] + struct.pack("<I", size) + data[WAV_SIZE_AT + 4 :]


SPEECH = syllables(3.0)
WAV = audio.encode(SPEECH, RATE_HZ, "wav")
MP3 = audio.encode(SPEECH, RATE_HZ, "mp3")
BARE_MP3 = MP3[MP3_FRAME_BYTES:]  # as streaming encoders leave it: no Info header in front
FLAC = file_of(SPEECH, "FLAC")
OGG = file_of(SPEECH, "OGG")


@pytest.mark.parametrize(
    ("data", "format", "media_type"),
    [
        (WAV, "wav", "audio/wav"),
        (MP3, "mp3", "audio/mpeg"),
        (FLAC, "flac", "audio/flac"),
        (OGG, "ogg", "audio/ogg"),
    ],
    ids=["wav", "mp3", "flac", "ogg"],
)
def test_facts_are_those_of_the_content(data: bytes, format: str, media_type: str) -> None:
    facts = audio.inspect(data)

    assert (facts.format, facts.media_type) == (format, media_type)
    assert (facts.length_s, facts.rate_hz, facts.channels) == (3.0, RATE_HZ, 1)
    assert len(facts.peaks) == audio.PEAKS


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW"])
def test_every_usual_sample_width_is_read(subtype: str) -> None:
    stereo = np.stack([SPEECH, SPEECH], axis=1)

    facts = audio.inspect(file_of(stereo, "WAV", subtype))

    assert (facts.format, facts.length_s, facts.channels) == ("wav", 3.0, 2)


def test_peaks_show_where_it_is_loud() -> None:
    loudness = np.repeat([0.2, 0.8, 0.0, 0.4], RATE_HZ).astype(np.float32)

    peaks = audio.inspect(audio.encode(loudness, RATE_HZ, "wav")).peaks

    assert set(peaks[:60]) == {51}
    assert set(peaks[60:120]) == {204}
    assert set(peaks[120:180]) == {0}
    assert set(peaks[180:]) == {102}


def test_a_moment_of_sound_is_seen_where_it_is() -> None:
    mostly_silent = np.zeros(12 * RATE_HZ, np.float32)
    mostly_silent[6 * RATE_HZ] = 0.9

    peaks = audio.inspect(audio.encode(mostly_silent, RATE_HZ, "wav")).peaks

    assert [at for at, height in enumerate(peaks) if height] == [120]


@pytest.mark.parametrize("frames", [1, 7, 239, 241, 65_536, 65_537])
def test_sounds_of_any_length_have_all_peaks(frames: int) -> None:
    facts = audio.inspect(audio.encode(np.full(frames, 0.5, np.float32), RATE_HZ, "wav"))

    assert facts.length_s == frames / RATE_HZ
    assert facts.peaks == bytes([128]) * audio.PEAKS


@pytest.mark.parametrize(
    "stated", [0, 0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_F000, 0xFFFF_FFFF - 44, 1000]
)
def test_a_wrong_length_in_a_streamed_wav_gives_way_to_the_bytes_that_are_there(
    stated: int,
) -> None:
    assert audio.inspect(stating(WAV, stated)) == audio.inspect(WAV)


def test_a_streamed_wav_may_be_as_short_as_it_likes() -> None:
    three = audio.encode(np.full(3, 0.5, np.float32), RATE_HZ, "wav")

    assert audio.inspect(stating(three, 0)).length_s == 3 / RATE_HZ


def test_what_follows_the_sound_in_a_wav_is_not_taken_for_sound() -> None:
    title = b"LIST" + struct.pack("<I", 13) + b"INFOINAM\x01\x00\x00\x00A" + b"\x00"

    assert audio.inspect(WAV + title) == audio.inspect(WAV)
    assert audio.inspect(WAV + title[:-1]) == audio.inspect(WAV)


def test_an_mp3_without_a_header_of_its_own_is_whole() -> None:
    facts = audio.inspect(BARE_MP3)

    assert facts.format == "mp3"
    assert facts.length_s == pytest.approx(3.0, abs=0.1)


def test_an_mp3_with_tags_at_either_end_is_whole() -> None:
    id3v2 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10)
    id3v1 = b"TAG" + bytes(125)

    assert audio.inspect(id3v2 + MP3 + id3v1).length_s == 3.0
    assert audio.inspect(id3v2 + BARE_MP3 + id3v1).length_s == pytest.approx(3.0, abs=0.1)


ID3V2 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10)
ID3V1 = b"TAG" + bytes(125)
VBR = io.BytesIO()
soundfile.write(VBR, SPEECH, RATE_HZ, format="MP3", bitrate_mode="VARIABLE")


@pytest.mark.parametrize(
    "parts",
    [
        [MP3, MP3],
        [MP3, MP3, MP3, MP3],
        [MP3, BARE_MP3],
        [MP3, ID3V2, MP3],
        [ID3V2, MP3, ID3V1, MP3, ID3V1],
        [ID3V2, MP3, ID3V1, ID3V2, MP3],
        [MP3, VBR.getvalue()],
        [VBR.getvalue(), MP3],
    ],
)
def test_several_mp3s_one_behind_the_other_have_their_whole_length(
    parts: list[bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    sounds = sum(len(part) > 1_000 for part in parts)

    assert audio.inspect(b"".join(parts)).length_s == pytest.approx(3.0 * sounds, abs=0.1 * sounds)
    assert audio.heard(b"".join(parts))[1] > 3.0 * sounds - 0.5
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("cut", [1, 100, len(MP3) // 2 + 37])
def test_the_last_of_several_mp3s_is_looked_at_for_a_missing_end(cut: int) -> None:
    with pytest.raises(audio.NotSoundError, match="stops before its end"):
        audio.inspect(MP3 + MP3[:-cut])


def test_an_mp3_of_another_rate_behind_the_first_is_refused() -> None:
    other = io.BytesIO()
    soundfile.write(other, syllables(2.0, 44_100), 44_100, format="MP3")
    with pytest.raises(audio.NotSoundError, match="stops before its end"):
        audio.inspect(MP3 + other.getvalue())


@pytest.mark.parametrize(
    "data",
    [
        WAV[: len(WAV) // 2],
        WAV[:-2],
        WAV[:44],
        MP3[: len(MP3) // 2],
        MP3[:-1],
        MP3[: len(MP3) // 2 // MP3_FRAME_BYTES * MP3_FRAME_BYTES],
        BARE_MP3[: MP3_FRAME_BYTES * 60 + 100],
        BARE_MP3[: MP3_FRAME_BYTES * 60 + 2],
        BARE_MP3[:-1],
        OGG[: len(OGG) // 2],
    ],
)
def test_a_file_that_stops_before_its_end_is_refused(data: bytes) -> None:
    with pytest.raises(audio.NotSoundError, match="stops before its end"):
        audio.inspect(data)


def test_what_only_looks_like_an_mp3_frame_does_not_hide_a_missing_end() -> None:
    looks_like_one = b"\xff\xf3\x84\xc4" + bytes(20)

    assert mpeg.is_cut_off(looks_like_one + BARE_MP3[: MP3_FRAME_BYTES * 5 + 100])
    assert not mpeg.is_cut_off(looks_like_one + BARE_MP3[: MP3_FRAME_BYTES * 5])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (stating(WAV[:44], 0), "empty"),
        (b"<!doctype html><html><body>Bad gateway</body></html>" * 100, "not a sound"),
        (b'{"error": {"message": "No."}}', "not a sound"),
        (np.random.default_rng(2).bytes(100_000), "not a sound"),
        (bytes(100_000), "not a sound"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + b"<html>" * 1000, "not a sound"),
        (FLAC[: len(FLAC) // 2], "damaged"),
        (file_of(SPEECH, "AIFF"), "browsers do not play"),
    ],
)
def test_what_is_no_sound_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(audio.NotSoundError, match=words):
        audio.inspect(data)


@pytest.mark.parametrize("level", [0.0, 0.0005, np.nan])
def test_what_nobody_can_hear_is_refused(level: float) -> None:
    silent = file_of(np.full(RATE_HZ, level, np.float32), "WAV", "FLOAT")

    with pytest.raises(audio.NotSoundError, match="silent"):
        audio.inspect(silent)


def test_one_broken_sample_does_not_make_a_sound_silent() -> None:
    broken = SPEECH[:RATE_HZ].copy()
    broken[5000] = np.nan

    assert audio.inspect(file_of(broken, "WAV", "FLOAT")).length_s == 1.0


def test_a_whisper_is_heard() -> None:
    audio.inspect(audio.encode(SPEECH / 50, RATE_HZ, "mp3"))


def test_a_file_in_a_store_is_read_and_left_open() -> None:
    store = fsspec.filesystem("memory")
    store.pipe_file("/inspect.mp3", MP3)

    with store.open("/inspect.mp3", "rb") as file:
        assert audio.inspect(file) == audio.inspect(MP3)
        assert not file.closed


class LostStore(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 50_000:
            raise ConnectionError("The store has gone.")
        return super().read(size)


def test_a_lost_store_is_not_mistaken_for_a_broken_sound() -> None:
    with pytest.raises(ConnectionError, match="store has gone"):
        audio.inspect(LostStore(WAV))


def test_memory_does_not_grow_with_the_sound(tmp_path: Path) -> None:
    file = tmp_path / "ten-minutes.wav"
    soundfile.write(file, syllables(600.0), RATE_HZ)

    with file.open("rb") as opened:
        tracemalloc.start()
        audio.inspect(opened)
        _, peak_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert peak_bytes < 3_000_000 < file.stat().st_size / 5


def test_a_good_file_leaves_nothing_on_the_console(capfd: pytest.CaptureFixture[str]) -> None:
    time_s = np.arange(12 * RATE_HZ) / RATE_HZ
    buzz = 0.3 * np.sign(np.sin(2 * np.pi * 110 * time_s)) * np.sin(np.pi * 3 * time_s) ** 2

    audio.inspect(audio.encode(buzz.astype(np.float32), RATE_HZ, "mp3"))

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("rate_hz", [1, 3_999, 400_000, 2**31 - 1])
def test_a_sample_rate_that_no_sound_has_is_refused(rate_hz: int) -> None:
    """A sister of K14: finite is not reasonable. Joining would resample it for hours."""
    wav = WAV[:24] + struct.pack("<I", rate_hz) + WAV[28:]
    with pytest.raises(audio.NotSoundError, match="sample rate"):
        audio.inspect(wav)
