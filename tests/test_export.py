"""Exported file names, tables and ZIPs are safe on every system."""

import csv
import io
import time
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import psutil
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import export, intake
from lib.export import Named, ZipEntry, csv_bytes, file_name, problem_of, scripts
from lib.script import Line, clean, is_sayable
from tests.quick import within

FORBIDDEN = set("<>:\"/\\|?*%$`'") | {chr(code) for code in range(32)}
PORTS = {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
RESERVED = {"con", "prn", "aux", "nul", *PORTS}
TITLES = st.text(st.characters(), max_size=150)
PATTERNS = (export.PATTERN, "{title}", "{title as typed}", "IVR {number}.{title as typed}",
            "{date} {voice}-{title}_{take}", "{number}{title}{title as typed}",
            "{title}-{title}{title}")  # fmt: skip


def ashleys(title: str) -> Named:
    return Named(title=title, voice="Ashley")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Welcome to our store!", "welcome-to-our-store_Ashley.mp3"),
        ("Don’t miss it — 50% off…", "dont-miss-it-50-off_Ashley.mp3"),
        ("CON", "con_Ashley.mp3"),
        ("nul.txt", "nul-txt_Ashley.mp3"),
        ("a/b\\c", "a-b-c_Ashley.mp3"),
        ("..", "clip_Ashley.mp3"),
        (".x", "x_Ashley.mp3"),
        ("-rf", "rf_Ashley.mp3"),
        ("x.", "x_Ashley.mp3"),
        ("x ", "x_Ashley.mp3"),
        ("a:b", "a-b_Ashley.mp3"),
        ("👋🏽 👨‍👩‍👧", "clip_Ashley.mp3"),
        ("", "clip_Ashley.mp3"),
        ("{{x}} %s {0} ${x}", "x-s-0-x_Ashley.mp3"),
        ("evil\u202e3pm.exe", "evil3pm-exe_Ashley.mp3"),
        ("Olá, Maitê", "olá-maitê_Ashley.mp3"),
        ("Ola\u0301", "olá_Ashley.mp3"),
        ("ようこそ、お店へ", "ようこそ-お店へ_Ashley.mp3"),
        ("मेरी दुकान", "मेरी-दुकान_Ashley.mp3"),
        ("مرحبا بكم", "مرحبا-بكم_Ashley.mp3"),
    ],
)
def test_a_file_name_is_the_beginning_of_its_sentence(title: str, name: str) -> None:
    assert file_name(ashleys(title), "mp3") == name


@settings(deadline=None)
@given(TITLES, TITLES, st.sampled_from(PATTERNS), st.sampled_from(["", "07"]))
def test_b22_every_name_is_safe_on_every_system(
    title: str, voice: str, pattern: str, number: str
) -> None:
    named = Named(title=title, voice=voice, number=number, take=2, made_at_s=1.8e9)
    name = file_name(named, "wav", pattern=pattern)

    assert not FORBIDDEN & set(name)
    assert name.endswith(".wav")
    assert name[0] not in ".- "
    assert name.partition(".")[0].lower() not in RESERVED
    assert name.partition(".")[0]
    assert len(name.encode()) <= 120
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(char) in ("Cf", "Cc", "Cs") for char in name)


@pytest.mark.parametrize("letter", ["x", "é", "店", "q\u0323\u0302", "क्षि"])
def test_b23_a_long_title_is_cut_between_letters_to_120_bytes(letter: str) -> None:
    name = file_name(ashleys(letter * 300), "mp3")

    assert 120 - len(letter.encode()) < len(name.encode()) <= 120
    assert set(name.removesuffix("_Ashley.mp3").split(letter)) == {""}


@pytest.mark.parametrize("pattern", ["{title}{title as typed}", "{title}-{title}"])
def test_a_long_title_that_stands_twice_is_cut_in_both_places(pattern: str) -> None:
    name = file_name(ashleys("漢字" * 60), "mp3", pattern=pattern)
    assert name.count("漢") >= 18
    assert len(name.encode()) <= 120


