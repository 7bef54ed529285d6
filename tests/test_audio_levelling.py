"""lib.audio.levelled and lighter: equally loud copies without metadata."""

import io
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from lib import audio
from lib.audio import NotSoundError

RATE_HZ = 24_000
HEADER_BYTES = 36  # of the first frame, up to its Info header
Copy = Callable[[bytes, float], bytes]
COPIES = [audio.levelled, audio.lighter]

Samples = NDArray[np.float64]


def words(length_s: float, rate_hz: int = RATE_HZ) -> Samples:
    """A buzz up to 3 kHz in syllables, with pauses between the sentences."""
    time_s = np.arange(round(length_s * rate_hz)) / rate_hz
    buzz = sum(np.sin(2 * np.pi * 120 * k * time_s + k * k) / k for k in range(1, 26))
    syllables = np.sin(np.pi * 4 * time_s) ** 2
    return np.asarray(0.1 * buzz * syllables * (time_s % 3 < 2))


def file_of(samples: Samples, kind: str = "WAV", rate_hz: int = RATE_HZ, **tags: str) -> bytes:
    file = io.BytesIO()
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    with soundfile.SoundFile(file, "w", rate_hz, channels, format=kind) as sound:
        for name, value in tags.items():
            setattr(sound, name, value)
        sound.write(samples)
    return file.getvalue()


def heard(data: bytes) -> float:
    lufs = audio.loudness(data).lufs
    assert lufs is not None
    return lufs


def at(lufs: float, *, squeezed: float) -> bytes:
    """Words of that loudness, compressed if they would clip."""
    samples = np.tanh(squeezed * words(6.0))
    return file_of(samples * 10 ** ((lufs - heard(file_of(samples))) / 20), "FLAC")


def with_chunk(wav: bytes, name: bytes, content: bytes) -> bytes:
    """The WAV file with one more chunk ahead of the others."""
    chunk = struct.pack("<4sI", name, len(content)) + content + b"\0" * (len(content) % 2)
    return wav[:4] + struct.pack("<I", len(wav) - 8 + len(chunk)) + wav[8:12] + chunk + wav[12:]


def assert_bare(copy: bytes) -> None:
    """Check that an MP3 has only frames: no text of the source, and no tags at either end."""
    assert copy[0] == 0xFF
    assert copy[1] >> 5 == 0b111
    for word in (b"Ashley", b"ID3", b"TAG", b"APETAG"):
        assert word not in copy


@pytest.mark.parametrize("copy", COPIES)
def test_a_quiet_and_a_loud_voice_become_equally_loud(copy: Copy) -> None:
    quiet, loud = at(-30.0, squeezed=1), at(-12.0, squeezed=8)
    measured = [audio.loudness(each) for each in (quiet, loud)]
    assert [each.lufs for each in measured] == pytest.approx([-30.0, -12.0], abs=0.05)
    target = audio.common_lufs(measured)

    copies = [
        copy(each, audio.gain_db(one, target))
        for each, one in zip((quiet, loud), measured, strict=True)
    ]

    assert [heard(each) for each in copies] == pytest.approx([target, target], abs=0.3)
    assert all(audio.loudness(each).peak <= 1.0 for each in copies)


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("kind", ["MP3", "WAV", "FLAC", "OGG"])
def test_no_tag_of_the_source_comes_along(copy: Copy, kind: str) -> None:
    source = file_of(words(2.0), kind, title="Ashley", artist="Ashley", comment="Ashley")
    assert b"Ashley" in source

    assert_bare(copy(source, 0.0))


@pytest.mark.parametrize("copy", COPIES)
def test_an_id3_tag_before_or_behind_the_sound_is_left_out(copy: Copy) -> None:
    bare = file_of(words(2.0), "MP3")
    frame = b"TPE1" + struct.pack(">IH", 7, 0) + b"\0Ashley"
    id3 = b"ID3\x03\0\0" + struct.pack(">I", len(frame)) + frame
    id3v1 = (b"TAG" + b"Ashley".ljust(30)).ljust(128, b"\0")

    assert_bare(copy(id3 + bare + id3v1, 0.0))


