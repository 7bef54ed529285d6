"""Links to clips: what they play, until when, and what their viewers chose."""

import time
from dataclasses import replace

import pytest

from lib.errors import InvalidRequestError
from lib.library import Library, limits, shares
from lib.library.clip import Clip
from lib.library.shares import Share
from tests.test_folds import make

VIEWER = "a-browser"


def begin(library: Library, *clips: Clip, ends_at_s: float | None = None) -> Share:
    return library.shares.begin(
        [clip.id for clip in clips], owner="local", ends_at_s=ends_at_s, names_voices=True
    )


def heard(library: Library, share: Share) -> list[int]:
    return [clip.id for clip in library.shares.clips(share)]


def test_a_link_is_found_by_its_secret_alone(library: Library) -> None:
    first, second = make(library, "One."), make(library, "Two.")
    share = begin(library, second, first)
    assert library.shares.find(share.token) == share
    assert share.clip_ids == (second.id, first.id)
    assert len(share.token) == 32
    for wrong in ("", str(share.id), share.token[:-1], "ü", "x" * 9_000, f"{share.token}\n"):
        assert library.shares.find(wrong) is None


def test_a_link_plays_the_take_that_stands_for_the_words(library: Library) -> None:
    first = make(library, "Hello.")
    share = begin(library, first)
    assert heard(library, share) == [first.id]
    second = make(library, "Hello.", take=2)
    assert heard(library, share) == [second.id]
    library.folds.prefer(first.id)
    assert heard(library, share) == [first.id]
    make(library, "Hello.", take=3)
    assert heard(library, share) == [first.id]


def test_a_link_keeps_the_title_of_the_clip_that_was_shared(library: Library) -> None:
    first = make(library, "Hello.")
    library.clips.rename(first.id, "For the boss")
    share = begin(library, first)
    second = make(library, "Hello.", take=2)
    make(library, "Hello.", take=3, browser="b2")
    (clip,) = library.shares.clips(share)
    assert (clip.id, clip.title) == (second.id, "For the boss")


def test_a_link_never_plays_other_words(library: Library) -> None:
    """A newer version of a row is another text: the viewer was sent this one."""
    old = make(library, "Old words.", unit="row 1")
    share = begin(library, old)
    new = make(library, "New words.", unit="row 1")
    library.folds.prefer(new.id)
    assert heard(library, share) == [old.id]


def test_two_takes_of_one_text_are_heard_once(library: Library) -> None:
    first, second = (make(library, "Hello.", take=take) for take in (1, 2))
    assert heard(library, begin(library, first, second)) == [second.id]


def test_a_deleted_clip_is_no_longer_heard_until_it_is_restored(library: Library) -> None:
    first, other = make(library, "Hello."), make(library, "Bye.")
    make(library, "Hello.", take=2)
    share = begin(library, first, other)
    library.clips.delete([first.id])
    assert heard(library, share) == [other.id]
    library.clips.restore([first.id])
    assert len(heard(library, share)) == 2
    library.clips.delete([first.id])
    library.clips.purge(time.time() + 1)
    assert heard(library, share) == [other.id]


def test_open_links_are_known_by_any_take_of_the_words(library: Library) -> None:
    first, other = make(library, "Hello."), make(library, "Bye.")
    ended, expired = begin(library, first), begin(library, first, ends_at_s=time.time() - 1)
    library.shares.end(ended.id)
    both, alone = begin(library, first, other), begin(library, first)
    second = make(library, "Hello.", take=2)
    for clip in (first, second):
        assert library.shares.of(clip.id) == [alone, both]
    assert library.shares.of(other.id) == [both]
    assert expired.expired
    assert not expired.open


def test_a_viewer_has_one_choice_and_may_change_it(library: Library) -> None:
    first, second = make(library, "One."), make(library, "Two.")
    share = begin(library, first, second)
    assert library.shares.choose(share, VIEWER, first.id)
    assert library.shares.choose(
        share, VIEWER, second.id, name=" Ms\nRay ", remark="Slower\0 please"
    )
    assert library.shares.choose(share, "another", first.id)
    assert library.shares.choice(share, "nobody") is None
    (choice,) = library.shares.choices(second.id)
    assert choice == library.shares.choice(share, VIEWER)
    assert (choice.name, choice.remark) == ("Ms Ray", "Slower please")
    library.shares.take_back(share, VIEWER)
    assert library.shares.choices(second.id) == []
    assert len(library.shares.choices(first.id)) == 1


def test_a_choice_stays_when_the_link_ends_or_its_take_is_deleted(library: Library) -> None:
    first = make(library, "One.")
    share = begin(library, first)
    library.shares.choose(share, VIEWER, first.id)
    second = make(library, "One.", take=2)
    library.clips.delete([first.id])
    assert [each.clip_id for each in library.shares.choices(second.id)] == [first.id]
    library.shares.end(share.id)
    library.shares.take_back(share, VIEWER)
    assert [each.clip_id for each in library.shares.choices(second.id)] == [first.id]


def test_nothing_that_is_gone_is_shared(library: Library) -> None:
    here, gone = make(library, "One."), make(library, "Two.")
    library.clips.delete([gone.id])
    for some, what in (([], "What was to be shared"), ([here, gone], "One of these clips")):
        with pytest.raises(InvalidRequestError, match=f"{what} has been deleted"):
            begin(library, *some)


def test_what_a_viewer_types_is_cut(library: Library) -> None:
    clip = make(library, "One.")
    share = begin(library, clip)
    library.shares.choose(share, VIEWER, clip.id, name="n" * 9_000, remark="r" * 9_000)
    (choice,) = library.shares.choices(clip.id)
    assert len(choice.name) == limits.NAME_MAX_CHARS
    assert len(choice.remark) == limits.REMARK_MAX_CHARS


def test_nothing_is_chosen_that_the_link_does_not_play(library: Library) -> None:
    clip, other = make(library, "One."), make(library, "Other.")
    share = begin(library, clip)
    assert not library.shares.choose(share, VIEWER, other.id)
    make(library, "One.", take=2)  # it stands for the words now
    assert not library.shares.choose(share, VIEWER, clip.id)
    library.folds.prefer(clip.id)
    assert library.shares.choose(share, VIEWER, clip.id)
    library.shares.end(share.id)
    assert not library.shares.choose(share, "another", clip.id)
    over = begin(library, clip, ends_at_s=time.time() - 1)
    assert not library.shares.choose(over, VIEWER, clip.id)
    assert not library.shares.choose(replace(over, token="made-up"), VIEWER, clip.id)
    assert len(library.shares.choices(clip.id)) == 1


def test_a_link_takes_so_many_clips_and_choices_and_no_more(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "CLIPS_MAX", 2)
    monkeypatch.setattr(shares, "CHOICES_MAX", 3)
    clips = [make(library, text) for text in ("One.", "Two.", "Three.")]
    with pytest.raises(InvalidRequestError, match="up to 2 clips"):
        begin(library, *clips)
    share = begin(library, *clips[:2])
    for number in range(3):
        library.shares.choose(share, f"viewer {number}", clips[0].id)
    with pytest.raises(InvalidRequestError, match="as many as it can hold"):
        library.shares.choose(share, VIEWER, clips[0].id)
    assert library.shares.choose(share, "viewer 1", clips[1].id)  # a change takes no room
    assert len(library.shares.choices(clips[0].id)) == 2