def test_b24_names_that_a_file_system_takes_for_one_get_a_number() -> None:
    taken: set[str] = set()
    titles = (
        "A.wav",
        "a.wav",
        "Straße",
        "STRASSE",
        "caf\u00e9",
        "cafe\u0301",
        "y" * 300,
        "Y" * 300,
    )

    names = [file_name(ashleys(title), "mp3", taken) for title in titles]

    assert names[:6] == [
        "a-wav_Ashley.mp3", "a-wav_Ashley_2.mp3",
        "straße_Ashley.mp3", "strasse_Ashley_2.mp3",
        "café_Ashley.mp3", "café_Ashley_2.mp3",
    ]  # fmt: skip
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names)
    assert max(len(name.encode()) for name in names) == 120


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (export.PATTERN, "07-main-menu-v2_Ashley_take-2"),
        ("{title as typed}", "Main_Menu.v2_take-2"),
        ("{title}", "main-menu-v2_take-2"),
        ("{number} {title as typed} ({voice})", "07 Main_Menu.v2 (Ashley)_take-2"),
        ("IVR-{title}", "IVR-main-menu-v2_take-2"),
        ("{date}_{title}", "2027-01-15_main-menu-v2_take-2"),
    ],
)
def test_names_follow_the_chosen_pattern(pattern: str, name: str) -> None:
    """No pattern gives a second take the name of the first."""
    named = Named(title="Main_Menu.v2", voice="Ashley", number="07", take=2, made_at_s=1.8e9)
    assert file_name(named, "mp3", pattern=pattern) == f"{name}.mp3"
    exact = file_name(replace(named, take=1), "mp3", pattern=pattern)
    assert exact == f"{name.removesuffix('_take-2')}.mp3"


def test_a_title_that_begins_with_its_number_has_it_once() -> None:
    named = Named(title="01 Welcome", voice="Ashley", number="01")
    assert file_name(named, "mp3") == "01-welcome_Ashley.mp3"
    assert file_name(replace(named, title="010 Welcome"), "mp3") == "01-010-welcome_Ashley.mp3"


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{number}-{title}_{voice}_{take}", "hello_Ashley"),
        ("{title} {date} ({voice})", "hello (Ashley)"),
        ("{take}{number}.{title}", "hello"),
    ],
)
def test_what_a_clip_has_not_leaves_no_gap_in_its_name(pattern: str, name: str) -> None:
    assert file_name(ashleys("Hello"), "mp3", pattern=pattern) == f"{name}.mp3"


def test_a_name_that_windows_keeps_for_itself_is_changed() -> None:
    assert file_name(ashleys("CON"), "mp3", pattern="{title as typed}") == "CON_.mp3"
    assert file_name(ashleys("nul.x"), "mp3", pattern="{title as typed}") == "nul_.x.mp3"
    assert file_name(ashleys("com¹"), "mp3", pattern="{title as typed}") == "com¹_.mp3"
    assert file_name(ashleys("con"), "mp3", pattern="{title} .{voice}") == "con _.Ashley.mp3"
    long = file_name(ashleys("con." + "x" * 200), "mp3", pattern="{title as typed}")
    assert (long[:5], len(long.encode())) == ("con_.", 120)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("", "It needs {title}"),
        ("{voice}", "It needs {title}"),
        ("{titel}", "There is no {titel}."),
        ("{}{title}", "There is no {}."),
        ("{title}/{voice}", "cannot have '/'"),
        ("{title}\n", "cannot have"),
        ("{title}" + "x" * 80, "too long"),
    ],
)
def test_a_pattern_that_makes_no_names_says_why_and_is_not_used(pattern: str, why: str) -> None:
    assert why in problem_of(pattern)
    assert file_name(ashleys("Hello"), "mp3", pattern=pattern) == "hello_Ashley.mp3"


