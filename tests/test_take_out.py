"""Files to take out: joined, with tags and captions, and available for a day."""

import io
import os
import time
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import soundfile
import tinytag

from lib import audio, studio, take_out
from lib.errors import StorageError
from lib.export import ZipEntry
from lib.library import Library
from lib.library.clip import Clip, Intent, Part
from lib.orders.parts import Limits, Request, parts_of
from lib.script import Line
from lib.settings import Settings
from lib.speech import Audio, Format, OnPaid, Utterance
from lib.take_out import PreparedFiles, TakeOut, Track
from tests.test_tags import id3_chapters

RATE_HZ = 24_000
LEAD_S = {"Ashley": 0.25, "Timothy": 0.0}  # silence in front of what each of them says


class Tones:
    """An engine that hums for 50 ms for each letter, after some silence."""

    free = True

    def synthesize(
        self, utterance: Utterance, *, client_id: str | None = None, on_paid: OnPaid | None = None
    ) -> Audio:
        time_s = np.arange(round(0.05 * len(utterance.text) * RATE_HZ)) / RATE_HZ
        swell = np.minimum(1, np.minimum(time_s, time_s[-1] - time_s) / 0.01)
        hum = 0.3 * swell * np.sin(2 * np.pi * 200 * time_s)
        lead = np.zeros(round(LEAD_S[utterance.voice] * RATE_HZ))
        samples = np.concatenate((lead, hum, np.zeros(2400))).astype(np.float32)
        return Audio(data=audio.encode(samples, RATE_HZ, utterance.format), media_type="")

    def fetch(self, address: str) -> Audio:
        raise NotImplementedError  # what it says is never fetched from an address

    def stop(self) -> None:
        pass


@pytest.fixture
def prepared(settings: Settings) -> PreparedFiles:
    return PreparedFiles(settings)


@pytest.fixture
def out(library: Library, prepared: PreparedFiles) -> TakeOut:
    return TakeOut(library, prepared, voice_label=lambda voice: f"{voice} (en)")


def made(
    library: Library,
    script: str,
    *,
    lines: Sequence[Line] = (),
    voice: str = "Ashley",
    format: Format = "wav",
    pieces: Sequence[Part] = (),
) -> Clip:
    """A finished clip, by the usual path."""
    request = Request(
        script=script, model="inworld/tts-1-max", voice=voice, format=format,
        lines=tuple(lines), each_sentence=True,
    )  # fmt: skip
    cleaned, parts = parts_of(request, Limits.of(Settings()))
    clip = library.clips.begin(
        Intent(pieces=pieces or parts, script=cleaned.text, title="T", owner="local", browser="b")
    )
    for part in pieces or parts:
        studio.record(part.utterance, engine=Tones(), library=library, owner="local")
    studio.assemble(clip, library=library)
    ready = library.clips.get(clip.id)
    assert ready
    assert ready.state == "ready"
    return ready


def sounds_s(data: bytes) -> list[float]:
    """The start of each hum in a decoded file, in seconds."""
    samples, rate_hz = soundfile.read(io.BytesIO(data), dtype="float32")
    loud_s = np.flatnonzero(np.abs(samples) > 0.01) / rate_hz
    return [loud_s[0], *loud_s[1:][np.diff(loud_s) > 0.08]]


DIALOGUE = [
    Line(text="Hello there. How are you today?", speaker="Anna", voice="Ashley"),
    Line(text="Very well.", speaker="Ben", voice="Timothy", pause_after_s=1.5),
    Line(text="Hello there.", speaker="Chris", voice="Timothy"),
]


def test_captions_of_a_dialogue_say_who_speaks_and_start_with_the_sound(
    library: Library, out: TakeOut
) -> None:
    clip = made(library, "as typed", lines=DIALOGUE)

    cues = out.captions(Track(clip=clip, title="T", lines=DIALOGUE))

    assert [(cue.speaker, cue.text) for cue in cues] == [
        ("Anna", "Hello there."),
        ("Anna", "How are you today?"),
        ("Ben", "Very well."),
        ("Chris", "Hello there."),
    ]
    sound = library.files.read(clip.file or "")
    assert [cue.start_s for cue in cues] == pytest.approx(sounds_s(sound), abs=0.02)


