"""The lexicon replaces its words in a text, and nothing else."""

import random
import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import lexicon
from lib.errors import InvalidRequestError
from lib.lexicon import Entry, Lexicon, apply, checked
from lib.lexicon.sameness import same
from tests.quick import within

LETTERS = "abAB éß.+&-'/<>[] \n12東テกक\u093f\u0301서👍🏽"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=60)
ENTRIES = st.lists(
    st.builds(
        Entry,
        st.text(st.sampled_from(LETTERS), min_size=1, max_size=4),
        st.text(st.sampled_from("xyzab/ "), max_size=5),
        match_case=st.booleans(),
        whole_word=st.booleans(),
    ),
    max_size=8,
)


def said(text: str, *entries: Entry) -> str:
    return apply(text, entries).text


@pytest.mark.parametrize(
    ("text", "word", "say_as", "expected"),
    [
        ("NATO met.", "NATO", "nay toe", "nay toe met."),
        ("NATO’s plan, the NATO-plan", "nato", "nay toe", "nay toe’s plan, the nay toe-plan"),
        ("A cat in a catalogue.", "cat", "dog", "A dog in a catalogue."),
        ("C++ and c++; C", "C++", "see plus plus", "see plus plus and see plus plus; C"),
        (".NET on the internet", ".NET", "dot net", "dot net on the internet"),
        ("Dr. Who and xDr. No", "Dr.", "doctor", "doctor Who and xDr. No"),
        ("Tom & Jerry", "&", "and", "Tom and Jerry"),
        ("Straße, STRASSE, strasse", "Straße", "road", "road, road, road"),
        ("Ólafur kom, ÓLAFUR fór", "ólafur", "Olaf", "Olaf kom, Olaf fór"),
        ("Кот и котлета", "кот", "пёс", "пёс и котлета"),
        ("ΟΔΟΣ και οδος", "οδός", "x", "ΟΔΟΣ και οδος"),
        ("ΟΔΟΣ και οδος", "ΟΔΟΣ", "x", "x και x"),
        ("5 m² of 5 m", "m²", "square metres", "5 square metres of 5 m"),
        ("5 m² of 5 m", "m", "metres", "5 m² of 5 metres"),
        ("New York, Newark", "New York", "N Y", "N Y, Newark"),
    ],
)
def test_a_word_is_replaced_whole_in_any_case(
    text: str, word: str, say_as: str, expected: str
) -> None:
    assert said(text, Entry(word, say_as)) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("私は東京に行く", "東京", "私はXに行く"),
        ("กรุงเทพมหานคร", "กรุงเทพ", "Xมหานคร"),
        ("서울은 크다", "서울", "X은 크다"),
        ("API는 좋다", "API", "X는 좋다"),
        ("テストケースのテスト", "テスト", "テストケースのX"),
        ("サーバーとサーバ", "サーバ", "サーバーとX"),
        ("मेरा घर, घरेलू", "घर", "मेरा X, घरेलू"),
        ("هذا بيت والبيت", "بيت", "هذا X والبيت"),
    ],
)
def test_whole_words_are_found_in_scripts_with_and_without_blanks(
    text: str, word: str, expected: str
) -> None:
    assert said(text, Entry(word, "X")) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("कि", "क"),
        ("x\u0302", "x"),
        ("👍🏽", "👍"),
        ("👨‍👩‍👧", "👧"),
        ("👨‍👩‍👧", "👨"),
        ("Maße", "mas"),
    ],
)
def test_no_letter_is_cut_from_its_accents(text: str, word: str) -> None:
    assert said(text, Entry(word, "X", whole_word=False)) == text


def test_match_case_leaves_the_word_written_otherwise_alone() -> None:
    assert said("It is IT, it’s it.", Entry("IT", "I T", match_case=True)) == "It is I T, it’s it."


def test_an_entry_that_matches_case_goes_before_one_that_does_not() -> None:
    both = Entry("us", "them"), Entry("US", "U S", match_case=True)
    assert said("US and us", *both) == "U S and them"


def test_a_part_of_a_word_is_replaced_where_whole_words_are_not_asked_for() -> None:
    assert said("colours, Colour", Entry("colour", "color", whole_word=False)) == "colors, color"


