"""A listening test and shared clips over real sockets, with visitors that send any data."""

import json
import secrets
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests
import sqlalchemy as sa
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from lib.library import limits, unsent
from lib.library.ballot import Contender, ListeningTest
from lib.library.clip import Clip
from lib.library.drafts import LISTENER_MAX_BYTES, NOBODYS_AGE_S, STAFF_MAX_BYTES
from lib.library.shares import Share
from lib.library.tables.drafts import drafts
from lib.listening import votes
from lib.ui import services
from lib.ui.compare import tests
from lib.ui.listen import page as listen
from lib.web import origin
from tests.browser.running import running
from tests.browser.shared import SharedServer
from tests.conftest import Begin
from tests.talking import Talk, marks, talking
from tests.test_folds import make

QUESTIONS = ("Overall", "Fits our brand")
VOICES = 3
MEGABYTE = 1_000_000


@pytest.fixture
def opened(
    tmp_path: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """An empty library that is open in this process, and the settings for a server to open it."""
    environment = {
        "AIMLAPI_KEY": "",
        "AIMLAPI_BASE_URL": "http://127.0.0.1:9",
        "SOUNDCHECK_DATA_DIR": str(tmp_path),
        "SOUNDCHECK_FREE_DISK_MIN_BYTES": "0",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    begin(tmp_path)
    services.close()
    services.services()
    yield environment
    services.close()


@pytest.fixture
def address(opened: dict[str, str], shared: SharedServer) -> Iterator[str]:
    with shared.lent(opened) as started:
        yield started


def begin_test(title: str = "Which voice?", passcode: str = "") -> ListeningTest:
    voices = [
        Contender(
            position=place,
            model="inworld/tts-1",
            voice=f"Voice{place}",
            file=f"listen-{secrets.token_hex(8)}.mp3",
            length_s=2.0,
            peaks=bytes(240),
        )
        for place in range(VOICES)
    ]
    return services.services().library.listening.begin(
        voices,
        owner="local",
        audition_id=1,
        title=title,
        script="Hello.",
        questions=QUESTIONS,
        passcode=passcode,
    )


def cookie() -> str:
    return secrets.token_urlsafe(16)


def kept() -> dict[str, dict[str, object]]:
    """The stored drafts of listeners, by browser."""
    query = sa.select(drafts.c.browser, drafts.c.body).where(drafts.c.page.startswith("listen-"))
    with services.services().library.database.read() as connection:
        return {row.browser: row.body for row in connection.execute(query)}


def comment(talk: Talk, words: str) -> WidgetState:
    return WidgetState(id=talk.widget("listen_comment"), string_value=words)


def press(talk: Talk, key: str) -> WidgetState:
    return WidgetState(id=talk.widget(key), trigger_value=True)


def server_bytes(address: str) -> int:
    """The memory of the process that listens there."""
    port = int(address.rpartition(":")[2])
    return next(
        each.memory_info().rss
        for each in psutil.Process().children(recursive=True)
        if any(one.laddr.port == port for one in each.net_connections("tcp"))
    )


def test_k6_a_listener_stores_stars_and_a_short_comment_whatever_is_sent(address: str) -> None:
    test = begin_test()
    before_bytes = server_bytes(address)
    for _ in range(8):
        with talking(address, "listen", browser=cookie(), test=test.token) as talk:
            assert talk.run()
            board = talk.widget(listen.BOARD)
            sent = {"A": {"Overall": 4, "Fits our brand": True, "junk": 3, "remark": "x" * 9_000}}
            sent |= {f"junk {number}": {"Overall": 5} for number in range(2_000)}
            sent |= {"B": {"Overall": 99}, "C": [["Overall", 5]]}
            words = comment(talk, "ü" * 30_000)
            assert talk.run(marks(board, sent), words)
            assert "Only the first 2,000 characters" in talk.words()
            assert not talk.run(marks(board, {"A": "x" * 15 * MEGABYTE}))

    assert len(kept()) == 8
    for body in kept().values():
        assert len(json.dumps(body)) < LISTENER_MAX_BYTES
        assert body == {
            "ratings": {"A": {"Overall": 4}, "B": {}},
            "comment": "ü" * limits.REMARK_MAX_CHARS,
        }
    assert server_bytes(address) - before_bytes < 150 * MEGABYTE


def test_k6_only_pages_of_staff_take_a_large_message(address: str) -> None:
    """A long script has two megabytes; nothing in a ballot is near that."""
    test = begin_test()
    for page in ("", "scripts", "compare"):
        with talking(address, page, browser=cookie()) as staff:
            assert staff.run()
            assert staff.run(padding=4 * MEGABYTE)
            assert not staff.run(padding=9 * MEGABYTE)
    with talking(address, "listen", browser=cookie(), test=test.token) as listener:
        assert listener.run()
        assert listener.run(padding=200_000)
        assert not listener.run(padding=300_000)


@pytest.mark.parametrize("kind", ["widgets", "choices", "words", "numbers", "json"])
def test_k6_a_message_of_millions_of_parts_is_refused_unread(address: str, kind: str) -> None:
    """Two bytes are a widget: four million of them would take the server a gigabyte and seconds."""
    message = BackMsg()
    asked = message.rerun_script
    many = 3_000_000
    match kind:
        case "words":
            asked.cached_message_hashes.extend([""] * many)
        case "json":
            asked.widget_states.widgets.add(id="x", json_value=f"[{'[],' * many}0]"[: 7 * MEGABYTE])
        case "choices":
            asked.widget_states.widgets.add(id="x").string_array_value.data.extend([""] * many)
        case "numbers":
            asked.widget_states.widgets.add(id="x").int_array_value.data.extend([0] * many)
        case _:
            pass
    data = message.SerializeToString()
    if kind == "widgets":
        inside = b"\x0a\x00" * many
        size = varint(len(inside))
        states = b"\x12" + size + inside
        data = b"\x5a" + varint(len(states)) + states
    with talking(address, "", browser=cookie()) as talk:
        assert talk.run()
        before_bytes = server_bytes(address)
        talk.socket.send(data)
        began_s = time.monotonic()
        assert talk.hangs_up()
        assert requests.get(f"{address}/_stcore/health", timeout=5).ok
        assert time.monotonic() - began_s < 2
    assert server_bytes(address) - before_bytes < 100 * MEGABYTE


def varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def test_k6_what_was_not_sent_goes_when_the_test_is_closed_or_sent(address: str) -> None:
    the = services.services().library
    test, other = begin_test(), begin_test()
    with talking(address, "listen", browser=cookie(), test=test.token) as talk:
        assert talk.run()
        board = talk.widget(listen.BOARD)
        assert talk.run(marks(board, {"A": {"Overall": 4}}))
        the.listening.unsent.keep(other.id, "another", comment="Hello")
        assert len(kept()) == 2
        talk.run(marks(board, {"A": {"Overall": 4}}), press(talk, "listen_send"))
        assert "Thank you" in talk.words()
        assert list(kept()) == ["another"]
        the.listening.close(test.id)
        assert talk.run(marks(board, {"A": {"Overall": 5}}))  # from a page that is still open
        assert "closed" in talk.words()
    assert list(kept()) == ["another"]
    the.listening.close(other.id)
    assert kept() == {}
    assert len(the.listening.ballots(test.id)) == 1


def test_k6_what_was_not_sent_goes_when_the_test_has_ended(opened: dict[str, str]) -> None:
    the = services.services().library
    test = begin_test()
    assert the.listening.unsent.keep(test.id, "somebody", comment="Hello")
    the.listening.reopen(test.id, time.time() - 1)
    assert not the.listening.unsent.keep(test.id, "somebody", comment="Hello")
    services.tidy()
    assert kept() == {}


def test_k6_the_store_itself_refuses_a_draft_over_its_limit(opened: dict[str, str]) -> None:
    drafts_ = services.services().library.drafts
    assert drafts_.put("b", "listen-1", {"comment": "short"}, owner="local")
    assert not drafts_.put("b", "listen-1", {"comment": "x" * LISTENER_MAX_BYTES}, owner="local")
    assert drafts_.get("b", "listen-1") == {"comment": "short"}
    longest = {"text": "\U0001d11e" * 500_000}  # what Studio takes, in letters that take most room
    assert drafts_.put("b", "studio", longest, owner="local")
    assert drafts_.get("b", "studio") == longest
    assert not drafts_.put("b", "studio", {"text": "x" * STAFF_MAX_BYTES}, owner="local")


def test_k6_a_test_keeps_the_drafts_of_so_many_and_no_more(
    opened: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsent, "MOST", 5)
    test = begin_test()
    for number in range(8):
        services.services().library.listening.unsent.keep(
            test.id, f"listener {number}", comment="Hello"
        )
    assert sorted(kept()) == [f"listener {number}" for number in range(3, 8)]


def test_a_draft_that_no_browser_can_ask_for_goes(opened: dict[str, str]) -> None:
    the = services.services().library
    the.drafts.put("old", "studio", {"text": "Hello"}, owner="local")
    the.drafts.put("new", "studio", {"text": "Hello"}, owner="local")
    with the.database.write() as connection:
        connection.execute(
            sa.update(drafts)
            .where(drafts.c.browser == "old")
            .values(changed_at_s=time.time() - NOBODYS_AGE_S - 60)
        )
    services.tidy()
    assert the.drafts.get("old", "studio") == {}
    assert the.drafts.get("new", "studio") == {"text": "Hello"}


def test_names_and_remarks_are_cut_where_they_are_stored(opened: dict[str, str]) -> None:
    the = services.services().library
    test = begin_test(title="Which\n voice \0 is \ud800" + "x" * 9_000)
    assert test.title.startswith("Which voice is x")
    assert len(test.title) == limits.TITLE_MAX_CHARS
    audition = the.auditions.begin("Hello.", [], owner="local", browser="b")
    the.auditions.save(audition, "name " * 9_000)
    saved = the.auditions.get(audition)
    assert saved
    assert len(saved.title) <= limits.TITLE_MAX_CHARS
    assert len(limits.remark("x" * 9_000_000)) == limits.REMARK_MAX_CHARS
    assert limits.remark(" one\n\ttwo\0 ") == "one\n\ttwo"


def vote(address: str, test: ListeningTest, **headers: str) -> None:
    with talking(
        address, "listen", browser=cookie(), headers=headers or None, test=test.token
    ) as talk:
        assert talk.run()
        board = marks(talk.widget(listen.BOARD), {"A": {"Overall": 4}})
        talk.run(board, press(talk, "listen_send"))
        assert "Thank you" in talk.words()


def test_k22_the_owner_sees_how_many_ballots_came_from_one_address(opened: dict[str, str]) -> None:
    """With one trusted proxy; the entries before it come from the client and are ignored."""
    test = begin_test()
    with running(**opened, SOUNDCHECK_TRUSTED_PROXIES="1") as address:
        for number in range(3):
            vote(address, test, **{"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"})
        vote(address, test, **{"X-Forwarded-For": "203.0.113.10"})
    ballots = services.services().library.listening.ballots(test.id)
    assert votes.address_words(ballots).startswith(
        "3 of 4 ballots came from one address, all together"
    )
    assert "203.0.113" not in str(ballots)
    table = votes.csv_of(
        test, tests.names(test, services.services().library.listening.voices(test.id)), ballots
    )
    header, *rows = table.decode("utf-8-sig").splitlines()
    assert header.endswith(",Comment,Address")
    assert [row.rpartition(",")[2] for row in rows] == ["1"] * 9 + ["2"] * 3


def test_k22_nobody_is_believed_who_names_his_own_address(address: str) -> None:
    test = begin_test()
    for number in range(3):
        vote(address, test, **{"X-Forwarded-For": f"198.51.100.{number}"})
    vote(address, test)
    words = votes.address_words(services.services().library.listening.ballots(test.id))
    assert words.startswith("4 of 4 ballots came from one address")
    assert "proxy" in words  # it may be nothing but that


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "client"),
    [
        (None, [], 0, "127.0.0.1"),
        ("203.0.113.9", ["198.51.100.1"], 0, "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1", "198.51.100.2"], 1, "198.51.100.2"),
        ("203.0.113.9", ["198.51.100.1, 198.51.100.2"], 2, "198.51.100.1"),
        ("203.0.113.9", ["198.51.100.1"], 2, "203.0.113.9"),
        ("203.0.113.9", ["rubbish"], 1, "203.0.113.9"),
        ("203.0.113.9", ["[2001:db8:1:2:3:4:5:6]:443"], 1, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:9:9:9:9", [], 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", [], 0, "203.0.113.9"),
        ("testclient", [], 0, "127.0.0.1"),
    ],
)
def test_k22_a_client_is_the_address_that_the_last_trusted_proxy_heard(
    peer: str | None, forwarded: list[str], proxies: int, client: str
) -> None:
    assert origin.client(peer, forwarded, proxies) == client


