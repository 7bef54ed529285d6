"""lib.audio.loudness against the tests of EBU Tech 3341 and a direct version of BS.1770-4."""

import io
import tracemalloc
from pathlib import Path

import fsspec
import numpy as np
import pytest
import soundfile
import soxr
from numpy.typing import NDArray

from lib import audio
from lib.audio import Loudness, NotSoundError

STUDIO_HZ = 48_000

Samples = NDArray[np.float64]


def sine(db: float, length_s: float, *, hz: float = 1000, rate_hz: int = STUDIO_HZ) -> Samples:
    time_s = np.arange(round(length_s * rate_hz)) / rate_hz
    return 10 ** (db / 20) * np.sin(2 * np.pi * hz * time_s)


def words(length_s: float, rate_hz: int = STUDIO_HZ) -> Samples:
    """A buzz up to 3 kHz in syllables, with pauses between the sentences."""
    time_s = np.arange(round(length_s * rate_hz)) / rate_hz
    buzz = sum(np.sin(2 * np.pi * 120 * k * time_s + k * k) / k for k in range(1, 26))
    syllables = np.sin(np.pi * 4 * time_s) ** 2
    return np.asarray(0.1 * buzz * syllables * (time_s % 3 < 2))


def file_of(samples: Samples, rate_hz: int = STUDIO_HZ, subtype: str = "FLOAT") -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, rate_hz, format="WAV", subtype=subtype)
    return file.getvalue()


def lufs(samples: Samples, rate_hz: int = STUDIO_HZ) -> float:
    measured = audio.loudness(file_of(samples, rate_hz)).lufs
    assert measured is not None
    return measured


def filtered(samples: Samples, b: tuple[float, ...], a: tuple[float, ...]) -> Samples:
    out = np.zeros(len(samples) + 2)
    padded = [0.0, 0.0, *samples.tolist()]
    for i in range(2, len(padded)):
        ahead = b[0] * padded[i] + b[1] * padded[i - 1] + b[2] * padded[i - 2]
        out[i] = ahead - a[0] * out[i - 1] - a[1] * out[i - 2]
    return out[2:]


def lufs_by_the_book(samples: Samples) -> float:
    """BS.1770-4 annex 1, step by step, for mono at 48 kHz."""
    head = filtered(
        samples,
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (-1.69065929318241, 0.73248077421585),
    )
    weighted = filtered(head, (1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
    starts = range(0, len(weighted) - 19_200 + 1, 4_800)
    energies = np.array([np.mean(weighted[start : start + 19_200] ** 2) for start in starts])
    levels = -0.691 + 10 * np.log10(energies + 1e-30)
    gate = -0.691 + 10 * np.log10(np.mean(energies[levels > -70])) - 10
    return float(-0.691 + 10 * np.log10(np.mean(energies[(levels > -70) & (levels > gate)])))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(-23, 20)], -23),
        ([(-33, 20)], -33),
        ([(-36, 10), (-23, 60), (-36, 10)], -23),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23),
    ],
    ids=["case 1", "case 2", "case 3", "case 4", "case 5"],
)
def test_it_reads_what_ebu_tech_3341_demands(
    parts: list[tuple[float, float]], expected: float
) -> None:
    left = np.concatenate([sine(db, length_s) for db, length_s in parts])

    assert lufs(np.stack([left, left], axis=1)) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    "rate_hz", [8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 192_000]
)
def test_a_full_scale_tone_in_one_channel_reads_what_the_standard_says(rate_hz: int) -> None:
    """BS.1770-4, annex 1: 997 Hz at 0 dBFS reads -3.01."""
    tone = sine(0, 5, hz=997, rate_hz=rate_hz)

    assert lufs(tone, rate_hz) == pytest.approx(-3.01, abs=0.01)
    assert lufs(np.stack([np.zeros_like(tone), tone], axis=1), rate_hz) == pytest.approx(
        -3.01, abs=0.01
    )


def test_words_read_as_by_the_standards_own_recursion() -> None:
    said = words(8.0) + sine(-25, 8.0, hz=45) + 0.5  # with hum and an offset, for the low cut

    assert lufs(said) == pytest.approx(lufs_by_the_book(said), abs=0.001)


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 24_000, 44_100, 96_000])
def test_the_same_words_are_as_loud_at_every_rate(rate_hz: int) -> None:
    said = words(8.0)

    assert lufs(soxr.resample(said, STUDIO_HZ, rate_hz), rate_hz) == pytest.approx(
        lufs(said), abs=0.02
    )


def test_pauses_do_not_make_a_voice_quieter() -> None:
    said = sine(-20, 6.0)
    pause = np.zeros(20 * STUDIO_HZ)

    assert lufs(np.concatenate([said, pause])) == pytest.approx(lufs(said), abs=0.2)


def test_a_quiet_passage_beside_a_loud_one_counts_down_to_10_lu_below() -> None:
    loud, near, far = sine(-20, 10), sine(-26, 10), sine(-40, 10)

    assert lufs(np.concatenate([loud, near])) == pytest.approx(lufs(loud) - 2.05, abs=0.1)
    assert lufs(np.concatenate([loud, far])) == pytest.approx(lufs(loud), abs=0.1)