def test_composed_and_decomposed_letters_are_the_same_word() -> None:
    composed, decomposed = "Maitê", unicodedata.normalize("NFD", "Maitê")
    assert said(f"Olá, {decomposed}!", Entry(composed, "may")) == "Olá, may!"
    assert said(f"Olá, {composed}!", Entry(decomposed, "may", match_case=True)) == "Olá, may!"


def test_the_longest_word_wins_and_a_shorter_one_where_that_does_not_fit() -> None:
    entries = Entry("New", "1"), Entry("New York", "2"), Entry("New York City", "3")
    assert said("New York City, New York, New, New Yorker", *entries) == "3, 2, 1, 1 Yorker"


def test_what_was_replaced_is_not_replaced_again() -> None:
    assert said("a b", Entry("a", "b"), Entry("b", "a")) == "b a"


@pytest.mark.parametrize(
    "span", ["<em>", '<break time="1s" />', "[sigh]", "[pause 0.5 s]", "/em s/"]
)
@pytest.mark.parametrize("whole_word", [True, False])
def test_nothing_is_replaced_inside_a_tag_a_pause_or_phonetics(span: str, whole_word: bool) -> None:
    entries = [
        Entry(word, "X", whole_word=whole_word)
        for word in ("em", "break", "1s", "sigh", "pause", "0.5", "s", "[pause", "s]", "<em", "/em")
    ]
    assert said(f"Well, {span} then", *entries) == f"Well, {span} then"


@pytest.mark.parametrize("span", ["<em>", "</em>", "[sigh]", "[pause 0.5 s]", "/kriːt/"])
def test_a_tag_that_is_itself_an_entry_is_replaced_or_left_out(span: str) -> None:
    assert said(f"Well,{span} so", Entry(span, "")) == "Well, so"
    assert said(f"Well, {span} so", Entry(span, "now", match_case=True)) == "Well, now so"


def test_an_entry_may_hold_whole_tags() -> None:
    link = Entry("[Read more](https://a.b/c)", "Read more")
    assert said(
        "Now <b>you</b>: [Read more](https://a.b/c)!", link, Entry("<b>you</b>", "you")
    ) == ("Now you: Read more!")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5€", "5 euro"), ("€5", "euro 5"), ("5€5", "5 euro 5"), ("5 €.", "5 euro."), ("€", "euro")],
)
def test_what_is_said_for_a_sign_does_not_run_into_its_neighbours(text: str, expected: str) -> None:
    assert said(text, Entry("€", "euro")) == expected


def test_phonetics_stand_apart_so_that_they_are_known_as_such() -> None:
    assert said("R&D", Entry("&", "/ænd/")) == "R /ænd/ D"


def test_the_entries_used_are_told_once_each_as_they_come_in_the_text() -> None:
    a, b, c = Entry("a", "1"), Entry("b", "2"), Entry("c", "3")
    assert apply("b a b", [a, b, c]).used == (b, a)


@settings(deadline=None)
@given(TEXTS)
def test_without_entries_the_very_same_text_comes_back(text: str) -> None:
    applied = apply(text, ())
    assert applied.text is text
    assert applied.used == ()


@settings(deadline=None)
@example("Ola\u0301, Mai!", [Entry("ola", "x")])
@given(TEXTS, ENTRIES)
def test_without_a_match_the_very_same_text_comes_back(text: str, entries: list[Entry]) -> None:
    applied = apply(text, entries)
    if not applied.used:
        assert applied.text is text
    if not any(same(each.word).casefold() in same(text).casefold() for each in entries):
        assert not applied.used


@settings(deadline=None)
@given(TEXTS, ENTRIES, st.randoms())
def test_the_order_of_the_entries_does_not_matter(
    text: str, entries: list[Entry], rng: random.Random
) -> None:
    shuffled = rng.sample(entries, len(entries))
    assert Lexicon(shuffled).apply(text) == Lexicon(entries).apply(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["one", "two", "Three", "Käse", "été", "5", "—", "«"])), ENTRIES)
def test_words_that_are_not_in_the_lexicon_never_change(
    words: list[str], entries: list[Entry]
) -> None:
    text = "\n".join(words)
    others = [each for each in entries if same(each.word).casefold() not in same(text).casefold()]
    assert said(text, *others) == text


