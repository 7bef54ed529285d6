"""Small files that need much work are refused quickly, with a sentence.

Work is measured as this process's own time on a processor: the machine may be busy with more.
"""

import contextlib

import docx
import pytest
from docx.oxml.ns import nsdecls

from lib import intake
from lib.errors import InvalidRequestError
from tests.quick import within
from tests.test_intake_office import MAIN, archive_of, by_hand, parts_of, saved, workbook

TOO_MUCH = "a.{} takes too much work to read. Copy the part you need into a new file"
TOO_LARGE = "too large once it is unpacked"


def refusal(name: str, data: bytes, *, within_cpu_s: float) -> str:
    """(the sentence, the hint) of the refusal."""
    with within(within_cpu_s), pytest.raises(InvalidRequestError) as caught:
        intake.read(name, data)
    return f"{caught.value} {caught.value.hint}"


def read(name: str, data: bytes, *, within_cpu_s: float) -> intake.Words | intake.Sheet:
    with within(within_cpu_s):
        return intake.read(name, data)


def document(body: str, **parts: bytes) -> bytes:
    """A document with this in its body, and these parts instead of its own."""
    found = parts_of(saved(docx.Document()))
    main = "word/document.xml"
    found[main] = found[main].replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
    return archive_of({**found, **parts})


# ---- Workbooks ----


def test_k5_a_row_number_of_eleven_digits_is_refused_at_once() -> None:
    blank = by_hand('<row r="99999999999"/>')
    assert "no visible sheet with anything in it" in refusal("a.xlsx", blank, within_cpu_s=1)
    styled = by_hand('<row r="99999999999"><c r="A99999999999" s="0"/></row>')
    assert "no visible sheet with anything in it" in refusal("a.xlsx", styled, within_cpu_s=1)
    for number in ("99999999999", "1e300"):
        filled = by_hand(f'<row r="{number}"><c><v>1</v></c></row>')
        assert "more than 10,000 rows" in refusal("a.xlsx", filled, within_cpu_s=1)


@pytest.mark.parametrize("number", ["-5", "0", "1"])
def test_k5_a_row_number_that_there_is_not_makes_no_work(number: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{number}"><c><v>2</v></c></row>'
    found = read("a.xlsx", by_hand(rows), within_cpu_s=1)
    assert isinstance(found, intake.Sheet)
    assert found.rows == (("1",),)


def test_k5_blank_cells_in_the_last_column_cost_no_more_than_any() -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}" s="0"/></row>' for n in range(2, 20_001))
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>Hello.</t></is></c></row>'
    found = read("a.xlsx", by_hand(text + rows), within_cpu_s=5)
    assert isinstance(found, intake.Sheet)
    assert found.rows == (("Hello.",),)
    filled = rows.replace(' s="0"/>', "><v>1</v></c>")
    assert "Row 2 of a.xlsx has 16,384 columns" in refusal(
        "a.xlsx", by_hand(filled), within_cpu_s=1
    )


@pytest.mark.parametrize(
    ("rows", "times"),
    [
        ('<row><c r="XFD1"/></row>', 1_000_000),
        ("<row/>", 7_000_000),
        ("<c/>", 12_000_000),
    ],
)
def test_k5_a_workbook_of_too_many_elements_is_refused_before_it_is_opened(
    rows: str, times: int
) -> None:
    said = refusal("a.xlsx", by_hand(rows * times), within_cpu_s=1)
    assert TOO_MUCH.format("xlsx") in said or TOO_LARGE in said


@pytest.mark.parametrize(
    ("part", "begin", "repeated", "times"),
    [
        ("xl/sharedStrings.xml", "<sst>", "<si/>", 5_000_000),
        ("xl/styles.xml", "<styleSheet>", "<xf/>", 3_000_000),
        ("xl/workbook.xml", "<workbook><definedNames>", '<definedName name="a"/>', 2_600_000),
        ("xl/worksheets/sheet1.xml", "<worksheet>", "<a>", 3_000_000),
        ("xl/worksheets/sheet1.xml", "<mergeCells>", '<mergeCell ref="A1:C9"/>', 2_600_000),
        ("xl/sheet.bin", " " * 200_000, "<a/>", 3_000_000),
    ],
)
def test_k5_elements_count_in_whatever_part_of_a_workbook_they_are(
    part: str, begin: str, repeated: str, times: int
) -> None:
    data = by_hand("", **{part: begin + repeated * times})
    said = refusal("a.xlsx", data, within_cpu_s=2)
    assert TOO_MUCH.format("xlsx") in said or TOO_LARGE in said


