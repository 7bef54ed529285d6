"""Auditions and listening tests in the library, and their sounds without names."""

import io
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile

from lib import audio
from lib.library import Library
from lib.library.ballot import Contender, ListeningTest, order_for
from lib.library.clip import Clip, Intent, Part, Sound
from lib.library.clips import KEEP_DELETED_S
from lib.library.listing import Wanted
from lib.listening import blind
from lib.settings import Settings
from lib.speech import Utterance

RATE_HZ = 24_000
SCRIPT = "Welcome to our store."


def tone(pitch_hz: float, volume: float) -> bytes:
    seconds = np.arange(RATE_HZ) / RATE_HZ
    samples = (volume * np.sin(2 * np.pi * pitch_hz * seconds)).astype(np.float32)
    return audio.encode(samples, RATE_HZ, "mp3")


def named(sound: bytes, name: str) -> bytes:
    """The MP3 behind an ID3 tag with this title."""
    text = b"\x03" + name.encode()
    frame = b"TIT2" + len(text).to_bytes(4, "big") + b"\0\0" + text
    return b"ID3\x03\0\0" + bytes([0, 0, len(frame) >> 7, len(frame) & 127]) + frame + sound


def make(library: Library, voice: str, sound: bytes) -> Clip:
    said = Utterance(model="inworld/tts-1-max", voice=voice, text=SCRIPT)
    clip = library.clips.begin(
        Intent(
            pieces=[Part(utterance=said)],
            script=SCRIPT,
            title=SCRIPT,
            owner="local",
            browser="b1",
            kind="audition",
        )
    )
    facts = audio.inspect(sound)
    library.files.put(f"u1-{voice}.mp3", sound)
    library.clips.finish(
        clip.id,
        Sound(
            file=f"u1-{voice}.mp3",
            media_type=facts.media_type,
            size_bytes=len(sound),
            length_s=facts.length_s,
            rate_hz=facts.rate_hz,
            peaks=facts.peaks,
            starts_s=(0.0,),
        ),
        usd=Decimal(0),
        usd_is_exact=True,
    )
    found = library.clips.get(clip.id)
    assert found
    return found


def begin(library: Library, **more: object) -> ListeningTest:
    voices = [
        Contender(
            position=place,
            model="inworld/tts-1-max",
            voice=voice,
            file=f"listen-{place}.mp3",
            length_s=1.0,
            peaks=b"\x07",
        )
        for place, voice in enumerate(["Ashley", "Craig", "Olivia"])
    ]
    wanted = {
        "owner": "local",
        "audition_id": 1,
        "title": "Which voice?",
        "script": SCRIPT,
        "questions": ["Overall", "Fits our brand"],
    }
    return library.listening.begin(voices, **(wanted | more))  # type: ignore[arg-type]


# ---- Auditions ----


def test_an_audition_is_there_again_after_a_restart_with_all_that_was_marked(
    settings: Settings,
) -> None:
    first = Library(settings)
    clips = [make(first, voice, tone(220, 0.3)) for voice in ("Ashley", "Craig")]
    audition_id = first.auditions.begin(SCRIPT, [clips[0].id], owner="local", browser="b1")
    first.auditions.extend(audition_id, [clip.id for clip in clips])
    first.auditions.rate(audition_id, clips[0].id, 4)
    first.auditions.remark(audition_id, clips[1].id, "  too fast ")
    first.auditions.save(audition_id, " Phone  menu ")
    first.close()

    again = Library(settings)
    (saved,) = again.auditions.saved("local")
    assert (saved.title, saved.script) == ("Phone menu", SCRIPT)
    marked = [
        (each.clip.voice, each.stars, each.remark) for each in again.auditions.candidates(saved.id)
    ]
    assert marked == [("Ashley", 4, ""), ("Craig", None, "too fast")]
    again.close()


def test_an_audition_without_a_name_is_not_among_the_saved_and_a_deleted_one_comes_back(
    library: Library,
) -> None:
    clip = make(library, "Ashley", tone(220, 0.3))
    audition_id = library.auditions.begin(SCRIPT, [clip.id], owner="local", browser="b1")
    library.auditions.save(audition_id, "   ")
    assert library.auditions.saved("local") == []

    library.auditions.save(audition_id, "One")
    library.auditions.delete(audition_id)
    assert library.auditions.saved("local") == []
    library.auditions.restore(audition_id)
    assert [each.title for each in library.auditions.saved("local")] == ["One"]


