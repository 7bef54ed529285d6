"""A document is changed chapter by chapter, and nothing but that chapter changes."""

from hypothesis import given
from hypothesis import strategies as st

from lib.script import chapters
from lib.script.sections import changed, sections, titled

BOOK = """Preface.

# Handbook

## Before you start

Read this.

Twice.

## At work

Be kind.
"""
LINES = st.sampled_from(
    ["# One", "## Two C#", "Title\n===", "Words.", "", "```\n# code\n```", "<!-- # note -->", "---"]
)
TEXTS = st.lists(LINES, max_size=12).map("\n".join)


def test_each_heading_stands_by_itself_with_the_text_under_it() -> None:
    assert [(each.level, each.heading, each.body) for each in sections(BOOK)] == [
        (0, "", "Preface."),
        (1, "Handbook", ""),
        (2, "Before you start", "Read this.\n\nTwice."),
        (2, "At work", "Be kind."),
    ]


def test_a_heading_and_a_text_are_changed_without_their_signs() -> None:
    start = sections(BOOK)[2]
    text = changed(BOOK, start, heading="First of all", body="Read this.")
    assert text == BOOK.replace(
        "Before you start\n\nRead this.\n\nTwice.", "First of all\n\nRead this."
    )
    assert changed(BOOK, start, heading="  ", body=start.body) == BOOK


def test_a_heading_stays_to_the_letter_unless_other_words_are_typed() -> None:
    text = "# Chapter  one\n\nWords."
    (section,) = sections(text)
    for typed in ("## Two", "#Two", "# # Two"):
        assert changed(text, section, heading=typed, body="Words.") == "# Two\n\nWords."
    assert changed(text, section, heading="##", body="Words.") == text
    assert changed(text, section, heading="Chapter one", body="Words.") == text
    assert changed(text, section, heading="Chapter  one", body="New.") == "# Chapter  one\n\nNew."


def test_a_heading_that_has_signs_of_its_own_keeps_them() -> None:
    text = "# #1 hits\n\nWords.\n\n## #tea\n\nMore."
    first, second = sections(text)
    assert titled(first, "#1 hits") == "#1 hits"
    assert titled(first, "# #1 hit") == "#1 hit"
    assert titled(second, "#tea") == "#tea"
    assert changed(text, second, heading="#tea", body="Else.") == text.replace("More", "Else")


@given(TEXTS, st.data())
def test_nothing_but_the_chapter_changes(text: str, data: st.DataObject) -> None:
    found = sections(text)
    assert "".join(text[each.start : each.end] for each in found) == text
    number = data.draw(st.integers(0, len(found) - 1))
    section = found[number]
    assert changed(text, section, heading=section.heading, body=section.body) == text

    after = changed(text, section, heading="New name", body="New words.")
    assert after.startswith(text[: section.start])
    assert after.endswith(text[section.end :])
    then = sections(after)
    assert len(then) == len(found)
    assert then[number].body == "New words."
    assert then[number].heading == ("New name" if section.level else "")
    assert chapters.count(after) == chapters.count(text)
