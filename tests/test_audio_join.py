"""lib.audio.join and encode: no sample is lost or added, and no join clicks."""

import io
import tracemalloc
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lib import audio
from lib.errors import InvalidRequestError
from lib.speech import FORMATS, Format

RATE_HZ = 24_000

Samples = NDArray[np.float32]
Part = tuple[Callable[[], io.BytesIO], float]


def syllables(length_s: float, seed: int = 1) -> Samples:
    time_s = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    noise = np.random.default_rng(seed).standard_normal(len(time_s))
    return (0.1 * noise * np.sin(np.pi * 4 * time_s) ** 2).astype(np.float32)


def tone(frames: int, phase: float = 1.0) -> Samples:
    """440 Hz, cut in the middle of a wave as in a vowel."""
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(frames) / RATE_HZ + phase)).astype(np.float32)


def part(samples: Samples, gap_after_s: float = 0.0, rate_hz: int = RATE_HZ) -> Part:
    file = io.BytesIO()
    soundfile.write(file, samples, rate_hz, format="WAV", subtype="PCM_16")
    return partial(io.BytesIO, file.getvalue()), gap_after_s


def joined(
    parts: list[Part], format: Format = "wav", **options: Any
) -> tuple[audio.Joined, Samples, bytes]:
    target = io.BytesIO()
    result = audio.join(parts, target, format=format, **options)
    target.seek(0)
    samples, rate_hz = soundfile.read(target, dtype="float32")
    assert rate_hz == result.facts.rate_hz
    return result, samples, target.getvalue()


def decoded(one: Part) -> Samples:
    samples: Samples = soundfile.read(one[0](), dtype="float32")[0]
    return samples


def test_a_sound_cut_anywhere_and_joined_is_the_same_sample_for_sample() -> None:
    whole = part(syllables(6.0))
    samples = decoded(whole)
    cuts = [0, 30_001, 30_002, 77_777, 77_800, len(samples)]

    pieces = [part(samples[a:b]) for a, b in pairwise(cuts)]
    result, again, _ = joined(pieces)

    assert np.array_equal(again, samples)
    assert result.starts_s == tuple(cut / RATE_HZ for cut in cuts[:-1])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 3000), st.floats(0, 0.5), st.sampled_from([0.0, 0.5])),
        min_size=1,
        max_size=6,
    )
)
def test_the_length_is_that_of_the_parts_and_gaps_to_one_sample(
    shapes: list[tuple[int, float, float]],
) -> None:
    parts = [part(np.full(frames, level, np.float32), gap) for frames, gap, level in shapes]

    result, samples, _ = joined(parts)

    frames = sum(frames + round(gap * RATE_HZ) for frames, gap, _ in shapes)
    assert len(samples) == frames
    assert result.facts.length_s == frames / RATE_HZ


def test_words_stay_in_place_in_an_mp3_to_one_sample() -> None:
    parts = [part(syllables(2.0, seed), 0.15) for seed in range(3)]

    _, wav, _ = joined(parts, "wav")
    result, mp3, _ = joined(parts, "mp3")

    assert len(mp3) == len(wav) == round(result.facts.length_s * RATE_HZ)
    for start_s in result.starts_s:
        word = slice(round(start_s * RATE_HZ) + 4000, round(start_s * RATE_HZ) + 8000)
        near = mp3[word.start - 50 : word.stop + 50]
        assert np.argmax(np.correlate(near, wav[word], "valid")) == 50


def test_gaps_are_silence_and_what_is_said_stays_as_it_was() -> None:
    one, two = part(syllables(1.0), 0.15), part(syllables(1.0, seed=2), 0.1)

    result, samples, _ = joined([one, two])

    assert np.array_equal(samples[:24_000], decoded(one))
    assert not samples[24_000:27_600].any()
    assert np.array_equal(samples[27_600:51_600], decoded(two))
    assert not samples[51_600:].any()
    assert len(samples) == 54_000
    assert result.starts_s == (0.0, 1.15)


