"""The take-away file, opened as its receiver does: from disk, without a network."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from lib.take_away.file import reference, take_away
from tests.browser.conftest import DESK, PHONE
from tests.browser.using import DARK_AND_PHONE, serious_faults
from tests.test_take_away import HOSTILE, QUESTIONS, SCRIPT, voice

VOICES = [voice("Ashley", "British woman, warm"), voice("Timothy", format="wav"), voice("Priya")]
REFERENCE = reference([each.sound for each in VOICES])
NO_CLIPBOARD = """
Object.defineProperty(navigator, "clipboard", { value: undefined });
document.execCommand = () => false;
"""

expect.set_options(timeout=15_000)  # the machine may be busy with other tests

Open = Callable[..., Page]


@pytest.fixture
def open_file(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a take-away file, and fails if it asks for anything or breaks its own policy."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    asked: list[str] = []

    def run(content: bytes, *, init: str = "", size: dict[str, int] = DESK, **options) -> Page:  # type: ignore[no-untyped-def]
        file = tmp_path / "take-away.html"
        file.write_bytes(content)
        context = browser.new_context(viewport=size, offline=True, **options)  # type: ignore[arg-type]
        contexts.append(context)
        if init:
            context.add_init_script(init)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield run
    for context in contexts:
        context.close()
    own = ("file://", "blob:", "data:")
    assert [url[:200] for url in asked if not url.startswith(own)] == []
    assert {url for url in asked if url.startswith("file:")} <= {
        (tmp_path / "take-away.html").as_uri()
    }
    assert complaints == []


def plain() -> bytes:
    return take_away(title="Our phone menu", script=SCRIPT, voices=VOICES)


def blind(mail_to: str = "dana@example.com") -> bytes:
    return take_away(
        title="Our phone menu",
        script=SCRIPT,
        voices=VOICES,
        questions=QUESTIONS,
        blind=True,
        mail_to=mail_to,
    )


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_file_opened_from_disk_plays(open_file: Open, size: dict[str, int]) -> None:
    page = open_file(plain(), size=size)

    for place, name in enumerate(["Ashley", "Timothy", "Priya"]):
        page.get_by_role("button", name=f"Play {name}").click()
        expect_sounding(page, place)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_number_keys_start_a_voice_and_stop_the_other(open_file: Open) -> None:
    page = open_file(plain())

    page.keyboard.press("1")
    expect_sounding(page, 0)
    page.keyboard.press("2")
    expect_sounding(page, 1)


def test_arrows_step_through_the_voices_and_space_pauses(open_file: Open) -> None:
    page = open_file(plain())

    page.keyboard.press("ArrowRight")
    expect_sounding(page, 0)
    page.keyboard.press("ArrowRight")
    expect_sounding(page, 1)
    page.keyboard.press("ArrowLeft")
    expect_sounding(page, 0)
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    page.keyboard.press(" ")
    expect_sounding(page, 0)


def test_two_digits_in_a_row_are_one_number(open_file: Open) -> None:
    page = open_file(take_away(title="Many", script=SCRIPT, voices=VOICES * 4))

    page.keyboard.press("1")
    page.keyboard.press("2")

    expect_sounding(page, 11)


def test_of_two_keys_quicker_than_the_browser_the_second_wins(open_file: Open) -> None:
    page = open_file(plain())
    page.get_by_role("heading", name="Our phone menu").click()  # no sound before a person acts

    page.evaluate(
        """() => { for (const key of "12")
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })); }"""
    )

    expect_sounding(page, 1)


def test_zero_is_the_tenth_voice(open_file: Open) -> None:
    page = open_file(take_away(title="Many", script=SCRIPT, voices=VOICES * 4))

    page.keyboard.press("0")

    expect_sounding(page, 9)


def test_keys_can_be_turned_off_and_are_not_taken_from_who_writes(open_file: Open) -> None:
    page = open_file(blind())

    page.get_by_label("Your name").press_sequentially("Dana 2 1")
    expect(page.get_by_label("Your name")).to_have_value("Dana 2 1")
    page.get_by_label("Keys:").uncheck()
    page.locator("body").press("2")

    page.wait_for_timeout(300)
    assert sounding(page) == []


def test_a_key_plays_also_while_a_star_has_the_focus(open_file: Open) -> None:
    page = open_file(blind())

    rate(page, "Voice A", "Overall", 4)
    page.keyboard.press("2")

    expect_sounding(page, 1)
    page.keyboard.press("ArrowLeft")
    expect(stars(page, "Voice A", "Overall", 3)).to_be_checked()
    expect_sounding(page, 1)


def test_a_blind_page_says_letters_and_no_names(open_file: Open) -> None:
    page = open_file(blind())

    expect(page.get_by_role("button", name="Play C")).to_be_visible()
    heard = page.locator("body").aria_snapshot()
    assert not re.search("Ashley|Timothy|Priya|British", heard)


def test_copied_ratings_are_readable_and_end_in_a_line_for_a_program(open_file: Open) -> None:
    page = open_file(blind(), permissions=["clipboard-read", "clipboard-write"])
    fill_in(page)

    page.get_by_role("button", name="Copy my ratings").click()

    expect(page.get_by_role("status").last).to_have_text(
        "Copied. Paste it into a message to dana@example.com."
    )
    expect(page.get_by_label("My ratings as text")).to_be_hidden()
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n") == BALLOT


def test_where_copying_is_refused_the_ratings_stand_selected(open_file: Open) -> None:
    page = open_file(blind(), init=NO_CLIPBOARD)
    fill_in(page)

    page.get_by_role("button", name="Copy my ratings").click()

    expect(page.get_by_label("My ratings as text")).to_have_value(BALLOT)
    assert page.evaluate("getSelection().toString()") == BALLOT


def test_the_mail_holds_the_same_ballot(open_file: Open) -> None:
    page = open_file(blind())
    fill_in(page)

    address, subject, body = mail(page)

    assert (address, subject) == ("dana@example.com", "Ratings: Our phone menu")
    assert body == BALLOT.replace("\n", "\r\n")


def test_a_mail_too_long_for_windows_still_holds_every_rating(open_file: Open) -> None:
    long = "Would you go on listening to this voice, and why would you not go on?"
    many = take_away(title="Many", script="", voices=VOICES * 7, questions=[long] * 2, blind=True)
    page = open_file(many)

    rate_first(page)
    page.get_by_label("Anything to add?").fill("All good.")

    link = page.get_by_role("link", name="Mail my ratings").get_attribute("href") or ""
    assert len(link) <= 2000
    _, _, body = mail(page)
    assert "All good." in body
    assert re.search(r"soundcheck:[0-9a-f]{8}:A5-:B--(:[A-Z]--){19}$", body)


def test_pressed_too_early_the_page_says_what_is_missing(open_file: Open) -> None:
    page = open_file(blind())

    page.get_by_role("button", name="Copy my ratings").click()

    expect(page.get_by_text("Give at least one voice its stars first.")).to_be_visible()


def test_ratings_survive_an_accidental_reload(open_file: Open) -> None:
    page = open_file(blind())
    fill_in(page)

    page.reload()

    expect(stars(page, "Voice A", "Fits our brand", 5)).to_be_checked()
    assert mail(page)[2] == BALLOT.replace("\n", "\r\n")
    expect(page.get_by_text("1 of 3 voices rated")).to_be_visible()


def test_ratings_work_where_a_browser_keeps_nothing_for_files(open_file: Open) -> None:
    refused = 'Object.defineProperty(window, "sessionStorage", { get() { throw new Error(); } });'
    page = open_file(blind(), init=refused)

    fill_in(page)

    assert mail(page)[2] == BALLOT.replace("\n", "\r\n")


def test_stars_are_chosen_by_keyboard_and_taken_back_by_pressing_again(open_file: Open) -> None:
    page = open_file(blind())

    stars(page, "Voice A", "Overall", 1).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(stars(page, "Voice A", "Overall", 3)).to_be_checked()
    assert "soundcheck:" + REFERENCE + ":A3-" in mail(page)[2]
    rate(page, "Voice A", "Overall", 3)

    expect(stars(page, "Voice A", "Overall", 3)).not_to_be_checked()
    assert "soundcheck:" + REFERENCE + ":A--" in mail(page)[2]


def test_without_scripts_the_browsers_own_players_are_there(open_file: Open) -> None:
    page = open_file(blind(), java_script_enabled=False)

    expect(page.locator("audio[controls]")).to_have_count(len(VOICES))
    expect(page.get_by_text("To rate the voices, open this file in a web browser")).to_be_visible()
    expect(page.get_by_role("button", name="Copy my ratings")).to_be_hidden()
    expect(page.get_by_role("radio")).to_have_count(0)
    lengths_s = page.evaluate(  # by the test's own script: the page's are off
        """() => Promise.all([...document.querySelectorAll("audio")].map(async (audio) => {
            while (!(audio.duration > 0)) await new Promise((done) => setTimeout(done, 20));
            return audio.duration;
        }))"""
    )
    assert lengths_s == pytest.approx([each.length_s for each in VOICES], abs=0.1)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_run_nothing_and_are_shown_as_they_are(open_file: Open, text: str) -> None:
    dangerous = voice(text, text)
    page = open_file(
        take_away(
            title=text,
            script=text,
            voices=[dangerous],
            questions=[text],
            mail_to=text,
        ),
        init="window.alert = () => console.log('it ran');",
    )

    shown = text.encode("utf-8", "replace").decode()
    for element in ("h1", "h2", ".script", ".about", "legend"):
        assert page.locator(element).first.evaluate("each => each.textContent") == shown
    assert page.locator("img, svg[onload], [onerror], [autofocus]").count() == 0
    page.get_by_role("radio").first.check()
    assert (page.locator("#mail").get_attribute("href") or "").startswith("mailto:")
    page.wait_for_timeout(50)


@DARK_AND_PHONE
@pytest.mark.parametrize("make", [plain, blind])
def test_axe_finds_nothing_serious(
    open_file: Open, make: Callable[[], bytes], size: dict[str, int], scheme: str
) -> None:
    # axe is a script the policy would keep out; only here may it come in.
    page = open_file(make(), size=size, color_scheme=scheme, bypass_csp=True)
    page.keyboard.press("1")
    expect_sounding(page, 0)

    assert serious_faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(
    ("scheme", "colour"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(17, 19, 21)")]
)
def test_the_page_is_as_light_or_dark_as_its_reader_has_chosen(
    open_file: Open, scheme: str, colour: str
) -> None:
    page = open_file(plain(), color_scheme=scheme)

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == colour


BALLOT = f"""Ratings: Our phone menu
From: Dana & Söhne

