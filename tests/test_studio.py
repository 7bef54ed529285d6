"""The path that spends money: no charge twice, and no paid sound is lost."""

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from lib import audio, studio
from lib.aimlapi import AimlApi
from lib.errors import (
    ChargeUnknownError,
    DownloadError,
    InvalidRequestError,
    ServiceBusyError,
    SpeechError,
    SpendingError,
    StorageError,
)
from lib.library import Library
from lib.library.clip import Clip, Intent, Part
from lib.library.recordings import Recording
from lib.settings import Settings
from lib.speech import Utterance
from tests.charges import charges
from tests.service import StandIn, faults

HELLO = Utterance(model="inworld/tts-1-max", voice="Ashley", text="Good morning.")


@pytest.fixture
def settings(tmp_path: Path, service: StandIn) -> Settings:
    return Settings(
        data_dir=tmp_path,
        base_url=service.url,
        post_s=0.6,
        download_s=1.0,
        download_tries=2,
        download_span_s=0.05,
        retry_base_s=0.01,
        free_disk_min_bytes=0,
    )


Record = Callable[..., Recording]


@pytest.fixture
def record(service: StandIn, settings: Settings, library: Library) -> Record:
    engine = AimlApi(service.key, service.url, settings=settings)

    def run(utterance: Utterance = HELLO, **options: object) -> Recording:
        return studio.record(
            utterance, engine=engine, library=library, owner="local", **options  # type: ignore[arg-type]
        )  # fmt: skip

    return run


def states(library: Library, utterance: Utterance = HELLO) -> list[str]:
    return [entry.state for entry in charges(library, utterance)]


@pytest.mark.parametrize("shape", ["S1", "S2", "S3", "S4", "S5"])
def test_what_is_paid_is_kept_with_its_price(
    shape: str, service: StandIn, library: Library, record: Record
) -> None:
    service.shape = shape
    recording = record(estimate_usd=Decimal("0.5"))

    assert states(library) == ["kept"]
    assert audio.inspect(library.files.read(recording.file)).length_s == recording.length_s
    known = shape in ("S1", "S2", "S4", "S5")
    assert recording.usd_is_exact is known
    assert recording.usd == (Decimal("0.000169") if known else Decimal("0.5"))


def test_the_same_utterance_is_bought_once(service: StandIn, record: Record) -> None:
    assert record() == record()
    assert (service.posts, service.charges) == (1, 1)