@pytest.mark.parametrize("gap_s", [0.0, 0.2])
def test_no_step_at_a_seam_is_larger_than_its_neighbours_own(gap_s: float) -> None:
    parts = [part(tone(24_011, phase), gap_s) for phase in (1.0, 2.0, 3.5)]

    _, samples, _ = joined(parts)

    own = max(np.abs(np.diff(decoded(one))).max() for one in parts)
    assert np.abs(np.diff(samples, prepend=0, append=0)).max() <= own


def test_only_the_few_milliseconds_at_a_seam_that_would_click_are_changed() -> None:
    cut, soft = part(tone(24_011), 0.2), part(syllables(1.0), 0.2)

    _, samples, _ = joined([cut, soft])

    assert np.array_equal(samples[120 : 24_011 - 120], decoded(cut)[120:-120])
    assert np.array_equal(samples[24_011 + 4800 :][:24_000], decoded(soft))


def test_parts_of_other_rates_and_channels_become_the_best_of_them() -> None:
    speech = syllables(2.0)
    at_16 = soxr.resample(speech, RATE_HZ, 16_000)
    at_48 = soxr.resample(speech, RATE_HZ, 48_000)
    parts = [
        part(at_16, 0.2, 16_000),
        part(np.stack([at_48, at_48], axis=1), 0.2, 48_000),
        part(speech, 0.0, RATE_HZ),
    ]

    result, samples, _ = joined(parts)

    assert (result.facts.rate_hz, result.facts.channels) == (48_000, 1)
    assert result.starts_s == (0.0, 2.2, 4.4)
    assert len(samples) == round(6.4 * 48_000)
    middle = slice(1000, -1000)
    for start_s in (2.2, 4.4):
        again = samples[round(start_s * 48_000) :][: len(at_48)]
        assert np.abs(again - at_48)[middle].max() < 0.001


@pytest.mark.parametrize(("rate_hz", "mp3_rate_hz"), [(8_000, 16_000), (96_000, 48_000)])
def test_a_rate_that_mp3_lacks_becomes_one_it_has(rate_hz: int, mp3_rate_hz: int) -> None:
    two = [part(syllables(1.0)[:rate_hz], 0.5, rate_hz)] * 2

    as_mp3, as_wav = joined(two, "mp3")[0].facts, joined(two, "wav")[0].facts

    assert (as_mp3.rate_hz, as_wav.rate_hz) == (mp3_rate_hz, rate_hz)
    assert as_mp3.length_s == as_wav.length_s


@pytest.mark.parametrize("format", FORMATS)
def test_facts_of_a_joined_file_are_those_found_in_it(format: Format) -> None:
    result, _, data = joined([part(syllables(2.0), 0.3), part(syllables(1.0))], format)

    found = audio.inspect(data)

    differences = [abs(a - b) for a, b in zip(found.peaks, result.facts.peaks, strict=True)]
    assert max(differences) <= (1 if format == "wav" else 25)
    for fact in ("format", "media_type", "length_s", "rate_hz", "channels"):
        assert getattr(found, fact) == getattr(result.facts, fact)


@pytest.mark.parametrize("rate_hz", [24_000, 48_000])
def test_an_mp3_states_its_length_and_keeps_one_bit_rate(rate_hz: int) -> None:
    speech = soxr.resample(syllables(20.0), RATE_HZ, rate_hz)
    quiet_and_loud = np.concatenate((speech / 100, speech))

    data = audio.encode(quiet_and_loud, rate_hz, "mp3")

    # "Info" is what LAME writes for a constant rate, "Xing" for a varying one.
    header = data[:64].find(b"Info")
    assert header > 0
    stated_frames = int.from_bytes(data[header + 8 : header + 12], "big")
    frame_samples = 576 if rate_hz < 32_000 else 1152
    assert stated_frames == pytest.approx(len(quiet_and_loud) / frame_samples, abs=3)
    kbit_s = len(data) * 8 / (len(quiet_and_loud) / rate_hz) / 1000
    assert kbit_s == pytest.approx(64 if rate_hz < 32_000 else 96, rel=0.01)