@settings(max_examples=200, deadline=None)
@given(TEXTS, ENTRIES)
def test_one_pass_over_one_word_agrees_with_a_search_by_hand(
    text: str, entries: list[Entry]
) -> None:
    """For whole words of plain letters there is a second way to tell what must come out."""
    words = {each.word: "=" for each in entries if re.fullmatch("[abAB]+", each.word)}
    plain = re.sub(r"[^abAB \n]", " ", text)
    expected = re.sub(r"[abAB]+", lambda found: words.get(found[0], found[0]), plain)
    assert said(plain, *(Entry(w, "=", match_case=True) for w in words)) == expected


def test_two_thousand_entries_take_time_in_proportion_to_the_text() -> None:
    rng = random.Random(1)
    vocabulary = [
        "".join(rng.choices("abcdefghijklmnop", k=rng.randint(3, 12))) for _ in range(9000)
    ]
    text = " ".join(rng.choices(vocabulary, k=100_000))[:500_000]
    words = Lexicon(Entry(word, "x") for word in vocabulary[:2000])

    with within(5):  # about 0.4 s; side by side they take over a minute
        used = words.apply(text).used
    assert len(used) > 1900


@pytest.mark.parametrize("whole_word", [True, False])
def test_words_that_begin_alike_a_hundred_times_take_no_time_either(whole_word: bool) -> None:
    alike = Lexicon(Entry("a" * size, "x", whole_word=whole_word) for size in range(1, 101))
    with within(5):
        alike.apply("a" * 100_000)


def test_very_long_entries_are_looked_for_like_any_other() -> None:
    long = "https://example.com/" + "x" * 5000
    assert said(f"See {long} now", Entry(long, "our page"), Entry(long[:-1], "no")) == (
        "See our page now"
    )


def test_an_entry_is_kept_trimmed_composed_and_with_its_note_on_one_line() -> None:
    typed = Entry("  Maite\u0302 ", " may\u200b ", "asked\n by  Tim", match_case=True)
    assert checked(typed) == Entry("Maitê", "may", "asked by Tim", match_case=True)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (Entry(" \u200b", "x"), "There is no word yet."),
        (Entry("w" * 101, "x"), "The word has 101 characters; 100 is the most"),
        (Entry("w", "x" * 501), "How to say it has 501 characters; 500 is the most"),
        (Entry("w", "x", "n" * 501), "The note has 501 characters; 500 is the most"),
        (Entry("w\nv", "x"), "The word has a line break or a control character"),
        (Entry("w", "x\ty"), "How to say it has a line break or a control character"),
        (Entry("w", "x\0"), "How to say it has a line break or a control character"),
        (Entry("w", "\ud800"), "How to say it has a line break or a control character"),
        (Entry("w", "x", "a\x07"), "The note has a line break or a control character"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(entry: Entry, sentence: str) -> None:
    with pytest.raises(InvalidRequestError, match=sentence):
        checked(entry)


def test_the_longest_word_and_say_as_that_are_allowed_are_taken() -> None:
    entry = Entry("w" * lexicon.WORD_MAX_CHARS, "s" * lexicon.SAY_AS_MAX_CHARS)
    assert checked(entry) == entry


@pytest.mark.parametrize(
    ("entry", "other", "is_double"),
    [
        (Entry("NATO", "a"), Entry("nato", "b"), True),
        (Entry("Maite\u0302", "a"), Entry("MAITÊ", "b"), True),
        (Entry("Straße", "a"), Entry("STRASSE", "b"), True),
        (Entry("NATO", "a", match_case=True), Entry("NATO", "b", match_case=True), True),
        (Entry("NATO", "a", match_case=True), Entry("nato", "b", match_case=True), False),
        (Entry("NATO", "a", match_case=True), Entry("NATO", "b"), False),
    ],
)
def test_the_same_word_with_the_same_case_rule_is_a_double(
    entry: Entry, other: Entry, is_double: bool
) -> None:
    if is_double:
        with pytest.raises(InvalidRequestError, match="is in the lexicon already"):
            checked(entry, [other])
    else:
        assert checked(entry, [other]) == entry
