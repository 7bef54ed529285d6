"""The library on real SQLite files: it stores, finds, recovers and refuses."""

import re
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import alembic.autogenerate
import alembic.migration
import pytest
import sqlalchemy as sa

from lib.audio import Facts
from lib.errors import ChargeUnknownError, StorageError
from lib.library import Library
from lib.library.clip import Clip, Intent, Kind, Part, Sound
from lib.library.listing import Wanted
from lib.library.outcome import Outcome
from lib.library.store import MARK
from lib.library.tables import metadata
from lib.settings import Settings
from lib.speech import Answer, Charge, Utterance
from tests.charges import charges
from tests.conftest import Begin

HELLO = Utterance(model="inworld/tts-1-max", voice="Ashley", text="Hello there.")
FACTS = Facts(
    format="mp3", media_type="audio/mpeg", length_s=1.5, rate_hz=48_000, channels=1, peaks=b"\x07"
)
SOUND = Sound(
    file="u1-a.mp3",
    media_type="audio/mpeg",
    size_bytes=7,
    length_s=1.5,
    rate_hz=48_000,
    peaks=b"\x07",
    starts_s=(0.0,),
)


@pytest.fixture
def begin() -> Begin:
    """Does nothing: the tests of this file are about the real first start."""
    return lambda _: None


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, lock_wait_s=0.2, free_disk_min_bytes=0)


def make(
    library: Library,
    script: str,
    *,
    browser: str = "b1",
    voice: str = "Ashley",
    kind: Kind = "clip",
) -> Clip:
    said = replace(HELLO, text=script, voice=voice)
    clip = library.clips.begin(
        Intent(
            pieces=[Part(utterance=said)],
            script=script,
            title=script[:40],
            owner="local",
            browser=browser,
            kind=kind,
        )
    )
    library.clips.finish(clip.id, SOUND, usd=Decimal("0.002"), usd_is_exact=True)
    return clip


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def found(library: Library, **wanted: object) -> list[str]:
    page = library.listing.page(Wanted(owner="local", **wanted))  # type: ignore[arg-type]
    return [clip.excerpt for clip in page.clips]


def test_the_migrated_tables_are_the_declared_ones(library: Library) -> None:
    with library.database.read() as connection:
        context = alembic.migration.MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: not (name or "").startswith("clip_words")},
        )
        assert alembic.autogenerate.compare_metadata(context, metadata) == []


def test_a_database_that_is_copied_for_tests_is_as_a_first_start_leaves_it(
    tmp_path: Path, migrated: Path
) -> None:
    started, copied = tmp_path / "started", tmp_path / "copied"
    copied.mkdir()
    shutil.copy(migrated, copied / "soundcheck.db")
    for folder in (started, copied):
        Library(Settings(data_dir=folder, free_disk_min_bytes=0)).close()

    assert left_in(copied) == left_in(started)


def left_in(folder: Path) -> list[object]:
    """The files with their rights, and all that the database has, with random names left out."""
    files = sorted((file.name, file.stat().st_mode) for file in folder.rglob("*"))
    with closing(sqlite3.connect(folder / "soundcheck.db")) as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()
        dump = [re.sub(r"[0-9a-f]{32}", "…", line) for line in connection.iterdump()]
    return [files, mode, dump]


def test_a_library_of_a_newer_soundcheck_is_refused_unharmed(settings: Settings) -> None:
    Library(settings).close()
    file = settings.data_dir / "soundcheck.db"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_later'")
    connection.close()
    before = file.read_bytes()

    with pytest.raises(StorageError, match="newer Soundcheck"):
        Library(settings)

    assert file.read_bytes() == before


def test_a_file_that_is_no_library_is_refused_unharmed(settings: Settings) -> None:
    file = settings.data_dir / "soundcheck.db"
    file.write_bytes(b"this is a letter to my aunt, not a database" * 100)

    with pytest.raises(StorageError):
        Library(settings)

    assert file.read_bytes().startswith(b"this is a letter")


def test_a_recording_is_there_again_after_a_restart(settings: Settings) -> None:
    library = Library(settings)
    library.recordings.keep(HELLO, b"sound", FACTS, owner="local", entry=None)
    library.close()

    again = Library(settings)
    recording = again.recordings.get(HELLO.key)
    assert recording is not None
    assert again.files.read(recording.file) == b"sound"
    again.close()


