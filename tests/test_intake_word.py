"""What a Word document shows in other ways than by plain letters, and what it does not show."""

import io

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from lib import intake
from lib.errors import InvalidRequestError

NAMES = nsdecls("w") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
SUPER = '<w:vertAlign w:val="superscript"/>'
SUB = '<w:vertAlign w:val="subscript"/>'
PROMPT = "Click or tap here to enter text."


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*parts: str, properties: str = "") -> str:
    """A paragraph; parts that are no XML are plain words."""
    inside = "".join(part if part.startswith("<") else run(part) for part in parts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def read(*blocks: str, styles: str = "", numbering: str = "") -> intake.Words:
    document = docx.Document()
    for xml in blocks:
        # Parsed inside another element, so that the names need not stand on each.
        for block in parse_xml(f"<w:body {NAMES}>{xml}</w:body>"):
            document.element.body.insert(len(document.element.body) - 1, block)
    for style in parse_xml(f"<w:styles {NAMES}>{styles}</w:styles>"):
        document.styles.element.append(style)
    if numbering:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        for old in list(part.element):
            part.element.remove(old)
        for new in parse_xml(f"<w:numbering {NAMES}>{numbering}</w:numbering>"):
            part.element.append(new)
    file = io.BytesIO()
    document.save(file)
    words = intake.read("a.docx", file.getvalue())
    assert isinstance(words, intake.Words)
    return words


def field(instruction: str, result: str | None, form: str = "") -> str:
    """A field as Word writes it; result: XML or plain words, None for a field without one."""
    shown = "" if result is None else result if result.startswith("<") else run(result)
    between = "" if result is None else '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>{between}{shown}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


CAP = '<w:framePr w:dropCap="{}" w:lines="3"/>'


@pytest.mark.parametrize(
    ("cap", "rest", "whole"),
    [
        ("O", "nce open, walk in.", "Once open, walk in."),
        ("“W", "hy?” he asked.", "“Why?” he asked."),
        ("A", " long time ago.", "A long time ago."),
        ("Once", " upon a time.", "Once upon a time."),
    ],
)
@pytest.mark.parametrize("kind", ["drop", "margin"])
@pytest.mark.parametrize("between", ["", '<w:bookmarkStart w:id="1" w:name="a"/>'])
def test_a_drop_cap_is_the_first_letter_of_its_word(
    cap: str, rest: str, whole: str, kind: str, between: str
) -> None:
    brought = read(line("Before."), line(cap, properties=CAP.format(kind)), between, line(rest))
    assert brought == intake.Words(f"Before.\n\n{whole}")


def test_a_drop_cap_may_come_from_a_style_or_stand_in_a_cell() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Initial"><w:name w:val="Initial"/>'
        f"<w:pPr>{CAP.format('drop')}</w:pPr></w:style>"
    )
    by_style = line("O", properties='<w:pStyle w:val="Initial"/>') + line("nce.")
    assert read(by_style, styles=style).text == "Once."
    in_cell = line("T", properties=CAP.format("drop")) + line("wo.")
    assert read(f"<w:tbl><w:tr><w:tc>{in_cell}</w:tc></w:tr></w:tbl>").text == "Two."
    not_one = line("Framed.", properties=CAP.format("none"))
    assert read(not_one, line("Next.")).text == "Framed.\n\nNext."


def control(words: str, properties: str = "<w:showingPlcHdr/>") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>"


PLACEHOLDER = (
    '<w:style w:type="character" w:styleId="Platzhaltertext">'
    '<w:name w:val="Placeholder Text"/></w:style>'
)


@pytest.mark.parametrize(
    ("unfilled", "words"),
    [
        (control(run(PROMPT)), PROMPT),
        (control(run("Wählen Sie ") + run("ein Element aus.")), "Wählen Sie ein Element aus."),
        (control(run("A date"), "<w:date/><w:showingPlcHdr w:val='1'/>"), "A date"),
        (run("Your name", '<w:rStyle w:val="Platzhaltertext"/>'), "Your name"),
        (run("Click or tap ") + run("here to enter text."), PROMPT),
        (field("MERGEFIELD First", "«First»"), "«First»"),
        (field("ADDRESSBLOCK", run("«Address") + run("Block»")), "«AddressBlock»"),
        ('<w:fldSimple w:instr=" MERGEFIELD A ">' + run("«A»") + "</w:fldSimple>", "«A»"),
        (field("MACROBUTTON NoMacro [Type here]", None), "[Type here]"),
        (field("REF _1 \\h", "Error! Reference source not found."), "Error! Reference source not"),
        (field("REF _1 \\h", "Fehler! Textmarke nicht definiert."), "Fehler! Textmarke nicht"),
        (field("PAGEREF _1", "Erreur\u00a0! Signet non défini."), "Erreur ! Signet non défini."),
        (field("REF _1", "¡Error! Marcador no definido."), "¡Error! Marcador no definido."),
        (field("REF _1", "Errore. Il segnalibro non è definito."), "Errore. Il segnalibro"),
        (run("Error! Reference source not found."), "Error! Reference source not found."),
    ],
)
def test_a_field_that_is_not_filled_in_is_left_out_and_quoted(unfilled: str, words: str) -> None:
    brought = read(line("Dear ", unfilled, ", welcome."), styles=PLACEHOLDER)
    assert brought.text == "Dear , welcome."
    assert len(brought.notes) == 1
    assert brought.notes[0].startswith(f"1 field not filled in was left out: “{words}")
    assert brought.notes[0].endswith("in “Dear , welcome.”.")