def test_files_that_a_listener_sends_do_not_fill_the_memory(address: str) -> None:
    """A sister of K6: Streamlit keeps what is sent for a session, though no page asked for it."""
    test = begin_test()
    with talking(address, "listen", browser=cookie(), test=test.token) as talk:
        talk.run()
        visitor = requests.Session()
        visitor.get(f"{address}/_stcore/health", timeout=5)
        token = visitor.cookies["_streamlit_xsrf"]
        answers = [
            visitor.put(
                f"{address}/_stcore/upload_file/{talk.session_id}/{uuid.uuid4()}",
                files={"file": ("a.txt", bytes(20 * MEGABYTE))},
                headers={"X-Xsrftoken": token},
                timeout=20,
            )
            for _ in range(12)
        ]
        assert [answer.status_code for answer in answers] == [204] * 7 + [503] * 5
        assert "Try again" in answers[-1].text


def share(*texts: str, names_voices: bool = True) -> tuple[Share, list[Clip]]:
    clips = [make(services.services().library, text) for text in texts]
    ids = [clip.id for clip in clips]
    made = services.services().library.shares.begin(
        ids, owner="local", ends_at_s=None, names_voices=names_voices
    )
    return made, clips


def test_a_viewer_is_sent_what_is_shared_and_nothing_else(address: str) -> None:
    made, (clip,) = share("Shared words.", names_voices=False)
    make(services.services().library, "Secret words.")
    services.services().library.clips.annotate(clip.id, "A note for us.")
    with talking(address, "listen", browser=cookie(), clip=made.token) as talk:
        assert talk.run()
        sent = talk.words()
        assert "Shared words." in sent
        for secret in ("Secret", "note for us", "Ashley", "inworld", "TTS-1", "$0."):
            assert secret not in sent, secret
    for wrong in ("", str(made.id), "x" * 9_000, "%2e%2e/library", made.token.swapcase()):
        with talking(address, "listen", browser=cookie(), clip=wrong) as talk:
            assert talk.run()
            assert "This link does not work" in talk.words()
            assert "Shared words." not in talk.words()