def test_the_ledger_sums_money_exactly(library: Library) -> None:
    for _ in range(3):
        entry = library.ledger.reserve(HELLO, owner="local", clip_id=7)
        charge = Charge(usd=Decimal("0.001240001"), source="usage")
        answer = Answer(charge=charge, address="https://x.example/a")
        library.ledger.write(Outcome.paid(entry, answer))

    assert library.ledger.spent(7) == (Decimal("0.003720003"), True)


def test_a_cost_nobody_stated_counts_as_estimated(library: Library) -> None:
    entry = library.ledger.reserve(HELLO, owner="local", clip_id=7, estimate_usd=Decimal("0.0005"))
    answer = Answer(charge=Charge(), address="https://x.example/a")
    library.ledger.write(Outcome.paid(entry, answer))

    assert library.ledger.spent(7) == (Decimal("0.0005"), False)


def test_a_kept_recording_closes_its_ledger_row_in_the_same_commit(library: Library) -> None:
    entry_id = library.ledger.reserve(HELLO, owner="local")
    answer = Answer(charge=Charge(usd=Decimal(1)), address="https://x/a?sig")
    entry = library.ledger.write(Outcome.paid(entry_id, answer))

    library.recordings.keep(HELLO, b"sound", FACTS, owner="local", entry=entry)

    (closed,) = charges(library, HELLO)
    assert (closed.state, closed.address) == ("kept", None)


def test_giving_up_one_charge_leaves_a_later_one_for_the_same_words(library: Library) -> None:
    """Two cards say the same words; the sound that one has just bought is not the other's loss."""
    lost = library.ledger.reserve(HELLO, owner="local")
    library.ledger.write(Outcome.unknown(lost, ChargeUnknownError("Its answer was lost.")))
    library.ledger.write_off([lost])
    bought = library.ledger.reserve(HELLO, owner="local")
    answer = Answer(charge=Charge(usd=Decimal(1)), address="https://x/a?sig")
    library.ledger.write(Outcome.paid(bought, answer))

    library.ledger.write_off([lost])

    (owed,) = library.ledger.owed()
    assert (owed.id, owed.address) == (bought, answer.address)


@pytest.mark.parametrize("words", ['"', "a-b", "NEAR(", "*", "a AND", "it's", "(", "^", "x:y", "",
                                   "a\0b", "漢\ud800", "\ud800"])  # fmt: skip
def test_anything_may_be_searched_for(library: Library, words: str) -> None:
    make(library, "Plain words only")
    assert found(library, words=words) in ([], ["Plain words only"])


@pytest.mark.parametrize("words", ["%", "_", "'; DROP TABLE clips; --"])
def test_signs_of_other_languages_are_taken_literally(library: Library, words: str) -> None:
    make(library, "Plain words only")
    assert found(library, words=words) == []
    assert found(library) == ["Plain words only"]


def test_words_are_found_by_their_beginnings_without_accents_or_case(library: Library) -> None:
    make(library, "Das Café öffnet um neun")
    make(library, "Something else")
    assert found(library, words="CAFE neu") == ["Das Café öffnet um neun"]


def test_words_are_found_inside_scripts_without_blanks(library: Library) -> None:
    make(library, "欢迎来到我们的商店")
    make(library, "Something else")
    assert found(library, words="商店") == ["欢迎来到我们的商店"]
    make(library, "สวัสดีครับยินดีต้อนรับ")
    assert found(library, words="ยินดี") == ["สวัสดีครับยินดีต้อนรับ"]


def test_a_renamed_clip_is_found_by_its_new_name(library: Library) -> None:
    clip = make(library, "Hello")
    library.clips.rename(clip.id, "  Autumn\n campaign ")
    assert found(library, words="autumn") == ["Hello"]
    renamed = library.clips.get(clip.id)
    assert renamed is not None
    assert renamed.title == "Autumn campaign"


