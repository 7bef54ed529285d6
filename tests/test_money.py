"""Sums, lengths, sizes and times read as people write them."""

from datetime import datetime
from decimal import Decimal

import pytest

from lib import money


@pytest.mark.parametrize(
    ("usd", "shown"),
    [
        ("0", "$0.00"),
        ("0.0004", "less than $0.001"),
        ("0.0005", "$0.001"),
        ("0.002", "$0.002"),
        ("0.01", "$0.01"),
        ("0.0126", "$0.013"),
        ("0.1", "$0.10"),
        ("0.9996", "$1.00"),
        ("1.005", "$1.01"),
        ("1234.5", "$1,234.50"),
    ],
)
def test_a_sum_shows_what_matters_of_it(usd: str, shown: str) -> None:
    assert money.dollars(Decimal(usd)) == shown


@pytest.mark.parametrize(
    ("usd", "shown"),
    [
        (None, "price not known"),
        ("0", "free"),
        ("0.0021", "about $0.002"),
        ("0.0001", "less than $0.001"),
    ],
)
def test_a_price_before_the_click_says_that_it_is_a_guess(usd: str | None, shown: str) -> None:
    assert money.price_before(None if usd is None else Decimal(usd)) == shown


def test_a_price_after_it_is_about_only_while_it_is_an_estimate() -> None:
    assert money.price_after(Decimal("0.0021"), exact=True) == "$0.002"
    assert money.price_after(Decimal("0.0021"), exact=False) == "about $0.002"
    assert money.price_after(Decimal(0), exact=True) == "free"
    assert money.price_after(None, exact=True) == "price not known"


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 clips"), (1, "1 clip"), (2, "2 clips"), (1204, "1,204 clips")]
)
def test_a_count_has_its_thing_in_the_right_number(number: int, shown: str) -> None:
    assert money.count(number, "clip") == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (754, "12:34"), (3599.6, "1:00:00"),
     (3723, "1:02:03"), (36_000, "10:00:00")],
)  # fmt: skip
def test_a_length_reads_like_a_clock(seconds: float, shown: str) -> None:
    assert money.length(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "1 second"), (7, "7 seconds"), (59.6, "1 minute"), (240, "4 minutes"), (3599.6, "1 hour"),
     (7800, "2 hours 10 minutes")],
)  # fmt: skip
def test_a_span_is_said_in_words(seconds: float, shown: str) -> None:
    assert money.span(seconds) == shown
    assert money.spoken_length(seconds) == f"about {shown}"
    assert money.left(seconds) == f"about {shown} left"


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [(0, "1 kB"), (58_400, "58 kB"), (999_499, "999 kB"), (999_999, "1.0 MB"),
     (1_249_999, "1.2 MB"), (5_000_000_000, "5.0 GB")],
)  # fmt: skip
def test_a_size_is_in_the_unit_that_fits(size_bytes: int, shown: str) -> None:
    assert money.size(size_bytes) == shown


NOW_S = datetime(2026, 6, 15, 12).timestamp()


@pytest.mark.parametrize(
    ("passed_s", "shown"),
    [(-3600, "just now"), (59, "just now"), (60, "1 min ago"), (3599, "59 min ago"),
     (3600, "1 hour ago"), (86_399, "23 hours ago"), (3 * 86_400, "12 June"),
     (400 * 86_400, "11 May 2025")],
)  # fmt: skip
def test_a_time_is_said_from_now(passed_s: float, shown: str) -> None:
    assert money.ago(NOW_S - passed_s, NOW_S) == shown