One to five stars each.
Voice A: Overall 4, Fits our brand 5
Voice B: Overall 2, Fits our brand not rated
Voice C: Overall not rated, Fits our brand not rated

A is warm;
"B" is 50% too fast.

soundcheck:{REFERENCE}:A45:B2-:C--"""


def fill_in(page: Page) -> None:
    rate(page, "Voice A", "Overall", 4)
    rate(page, "Voice A", "Fits our brand", 5)
    rate(page, "Voice B", "Overall", 2)
    page.get_by_label("Your name").fill("Dana & Söhne")
    page.get_by_label("Anything to add?").fill('A is warm;\n"B" is 50% too fast.')


def rate(page: Page, name: str, question: str, number: int) -> None:
    stars(page, name, question, number).click()


def rate_first(page: Page) -> None:
    page.get_by_role("radio", name="5 stars").first.click()


def stars(page: Page, name: str, question: str, number: int) -> Locator:
    card = page.get_by_role("region", name=name, exact=True)
    group = card.get_by_role("group", name=question)
    return group.get_by_role("radio", name=re.compile(rf"^{number} stars?$"))


def mail(page: Page) -> tuple[str, str, str]:
    """Address, subject and body, as a mail program reads the link."""
    link = urlsplit(page.get_by_role("link", name="Mail my ratings").get_attribute("href") or "")
    fields = parse_qs(link.query.replace("+", "%2B"))
    assert link.scheme == "mailto"
    return link.path, fields["subject"][0], fields["body"][0]


def sounding(page: Page) -> list[int]:
    """The places of the voices that sound now, the first being 0."""
    found: list[int] = page.locator(".card").evaluate_all(
        """cards => cards.flatMap((card, place) =>
            card.querySelector("audio").paused ? [] : [place])"""
    )
    return found


def expect_sounding(page: Page, place: int) -> None:
    """This voice, and no other; and its sound advances."""
    audio = page.locator(".card").nth(place).locator("audio")
    expect(page.get_by_role("button", name="Pause")).to_have_count(1)
    audio.evaluate(
        """async (audio) => {
            const until = performance.now() + 10_000;
            const from = audio.currentTime;
            while (audio.paused || audio.currentTime <= from) {
                if (performance.now() > until) throw new Error("it does not sound");
                await new Promise((done) => setTimeout(done, 20));
            }
        }"""
    )
    assert sounding(page) == [place]