def test_a_blank_of_an_old_form_is_said() -> None:
    form = "<w:ffData><w:name w:val='Text1'/><w:textInput/></w:ffData>"
    brought = read(line("Dear ", field("FORMTEXT", "\u2002\u2002\u2002", form), ", hello."))
    assert brought.text == "Dear , hello."
    assert brought.notes == ("1 field not filled in was left out: a blank in “Dear , hello.”.",)


@pytest.mark.parametrize(
    "filled",
    [
        control(run("the hall"), "<w:dropDownList/>"),
        control(run("the hall"), '<w:showingPlcHdr w:val="0"/>'),
        control(control(run("the hall"), "<w:text/>"), "<w:group/>"),
        field("MERGEFIELD Place", "the hall"),
        field("DOCPROPERTY Place", run("the ") + run("hall")),
        field("REF _1 \\h", "the hall"),
        field('HYPERLINK "http://example.com"', "the hall"),
        field('IF "a" = "a"', field("REF _1", "the hall")),
        field("PAGE", "the hall"),
        "<w:hyperlink>" + run("the hall") + "</w:hyperlink>",
        "<w:smartTag>" + run("the ") + "<w:smartTag>" + run("hall") + "</w:smartTag></w:smartTag>",
        '<w:fldSimple w:instr="TITLE">' + run("the hall") + "</w:fldSimple>",
        run("the hall", "<w:caps/><w:smallCaps/>"),
        "<w:bdo w:val='ltr'>" + run("the hall", "<w:rtl/>") + "</w:bdo>",
        '<w:r><w:t xml:space="preserve">the ha</w:t><w:softHyphen/><w:t>ll</w:t></w:r>',
        run("the h\u00adall"),
        field("FORMTEXT", "the hall", "<w:ffData><w:textInput/></w:ffData>"),
    ],
)
def test_the_words_of_a_filled_field_are_read_once(filled: str) -> None:
    assert read(line("See ", filled, " now.")) == intake.Words("See the hall now.")


def test_what_a_field_asks_for_is_never_read() -> None:
    asked = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        + field("MERGEFIELD Sex", "f")
        + '<w:r><w:instrText> = "f" "Ms" "Mr"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("Ms")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert read(line("Dear ", asked, " Smith.")) == intake.Words("Dear Ms Smith.")


def test_the_chosen_line_of_an_old_list_is_read_and_a_preset_word_is_said() -> None:
    entries = '<w:listEntry w:val="red"/><w:listEntry w:val="blue"/>'
    form = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    assert read(line("It is ", field("FORMDROPDOWN", None, form), ".")).text == "It is blue."
    form = '<w:ffData><w:textInput><w:default w:val="Bonn"/></w:textInput></w:ffData>'
    brought = read(line("In ", field("FORMTEXT", "Bonn", form), "."))
    assert brought.text == "In Bonn."
    assert brought.notes == ("1 form field never changed was kept: “Bonn” in “In Bonn.”.",)


def test_a_field_that_was_never_worked_out_is_said() -> None:
    brought = read(line("On page ", field("PAGEREF a", None), "."), line(field("XE word", None)))
    assert brought.text == "On page ."
    assert brought.notes == (
        "1 field without a result in the file was left out: “PAGEREF a” in “On page .”.",
    )


def test_a_field_without_an_end_swallows_nothing() -> None:
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    ended = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert read(line(ended, "One. ", opened * 30, "Two."), line("Three.")).text == (
        "One. Two.\n\nThree."
    )