@pytest.mark.parametrize("sort", ["newest", "oldest", "longest", "title", "nonsense"])
@pytest.mark.parametrize("words", ["", "line"])
def test_pages_hold_every_clip_once_in_any_order(library: Library, sort: str, words: str) -> None:
    scripts = {f"line {number:03}" for number in range(23)}
    for script in sorted(scripts):
        make(library, script)
    wanted: Wanted | None = Wanted(owner="local", sort=sort, words=words, rows=5)  # type: ignore[arg-type]
    seen: list[str] = []
    while wanted:
        page = library.listing.page(wanted)
        seen += [clip.excerpt for clip in page.clips]
        wanted = page.next

    assert len(seen) == 23
    assert set(seen) == scripts


def test_clips_made_while_somebody_turns_pages_neither_repeat_nor_hide_any(
    library: Library,
) -> None:
    for number in range(6):
        make(library, f"line {number}")
    first = library.listing.page(Wanted(owner="local", rows=3))
    make(library, "a new one on top")
    assert first.next is not None
    second = library.listing.page(first.next)

    assert [clip.excerpt for clip in second.clips] == ["line 2", "line 1", "line 0"]


def test_a_deleted_clip_is_in_no_list_and_comes_back_whole(library: Library) -> None:
    clip = make(library, "Hello")
    library.clips.delete([clip.id])
    assert found(library) == []
    library.clips.restore([clip.id])
    assert found(library) == ["Hello"]


def test_one_owner_never_sees_the_clips_of_another(library: Library) -> None:
    make(library, "mine")
    assert library.listing.page(Wanted(owner="somebody else")).clips == []
    assert library.listing.page(Wanted(owner="somebody else", words="mine")).clips == []


def test_totals_are_counted_once_until_anybody_writes(library: Library) -> None:
    counted = []
    sa.event.listen(
        library.database._readers,
        "before_cursor_execute",
        lambda *a: counted.append(a[2]) if "sum(" in a[2] else None,
    )
    make(library, "Hello.")
    for _ in range(3):
        assert library.listing.totals(browser="b1")[0] == 1
    assert len(counted) == 1
    assert library.listing.totals(browser="b2")[0] == 0
    make(library, "Hello.")
    assert library.listing.totals(browser="b1")[0] == 2
    with closing(sqlite3.connect(library.database.place)) as other, other:
        other.execute("UPDATE clips SET deleted_at_s = 1")
    assert library.listing.totals(browser="b1")[0] == 0


def test_lists_use_their_index_and_read_no_more_than_a_page(library: Library) -> None:
    statements: list[tuple[str, object]] = []
    engine = library.database._readers
    sa.event.listen(engine, "before_cursor_execute", lambda *a: statements.append((a[2], a[3])))
    library.listing.page(Wanted(owner="local"))
    library.listing.page(Wanted(owner="local", browser="b1"))
    library.listing.page(Wanted(owner="local", words="hello"))
    library.listing.totals(browser="b1")
    library.listing.unfinished("b1", "clip")
    asked = [each for each in statements if each[0].startswith("SELECT")]
    plans = []
    with library.database.read() as connection:
        for statement, values in asked:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.append(" ".join(str(row[-1]) for row in rows))

    assert "clips_newest" in plans[0]
    assert "clips_of_browser" in plans[1]
    assert "VIRTUAL TABLE INDEX" in plans[2]
    assert "COVERING INDEX clips_of_browser" in plans[3]
    assert "clips_open" in plans[4]
    assert not any("TEMP B-TREE" in plan for plan in plans)


def test_takes_are_numbered_on_even_after_one_was_deleted(library: Library) -> None:
    clip = make(library, "Hello")
    library.clips.delete([clip.id])
    assert library.clips.next_take("Hello", HELLO.model, "Ashley", "mp3") == 2
    assert library.clips.next_take("Hello", HELLO.model, "Craig", "mp3") == 1


def test_two_threads_never_hold_the_same_claim(library: Library) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        with library.recordings.claim("k"):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.02)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1] * 5


def test_clips_begun_together_keep_their_order_and_their_parts(library: Library) -> None:
    intents = [
        Intent(
            pieces=[Part(utterance=replace(HELLO, text=f"{n}.{m}")) for m in range(n % 3 + 1)],
            script=f"{n}",
            title=f"Clip {n}",
            owner="local",
            browser="b1",
        )
        for n in range(2_000)
    ]
    begun = library.clips.begin_all(intents)
    assert [clip.title for clip in begun] == [intent.title for intent in intents]
    assert library.clips.parts(begun[1_234]) == intents[1_234].pieces
    assert library.clips.begin_all([]) == []


