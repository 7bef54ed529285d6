"""The server's own routes: sounds by signed links, an id for each browser. Real HTTP."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import psutil
import pytest
import requests
from tinytag import TinyTag

from lib.take_out import DAY_S, PreparedFiles
from lib.ui import services
from lib.web.browsers import COOKIE, browser_of
from lib.web.links import Links
from tests.browser.running import running
from tests.browser.shared import SharedServer
from tests.service.sound import speak

SOUND = bytes(range(256)) * 40
ARCHIVE = SOUND[::-1]
LARGE_BYTES = 256_000_000
OLD = "out-0123456789abcdef0123456789abcdef.zip"  # a name that only prepared files have


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A library of one sound file and two prepared ones, which is open in this process, and the
    settings for a server to open it.
    """
    environment = {
        "AIMLAPI_KEY": "",
        "AIMLAPI_BASE_URL": "http://127.0.0.1:9",
        "SOUNDCHECK_DATA_DIR": str(tmp_path),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    services.close()
    services.services().library.files.put("u1-abcdef.mp3", SOUND)
    prepared = PreparedFiles(services.services().settings)
    for name in ("out-abcdef.zip", OLD):
        prepared.put(name, ARCHIVE)
    old = prepared.local(OLD)
    assert old
    os.utime(old, (0, time.time() - DAY_S - 60))
    yield environment
    services.close()


@pytest.fixture
def address(opened: dict[str, str], shared: SharedServer) -> Iterator[str]:
    with shared.lent(opened) as started:
        yield started


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_link_is_shown_by_our_name_where_no_script_runs(address: str, encoding: str) -> None:
    answer = requests.get(f"{address}/listen", headers={"Accept-Encoding": encoding}, timeout=10)
    assert "<title>Soundcheck</title>" in answer.text
    assert '<meta property="og:title" content="Soundcheck" />' in answer.text
    assert "Streamlit</title>" not in answer.text
    icon = re.search(r'<link rel="shortcut icon" href="./([^"]+)"', answer.text)
    assert icon
    assert requests.get(f"{address}/{icon[1]}", timeout=10).content.startswith(b"\x89PNG")


def test_a_page_comes_with_room_for_its_menu_and_a_listeners_page_without_one(
    address: str,
) -> None:
    """From its first paint: Streamlit knows later whether a page has one."""
    has_none = re.compile(r'\[data-testid="stSidebar"\] \{\s*display: none')
    has_room = re.compile(r'not\(:has\(\[data-testid="stSidebar"\]\)\) \{\s*padding-left')
    for path, its, others in [("", has_room, has_none), ("listen?clip=1", has_none, has_room)]:
        page = requests.get(f"{address}/{path}", timeout=10).text
        assert its.search(page)
        assert not others.search(page)


def test_pages_scripts_and_styles_leave_compressed(address: str) -> None:
    page = requests.get(address, headers={"Accept-Encoding": "gzip"}, timeout=10)
    parts = re.findall(r'"\./(static/(?:js|css)/index\.[^"]+)"', page.text)
    assert len(parts) > 1
    for path in ("", *parts):
        url = f"{address}/{path}"
        plain = requests.get(url, headers={"Accept-Encoding": "identity"}, timeout=10)
        packed = requests.get(url, headers={"Accept-Encoding": "br, gzip"}, timeout=10)
        assert "content-encoding" not in plain.headers
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) < len(plain.content) / 2
        for answer in (plain, packed):
            assert answer.headers["vary"] == "Accept-Encoding"


