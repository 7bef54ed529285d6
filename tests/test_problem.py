"""Problems of clips: stored, read again, and shown as sentences."""

import pytest

from lib import errors
from lib.errors import SpeechError
from lib.library.problem import NOT_CHARGED, Problem, kept, may_be_charged

SAFE = "Nothing was charged, and your text is safe."
OLD = {"kind": "ServiceBusyError", "message": "No.", "hint": "Wait.", "reference": "r", "said": "x"}


def kinds_of(base: type[SpeechError]) -> list[type[SpeechError]]:
    return [base, *(kind for each in base.__subclasses__() for kind in kinds_of(each))]


@pytest.mark.parametrize("kind", kinds_of(SpeechError), ids=lambda kind: kind.__name__)
def test_an_error_is_written_down_and_read_back_whole(kind: type[SpeechError]) -> None:
    error = kind("It failed.", reference="r-7", said="Not now")
    problem = Problem.of(error)
    assert Problem.read(problem.to_json()) == problem
    assert (problem.kind, problem.message, problem.hint) == (kind.__name__, "It failed.", kind.hint)
    assert (problem.reference, problem.said) == ("r-7", "Not now")
    assert problem.charged is error.charged
    assert may_be_charged(problem) is (error.charged is not False)


def test_what_an_older_soundcheck_wrote_is_read() -> None:
    read = Problem.read({**OLD, "charged": False})
    assert read == Problem(
        kind="ServiceBusyError", message="No.", hint="Wait.", reference="r", said="x", charged=False
    )
    checked = Problem.read({**OLD, "charged": None, "checked": True})
    assert checked
    assert checked.checked
    assert checked.is_unclear


@pytest.mark.parametrize("stored", [None, {}, [], "x", 5, [1], True])
def test_what_says_nothing_is_no_problem_and_may_still_have_been_charged(stored: object) -> None:
    assert Problem.read(stored) is None
    assert may_be_charged(Problem.read(stored))


@pytest.mark.parametrize("charged", ["yes", 0, 1, [], {}, "False"])
def test_a_charge_that_cannot_be_read_counts_as_unclear(charged: object) -> None:
    read = Problem.read({"message": "No.", "charged": charged})
    assert read
    assert read.is_unclear
    assert may_be_charged(read)


@pytest.mark.parametrize("wrong", [5, None, ["x"], {"a": 1}, True])
def test_words_that_are_none_are_left_out(wrong: object) -> None:
    stored = dict.fromkeys(("kind", "message", "hint", "reference", "said", "checked"), wrong)
    read = Problem.read({**stored, "charged": False})
    assert read == Problem(charged=False, checked=wrong is True)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem(message="It is busy", charged=False), f"It is busy. {SAFE}"),
        (Problem(message="Why?", charged=None), "Why? It counts as spent until you check it."),
        (Problem(message="Lost.", charged=True),
         "Lost. It is paid for; only the sound has not arrived."),
        (Problem(message="Lost.", checked=True), "Lost. Trying again pays once more."),
        (Problem(message="Nothing was charged.", charged=False),
         "Nothing was charged. Your text is safe."),
        (Problem(charged=False), SAFE),
    ],
)  # fmt: skip
def test_a_sentence_says_what_happened_and_what_became_of_the_money(
    problem: Problem, words: str
) -> None:
    assert problem.sentence(has_text=True, kept="") == words


def test_of_a_long_text_the_recorded_parts_were_charged() -> None:
    problem = Problem(message="It is busy.", charged=False)
    words = problem.sentence(has_text=True, kept=kept(2, 3))
    assert words == "It is busy. Your text is safe. 2 of 3 parts are recorded and stay free."


def test_of_a_voice_that_costs_nothing_no_charge_is_spoken() -> None:
    problem = Problem(message="It has no words.", charged=False)
    words = problem.sentence(has_text=True, kept="", costs=False)
    assert words == "It has no words. Your text is safe."


def test_a_sample_has_no_text_to_fear_for() -> None:
    problem = Problem(message="It is busy.", charged=False)
    assert problem.sentence(has_text=False, kept="") == "It is busy. Nothing was charged."
    assert problem.sentence(has_text=False, kept=kept(1, 1)) == (
        "It is busy. It is recorded and stays free."
    )


def test_the_records_decide_what_is_known_of_a_charge() -> None:
    unclear = Problem.of(errors.ChargeUnknownError("Lost.", reference="r-7"))
    free, paid = unclear.without_charge(), unclear.with_charge("The records show $0.01.")
    assert (free.is_free, free.message, free.reference) == (True, NOT_CHARGED, "r-7")
    assert (paid.checked, paid.is_unclear, paid.message) == (True, True, "The records show $0.01.")
    assert may_be_charged(paid)
    assert not may_be_charged(free)


@pytest.mark.parametrize(
    ("error", "key", "model"),
    [(errors.KeyForbiddenError, True, False), (errors.KeyRejectedError, True, False),
     (errors.KeyMissingError, True, False), (errors.ModelUnavailableError, False, True),
     (errors.ServiceBusyError, False, False)],
)  # fmt: skip
def test_a_problem_knows_what_can_be_done_about_it(
    error: type[SpeechError], key: bool, model: bool
) -> None:
    problem = Problem.of(error("No."))
    assert (problem.is_about_the_key, problem.is_about_the_model) == (key, model)