def test_k5_the_same_sheet_under_a_thousand_names_is_refused() -> None:
    parts = parts_of(by_hand("<row/>" * 50_000))
    book = parts["xl/workbook.xml"].decode()
    sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 1_000))
    parts["xl/workbook.xml"] = book.replace("</sheets>", f"{sheets}</sheets>").encode()
    data = archive_of(parts)
    assert TOO_MUCH.format("xlsx") in refusal("a.xlsx", data, within_cpu_s=1)


def test_k5_one_long_shared_text_in_many_cells_counts_each_time() -> None:
    parts = parts_of(by_hand(("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 10))
    strings = "spreadsheetml.sharedStrings+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        b"vnd.openxmlformats-officedocument." + strings.encode() + b'"/></Types>',
    )
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'.encode()
    )
    said = refusal("a.xlsx", archive_of(parts), within_cpu_s=2)
    assert "more than 20,000,000 characters" in said


def test_k5_more_filled_cells_than_a_million_are_refused() -> None:
    table = "\n".join([",".join("a" * 199)] * 6_000)
    assert "more than 1,000,000 filled cells" in refusal("a.csv", table.encode(), within_cpu_s=5)


def test_k5_a_workbook_of_ten_thousand_rows_and_twenty_columns_comes_in() -> None:
    sentence = "A sentence that is as long as sentences are."
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = ["".join(map(cell.format, ["Text", *(f"Remark {n}" for n in range(19))]))]
    rows += [cell.format(f"{sentence} {n}") * 20 for n in range(10_000)]
    data = by_hand("".join(f"<row>{row}</row>" for row in rows))
    found = read("a.xlsx", data, within_cpu_s=20)
    assert isinstance(found, intake.Sheet)
    assert (len(found.rows), len(found.header)) == (10_000, 20)
    assert found.rows[-1][0] == f"{sentence} 9999"


# ---- Archives ----


def test_k5_b20_what_packs_a_hundredfold_is_refused_by_its_ratio_above_twenty_megabytes() -> None:
    parts = parts_of(saved(workbook(["Text"], ["Hello."])[0]))
    big = archive_of(parts | {"xl/media/1.bin": bytes(20_000_001)})
    assert TOO_LARGE in refusal("a.xlsx", big, within_cpu_s=1)
    fits = archive_of(parts | {"xl/media/1.bin": bytes(20_000_000)})
    assert isinstance(read("a.xlsx", fits, within_cpu_s=2), intake.Sheet)


def test_k5_an_archive_of_too_many_entries_is_refused_before_its_list_is_read() -> None:
    entries = b"PK\x03\x04" + b"PK\x01\x02" * 2_001
    assert TOO_LARGE in refusal("a.xlsx", entries, within_cpu_s=1)


# ---- Documents ----


@pytest.mark.parametrize(
    ("element", "times"), [("<w:p/>", 3_000_000), ("<w:p/>", 15_000_000), ("<a/>", 22_000_000)]
)
def test_k5_a_document_of_too_many_elements_is_refused_before_it_is_opened(
    element: str, times: int
) -> None:
    said = refusal("a.docx", document(element * times), within_cpu_s=2)
    assert TOO_MUCH.format("docx") in said or TOO_LARGE in said


def words(inside: str = "", before: str = "") -> str:
    return f"<w:p>{before}{inside}<w:r><w:t>a</w:t></w:r></w:p>"


ENDED = '<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'
BOX = f"<w:r><w:txbxContent>{words()}</w:txbxContent></w:r>"
NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
CELL = "<w:tbl><w:tr><w:tc>"
CELL_END = "</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(words(before=ENDED) * 30_000 + "<w:p/>", id="ends deleted"),
        pytest.param(words("<w:r><w:t>a</w:t></w:r>" * 200_000), id="runs"),
        pytest.param(words("<w:r><w:rPr><w:vanish/></w:rPr></w:r>" * 100_000), id="hidden"),
        pytest.param("<w:p/>" * 300_000 + words(), id="empty"),
        pytest.param(words(BOX * 50_000), id="boxes"),
        pytest.param(CELL * 60 + words() * 50_000 + CELL_END * 60, id="nested tables"),
        pytest.param(words(NOTE * 150_000), id="footnotes"),
    ],
)
def test_k5_the_work_for_a_document_grows_with_its_elements_alone(body: str) -> None:
    found = read("a.docx", document(body), within_cpu_s=10)
    assert isinstance(found, intake.Words)
    assert found.text.strip("a, \n") == ""


