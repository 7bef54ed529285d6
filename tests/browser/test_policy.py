"""What a browser allows our pages, and other pages with ours. Real Chromium."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Start, Visit
from tests.browser.running import READY
from tests.browser.using import cards, generate, play, settle, wait_for_clips
from tests.browser.visitors import Visitors

MENU = ("Scripts", "Voices", "Compare", "Library", "Settings")
OUTSIDE = ("listen?test=nobody-s", "nowhere")
LISTENER = """
window.broken = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.broken.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""
FOREIGN = """async () => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.head.append(script);
  document.body.insertAdjacentHTML("beforeend",
    '<img src="http://127.0.0.1:9/a.png" onerror="window.ran = true">');
  await fetch("http://127.0.0.1:9/stolen").catch(() => {});
  // Later: what the browser's own debugger begins may use eval.
  setTimeout(() => { try { eval("window.ran = true"); } catch {} });
  await new Promise((resolve) => setTimeout(resolve, 300));
  return [window.ran ?? false, window.broken.map((each) => each.split(" ")[0])];
}"""


@pytest.fixture
def stranger() -> Iterator[tuple[str, list[str]]]:
    """A page of another origin, which frames the address in the list."""
    framed: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><iframe src='{framed[0]}' width=900 height=700>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", framed
        server.shutdown()


@pytest.mark.usefixtures("visit")
def test_k11_pages_keep_to_their_policy_and_what_is_put_into_them_does_not_run(
    start: Start, visitors: Visitors
) -> None:
    address = start()
    page = visitors.new_page()
    page.add_init_script(LISTENER)
    page.goto(address)
    page.wait_for_selector(READY)
    generate(page, "What a page may do.")
    wait_for_clips(page, 1)
    assert play(cards(page).first) > 0
    assert page.evaluate("window.broken") == []
    for name in MENU:
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        settle(page)
        assert page.evaluate("window.broken") == [], name
    for path in OUTSIDE:
        page.goto(f"{address}/{path}")
        page.wait_for_selector(READY)
        settle(page)
        assert page.evaluate("window.broken") == [], path
    ran, broken = page.evaluate(FOREIGN)
    assert ran is False
    assert {"script-src-elem", "img-src", "connect-src", "script-src"} <= set(broken)


@pytest.mark.usefixtures("visit")
def test_k11_a_foreign_page_frames_nothing_until_the_operator_names_it(
    start: Start, visitors: Visitors, stranger: tuple[str, list[str]]
) -> None:
    where, framed = stranger
    framed.append(f"{start()}/?text=Buy%20this")
    page = visitors.new_page()
    page.goto(where)
    page.wait_for_timeout(1_500)
    assert page.frames[1].url == "chrome-error://chromewebdata/"
    assert page.frame_locator("iframe").locator("[data-testid=stApp]").count() == 0

    framed[0] = start(SOUNDCHECK_FRAME_ANCESTORS=where)
    page.goto(where)
    inside = page.frame_locator("iframe").get_by_role("textbox", name="Text", exact=True)
    expect(inside).to_be_visible()


def test_k20_the_font_draws_no_arrow_that_nobody_typed(start: Start, visit: Visit) -> None:
    """Inter has one for "->" and the like; our cut of it is without, on the table's canvas too."""
    page = visit(start())
    widths = """async typed => {
      await document.fonts.load("16px Inter", typed);
      const pen = document.createElement("canvas").getContext("2d");
      const width = (font, text) => { pen.font = font; return pen.measureText(text).width; };
      const apart = [...typed].reduce((sum, each) => sum + width("16px Inter", each), 0);
      return [width("16px Inter", typed), apart, width("16px monospace", typed)];
    }"""
    for typed in ("->", "<-", "-->", "=>"):
        together, apart, another_font = page.evaluate(widths, typed)
        assert together != another_font
        assert abs(together - apart) < 1.5, typed  # as much as kerning may be