def sign(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (sign("Symbol", "F0B0"), "°"),
        (sign("symbol", "6D"), "µ"),
        (sign("Symbol", "F0B4"), "×"),
        (sign("Symbol", "F057"), "Ω"),
        (sign("Symbol", "F0B1"), "±"),
        (sign("Symbol", "F0A3"), "≤"),
        (sign("Symbol", "F0DE"), "⇒"),
        (sign("Segoe UI Symbol", "2713"), "✓"),
        (sign("Times New Roman", "00BD"), "½"),
        (run("\uf0b3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "≥"),
        (run("m", '<w:rFonts w:ascii="Symbol"/>'), "µ"),
        (run("p", '<w:rStyle w:val="Signs"/>'), "π"),
    ],
)
def test_the_signs_of_the_font_symbol_are_letters(part: str, shown: str) -> None:
    style = (
        '<w:style w:type="character" w:styleId="Signs"><w:name w:val="Signs"/>'
        '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:style>'
    )
    assert read(line("a ", part, " b"), styles=style) == intake.Words(f"a {shown} b")


@pytest.mark.parametrize(
    ("part", "font"),
    [
        (sign("Wingdings", "F0FC"), "Wingdings"),
        (sign("Webdings", "61"), "Webdings"),
        (sign("Arial", "F0B0"), "Arial"),
        (sign("Symbol", "F0F0"), "Symbol"),
        (sign("Symbol", "zz"), "Symbol"),
        (run("J", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "wingdings"),
        (run("\ue123", '<w:rFonts w:ascii="Company Icons"/>'), "company icons"),
    ],
)
def test_signs_that_are_pictures_are_left_out_and_said(part: str, font: str) -> None:
    brought = read(line("Ready ", part, "."))
    assert brought.text == "Ready ."
    assert brought.notes == (f"1 sign that cannot be said was left out: “{font}” in “Ready .”.",)


@pytest.mark.parametrize(
    ("before", "high", "behind", "shown"),
    [
        ("About 10", "6", " cells.", "About 10⁶ cells."),
        ("About 10", "-6", " g.", "About 10⁻⁶ g."),
        ("On 5 m", "2", ".", "On 5 m²."),
        ("About 10", "9", "/L.", "About 10⁹/L."),
        ("with sin", "2", " x", "with sin² x"),
        ("Dr. Smith", "PhD", " said", "Dr. Smith PhD said"),
        ("On 5m", "2", ".", "On 5m²."),
        ("In 3 cm", "3", " of oil", "In 3 cm³ of oil"),
        ("At 2 m s", "−1", ".", "At 2 m s⁻¹."),
        ("E = mc", "2", ".", "E = mc²."),
        ("x", "n", " + 1", "xⁿ + 1"),
        ("x", "n+1", ".", "xⁿ⁺¹."),
        ("(a + b)", "2", ".", "(a + b)²."),
        ("πr", "2", ".", "πr²."),
        ("Ca", "2+", " ions", "Ca²⁺ ions"),
        ("2", "0.5", ".", "2^(0.5)."),
        ("the ", "14", "C test", "the ¹⁴C test"),
        ("the 1", "st", " of May", "the 1st of May"),
        ("the 22", "nd", ".", "the 22nd."),
        ("le 2", "e", " jour", "le 2e jour"),
        ("M", "me", " Blanc", "Mme Blanc"),
        ("Soundcheck", "TM", " says", "Soundcheck™ says"),
        ("Soundcheck", "®", " says", "Soundcheck® says"),
        ("20", "o", "C today", "20°C today"),
        ("20", "0", " C today", "20° C today"),
        ("1", "o", " de mayo", "1o de mayo"),
        ("It costs $19", "99", " now.", "It costs $19.99 now."),
        ("Nur 19", "99", " €.", "Nur 19.99 €."),
        ("um 9", "30", " Uhr", "um 9:30 Uhr"),
    ],
)
def test_raised_letters_keep_their_meaning(before: str, high: str, behind: str, shown: str) -> None:
    assert read(line(before, run(high, SUPER), behind)) == intake.Words(shown)


@pytest.mark.parametrize(
    ("before", "mark", "behind"),
    [
        ("as we know", "1", " today."),
        ("as we know.", "12", " Today."),
        ("as “we know”", "3", " today"),
        ("(see below)", "2", " today"),
        ("as we know", "1,2", "."),
        ("as we know", "[4]", "."),
        ("as we know", "*", "."),
        ("as we know", "a", "."),
        ("in 2020", "1", " already."),
        ("for $25", "1", " only."),
        ("in plan A", "1", " already."),
    ],
)
def test_the_mark_of_a_note_is_left_out_and_said(before: str, mark: str, behind: str) -> None:
    brought = read(line(before, run(mark, SUPER), behind))
    assert brought.text == before + behind
    assert brought.notes[0].startswith(f"1 raised mark of a note was left out: “{mark}” in “")


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("H", run("2", SUB), "O"), "H₂O"),
        (("x", run("1", SUB), " and x", run("i", SUB)), "x₁ and xᵢ"),
        (("V", run("max", SUB), "."), "Vmax."),
        (("SO", run("4", SUB), run("2-", SUPER), "."), "SO₄²⁻."),
        (("2 cups and 1", run("1", SUPER), "/", run("2", SUB), " more"), "2 cups and 1 1/2 more"),
        ((run("3", SUPER), "⁄", run("4", SUB), " cup"), "3⁄4 cup"),
        ((run("The whole line is raised.", SUPER),), "The whole line is raised."),
        (("10", run("1", SUPER), run("2", SUPER), "."), "10¹²."),
        (("10", run("6", '<w:position w:val="8"/>'), "."), "10⁶."),
        (("H", run("2", '<w:position w:val="-2"/>'), "O"), "H₂O"),
        (("10", run("6", '<w:rStyle w:val="Power"/>'), "."), "10⁶."),
        (("10", run("6", '<w:rStyle w:val="Power"/><w:vertAlign w:val="baseline"/>'), "."), "106."),
        (("5 m", run("2 ", SUPER), "of cloth"), "5 m² of cloth"),
    ],
)
def test_lowered_letters_fractions_and_heights_of_styles(
    parts: tuple[str, ...], shown: str
) -> None:
    style = (
        '<w:style w:type="character" w:styleId="Power"><w:name w:val="Power"/>'
        f"<w:rPr>{SUPER}</w:rPr></w:style>"
    )
    assert read(line(*parts), styles=style) == intake.Words(shown)


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="Gone"/>'])
def test_words_that_are_struck_out_are_left_out_and_quoted(look: str) -> None:
    style = (
        '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/>'
        "<w:rPr><w:strike/></w:rPr></w:style>"
    )
    struck = run("the old ", look) + run("hall", look)
    brought = read(line("Go to ", struck, "the library."), styles=style)
    assert brought.text == "Go to the library."
    assert brought.notes == (
        "1 struck-out passage was left out: “the old hall” in “Go to the library.”.",
    )
    assert read(line("It ", run("stays", '<w:strike w:val="0"/>'), ".")).text == "It stays."