def test_k5_styles_that_rest_on_each_other_without_end_cost_little() -> None:
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000)
    )
    content = f"<w:styles {nsdecls('w')}>{styles}</w:styles>".encode()
    body = "".join(words(before=f'<w:pPr><w:pStyle w:val="s{n}"/></w:pPr>') for n in range(5_000))
    found = read("a.docx", document(body, **{"word/styles.xml": content}), within_cpu_s=5)
    assert isinstance(found, intake.Words)


# ---- Texts ----


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + "word " * 1_000_000),
        ("a.vtt", "WEBVTT\n\n" + "NOTE a\n\n" * 1_000_000 + "00:01.000 --> 00:02.000\na"),
        ("a.vtt", "WEBVTT\n\n" + "a\n\n" * 2_000_000),
        ("a.md", "# a\n" * 1_000_000),
        ("a.txt", "Hello there. " * 500_000),
    ],
)
def test_k5_a_text_too_long_for_one_script_is_refused_with_its_count(name: str, text: str) -> None:
    assert f"{len(text):,} characters; 3,000,000 is the most" in refusal(
        name, text.encode(), within_cpu_s=3
    )


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v a>" * 500_000,
        "WEBVTT\n\n" + "\n" * 2_900_000 + "00:01.000 --> 00:02.000\na",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "a\n" * 1_400_000,
    ],
    ids=["voices", "blank lines", "lines"],
)
def test_k5_captions_of_the_greatest_length_end_whatever_is_in_them(text: str) -> None:
    with within(10), contextlib.suppress(InvalidRequestError):
        intake.read("a.vtt", text.encode())


def test_k5_a_quotation_mark_that_is_never_closed_ends_the_reading_early() -> None:
    table = ('a,b\n"' + "x,y\n" * 4_500_000).encode()
    said = refusal("a.csv", table, within_cpu_s=2)
    assert "Row 2 of a.csv has a cell of more than 1,000,000 characters" in said
    assert "a quotation mark that is never closed" in said


def test_k5_a_header_of_accents_without_end_is_no_work() -> None:
    accents = "\u0301\u0316" * 49_000
    table = f"a{accents},Text\n1,Hello.\n".encode()
    assert isinstance(read("a.csv", table, within_cpu_s=2), intake.Sheet)


def test_k5_a_text_with_gaps_is_measured_before_it_is_filled_in() -> None:
    found = intake.read("a.csv", f"Name,Text\n{'x' * 100_000},Hello.\n".encode())
    assert isinstance(found, intake.Sheet)
    with within(1), pytest.raises(InvalidRequestError, match="20,000,000 characters"):
        intake.filled(found, intake.Mapping(), "{Name}" * 5_000)


def test_k25_a_text_with_every_private_character_is_read() -> None:
    private = "".join(map(chr, range(0xE000, 0xF900)))
    found = intake.read("a.csv", f"Text\n{private}\nHello, you\n".encode())
    assert isinstance(found, intake.Sheet)
    assert found.rows == ((private,), ("Hello, you",))


def test_k25_a_document_of_pictures_alone_says_so_and_what_to_do() -> None:
    drawing = "<w:p><w:r><w:drawing/></w:r></w:p>"
    said = refusal("a.docx", document(drawing * 3), within_cpu_s=1)
    assert said == (
        "a.docx has pictures and no words; words in a picture cannot be read. "
        "Type the words into a document, or paste them here."
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", document("<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>")),
        ("a.txt", "\u200b\u2060\n\ufeff".encode()),
        ("a.md", " \u00a0\n\u3000".encode()),
    ],
)
def test_k25_a_file_without_a_word_says_so(name: str, data: bytes) -> None:
    assert f"{name} has no words in it." in refusal(name, data, within_cpu_s=1)