def read_back(data: bytes) -> list[list[str]]:
    """Read a table as a careful program does: it removes our marks."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [[export.unguarded(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u3000", "\u200b", " \ufeff \u202e"])
@pytest.mark.parametrize("start", [*"=+-@＝＋－＠﹦﹢﹣﹫−"])
def test_no_text_in_a_table_is_taken_for_a_formula(start: str, blank: str) -> None:
    text = f"{blank}{start}cmd|' /C calc'!A0"
    assert csv_bytes(["Text"], [[text]]).decode("utf-8-sig").splitlines()[1] == "'" + text


@pytest.mark.parametrize("start", ["\t", "\r", "\n", "\0", "'"])
def test_no_text_in_a_table_begins_with_what_a_spreadsheet_swallows(start: str) -> None:
    data = csv_bytes([f"{start}x"], []).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(data, newline=""))) == [f"'{start}x"]


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_a_table_read_back_is_the_table_written(rows: list[list[str]]) -> None:
    assert read_back(csv_bytes(["One", "=Two"], rows)) == [["One", "=Two"], *rows]


SEPARATORS = (";", "|", "\t", "\n", "\r\n", "\r", "\v", "\u2028")


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0", '"', "'", "\u200b", "\n;"])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_k21_no_cell_begins_like_a_formula_where_something_else_separates(
    separator: str, blank: str
) -> None:
    text = f"Nice, really{separator}{blank}=cmd|'/c calc'!A0"
    table = csv_bytes(["Number", "Comment"], [[1, text], [2, f"{separator}{text}"]])
    lines = table.decode("utf-8-sig")
    for delimiter in ";|\t":
        for line in lines.splitlines():
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
                (cells,) = csv.reader([line], delimiter=delimiter, quoting=quoting)
                assert not [each for each in cells if each.strip(' "\u00a0\u200b')[:1] == "="]
    assert [row[1] for row in read_back(table)[1:]] == [text, separator + text]


HOSTILE_CELLS = st.text(
    st.sampled_from([*";|\t\n\r\v\"', =+-@ab", "\u2028", "\u200b", "＝", "\0"]), max_size=14
)


@settings(deadline=None, max_examples=600)
@given(HOSTILE_CELLS)
def test_k21_every_text_comes_back_from_a_table_as_it_was(text: str) -> None:
    ((cell, _),) = read_back(csv_bytes([text, "end"], []))
    assert cell == text


def test_the_time_to_guard_a_text_grows_with_its_length() -> None:
    with within(5):
        for text in ("\n" * 500_000, ";'" * 250_000, "\t" * 499_999 + "="):
            csv_bytes([text], [])


def test_numbers_in_a_table_stay_numbers() -> None:
    row = [-3, 0.5, -0.25, Decimal("0.0000001"), Decimal("-12.50"), None, "-3"]

    (_, cells) = csv_bytes(["n"], [row]).decode("utf-8-sig").splitlines()

    assert cells == "-3,0.5,-0.25,0.0000001,-12.50,,'-3"


def test_a_table_says_that_it_is_utf_8() -> None:
    assert csv_bytes(["Maitê"], []) == b"\xef\xbb\xbfMait\xc3\xaa\r\n"


def test_a_lone_surrogate_does_not_lose_the_table() -> None:
    assert csv_bytes(["a\ud800b"], []).decode("utf-8-sig") == "a?b\r\n"


def entry(
    path: Path, title: str = "Good morning", *, script: str = "Good morning.", at_s: float = 1.7e9
) -> ZipEntry:
    return ZipEntry(
        title=title,
        script=script,
        voice="Ashley",
        model="TTS-1 Max",
        format="mp3",
        take=2,
        length_s=1.23456,
        usd=Decimal("0.000169"),
        made_at_s=at_s,
        open=lambda: path.open("rb"),
        suffix="mp3",
    )


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "sound.bin"
    file.write_bytes(bytes(range(256)) * 64)
    return file


def test_a_zip_holds_each_clip_as_it_is_and_a_manifest(tmp_path: Path, sound: Path) -> None:
    at_s = time.mktime((2026, 11, 22, 9, 30, 4, 0, 0, -1))
    with (tmp_path / "clips.zip").open("w+b") as target:
        export.zip_file([entry(sound, "=Hi / there", script="=Hi,\nthere", at_s=at_s)], target)

        with zipfile.ZipFile(target) as archive:
            assert archive.testzip() is None
            clip, manifest = archive.infolist()
            assert clip.filename == "hi-there_Ashley_take-2.mp3"
            assert clip.compress_type == zipfile.ZIP_STORED
            assert clip.date_time == (2026, 11, 22, 9, 30, 4)
            assert archive.read(clip) == sound.read_bytes()
            assert manifest.filename == "manifest.csv"
            assert read_back(archive.read(manifest)) == [
                ["File", "Title", "Text", "Voice", "Model", "Format", "Take", "Length (s)",
                 "Price (USD)", "When"],
                ["hi-there_Ashley_take-2.mp3", "=Hi / there", "=Hi,\nthere", "Ashley", "TTS-1 Max",
                 "mp3", "2", "1.235", "0.000169", "2026-11-22 09:30:04"],
            ]  # fmt: skip


def test_the_names_of_a_zip_sort_in_the_order_of_the_script(sound: Path) -> None:
    titles = ["Welcome", "", "👍", "CON", *["Goodbye"] * 96]
    target = io.BytesIO()

    export.zip_file((entry(sound, title) for title in titles), target, count=len(titles))

    names = zipfile.ZipFile(target).namelist()[:-1]
    assert names[:5] == [
        "001-welcome_Ashley.mp3", "002-clip_Ashley.mp3", "003-clip_Ashley.mp3",
        "004-con_Ashley.mp3", "005-goodbye_Ashley.mp3",
    ]  # fmt: skip
    assert names == sorted(names)
    name = file_name(replace(ashleys("x" * 300), number="07"), "mp3")
    assert name.startswith("07-xxx")
    assert len(name.encode()) == 120


def test_a_zip_holds_captions_beside_their_clips_and_the_script(sound: Path) -> None:
    captions = {"srt": b"1", "vtt": b"WEBVTT"}
    one = replace(entry(sound, "Welcome"), beside=lambda: captions)
    target = io.BytesIO()

    export.zip_file([one, one], target, count=2, files=[("script.csv", b"Text")])

    archive = zipfile.ZipFile(target)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "01-welcome_Ashley.mp3", "01-welcome_Ashley.srt", "01-welcome_Ashley.vtt",
        "02-welcome_Ashley.mp3", "02-welcome_Ashley.srt", "02-welcome_Ashley.vtt",
        "script.csv", "manifest.csv",
    ]  # fmt: skip
    assert archive.read("01-welcome_Ashley.vtt") == b"WEBVTT"
    assert archive.read("script.csv") == b"Text"


def test_b24_no_two_entries_of_a_zip_are_one_file_anywhere(sound: Path) -> None:
    titles = ["A", "a", "é", "e\u0301", "", "👍", "CON", "../../etc/passwd", "x" * 300, "X" * 300]
    target = io.BytesIO()

    export.zip_file((entry(sound, title) for title in titles), target)

    names = zipfile.ZipFile(target).namelist()
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == 11
    assert not any("/" in name or ".." in name for name in names)


def test_a_clip_from_a_broken_clock_can_still_be_zipped(sound: Path) -> None:
    target = io.BytesIO()
    export.zip_file([entry(sound, at_s=0.0)], target)
    assert zipfile.ZipFile(target).infolist()[0].date_time[0] == 1980


def test_an_empty_zip_has_a_manifest_of_nothing() -> None:
    target = io.BytesIO()
    export.zip_file([], target)
    assert zipfile.ZipFile(target).namelist() == ["manifest.csv"]


class Sparse(io.FileIO):
    """A file on disk whose zeros take no room, so that gigabytes fit any machine."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if any(memoryview(data)[:64]):
            return super().write(data) or 0
        self.seek(len(data), io.SEEK_CUR)
        return len(data)