def test_ten_at_once_buy_it_once(service: StandIn, record: Record) -> None:
    service.latency_s = 0.1
    threads = [threading.Thread(target=record) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert service.posts == 1


def test_another_take_is_another_recording(service: StandIn, record: Record) -> None:
    assert record().file != record(replace(HELLO, take=2)).file
    assert service.posts == 2


def test_a_refusal_is_in_the_ledger_and_may_be_tried_again(
    service: StandIn, library: Library, record: Record
) -> None:
    service.fault(faults.status(400))
    with pytest.raises(InvalidRequestError):
        record()
    record()
    assert states(library) == ["refused", "kept"]


def test_a_lost_answer_is_unknown_and_nothing_is_sent_until_somebody_decides(
    service: StandIn, library: Library, record: Record
) -> None:
    """F13"""
    service.fault(faults.lost_response())
    for _ in range(3):
        with pytest.raises(ChargeUnknownError):
            record()
    assert (service.posts, service.charges, states(library)) == (1, 1, ["unknown"])

    library.ledger.settle([entry.id for entry in library.ledger.unclear()])
    record()
    assert states(library) == ["unknown", "kept"]


def test_a_missing_sound_is_fetched_later_without_paying_again(
    service: StandIn, library: Library, record: Record
) -> None:
    """F19"""
    service.fault(faults.status(404), times=4, on="get")
    with pytest.raises(DownloadError):
        record()
    assert states(library) == ["paid"]
    with pytest.raises(DownloadError):
        record()

    record()
    assert (service.posts, states(library)) == (1, ["kept"])


def test_a_truncated_sound_is_not_kept_and_can_be_fetched_again(
    service: StandIn, library: Library, record: Record
) -> None:
    """F21"""
    service.fault(faults.short_body(), on="get")
    with pytest.raises(DownloadError):
        record(replace(HELLO, format="wav"))
    assert library.recordings.get(replace(HELLO, format="wav").key) is None

    record(replace(HELLO, format="wav"))
    assert service.posts == 1


@pytest.fixture
def no_room(library: Library) -> Callable[[], None]:
    """The store accepts no file until the returned function is called."""
    folders = [Path(library.files.place) / f"{number:02x}" for number in range(256)]
    for folder in folders:
        folder.touch()  # a file where a folder should be made

    def free() -> None:
        for folder in folders:
            folder.unlink()

    return free


def test_what_is_paid_and_cannot_be_stored_is_fetched_later_without_paying_again(
    service: StandIn, library: Library, record: Record, no_room: Callable[[], None]
) -> None:
    """F30"""
    with pytest.raises(DownloadError):
        record()
    assert states(library) == ["paid"]
    no_room()
    record()
    assert (service.posts, service.charges, states(library)) == (1, 1, ["kept"])


def test_sound_that_came_in_the_answer_and_cannot_be_stored_is_kept_until_it_can(
    service: StandIn, library: Library, record: Record, no_room: Callable[[], None]
) -> None:
    """F30"""
    service.shape = "S3"
    for _ in range(2):
        with pytest.raises(DownloadError):
            record()
    no_room()
    record()
    assert (service.posts, service.charges, states(library)) == (1, 1, ["kept"])


def test_nothing_is_bought_where_nobody_asked_to_spend(service: StandIn, record: Record) -> None:
    with pytest.raises(SpendingError):
        record(may_spend=False)
    assert service.posts == 0


def test_nothing_is_bought_that_could_not_be_kept(
    service: StandIn, settings: Settings, tmp_path: Path
) -> None:
    """F30"""
    full = Library(replace(settings, free_disk_min_bytes=10**18))
    engine = AimlApi(service.key, service.url, settings=settings)
    with pytest.raises(StorageError):
        studio.record(HELLO, engine=engine, library=full, owner="local")
    assert service.posts == 0
    full.close()


def test_a_recording_whose_file_has_gone_is_made_again(
    service: StandIn, library: Library, record: Record
) -> None:
    library.files.delete(record().file)
    record()
    assert service.posts == 2


def test_the_call_is_over_before_its_sound_is_fetched(service: StandIn, record: Record) -> None:
    gets: list[int] = []
    record(on_answer=lambda: gets.append(service.gets))
    assert gets == [0]


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (faults.status(401), "refused"),
        (faults.status(403), "refused"),
        (faults.status(504), "unknown"),
        (faults.hang(), "unknown"),
        (faults.not_json(), "unknown"),
        (faults.no_url(), "unknown"),
    ],
)
def test_the_ledger_says_what_is_known(
    fault: faults.Fault, state: str, service: StandIn, library: Library, record: Record
) -> None:
    service.fault(fault)
    with pytest.raises(SpeechError):
        record()
    assert states(library) == [state]


def test_a_busy_service_is_in_the_ledger_once(
    service: StandIn, library: Library, record: Record
) -> None:
    """F06: three calls, one intended charge."""
    service.fault(faults.status(429), times=3)
    with pytest.raises(ServiceBusyError):
        record()
    assert (service.posts, states(library)) == (3, ["refused"])


def clip_of(library: Library, texts: list[str], gap_after_s: float = 0.25) -> Clip:
    gaps_s = [gap_after_s] * (len(texts) - 1) + [0.0]
    pieces = [
        Part(utterance=replace(HELLO, text=text, format="wav"), gap_after_s=gap_s)
        for text, gap_s in zip(texts, gaps_s, strict=True)
    ]
    script = " ".join(texts)
    return library.clips.begin(
        Intent(pieces=pieces, script=script, title=script, owner="local", browser="b1")
    )