def test_which_entries_of_a_lexicon_touched_a_clip_is_kept_with_it(library: Library) -> None:
    pieces = [
        Part(
            utterance=HELLO,
            shown="Nguyen and Siobhan",
            wording=(("Nguyen", "Win"), ("Siobhan", "Shivawn")),
        ),
        Part(utterance=HELLO),
        Part(utterance=HELLO, shown="Nguyen, hm.", wording=(("Nguyen", "Win"), ("hm", ""))),
    ]
    clip = library.clips.begin(
        Intent(pieces=pieces, script="as typed", title="T", owner="local", browser="b1")
    )
    assert library.clips.wording(clip.id) == [("Nguyen", "Win"), ("Siobhan", "Shivawn"), ("hm", "")]
    assert library.clips.parts(clip) == pieces


def test_recovery_leaves_what_a_living_process_is_doing(library: Library) -> None:
    clip = library.clips.begin(
        Intent(
            pieces=[Part(utterance=HELLO)],
            script="Hello",
            title="Hello",
            owner="local",
            browser="b1",
        )
    )
    with library.recordings.claim(HELLO.key):
        entry = library.ledger.reserve(HELLO, owner="local")
        library.ledger.sent(entry)
        library.recover()
    (now,) = charges(library, HELLO)
    assert now.state == "sent"
    still = library.clips.get(clip.id)
    assert still is not None
    assert still.state == "making"


def test_a_locked_database_is_waited_for_and_nothing_is_lost(
    settings: Settings, library: Library
) -> None:
    """F31, with the waits made short."""
    holder = sqlite3.connect(settings.data_dir / "soundcheck.db", check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    threading.Timer(0.4, holder.rollback).start()  # longer than one busy time-out

    clip = make(library, "Hello")

    assert library.clips.get(clip.id) is not None
    holder.close()


def test_files_are_whole_or_not_there(library: Library) -> None:
    def broken_writer() -> None:
        with library.files.writing("clip-abc.mp3") as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_writer()

    assert library.files.local("clip-abc.mp3") is None
    assert files_in(Path(library.files.place)) == {MARK}


@pytest.mark.parametrize(
    "name", ["../soundcheck.db", "/etc/passwd", "a/b.mp3", "..", "", "a\\b", "C:x", ".hidden"]
)
def test_names_that_are_not_ours_lead_nowhere(library: Library, name: str) -> None:
    """S08"""
    assert library.files.local(name) is None


def test_a_link_in_the_sound_folder_is_not_followed(library: Library, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    library.files.put("clip-abc.mp3", b"x")
    path = library.files.local("clip-abc.mp3")
    assert path is not None
    path.unlink()
    path.symlink_to(secret)

    assert library.files.local("clip-abc.mp3") is None


def test_nothing_is_bought_on_a_full_disk(settings: Settings) -> None:
    """F30"""
    library = Library(replace(settings, free_disk_min_bytes=10**18))
    with pytest.raises(StorageError, match="almost full"):
        library.files.check_room()
    library.close()


def test_drafts_belong_to_one_browser(library: Library) -> None:
    library.drafts.put("b1", "studio", {"text": "Hello"}, owner="local")
    assert library.drafts.get("b1", "studio") == {"text": "Hello"}
    assert library.drafts.get("b2", "studio") == {}


def test_a_draft_that_was_stored_just_now_is_not_written_again(library: Library) -> None:
    """A press often saves what leaving its field has saved, and the disk makes the press wait."""
    library.drafts.put("b1", "studio", {"text": "Hello"}, owner="local")
    with closing(sqlite3.connect(library.database.place)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert library.drafts.put("b1", "studio", {"text": "Hello"}, owner="local")
    library.drafts.put("b1", "studio", {"text": "Hello there"}, owner="local")
    assert library.drafts.get("b1", "studio") == {"text": "Hello there"}


def test_a_claim_that_could_not_be_given_back_is_taken_again_by_its_own_process(
    settings: Settings, library: Library
) -> None:
    holder = sqlite3.connect(library.database.place)
    with library.recordings.claim("k"):
        holder.execute("BEGIN EXCLUSIVE")  # longer than every wait and try
    holder.rollback()
    holder.close()
    with library.recordings.claim("k"):
        pass
