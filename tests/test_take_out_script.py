"""The files of a script, of a list of clips and of a take-away, made without a page."""

import csv
import io
import zipfile
from dataclasses import replace

import docx
import pytest

from lib import audio, catalogue
from lib.errors import StoppedError
from lib.library import Library
from lib.library.auditions import Candidate
from lib.library.clip import Clip
from lib.library.listing import Wanted
from lib.library.scripts import Kind, Made, Row, Script
from lib.orders.parts import Request
from lib.scripting.cast import Cast
from lib.scripting.state import ScriptState, Status, UnitState
from lib.scripting.units import Unit
from lib.take_away.sounds import shuffled, sounds_of
from lib.take_out import PreparedFiles, clips
from lib.take_out.script import ScriptFiles, heard_in
from tests.test_tags import id3_chapters
from tests.test_take_out import DIALOGUE, made, prepared, sounds_s

__all__ = ["prepared"]

CATALOGUE = catalogue.load()
MODEL = "inworld/tts-1-max"
CAST = Cast(model=MODEL, voice="Ashley", format="mp3", names={}, speakers={})
REQUEST = Request(script="", model=MODEL, voice="Ashley", format="mp3")


def ignored(done: int, total: int) -> None:
    pass


def a_state(
    *clips: Clip | None, kind: Kind = "table", text: str = "", rows: tuple[Row, ...] = ()
) -> ScriptState:
    """The state of a script with a unit for each clip; None for a unit without one."""
    script = Script(
        id=1, owner="local", browser="b", title="Phone prompts", kind=kind, text=text, form={},
        made_at_s=0.0, changed_at_s=0.0,
    )  # fmt: skip
    units = [_unit(number, clip) for number, clip in enumerate(clips, start=1)]
    return ScriptState(
        script=script,
        work="done",
        rows=rows,
        cast=CAST,
        units=units,
        wanted=[],
        usd_per_million=None,
    )


def _unit(number: int, clip: Clip | None) -> UnitState:
    state: Status = "recorded" if clip else "new"
    found = Made(id=clip.id, fingerprint="", unit="", state="ready") if clip else None
    unit = Unit(id=f"row-{number}", title=f"Prompt {number}", text="", request=REQUEST)
    return UnitState(unit=unit, plan=None, clip=found, state=state, problem="")


def files(state: ScriptState, library: Library, prepared: PreparedFiles) -> ScriptFiles:
    return ScriptFiles(state=state, library=library, catalogue=CATALOGUE, prepared=prepared)


ROWS = (
    Row(id=1, position=0, title="welcome", text="Good morning.", voice="Ashley"),
    Row(id=2, position=1, text="Please hold.", pause_after_s=1.5),
)