def test_progress_counts_the_parts() -> None:
    seen: list[tuple[int, int]] = []

    joined([part(syllables(0.2))] * 3, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(1, 3), (2, 3), (3, 3)]


class StopError(Exception):
    pass


@pytest.mark.parametrize("format", FORMATS)
def test_progress_can_stop_the_work(format: Format) -> None:
    opened = 0

    def one() -> io.BytesIO:
        nonlocal opened
        opened += 1
        return part(syllables(0.2))[0]()

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise StopError

    with pytest.raises(StopError):
        audio.join([(one, 0.1)] * 50, io.BytesIO(), format=format, progress=stop)

    assert opened == 50 + 2  # each is looked at once for its rate


def test_every_part_is_closed_again() -> None:
    open_part, _ = part(syllables(0.2))
    opened: list[io.BytesIO] = []

    def remembered() -> io.BytesIO:
        opened.append(open_part())
        return opened[-1]

    joined([(remembered, 0.0)] * 3)

    assert opened
    assert all(file.closed for file in opened)


def test_a_damaged_part_stops_the_joining_instead_of_leaving_words_out() -> None:
    whole = part(syllables(1.0))
    half = whole[0]().getvalue()[:20_000]

    with pytest.raises(audio.NotSoundError, match="stops before its end"):
        joined([whole, (partial(io.BytesIO, half), 0.0), whole])


def test_more_than_a_wav_file_can_count_is_refused_before_it_is_written() -> None:
    with pytest.raises(InvalidRequestError, match="4 GB") as caught:
        audio.join([part(syllables(1.0), 25 * 3600.0)], io.BytesIO(), format="wav")

    assert "mp3" in caught.value.hint


class FullDisk(io.BytesIO):
    def write(self, data: Any) -> int:
        if self.tell() > 20_000:
            raise OSError(28, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_is_said_to_be_one(format: Format) -> None:
    with pytest.raises(OSError, match="No space left"):
        audio.join([part(syllables(2.0))] * 3, FullDisk(), format=format)


def test_memory_does_not_grow_with_the_number_of_parts(tmp_path: Path) -> None:
    def peak_bytes(count: int) -> int:
        parts = [part(syllables(2.0), 0.1)] * count
        with (tmp_path / f"{count}.wav").open("w+b") as target:
            tracemalloc.start()
            audio.join(parts, target, format="wav")
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return peak

    assert peak_bytes(200) < 1.2 * peak_bytes(10)


@pytest.mark.parametrize("format", FORMATS)
def test_encoded_samples_are_a_whole_sound(format: Format) -> None:
    samples = syllables(1.5)

    data = audio.encode(samples, RATE_HZ, format)

    facts = audio.inspect(data)
    assert (facts.format, facts.length_s) == (format, 1.5)
    again = soundfile.read(io.BytesIO(data), dtype="float32")[0]
    error_db = 20 * np.log10(np.std(again - samples) / np.std(samples))
    assert error_db < (-60 if format == "wav" else -6)


def test_too_loud_samples_are_held_at_full_scale() -> None:
    data = audio.encode(np.array([2.0, -2.0] * 500, np.float32), RATE_HZ, "wav")

    again = soundfile.read(io.BytesIO(data), dtype="float32")[0]
    assert again[0] > 0.99
    assert again[1] < -0.99


# ---- Times ----


def test_each_part_waits_for_its_time_and_a_late_one_begins_at_once() -> None:
    second = part(np.full(RATE_HZ, 0.1, np.float32))
    gap = part(np.full(RATE_HZ, 0.1, np.float32), 0.25)

    result, samples, _ = joined([second, gap, second, second], at_s=[0.5, 1.0, None, 9.0])

    assert result.starts_s == (0.5, 1.5, 2.75, 9.0)
    assert not samples[: RATE_HZ // 2].any()
    assert len(samples) == 10 * RATE_HZ
