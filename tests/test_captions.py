"""Captions: easy to read, in time with the sound, and any text stays text."""

import html
import io
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import pysubs2
import pytest
import regex  # type: ignore[import-untyped]
import soundfile
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import audio, captions
from lib.captions import Cue, Said
from lib.script.measuring import without_markup
from lib.speech import FORMATS, Format

LONG = (
    "Hello. Thank you for calling the Northern Lights travel agency, where every journey begins "
    "with a conversation and ends with a story worth telling; press one for bookings, two for "
    "changes, or stay on the line. Dr. Smith will be with you at 9.30 a.m. on the 5th."
)
CHINESE = (
    "欢迎致电北极光旅行社。每一次旅行都从一次谈话开始，最后变成值得讲给朋友听的故事；"
    "预订请按一，更改请按二，或者请稍候，我们的同事马上就来。"
)
HOSTILE = [
    "a --> b",
    "00:00:01.000 --> 00:00:02.000",
    "1\n00:00:01,000 --> 00:00:02,000\nstolen",
    "NOTE nothing",
    "WEBVTT",
    "fish & chips &amp; &lt;",
    "one\n\n\ntwo",
    "one\u2028two\x85three\x0bfour",
    "nul\x00 \ud800 bell\x07",
]


def said(text: str, start_s: float = 0.0, chars_per_second: float = 15.0) -> Said:
    wide = sum(2 if ord(char) > 0x2E80 else 1 for char in text)
    return Said(text=text, start_s=start_s, end_s=start_s + wide / chars_per_second)


def cues(*parts: Said) -> list[Cue]:
    return captions.cues(parts, max(part.end_s for part in parts))


def words(text: str) -> str:
    return "".join(regex.sub(r"[\p{Cc}\p{Cs}]", " ", without_markup(text)).split())


def columns(line: str) -> int:
    return sum(2 if ord(char) > 0x2E80 else 1 for char in line)


@pytest.mark.parametrize("text", [LONG, CHINESE, "x" * 300, LONG * 12])
def test_a_long_part_becomes_cues_that_can_be_read(text: str) -> None:
    found = cues(said(text))

    assert words("".join(cue.text for cue in found)) == words(text)
    for cue in found:
        lines = cue.text.split("\n")
        assert len(lines) <= 2
        assert max(map(columns, lines)) <= 42
        assert 0.99 <= cue.end_s - cue.start_s <= 7.0


def test_cues_break_between_sentences_then_clauses_then_words() -> None:
    assert [cue.text.replace("\n", " ") for cue in cues(said(LONG))] == [
        "Hello. Thank you for calling the Northern Lights travel agency,",
        "where every journey begins with a conversation",
        "and ends with a story worth telling;",
        "press one for bookings, two for changes, or stay on the line.",
        "Dr. Smith will be with you at 9.30 a.m. on the 5th.",
    ]


@pytest.mark.parametrize("text", [CHINESE, "「字」" * 40, "说：（好）" * 30])
def test_chinese_counts_double_and_marks_stay_with_their_words(text: str) -> None:
    lines = [line for cue in cues(said(text)) for line in cue.text.split("\n")]

    assert words("".join(lines)) == text
    assert max(map(columns, lines)) <= 42
    assert not any(line[0] in "。，；、」）" or line[-1] in "「（" for line in lines)


def test_time_within_a_part_is_shared_out_by_characters() -> None:
    first, second = cues(said("A" * 40 + ". " + "B" * 82 + ".", start_s=10.0))

    assert first.start_s == 10.0
    assert second.start_s == pytest.approx(10 + 42 / 15, abs=0.001)
    assert second.end_s == pytest.approx(10 + 125 / 15, abs=0.001)


def test_slow_words_do_not_stay_for_more_than_seven_seconds() -> None:
    slow = Said(text="Take a deep breath, and let it go.", start_s=0.0, end_s=20.0)
    (single,) = captions.cues([Said(text="Ommmm", start_s=1.0, end_s=21.0)], 21.0)

    found = captions.cues([slow], 20.0)

    assert " ".join(cue.text for cue in found) == slow.text
    assert max(cue.end_s - cue.start_s for cue in found) <= 7.0
    assert (single.start_s, single.end_s) == (1.0, 8.0)


