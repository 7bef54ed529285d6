"""Sums, lengths, sizes and times read as a person would write them."""

from decimal import Decimal

import pytest

from lib import money

NOW_S = 1_795_003_200.0  # 18 November 2026, noon in London
DAY_S = 86_400


@pytest.mark.parametrize(
    ("usd", "shown"),
    [
        ("0", "$0.00"),
        ("0.0004", "less than $0.001"),
        ("0.0005", "$0.001"),
        ("0.001729", "$0.002"),
        ("0.0096", "$0.01"),
        ("0.50", "$0.50"),
        ("0.9996", "$1.00"),
        ("1.234", "$1.23"),
        ("1234.5", "$1,234.50"),
        ("-0.5", "-$0.50"),
    ],
)
def test_sum_is_shown_to_a_tenth_of_a_cent_and_above_a_dollar_to_the_cent(
    usd: str, shown: str
) -> None:
    assert money.dollars(Decimal(usd)) == shown


@pytest.mark.parametrize(
    ("usd", "shown"),
    [
        (None, "price not known"),
        (Decimal(0), "free"),
        (Decimal("0.0017"), "about $0.002"),
        (Decimal("0.00001"), "less than $0.001"),
    ],
)
def test_price_before_a_click_is_an_estimate_free_or_not_known(
    usd: Decimal | None, shown: str
) -> None:
    assert money.price_before(usd) == shown


@pytest.mark.parametrize(
    ("usd", "exact", "shown"),
    [
        (Decimal("0.0017"), True, "$0.002"),
        (Decimal("0.0017"), False, "about $0.002"),
        (Decimal(0), True, "free"),
        (None, True, "price not known"),
        (None, False, "price not known"),
    ],
)
def test_price_after_a_click_is_exact_only_where_somebody_said_so(
    usd: Decimal | None, exact: bool, shown: str
) -> None:
    assert money.price_after(usd, exact=exact) == shown


def test_sum_of_many_small_prices_loses_nothing() -> None:
    assert money.dollars(sum([Decimal("0.1")] * 10, Decimal(0))) == "$1.00"
    assert money.dollars(sum([Decimal("0.001729")] * 100_000, Decimal(0))) == "$172.90"


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 clips"), (1, "1 clip"), (2, "2 clips"), (500_000, "500,000 clips")]
)
def test_one_is_singular_and_thousands_are_set_apart(number: int, shown: str) -> None:
    assert money.count(number, "clip") == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.2, "0:00"),
        (7.4, "0:07"),
        (59.7, "1:00"),
        (65, "1:05"),
        (3599.6, "1:00:00"),
        (3723, "1:02:03"),
        (36_000, "10:00:00"),
    ],
)
def test_length_reads_like_a_clock(seconds: float, shown: str) -> None:
    assert money.length(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.3, "1 second"),
        (7.2, "7 seconds"),
        (59.4, "59 seconds"),
        (59.6, "1 minute"),
        (100, "2 minutes"),
        (3599, "1 hour"),
        (7800, "2 hours 10 minutes"),
    ],
)
def test_time_it_takes_is_said_in_words(seconds: float, shown: str) -> None:
    assert money.span(seconds) == shown
    assert money.spoken_length(seconds) == f"about {shown}"
    assert money.left(seconds) == f"about {shown} left"


@pytest.mark.parametrize(
    ("number_bytes", "shown"),
    [
        (44, "1 kB"),
        (58_300, "58 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (1_234_567, "1.2 MB"),
        (999_950_000, "1.0 GB"),
        (6_000_000_000, "6.0 GB"),
    ],
)
def test_size_is_shown_in_the_largest_unit_that_fits(number_bytes: int, shown: str) -> None:
    assert money.size(number_bytes) == shown


@pytest.mark.parametrize(
    ("passed_s", "shown"),
    [
        (-30, "just now"),  # another server's clock
        (0, "just now"),
        (59, "just now"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 hour ago"),
        (DAY_S - 1, "23 hours ago"),
        (4 * DAY_S, "14 November"),
        (365 * DAY_S, "18 November 2025"),
    ],
)
def test_time_is_told_from_now_and_after_a_day_by_its_date(passed_s: float, shown: str) -> None:
    assert money.ago(NOW_S - passed_s, NOW_S) == shown
