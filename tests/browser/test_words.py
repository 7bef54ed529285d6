"""Typed text is shown exactly as typed, everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import page_of_all
from tests.browser.running import running
from tests.browser.words import HOSTILE, UNSEEN

APP = Path(__file__).parent / "apps" / "words_app.py"
# One place each; what is in the same element beside the words, an icon's name, is taken off.
PLACES = {
    "h1": "h1",
    "h2": "h2",
    "a card's title": ".card-title",
    "about": ".about",
    "lead": ".lead",
    "a fact": ".facts span",
    "a count": ".facts b",
    "a notice": ".notice b",
    "a column's name": "th[scope=col]",
    "a row's name": "th[scope=row]",
    "a cell": "td",
    "a button": "[data-testid=stButton] button [data-testid=stMarkdownContainer]",
    "a select's label": "[data-testid=stSelectbox] label [data-testid=stMarkdownContainer]",
    "a field's label": "[data-testid=stTextInput] label [data-testid=stMarkdownContainer]",
    "an expander": "summary [data-testid=stMarkdownContainer]",
    "a popover": "[data-testid=stPopover] button [data-testid=stMarkdownContainer]",
    "a switch": "[data-testid=stCheckbox] [data-testid=stMarkdownContainer]",
    "a choice": "[data-testid=stButtonGroup] button [data-testid=stMarkdownContainer]",
    "progress": "[data-testid=stProgress] [data-testid=stMarkdownContainer]",
}
HINTED = (0, 1, 2, 5)  # whose hint is looked at too, which takes a second
READ = """([root, places]) => Object.entries(places).map(([name, place]) => {
  const found = root.querySelector(place);
  return [name, found?.innerText ?? null];
})"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(APP) as started:
        yield started


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    with page_of_all(browser, address) as page:
        yield page


def test_k20_words_are_shown_as_they_were_typed_in_every_kind_of_place(page: Page) -> None:
    wrong = []
    for number, words in enumerate(HOSTILE):
        root = page.locator(f".st-key-words_{number}")
        expect(root.locator("[data-testid=stProgress]")).to_have_count(1)
        read = page.evaluate(READ, [root.element_handle(), PLACES])
        wrong += [(words, place, seen) for place, seen in read if seen != words]
        select = root.locator("[data-testid=stSelectbox]")
        assert select.get_by_role("combobox").input_value() == words
        if number not in HINTED:
            continue
        root.get_by_role("button", name=words).first.hover()
        hint = page.get_by_role("tooltip")
        expect(hint).to_be_visible()
        expect(hint).to_have_text(words, use_inner_text=True)
        assert page.locator("main :is(a, img), [role=tooltip] :is(a, img)").count() == 0
        page.mouse.move(0, 0)
        expect(hint).to_have_count(0)
    assert wrong == []


def test_words_in_a_label_look_like_the_rest_of_it(page: Page) -> None:
    """They are code there, which nobody is to see; and headings are as Streamlit's own."""
    look = """element => { const s = getComputedStyle(element);
      return [s.fontFamily, s.fontSize, s.fontWeight, s.color, s.lineHeight].join() }"""
    label = page.locator(".st-key-words_0 [data-testid=stButton] p").first
    code = label.locator("code").first
    assert code.evaluate(look) == label.evaluate(look)
    background = "element => getComputedStyle(element).backgroundColor"
    assert code.evaluate(background) == "rgba(0, 0, 0, 0)"
    for level in (1, 2):
        ours = page.locator(f".st-key-words_0 .stHtml h{level}")
        streamlit = page.locator(f".st-key-page_words > * [data-testid=stHeading] h{level}")
        assert ours.evaluate(look) == streamlit.evaluate(look)


@pytest.mark.parametrize(("typed", "seen"), UNSEEN.items())
def test_k24_signs_that_nobody_sees_are_shown_as_marks(typed: str, seen: str, page: Page) -> None:
    root = page.locator(f".st-key-words_unseen_{list(UNSEEN).index(typed)}")
    expect(root.locator("[data-testid=stProgress]")).to_have_count(1)
    read = dict(page.evaluate(READ, [root.element_handle(), PLACES]))
    assert read == dict.fromkeys(PLACES, seen)
    direction = root.locator("h1").evaluate("element => getComputedStyle(element).direction")
    assert direction == ("rtl" if typed.startswith("م") else "ltr")