def test_the_zip_of_a_script_has_what_is_recorded_by_number_and_its_words(
    library: Library, prepared: PreparedFiles
) -> None:
    first, last = (made(library, text, format="mp3") for text in ("Good morning.", "Bye."))
    seen: list[tuple[int, int]] = []
    taken = files(a_state(first, None, last, rows=ROWS), library, prepared).zip(
        lambda done, total: seen.append((done, total)), with_captions=True
    )
    assert seen == [(0, 2), (1, 2)]
    data = prepared.read(taken.name)
    assert (taken.suffix, taken.size_bytes) == ("zip", len(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == [
            "01-prompt-1_Ashley.mp3", "01-prompt-1_Ashley.srt", "01-prompt-1_Ashley.vtt",
            "02-prompt-3_Ashley.mp3", "02-prompt-3_Ashley.srt", "02-prompt-3_Ashley.vtt",
            "script.csv", "manifest.csv",
        ]  # fmt: skip
        assert "Please hold." in archive.read("script.csv").decode("utf-8-sig")


def test_without_captions_there_are_none_and_a_text_comes_as_a_document(
    library: Library, prepared: PreparedFiles
) -> None:
    state = a_state(made(library, "Good morning."), kind="document", text="Good morning.")
    taken = files(state, library, prepared).zip(ignored, with_captions=False)
    with zipfile.ZipFile(io.BytesIO(prepared.read(taken.name))) as archive:
        assert archive.namelist() == ["01-prompt-1_Ashley.wav", "script.docx", "manifest.csv"]


def test_one_sound_of_all_has_the_usual_silence_between_and_captions_beside_it(
    library: Library, prepared: PreparedFiles
) -> None:
    said = [made(library, "Good morning."), made(library, "Bye.", voice="Timothy")]
    sound, *captions = files(a_state(*said), library, prepared).joined(ignored, format="mp3")
    data = prepared.read(sound.name)
    assert sound.length_s == pytest.approx(sum(each.length_s or 0 for each in said) + 0.4, abs=0.1)
    assert len(sounds_s(data)) == 2
    assert [title for _, _, title in id3_chapters(data)[1].values()] == ["Prompt 1", "Prompt 2"]
    assert list(sound.voices) == [CATALOGUE.voice_label(name) for name in ("Ashley", "Timothy")]
    assert [each.suffix for each in captions] == ["srt", "vtt"]
    assert all(each.name.partition(".")[0] == sound.name.partition(".")[0] for each in captions)
    assert b"Good morning." in prepared.read(captions[0].name)


def test_who_speaks_is_taken_from_the_lines_of_the_unit(
    library: Library, prepared: PreparedFiles
) -> None:
    clip = made(library, "as typed", lines=DIALOGUE)
    state = a_state(clip, kind="dialogue", text="Anna: Hello there.")
    request = replace(REQUEST, lines=tuple(DIALOGUE))
    unit = replace(state.units[0].unit, request=request)
    state = replace(state, units=[replace(state.units[0], unit=unit)])
    _, _, vtt = files(state, library, prepared).joined(ignored, format="wav")
    assert "<v Anna>Hello there." in prepared.read(vtt.name).decode()


def test_what_its_progress_raises_stops_it(library: Library, prepared: PreparedFiles) -> None:
    def stop(done: int, total: int) -> None:
        raise StoppedError("Nobody waits.")

    state = a_state(made(library, "Good morning."))
    with pytest.raises(StoppedError):
        files(state, library, prepared).zip(stop, with_captions=True)
    with pytest.raises(StoppedError):
        files(state, library, prepared).joined(stop, format="mp3")


def test_a_clip_that_was_deleted_meanwhile_is_left_out(
    library: Library, prepared: PreparedFiles
) -> None:
    gone, there = made(library, "Good morning."), made(library, "Bye.")
    library.clips.delete([gone.id])
    taken = files(a_state(gone, there), library, prepared).zip(ignored, with_captions=False)
    with zipfile.ZipFile(io.BytesIO(prepared.read(taken.name))) as archive:
        assert archive.namelist()[0] == "01-prompt-2_Ashley.wav"


def test_the_words_of_each_kind_as_a_table_and_as_a_document(
    library: Library, prepared: PreparedFiles
) -> None:
    table = files(a_state(rows=ROWS), library, prepared)
    rows = list(csv.DictReader(io.StringIO(table.csv().decode("utf-8-sig"))))
    assert [row["Text"] for row in rows] == ["Good morning.", "Please hold."]
    paragraphs = [each.text for each in docx.Document(io.BytesIO(table.docx())).paragraphs]
    assert "welcome" in paragraphs
    assert "Please hold." in paragraphs
    for kind, text in (("dialogue", "Anna: Hello.\nBen: Bye."), ("document", "# One\nHello.")):
        words = files(a_state(kind=kind, text=text), library, prepared).csv()  # type: ignore[arg-type]
        assert b"Hello." in words


def test_what_is_heard_changes_with_the_sound_the_title_and_the_silence(library: Library) -> None:
    state = a_state(made(library, "Good morning."), None)
    (unit, other) = state.units
    heard = heard_in(state)
    assert len(heard) == 1
    assert heard_in(replace(state, units=[unit])) == heard
    for change in ({"title": "Else"}, {"pause_after_s": 2.0}):
        changed = replace(unit, unit=replace(unit.unit, **change))  # type: ignore[arg-type]
        assert heard_in(replace(state, units=[changed, other])) != heard


# ---- Clips ----


def test_a_list_of_clips_is_written_to_its_last_page(library: Library) -> None:
    for text in ("One.", "Two.", "Three."):
        made(library, text)
    data = clips.csv_of(Wanted(owner="local", rows=2), library=library, catalogue=CATALOGUE)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["Text"] for row in rows] == ["Three.", "Two.", "One."]
    assert {row["Voice"] for row in rows} == {CATALOGUE.voice_label("Ashley")}


def test_several_clips_in_one_zip_are_their_own_files(library: Library) -> None:
    both = [made(library, text, format="mp3") for text in ("One.", "Two.")]
    data = clips.zip_of(both, library=library, catalogue=CATALOGUE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        *names, manifest = archive.namelist()
        assert manifest == "manifest.csv"
        assert [archive.read(name) for name in names] == [
            library.files.read(clip.file or "") for clip in both
        ]


# ---- The voices of a take-away file ----


def test_a_blind_file_has_an_order_of_its_own_that_stays(library: Library) -> None:
    voices = [Candidate(clip=made(library, f"{n}."), stars=None, remark="") for n in range(6)]
    order = shuffled(1, voices, secret=b"s")
    assert shuffled(1, voices[::-1], secret=b"s") == order
    assert sorted(each.clip.id for each in order) == [each.clip.id for each in voices]
    others = [shuffled(1, voices, secret=b"t"), shuffled(2, voices, secret=b"s")]
    assert all(other != order for other in others)


@pytest.mark.parametrize("blind", [False, True])
@pytest.mark.parametrize("light", [False, True])
def test_a_sound_goes_in_as_it_is_or_nameless_or_small(
    library: Library, blind: bool, light: bool
) -> None:
    clip = made(library, "Good morning to you all.")
    voice = Candidate(clip=clip, stars=None, remark="")
    (sound,) = sounds_of([voice], library, blind=blind, light=light)
    own = library.files.read(clip.file or "")
    assert (sound.data == own) == (not blind and not light)
    assert sound.candidate is voice
    assert sound.media_type == audio.inspect(sound.data).media_type
    assert (sound.media_type == "audio/mpeg") == (blind or light)