def test_the_same_words_of_two_people_are_told_apart(library: Library, out: TakeOut) -> None:
    lines = [
        Line(text="[happy] Yes. No.", speaker="Anna", voice="Ashley"),
        Line(text="Yes.", speaker="Ben", voice="Ashley"),
        Line(text="[happy] No.", speaker="Chris", voice="Ashley"),
    ]
    clip = made(library, "as typed", lines=lines)

    cues = out.captions(Track(clip=clip, title="T", lines=lines))

    assert [(cue.speaker, cue.text) for cue in cues] == [
        ("Anna", "Yes."), ("Anna", "No."), ("Ben", "Yes."), ("Chris", "No."),
    ]  # fmt: skip


def test_captions_show_what_was_typed_once_whatever_was_sent(
    library: Library, out: TakeOut
) -> None:
    said = [
        Utterance(model="m", voice="Timothy", text=text, format="wav")
        for text in ("A very long way to say it,", "in two pieces.", "Then more.")
    ]
    pieces = [
        Part(utterance=said[0], shown="IT.", gap_after_s=0.1),
        Part(utterance=said[1], shown="", gap_after_s=0.5),
        Part(utterance=said[2]),
    ]
    clip = made(library, "x", pieces=pieces)

    first, second = out.captions(Track(clip=clip, title="T"))

    assert (first.text, second.text) == ("IT.", "Then more.")
    assert first.end_s == pytest.approx(0.05 * 26 + 0.1 + 0.1 + 0.05 * 14, abs=0.02)


def test_captions_of_a_clip_of_one_recording_wait_for_its_sound(
    library: Library, out: TakeOut
) -> None:
    clip = made(library, "Good morning.", format="mp3")

    (cue,) = out.captions(Track(clip=clip, title="T"))

    assert cue.start_s == pytest.approx(LEAD_S["Ashley"], abs=0.02)
    assert cue.end_s <= (clip.length_s or 0)


def tags_of(data: bytes, suffix: str) -> tinytag.TinyTag:
    return tinytag.TinyTag.get(f"x.{suffix}", file_obj=io.BytesIO(data))


def test_a_clip_taken_out_says_what_it_is_and_sounds_as_before(
    library: Library, out: TakeOut
) -> None:
    clip = made(library, "Good morning.", format="mp3")

    with out.sound(Track(clip=clip, title="Welcome!")) as file:
        data = file.read()

    found = tags_of(data, "mp3")
    assert (found.title, found.artist) == ("Welcome!", "Ashley (en)")
    assert (found.year, found.comment) == (time.strftime("%Y-%m-%d"), "AI-generated voice")
    assert data.endswith(library.files.read(clip.file or ""))
    assert id3_chapters(data) == ([], {})


@pytest.mark.parametrize("format", ["mp3", "wav"])
def test_all_clips_become_one_file_with_chapters_and_captions(
    format: Format, library: Library, prepared: PreparedFiles, out: TakeOut
) -> None:
    items = [
        Track(clip=made(library, "Good morning."), title="First", pause_after_s=0.75),
        Track(
            clip=made(library, "One. Two.", voice="Timothy", format="mp3"),
            title="Second",
            pause_after_s=0.5,
        ),
        Track(clip=made(library, "as typed", lines=DIALOGUE), title="Third", lines=DIALOGUE),
    ]

    joined = out.joined(items, title="All of it", format=format)

    data = prepared.read(joined.name)
    assert audio.inspect(data).length_s == joined.length_s
    lengths_s = [item.clip.length_s or 0 for item in items]
    assert joined.length_s == pytest.approx(sum(lengths_s) + 1.25, abs=0.001)
    assert [cue.text for cue in joined.cues][:3] == ["Good morning.", "One.", "Two."]
    assert [cue.start_s for cue in joined.cues] == pytest.approx(sounds_s(data), abs=0.02)
    found = tags_of(data, format)
    assert (found.title, found.artist) == ("All of it", "Ashley (en), Timothy (en)")
    if format == "mp3":
        _, chapters = id3_chapters(data)
        starts_ms = [0, lengths_s[0] * 1000 + 750, sum(lengths_s[:2]) * 1000 + 1250]
        assert [title for _, _, title in chapters.values()] == ["First", "Second", "Third"]
        assert [start for start, _, _ in chapters.values()] == pytest.approx(starts_ms, abs=1)


