"""Settings in a real browser: the way to the field for the key."""

from playwright.sync_api import expect

from tests.browser.conftest import Start, Visit
from tests.browser.using import assert_accessible_for_all
from tests.service import StandIn


def test_who_comes_to_add_a_key_can_paste_it_at_once(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = visit(start(key=None))
    page.get_by_role("button", name="Add a key").click()
    field = page.get_by_label("Key", exact=True)
    expect(field).to_be_focused()
    page.keyboard.insert_text(f"{service.key}x")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This key is not accepted.")).to_be_visible()
    expect(field).to_have_value(f"{service.key}x")
    expect(page.get_by_text("Press Enter to submit form")).to_be_hidden()

    field.fill(service.key)
    page.keyboard.press("Enter")
    expect(page.get_by_text("The key works.")).to_be_visible()
    assert_accessible_for_all(page)
