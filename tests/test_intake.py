"""Import of texts and captions: encodings, types of files, and refusals."""

import io
import zipfile

import pytest

from lib import intake
from lib.errors import InvalidRequestError

GERMAN = "Grüß Gott! Drücken Sie für Öffnungszeiten die Eins – schönen Tag.\n"
FRENCH = "Bienvenue à l’accueil. Où êtes-vous ? Ça va, à bientôt, cœur à cœur.\n"
POLISH = "Dzień dobry, naciśnij jeden, żeby usłyszeć godziny otwarcia. Dziękujemy.\n"
JAPANESE = "お電話ありがとうございます。営業時間は九時から五時までです。\n"


def words(data: bytes, name: str = "a.txt") -> intake.Words:
    brought = intake.read(name, data)
    assert isinstance(brought, intake.Words)
    return brought


def sheet(data: bytes, name: str = "a.csv") -> intake.Sheet:
    brought = intake.read(name, data)
    assert isinstance(brought, intake.Sheet)
    return brought


def refusal(data: bytes, name: str) -> str:
    """The sentence and the hint, as a page shows them."""
    with pytest.raises(InvalidRequestError) as caught:
        intake.read(name, data)
    return f"{caught.value} {caught.value.hint}"


def zipped(**parts: str) -> bytes:
    """An archive of parts; "xl__workbook_xml" stands for "xl/workbook.xml"."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


@pytest.mark.parametrize("text", [GERMAN, FRENCH, POLISH, JAPANESE])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_b15_every_unicode_text_is_read_with_and_without_its_mark(text: str, encoding: str) -> None:
    brought = words(text.encode(encoding))
    assert (brought.text, brought.notes) == (text, ())


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (GERMAN, "cp1252", "Western European"),
        (FRENCH, "cp1252", "Western European"),
        (POLISH, "cp1250", "Central European"),
        (JAPANESE, "cp932", "Japanese"),
        ("Добро пожаловать в наш магазин. Нажмите один.\n", "cp1251", "Cyrillic"),
    ],
)
def test_b15_an_old_encoding_is_recognised_and_said(text: str, encoding: str, said: str) -> None:
    brought = words(text.encode(encoding))
    assert brought.text == text
    assert said in brought.notes[0]


def test_b15_a_stray_nul_makes_no_wide_text_of_an_old_one() -> None:
    assert words("Gr\0üße,\nTschüß\n".encode("cp1252")).text == "Grüße,\nTschüß\n"


def test_b15_a_few_broken_bytes_do_not_spoil_a_unicode_text() -> None:
    brought = words(POLISH.encode() * 3 + b"\xff\n")
    assert brought.text == POLISH * 3 + "\N{REPLACEMENT CHARACTER}\n"
    assert brought.notes == ("1 character could not be read and shows as \ufffd.",)


def test_a_text_keeps_every_letter_and_blank_but_nuls() -> None:
    brought = words(b"  # One\r\n\r\ntw\0o,  three\t\n", "a.md")
    assert brought.text == "  # One\r\n\r\ntwo,  three\t\n"
    assert brought.notes == ("1 NUL character was left out.",)


def test_three_hundred_thousand_words_are_read_to_the_last() -> None:
    text = f"{GERMAN * 25_000}The end."
    assert words(text.encode("cp1252")).text == text


def test_prose_with_commas_stays_a_text_and_a_pasted_table_becomes_a_sheet() -> None:
    assert words(b"Hello, Ashley.\nGood evening, Tim.\n").text.startswith("Hello, ")
    assert sheet(b"Hello\tAshley\nBye\tTim\n", "pasted.txt").rows[1] == ("Bye", "Tim")
    assert sheet("Text;Stimme\nHallo;Tim\n".encode("utf-16"), "a.txt").rows == (("Hallo", "Tim"),)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "a.pdf is a PDF. Save it as Word (.docx) or plain text"),
        ("a.txt", b"%PDF-1.7 ...", "a.txt is a PDF."),
        ("a.rtf", b"{\\rtf1\\ansi Hello}", "Rich Text"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.heic", b"\0\0\0\x18ftypheic", "a picture"),
        ("a.mp3", b"ID3\x04", "a sound or a film"),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", "a sound or a film"),
        ("a.odt", zipped(mimetype="application/vnd.oasis.opendocument.text"), "PACKED"),
        ("a.pages", zipped(Index__Document_iwa="x"), "a Pages document. In Pages, export it."),
        ("a.numbers", zipped(Index__Document_iwa="x"), "a Numbers document"),
        ("a.xlsb", zipped(xl__workbook_bin="x"), "a binary Excel workbook (.xlsb)"),
        ("a.pptx", zipped(ppt__presentation_xml="x"), "a presentation"),
        ("a.zip", zipped(a_txt="Hello"), "an archive of files. Unpack it"),
        ("a.xls", b"<html><table><tr><td>Hello", "a web page inside, whatever its name says"),
        ("a.csv", b"\x01\x02\x03\x04" * 50, "is not a text, a document, a table or captions."),
        ("a.csv", b"", "a.csv is empty."),
        ("a.csv", b"\xef\xbb\xbf", "no row with anything in it"),
        ("a.docx", b"PK\x03\x04 cut", "a damaged archive"),
    ],
)
def test_what_cannot_be_brought_in_is_named_by_its_content_with_a_way_out(
    name: str, data: bytes, said: str
) -> None:
    if said == "PACKED":  # an OpenDocument file begins with its type, not compressed
        data = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text"
        said = "an OpenDocument text (.odt). Save it as a Word document (.docx)"
    assert said in refusal(data, name)


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("WordDocument", "an old Word document (.doc). Save it as a Word document (.docx)"),
        ("Workbook", "an old Excel workbook (.xls). Save it as an Excel workbook (.xlsx)"),
        ("EncryptedPackage", "protected by a password. Save a copy without a password"),
    ],
)
def test_old_and_locked_office_files_are_told_apart(stream: str, said: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")
    assert said in refusal(data, "a.docx")


def test_b18_s14_a_file_over_20_mb_is_refused_with_its_size() -> None:
    assert "a.txt has 20.1 MB; 20.0 MB is the most." in refusal(b"a" * 20_100_000, "C:\\x\\a.txt")


def test_what_is_not_said_of_a_markdown_file_is_named() -> None:
    brought = intake.read("a.md", b"---\r\ntitle: Tea\r\n---\r\nHello <!-- to\r\ndo --> there.")
    assert isinstance(brought, intake.Words)
    (note,) = brought.notes
    assert all(words in note for words in ("not said", "title: Tea", "to do"))
    assert not intake.read("a.md", b"Hello there, all.").notes
