"""One clip stands in the lists for its takes and older versions, under all voices heard in it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pytest

from lib.library import Library
from lib.library.clip import Clip, Intent, Part
from lib.library.folds import Folded
from lib.library.listing import Wanted
from lib.settings import Settings
from tests.older import before_given_by_model, before_own_takes, before_the_shelf
from tests.test_library import HELLO, SOUND

TALK = "Anna: Hello, Ben.\nBen: Hello, Anna.\nAnna: Bye."


def make(
    library: Library,
    text: str,
    *,
    take: int = 1,
    voices: Sequence[str] = ("Ashley",),
    unit: str | None = None,
    browser: str = "b1",
) -> Clip:
    said = replace(HELLO, text=text, take=take)
    clip = library.clips.begin(
        Intent(
            pieces=[Part(utterance=replace(said, voice=voice)) for voice in voices],
            script=text,
            title=text[:40],
            owner="local",
            browser=browser,
            kind="line" if unit else "clip",
            script_id=7 if unit else None,
            unit=unit,
        )
    )
    library.clips.finish(clip.id, SOUND, usd=None, usd_is_exact=False)
    return clip


def listed(library: Library, **wanted: object) -> list[int]:
    asked = Wanted(owner="local", **wanted)  # type: ignore[arg-type]
    found = library.listing.ids(asked)
    assert [clip.id for clip in library.listing.page(asked).clips] == found
    assert library.listing.count(asked) == len(found)
    return found


def under(library: Library, clip: Clip, *which: Folded) -> list[int]:
    return [each.id for each in library.folds.under([clip.id], *which).get(clip.id, [])]


def test_a_dialogue_is_filed_under_each_of_its_voices(library: Library) -> None:
    talk = make(library, TALK, voices=["Craig", "Ashley", "Craig", "Olivia"])
    alone = make(library, "Hello.")
    heard_in = {"Ashley": [alone.id, talk.id], "Craig": [talk.id], "Olivia": [talk.id], "Wendy": []}
    for voice, right in heard_in.items():
        assert listed(library, voice=voice) == right
        assert listed(library, voice=voice, sort="oldest") == right[::-1]
        assert listed(library, voice=voice, words="hello") == right
        assert sorted(listed(library, voice=voice, sort="title")) == sorted(right)
    assert library.listing.voices("local") == ["Ashley", "Craig", "Olivia"]
    (found,) = library.listing.many([talk.id])
    assert found.voices == ("Craig", "Ashley", "Olivia")
    assert found == library.clips.get(talk.id)


def test_the_newest_take_stands_for_all_until_another_is_preferred(library: Library) -> None:
    first, second = (make(library, "Hello.", take=take) for take in (1, 2))
    other, third = make(library, "Something else."), make(library, "Hello.", take=3)
    assert listed(library) == [third.id, other.id]
    assert listed(library, words="hello") == [third.id]
    assert listed(library, folded=False) == [third.id, other.id, second.id, first.id]

    library.folds.prefer(first.id)
    assert listed(library) == [other.id, first.id]
    assert under(library, first, Folded.TAKE) == [second.id, third.id]
    fourth = make(library, "Hello.", take=4)
    assert listed(library) == [other.id, first.id]
    library.folds.prefer(fourth.id)
    assert listed(library) == [fourth.id, other.id]
    assert under(library, fourth, Folded.ON_TOP, Folded.TAKE) == [
        first.id, second.id, third.id, fourth.id,
    ]  # fmt: skip


def test_nobodys_clip_goes_under_somebody_elses(library: Library) -> None:
    mine, theirs = make(library, "Hello."), make(library, "Hello.", take=2, browser="b2")
    again = make(library, "Hello.", take=3, browser="b2")
    assert listed(library) == [again.id, mine.id]
    assert listed(library, browser="b1") == [mine.id]
    assert listed(library, browser="b2") == [again.id]
    assert library.folds.whole([again.id]) == [theirs.id, again.id]
    library.folds.prefer(theirs.id)
    assert listed(library) == [theirs.id, mine.id]


def test_what_lies_under_a_row_is_deleted_with_it_and_an_older_version_alone(
    library: Library,
) -> None:
    old, new = (make(library, text, unit="row-1") for text in ("Nine.", "Ten."))
    first, second = (make(library, "Hello.", take=take) for take in (1, 2))
    assert library.folds.whole([new.id, second.id]) == [old.id, new.id, first.id, second.id]
    assert library.folds.whole([old.id]) == [old.id]
    library.clips.delete([new.id])
    assert library.folds.whole([new.id]) == []


def test_the_next_take_comes_to_the_top_when_one_is_deleted(library: Library) -> None:
    first, second = (make(library, "Hello.", take=take) for take in (1, 2))
    library.clips.delete([second.id])
    assert listed(library) == [first.id]
    assert under(library, first, Folded.TAKE) == []
    library.clips.restore([second.id])
    assert listed(library) == [second.id]
    library.clips.delete([first.id, second.id])
    assert listed(library) == []
    library.clips.restore([first.id, second.id])
    assert listed(library) == [second.id]


def test_another_voice_or_text_is_no_take(library: Library) -> None:
    made = [make(library, "Hello."), make(library, "Hello."[:5]),
            make(library, "Hello.", voices=["Craig"])]  # fmt: skip
    assert listed(library) == [clip.id for clip in reversed(made)]


def test_older_versions_of_a_row_lie_under_the_current_one(library: Library) -> None:
    old = make(library, "We open at nine.", unit="row-1")
    retold = make(library, "We open at nine.", take=2, unit="row-1")
    other = make(library, "We open at nine.", unit="row-2")
    new = make(library, "We open at ten.", unit="row-1")
    assert listed(library) == [new.id, other.id]
    assert under(library, new, Folded.OLDER) == [old.id, retold.id]
    assert listed(library, words="nine") == [other.id, retold.id, old.id]

    library.folds.prefer(old.id)  # of older words: what the script says now stays on top
    assert listed(library) == [new.id, other.id]
    library.clips.delete([new.id])
    assert listed(library) == [other.id, retold.id]

    library.folds.follow(7, {old.id: "row-1"})  # the script says those words again
    assert listed(library) == [other.id, old.id]
    newest = make(library, "We open at eleven.", unit="row-1")
    assert listed(library) == [newest.id, other.id]


def test_the_other_voices_of_an_audition_are_no_takes_of_what_is_kept(library: Library) -> None:
    said = Part(utterance=HELLO)
    intent = Intent(pieces=[said], script="Hi.", title="Hi", owner="local", browser="b1",
                    kind="audition")  # fmt: skip
    first, second = library.clips.begin_all([intent, intent])
    for clip in (first, second):
        library.clips.finish(clip.id, SOUND, usd=None, usd_is_exact=False)
    assert listed(library) == []
    library.clips.keep(first.id)
    assert listed(library) == [first.id]
    library.clips.keep(second.id)
    assert listed(library) == [second.id]
    library.clips.keep(second.id, kept=False)
    assert listed(library) == [first.id]


def test_any_part_of_a_list_can_be_had(library: Library) -> None:
    made = [make(library, f"Clip {number}.").id for number in range(30)][::-1]
    asked = Wanted(owner="local", rows=10)
    for start in (0, 7, 20):
        window = library.listing.window(asked, start)
        assert [clip.id for clip in window.clips] == made[start : start + 10]
        assert (window.start, window.found) == (start, 30)
    library.clips.delete(made[:25])
    window = library.listing.window(asked, 20)  # the list has become shorter meanwhile
    assert [clip.id for clip in window.clips] == made[-1:]
    assert (window.start, window.found) == (4, 5)
    assert library.listing.window(replace(asked, words="nothing"), 20).clips == []


@pytest.mark.parametrize("take", [2, 1])
def test_clips_of_earlier_versions_get_their_voices_and_are_folded(
    settings: Settings, take: int
) -> None:
    with closing(Library(settings)) as library:
        talk = make(library, TALK, voices=["Craig", "Ashley", "Craig"])
        first, second = make(library, "Hello."), make(library, "Hello.", take=take)
        gone = make(library, "Hello.", take=3)
        library.clips.delete([gone.id])
        old, new = (make(library, text, unit="row-1") for text in ("Nine.", "Ten."))
    with closing(sqlite3.connect(settings.data_dir / "soundcheck.db")) as connection, connection:
        before_the_shelf(connection)

    with closing(Library(settings)) as library:
        assert listed(library) == [new.id, second.id, talk.id]
        assert under(library, second, Folded.TAKE) == [first.id]
        assert under(library, new, Folded.OLDER) == [old.id]
        assert listed(library, voice="Ashley") == [new.id, second.id, talk.id]
        assert listed(library, voice="Craig") == [talk.id]
        (found,) = library.listing.many([talk.id])
        assert found.voices == ("Craig", "Ashley")


@pytest.mark.parametrize("take", [2, 1])
def test_clips_of_earlier_versions_come_out_from_under_those_of_others(
    settings: Settings, take: int
) -> None:
    with closing(Library(settings)) as library:
        mine = [make(library, "Hello.", take=take) for take in (1, 2)]
        theirs = make(library, "Hello.", take=3, browser="b2")
        rows = [make(library, text, unit="row-1") for text in ("Nine.", "Ten.")]
        library.folds.prefer(mine[take - 1].id)
        kept = [library.clips.get(clip.id) for clip in (*mine, theirs, *rows)]
    with closing(sqlite3.connect(settings.data_dir / "soundcheck.db")) as connection, connection:
        before_own_takes(connection)

    with closing(Library(settings)) as library:
        assert listed(library) == [rows[1].id, theirs.id, mine[take - 1].id]
        assert under(library, mine[0], Folded.TAKE) == [mine[2 - take].id]
        assert under(library, rows[1], Folded.OLDER) == [rows[0].id]
        assert [library.clips.get(clip.id) for clip in (*mine, theirs, *rows)] == kept
        more = make(library, "Hello.", take=4, browser="b2")
        assert under(library, more, Folded.TAKE) == [theirs.id]


def test_speakers_of_earlier_versions_keep_the_voices_they_were_given(settings: Settings) -> None:
    forms: list[dict[str, object]] = [{"model": "a", "joined": True}, {"joined": True}]
    with closing(Library(settings)) as library:
        ids = [
            library.scripts.begin("dialogue", title="", owner="o", browser="b", form=form)
            for form in forms
        ]
    with closing(sqlite3.connect(settings.data_dir / "soundcheck.db")) as connection, connection:
        before_given_by_model(connection)

    with closing(Library(settings)) as library:
        kept = [script.form for each in ids if (script := library.scripts.get(each))]
    assert kept == [{**forms[0], "given": {"a": {"ben": "Alex"}}}, forms[1]]
