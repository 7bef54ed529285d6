"""Times of captions: how they are written, and how well the rows fit them."""

import io

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import audio
from lib.library.clip import Part
from lib.library.scripts import Row
from lib.orders.parts import LINE_GAP_S, Limits, Request, parts_of
from lib.script import Line, clock
from lib.scripting import timing
from lib.scripting.cells import edited
from lib.settings import Settings

MODEL = "inworld/tts-1-max"


@pytest.mark.parametrize(
    ("seconds", "exact", "short"),
    [
        (0.0, "00:00:00.000", "0:00"),
        (62.5, "00:01:02.500", "1:02.5"),
        (3725.25, "01:02:05.250", "1:02:05.25"),
    ],
)
def test_a_time_is_written_and_read(seconds: float, exact: str, short: str) -> None:
    assert (clock.exact(seconds), clock.short(seconds)) == (exact, short)
    assert clock.read(exact) == clock.read(short) == seconds


@pytest.mark.parametrize(("written", "read"), [("62,5", 62.5), ("9", 9.0), (" 1:02 ", 62.0)])
def test_a_time_may_be_typed_in_short(written: str, read: float) -> None:
    assert clock.read(written) == read


@pytest.mark.parametrize("written", ["", "soon", "-1", "1:2:3:4", "25:00:00", "99999999"])
def test_what_is_no_time_is_none(written: str) -> None:
    assert clock.read(written) is None


# ---- What is sent to be joined ----


def parts(*lines: Line) -> tuple[Part, ...]:
    return parts_of(
        Request(
            script="x", model=MODEL, voice="Ashley", format="wav", each_sentence=True,
            lines=tuple(Line(**{**_fields(line), "voice": "Ashley"}) for line in lines),
        ),
        Limits.of(Settings()),
    )[1]  # fmt: skip


def _fields(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in ("text", "pause_after_s", "start_s", "end_s")}


def test_a_line_with_a_time_waits_for_it_and_for_no_pause() -> None:
    found = parts(
        Line(text="One. Two.", start_s=1.5),
        Line(text="Three.", pause_after_s=2.0),
        Line(text="Four.", start_s=9.0),
    )
    assert [(part.utterance.text, part.at_s, part.gap_after_s) for part in found] == [
        ("One.", 1.5, 0.2),
        ("Two.", None, LINE_GAP_S),
        ("Three.", None, 0.0),
        ("Four.", 9.0, 0.0),
    ]


# ---- How rows fit ----


def row(number: int, start_s: float | None = None, end_s: float | None = None) -> Row:
    return Row(id=number, position=number, text=f"Row {number}.", start_s=start_s, end_s=end_s)


def as_table(
    rows: list[Row], lengths_s: list[float | None]
) -> tuple[dict[int, timing.Timing], list[Part]]:
    pieces = [parts(Line(text=each.text))[0] for each in rows]
    known = {
        part.utterance.key: length_s
        for part, length_s in zip(pieces, lengths_s, strict=True)
        if length_s is not None
    }
    clips = [(each.id, [part]) for each, part in zip(rows, pieces, strict=True)]
    return timing.of(rows, clips, lambda _: known), pieces


def test_a_row_that_runs_over_pushes_the_next_ones_until_they_have_caught_up() -> None:
    rows = [row(1, 1.0, 2.0), row(2, 3.0, 4.0), row(3, 4.0, 5.0), row(4, 9.0, 10.0)]
    found, _ = as_table(rows, [2.5, 1.0, 0.4, 1.0])
    assert [(round(each.over_s, 3), round(each.late_s, 3)) for each in found.values()] == [
        (1.5, 0.0),
        (0.5, 0.5),
        (0.0, 0.5),
        (0.0, 0.0),
    ]
    assert all(each.is_known for each in found.values())


def test_before_it_is_recorded_it_is_an_estimate_also_of_what_follows() -> None:
    found, _ = as_table([row(1, 0.0), row(2, 9.0), row(3, 20.0)], [1.0, None, 1.0])
    assert [each.is_known for each in found.values()] == [True, False, False]


def test_rows_without_a_time_belong_to_the_row_before() -> None:
    rows = [row(1, 0.0), row(2), row(3, None, 4.0), row(4, 3.0)]
    found, _ = as_table(rows, [1.0, 1.0, 1.0, 1.0])
    assert found.keys() == {1, 4}
    assert found[4].late_s == pytest.approx(2 * LINE_GAP_S)
    assert found[1].over_s == 0.0


def test_a_script_without_times_has_no_timing() -> None:
    assert timing.of([row(1), row(2)], [], lambda _: {}) == {}


TIMES = st.none() | st.floats(0, 6).map(lambda seconds: round(seconds, 2))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TIMES, st.floats(0.05, 3)), min_size=1, max_size=6))
def test_what_is_told_is_what_is_heard(shapes: list[tuple[float | None, float]]) -> None:
    """In one clip of all rows."""
    rows = [row(number, start_s) for number, (start_s, _) in enumerate(shapes, 1)]
    pieces = parts(*(Line(text=each.text, start_s=each.start_s) for each in rows))
    sounds = [_sound(length_s) for _, length_s in shapes]
    lengths_s = {
        part.utterance.key: len(sound) / 8_000 for part, sound in zip(pieces, sounds, strict=True)
    }
    found = timing.of(rows, [(None, pieces)], lambda _: lengths_s)
    joined = audio.join(
        [(lambda sound=sound: _file(sound), part.gap_after_s)  # type: ignore[misc]
         for part, sound in zip(pieces, sounds, strict=True)],
        io.BytesIO(),
        format="wav",
        at_s=[part.at_s for part in pieces],
    )  # fmt: skip
    for each, start_s in zip(rows, joined.starts_s, strict=True):
        if each.start_s is not None:
            late_s = start_s - each.start_s
            expected = late_s if late_s >= timing.UNHEARD_S else 0.0
            assert found[each.id].late_s == pytest.approx(expected, abs=0.002) or (
                late_s == pytest.approx(timing.UNHEARD_S, abs=0.002)
            )


def _sound(length_s: float) -> np.ndarray:  # type: ignore[type-arg]
    return np.full(round(length_s * 8_000), 0.1, np.float32)


def _file(samples: np.ndarray) -> io.BytesIO:  # type: ignore[type-arg]
    file = io.BytesIO()
    soundfile.write(file, samples, 8_000, format="WAV", subtype="PCM_16")
    return io.BytesIO(file.getvalue())


# ---- A start that is typed ----


def test_another_start_moves_the_end_with_it_and_none_lets_the_row_follow() -> None:
    before = row(1, 2.0, 5.0)
    after = edited(before, {"Start": "1:02.5"})
    assert (after.start_s, after.end_s) == (62.5, 65.5)
    assert edited(before, {"Start": "soon"}) == before
    assert edited(before, {"Text": "Hello."}).start_s == 2.0
    cleared = edited(before, {"Start": None})
    assert (cleared.start_s, cleared.end_s) == (None, None)
