"""Clips shared by a link, without a browser: the maker's dialog and card, and the viewer's page."""

import time
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from lib import money
from lib.library import shares as store
from lib.library.clip import Clip
from lib.library.shares import Share
from lib.ui.services import services
from lib.web.hosts import is_loopback
from tests.conftest import APP
from tests.test_folds import make
from tests.test_library_page import visit
from tests.test_studio_page import buttons, downloads, words

TEXT = "Welcome to our store.\nمرحبا بكم في متجرنا.\nFor *opening* hours, press one."


@pytest.fixture
def clip(app: AppTest) -> Clip:
    return make(services().library, TEXT)


@pytest.fixture
def maker(app: AppTest, clip: Clip) -> AppTest:
    """The page Library with the dialog of that clip."""
    visit(app, "library")
    app.session_state["_library_clip"] = clip.id
    app.run()
    app.button(key=f"library_chosen_share_{clip.id}").click().run()
    return app


@pytest.fixture
def viewer(app: AppTest) -> AppTest:
    """Another browser; `app` holds the services."""
    return AppTest.from_file(str(APP), default_timeout=20)


def share(*clips: Clip, ends_at_s: float | None = None, names_voices: bool = True) -> Share:
    return services().library.shares.begin(
        [clip.id for clip in clips],
        owner="local",
        ends_at_s=ends_at_s,
        names_voices=names_voices,
    )


def open_link(viewer: AppTest, token: str) -> str:
    """Open the link; returns what is read there."""
    viewer.query_params["clip"] = token
    visit(viewer, "listen")
    return read(viewer)


def read(viewer: AppTest) -> str:
    return " ".join([*(each.value for each in viewer.title), words(viewer)])


def link(maker: AppTest) -> str:
    """The address in the dialog."""
    (address,) = [each.value for each in maker.code if "/listen?" in each.value]
    return str(address)


def day(days: int) -> str:
    return money.day(time.mktime((date.today() + timedelta(days=days)).timetuple()))


def test_a_link_is_made_for_seven_days_and_can_be_ended(maker: AppTest, clip: Clip) -> None:
    assert "They hear this clip and read its text." in words(maker)
    maker.button(key=f"library_chosen_share_{clip.id}_create").click().run()
    (made,) = services().library.shares.of(clip.id)
    assert link(maker).endswith(f"/listen?clip={made.token}")
    assert f"Open until {day(7)}" in words(maker)
    assert f"Shared until {day(7)}" in words(maker)
    maker.button(key=f"library_chosen_share_{clip.id}_end_{made.id}").click().run()
    assert services().library.shares.of(clip.id) == []
    assert "Shared" not in words(maker)
    assert "Create the link" in buttons(maker)


def test_a_link_may_have_no_end_and_tell_no_voice(maker: AppTest, clip: Clip) -> None:
    key = f"library_chosen_share_{clip.id}"
    maker.button_group(key=f"{key}_days").set_value("No end")
    maker.toggle(key=f"{key}_names").set_value(False)
    maker.button(key=f"{key}_create").click().run()
    (made,) = services().library.shares.of(clip.id)
    assert (made.ends_at_s, made.names_voices) == (None, False)
    assert "Shared, with no end" in words(maker)


def test_too_many_clips_for_a_link_are_refused_in_words(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "CLIPS_MAX", 1)
    ids = [make(services().library, text).id for text in ("One.", "Two.")]
    visit(app, "library")
    app.session_state["_library_shelf_ticked"] = ids
    app.run()
    app.button(key="library_share_ticked").click().run()
    app.button(key="library_share_ticked_create").click().run()
    assert "A link takes up to 1 clips. Choose fewer clips." in words(app)
    assert services().library.shares.of(ids[0]) == []


def test_a_link_that_opens_here_only_says_so(maker: AppTest, clip: Clip) -> None:
    maker.button(key=f"library_chosen_share_{clip.id}_create").click().run()
    assert "This link opens on this computer only." in words(maker)
    maker.context = {"url": "https://sound.example.com/library"}
    maker.run()
    assert link(maker).startswith("https://sound.example.com/listen?clip=")
    assert "this computer only" not in words(maker)