def test_a_viewer_s_link_to_a_sound_opens_no_other(opened: dict[str, str], address: str) -> None:
    links = services.services().links
    own, other = links.to_clip("u1-a.mp3"), "u1-b.mp3"
    assert requests.get(f"{address}{own}", timeout=5).status_code == 404  # allowed, and not there
    for forged in (f"/clips/{other}", own.replace("u1-a.mp3", other), own.replace("exp=", "exp=9")):
        assert requests.get(f"{address}{forged}", timeout=5).status_code == 403


def test_a_viewer_stores_one_short_choice_whatever_is_sent(address: str) -> None:
    made, (clip, other) = share("One.", "Two.")
    with talking(address, "listen", browser=cookie(), clip=made.token) as talk:
        assert talk.run()
        for each in (other, clip):
            assert talk.run(press(talk, f"listen_choose_{each.id}"))
        name = WidgetState(id=talk.widget("listen_name"), string_value="n" * 30_000)
        remark = WidgetState(id=talk.widget(f"listen_remark_{clip.id}"), string_value="ü" * 30_000)
        assert talk.run(name, remark, press(talk, "listen_send"))
        assert "Only the first 2,000 characters" in talk.words()
        number = WidgetState(id=talk.widget("listen_name"), int_value=7)
        assert talk.run(number, press(talk, "listen_send"))
        assert not talk.run(padding=300_000)
    shares = services.services().library.shares
    assert shares.choices(other.id) == []
    (choice,) = shares.choices(clip.id)
    assert len(choice.name) <= limits.NAME_MAX_CHARS
    assert choice.remark == "ü" * limits.REMARK_MAX_CHARS


def test_what_is_pressed_after_a_link_has_ended_is_not_stored(address: str) -> None:
    made, (clip,) = share("One.")
    with talking(address, "listen", browser=cookie(), clip=made.token) as talk:
        assert talk.run()
        choose = press(talk, f"listen_choose_{clip.id}")
        services.services().library.shares.end(made.id)
        assert talk.run(choose)
        assert "This link has ended" in talk.words()
    assert services.services().library.shares.choices(clip.id) == []
