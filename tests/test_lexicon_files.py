"""Import and export of a lexicon as CSV and PLS: nothing is lost, and each error is named."""

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import export
from lib.errors import InvalidRequestError
from lib.lexicon import Entry, checked, files
from tests.quick import within

NATO = Entry("NATO", "nay toe", "asked by Tim", match_case=True)
PLS = "http://www.w3.org/2005/01/pronunciation-lexicon"


def _is_kept(entry: Entry) -> bool:
    try:
        checked(entry)
    except InvalidRequestError:
        return False
    return True


# Of what an entry may hold, so that hardly anything has to be made in vain; a note may be typed in
# several lines. A file with "�" in it has lost something already, and that is said.
CHARACTERS = st.one_of(
    st.sampled_from("'=+-@<>&\"/;,| ＝[]éa\u00a0"),
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cn", "Cs", "Zl", "Zp"],
        exclude_characters="\N{REPLACEMENT CHARACTER}",
    ),
)
NOTE_CHARACTERS = CHARACTERS | st.sampled_from("\t\n")
ENTRIES = st.lists(
    st.builds(
        Entry,
        st.text(CHARACTERS, min_size=1, max_size=8),
        st.text(CHARACTERS, max_size=12) | st.just("/kriːt/"),
        st.text(NOTE_CHARACTERS, max_size=8),
        st.booleans(),
        st.booleans(),
    )
    .filter(_is_kept)
    .map(checked),
    unique_by=lambda entry: entry.identity,
    max_size=6,
)


def read_csv(text: str, encoding: str = "utf-8") -> files.Read:
    return files.read(text.encode(encoding))


def pls(lexemes: str, alphabet: str = "ipa") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<lexicon version="1.0" xmlns="{PLS}"\n'
        f'  alphabet="{alphabet}" xml:lang="en-US">{lexemes}</lexicon>'
    ).encode()


@settings(deadline=None)
@given(ENTRIES)
def test_a_table_brings_every_entry_back(entries: list[Entry]) -> None:
    assert files.read(files.csv_bytes(entries)) == files.Read(tuple(entries), ())


@settings(deadline=None)
@given(ENTRIES)
def test_pls_brings_every_entry_back(entries: list[Entry]) -> None:
    assert files.read(files.pls_bytes(entries)) == files.Read(tuple(entries), ())


@pytest.mark.parametrize("word", ["=1+1", "+49", "-x", "@me", "＝cmd", "'tis", "''"])
def test_s06_no_cell_is_a_formula_and_the_word_comes_back(word: str) -> None:
    table = files.csv_bytes([Entry(word, word, word)])
    cells = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))[1]

    assert all(cell.startswith("'") for cell in cells[:3])
    assert files.read(table).entries == (Entry(word, word, word),)


def test_a_word_with_an_apostrophe_from_elsewhere_keeps_it() -> None:
    assert read_csv("Word,Say as\n'tis,it is\n").entries == (Entry("'tis", "it is"),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_b15_every_separator_encoding_and_line_end_is_read(
    delimiter: str, encoding: str, end: str
) -> None:
    rows = ["Say as|Word", "Grüße|Gruß", "Fräulein Müller, die erste; ja|Frl. Müller"]
    quoted = [delimiter.join(f'"{cell}"' for cell in row.split("|")) for row in rows]

    found = read_csv(end.join(quoted), encoding)

    assert found.entries == (
        Entry("Gruß", "Grüße"),
        Entry("Frl. Müller", "Fräulein Müller, die erste; ja"),
    )


def test_blanks_after_the_commas_of_a_table_typed_by_hand_do_not_count() -> None:
    assert read_csv('Word, Say as\n"R&D", "are, and dee"\n').entries == (
        Entry("R&D", "are, and dee"),
    )


def test_columns_are_known_in_any_order_and_others_left_aside() -> None:
    table = "Id;whole_word;NOTE;Say-As;MatchCase;word\n7;no;why;nay toe;yes;NATO\n"
    assert read_csv(table).entries == (Entry("NATO", "nay toe", "why", True, False),)


@pytest.mark.parametrize("yes", ["yes", "YES", "y", "true", "TRUE", "1", "x", " X "])
@pytest.mark.parametrize("no", ["no", "N", "false", "0"])
def test_yes_and_no_are_read_as_people_write_them(yes: str, no: str) -> None:
    table = f"Word,Say as,Match case,Whole word\na,b,{yes},{no}\nc,d,{no},{yes}\ne,f,,\n"
    assert read_csv(table).entries == (
        Entry("a", "b", "", True, False),
        Entry("c", "d", "", False, True),
        Entry("e", "f"),
    )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("NATO", "Row 3: it ends before the column “Say as”."),
        (",nay toe", "Row 3: There is no word yet."),
        ("NATO,nay toe,,maybe", "Row 3: “Match case”, “Whole word” and “Leave out” are answered"),
        ("NATO,", "Row 3: it has nothing to say."),
        ('"NATO,nay toe', "Row 3: a quotation mark is missing here"),
        ('"NATO"s,nay toe', "Row 3: a quotation mark is missing here"),
        (f"{'w' * 101},nay toe", "The word has 101 characters"),
        ('"NA\nTO",nay toe', "Row 3: “NA TO”: The word has a line break"),
        ("one,eins", "Row 3: “one” is in the file twice; the first is used."),
        ("One,eins", "Row 3: “One” is in the file twice; the first is used."),
    ],
)
def test_b19_a_broken_row_is_named_and_the_others_are_taken(row: str, problem: str) -> None:
    found = read_csv(f"Word,Say as,Note,Match case\none,wun\n{row}\ntwo,too\nthree,tree\n")

    assert found.entries == (Entry("one", "wun"), Entry("two", "too"), Entry("three", "tree"))
    assert len(found.problems) == 1
    assert problem in found.problems[0]