def test_headings_inside_one_clip_are_its_chapters(
    library: Library, prepared: PreparedFiles, out: TakeOut
) -> None:
    lines = [
        Line(text="Opening\n\nWelcome to all.", title="Opening", voice="Ashley", pause_after_s=1.0),
        Line(text="Closing\n\nGood bye.", title="Closing", voice="Ashley"),
    ]
    clip = made(library, "as typed", lines=lines, format="mp3")

    joined = out.joined([Track(clip=clip, title="T", lines=lines)], title="T", format="mp3")

    _, chapters = id3_chapters(prepared.read(joined.name))
    assert [title for _, _, title in chapters.values()] == ["Opening", "Closing"]
    assert [cue.text for cue in joined.cues] == [
        "Opening", "Welcome to all.", "Closing", "Good bye.",
    ]  # fmt: skip


def test_joining_tells_how_far_it_is_and_can_be_stopped(
    library: Library, prepared: PreparedFiles, out: TakeOut
) -> None:
    items = [Track(clip=made(library, "One. Two. Three."), title="T")]

    def stop(done: int, total: int) -> None:
        assert total == 3
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        out.joined(items, title="T", format="mp3", progress=stop)
    assert not [each for each in Path(prepared.place).rglob("*") if each.is_file()]


def test_a_zip_is_prepared_with_tagged_clips_and_captions(
    library: Library, prepared: PreparedFiles, out: TakeOut
) -> None:
    item = Track(clip=made(library, "Good morning.", format="mp3"), title="Welcome")
    entry = ZipEntry(
        title=item.title, script="Good morning.", voice="Ashley", model="M", format="mp3", take=1,
        length_s=1.0, usd=Decimal(0), made_at_s=time.time(), suffix="mp3",
        open=lambda: out.sound(item),
        beside=lambda: take_out.caption_files(out.captions(item)),
    )  # fmt: skip

    name = out.zip([entry], count=1, files=[("script.csv", b"Text")])

    with zipfile.ZipFile(io.BytesIO(prepared.read(name))) as archive:
        assert archive.testzip() is None
        sound, srt, vtt, *_ = archive.namelist()
        assert (sound, srt, vtt) == (
            "01-welcome_Ashley.mp3", "01-welcome_Ashley.srt", "01-welcome_Ashley.vtt",
        )  # fmt: skip
        assert tags_of(archive.read(sound), "mp3").title == "Welcome"
        assert "Good morning." in archive.read(vtt).decode()


def test_what_was_taken_out_goes_after_a_day(
    library: Library, prepared: PreparedFiles, out: TakeOut
) -> None:
    old, new = out.zip([], count=0), out.zip([], count=0)
    path = prepared.local(old)
    assert path
    yesterday_s = time.time() - take_out.DAY_S - 60
    os.utime(path, (yesterday_s, yesterday_s))

    newest = out.zip([], count=0)

    assert [prepared.exists(name) for name in (old, new, newest)] == [False, True, True]


def test_nothing_is_begun_that_the_disk_has_no_room_for(
    library: Library, prepared: PreparedFiles, out: TakeOut
) -> None:
    with pytest.raises(StorageError, match="disk is almost full"):
        out.zip([], count=0, expected_bytes=10**18)
    assert not [each for each in Path(prepared.place).rglob("*") if each.is_file()]


def test_a_recording_that_is_gone_or_damaged_is_a_sentence(library: Library, out: TakeOut) -> None:
    clip = made(library, "One. Two.")
    (first, *_) = library.recordings.many(
        [part.utterance.key for part in library.clips.parts(clip)]
    ).values()
    item = Track(clip=clip, title="T")

    library.files.put(first.file, b"no sound")
    with pytest.raises(StorageError, match="damaged"):
        out.joined([item], title="T", format="wav")
    with pytest.raises(StorageError, match="damaged"):
        out.captions(item)
    library.files.delete(first.file)
    with pytest.raises(StorageError, match="no longer there"):
        out.captions(item)
    library.recordings.drop(first.key)
    with pytest.raises(StorageError, match="gone"):
        out.joined([item], title="T", format="wav")
