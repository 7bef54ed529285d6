"""Numbers that the browser counts on by itself read as those that Python writes."""

from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Browser

from lib import money

WORDS_JS = Path(__file__).parents[2] / "lib" / "ui" / "widgets" / "words.js"
WAVEFORM_JS = Path(__file__).parents[2] / "lib" / "waveform" / "waveform.js"
LENGTHS_S = [0, 0.01, 0.04, 0.25, 0.6, 0.94, 0.95, 1.4, 1.5, 2.5, 4.6, 59.5, 754, 3599.6, 36_000]
SECONDS = [0, 0.4, 1, 1.5, 2.5, 59.4, 59.5, 60, 89, 90, 150, 3569, 3570, 3600, 5400, 86_400, 1e7]
USD = ["0.0001", "0.0005", "0.001", "0.0015", "0.0104", "0.01", "0.0199", "0.5", "0.999", "0.9996",
       "1", "1.005", "1.234", "12.345", "1234.5", "1000000"]  # fmt: skip


def test_lengths_and_sums_read_the_same_in_the_browser(browser: Browser) -> None:
    code = WORDS_JS.read_text(encoding="utf-8")
    page = browser.new_page()
    spans, sums = page.evaluate(
        f"([seconds, usd]) => {{ {code}; return [seconds.map(span), usd.map(dollars)]; }}",
        [SECONDS, [float(usd) for usd in USD]],
    )
    page.close()
    assert spans == [money.span(seconds) for seconds in SECONDS]
    assert sums == [money.dollars(Decimal(usd)) for usd in USD]


def test_lengths_in_the_player_read_as_those_that_python_writes(browser: Browser) -> None:
    code = WAVEFORM_JS.read_text(encoding="utf-8")
    page = browser.new_page()
    said = page.evaluate(f"lengths => {{ {code}; return lengths.map(lengthWords); }}", LENGTHS_S)
    page.close()
    assert said == [money.length(length_s) for length_s in LENGTHS_S]


def test_what_was_spent_reads_the_same_in_the_browser(browser: Browser) -> None:
    code = WORDS_JS.read_text(encoding="utf-8")
    page = browser.new_page()
    cases = [(usd, exact) for usd in ("0", "0.0002", "0.002", "1.2") for exact in (True, False)]
    said = page.evaluate(
        f"cases => {{ {code}; return cases.map(([usd, exact]) =>"
        " filled('{cost}', {usd, age_s: 0, cost: {base_usd: 0, exact}})); }",
        [[float(usd), exact] for usd, exact in cases],
    )
    page.close()
    assert said == [
        f"Spent so far {money.price_after(Decimal(usd), exact=exact)} · " if Decimal(usd) else ""
        for usd, exact in cases
    ]