def test_a_clip_of_one_recording_is_that_file_untouched(library: Library, record: Record) -> None:
    clip = clip_of(library, ["One line."])
    recording = record(replace(HELLO, text="One line.", format="wav"), clip_id=clip.id)

    studio.assemble(clip, library=library)

    done = library.clips.get(clip.id)
    assert done is not None
    assert (done.state, done.file, done.usd) == ("ready", recording.file, recording.usd)


def test_a_clip_of_many_is_as_long_as_its_parts_and_gaps(library: Library, record: Record) -> None:
    texts = ["One line.", "Another one, a little longer.", "The end."]
    clip = clip_of(library, texts)
    made = [record(replace(HELLO, text=t, format="wav"), clip_id=clip.id) for t in texts]

    studio.assemble(clip, library=library)

    done = library.clips.get(clip.id)
    assert done is not None
    assert done.file is not None
    facts = audio.inspect(library.files.read(done.file))
    expected_s = sum(recording.length_s for recording in made) + 2 * 0.25
    assert facts.length_s == pytest.approx(expected_s, abs=1 / facts.rate_hz)
    assert done.usd == sum(recording.usd or 0 for recording in made)
    starts_s = [part.start_s for part in library.clips.parts(done)]
    assert starts_s == pytest.approx(
        [0, made[0].length_s + 0.25, made[0].length_s + made[1].length_s + 0.5], abs=0.001
    )


def test_a_clip_made_of_what_was_there_is_free(library: Library, record: Record) -> None:
    record(replace(HELLO, text="One line.", format="wav"))
    clip = clip_of(library, ["One line."])
    studio.assemble(clip, library=library)
    done = library.clips.get(clip.id)
    assert done is not None
    assert (done.usd, done.usd_is_exact) == (0, True)


def test_a_part_that_has_gone_is_named_and_made_again_next_time(
    library: Library, record: Record
) -> None:
    clip = clip_of(library, ["One.", "Two."])
    first = record(replace(HELLO, text="One.", format="wav"))
    record(replace(HELLO, text="Two.", format="wav"))
    library.files.delete(first.file)
    with pytest.raises(StorageError, match="gone from the disk"):
        studio.assemble(clip, library=library)
    assert library.recordings.get(first.key) is None


def test_a_part_that_was_damaged_on_the_disk_is_made_again_next_time(
    library: Library, record: Record
) -> None:
    clip = clip_of(library, ["One.", "Two."])
    first = record(replace(HELLO, text="One.", format="wav"))
    record(replace(HELLO, text="Two.", format="wav"))
    library.files.put(first.file, b"RIFF and then nothing of use")
    with pytest.raises(StorageError, match="gone from the disk"):
        studio.assemble(clip, library=library)
    assert library.recordings.get(first.key) is None


def test_a_charge_nobody_could_write_down_is_unclear_and_not_bought_again(
    service: StandIn, library: Library, record: Record
) -> None:
    with library.recordings.claim(HELLO.key):
        library.ledger.sent(library.ledger.reserve(HELLO, owner="local"))
    with pytest.raises(ChargeUnknownError):
        record()
    assert (service.posts, states(library)) == (0, ["unknown"])


def test_a_part_with_a_time_is_heard_at_that_time(library: Library, record: Record) -> None:
    said = [replace(HELLO, text=text, format="wav") for text in ("One line.", "The end.")]
    for utterance in said:
        record(utterance)
    for times_s in ((1.0, 60.0), (2.0,)):
        pieces = [Part(utterance=each, at_s=at) for each, at in zip(said, times_s, strict=False)]
        clip = library.clips.begin(
            Intent(pieces=pieces, script="x", title="x", owner="local", browser="b1")
        )
        studio.assemble(clip, library=library)
        parts = library.clips.parts(clip)
        assert [(part.at_s, part.start_s) for part in parts] == [(at, at) for at in times_s]
