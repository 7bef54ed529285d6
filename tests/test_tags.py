"""Tags in sound files: other programs read them, and the sound does not change."""

import io
import os
import struct
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import soundfile
import tinytag
import wavinfo

from lib import audio
from lib.audio import Chapter, Tags
from lib.errors import InvalidRequestError
from lib.speech import FORMATS, Format

RATE_HZ = 24_000
TAGS = Tags(
    title="Willkommen – ようこそ & مرحبا",
    voices=["Ashley", "Maitê"],
    made_on=date(2026, 11, 22),
    length_s=3.0,
    chapters=[Chapter(0.0, "Beginning"), Chapter(1.25, "Die Mitte – 中"), Chapter(2.5, "End")],
)


def sound(format: Format, length_s: float = 3.0) -> bytes:
    time_s = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    tone = 0.3 * np.sin(2 * np.pi * 300 * time_s) * np.sin(np.pi * 3 * time_s) ** 2
    return audio.encode(tone.astype(np.float32), RATE_HZ, format)


def tagged(data: bytes, tags: Tags = TAGS) -> bytes:
    target = io.BytesIO()
    audio.tagged(io.BytesIO(data), target, tags)
    return target.getvalue()


def read(data: bytes, suffix: str) -> tinytag.TinyTag:
    return tinytag.TinyTag.get(f"sound.{suffix}", file_obj=io.BytesIO(data))


@pytest.mark.parametrize("format", FORMATS)
def test_players_read_title_voices_date_and_that_the_voice_is_generated(format: Format) -> None:
    found = read(tagged(sound(format)), format)

    assert found.title == TAGS.title
    assert found.artist == "Ashley, Maitê"
    assert found.year == "2026-11-22"
    assert found.comment == "AI-generated voice"


@pytest.mark.parametrize("format", FORMATS)
def test_the_sound_stays_as_it_was_to_the_sample(format: Format) -> None:
    plain = sound(format)
    whole = tagged(plain)

    before, after = (soundfile.read(io.BytesIO(data)) for data in (plain, whole))

    assert np.array_equal(before[0], after[0])
    assert before[1] == after[1]
    assert audio.inspect(whole) == audio.inspect(plain)
    assert (plain if format == "mp3" else plain[-1000:]) in whole


@pytest.mark.parametrize("format", FORMATS)
def test_tags_are_replaced_and_do_not_pile_up(format: Format) -> None:
    plain = sound(format)
    once = tagged(plain, Tags(title="Old", voices=["X"], made_on=date(2020, 1, 1), length_s=3.0))

    assert tagged(once) == tagged(plain)


