"""Cleaning of texts, refusals, titles and expected lengths. Splitting: test_splitting.py."""

import unicodedata
from contextlib import suppress

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import script
from lib.errors import InvalidRequestError
from tests.quick import within

LIMIT = 500_000
ANY_TEXT = st.text(st.characters(), max_size=200)  # lone surrogates too


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("Hello\0 there", "Hello there", "1 control character was left out"),
        ("ding\x07\x08 dong", "ding dong", "2 control characters were left out"),
        ("\x1b[31mred\x1b[0m", "red", "2 control characters were left out"),
        ("half \ud800 moon", "half  moon", "1 broken character was left out"),
        ("z" + "\u0301" * 33, "ź" + "\u0301" * 29, "3 surplus accents were left out"),
    ],
)
def test_what_no_file_can_hold_is_left_out_and_said(typed: str, kept: str, said: str) -> None:
    assert script.clean(typed) == script.Cleaned(kept, (said,))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n"])
def test_every_kind_of_line_end_becomes_one_line_break(end: str) -> None:
    assert script.clean(f"one{end}two") == script.Cleaned("one\ntwo")


def test_five_hundred_line_breaks_are_kept() -> None:
    assert script.clean("a" + "\r\n" * 500 + "b").text == "a" + "\n" * 500 + "b"


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧‍👦 👋🏽 🇫🇷",  # joiners, skin tone, flag
        "क्‍ष श्री",  # a joiner that shapes the letters
        "می‌خواهم",  # Persian, with a non-joiner
        "שלום \u202eabc\u202c",
        "a\tb",
        '<break time="1s" /> & <speak> <script>alert(1)</script> [x](javascript:y) :red[z] $x$',
        "{{x}} %s {0} ${x}",
        "x" * LIMIT,
    ],
)
def test_text_that_can_be_kept_is_kept_to_the_letter(text: str) -> None:
    assert script.checked(text, LIMIT) == script.Cleaned(text)


def test_the_same_letters_typed_two_ways_are_one_text() -> None:
    assert script.clean("Cafe\u0301") == script.clean("Café")


@pytest.mark.parametrize("blank", [" ", "\n\t", "\u3000", "\u200b", "\ufeff", "\u2060 \u2028"])
def test_blanks_around_the_text_go(blank: str) -> None:
    assert script.clean(f"{blank}Hello  there{blank}") == script.Cleaned("Hello  there")


@settings(deadline=None)
@example("a" + "\u0344" * 40)  # of which composition makes 80 accents
@given(ANY_TEXT)
def test_cleaning_leaves_nothing_to_clean(text: str) -> None:
    once = script.clean(text).text

    assert script.clean(once) == script.Cleaned(once)
    assert unicodedata.is_normalized("NFC", once)
    assert not regex.search(r"[\p{Cs}\p{Cc}--[\n\t]]", once, regex.V1)


@pytest.mark.parametrize("text", ["", " ", "\n \t", "\u200b", "\0\x07", "\ufeff \u2060"])
def test_an_empty_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"There is nothing to say yet\."):
        script.checked(text, LIMIT)


@pytest.mark.parametrize("text", ["\u200d", "\u2800", "\u3164", "...", "— !", "\u0301"])
def test_a_text_that_nobody_can_say_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InvalidRequestError, match="no letter or number"):
        script.checked(text, LIMIT)


def test_one_character_over_the_limit_is_refused_with_the_count() -> None:
    script.checked("é" * LIMIT, LIMIT)

    with pytest.raises(InvalidRequestError) as caught:
        script.checked("é" * (LIMIT + 1), LIMIT)

    assert str(caught.value) == "This text has 500,001 characters; 500,000 is the most at once."


def test_what_the_clean_up_removes_does_not_count() -> None:
    assert script.checked(" e\u0301\0\r\n" * 5 + "!", 15).text == "é\n é\n é\n é\n é\n!"


@pytest.mark.parametrize(
    "text",
    ["long text " * 1_000_000, "é\r\n" * 1_000_000, "a\u0301\u0327" + "\u0301\u0327" * 500_000,
     "a" + " " * 3_000_000 + "b", "\u200b" * 3_000_000],
    ids=["words", "lines", "accents on one letter", "blanks", "invisible"],
)  # fmt: skip
def test_megabytes_are_judged_in_less_than_a_second(text: str) -> None:
    with within(1), suppress(InvalidRequestError):
        script.checked(text, LIMIT)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Welcome to our store.", "Welcome to our store."),
        ("  Two\n\nlines ", "Two lines"),
        ('[happy] Hi! <break time="1s" /> You.', "Hi! You."),
        ("[happy]", "[happy]"),
        ("2 * 3 * 4 is #24", "2 * 3 * 4 is #24"),
        ("<script>x</script>", "<script>x</script>"),
        ("word " * 40, "word " * 15 + "word…"),
        ("x" * 200, "x" * 79 + "…"),
    ],
)
def test_a_title_is_the_first_words_on_one_line(text: str, title: str) -> None:
    assert script.title_of(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# One\n\nPress the green button.", "One"),
        ("Press the **green** button, `now`.", "Press the green button, now."),
        ("2 * 3 * 4 is 24", "2 * 3 * 4 is 24"),
        ("#", "#"),
    ],
)
def test_the_title_of_a_document_has_no_signs_of_markdown(text: str, title: str) -> None:
    assert script.title_of_document(text) == title


def test_a_title_is_never_cut_inside_an_emoji() -> None:
    family = "👨‍👩‍👧‍👦"
    assert script.title_of(family * 40) == family * 11 + "…"


@settings(deadline=None)
@given(ANY_TEXT.map(lambda text: script.clean(text).text).filter(bool))
def test_a_title_is_short_and_never_empty(text: str) -> None:
    title = script.title_of(text)
    assert 1 <= len(title) <= 80
    assert "\n" not in title


def test_half_a_million_characters_take_about_nine_hours() -> None:
    assert script.expected_length_s("a word or two " * 35_714) / 3600 == pytest.approx(9, rel=0.1)


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("[happy]", 0),
        ('<break time="2.5s" />', 2.5),
        ("<BREAK TIME='500ms'/>", 0.5),
        ('<break time="99s" />', 10),
        ("这是一个很好的句子", 1.8),
    ],
)
def test_markup_counts_for_what_is_heard_of_it(text: str, like: float) -> None:
    words = "some words that are said " * 6
    added_s = script.expected_length_s(words + text) - script.expected_length_s(words)
    assert added_s == pytest.approx(like, abs=0.1)