def test_b16_blank_rows_and_notes_over_several_lines_are_read_and_rows_counted_right() -> None:
    found = read_csv('\nWord,Say as,Note\none,wun,"first\nsecond"\n\n,,\ntwo,too\n,x\n')
    assert found.entries == (Entry("one", "wun", "first second"), Entry("two", "too"))
    assert found.problems == ("Row 7: There is no word yet.",)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("Term\nx\n", "“Term”"),
        ("Titel;Ansage\nx;y\n", "“Titel”, “Ansage”"),
        ("NATO,nay toe\n", "“NATO”, “nay toe”"),
        ("a,b,c,d,e,f,g,h,i,j\n", "“g”, “h” and 2 more"),
    ],
)
def test_b17_a_table_without_the_columns_is_refused_with_the_names_seen(
    table: str, names: str
) -> None:
    with pytest.raises(InvalidRequestError, match="“Word” and “Say as”") as caught:
        read_csv(table)
    assert str(caught.value).endswith(f"{names}.")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidRequestError, match=r"empty|It has: nothing"):
        files.read(data)


def test_b18_a_file_beyond_the_limits_is_refused_at_once() -> None:
    with within(5):
        with pytest.raises(InvalidRequestError, match="20 MB"):
            files.read(b"Word,Say as\n" + b"x" * 20_000_000)
        for rows in ("a,b\n" * 10_001, ",\n" * 100_000, '"\n' * 100_000):
            with pytest.raises(InvalidRequestError, match="more than 10,000 rows"):
                read_csv("Word,Say as\n" + rows)
        with pytest.raises(InvalidRequestError, match="more than 10,000 rows"):
            files.read(pls("<lexeme/>" * 10_001))


def test_ten_thousand_rows_are_read() -> None:
    entries = tuple(Entry(f"word {number}", "x") for number in range(10_000))
    assert files.read(files.csv_bytes(entries)) == files.Read(entries, ())
    assert files.read(files.pls_bytes(entries)) == files.Read(entries, ())


def test_a_word_is_left_out_by_a_choice_and_never_by_an_empty_field() -> None:
    entries = (Entry("hm", ""), NATO)
    assert files.read(files.csv_bytes(entries)) == files.Read(entries, ())
    assert files.read(files.pls_bytes(entries)) == files.Read(entries, ())

    both = read_csv("Word,Say as,Leave out\nhm,mm,yes\n")
    assert (both.entries, both.problems) == ((), ("Row 2: it is to be said and left out.",))
    empty = files.read(pls("<lexeme><grapheme>hm</grapheme><alias> </alias></lexeme>"))
    assert not empty.entries
    assert "does not tell how to say it" in empty.problems[0]


def test_pls_as_we_write_it_is_what_the_specification_says() -> None:
    entries = [NATO, Entry("Crete", "/kriːt/"), Entry("<b>", "")]
    root = ElementTree.fromstring(files.pls_bytes(entries, language="pt-BR"))

    assert root.tag == f"{{{PLS}}}lexicon"
    assert root.get("version") == "1.0"
    assert root.get("alphabet") == "ipa"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "pt-BR"
    lexemes = [[(child.tag.split("}")[1], child.text) for child in lexeme] for lexeme in root]
    assert lexemes == [
        [("grapheme", "NATO"), ("alias", "nay toe")],
        [("grapheme", "Crete"), ("phoneme", "kriːt")],
        [("grapheme", "<b>"), ("alias", None)],
    ]
    assert all(name.startswith("{urn:") for lexeme in root for name in lexeme.attrib)
    assert all(not child.attrib for lexeme in root for child in lexeme)


def test_pls_of_another_program_is_read_with_all_its_spellings_matching_case() -> None:
    found = files.read(
        pls(
            """<meta name="author" content="Tim"/><!-- a remark -->
            <lexeme role="x"><grapheme>colour</grapheme><grapheme>color</grapheme>
              <alias>
                 kuh
                 ler
              </alias></lexeme>
            <lexeme><grapheme>Crete</grapheme><phoneme>kriːt</phoneme></lexeme>"""
        )
    )
    assert found == files.Read(
        (
            Entry("colour", "kuh ler", match_case=True),
            Entry("color", "kuh ler", match_case=True),
            Entry("Crete", "/kriːt/", match_case=True),
        ),
        (),
    )


