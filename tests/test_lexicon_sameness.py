"""Words of the lexicon are found however Word or a web page wrote them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import lexicon
from lib.errors import InvalidRequestError
from lib.lexicon import Entry
from lib.lexicon.entry import checked
from lib.lexicon.sameness import Plain
from lib.orders.parts import Limits, Request, parts_of
from lib.settings import Settings
from tests.quick import within

ENTRIES = [
    Entry("O'Brien", "oh brian"),
    Entry("New York", "noo yawk"),
    Entry("Kubernetes", "koo-ber-netties"),
    Entry("Wi-Fi", "why fie"),
]


def said(text: str, *entries: Entry) -> str:
    return lexicon.apply(text, entries or ENTRIES).text


@pytest.mark.parametrize("sign", list("'’‘‛ʼʹ＇`´′"))
def test_every_apostrophe_is_one(sign: str) -> None:
    assert said(f"Ask O{sign}Brien now.") == "Ask oh brian now."
    assert said("Ask O'Brien now.", Entry(f"O{sign}Brien", "oh brian")) == "Ask oh brian now."


@pytest.mark.parametrize(
    "blank", [" ", "\u00a0", "\u202f", "\u2009", "\u3000", "\t", "  ", " \u00a0", "\n", " \n  "]
)
def test_every_blank_is_one_and_so_is_a_wrapped_line(blank: str) -> None:
    assert said(f"In New{blank}York now.") == "In noo yawk now."
    assert said("In New York now.", Entry("New\u00a0York", "noo yawk")) == "In noo yawk now."


def test_a_blank_line_is_no_blank() -> None:
    assert said("It is New\n\nYork is old.") == "It is New\n\nYork is old."


@pytest.mark.parametrize("sign", ["-", "‐", "‑", "‒", "﹣", "－"])
def test_every_hyphen_is_one(sign: str) -> None:
    assert said(f"Free Wi{sign}Fi here.") == "Free why fie here."


@pytest.mark.parametrize("sign", ["–", "—", "−", "/"])
def test_a_dash_or_a_minus_is_no_hyphen(sign: str) -> None:
    assert "why fie" not in said(f"Free Wi{sign}Fi here.")


@pytest.mark.parametrize(
    "unseen",
    [
        "\u00ad",
        "\u200b",
        "\u2060",
        "\ufeff",
        "\u200e",
        "\u200f",
        "\u202a",
        "\u2066",
        "\u061c",
        "\u2063",
        "\u206a",
        "\ufff9",
        "\u00ad\u200b",
    ],
)
@pytest.mark.parametrize("place", range(11))
def test_what_nobody_sees_is_no_part_of_a_word(unseen: str, place: int) -> None:
    word = "Kubernetes"
    spoilt = word[:place] + unseen + word[place:]
    assert said(f"Run {spoilt} now.").replace(unseen, "") == "Run koo-ber-netties now."
    assert said("Run Kubernetes now.", Entry(spoilt, "x")) == "Run x now."


def test_joiners_of_emoji_and_of_persian_stay() -> None:
    family, word = "👨\u200d👩\u200d👧", "می\u200cخواهم"
    assert said(f"{family} {word} O'Brien") == f"{family} {word} oh brian"
    assert said(family, Entry("👩", "a woman")) == family


def test_case_is_matched_in_what_is_written_in_another_way() -> None:
    entry = Entry("O'Brien", "x", match_case=True)
    assert said("O’Brien and O’BRIEN", entry) == "x and O’BRIEN"
    assert said("Straße’s", Entry("STRASSE'S", "x")) == "x"


def test_only_whole_words_are_replaced_whatever_is_around_them() -> None:
    assert said("O’Briens", Entry("O'Brien", "x")) == "O’Briens"
    assert said("re\u00adKubernetes") == "re\u00adKubernetes"
    assert said("a \u200bKubernetes\u200b b").replace("\u200b", "") == "a koo-ber-netties b"


def test_a_text_without_its_words_is_left_as_it_is() -> None:
    text = "Curly ’quotes’\u00a0and\u00adsoft  blanks\nstay\u200bas they are."
    assert said(text) == text


def test_one_word_written_in_two_ways_is_one_entry() -> None:
    for word in ("O’Brien", "o`brien", "O\u200b'Brien"):
        assert Entry(word, "x").identity == Entry("O'Brien", "y").identity
        with pytest.raises(InvalidRequestError, match="is in the lexicon already"):
            checked(Entry(word, "x"), [Entry("O'Brien", "y")])
    assert Entry("New\u00a0York", "x").identity == Entry("New  York", "y").identity


def sent(text: str) -> list[tuple[str, str]]:
    request = Request(script=text, model="inworld/tts-1-max", voice="Ashley", format="mp3")
    _, parts = parts_of(request, Limits.of(Settings()))
    return [(part.utterance.text, part.shown or part.utterance.text) for part in parts]


def test_what_goes_to_the_voice_has_no_invisible_characters_and_what_is_shown_stays() -> None:
    typed = "Kuber\u00adnetes\u200b is\u2060 here\u200e\u034f\u2063, 👨\u200d👩\u200d👧."
    assert sent(typed) == [("Kubernetes is here, 👨\u200d👩\u200d👧.", typed)]


@pytest.mark.parametrize("text", ["Hello there.", "Où\u00a0?", "می\u200cخواهم", "“Quoted” – so…"])
def test_a_text_without_them_is_sent_as_it_was_before(text: str) -> None:
    assert sent(text) == [(text, text)]


SIGNS = st.sampled_from(
    ["'", "’", " ", "\u00a0", "  ", "\n", "-", "‑", "\u00ad", "\u200b", "a", "ß", "İ"]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(SIGNS | st.sampled_from(["O’Brien", "new york", "wi-fi"]), max_size=12).map("".join)
)
def test_any_mixture_is_said_as_the_plain_text_is(text: str) -> None:
    plain = Plain(text).text
    assert Plain(said(text)).text == Plain(said(plain)).text


def test_half_a_million_characters_take_time_in_proportion() -> None:
    entries = frozenset(Entry(f"word{number}x", "y") for number in range(1_000))
    for unit in ("It’s New York.\n", "Kuber\u00adnetes ", "\u00ad", "a\u00a0 ", "\n"):
        text = (unit * 500_000)[:500_000]
        lexicon.apply("a", entries)
        with within(5):  # measured: 0.9 at most
            lexicon.apply(text, entries)