def frames(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Of an ID3v2.4 tag's body, or of what is embedded in one of its frames."""
    while data:
        size = int("".join(f"{byte:07b}" for byte in data[4:8]), 2)
        yield data[:4].decode(), data[10 : 10 + size]
        data = data[10 + size :]


def id3_chapters(data: bytes) -> tuple[list[list[str]], dict[str, tuple[int, int, str]]]:
    """The tables of contents, and (start in ms, end in ms, title) of each chapter."""
    assert data[:5] == b"ID3\x04\x00"
    size = int("".join(f"{byte:07b}" for byte in data[6:10]), 2)
    contents, chapters = [], {}
    for name, body in frames(data[10 : 10 + size]):
        if name == "CTOC":
            _, _, rest = body.partition(b"\0")
            listed = [each.decode() for each in rest[2:].split(b"\0")[:-1]]
            assert len(listed) == rest[1]
            contents.append(listed)
        elif name == "CHAP":
            own, _, rest = body.partition(b"\0")
            start_ms, end_ms, start_byte, end_byte = struct.unpack(">4I", rest[:16])
            assert start_byte == end_byte == 0xFFFFFFFF
            ((title_name, title),) = frames(rest[16:])
            assert (title_name, title[0]) == ("TIT2", 3)
            chapters[own.decode()] = (start_ms, end_ms, title[1:].decode())
    return contents, chapters


def test_an_mp3_has_its_chapters() -> None:
    contents, chapters = id3_chapters(tagged(sound("mp3")))

    assert contents == [["ch0", "ch1", "ch2"]]
    assert [chapters[name] for name in contents[0]] == [
        (0, 1250, "Beginning"),
        (1250, 2500, "Die Mitte – 中"),
        (2500, 3000, "End"),
    ]


def test_a_wav_has_its_chapters(tmp_path: Path) -> None:
    file = tmp_path / "sound.wav"
    file.write_bytes(tagged(sound("wav")))

    found = wavinfo.WavInfoReader(str(file), info_encoding="utf-8")

    assert found.info.title == TAGS.title
    assert [cue.position for cue in found.cues.cues] == [0, 30_000, 60_000]
    labels = {label.name: label.text for label in found.cues.labels}
    assert [labels[cue.name] for cue in found.cues.cues] == ["Beginning", "Die Mitte – 中", "End"]


def test_more_chapters_than_one_list_can_hold() -> None:
    many = [Chapter(number / 1000, f"Row {number}") for number in range(1000)]

    contents, chapters = id3_chapters(
        tagged(sound("mp3"), Tags(title="", voices=[], made_on=TAGS.made_on, length_s=3.0,
                                  chapters=many))
    )  # fmt: skip

    assert contents[0] == ["toc0", "toc1", "toc2", "toc3"]
    assert [name for listed in contents[1:] for name in listed] == list(chapters)
    assert [title for _, _, title in chapters.values()] == [each.title for each in many]


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_words_stay_words(format: Format) -> None:
    hostile = "a\0b\nTIT2\ud800\r\x07 ID3 \u2028" + "x" * 5000
    tags = Tags(
        title=hostile, voices=[hostile], made_on=TAGS.made_on, length_s=3.0,
        chapters=[Chapter(0.0, hostile), Chapter(1.0, "")],
    )  # fmt: skip

    data = tagged(sound(format), tags)

    assert read(data, format).title == "a b TIT2 ID3 " + "x" * 5000
    assert audio.inspect(data) == audio.inspect(sound(format))


def test_a_stream_s_made_up_length_becomes_the_real_one() -> None:
    plain = sound("wav")
    at = plain.index(b"data") + 4
    streamed = plain[:at] + struct.pack("<I", 0xFFFFFFFF) + plain[at + 4 :]

    whole = tagged(streamed)

    assert audio.inspect(whole) == audio.inspect(plain)
    assert struct.unpack("<I", whole[4:8])[0] == len(whole) - 8
    assert read(whole, "wav").title == TAGS.title


def test_an_odd_number_of_bytes_is_padded() -> None:
    file = io.BytesIO()
    tone = np.sin(np.arange(RATE_HZ + 1) / 9)
    soundfile.write(file, tone, RATE_HZ, format="WAV", subtype="PCM_U8")

    whole = tagged(file.getvalue())

    assert audio.inspect(whole).length_s == (RATE_HZ + 1) / RATE_HZ
    assert read(whole, "wav").title == TAGS.title


def test_a_wav_that_is_cut_off_is_refused() -> None:
    with pytest.raises(audio.NotSoundError, match="stops before its end"):
        tagged(sound("wav")[:-100])


def test_a_wav_that_would_grow_over_4_gb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "long.wav"
    with file.open("wb") as long:
        long.write(sound("wav", 0.1)[:40] + bytes(4))  # a length of 0: as much as there is
        long.truncate(2**32 - 300)

    with (
        file.open("rb") as long,
        open(os.devnull, "wb") as target,
        pytest.raises(InvalidRequestError, match="4 GB"),
    ):
        audio.tagged(long, target, TAGS)


def test_a_kind_that_has_no_such_tags_is_copied_as_it_is() -> None:
    file = io.BytesIO()
    soundfile.write(file, np.sin(np.arange(9000) / 9), RATE_HZ, format="FLAC")

    assert tagged(file.getvalue()) == file.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_memory_stays_flat_however_long_the_sound_is(format: Format, tmp_path: Path) -> None:
    plain = sound(format, 10.0)
    file = tmp_path / "long"
    with file.open("wb") as long:
        long.write(plain)
        if format == "mp3":
            for _ in range(100_000_000 // len(plain)):
                long.write(plain)
        else:
            long.truncate(100_000_000)
            long.seek(40)
            long.write(struct.pack("<I", 100_000_000 - 44))

    tracemalloc.start()
    with file.open("rb") as source, (tmp_path / "tagged").open("wb") as target:
        audio.tagged(source, target, TAGS)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (tmp_path / "tagged").stat().st_size > 100_000_000
    assert peak_bytes < 5_000_000