@pytest.mark.parametrize("length_s", [0.02, 0.15, 0.399])
def test_a_sound_shorter_than_a_block_is_as_loud_as_a_longer_one(length_s: float) -> None:
    assert lufs(sine(-20, length_s)) == pytest.approx(lufs(sine(-20, 2.0)), abs=0.3)


@pytest.mark.parametrize("samples", [np.zeros(STUDIO_HZ), np.zeros(100), sine(-80, 2.0)])
def test_what_cannot_be_heard_has_no_loudness(samples: Samples) -> None:
    measured = audio.loudness(file_of(samples))

    assert measured.lufs is None
    assert measured.peak < 0.001


@pytest.mark.parametrize(
    ("divisor", "degrees"), [(4, 0), (4, 45), (6, 60), (8, 67.5)], ids=[15, 16, 17, 18]
)
def test_the_peak_is_found_between_samples_too(divisor: int, degrees: float) -> None:
    """EBU Tech 3341, cases 15 to 18: -6.0 dB, +0.2 or -0.4 allowed."""
    steps = np.arange(STUDIO_HZ)
    fade = np.minimum(1, np.minimum(steps, steps[::-1]) / 480)
    tone = 0.5 * fade * np.sin(2 * np.pi * steps / divisor + np.deg2rad(degrees))

    peak_db = 20 * np.log10(audio.loudness(file_of(tone)).peak)

    assert -6.4 <= peak_db <= -5.8


def test_the_peak_is_found_between_the_last_samples_too() -> None:
    samples = np.zeros(STUDIO_HZ)
    samples[-40:] = 0.5 * np.sin(np.pi / 2 * np.arange(40) + np.pi / 4)  # none over 0.36

    assert audio.loudness(file_of(samples)).peak > 0.45


@pytest.mark.parametrize("at", [0, 20_000, -1])
def test_a_click_of_one_sample_is_a_peak_wherever_it_is(at: int) -> None:
    samples = np.zeros(STUDIO_HZ)
    samples[at] = 0.7

    assert audio.loudness(file_of(samples)).peak >= 0.7 * 0.9999


def test_a_broken_number_among_the_samples_is_passed_over() -> None:
    said = words(3.0)
    said[1000] = np.nan

    assert lufs(said) == pytest.approx(lufs(words(3.0)), abs=0.01)


@pytest.mark.parametrize("format", ["mp3", "wav"])
def test_bytes_and_an_open_file_of_any_store_read_the_same(format: str) -> None:
    file = io.BytesIO()
    soundfile.write(file, words(3.0), STUDIO_HZ, format=format)
    store = fsspec.filesystem("memory")
    store.pipe(f"/loudness.{format}", file.getvalue())

    with store.open(f"/loudness.{format}") as opened:
        assert audio.loudness(opened) == audio.loudness(file.getvalue())
        assert not opened.closed


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>Bad gateway</html>", file_of(words(3.0))[:-1000]],
    ids=["empty", "no sound", "cut off"],
)
def test_what_is_no_whole_sound_is_refused(data: bytes) -> None:
    with pytest.raises(NotSoundError):
        audio.loudness(data)


def test_a_long_sound_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    minute = words(60.0, 8_000)

    def peak_bytes(minutes: int) -> int:
        path = tmp_path / f"{minutes}.wav"
        with soundfile.SoundFile(path, "w", 8_000, 1, subtype="PCM_16") as file:
            for _ in range(minutes):
                file.write(minute)
        with path.open("rb") as opened:
            tracemalloc.start()
            audio.loudness(opened)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return peak

    # 8 bytes for each 100 ms, and the blocks worked out from them at the end.
    assert peak_bytes(20) < peak_bytes(1) + 20 * 60 * 10 * 8 * 6


def test_the_common_loudness_is_a_comfortable_one_where_every_clip_has_the_room() -> None:
    assert audio.common_lufs([Loudness(-26.0, 0.2), Loudness(-18.0, 0.5)]) == -16.0
    assert audio.common_lufs([]) == -16.0


def test_the_clip_with_the_least_room_sets_the_common_loudness() -> None:
    # -20 with a peak of -3 dB may rise by 2, so that 1 dB stays free; the other by 13.
    tight, roomy = Loudness(-20.0, 10 ** (-3 / 20)), Loudness(-30.0, 10 ** (-14 / 20))

    target = audio.common_lufs([tight, roomy, Loudness(None, 0.0)])

    assert target == pytest.approx(-18.0)
    assert audio.gain_db(tight, target) == pytest.approx(2.0)
    assert audio.gain_db(roomy, target) == pytest.approx(12.0)


def test_what_cannot_be_heard_is_left_as_it_is() -> None:
    assert audio.gain_db(Loudness(None, 0.0), -16.0) == 0.0
    assert audio.common_lufs([Loudness(None, 0.0)]) == -16.0
