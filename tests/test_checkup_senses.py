"""What looks like a time, a date, a sign or a name and is none, or may be another, has no mend."""

import pytest

from lib import checkup


def mended(text: str) -> str:
    return checkup.mended(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "Read Genesis 1:10 today.",
        "Read Matthew 5:13 and 6:10.",
        "See Luke 2:14 every day.",
        "The plan is drawn to 1:50.",
        "The plan is drawn at 1:50.",
        "A ramp at 1:12 is there.",
        "A solution at 1:20 will do.",
        "16:10 and 16:09 screens are here.",
        "Set it to 16:10 now.",
        "It comes at 3:30 in the video.",
        "We left at 14.30 hrs and slept.",
        "We left at 1400 hrs and slept.",
        "Delivery in <3 days.",
        "We need <3 people.",
        "I ♥ New York.",
        "We ❤️ this town.",
        "Rated ★★★☆☆ by guests.",
        "Come to Salem, OR or Portland.",
        "TURN OFF THE AC NOW PLEASE",
        "Pay a fee of NZ$5 there.",
        "Buy $5's worth of it.",
        "Invoice 2024/05/06 is due.",
        "Version 2024-01-15 is out.",
        "James V Smith came.",
        "Buy 12 oz can openers.",
        "Rodeo Dr. Beverly Hills is near.",
        "Main St. Andrews is near.",
    ],
)
def test_what_may_be_something_else_is_left_as_it_is(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Call between 8:00 and 12:00.", "Call between eight o'clock and twelve o'clock."),
        ("It leaves at 8:15 or 8:30.", "It leaves at eight fifteen or eight thirty."),
        ("Come at 9:15, 10:15 and 11:15.", "Come at nine fifteen, ten fifteen and eleven fifteen."),
        ("The start was moved to 10:30.", "The start was moved to ten thirty."),
        ("Open 9:15-17:30 daily.", "Open nine fifteen to seventeen thirty daily."),
        ("Open the box in 24 hrs.", "Open the box in twenty-four hours."),
        ("Well done ❤️ all of you.", "Well done  all of you."),
        ("Visit St. Louis.", "Visit Saint Louis."),
        ("Ask Dr. Smith.", "Ask Doctor Smith."),
        ("At 5th St. Paul waits.", "At fifth St. Paul waits."),
        ("George V was king.", "George the Fifth was king."),
        ("It sends 5 MB/s.", "It sends five megabytes per second."),
        ("Come on 2024-05-06.", "Come on 6 May 2024."),
    ],
)
def test_what_is_certain_is_still_read(text: str, right: str) -> None:
    assert mended(text) == right


def test_what_goes_with_a_country_is_no_plain_sum() -> None:
    assert "dollars" not in mended("It is US $5 or CA $7 or AUD $9.")


@pytest.mark.parametrize(
    "text", ["Korting 5%", "Termin: 24.12.2026", "Uhr 5 km", "Eintritt 5 €", "Banco 24/7"]
)
def test_a_few_words_of_another_language_get_no_english_ones(text: str) -> None:
    assert checkup.mended(text) == text
    assert checkup.mended(f"This is for all of you.\n{text}\nAnd this is for you.") == (
        f"This is for all of you.\n{text}\nAnd this is for you."
    )