@pytest.mark.parametrize(
    ("address", "here_only"),
    [
        ("http://localhost:8501/", True),
        ("http://127.0.0.2/listen", True),
        ("http://[::1]:8501/", True),
        ("http://sound.localhost/", True),
        ("http://192.168.1.7:8501/", False),
        ("https://sound.example.com/?a=localhost", False),
        ("https://localhost.example.com/", False),
    ],
)
def test_an_address_of_this_computer_is_known(address: str, here_only: bool) -> None:
    assert is_loopback(address) is here_only


def test_a_viewer_hears_reads_and_chooses_and_the_maker_sees_it(
    app: AppTest, viewer: AppTest, clip: Clip
) -> None:
    made = share(clip)
    shown = open_link(viewer, made.token)
    assert "Voice: Ashley" in shown
    assert "For *opening* hours, press one." in shown
    assert downloads(viewer) == 1
    viewer.button(key=f"listen_choose_{clip.id}").click().run()
    assert "You chose this." in words(viewer)
    viewer.text_input(key="listen_name").input("Ms *Ray*")
    viewer.text_area(key=f"listen_remark_{clip.id}").input("Slower <b>please</b>")
    viewer.button(key="listen_send").click().run()
    assert "Thank you, this is sent." in words(viewer)

    visit(app, "library")
    app.session_state["_library_clip"] = clip.id
    app.run()
    card = words(app)
    assert "Chosen by Ms *Ray*," in card
    assert f"{money.day(time.time())}: “Slower &lt;b&gt;please&lt;/b&gt;”" in card
    second = make(services().library, TEXT, take=2)
    app.session_state["_library_clip"] = second.id
    app.run()
    assert "Take 1 chosen by Ms *Ray*," in words(app)

    open_link(viewer, made.token)
    assert "You chose this" not in words(viewer)  # it plays the second take now
    services().library.folds.prefer(clip.id)
    viewer.run()
    viewer.button(key="listen_take_back").click().run()
    assert services().library.shares.choices(clip.id) == []


def test_a_remark_goes_with_the_clip_that_it_is_about(app: AppTest, viewer: AppTest) -> None:
    app.run()
    first, second = (make(services().library, text) for text in ("One.", "Two."))
    made = share(first, second)
    assert "2 clips" in open_link(viewer, made.token)
    viewer.button(key=f"listen_choose_{first.id}").click().run()
    viewer.text_input(key="listen_name").input("Ms Ray")
    viewer.text_area(key=f"listen_remark_{first.id}").input("Slower please").run()
    viewer.button(key=f"listen_choose_{second.id}").click().run()
    (choice,) = services().library.shares.choices(second.id)
    assert (choice.name, choice.remark) == ("Ms Ray", "")
    assert services().library.shares.choices(first.id) == []


def test_a_link_without_the_voice_tells_it_nowhere(viewer: AppTest, clip: Clip) -> None:
    shown = open_link(viewer, share(clip, names_voices=False).token)
    assert "Welcome to our store." in shown
    assert "Ashley" not in shown


def test_a_link_with_nothing_behind_it_says_why(viewer: AppTest, clip: Clip) -> None:
    library = services().library
    ended, expired, deleted = share(clip), share(clip, ends_at_s=time.time() - 1), share(clip)
    library.shares.end(ended.id)
    assert "This link has ended" in open_link(viewer, ended.token)
    assert f"It was open until {money.day(time.time() - 1)}." in open_link(viewer, expired.token)
    library.clips.delete([clip.id])
    assert "This clip is no longer there" in open_link(viewer, deleted.token)
    for wrong in ("", "1", "x" * 9_000, "../library", f"{ended.token}x"):
        assert "This link does not work" in open_link(viewer, wrong)
        assert downloads(viewer) == 0


def test_a_press_that_comes_too_late_changes_nothing(viewer: AppTest, clip: Clip) -> None:
    made = share(clip)
    open_link(viewer, made.token)
    make(services().library, TEXT, take=2)
    viewer.button(key=f"listen_choose_{clip.id}").click().run()
    assert "Listen again, then choose." in words(viewer)
    services().library.folds.prefer(clip.id)
    viewer.run()
    services().library.shares.end(made.id)
    viewer.button(key=f"listen_choose_{clip.id}").click().run()
    assert "This link has ended" in read(viewer)
    assert services().library.shares.choices(clip.id) == []


def test_a_full_link_says_so(viewer: AppTest, clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "CHOICES_MAX", 0)
    open_link(viewer, share(clip).token)
    viewer.button(key=f"listen_choose_{clip.id}").click().run()
    assert "as many as it can hold" in words(viewer)
