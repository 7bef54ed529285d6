"""Which files are deleted and which never: the store's mark, sweep and trash, with real files."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import fsspec
import pytest
from streamlit.testing.v1 import AppTest

from lib import studio
from lib.aimlapi import AimlApi
from lib.errors import StorageError
from lib.library import Library, backups
from lib.library.belonging import ID
from lib.library.clip import Clip, Intent, Part, Sound
from lib.library.outcome import Outcome
from lib.library.recordings import Recording
from lib.library.store import MARK, TRASH
from lib.library.sweeping import DAY_S, DAYS, KEEP_DAYS
from lib.settings import Settings
from lib.speech import Answer, Audio, Charge
from lib.take_out import PreparedFiles
from lib.ui import services
from tests.conftest import APP, Begin
from tests.service import StandIn
from tests.test_library import FACTS, HELLO

LONG_AGO_S = time.time() - 40 * DAY_S
FOREIGN = {
    ".git-credentials": b"https://me:secret@example.com",
    "backup.tar": b"tar",
    "family.jpg": b"jpg",
    "company/contracts/lease-2019.pdf": b"pdf",
    "ab/notes.txt": b"two letters, and not ours",
    f"zz/out-{'ab' * 16}.zip": b"a name like ours, in another place",
    "ab/.soundcheck-0123-x.part": b"half of another library's",
    "out/out-2019.zip": b"zip",
}


@pytest.fixture
def begin() -> Begin:
    """Does nothing: the tests of this file are about the real first start."""
    return lambda _: None


@pytest.fixture
def settings(tmp_path: Path, service: StandIn) -> Settings:
    data_dir = tmp_path / "data"
    return Settings(
        data_dir=data_dir, base_url=service.url, free_disk_min_bytes=0, retry_base_s=0.01
    )


@contextmanager
def opened(settings: Settings) -> Iterator[Library]:
    with closing(Library(settings)) as library:
        yield library


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def put_foreign(folder: Path) -> None:
    for name, data in FOREIGN.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    age(folder)


def age(folder: Path) -> None:
    for file in folder.rglob("*"):
        os.utime(file, (LONG_AGO_S, LONG_AGO_S))


def database(settings: Settings) -> Path:
    return settings.data_dir / "soundcheck.db"


def sound(settings: Settings) -> Path:
    return settings.data_dir / "sound"


def keep(library: Library, text: str, *, paid: bool = True) -> Recording:
    """Store a recording as the path does."""
    said, entry = replace(HELLO, text=text), None
    if paid:
        entry_id = library.ledger.reserve(said, owner="local")
        charge = Charge(usd=Decimal("0.002"))
        answer = Answer(charge=charge, address="https://x.example/a")
        entry = library.ledger.write(Outcome.paid(entry_id, answer))
    data = f"sound of {text}".encode()
    return library.recordings.keep(said, data, FACTS, owner="local", entry=entry)


def joined(library: Library, name: str) -> str:
    """A finished clip of two recordings; only this clip uses its file."""
    intent = Intent(
        pieces=[Part(utterance=HELLO)], script=name, title=name, owner="local", browser="b1"
    )
    clip = library.clips.begin(intent)
    file = f"clip-{uuid.uuid4().hex}.mp3"
    library.files.put(file, b"joined")
    facts = {"media_type": "audio/mpeg", "size_bytes": 6, "length_s": 1.0, "rate_hz": 48_000}
    made = Sound(file=file, peaks=b"\x07", starts_s=(0.0,), **facts)  # type: ignore[arg-type]
    library.clips.finish(clip.id, made, usd=None, usd_is_exact=False)
    return file


def forget(settings: Settings, table: str, where: str) -> None:
    with closing(sqlite3.connect(database(settings))) as connection, connection:
        connection.execute(f"DELETE FROM {table} WHERE {where}")


def without_times(connection: sqlite3.Connection) -> None:
    """Take away the columns of 0020_times."""
    for column in ("script_rows.start_s", "script_rows.end_s", "parts.at_s"):
        table, _, name = column.partition(".")
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {name}")


def make_older(settings: Settings) -> None:
    """Make a database and a store look like those of versions without marks."""
    with closing(sqlite3.connect(database(settings))) as connection, connection:
        connection.execute("DROP TABLE written")
        connection.execute("ALTER TABLE ballots DROP COLUMN came_from")
        connection.execute("ALTER TABLE script_rows DROP COLUMN speaker")
        without_times(connection)
        connection.execute(f"DELETE FROM preferences WHERE name = '{ID}'")
        connection.execute("UPDATE alembic_version SET version_num = '0007_leases'")


def back_up(settings: Settings, name: str) -> Path:
    with closing(sqlite3.connect(database(settings))) as connection:
        return backups.back_up(connection, database(settings), name)


def speaker(service: StandIn, settings: Settings) -> AimlApi:
    return AimlApi(service.key, service.url, settings=settings)


# ---- What is not ours ----


def shown(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.get("html"))


def wait_for_start() -> None:
    for thread in threading.enumerate():
        if thread.name == "sweep":
            thread.join(20)


def test_k1_what_else_is_in_the_storage_folder_stays_at_every_page(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shared"
    put_foreign(folder)
    monkeypatch.setenv("SOUNDCHECK_STORAGE_URL", str(folder))
    for _ in range(2):
        app.run()
        wait_for_start()
        assert not app.exception
        age(folder)
        services.services().library.sweep()
        found = files_in(folder)
        assert {name: found.get(name) for name in FOREIGN} == FOREIGN
        assert MARK in found
        services.close()


@pytest.mark.parametrize("place", ["memory://{}", "local://{}", "{}"])
def test_k1_in_any_store_only_what_was_written_and_noted_goes(
    place: str, settings: Settings, tmp_path: Path
) -> None:
    url = place.format(tmp_path / "elsewhere")
    store, root = fsspec.core.url_to_fs(url)
    with opened(replace(settings, storage_url=url)) as library:
        kept = [keep(library, f"Line {number}.", paid=False).file for number in range(24)]
        gone = keep(library, "Gone.", paid=False)
        library.recordings.drop(gone.key)
        unknown = f"u1-{uuid.uuid4().hex}.mp3"
        library.files.put(unknown, b"of a newer copy of the database")
        store.makedirs(f"{root}/ab", exist_ok=True)
        store.pipe_file(f"{root}/ab/foreign.txt", b"foreign")
        assert library.sweep() == 0  # it has only just met this store
    with opened(replace(settings, storage_url=url)) as library:
        if store.protocol == "memory":
            for file in store.store.values():
                file.created = file.created.replace(year=2020)
        else:
            age(Path(root))
        assert library.sweep() == 1
        assert all(library.files.exists(name) for name in [*kept, unknown])
        assert not library.files.exists(gone.file)
        assert library.files.is_in_trash(gone.file)
        assert store.cat_file(f"{root}/ab/foreign.txt") == b"foreign"


def test_k1_what_else_lies_where_things_are_taken_out_stays(settings: Settings) -> None:
    folder = settings.data_dir / "take-out"
    put_foreign(folder)
    prepared = PreparedFiles(settings)
    ours = f"out-{uuid.uuid4().hex}.zip"
    prepared.put(ours, b"zip")
    half = folder / ours[4:6] / ".soundcheck-out-abc.part"
    half.touch()
    age(folder)
    prepared.tidy()
    assert files_in(folder) == FOREIGN


# ---- Another database than the store's ----


def filled(settings: Settings) -> dict[str, bytes]:
    """An installation with paid sound, all of it old; returns its sound files."""
    with opened(settings) as library:
        for number in range(3):
            keep(library, f"Line {number}.")
    age(sound(settings))
    return files_in(sound(settings))


def lose(settings: Settings) -> None:
    database(settings).unlink()


def empty(settings: Settings) -> None:
    database(settings).write_bytes(b"")


@pytest.mark.parametrize("harm", [lose, empty])
@pytest.mark.parametrize("has_mark", [True, False])
def test_k2_a_database_that_is_gone_or_empty_is_never_begun_anew_beside_sound(
    harm: Callable[[Settings], None], has_mark: bool, settings: Settings
) -> None:
    before = filled(settings)
    back_up(settings, "soundcheck-before-0005-from-0004")
    os.utime(database(settings).with_name("soundcheck-before-0005-from-0004.db"), (0, LONG_AGO_S))
    back_up(settings, "copy-of-tuesday")
    if not has_mark:
        (sound(settings) / MARK).unlink()
        del before[MARK]
    harm(settings)
    left = {file.name: file.stat().st_size for file in settings.data_dir.glob("*.db*")}

    with pytest.raises(StorageError, match="unavailable") as caught:
        Library(settings)

    assert "copy-of-tuesday.db" in caught.value.hint
    assert "README" in caught.value.hint
    assert {file.name: file.stat().st_size for file in settings.data_dir.glob("*.db*")} == left
    assert files_in(sound(settings)) == before


def test_k2_the_start_page_names_the_newest_backup_and_goes_on_when_it_is_back(
    app: AppTest, service: StandIn, tmp_path: Path
) -> None:
    app.run()
    wait_for_start()
    own = services.services().settings
    keep(services.services().library, "Paid.")
    services.close()
    backup = back_up(own, "soundcheck-before-0009-from-0008")
    database(own).write_bytes(b"")
    before = files_in(sound(own))

    words = shown(AppTest.from_file(str(APP), default_timeout=20).run())
    assert "Soundcheck cannot start" in words
    assert "The library is unavailable" in words
    assert backup.name in words
    assert database(own).stat().st_size == 0
    listener = AppTest.from_file(str(APP), default_timeout=20)
    listener.switch_page("pages/listen.py").run()
    assert "not available right now" in shown(listener)
    assert backup.name not in shown(listener)

    backup.replace(database(own))
    app.run()
    wait_for_start()
    assert not app.exception
    assert services.services().library.recordings.get(replace(HELLO, text="Paid.").key)
    assert before.items() <= files_in(sound(own)).items()


@pytest.mark.parametrize("harm", [lose, empty])
def test_k2_a_database_that_goes_while_soundcheck_runs_is_not_begun_anew(
    harm: Callable[[Settings], None], settings: Settings
) -> None:
    library = Library(settings)
    keep(library, "Paid.")
    library.database.close()  # the next thread's connection is a new one
    harm(settings)
    with pytest.raises(StorageError, match="unavailable"):
        library.recordings.get(HELLO.key)
    assert not database(settings).exists() or database(settings).stat().st_size == 0


def test_k2_what_a_killed_server_left_beside_a_lost_database_is_not_thrown_away(
    settings: Settings,
) -> None:
    settings.data_dir.mkdir()
    left = settings.data_dir / "soundcheck.db-wal"
    left.write_bytes(b"committed, and not yet in the file")
    with pytest.raises(StorageError, match="unavailable"):
        Library(settings)
    assert files_in(settings.data_dir) == {left.name: b"committed, and not yet in the file"}


def test_k2_without_a_backup_that_is_said_too(settings: Settings) -> None:
    filled(settings)
    lose(settings)
    with pytest.raises(StorageError) as caught:
        Library(settings)
    assert "no backup" in caught.value.hint
    assert not database(settings).exists()


def test_k2_a_second_installation_does_not_touch_the_first_one_s_sound(
    settings: Settings, tmp_path: Path
) -> None:
    before = filled(settings)
    second = replace(settings, data_dir=tmp_path / "second", storage_url=str(sound(settings)))
    with pytest.raises(StorageError, match="unavailable"):
        Library(second)
    assert not second.data_dir.exists()

    own = replace(second, storage_url="")
    filled(own)
    with pytest.raises(StorageError, match="another Soundcheck library"):
        Library(second)
    assert files_in(sound(settings)) == before


def test_k2_another_database_address_beside_the_same_store_is_refused(settings: Settings) -> None:
    before = filled(settings)
    moved = settings.data_dir / "new" / "library.sqlite"
    with pytest.raises(StorageError, match="unavailable"):
        Library(replace(settings, database_url=f"sqlite:///{moved}"))
    with pytest.raises(StorageError, match="unavailable"):
        Library(replace(settings, database_url="sqlite://"))  # as any server's: no file to look at
    assert not moved.parent.exists()
    assert files_in(sound(settings)) == before


def test_k2_what_is_newer_than_a_backup_stays_and_is_not_bought_again(
    service: StandIn, settings: Settings
) -> None:
    engine = speaker(service, settings)
    with opened(settings) as library:
        keep(library, "Of yesterday.")
    yesterday = back_up(settings, "yesterday")
    with opened(settings) as library:
        paid = studio.record(HELLO, engine=engine, library=library, owner="local")
        data = library.files.read(paid.file)
    yesterday.replace(database(settings))
    age(sound(settings))

    with opened(settings) as library:
        assert library.recordings.get(HELLO.key) is None
        library.recover()
        assert library.sweep() == 0
        again = studio.record(HELLO, engine=engine, library=library, owner="local")
        assert (service.posts, again.file) == (1, paid.file)
        assert library.files.read(again.file) == data
        age(sound(settings))
        library.recordings.drop(HELLO.key)
        assert library.sweep() == 0  # it still counts as paid for
        assert library.files.exists(paid.file)


def test_k2_a_copy_from_before_there_were_marks_finds_its_store_again(settings: Settings) -> None:
    filled(settings)
    make_older(settings)
    (sound(settings) / MARK).unlink()
    with opened(settings) as library:  # the update itself
        assert library.files.library_id
        assert library.sweep() == 0
    (backup,) = settings.data_dir.glob("soundcheck-before-*.db")
    with opened(settings) as library:
        paid = keep(library, "After the update.")
    backup.replace(database(settings))
    age(sound(settings))

    with opened(settings) as library:
        assert library.sweep() == 0
        assert library.files.exists(paid.file)
    with opened(settings) as library:
        assert library.sweep() == 0
        assert library.files.exists(paid.file)


# ---- A store that is not there ----


@pytest.mark.parametrize("older", [True, False])
@pytest.mark.parametrize("leave_folder", [True, False])
def test_k2_a_store_that_is_not_connected_is_no_empty_store(
    leave_folder: bool, older: bool, settings: Settings, tmp_path: Path
) -> None:
    filled(settings)
    if older:
        make_older(settings)
    sound(settings).rename(tmp_path / "unmounted")
    if leave_folder:
        sound(settings).mkdir()

    with pytest.raises(StorageError, match="not where they were"):
        Library(settings)

    assert sound(settings).exists() == leave_folder
    assert not files_in(sound(settings))
    if leave_folder:
        sound(settings).rmdir()
    (tmp_path / "unmounted").rename(sound(settings))
    with opened(settings) as library:
        assert library.recordings.get(replace(HELLO, text="Line 1.").key)


def test_k2_while_the_store_is_not_connected_nothing_is_bought_or_dropped(
    service: StandIn, settings: Settings, tmp_path: Path
) -> None:
    engine = speaker(service, settings)
    with opened(settings) as library:
        clip = clip_of(library)
        paid = studio.record(HELLO, engine=engine, library=library, owner="local")
        sound(settings).rename(tmp_path / "unmounted")
        sound(settings).mkdir()
        for text in (HELLO.text, "Something new."):
            with pytest.raises(StorageError, match="not there"):
                studio.record(
                    replace(HELLO, text=text), engine=engine, library=library, owner="local"
                )
        with pytest.raises(StorageError, match="not there"):
            studio.assemble(clip, library=library)
        with pytest.raises(StorageError, match="not there"):
            library.sweep() or library._sweeper.sweep()
        assert service.posts == 1
        assert library.recordings.get(HELLO.key) == paid
        assert not files_in(sound(settings))

        sound(settings).rmdir()
        (tmp_path / "unmounted").rename(sound(settings))
        assert studio.record(HELLO, engine=engine, library=library, owner="local") == paid
        assert service.posts == 1


def clip_of(library: Library, *texts: str) -> Clip:
    pieces = [Part(utterance=replace(HELLO, text=text)) for text in texts or (HELLO.text,)]
    return library.clips.begin(
        Intent(pieces=pieces, script="S", title="S", owner="local", browser="b1")
    )


def test_a_store_that_cannot_say_is_not_one_without_the_file(
    service: StandIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"memory://{uuid.uuid4().hex}"
    engine = speaker(service, settings)
    with opened(replace(settings, storage_url=url)) as library:
        paid = studio.record(HELLO, engine=engine, library=library, owner="local")

        def unreachable(*_: object, **__: object) -> None:
            raise TimeoutError("no route to the bucket")

        monkeypatch.setattr(type(library.files._store), "info", unreachable)
        with pytest.raises(StorageError, match="cannot be reached"):
            studio.record(HELLO, engine=engine, library=library, owner="local")
        monkeypatch.undo()
        assert library.recordings.get(HELLO.key) == paid
        assert service.posts == 1


def test_whoever_runs_soundcheck_may_have_a_store_taken_over(settings: Settings) -> None:
    before = filled(settings)
    lose(settings)
    (sound(settings) / MARK).write_text("Take over\n")
    with opened(settings) as library:
        assert library.sweep() == 0
    with opened(settings) as library:
        age(sound(settings))
        assert library.sweep() == 0
        keep(library, "New.")
    with opened(settings) as library:
        assert library.recordings.get(replace(HELLO, text="New.").key)
    after = files_in(sound(settings))
    assert {name: after[name] for name in before if name != MARK} == {
        name: data for name, data in before.items() if name != MARK
    }


def test_a_mark_somebody_removed_is_put_back_where_the_files_are(settings: Settings) -> None:
    before = filled(settings)
    (sound(settings) / MARK).unlink()
    with opened(settings):
        assert files_in(sound(settings)) == before


def test_a_start_that_died_before_its_mark_was_written_goes_on(settings: Settings) -> None:
    with opened(settings) as library:
        known = library.files.library_id
    (sound(settings) / MARK).unlink()
    with opened(settings) as library:
        assert library.files.library_id == known
        assert library.files.mark() == known


def test_two_servers_may_begin_a_library_at_once(settings: Settings) -> None:
    code = (
        "import sys; from pathlib import Path; from lib.library import Library; "
        "from lib.settings import Settings; "
        "print(Library(Settings(data_dir=Path(sys.argv[1]))).files.library_id)"
    )
    command = [sys.executable, "-c", code, str(settings.data_dir)]
    servers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {server.communicate(timeout=60)[0].strip() for server in servers}
    assert len(said) == 1
    assert said.pop()


# ---- The sweep and the trash ----


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """A library that knows its store, with some free recordings."""
    with opened(settings) as first:
        for number in range(24):
            keep(first, f"Line {number}.", paid=False)
    with opened(settings) as library:
        yield library


def leave_unneeded(library: Library) -> str:
    file = joined(library, "One")
    age(Path(library.files.place))
    return file


def test_an_unneeded_file_is_moved_to_the_trash_named_in_the_log_and_can_be_had_again(
    library: Library, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    file = leave_unneeded(library)
    forget(settings, "clips", "true")
    with caplog.at_level("INFO", logger="soundcheck.library"):
        assert library.sweep() == 1
    assert file in caplog.text
    folder = Path(library.files.place)
    assert (folder / TRASH / file[5:7] / file).read_bytes() == b"joined"
    assert not (folder / file[5:7] / file).exists()
    assert library.sweep() == 0
    assert library.files.has(file)
    assert library.files.read(file) == b"joined"
    assert not library.held_back


def test_what_is_younger_than_an_hour_stays(library: Library, settings: Settings) -> None:
    file = joined(library, "One")
    forget(settings, "clips", "true")
    assert library.sweep() == 0
    assert library.files.exists(file)


def test_nothing_goes_when_anything_paid_for_would(library: Library, settings: Settings) -> None:
    paid = keep(library, "Paid.")
    file = leave_unneeded(library)
    forget(settings, "clips", "true")
    library.recordings.drop(paid.key)
    assert library.sweep() == 0
    assert library.files.exists(paid.file)
    assert library.files.exists(file)
    assert "1 sound file that cost money" in library.held_back


def test_nothing_goes_when_more_than_a_twentieth_would(
    library: Library, settings: Settings
) -> None:
    files = [joined(library, f"Clip {number}") for number in range(3)]
    age(sound(settings))
    forget(settings, "clips", "true")
    assert library.sweep() == 0
    assert all(library.files.exists(file) for file in files)
    assert "3 of 27 sound files" in library.held_back


def test_nothing_goes_when_more_than_a_twentieth_of_the_bytes_would(
    library: Library, settings: Settings
) -> None:
    file = joined(library, "One")
    library.files.put(file, bytes(10_000))
    age(sound(settings))
    forget(settings, "clips", "true")
    assert library.sweep() == 0
    assert library.files.exists(file)
    assert "1 of 25 sound files (10 kB)" in library.held_back


def test_settings_say_why_nothing_is_put_away(app: AppTest) -> None:
    app.run()
    wait_for_start()
    the = services.services()
    paid = keep(the.library, "Paid.")
    services.close()
    age(sound(the.settings))
    forget(the.settings, "recordings", f"key = '{paid.key}'")
    app.switch_page("pages/settings.py").run()
    wait_for_start()
    app.run()
    words = shown(app)
    assert "No old sound file is put away." in words
    assert "1 sound file that cost money" in words


def test_sound_set_aside_stays_while_its_row_says_paid_and_may_go_once_it_is_kept(
    library: Library, service: StandIn, settings: Settings
) -> None:
    entry_id = library.ledger.reserve(HELLO, owner="local")
    aside = f"incoming-{entry_id.removeprefix('sc-')}"
    library.files.put(aside, b"sound")
    entry = library.ledger.write(Outcome.paid(entry_id, Answer(charge=Charge())))
    age(sound(settings))
    assert library.sweep() == 0
    assert library.files.exists(aside)

    library.recordings.keep(HELLO, b"sound", FACTS, owner="local", entry=entry)
    assert library.sweep() == 1
    assert not library.held_back
    assert not library.files.exists(aside)


def test_sound_set_aside_whose_row_is_gone_counts_as_paid_for(
    library: Library, settings: Settings
) -> None:
    entry_id = library.ledger.reserve(HELLO, owner="local")
    aside = f"incoming-{entry_id.removeprefix('sc-')}"
    library.files.put(aside, b"sound")
    library.ledger.write(Outcome.paid(entry_id, Answer(charge=Charge())))
    age(sound(settings))
    forget(settings, "ledger", "true")
    assert library.sweep() == 0
    assert library.files.exists(aside)
    assert library.held_back


def test_the_trash_is_emptied_after_thirty_days_and_not_by_a_clock_set_forward(
    library: Library, settings: Settings
) -> None:
    file = leave_unneeded(library)
    forget(settings, "clips", "true")
    assert library.sweep() == 1
    now_s = time.time()
    # The file went when the clock was right; then it was set forward by a year, which is now.
    set_back(settings, "trashed_at_s", 365 * DAY_S)
    library.preferences.remember({DAYS: [now_s - (365 + day) * DAY_S for day in range(31, 0, -1)]})
    library.sweep()
    assert library.files.is_in_trash(file)
    # It has lain there for longer than Soundcheck has run on thirty days.
    library.preferences.remember({DAYS: [now_s - day * DAY_S for day in range(KEEP_DAYS, -1, -1)]})
    library.sweep()
    assert not library.files.is_in_trash(file)


def set_back(settings: Settings, column: str, seconds: float) -> None:
    with closing(sqlite3.connect(database(settings))) as connection, connection:
        connection.execute(f"UPDATE written SET {column} = {column} - {seconds}")


def test_what_somebody_deleted_a_month_ago_goes_to_the_trash_whatever_its_share(
    settings: Settings,
) -> None:
    with opened(settings) as library:
        file = joined(library, "One")
        library.clips.delete([1])
    with closing(sqlite3.connect(database(settings))) as connection, connection:
        connection.execute(f"UPDATE clips SET deleted_at_s = {LONG_AGO_S}")
    with opened(settings) as library:
        library.recover()
        assert library.sweep() == 0  # a clock alone does not tell that a month went by
        assert library.clips.get(1)
        days = [time.time() - day * DAY_S for day in range(KEEP_DAYS, -1, -1)]
        library.preferences.remember({DAYS: days})
        assert library.sweep() == 1
        assert library.clips.get(1) is None
        assert library.files.is_in_trash(file)


def test_a_damaged_recording_is_not_deleted_but_put_into_the_trash(
    service: StandIn, settings: Settings
) -> None:
    engine = speaker(service, settings)
    with opened(settings) as library:
        clip = clip_of(library, "One.", "Two.")
        made = [
            studio.record(replace(HELLO, text=t), engine=engine, library=library, owner="local")
            for t in ("One.", "Two.")
        ]
        library.files.put(made[0].file, b"no sound, and still somebody's")
        with pytest.raises(StorageError, match="gone from the disk"):
            studio.assemble(clip, library=library)
        assert library.files.is_in_trash(made[0].file)
        assert library.recordings.get(made[0].key) is None
        assert library.recordings.get(made[1].key) == made[1]


def test_a_half_written_file_of_another_library_stays(library: Library, settings: Settings) -> None:
    folder = sound(settings) / "ab"
    folder.mkdir(exist_ok=True)
    ours = folder / f".soundcheck-{library.files.library_id}-x.part"
    other = folder / f".soundcheck-{'0' * 32}-x.part"
    for half in (ours, other, folder / ".tmpx.part"):
        half.touch()
    age(folder)
    library.sweep()
    assert not ours.exists()
    assert other.exists()
    assert (folder / ".tmpx.part").exists()


def test_engines_that_cost_nothing_are_asked_again_and_nothing_is_asked_of_the_trash(
    library: Library,
) -> None:
    class Free:
        free = True
        calls = 0

        def synthesize(self, *_: object, **__: object) -> Audio:
            self.calls += 1
            raise StorageError("asked")

    recording = keep(library, "Line 1.", paid=False)
    library.put_away(recording.file)
    engine = Free()
    said = replace(HELLO, text="Line 1.")
    assert studio.record(said, engine=engine, library=library, owner="local")  # type: ignore[arg-type]
    assert engine.calls == 0


# ---- The database's file ----


def harm_truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def harm_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE recordings")


def harm_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE alembic_version")


def harm_letter(file: Path) -> None:
    file.write_bytes(b"this is a letter to my aunt, not a database" * 100)


@pytest.mark.parametrize("harm", [harm_truncate, harm_table, harm_version, harm_letter])
def test_k26_a_damaged_database_is_left_and_the_newest_backup_is_named(
    harm: Callable[[Path], None], settings: Settings
) -> None:
    """F32"""
    before = filled(settings)
    back_up(settings, "soundcheck-before-0005-from-0004")
    harm(database(settings))
    harmed = database(settings).read_bytes()
    with pytest.raises(StorageError) as caught:
        Library(settings)
    assert "soundcheck-before-0005-from-0004.db" in caught.value.hint
    assert database(settings).read_bytes() == harmed
    assert files_in(sound(settings)) == before


def test_k26_a_database_that_cannot_be_written_names_the_newest_backup(settings: Settings) -> None:
    """F32"""
    filled(settings)
    back_up(settings, "soundcheck-before-0005-from-0004")
    url = f"sqlite:///file:{database(settings)}?mode=ro&uri=true"
    with pytest.raises(StorageError, match="cannot be read or written") as caught:
        Library(replace(settings, database_url=url))
    assert "soundcheck-before-0005-from-0004.db" in caught.value.hint


def test_a_locked_database_is_no_reason_to_put_a_backup_back(settings: Settings) -> None:
    filled(settings)
    back_up(settings, "soundcheck-before-0005-from-0004")
    with closing(sqlite3.connect(database(settings))) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError) as caught:
            Library(replace(settings, lock_wait_s=0.05))
    assert "backup" not in caught.value.hint


def test_a_backup_before_an_update_holds_what_a_killed_server_left_in_the_wal(
    settings: Settings,
) -> None:
    filled(settings)
    make_older(settings)
    killed = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "c.execute('PRAGMA journal_mode=WAL'); c.execute('PRAGMA wal_autocheckpoint=0'); "
        "c.execute(\"INSERT INTO preferences VALUES ('late', '1')\"); c.commit(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", killed, str(database(settings))], check=False)
    Library(settings).close()
    (backup,) = settings.data_dir.glob("soundcheck-before-*.db")
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT value FROM preferences WHERE name = 'late'").fetchall()


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights than these.")
def test_k26_only_its_owner_can_read_the_library(settings: Settings) -> None:
    def rights(file: Path) -> int:
        return stat.S_IMODE(file.stat().st_mode)

    before = os.umask(0o000)
    try:
        with opened(settings) as library:
            keep(library, "One.")
            shown = {file.name: rights(file) for file in settings.data_dir.glob("soundcheck.db*")}
            assert shown == dict.fromkeys(shown, 0o600)
            assert "soundcheck.db-wal" in shown
        assert rights(settings.data_dir) == 0o700
        make_older(settings)
        database(settings).chmod(0o644)
        Library(settings).close()  # an update takes it from the others, once
        for file in settings.data_dir.glob("*.db"):
            assert rights(file) == 0o600, file
        database(settings).chmod(0o640)
        Library(settings).close()
        assert rights(database(settings)) == 0o640
    finally:
        os.umask(before)
