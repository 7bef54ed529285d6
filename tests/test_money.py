"""Amounts, lengths, sizes and times are formatted as people write them."""

import time
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy.dialects import sqlite

from lib import amounts, money
from lib.library.tables.columns import Usd
from lib.orders.offer import Offer
from lib.speech import Utterance

OfferOf = Callable[..., Offer]


@pytest.fixture
def offer() -> OfferOf:
    """An offer for these texts at a price for a million characters; None if unknown."""

    def of(*texts: str, usd_per_million: str | None, dearest: str | None = None) -> Offer:
        price = None if usd_per_million is None else Decimal(usd_per_million)
        said = [Utterance(model="m", voice="v", text=text) for text in texts]
        return Offer.of(said, lambda _: price, None if dearest is None else Decimal(dearest))

    return of


@pytest.mark.parametrize(
    ("usd", "shown"),
    [
        ("0", "$0.00"),
        ("0.0004", "under $0.001"),
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
        ("0.0001", "under $0.001"),
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
    ("usd_per_million", "shown"),
    [
        ("13", "$0.013 per 1,000 characters"),
        ("6.5", "$0.0065 per 1,000 characters"),
        ("100", "$0.10 per 1,000 characters"),
        ("0", "free"),
        ("0.0000001", "under $0.0001 per 1,000 characters"),
        ("1e30", "$1,000,000,000,000.00 per 1,000 characters"),
        (None, "price not known"),
    ],
)
def test_a_rate_is_for_a_text_of_a_page_or_so(usd_per_million: str | None, shown: str) -> None:
    assert money.rate(None if usd_per_million is None else Decimal(usd_per_million)) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 clips"), (1, "1 clip"), (2, "2 clips"), (1204, "1,204 clips")]
)
def test_a_count_has_its_thing_in_the_right_number(number: int, shown: str) -> None:
    assert money.count(number, "clip") == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (0.02, "0.1 s"), (0.25, "0.3 s"), (0.6, "0.6 s"), (0.94, "0.9 s"),
     (0.95, "0:01"), (2.5, "0:03"), (7.4, "0:07"), (59.6, "1:00"), (754, "12:34"),
     (3599.6, "1:00:00"), (3723, "1:02:03"), (36_000, "10:00:00")],
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


@pytest.mark.parametrize(
    "said",
    ["1e30", "1e9999999", "0e9999999", "-1e-9999999", "1e-13", "1000001", "NaN", "sNaN", "-inf",
     "Infinity", "-0.01", "9" * 5_000, 10**4_000, True, 0.5, None, ["1"], "", "twelve"],
    ids=lambda said: repr(said)[:16],
)  # fmt: skip
def test_k14_a_sum_that_cannot_be_true_is_not_known(said: object) -> None:
    began_at = time.monotonic()
    assert amounts.amount(said) is None
    assert time.monotonic() - began_at < 1


@pytest.mark.parametrize(
    ("said", "usd"),
    [("0", "0"), ("-0", "0"), (1_000_000, "1000000"), ("1e-12", "1e-12"),
     ("0.30000000000000004", "0.30000000000000004"), ("0." + "3" * 5_000, "0." + "3" * 28)],
    ids=lambda said: repr(said)[:16],
)  # fmt: skip
def test_k14_a_sum_that_can_be_true_is_taken_as_it_is(said: object, usd: str) -> None:
    assert amounts.amount(said) == Decimal(usd)


@pytest.mark.parametrize("said", [1_000_001, 10**12])
def test_k14_credits_may_be_more_than_dollars(said: int) -> None:
    assert amounts.credits(said) == said
    assert amounts.credits(said * 10**6) is None


@pytest.mark.parametrize("usd", ["0", "-5", "1e-30", "1e30", "1e9999999", "NaN", "0.0009"])
def test_k16_a_price_of_nothing_or_of_the_moon_is_no_price(usd: str) -> None:
    assert amounts.price(Decimal(usd)) is None


@pytest.mark.parametrize(
    ("usd", "shown"),
    [
        ("1e30", "$1,000,000,000,000 or more"),
        ("1e9999999", "$1,000,000,000,000 or more"),
        ("-1e9999999", "-$1,000,000,000,000 or more"),
        ("1e-9999999", "under $0.001"),
        ("0e9999999", "$0.00"),
        ("NaN", "a sum that is not known"),
    ],
)
def test_k14_any_number_is_shown_in_words(usd: str, shown: str) -> None:
    assert money.dollars(Decimal(usd)) == shown


@pytest.mark.parametrize("usd", ["1e30", "-1e30", "1e9999999", "NaN", "9223372036.9"])
def test_k14_a_row_is_not_lost_over_a_sum_that_fits_into_no_column(usd: str) -> None:
    assert Usd().process_bind_param(Decimal(usd), sqlite.dialect()) is None


def test_k15_who_agreed_to_a_sum_agreed_to_no_more(offer: OfferOf) -> None:
    agreed = offer("One.", "Two.", usd_per_million="13")
    assert agreed.covers(offer("One.", "Two.", usd_per_million="13"))
    assert agreed.covers(offer("Two.", usd_per_million="20"))  # less to buy, and less in all
    assert not agreed.covers(offer("One.", "Two.", usd_per_million="13.1"))
    assert not agreed.covers(offer("Three.", usd_per_million="0.01"))
    assert not agreed.covers(offer("One.", usd_per_million=None))


def test_k16_a_price_that_is_not_known_counts_as_the_dearest(offer: OfferOf) -> None:
    unknown = offer("One.", "Two.", usd_per_million=None, dearest="13")
    assert (unknown.usd, unknown.most_usd) == (None, Decimal("0.000104"))
    assert unknown.must_be_asked(above_usd=Decimal(1000))
    assert unknown.covers(offer("One.", "Two.", usd_per_million="13"))
    assert not unknown.covers(offer("One.", "Two.", usd_per_million="14"))
    nobody_knows = offer("One.", usd_per_million=None)
    assert nobody_knows.covers(offer("One.", usd_per_million=None))
    assert not nobody_knows.covers(offer("One.", usd_per_million="1"))


def test_several_clips_of_one_click_are_asked_about_together(offer: OfferOf) -> None:
    one, two = offer("One.", usd_per_million="60000"), offer("Two.", usd_per_million="80000")
    both = Offer.together([one, two])
    assert (both.usd, both.most_usd) == (Decimal("0.56"), Decimal("0.56"))
    limit = {"above_usd": Decimal("0.5")}
    assert both.must_be_asked(**limit)
    assert not one.must_be_asked(**limit)
    unknown = offer("Three.", usd_per_million=None)
    assert Offer.together([one, unknown]).usd is None


def test_k16_what_is_free_is_never_asked_about(offer: OfferOf) -> None:
    assert not offer(usd_per_million=None).must_be_asked(above_usd=Decimal(0))
    assert not offer("One.", usd_per_million="0").must_be_asked(above_usd=Decimal(0))
