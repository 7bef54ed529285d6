"""Markdown in a document: what is a heading, and what is no part of the words."""

import re

import pytest

from lib import catalogue
from lib.library import Library
from lib.library.scripts import Kind
from lib.script import blocks, chapters, dialogue
from lib.scripting.check_up import notes_of
from tests.quick import within
from tests.test_scripting_state import an_office

CHARS = 500_000


def titles(text: str) -> list[str]:
    return [line.title for line in chapters.lines(text)]


@pytest.mark.parametrize(
    "code",
    [
        "```bash\n# no heading\nsudo apt update\n```",
        "~~~\n# no heading\n~~~",
        "   ```\n# no heading\n   ```",
        "````md\n```\n# no heading\n```\n````",
        "```\n~~~\n# no heading\n```",
        "- First:\n  ```\n  # no heading\n# nor this\n  ```",
        "1. ```\n   # no heading\n   ```",
        "Text:\n\n    # no heading",
        "```\nNo heading\n==========\n```",
        "<pre>\n# no heading\n</pre>",
        "```\n<!--\n```",
    ],
)
def test_lines_inside_code_are_no_headings(code: str) -> None:
    text = f"# Install\n\n{code}\n\nThen go on.\n\n# Use\n\nStart it."

    assert titles(text) == ["Install", "Use"]
    assert code.strip() in chapters.lines(text)[0].text


def test_code_that_is_not_closed_goes_on_to_the_end() -> None:
    assert titles("# One\na\n```\n# Two\nb") == ["One"]


def test_signs_of_code_within_a_line_begin_no_code() -> None:
    assert titles("# One\n```a``` b\n# Two\nc") == ["One", "Two"]


@pytest.mark.parametrize("underline", ["===", "=======", "---", "--------  ", "  ---"])
def test_an_underlined_line_is_a_heading_without_its_underline(underline: str) -> None:
    (before, found) = chapters.lines(f"Before.\n\nMy Book\n{underline}\n\nHello.")

    assert before.text == "Before."
    assert (found.title, found.text) == ("My Book", "My Book\n\nHello.")


@pytest.mark.parametrize(
    "text",
    [
        "Yours,\nAnna\n---\nNorthwind",
        "One.\n\n---\n\nTwo.",
        "Name   Price\n----   -----\nTea    5",
        "Name | Price\n---\nTea",
        "- milk\n---\nbread",
        "1. milk\n---\nbread",
        "Dear all,\n---\nhello",
        "a" * 101 + "\n---\nhello",
        "Hello\n--\nthere",
        "#hashtag\nhello",
        "\\# Not a heading\nhello",
        "> # Quoted\nhello",
        "<!--\n# Hidden\n-->\nhello",
    ],
)
def test_other_lines_are_no_headings(text: str) -> None:
    assert chapters.count(text) == 0
    assert titles(text) == [""]


@pytest.mark.parametrize("title", ["Learn C#", "Use # well", "\\#1"])
def test_a_heading_keeps_the_signs_that_are_words(title: str) -> None:
    assert titles(f"# {title}\nHello.") == [title]
    assert titles(f"# {title} ##\nHello.") == [title]


FRONT = "---\ntitle: My chapter\ndate: 2026-05-01\ntags:\n  - one\n- two\n---\n"


def test_front_matter_is_left_out_and_told() -> None:
    text = FRONT + "\nMy Book\n=======\n\nChapter One\n-----------\n\nHello there."

    assert [(line.title, line.text) for line in chapters.lines(text)] == [
        ("My Book", "My Book\n\nChapter One\n\nHello there.")
    ]
    assert blocks.left_out(text) == [FRONT]


def test_the_title_in_front_matter_names_a_text_without_a_heading() -> None:
    (line,) = chapters.lines(FRONT + "Hello.")
    assert (line.title, line.text) == ("My chapter", "Hello.")


@pytest.mark.parametrize(
    "text",
    [
        "---\nAnna: Hello.\nBob: Hi.\n---\nBye.",
        "---\nHello there.\n---\nBye.",
        "Hello.\n---\ntitle: no\n---\nBye.",
        "---\ntitle: not closed\nHello.",
        "Use `<!--` and\nend with -->.",
        "One.\n<!-- not closed\nTwo.",
        "One <!-- not closed.\n\nTwo --> three.",
        "One `<!-- a` two\nthree -->.",
        "One <!-- " + "two\n" * 1_000 + "-->",
    ],
)
def test_words_are_never_taken_for_what_is_left_out(text: str) -> None:
    assert blocks.left_out(text) == []
    said = " ".join(line.text for line in chapters.lines(text))
    assert re.findall(r"\w+", said) == re.findall(r"\w+", text)


def test_a_comment_over_several_lines_is_left_out_and_what_follows_it_is_said() -> None:
    text = "Hello.\n<!-- to do:\n# check\n--> Bye."

    (line,) = chapters.lines(text)
    assert line.text.split() == ["Hello.", "Bye."]
    assert blocks.left_out(text) == ["<!-- to do:\n# check\n-->"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello <!-- to\ndo --> there.", "Hello there."),
        ("`a` b <!-- `c`\n\td --> e.", "`a` b e."),
        ("One <!-- a\n--> two <!-- b --> <!-- c\nd -->", "One two <!-- b -->"),
        ("- One <!-- a\n  b -->\n- Two", "- One - Two"),
    ],
)
def test_a_comment_within_a_line_is_left_out_with_the_lines_it_goes_on_over(
    text: str, said: str
) -> None:
    (line,) = chapters.lines(text)
    assert " ".join(line.text.split()) == said
    assert all(each.startswith("<!--") for each in blocks.left_out(text))


def test_a_dialogue_leaves_out_the_same() -> None:
    text = FRONT + "Anna: Hello.\n<!-- Bob: No.\nto do -->\nBob: Yes."

    said = [(line.speaker, line.text) for line in dialogue.lines(text)]
    assert said == [("Anna", "Hello."), ("Bob", "Yes.")]


def test_a_text_of_nothing_else_is_kept() -> None:
    assert [line.text for line in chapters.lines(FRONT)] == [FRONT]
    assert blocks.left_out(FRONT) == []


@pytest.mark.parametrize(
    "unit",
    [
        "# a\n",
        "a\n===\n\n",
        "```\n",
        "- ```\na\n",
        "~",
        "`",
        "<!--\n",
        "a <!-- ",
        "a <!--\n ",
        "a <!-- b --> ",
        "---\n",
        "<pre>\n",
        " ",
        "a\n",
    ],
)
def test_chapters_of_half_a_million_characters_take_no_time(unit: str) -> None:
    text = (unit * CHARS)[:CHARS]
    with within(3):  # measured: 0.5 at most, 0.003 for a book
        chapters.lines(text)


@pytest.mark.parametrize("kind", ["document", "dialogue"])
def test_the_check_up_tells_what_a_script_leaves_out(library: Library, kind: Kind) -> None:
    office = an_office(library, kind, text=FRONT + "Anna: Hello.\nBob: Hi.")

    notes = notes_of(
        office.look(), known=frozenset(), row_max_chars=2_000, catalogue=catalogue.load()
    )

    assert notes[0].place == "Left out"
    assert "title: My chapter" in notes[0].message