def test_a_winner_is_kept_in_the_lists_and_deleting_it_there_leaves_the_audition_whole(
    library: Library,
) -> None:

    clip = make(library, "Ashley", tone(220, 0.3))
    audition_id = library.auditions.begin(SCRIPT, [clip.id], owner="local", browser="b1")
    assert library.listing.page(Wanted(owner="local")).clips == []

    library.clips.keep(clip.id)
    assert [each.id for each in library.listing.page(Wanted(owner="local")).clips] == [clip.id]

    library.clips.delete([clip.id])
    with library.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE clips SET deleted_at_s = {KEEP_DELETED_S * -2}")
    library.clips.purge()
    assert [each.clip.id for each in library.auditions.candidates(audition_id)] == [clip.id]


# ---- Ballots ----


def test_two_hundred_ballots_at_once_are_all_counted(library: Library) -> None:
    test = begin(library)

    def vote(number: int) -> bool:
        ratings = {place: {"Overall": 1 + (number + place) % 5} for place in range(3)}
        return library.listening.vote(test.id, f"listener-{number}", ratings, f"word {number}")

    with ThreadPoolExecutor(32) as pool:
        assert all(pool.map(vote, range(200)))

    ballots = library.listening.ballots(test.id)
    assert len({ballot.listener for ballot in ballots}) == len(ballots) == 200
    assert all(
        ballot.ratings[0]["Overall"] == 1 + int(ballot.listener.removeprefix("listener-")) % 5
        for ballot in ballots
    )


def test_a_listener_has_one_ballot_and_may_change_it_until_the_test_is_closed(
    library: Library,
) -> None:
    test = begin(library)
    library.listening.vote(test.id, "one", {0: {"Overall": 2}}, "first")
    library.listening.vote(test.id, "one", {0: {"Overall": 5}}, "second")
    (ballot,) = library.listening.ballots(test.id)
    assert (ballot.ratings, ballot.comment) == ({0: {"Overall": 5}}, "second")

    library.listening.close(test.id)
    assert not library.listening.vote(test.id, "one", {0: {"Overall": 1}}, "third")
    assert library.listening.ballots(test.id) == [ballot]

    library.listening.reopen(test.id, None)
    assert library.listening.vote(test.id, "one", {0: {"Overall": 1}}, "third")


def test_a_ballot_holds_nothing_that_was_not_asked(library: Library) -> None:
    test = begin(library)
    library.listening.vote(
        test.id,
        "one",
        {0: {"Overall": 6, "Fits our brand": 3, "Height": 2}, 7: {"Overall": 5}},
        "x" * 9_999,
    )
    (ballot,) = library.listening.ballots(test.id)
    assert ballot.ratings == {0: {"Fits our brand": 3}}
    assert len(ballot.comment) == 2_000


def test_a_test_that_has_ended_takes_no_votes(library: Library) -> None:
    test = begin(library, ends_at_s=time.time() - 1)
    assert test.expired
    assert not test.open
    assert not library.listening.vote(test.id, "one", {0: {"Overall": 5}}, "")


def test_a_link_is_unguessable_and_a_wrong_one_finds_nothing(library: Library) -> None:
    one, other = begin(library), begin(library)
    assert one.token != other.token
    assert len(one.token) >= 32
    assert library.listening.find(one.token) == one
    assert library.listening.find(one.token[:-1]) is None
    assert library.listening.find("") is None


def test_a_passcode_is_not_stored_and_admits_whoever_types_it_in_any_case(
    library: Library,
) -> None:
    test = begin(library, passcode="Blue Kettle")
    assert "kettle" not in repr(test).casefold()
    assert test.admits(" blue  kettle ")
    assert not test.admits("blue")
    assert not test.admits("")
    assert begin(library).admits("")


