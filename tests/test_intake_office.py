"""Import of XLSX and DOCX from Excel, LibreOffice, Google, pandas and Word."""

import io
import struct
import warnings
import zipfile
from datetime import date, datetime, time, timedelta

import docx
import openpyxl
import pandas as pd
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.worksheet.worksheet import Worksheet

from lib import intake
from lib.errors import InvalidRequestError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def read_sheet(data: bytes, name: str = "a.xlsx") -> intake.Sheet:
    brought = intake.read(name, data)
    assert isinstance(brought, intake.Sheet)
    return brought


def read_words(data: bytes) -> intake.Words:
    brought = intake.read("a.docx", data)
    assert isinstance(brought, intake.Words)
    return brought


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(InvalidRequestError) as caught:
        intake.read(name, data)
    return f"{caught.value} {caught.value.hint}"


def saved(book: "openpyxl.Workbook | docx.document.Document") -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(*rows: list[object]) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return book, sheet


def by_hand(rows: str, *, before: str = "", **parts: str) -> bytes:
    """A workbook of one sheet as its XML is written, for what openpyxl does not write."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Blad 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        **parts,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_cells_are_brought_in_as_a_person_sees_them() -> None:
    values: list[tuple[object, str, str]] = [
        (date(2026, 11, 24), "yyyy-mm-dd", "24 November 2026"),
        (datetime(2026, 11, 24, 9, 5), "m/d/yy h:mm", "24 November 2026, 09:05"),
        (time(14, 30), "h:mm", "14:30"),
        (timedelta(hours=26, minutes=5), "[h]:mm:ss", "26:05:00"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (123456789012, "0", "123456789012"),
        (True, "General", "TRUE"),
        (19.9, '"$"#,##0.00', "$19.90"),
        (-1234.5, "#,##0.00 [$€-407]", "-1,234.50 €"),
        (0.125, "0.0%", "12.5%"),
        (1067, "00000", "01067"),
        (3, '0 "pieces"', "3 pieces"),
        (7, "@", "7"),
        ("  typed_x000D_\nas is ", "General", "  typed\r\nas is "),
    ]
    book, sheet = workbook(["Text", "Title"])
    for row, (value, number_format, _) in enumerate(values, start=2):
        sheet.cell(row, 1, value).number_format = number_format
        sheet.cell(row, 2, f"clip {row}")
    brought = read_sheet(saved(book))
    assert [row[0] for row in brought.rows] == [shown for _, _, shown in values]
    assert brought.notes == ()


def test_pandas_and_excel_tables_of_any_shape_are_read() -> None:
    file = io.BytesIO()
    frame = pd.DataFrame({"Title": ["a", "b"], "Text": ["Grüße", "日本"], "Pause": [0.5, None]})
    frame.to_excel(file, index=False)
    brought = read_sheet(file.getvalue(), "renamed.csv")
    assert brought.header == ("Title", "Text", "Pause")
    assert brought.rows == (("a", "Grüße", "0.5"), ("b", "日本", ""))
    assert brought.numbers == (2, 3)


def test_merged_cells_and_blank_rows_keep_every_row_its_number() -> None:
    book, sheet = workbook([], ["Text", "Voice"], ["Hello.", "Tim"], [], [], ["Bye.", "Ashley"])
    sheet.merge_cells("B3:B4")
    sheet["D900"].number_format = "0.00"
    brought = read_sheet(saved(book))
    assert brought.rows == (("Hello.", "Tim"), ("Bye.", "Ashley"))
    assert (brought.header_number, brought.numbers) == (2, (3, 6))
    assert brought.notes == ("2 blank rows were left out.",)


def test_the_first_visible_sheet_with_anything_in_it_is_read_and_the_others_are_said() -> None:
    book, sheet = workbook()
    hidden = book.create_sheet("Old")
    hidden.append(["Text"])
    hidden.sheet_state = "hidden"
    for title in ("Prompts", "Notes"):
        book.create_sheet(title).append(["Text"])
        book[title].append([f"From {title}."])
    brought = read_sheet(saved(book))
    assert brought.rows == (("From Prompts.",),)
    assert brought.notes == ('Read from the sheet "Prompts"; "Old" and "Notes" were left out.',)
    sheet.append(["Text"])
    for title in book.sheetnames[1:]:
        del book[title]
    assert read_sheet(saved(book)).rows == ()


ROWS = """<row r="1"><c r="A1" t="inlineStr"><is><t>Text</t></is></c>
<c r="B1" t="str"><v>Sum</v></c></row>
<row r="2"><c r="A2" t="str"><f>"Hel"&amp;"lo"</f><v>Hello</v></c>
<c r="B2"><f>1+1</f><v>2</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><r><t>Go</t></r><r><t>od</t></r></is></c>
<c r="B4"><f>2+2</f></c></row>
<row r="5"><c r="A5" t="str"><f>A9</f></c><c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>"""


def test_the_size_that_a_workbook_claims_is_not_believed() -> None:
    claim = '<dimension ref="A1:A2"/><sheetData>'
    sheet = "xl/worksheets/sheet1.xml"
    parts = parts_of(by_hand(ROWS))
    parts[sheet] = parts[sheet].replace(b"<sheetData>", claim.encode())
    assert read_sheet(archive_of(parts)).numbers == (2, 4, 5)


def test_formulas_give_their_stored_values_and_a_missing_one_is_said_with_its_cell() -> None:
    brought = read_sheet(by_hand(ROWS))
    assert brought.rows == (("Hello", "2"), ("Good", ""), ("", "#DIV/0!"))
    assert brought.numbers == (2, 4, 5)
    blank, missing, error = brought.notes
    assert blank == "1 blank row was left out."
    assert missing.startswith("The result of the formula in B4 and A5 is not in the file")
    assert error == "An error of the workbook, such as #N/A, stands in B5."


def test_b18_a_workbook_of_too_many_rows_is_refused() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 10_003)
    )
    assert "more than 10,000 rows" in refusal(by_hand(rows), "a.xlsx")
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c r="A2"><v>1</v></c></row>'
    assert "more than 10,000 rows" in refusal(by_hand(far), "a.xlsx")
    wide = '<row r="7"><c r="ZZZ7"><v>1</v></c></row>'
    assert "Row 7 of a.xlsx has 18,278 columns" in refusal(by_hand(wide), "a.xlsx")


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("entity", ["&b;", "&f;"])
def test_b20_entities_of_a_workbook_or_document_are_never_resolved(entity: str) -> None:
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{entity}</t></is></c></row>'
    assert "damaged" in refusal(by_hand(rows, before=LAUGHS), "a.xlsx")
    document = docx.Document()
    document.add_paragraph("Hello ENTITY.")
    parts = {
        name: content.replace(b"ENTITY", entity.encode()).replace(
            b"<w:document", LAUGHS.encode() + b"<w:document", 1
        )
        for name, content in parts_of(saved(document)).items()
    }
    assert "damaged" in refusal(archive_of(parts), "a.docx")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_b20_bombs_are_refused_by_entries_by_size_and_when_they_lie_about_it() -> None:
    parts = parts_of(saved(workbook(["Text"], ["Hello."])[0]))
    many = parts | {f"xl/media/{number}": b"" for number in range(2_001)}
    assert "too large once it is unpacked" in refusal(archive_of(many), "a.xlsx")
    big = archive_of(parts | {"xl/media/1": bytes(100_000_001)})
    assert len(big) < 200_000
    assert "too large once it is unpacked" in refusal(big, "a.xlsx")
    # The size is written twice as 4 bytes; here both say 10 bytes.
    lying = big.replace(struct.pack("<I", 100_000_001), struct.pack("<I", 10))
    assert "damaged" in refusal(lying, "a.xlsx")


def test_b20_macros_and_external_links_are_neither_run_nor_fetched() -> None:
    parts = parts_of(saved(workbook(["Text"], ["Hello."])[0]))
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macro"
    link = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'{link}TargetMode="External" Type="{OFFICE}/hyperlink" Target="http://127.0.0.1:9/x"/></Relationships>'.encode()
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        f"{SHEET_TYPE}.sheet.main+xml".encode(),
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert read_sheet(archive_of(parts), "a.xlsm").rows == (("Hello.",),)


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx"])
def test_a_damaged_locked_or_strict_office_file_is_refused_in_a_sentence(name: str) -> None:
    data = saved(docx.Document() if name == "a.docx" else workbook(["Text"])[0])
    main = "word/document.xml" if name == "a.docx" else "xl/workbook.xml"
    broken = parts_of(data) | {main: b"<cut"}
    assert "damaged" in refusal(archive_of(broken), name)
    assert "damaged" in refusal(data[: len(data) // 2], name)
    strict = parts_of(data) | {main: b'<x xmlns="http://purl.oclc.org/ooxml/main"/>'}
    assert "Strict Open XML" in refusal(archive_of(strict), name)
    flags = data.index(b"PK\x01\x02") + 8
    locked = data[:flags] + b"\x01" + data[flags + 1 :]
    assert "protected by a password" in refusal(locked, name)


def test_headings_lists_and_tables_of_a_document_become_lines() -> None:
    document = docx.Document()
    document.add_heading("The Course", 0)
    document.add_heading("Chapter\none", 1)
    document.add_paragraph("First\tline.\nSecond line – non-breaking.")
    document.add_paragraph("apples", "List Bullet")
    document.add_paragraph("pears", "List Number")
    document.add_paragraph("")
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, ["Day", "Hour", "Room", "Monday", "", "B 4"], strict=True):
        cell.text = text
    document.add_heading("Deep", 9)
    document.sections[0].header.paragraphs[0].text = "not spoken"
    assert read_words(saved(document)) == intake.Words(
        "# The Course\n\n# Chapter one\n\nFirst\tline.\nSecond line – non-breaking.\n\n"
        "apples\npears\n\nDay, Hour, Room\nMonday, B 4\n\n###### Deep",
        ("The numbers of 1 list were left out, for the text does not refer to them.",),
    )


RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
AUTHOR = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p {nsdecls('w')}><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def written(*paragraphs: str) -> intake.Words:
    """A document of paragraphs in XML, which python-docx has no words for."""
    document = docx.Document()
    for xml in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))
    return read_words(saved(document))


def test_tracked_changes_are_accepted_and_said() -> None:
    deleted_end = f"<w:rPr><w:del {AUTHOR}/></w:rPr>"
    brought = written(
        paragraph(
            RUN.format("The ")
            + f"<w:del {AUTHOR}><w:r><w:delText>quick </w:delText></w:r></w:del>"
            + f"<w:ins {AUTHOR}>{RUN.format('slow ')}</w:ins>"
            + RUN.format("fox.")
        ),
        paragraph(f"<w:moveFrom {AUTHOR}>{RUN.format('Gone.')}</w:moveFrom>"),
        paragraph(f"<w:moveTo {AUTHOR}>{RUN.format('Moved.')}</w:moveTo>"),
        paragraph(RUN.format("One para"), deleted_end),
        paragraph(RUN.format("graph."), '<w:pStyle w:val="Heading2"/>'),
        f"<w:tbl {nsdecls('w')}><w:tr><w:trPr><w:del {AUTHOR}/></w:trPr><w:tc>"
        f"{paragraph(RUN.format('no row'))}</w:tc></w:tr></w:tbl>",
    )
    assert brought.text == "The slow fox.\n\nMoved.\n\n## One paragraph."
    assert brought.notes == (
        "Tracked changes were taken as accepted: what was deleted is left out.",
    )


def test_what_is_no_running_text_is_left_out_and_said() -> None:
    brought = written(
        paragraph(RUN.format("In the middle"), '<w:tabs><w:tab w:pos="720"/></w:tabs>'),
        paragraph(
            RUN.format("Read")
            + "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='0'/></w:r>"
            + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
            + "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>"
            + "<w:r><w:ruby><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt><w:rubyBase>"
            + "<w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        ),
    )
    assert brought.text == "In the middle\n\nRead漢字"
    assert brought.notes == (
        "1 hidden passage was left out.",
        "1 footnote was left out.",
        "1 comment was left out.",
    )


def test_a_table_of_contents_is_left_out() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Chapter 1\t3", "toc 1")
    document.add_paragraph("Hello.")
    brought = read_words(saved(document))
    assert brought.text == "Hello."
    assert brought.notes == ("The table of contents, 1 line, was left out.",)


def test_text_boxes_and_content_controls_are_read_once() -> None:
    boxed = f"<w:txbxContent>{paragraph(RUN.format('In a box.'))}</w:txbxContent>"
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    brought = written(
        paragraph(
            RUN.format("Around it.")
            + f"<w:r><mc:AlternateContent {names}><mc:Choice Requires='wps'>{boxed}</mc:Choice>"
            + f"<mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        f"<w:sdt {nsdecls('w')}><w:sdtContent>{paragraph(RUN.format('Inside.'))}"
        "</w:sdtContent></w:sdt>",
    )
    assert brought == intake.Words("Around it.\n\nIn a box.\n\nInside.")


def test_headings_of_other_programs_are_known_by_style_or_outline_level() -> None:
    document = docx.Document()
    style = document.styles.add_style("Kapitel", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("From a style", "Kapitel")
    direct = document.add_paragraph("From a level")
    direct._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
    plain = document.add_paragraph("Not one", "Kapitel")
    plain._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="9"/>'))
    assert read_words(saved(document)).text == "## From a style\n\n### From a level\n\nNot one"


def test_a_word_file_with_macros_says_how_to_save_it() -> None:
    parts = parts_of(saved(docx.Document()))
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert "has macros, or it is damaged. In Word, save it as" in refusal(
        archive_of(parts), "a.docm"
    )


def test_a_document_of_three_hundred_thousand_words_is_read_to_the_last() -> None:
    sentence = "".join(map(RUN.format, ("Welcome to ", "our lovely ", "store today. "))) * 10
    body = f"<w:p>{sentence}</w:p>" * 5_000
    parts = parts_of(saved(docx.Document()))
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:sectPr", f"{body}<w:sectPr".encode(), 1
    )
    text = read_words(archive_of(parts)).text
    assert len(text.split()) == 300_000
    assert text.count("\n\n") == 4_999


def test_no_warning_of_a_library_reaches_the_log() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_sheet(by_hand(ROWS))