class Zeros(io.RawIOBase):
    def __init__(self, size_bytes: int) -> None:
        self._left = size_bytes

    def read(self, size_bytes: int = -1) -> bytes:
        given = bytes(min(self._left, size_bytes))
        self._left -= len(given)
        return given


def test_a_zip_may_hold_more_than_four_gigabytes_in_little_memory(tmp_path: Path) -> None:
    size_bytes = 4_400_000_000

    def entries() -> Iterator[ZipEntry]:
        for size in (size_bytes, 1_000):
            one = entry(tmp_path, script="long text " * 50_000)
            yield ZipEntry(**{**fields_of(one), "open": lambda size=size: Zeros(size)})

    tracemalloc.start()
    with Sparse(str(tmp_path / "large.zip"), "w+b") as target:
        export.zip_file(entries(), target)
        _, peak_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        with zipfile.ZipFile(target) as archive:
            sizes = [member.file_size for member in archive.infolist()]
            assert sizes[:2] == [size_bytes, 1_000]
            assert archive.read(archive.infolist()[1]) == bytes(1_000)
    assert peak_bytes < 20_000_000


def test_b25_many_large_clips_are_zipped_in_little_memory(tmp_path: Path) -> None:
    large = tmp_path / "large.mp3"
    large.write_bytes(bytes(range(256)) * 80_000)  # 20 MB
    one = replace(entry(large), beside=lambda: {"vtt": b"WEBVTT"})
    process = psutil.Process()
    before_bytes = process.memory_info().rss
    most_bytes = before_bytes

    def entries() -> Iterator[ZipEntry]:
        nonlocal most_bytes
        for _ in range(15):
            yield one
            most_bytes = max(most_bytes, process.memory_info().rss)

    with (tmp_path / "large.zip").open("w+b") as target:
        export.zip_file(entries(), target, count=15)
        assert target.tell() > 15 * large.stat().st_size
    assert most_bytes - before_bytes < 50_000_000