def test_a_short_word_stays_for_a_second_unless_the_next_one_comes() -> None:
    parts = [
        Said(text="Yes.", start_s=0.2, end_s=0.5),
        Said(text="No.", start_s=0.9, end_s=1.2),
        Said(text="Perhaps.", start_s=3.0, end_s=3.4),
    ]

    found = captions.cues(parts, 3.7)

    assert [(cue.start_s, cue.end_s) for cue in found] == [(0.2, 0.9), (0.9, 1.9), (3.0, 3.7)]


def test_captions_show_no_marks_that_are_not_read_aloud() -> None:
    text = '[happy] Hello <break time="1s"/> there. [pause 0.5 s] [laugh] Good.'

    assert [cue.text for cue in cues(said(text))] == ["Hello there. Good."]
    assert cues(said("[pause 2 s]")) == []


PARTS = st.lists(
    st.tuples(
        st.one_of(st.text(max_size=120), st.sampled_from([LONG, CHINESE, *HOSTILE])),
        st.floats(0, 30),
        st.floats(0, 30),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=60)
@given(PARTS, st.floats(0, 200))
def test_cues_never_overlap_and_end_with_the_sound(
    parts: list[tuple[str, float, float]], total_s: float
) -> None:
    spoken, at_s = [], 0.0
    for text, length_s, gap_s in parts:
        spoken.append(Said(text=text, start_s=at_s, end_s=at_s + length_s, speaker=text[:9]))
        at_s += length_s + gap_s

    found = captions.cues(spoken, total_s)

    assert all(one.end_s <= other.start_s for one, other in pairwise(found))
    assert all(0 <= cue.start_s < cue.end_s <= total_s for cue in found)
    assert all(cue.end_s - cue.start_s <= 7.001 for cue in found)
    assert len(read_vtt(found)) == len(found)


def read_vtt(found: Sequence[Cue]) -> list[webvtt.Caption]:
    file = io.BytesIO(captions.vtt(found).encode())
    return list(webvtt.WebVTT.from_buffer(io.TextIOWrapper(file, encoding="utf-8")).captions)


@pytest.mark.parametrize("text", [*HOSTILE, "<b>bold</b>", "</v><v Boss>", "<00:00:01.000>"])
def test_hostile_text_stays_text_in_webvtt(text: str) -> None:
    found = cues(said("Before."), said(text, 4.0), said("After.", 8.0))

    read = read_vtt(found)

    shown = html.unescape(read[1].raw_text)
    assert [read[0].text, read[2].text] == ["Before.", "After."]
    assert len(read) == 3
    assert words(shown) == words(text)


@pytest.mark.parametrize("text", [*HOSTILE, "<b>bold</b>", "{\\an8}up", "<3 and {x}"])
def test_hostile_text_stays_text_in_srt(text: str) -> None:
    found = cues(said("Before."), said(text, 4.0), said("After.", 8.0))

    file = captions.srt(found)

    read = list(pysubs2.SSAFile.from_string(file, format_="srt"))
    assert [event.text for event in read[::2]] == ["Before.", "After."]
    shown = read[1].text.replace("\\N", "\n").replace("\u2060", "")
    assert words(shown) == words(text).replace("-->", "→")
    assert [(event.start, event.end) for event in read] == [
        (round(cue.start_s * 1000), round(cue.end_s * 1000)) for cue in found
    ]
    assert len(webvtt.from_buffer(io.StringIO(file), format="srt").captions) == 3


def test_webvtt_says_who_speaks_whatever_they_are_called() -> None:
    parts = [
        Said(text="Hello.", start_s=0, end_s=1, speaker="Ashley"),
        Said(text="Hi.", start_s=2, end_s=3, speaker="Rock & <Roll>\n\nJr."),
        Said(text="Bye.", start_s=4, end_s=5),
    ]

    file = captions.vtt(captions.cues(parts, 5.0))

    assert "<v Ashley>Hello." in file
    assert "<v Rock &amp; &lt;Roll&gt; Jr.>Hi." in file
    assert [each.voice for each in read_vtt(captions.cues(parts[:1], 5.0))] == ["Ashley"]
    assert "\nBye." in file


def test_times_go_over_an_hour() -> None:
    found = captions.cues([Said(text="Late.", start_s=36_061.5, end_s=36_063.25)], 40_000)

    assert "10:01:01.500 --> 10:01:03.250" in captions.vtt(found)
    assert "10:01:01,500 --> 10:01:03,250" in captions.srt(found)


def test_no_captions_are_still_a_file() -> None:
    assert captions.vtt([]) == "WEBVTT\n"
    assert captions.srt([]) == ""


def sound(silence_s: float, length_s: float, rate_hz: int, format: Format) -> bytes:
    """Hiss 60 dB down, then a voice-like tone that swells in 10 ms, then hiss."""
    time_s = np.arange(round(length_s * rate_hz)) / rate_hz
    swell = np.minimum(1, np.minimum(time_s, length_s - time_s) / 0.01)
    voice = (
        0.3 * swell * (np.sin(2 * np.pi * 180 * time_s) + 0.4 * np.sin(2 * np.pi * 900 * time_s))
    )
    before = np.zeros(round(silence_s * rate_hz))
    whole = np.concatenate((before, voice, np.zeros(round(0.3 * rate_hz))))
    hiss = 0.0005 * np.random.default_rng(1).standard_normal(len(whole))
    return audio.encode((whole + hiss).astype(np.float32), rate_hz, format)


@pytest.mark.parametrize("silence_s", [0.0, 0.05, 0.7])
@pytest.mark.parametrize("format", FORMATS)
def test_a_sound_is_heard_after_its_silence(silence_s: float, format: Format) -> None:
    start_s, end_s = audio.heard(sound(silence_s, 0.8, 24_000, format))

    assert start_s == pytest.approx(silence_s, abs=0.01)
    assert end_s == pytest.approx(silence_s + 0.8, abs=0.03)


def test_a_sound_of_nothing_is_heard_from_end_to_end() -> None:
    assert audio.heard(audio.encode(np.zeros(24_000, np.float32), 24_000, "wav")) == (0.0, 1.0)


@pytest.mark.parametrize("format", FORMATS)
def test_cues_start_within_20_ms_of_where_the_decoded_file_sounds(format: Format) -> None:
    """Recordings of several kinds and rates, with silence in front and gaps between."""
    made: list[tuple[float, int, Format, float]] = [
        (0.4, 24_000, "mp3", 0.4),
        (0.0, 24_000, "wav", 0.0),
        (0.25, 44_100, "mp3", 0.15),
        (0.61, 22_050, "wav", 1.0),
        (0.1, 48_000, "mp3", 0.3),
    ]
    files = [sound(silence_s, 0.9, rate_hz, kind) for silence_s, rate_hz, kind, _ in made]
    target = io.BytesIO()
    joined = audio.join(
        [(partial(io.BytesIO, file), each[-1]) for file, each in zip(files, made, strict=True)],
        target,
        format=format,
    )
    parts = []
    for number, (file, part_s) in enumerate(zip(files, joined.starts_s, strict=True)):
        begin_s, end_s = audio.heard(file)
        text = f"Part {number}."
        parts.append(Said(text=text, start_s=part_s + begin_s, end_s=part_s + end_s))

    found = captions.cues(parts, joined.facts.length_s)

    target.seek(0)
    samples, rate_hz = soundfile.read(target, dtype="float32")
    loud_s = np.flatnonzero(np.abs(samples) > 0.02) / rate_hz
    starts_s = [loud_s[0], *loud_s[1:][np.diff(loud_s) > 0.2]]
    assert [cue.start_s for cue in found] == pytest.approx(starts_s, abs=0.02)
    assert len(samples) / rate_hz == joined.facts.length_s