def test_each_listener_hears_an_order_of_their_own_and_the_same_again(library: Library) -> None:
    test = begin(library)
    orders = [tuple(order_for(test, f"listener {number}", 6)) for number in range(200)]
    assert orders[7] == tuple(order_for(test, "listener 7", 6))
    assert all(sorted(order) == list(range(6)) for order in orders)
    firsts = [order[0] for order in orders]
    assert all(15 <= firsts.count(voice) <= 60 for voice in range(6))  # 33 each, if shuffled fairly


# ---- The sounds ----


def test_the_sounds_of_a_test_tell_no_names_and_are_equally_loud(library: Library) -> None:
    clips = [
        make(library, "Ashley", named(tone(220, 0.05), "Ashley")),
        make(library, "Craig", named(tone(330, 0.5), "Craig")),
    ]
    voices = blind.contenders(clips, library)

    heard = []
    for voice in voices:
        sound = library.files.read(voice.file)
        assert b"Ashley" not in sound
        assert b"Craig" not in sound
        assert "shley" not in voice.file
        assert "raig" not in voice.file
        heard.append(audio.loudness(sound).lufs or 0)
    assert abs(heard[0] - heard[1]) < 0.5
    assert {voice.voice for voice in voices} == {"Ashley", "Craig"}
    assert [voice.position for voice in voices] == [0, 1]


def test_the_sounds_of_a_test_are_no_orphans(library: Library) -> None:
    voices = blind.contenders([make(library, "Ashley", tone(220, 0.3))], library)
    library.listening.begin(
        voices,
        owner="local",
        audition_id=1,
        title="?",
        script=SCRIPT,
        questions=["Overall"],
    )
    assert {voice.file for voice in voices} <= library.listening.files()


def test_the_places_of_a_test_do_not_follow_the_audition(library: Library) -> None:
    clips = [make(library, f"Voice{number}", tone(200 + number, 0.3)) for number in range(6)]
    orders = {tuple(v.voice for v in blind.contenders(clips, library)) for _ in range(4)}
    assert len(orders) > 1


def test_k7_neither_times_nor_the_order_of_making_follow_the_audition(library: Library) -> None:
    """The order in which copies were made would tell the voices."""
    clips = [make(library, f"Voice{number}", tone(200 + number, 0.3)) for number in range(5)]
    seen: list[set[str]] = []

    def look(_done: int) -> None:
        seen.append({file.name for file in Path(library.files.place).rglob("listen-*")})

    voices = blind.contenders(clips, library, look)
    look(len(clips))
    made = [next(iter(after - before)) for before, after in pairwise(seen)]
    assert made == [voice.file for voice in voices]
    paths = [library.files.local(voice.file) for voice in voices]
    assert len({path.stat().st_mtime_ns for path in paths if path}) == 1


def test_k7_copies_of_one_length_have_one_size_and_one_header_whatever_they_are_made_of(
    library: Library,
) -> None:
    """Makers of voices differ by rate, channels and format."""
    clips = []
    for number, (rate_hz, channels) in enumerate([(16_000, 1), (24_000, 2), (48_000, 1)]):
        seconds = np.arange(2 * rate_hz) / rate_hz
        wave = 0.3 * np.sin(2 * np.pi * (200 + 90 * number) * seconds)
        file = io.BytesIO()
        soundfile.write(file, np.stack([wave] * channels, axis=1), rate_hz, format="WAV")
        clips.append(make(library, f"Voice{number}", file.getvalue()))
    voices = blind.contenders(clips, library)
    copies = [library.files.read(voice.file) for voice in voices]
    assert len({len(copy) for copy in copies}) == 1
    assert len({voice.length_s for voice in voices}) == 1
    before_its_checksum = 173  # of the sound
    assert len({copy[:before_its_checksum] for copy in copies}) == 1
    assert copies[0].startswith(b"\xff\xfb")  # the first frame: no tag in front


def test_loudness_is_remembered_by_file(library: Library) -> None:
    library.auditions.keep_loudness("a.mp3", -23.0, 0.5)
    library.auditions.keep_loudness("a.mp3", -22.0, 0.6)
    library.auditions.keep_loudness("silent.mp3", None, 0.0)
    known = library.auditions.loudness(["a.mp3", "silent.mp3", "other.mp3"])
    assert known == {"a.mp3": (-22.0, 0.6), "silent.mp3": (None, 0.0)}