def test_of_several_pronunciations_the_preferred_is_taken_and_else_the_first() -> None:
    found = files.read(
        pls(
            """<lexeme><grapheme>a</grapheme><alias>one</alias><alias>two</alias></lexeme>
            <lexeme><grapheme>b</grapheme><alias>one</alias>
              <phoneme prefer="true">tuː</phoneme></lexeme>
            <lexeme><grapheme>c</grapheme><phoneme alphabet="x-sampa" prefer="true">tu:</phoneme>
              <alias>two</alias></lexeme>"""
        )
    )
    assert [entry.say_as for entry in found.entries] == ["one", "/tuː/", "two"]


@pytest.mark.parametrize(
    ("lexeme", "problem"),
    [
        (
            '<grapheme>pecan</grapheme><phoneme alphabet="x-sampa">pI"kA:n</phoneme>',
            "Word 2, “pecan”: it is written in the alphabet “x-sampa”; only IPA can be read.",
        ),
        ("<grapheme>pecan</grapheme>", "Word 2, “pecan”: the file does not tell how to say it."),
        ("<grapheme>pecan</grapheme><phoneme>a/b</phoneme>", "Word 2, “pecan”: its phonetic"),
        ("<grapheme>pecan</grapheme><phoneme/>", "Word 2, “pecan”: its phonetic"),
        ("<alias>pecan</alias>", "Word 2: There is no word yet."),
        ("<grapheme>a</grapheme><alias>b</alias>", "Word 2, “a”: “a” is in the file twice"),
    ],
)
def test_a_word_of_pls_that_cannot_be_used_is_named_and_the_others_are_taken(
    lexeme: str, problem: str
) -> None:
    one, other = (
        f"<lexeme><grapheme>{each}</grapheme><alias>x</alias></lexeme>" for each in ("a", "c")
    )
    found = files.read(pls(f"{one}<lexeme>{lexeme}</lexeme>{other}"))

    assert [entry.word for entry in found.entries] == ["a", "c"]
    assert len(found.problems) == 1
    assert found.problems[0].startswith(problem)


def test_the_alphabet_of_the_whole_file_counts_where_a_word_says_none() -> None:
    lexeme = "<lexeme><grapheme>a</grapheme><phoneme{}>x</phoneme></lexeme>"
    assert "“x-sampa”" in files.read(pls(lexeme.format(""), "x-sampa")).problems[0]
    own = lexeme.format(' alphabet="ipa"')
    assert files.read(pls(own, "x-sampa")).entries == (Entry("a", "/x/", match_case=True),)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE lexicon SYSTEM "https://example.com/pls.dtd">',
        '<!DOCTYPE lexicon [<!ENTITY a "b">]>',
        '<!DOCTYPE lexicon [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE lexicon [<!ENTITY % a SYSTEM "https://example.com/a.dtd"> %a;]>',
    ],
)
def test_hostile_xml_is_refused_before_it_is_expanded(head: str) -> None:
    body = pls("<lexeme><grapheme>&a;</grapheme><alias>x</alias></lexeme>").decode()
    with pytest.raises(InvalidRequestError, match="definitions of its own"):
        files.read(body.replace("?>\n", f"?>\n{head}\n", 1).encode())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<lexicon", "no well-formed XML"),
        (b'<?xml version="1.0" encoding="klingon"?><lexicon/>', "no well-formed XML"),
        (b'<?xml version="1.0" encoding="shift_jis"?><lexicon/>', "no well-formed XML"),
        (b"<html><p>Hello</p></html>", "no pronunciation lexicon"),
    ],
)
def test_xml_that_is_no_lexicon_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(InvalidRequestError, match=sentence):
        files.read(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_pls_is_told_from_a_table_by_its_content_in_any_encoding(encoding: str) -> None:
    text = pls("<lexeme><grapheme>é</grapheme><alias>x</alias></lexeme>").decode()
    data = text.replace("UTF-8", encoding.removesuffix("-sig")).encode(encoding)
    assert files.read(data).entries == (Entry("é", "x", match_case=True),)


def test_k5_a_lexicon_of_too_many_elements_is_refused_before_it_is_parsed() -> None:
    with within(1), pytest.raises(InvalidRequestError, match="too much work"):
        files.read(b"<lexicon>" + b"<a/>" * 4_000_000 + b"</lexicon>")


def test_our_own_tables_are_guarded_by_the_one_rule_of_the_house() -> None:
    assert files.csv_bytes([NATO]) == export.csv_bytes(
        ("Word", "Say as", "Note", "Match case", "Whole word", "Leave out"),
        [("NATO", "nay toe", "asked by Tim", "yes", "yes", "no")],
    )