@pytest.mark.parametrize("copy", COPIES)
def test_a_list_chunk_of_a_wav_is_left_out(copy: Copy) -> None:
    info = b"INFO" + b"IART" + struct.pack("<I", 6) + b"Ashley"

    assert_bare(copy(with_chunk(file_of(words(2.0)), b"LIST", info), 0.0))


@pytest.mark.parametrize("copy", COPIES)
def test_copies_do_not_show_at_what_rate_or_in_what_format_a_voice_came(copy: Copy) -> None:
    copies = [
        copy(file_of(words(3.0, rate_hz), kind, rate_hz), 0.0)
        for kind, rate_hz in [("WAV", 8_000), ("MP3", 22_050), ("OGG", 24_000), ("FLAC", 48_000)]
    ]

    facts = [audio.inspect(each) for each in copies]
    assert len({(each.format, each.rate_hz, each.channels) for each in facts}) == 1
    assert {round(each.length_s, 2) for each in facts} == {3.0}
    assert len({each[:HEADER_BYTES] for each in copies}) == 1
    assert len({len(each) for each in copies}) == 1


def test_without_gain_a_copy_sounds_as_it_did() -> None:
    samples = words(4.0, 48_000)

    again, rate_hz = soundfile.read(io.BytesIO(audio.levelled(file_of(samples, "FLAC", 48_000), 0)))

    assert rate_hz == 48_000
    assert len(again) == len(samples)
    assert 20 * np.log10(np.std(again - samples) / np.std(samples)) < -25


def test_stereo_stays_stereo_and_each_side_its_own() -> None:
    left = words(3.0)

    copy = audio.levelled(file_of(np.stack([left, 0 * left], axis=1)), 6.0)

    again = soundfile.read(io.BytesIO(copy))[0]
    assert 20 * np.log10(np.std(again[:, 0]) / np.std(left)) == pytest.approx(6.0, abs=0.1)
    assert np.std(again[:, 1]) < 0.01 * np.std(again[:, 0])


def test_what_mp3_cannot_hold_becomes_mono() -> None:
    quadrophonic = np.stack([words(2.0)] * 4, axis=1)

    assert audio.inspect(audio.levelled(file_of(quadrophonic), 0.0)).channels == 1


def test_a_lighter_copy_is_mono_at_48_kbit_a_second() -> None:
    stereo = np.stack([words(20.0)] * 2, axis=1)

    copy = audio.lighter(file_of(stereo))

    assert len(copy) * 8 / 20 == pytest.approx(48_000, rel=0.03)
    assert audio.inspect(copy).channels == 1
    assert heard(copy) == pytest.approx(heard(file_of(words(20.0))), abs=0.3)


@pytest.mark.parametrize("copy", COPIES)
def test_the_same_source_makes_the_same_bytes(copy: Copy) -> None:
    source = file_of(words(3.0), "MP3")

    assert copy(source, 3.0) == copy(source, 3.0)


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize(
    "data",
    [b"", b"<html>Bad gateway</html>", file_of(words(3.0))[:-1000]],
    ids=["empty", "no sound", "cut off"],
)
def test_what_is_no_whole_sound_is_refused(copy: Copy, data: bytes) -> None:
    with pytest.raises(NotSoundError):
        copy(data, 0.0)


def test_a_long_sound_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    def peak_bytes(length_s: float) -> int:
        source = io.BytesIO(file_of(words(length_s)))
        with (tmp_path / f"{length_s}.mp3").open("w+b") as target:
            tracemalloc.start()
            audio.level(source, target, 3.0)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return peak

    assert peak_bytes(60.0) < 1.2 * peak_bytes(10.0)