def test_a_compressed_script_is_kept_and_still_answers_to_its_tag_and_by_ranges(
    address: str,
) -> None:
    page = requests.get(address, timeout=10).text
    found = re.search(r'"\./(static/js/index[^"]+)"', page)
    assert found
    url = f"{address}/{found[1]}"

    script = requests.get(url, headers={"Accept-Encoding": "gzip"}, timeout=10)
    assert "immutable" in script.headers["cache-control"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": script.headers["etag"]}
    assert requests.get(url, headers=known, timeout=10).status_code == 304

    ranged = {"Accept-Encoding": "gzip", "Range": "bytes=10-19"}
    part = requests.get(url, headers=ranged, timeout=10)
    assert (part.status_code, part.content) == (206, script.content[10:20])
    assert "content-encoding" not in part.headers


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_page_that_an_upgrade_has_changed_is_sent_anew(address: str, coding: str) -> None:
    """Its tag is one of the page as it is sent, and not of the file that Streamlit has."""
    for path in ("", "library"):
        url, asked = f"{address}/{path}", {"Accept-Encoding": coding}
        page = requests.get(url, headers=asked, timeout=10)
        assert "last-modified" not in page.headers
        same = requests.get(
            url, headers=asked | {"If-None-Match": page.headers["etag"]}, timeout=10
        )
        assert (same.status_code, same.content) == (304, b"")
        late = "Tue, 01 Jan 2999 00:00:00 GMT"
        for old in ({"If-None-Match": '"other"'}, {"If-Modified-Since": late}):
            again = requests.get(url, headers=asked | old, timeout=10)
            assert (again.status_code, again.text) == (200, page.text)


def test_the_first_font_that_a_page_loads_is_ours(address: str) -> None:
    page = requests.get(address, timeout=10).text
    fonts = re.findall(r'href="\./([^"]+\.woff2)"', page)
    assert fonts == ["app/static/inter.woff2"]
    assert requests.get(f"{address}/{fonts[0]}", timeout=10).content.startswith(b"wOF2")


def links() -> Links:
    return services.services().links


def test_links_serve_what_they_were_signed_for_and_nothing_else(address: str) -> None:
    """S08, S13: one server for all of it, since starting one takes seconds."""
    link = address + links().to_clip("u1-abcdef.mp3")

    whole = requests.get(link, timeout=5)
    assert (whole.status_code, whole.content) == (200, SOUND)
    assert whole.headers["content-type"] == "audio/mpeg"
    assert whole.headers["x-content-type-options"] == "nosniff"

    part = requests.get(link, headers={"Range": "bytes=10-19"}, timeout=5)
    assert (part.status_code, part.content) == (206, SOUND[10:20])

    refused = [
        link[:-1] + ("0" if link[-1] != "0" else "1"),
        re.sub(r"exp=\d+", "exp=99999999999", link),
        re.sub(r"exp=\d+", "exp=soon", link),
        re.sub(r"exp=\d+", "exp=1", link),
        re.sub(r"exp=\d+", "exp=%D9%A1", link),
        re.sub(r"sig=[\w-]+", "sig=%C3%A9", link),
        link.partition("?")[0],
        link.replace("u1-abcdef.mp3", "u1-other.mp3"),
        link.replace("u1-abcdef.mp3", quote("../soundcheck.db", safe="")),
    ]
    for each in refused:
        answer = requests.get(each, timeout=5)
        assert answer.status_code in (400, 403, 404), each
        assert answer.content != SOUND

    # Signed by us, and still nothing but our own files.
    for name in ("u1-gone.mp3", quote("../soundcheck.db", safe=""), "..%2F..%2Fetc%2Fpasswd"):
        assert requests.get(address + links().to_clip(name), timeout=5).status_code in (
            400,
            403,
            404,
        )

    first = requests.get(address, timeout=5)
    cookie = first.headers["set-cookie"]
    assert re.match(r"soundcheck_browser=[\w-]{22};", cookie)
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()
    again = requests.get(address, cookies=first.cookies, timeout=5)
    assert "set-cookie" not in again.headers
    kept = {"If-None-Match": first.headers["etag"], "Accept": "text/html,*/*"}
    unchanged = requests.get(address, headers=kept, timeout=5)
    assert unchanged.status_code == 304
    assert "set-cookie" in unchanged.headers  # its cookies were deleted, and the page was not


def test_k7_no_header_tells_when_a_sound_was_made(address: str) -> None:
    """Two files of one content: one answer, whatever the times of the files."""
    library = services.services().library
    library.files.put("listen-1.mp3", SOUND)
    library.files.put("listen-2.mp3", SOUND)
    first, second = (address + links().to_clip(f"listen-{number}.mp3") for number in (1, 2))
    at_s = time.time()
    for number in (1, 2):
        path = library.files.local(f"listen-{number}.mp3")
        assert path
        os.utime(path, (at_s - 600 * number, at_s - 600 * number))

    def told(link: str, **headers: str) -> dict[str, str]:
        answer = requests.get(link, headers=headers, timeout=5)
        return {name: value for name, value in answer.headers.items() if name.lower() != "date"}

    assert "last-modified" not in {name.lower() for name in told(first)}
    for headers in ({}, {"Range": "bytes=5-9"}, {"Range": "bytes=0-1,5-9"}):
        one, other = told(first, **headers), told(second, **headers)
        one.pop("content-type"), other.pop("content-type")  # of two ranges: a random boundary
        assert one == other
    taken = requests.get(
        address + links().to_take_out("out-abcdef.zip", "out.zip"), timeout=5
    ).headers
    assert "last-modified" not in taken
    prepared = PreparedFiles(services.services().settings).local("out-abcdef.zip")
    assert prepared
    os.utime(prepared, (at_s - 600, at_s - 600))
    later = requests.head(
        address + links().to_take_out("out-abcdef.zip", "out.zip"), timeout=5
    ).headers
    assert later["etag"] == taken["etag"]


def test_a_browser_that_has_a_sound_is_not_sent_it_again(address: str) -> None:
    link = address + links().to_clip("u1-abcdef.mp3")
    tag = requests.get(link, timeout=5).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = requests.get(link, headers={"If-None-Match": known}, timeout=5)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
    assert requests.get(link, headers={"If-None-Match": '"other"'}, timeout=5).content == SOUND

    wanted = {"Range": "bytes=10-19"}
    part = requests.get(link, headers=wanted | {"If-Range": tag}, timeout=5)
    assert (part.status_code, part.content) == (206, SOUND[10:20])
    for other in ('"other"', f"W/{tag}", "Tue, 15 Nov 1994 12:45:26 GMT"):
        whole = requests.get(link, headers=wanted | {"If-Range": other}, timeout=5)
        assert (whole.status_code, whole.content) == (200, SOUND)

    services.services().library.files.put("u1-abcdef.mp3", ARCHIVE)  # recorded anew
    answer = requests.get(link, headers=wanted | {"If-Range": tag}, timeout=5)
    assert (answer.status_code, answer.content) == (200, ARCHIVE)
    assert answer.headers["etag"] != tag


@pytest.mark.parametrize("digits", [13, 4_301, 20_000])
def test_k23_a_link_that_ends_in_thousands_of_digits_is_refused_without_a_stack_in_the_log(
    digits: int, address: str, tmp_path: Path
) -> None:
    link = re.sub(r"exp=\d+", f"exp={'9' * digits}", address + links().to_clip("u1-abcdef.mp3"))
    assert requests.get(link, timeout=5).status_code == 403
    link = re.sub(r"exp=\d+", f"exp={'9' * digits}", links().to_take_out("out-abcdef.zip", "x"))
    assert requests.get(address + link, timeout=5).status_code == 403
    assert "Traceback" not in (tmp_path / "server.log").read_text(encoding="utf-8")


def test_a_clip_is_downloaded_under_the_name_that_was_signed(address: str) -> None:
    name = "welcome-to-our-store_Ashley.mp3"
    link = address + links().to_download("u1-abcdef.mp3", name)

    whole = requests.get(link, timeout=5)
    assert (whole.status_code, whole.content) == (200, SOUND)
    assert whole.headers["content-type"] == "audio/mpeg"
    assert whole.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert whole.headers["cache-control"].startswith("private")

    resume = {"Range": "bytes=10000-", "If-Range": whole.headers["etag"]}
    rest = requests.get(link, headers=resume, timeout=5)
    assert (rest.status_code, rest.content) == (206, SOUND[10_000:])

    played = requests.get(address + links().to_clip("u1-abcdef.mp3"), timeout=5)
    assert "content-disposition" not in played.headers
    for other in (
        re.sub(r"name=[^&]*", "name=other.mp3", link),
        re.sub(r"&name=[^&]*", "", link),
        re.sub(r"exp=\d+", "exp=99999999999", link),
        address + links().to_clip("u1-abcdef.mp3") + f"&name={name}",
    ):
        answer = requests.get(other, timeout=5)
        assert (answer.status_code, SOUND in answer.content) == (403, False), other


def test_a_clip_that_is_saved_has_a_title_and_says_that_ai_made_its_voice(
    address: str, tmp_path: Path
) -> None:
    data = speak("Hello.", model="m", voice="Ashley", format="mp3")
    with services.services().library.files.writing("u1-real.mp3") as file:
        file.write(data)
    link = address + links().to_download("u1-real.mp3", "hello_Ashley.mp3")
    whole = requests.get(link, timeout=5)
    (tmp_path / "saved.mp3").write_bytes(whole.content)
    tags = TinyTag.get(tmp_path / "saved.mp3")
    assert (tags.title, tags.comment) == ("hello_Ashley", "AI-generated voice")
    assert whole.content.endswith(data[-1_000:])
    resume = {"Range": "bytes=1000-", "If-Range": whole.headers["etag"]}
    assert requests.get(link, headers=resume, timeout=5).content == whole.content[1_000:]
    played = requests.get(address + links().to_clip("u1-real.mp3"), timeout=5)
    assert played.content == data


BROKEN = b"RIFF\x10\0\0\0WAVEjunk"


def test_a_sound_that_cannot_be_read_is_saved_as_it_is(address: str) -> None:
    with services.services().library.files.writing("u1-broken.wav") as file:
        file.write(BROKEN)
    link = address + links().to_download("u1-broken.wav", "hello_Ashley.wav")
    answer = requests.get(link, timeout=5)
    assert (answer.status_code, answer.content) == (200, BROKEN)


def test_a_large_clip_leaves_by_its_link_without_filling_the_server_s_memory(address: str) -> None:
    """A clip of nine hours is some 500 MB."""
    with services.services().library.files.writing("u1-large.wav") as file:
        file.write(b"RIFF")
        file.truncate(LARGE_BYTES)
    server = server_at(address)
    link = address + links().to_download("u1-large.wav", "all-of-it_Ashley.wav")
    before_bytes = most_bytes = server.memory_info().rss

    length_bytes = 0
    with requests.get(link, stream=True, timeout=30) as answer:
        assert answer.headers["content-type"] == "audio/wav"
        for block in answer.iter_content(1 << 22):
            length_bytes += len(block)
            most_bytes = max(most_bytes, server.memory_info().rss)

    assert length_bytes == LARGE_BYTES
    assert most_bytes - before_bytes < LARGE_BYTES / 8


def server_at(address: str) -> psutil.Process:
    """The process that `running` has started there."""
    port = urlsplit(address).port
    started = psutil.Process().children(recursive=True)
    return next(
        each for each in started if any(c.laddr.port == port for c in each.net_connections("tcp"))
    )


def test_a_link_stays_the_same_for_a_while_so_that_players_keep_what_they_have(
    address: str,
) -> None:
    assert links().to_clip("u1-abcdef.mp3") == links().to_clip("u1-abcdef.mp3")


@pytest.mark.parametrize("name", ["", "short", "x" * 23, "ä" * 22, "a b" * 8])
def test_a_browser_s_name_is_ours_or_none(name: str) -> None:
    assert browser_of({COOKIE: name}) is None


def test_what_is_taken_out_is_downloaded_from_disk_under_its_name(address: str) -> None:
    name = "Müller & Söhne – ようこそ.zip"
    link = address + links().to_take_out("out-abcdef.zip", name)

    whole = requests.get(link, timeout=5)
    assert (whole.status_code, whole.content) == (200, ARCHIVE)
    assert whole.headers["content-type"] == "application/zip"
    assert whole.headers["content-disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert whole.headers["cache-control"].startswith("private")

    # A download that broke off goes on where it stopped.
    resume = {"Range": "bytes=10000-", "If-Range": whole.headers["etag"]}
    rest = requests.get(link, headers=resume, timeout=5)
    assert (rest.status_code, rest.content) == (206, ARCHIVE[10_000:])

    sound = links().to_clip("u1-abcdef.mp3")
    refused = [
        link[:-1] + ("0" if link[-1] != "0" else "1"),
        re.sub(r"exp=\d+", "exp=99999999999", link),
        re.sub(r"exp=\d+", "exp=1", link),
        re.sub(r"name=[^&]*", "name=other.zip", link),
        re.sub(r"&name=[^&]*", "", link),
        link.partition("?")[0],
        link.replace("out-abcdef.zip", "out-other.zip"),
        address + sound.replace("/clips/", "/take-out/"),
        link.replace("/take-out/", "/clips/"),
        address + links().to_take_out("out-gone.zip", name),
        address + links().to_take_out(quote("../soundcheck.db", safe=""), name),
        address + links().to_take_out("..%2Fsoundcheck.db", name),
    ]
    for each in refused:
        answer = requests.get(each, timeout=5)
        assert answer.status_code in (400, 403, 404), each
        assert answer.content not in (ARCHIVE, SOUND)


def test_what_nobody_fetches_any_more_goes(opened: dict[str, str]) -> None:
    with running(**opened) as address:
        old, new = (
            address + links().to_take_out(name, "clips.zip") for name in (OLD, "out-abcdef.zip")
        )
        until_s = time.monotonic() + 10
        while requests.get(old, timeout=5, stream=True).status_code != 404:
            assert time.monotonic() < until_s
            time.sleep(0.05)
        assert requests.get(new, timeout=5).status_code == 200


def test_only_what_was_signed_here_is_a_link_and_each_has_one_spelling() -> None:
    ours = Links(b"secret")
    asked = parse_qs(urlsplit(ours.to_take_out("out-1.zip", "a.zip")).query)
    expires, signature = asked["exp"][0], asked["sig"][0]

    def problem(path: str = "/take-out/out-1.zip", name: str = "a.zip", **more: str) -> str | None:
        given = {"expires": expires, "signature": signature} | more
        return ours.problem(path, save_as=name, **given)

    assert problem() is None
    unsigned = "This link is not valid."
    last = "AB"[signature.endswith("A")]
    for wrong in (signature[:-1] + last, f"{signature}é", f"{signature}!", f"{signature}=", ""):
        assert problem(signature=wrong) == unsigned, wrong
    assert problem("/take-out/out-2.zip") == problem(name="b.zip") == unsigned
    assert problem(expires=f"{int(expires) + 1}") == unsigned
    stranger = Links(b"other")
    assert stranger.problem("/take-out/out-1.zip", save_as="a.zip", expires=expires,
                            signature=signature) == unsigned  # fmt: skip
    for past in ("", "soon", "1", "9" * 13, "٣" * 10):
        assert problem(expires=past) == "This link is no longer valid."