def test_words_hidden_by_a_style_are_left_out_and_fields_in_them_stay_whole() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="Secret"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    hidden = line("Not this.", properties='<w:pStyle w:val="Secret"/>')
    index = (
        '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:instrText>XE hall</w:instrText></w:r>"
        '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>'
    )
    brought = read(line("The hall", index, "."), hidden, styles=style)
    assert brought.text == "The hall."
    assert brought.notes == ("1 hidden passage was left out.",)


def test_the_marks_of_a_field_count_even_when_they_are_hidden() -> None:
    begin = '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
    asked = begin + "<w:r><w:instrText>IF a</w:instrText></w:r>" + run("asked")
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("shown")}'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert read(line("It is ", asked, shown, end, ".")) == intake.Words("It is shown.")


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_tables_in_tables_and_merged_cells_are_read_once_and_in_order() -> None:
    inner = table(cell(line("one")) + cell(line("two")), cell(line("three")) + cell(line("four")))
    first, other = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    brought = read(
        table(
            cell(line("Before"), inner, line("after")) + cell(line("last")),
            cell(line("wide"), properties='<w:gridSpan w:val="2"/>'),
            cell(line("tall"), properties=first) + cell(line("right")),
            cell(line(), properties=other) + cell(line("below")),
        )
    )
    assert brought == intake.Words(
        "Before one, two; three, four after, last\nwide\ntall, right\nbelow"
    )


def test_text_boxes_in_cells_and_shapes_beside_paragraphs_are_read_once() -> None:
    box = f"<w:txbxContent>{line('In a box.')}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert read(table(cell(line("A cell.", f"<w:r>{both}</w:r>")))).text == "A cell. In a box."
    beside = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{line("New.")}</mc:Choice>'
        f"<mc:Fallback>{line('Old.')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read(line("One."), beside).text == "One.\n\nNew."
    only = f"<mc:AlternateContent><mc:Fallback>{line('Old.')}</mc:Fallback></mc:AlternateContent>"
    assert read(only).text == "Old."


@pytest.mark.parametrize(
    ("thing", "note"),
    [
        ("<w:r><w:object><v:shape/></w:object></w:r>", "1 embedded object was left out."),
        (
            "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>",
            "1 picture was left out.",
        ),
        (
            '<w:r><w:pict><v:textpath string="Sale"/></w:pict></w:r>',
            "1 WordArt picture was left out.",
        ),
        ('<w:r><w:endnoteReference w:id="1"/></w:r>', "1 endnote was left out."),
    ],
)
def test_what_stands_beside_the_text_is_counted(thing: str, note: str) -> None:
    assert read(line("Hello.", thing)) == intake.Words("Hello.", (note,))


def test_a_document_whose_only_words_were_left_out_says_so() -> None:
    with pytest.raises(
        InvalidRequestError, match=r"no words in it\. 1 struck-out passage was left"
    ):
        read(line(run("All of it.", "<w:strike/>")))
