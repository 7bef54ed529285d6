"""Stored scripts: the order and changes of rows, and the clips of a script."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from typing import Any

from lib.library import Library
from lib.library.clip import Clip, Intent, Part
from lib.library.scripts import Kind, Row
from lib.settings import Settings
from lib.speech import Utterance
from tests.older import before_the_shelf

OWNER = {"owner": "local", "browser": "b1"}


def rows(count: int) -> list[Row]:
    return [
        Row(position=n, title=f"{n}", text=f"Text {n}", pause_after_s=0.5) for n in range(count)
    ]


def test_ten_thousand_rows_are_kept_in_order(library: Library) -> None:
    script_id = library.scripts.begin("table", title="Prompts", rows=rows(10_000), **OWNER)
    found = library.scripts.rows(script_id)
    assert [row.text for row in found] == [f"Text {n}" for n in range(10_000)]
    assert all(row.id and row.pause_after_s == 0.5 for row in found)


def test_rows_are_changed_moved_added_and_taken_away(library: Library) -> None:
    script_id = library.scripts.begin("table", title="Prompts", rows=rows(4), **OWNER)
    zero, one, two, three = library.scripts.rows(script_id)
    library.scripts.put_rows(
        script_id,
        [
            replace(one, text="Another text", pause_after_s=None),
            replace(three, position=0.5),
            Row(position=9, text="New"),
        ],
        gone=[two.id],
    )
    found = library.scripts.rows(script_id)
    assert [row.text for row in found] == ["Text 0", "Text 3", "Another text", "New"]
    assert [row.id for row in found][:3] == [zero.id, three.id, one.id]


def test_rows_of_another_script_are_never_taken_away(library: Library) -> None:
    mine = library.scripts.begin("table", title="Mine", rows=rows(2), **OWNER)
    theirs = library.scripts.begin("table", title="Theirs", rows=rows(2), **OWNER)
    library.scripts.put_rows(mine, [], gone=[row.id for row in library.scripts.rows(theirs)])
    assert len(library.scripts.rows(theirs)) == 2


def test_a_deleted_script_comes_back_whole(library: Library) -> None:
    script_id = library.scripts.begin("dialogue", title="Talk", text="Ann: Hello.", **OWNER)
    library.scripts.delete(script_id)
    assert library.scripts.get(script_id) is None
    assert library.scripts.saved("local") == []
    library.scripts.restore(script_id)
    found = library.scripts.get(script_id)
    assert found is not None
    assert (found.title, found.kind, found.text) == ("Talk", "dialogue", "Ann: Hello.")


def test_the_last_changed_script_comes_first(library: Library) -> None:
    first = library.scripts.begin("document", title="First", **OWNER)
    library.scripts.begin("document", title="Second", **OWNER)
    library.scripts.change(first, text="More.", form={"voice": "Craig"})
    assert [script.title for script in library.scripts.saved("local")] == ["First", "Second"]
    assert library.scripts.saved("local")[0].form == {"voice": "Craig"}


def test_a_script_knows_its_clips_and_the_lists_do_not_show_them(library: Library) -> None:
    script_id = library.scripts.begin("table", title="Prompts", rows=rows(1), **OWNER)
    clip = begin_line(library, script_id, "Ashley", shown="Hullo.")
    (made,) = library.scripts.made(script_id)
    assert (made.id, made.fingerprint, made.unit, made.state) == (
        clip.id,
        "s1-x",
        "row-1",
        "making",
    )
    assert library.clips.parts(clip)[0].shown == "Hullo."
    assert library.listing.unfinished("b1", "clip", "sample") == []


def test_clips_change_state_together_and_what_is_ready_stays_ready(library: Library) -> None:
    library.clips.move_all([], "cancelled")
    said = Utterance(model="inworld/tts-1-max", voice="Ashley", text="Hello.")
    intent = Intent(pieces=[Part(utterance=said)], script="Hello.", title="Hello", **OWNER)
    begun = library.clips.begin_all([intent] * 3)
    library.clips.move_all([clip.id for clip in begun[:2]], "cancelled")
    states = [found.state for clip in begun if (found := library.clips.get(clip.id))]
    assert states == ["cancelled", "cancelled", "making"]


def test_titles_of_earlier_documents_lose_their_signs_of_markdown(settings: Settings) -> None:
    titles: list[tuple[Kind, str, str]] = [
        ("document", "# Welcome Thank you for calling…", "Welcome Thank you for calling…"),
        ("document", "The **new** `price` list", "The new price list"),
        ("document", "#1 of 2 * 3", "#1 of 2 * 3"),
        ("table", "# of rows", "# of rows"),
    ]
    with closing(Library(settings)) as library:
        ids = [library.scripts.begin(kind, title=title, **OWNER) for kind, title, _ in titles]
    with closing(sqlite3.connect(settings.data_dir / "soundcheck.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0014_shares'")

    with closing(Library(settings)) as library:
        scripts = [library.scripts.get(each) for each in ids]
    assert [script and script.title for script in scripts] == [after for _, _, after in titles]


def test_scripts_of_earlier_versions_keep_the_voice_of_most_of_their_clips(
    settings: Settings,
) -> None:
    with closing(Library(settings)) as library:
        told, followed, fresh = (
            library.scripts.begin("table", title="T", rows=rows(1), form=form, **OWNER)
            for form in ({"voice": "Craig"}, {}, {})
        )
        for script_id in (told, followed):
            for voice in ("Ashley", "Olivia", "Olivia"):
                make_ready(library, script_id, voice)
    with closing(sqlite3.connect(settings.data_dir / "soundcheck.db")) as connection, connection:
        before_the_shelf(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0010_speakers'")

    with closing(Library(settings)) as library:
        forms = [library.scripts.get(each) for each in (told, followed, fresh)]
    model = "inworld/tts-1-max"
    assert [script and script.form for script in forms] == [
        {"model": model, "voice": "Craig", "format": "mp3"},
        {"model": model, "voice": "Olivia", "format": "mp3"},
        {},
    ]


def make_ready(library: Library, script_id: int, voice: str) -> None:
    library.clips.move(begin_line(library, script_id, voice).id, "ready")


def begin_line(library: Library, script_id: int, voice: str, shown: str = "") -> Clip:
    said = Utterance(model="inworld/tts-1-max", voice=voice, text="Hello.", format="mp3")
    return library.clips.begin(
        Intent(
            pieces=[Part(utterance=said, shown=shown or None)],
            script=shown or "Hello.",
            title="Hello",
            kind="line",
            fingerprint="s1-x",
            script_id=script_id,
            unit="row-1",
            **OWNER,
        )
    )


def test_two_choices_at_the_same_time_are_both_kept(library: Library) -> None:
    script_id = library.scripts.begin("dialogue", title="Talk", text="Ann: Hello.", **OWNER)
    change = library.scripts.change_form
    ben = threading.Thread(
        target=change, args=(script_id, lambda form: chosen(form, "ben", "Craig"))
    )

    def chosen(form: dict[str, Any], name: str, voice: str) -> dict[str, Any]:
        return form | {"speakers": form.get("speakers", {}) | {name: voice}}

    def meanwhile(form: dict[str, Any]) -> dict[str, Any]:
        ben.start()
        ben.join(0.2)
        return chosen(form, "anna", "Ashley")

    change(script_id, meanwhile)
    ben.join()
    script = library.scripts.get(script_id)
    assert script
    assert script.form["speakers"] == {"anna": "Ashley", "ben": "Craig"}
    library.scripts.delete(script_id)
    change(script_id, lambda form: {})
    library.scripts.restore(script_id)
    assert library.scripts.get(script_id) == script
