"""What is taken out as a table and brought in again is equal, cell for cell."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import export, intake
from lib.errors import InvalidRequestError
from lib.export import csv_bytes, scripts
from lib.lexicon import Entry, files
from lib.lexicon.entry import checked
from lib.script import Line
from lib.take_out.clips import HEADER as CLIPS_HEADER

LAST = Entry("zz", "zed zed")
TYPED = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
    | st.sampled_from("=+-@'\";, #|"),
    max_size=20,
)


def brought(data: bytes) -> intake.Sheet:
    sheet = intake.read("ours.csv", data)
    assert isinstance(sheet, intake.Sheet)
    return sheet


@settings(deadline=None)
@given(st.lists(st.builds(Line, text=TYPED, title=TYPED, voice=TYPED, speaker=TYPED), max_size=6))
@example([Line(text="'=1+1", title="'-5"), Line(text="'+44 1234", title="''@x")])
@example([Line(text='a, "b', title=" x"), Line(text="# c", title="Title, Text")])
def test_a_script_taken_out_is_read_in_as_it_was(said: list[Line]) -> None:
    stripped = [
        Line(
            text=line.text.strip(),
            title=line.title.strip(),
            voice=line.voice.strip(),
            speaker=line.speaker.strip(),
        )
        for line in said
    ]
    expected = [line for line in stripped if line.text]
    sheet = brought(scripts.script_csv([*said, Line(text="The end.", title="x")]))
    mapping = intake.Mapping(**{name.lower(): name for name in sheet.header if name != "Pause (s)"})
    made = intake.lines(sheet, mapping).lines
    assert list(made) == [*expected, Line(text="The end.", title="x")]


@settings(deadline=None)
@given(st.lists(st.tuples(TYPED, TYPED), max_size=6))
@pytest.mark.parametrize("header", [CLIPS_HEADER, export.MANIFEST_HEADER])
def test_a_list_of_clips_is_read_in_as_it_was(
    header: tuple[str, ...], clips: list[tuple[str, str]]
) -> None:
    place = header.index("Text")
    empty = [""] * (len(header) - place - 2)
    rows = [[*["x"] * place, text, voice, *empty] for text, voice in [*clips, ("The end.", "Tim")]]
    sheet = brought(csv_bytes(header, rows))
    assert sheet.header == header
    made = intake.lines(sheet, intake.Mapping(text="Text", voice="Voice")).lines
    expected = [(text.strip(), voice.strip()) for text, voice in clips if text.strip()]
    assert [(line.text, line.voice) for line in made] == [*expected, ("The end.", "Tim")]


def test_a_column_whose_name_begins_like_a_formula_is_named_as_it_was() -> None:
    sheet = brought(csv_bytes(["Text", "=Two", "'@x"], [["Hello.", "-5", "'=1"]]))
    assert sheet.header == ("Text", "=Two", "'@x")
    filled = intake.filled(sheet, intake.Mapping(), "{=Two} {'@x}").lines[0].text
    assert filled == "-5 '=1"


@settings(deadline=None)
@given(st.lists(st.tuples(TYPED, TYPED, TYPED), max_size=4))
@example([("'=a", "'-5", "''@x"), ("=a", "-5", "@x")])
def test_a_lexicon_taken_out_is_read_in_as_it_was(cells: list[tuple[str, str, str]]) -> None:
    entries = []
    seen = {LAST.identity}
    for word, say_as, note in cells:
        try:
            entry = checked(Entry(word, say_as, note))
        except InvalidRequestError:
            continue
        if entry.identity not in seen:
            entries.append(entry)
        seen.add(entry.identity)
    assert files.read_csv(files.csv_bytes([*entries, LAST])).entries == (*entries, LAST)


MS = st.none() | st.integers(0, 86_400_000).map(lambda ms: ms / 1000)


@settings(deadline=None)
@given(st.lists(st.tuples(MS, MS), min_size=1, max_size=6))
def test_times_taken_out_are_read_in_as_they_were(
    times: list[tuple[float | None, float | None]],
) -> None:
    said = [Line(text="Hello.", start_s=start_s, end_s=end_s) for start_s, end_s in times]
    sheet = brought(scripts.script_csv(said))
    assert list(intake.lines(sheet, intake.guess(sheet)).lines) == said
