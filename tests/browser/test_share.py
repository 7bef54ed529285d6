"""Clips shared in Chromium: a maker makes the link, somebody on a phone hears and chooses."""

import requests
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Start, Visit
from tests.browser.running import READY
from tests.browser.using import (
    assert_accessible,
    assert_accessible_for_all,
    cards,
    generate,
    play,
    rows,
    settle,
    wait_for_clips,
)
from tests.service import StandIn

TEXT = "Welcome to our store. For opening hours, press one."


def create_link(page: Page) -> str:
    """Create the link in the open dialog, copy it, and return it."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Create the link").dblclick()
    expect(dialog.locator("[data-testid=stCode]")).to_have_count(1)
    copy = dialog.get_by_role("button", name="Copy to clipboard")
    expect(copy).to_be_visible()  # without a pointer over it
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy.click()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_somebody_on_a_phone_hears_a_clip_and_chooses_it_while_its_maker_watches(
    start: Start, visit: Visit, service: StandIn
) -> None:
    address = start()
    maker = visit(address)
    generate(maker, "Another text.")
    wait_for_clips(maker, 1)
    generate(maker, TEXT)
    wait_for_clips(maker, 2)
    card = cards(maker).first
    expect(card).to_contain_text(TEXT[:20])
    other = (cards(maker).nth(1).locator("audio").get_attribute("src") or "").partition("?")[0]
    posts = service.posts
    card.get_by_role("button", name="More").click()
    maker.get_by_role("button", name="Share", exact=False).last.click()
    expect(maker.get_by_role("textbox", name="Note")).to_have_count(0)  # the popover is closed
    assert_accessible(maker)
    link = create_link(maker)
    expect(maker.get_by_role("dialog")).to_contain_text("This link opens on this computer only.")
    assert_accessible_for_all(maker)
    maker.keyboard.press("Escape")
    expect(maker.get_by_role("dialog")).to_have_count(0)
    expect(card).to_contain_text("Shared until")

    viewer = visit(link, size=PHONE)
    expect(viewer.get_by_text("Voice: Ashley")).to_be_visible()
    expect(viewer.locator('a:not([href^="#"])')).to_have_class("download")  # no other page
    expect(viewer.locator("[data-testid=stSidebar]")).to_have_count(0)
    assert play(viewer.locator('[class*="st-key-card_shared_"]')) > 0.3
    file, _, signature = (viewer.locator("audio").get_attribute("src") or "").partition("?")
    assert requests.get(f"{address}{file}?{signature}", timeout=5).ok
    assert requests.get(f"{address}{other}?{signature}", timeout=5).status_code == 403
    viewer.get_by_role("button", name="Choose this").press("Enter")
    expect(viewer.get_by_text("You chose this.")).to_be_visible()
    viewer.get_by_label("Your name").fill("Ms Ray")
    viewer.get_by_label("Remark").fill("Slower please")
    viewer.get_by_role("button", name="Send").click()
    expect(viewer.get_by_text("Thank you, this is sent.")).to_be_visible()
    assert_accessible_for_all(viewer)
    expect(card).to_contain_text("Chosen by Ms Ray,")
    expect(card).to_contain_text("“Slower please”")
    viewer.reload()
    expect(viewer.get_by_label("Remark")).to_have_value("Slower please")

    settle(maker)
    card.get_by_role("button", name="More").click()
    maker.get_by_role("button", name="Share", exact=False).last.click()
    maker.get_by_role("button", name="End the link").click()
    expect(maker.get_by_role("button", name="Create the link")).to_be_visible()
    viewer.reload()
    expect(viewer.get_by_role("heading", name="This link has ended")).to_be_visible()
    expect(viewer.locator("audio")).to_have_count(0)
    assert_accessible(viewer)
    assert service.posts == posts


def test_several_clips_in_one_link_play_one_at_a_time(
    start: Start, visit: Visit, service: StandIn
) -> None:
    address = start()
    maker = visit(address)
    for number, text in enumerate(("The first of two.", "The second of two."), 1):
        generate(maker, text)
        wait_for_clips(maker, number)
    maker.goto(f"{address}/library")
    maker.wait_for_selector(READY)
    for number in range(2):
        rows(maker).nth(number).get_by_role("checkbox").check()
    maker.get_by_role("button", name="Share 2 clips").click()
    link = create_link(maker)

    viewer = visit(link, size=PHONE)
    expect(viewer.get_by_role("heading", level=1)).to_have_text("2 clips")
    first, second = viewer.locator('[class*="st-key-card_shared_"]').all()
    play(first)
    play(second)
    assert first.locator("audio").evaluate("audio => audio.paused")
    second.get_by_role("button", name="Choose this").click()
    expect(second.get_by_text("You chose this.")).to_be_visible()
    settle(viewer)
    first.get_by_role("button", name="Choose this").click()
    expect(first.get_by_text("You chose this.")).to_be_visible()
    expect(second.get_by_role("button", name="Choose this")).to_be_visible()
    assert_accessible_for_all(viewer)