LINES = [
    Line(text="=Hello,\nthere", title="Welcome", voice="Ashley", pause_after_s=0.5),
    Line(text='Good bye: "see you"', title="@End"),
]


def test_a_script_as_a_table_can_be_brought_in_again() -> None:
    said = [replace(line, title="T") for line in LINES]

    sheet = intake.read("script.csv", scripts.script_csv(said))

    assert isinstance(sheet, intake.Sheet)
    assert list(intake.lines(sheet, intake.guess(sheet)).lines) == said


# As texts are stored; a row without a word is no line.
SAID = st.text(max_size=40).map(lambda text: clean(text).text).filter(is_sayable)
GUARDED = st.sampled_from([*"=+-@'＝−", "''", " =", "\u200b@", "'=", "'tis", "+49 ", "- "])


@settings(deadline=None)
@given(st.lists(st.tuples(GUARDED | st.just(""), SAID, SAID), min_size=1, max_size=5))
@example([("'", "tis the season", "A")])
@example([("'=", "A1", "+49 30"), ("-", " 5 degrees", "@home")])
def test_k18_our_own_table_of_a_script_comes_back_as_it_was(
    rows: list[tuple[str, str, str]],
) -> None:
    said = [
        Line(text=clean(begin + text).text, title=clean(begin + title).text)
        for begin, text, title in rows
    ]

    sheet = intake.read("script.csv", scripts.script_csv(said))

    assert isinstance(sheet, intake.Sheet)
    assert list(intake.lines(sheet, intake.guess(sheet)).lines) == said


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'tis the season", "'tis the season"),
        ("''tis the season", "'tis the season"),
        ("'Hello,' she said.", "'Hello,' she said."),
        ("'=A1", "=A1"),
        ("'+49 30 1234", "+49 30 1234"),
        ("=A1", "=A1"),
        ("'", "'"),
    ],
)
def test_k18_an_apostrophe_goes_only_where_it_guards_a_formula(cell: str, text: str) -> None:
    assert export.unguarded(cell) == text
    sheet = intake.read("script.csv", f'Title,Text\n"T","{cell}"\n'.encode())
    assert isinstance(sheet, intake.Sheet)
    assert intake.lines(sheet, intake.guess(sheet)).lines[0].text == text


def test_k18_a_text_with_gaps_is_filled_in_with_what_was_typed() -> None:
    sheet = intake.read("script.csv", csv_bytes(["Name", "Text"], [["=Ann", "Hi."]]))
    assert isinstance(sheet, intake.Sheet)
    assert intake.filled(sheet, intake.Mapping(), "Hello {Name}").lines[0].text == "Hello =Ann"


def test_k18_captions_have_no_mark_of_ours_to_take_off() -> None:
    sheet = intake.read("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\n'-5 outside,' he said.\n")
    assert isinstance(sheet, intake.Sheet)
    assert intake.lines(sheet, intake.guess(sheet)).lines[0].text == "'-5 outside,' he said."


def test_a_script_as_a_table_is_safe_in_a_spreadsheet() -> None:
    data = scripts.script_csv(LINES)

    assert read_back(data) == [
        ["Title", "Voice", "Text", "Pause (s)"],
        ["Welcome", "Ashley", "=Hello,\nthere", "0.5"],
        ["@End", "", 'Good bye: "see you"', ""],
    ]
    assert b"'=Hello" in data


def test_a_table_of_a_script_has_no_columns_without_words() -> None:
    assert read_back(scripts.script_csv([Line(text="Hello.")])) == [["Text"], ["Hello."]]
    assert read_back(scripts.script_csv([Line(text="Hi.", speaker="Anna")])) == [
        ["Speaker", "Text"],
        ["Anna", "Hi."],
    ]


def test_a_script_as_a_document_can_be_brought_in_again() -> None:
    text = "# Welcome\n\nHello [pause 0.5 s] there & <b>you</b>.\n\n### Deep\n\nAnna: Bye, ようこそ"

    data = scripts.script_docx("A title", text)

    brought = intake.read("script.docx", data)
    assert brought.text.split() == text.split()


def test_a_document_takes_what_no_document_can_hold() -> None:
    data = scripts.script_docx("a\x00\ud800" * 300, "One\x00\x0b\ud800\ufffe two\n# \x07Three")

    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    assert [(each.style.name, each.text) for each in paragraphs] == [
        ("Normal", "One two"),
        ("Heading 1", "Three"),
    ]


def fields_of(one: ZipEntry) -> dict[str, object]:
    return {name: getattr(one, name) for name in ZipEntry.__slots__}
