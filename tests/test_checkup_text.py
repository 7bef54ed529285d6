"""The check-up finds nothing in ordinary texts, and works with any text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib import checkup
from lib.checkup import Finding
from lib.script.language import language_of
from tests.quick import within

PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
WHOLE_CHARS = 500_000
WHOLE_S = 15.0  # measured: 1.1 for a usual text, 3.8 for nothing but emoji

PROSE = {
    "Dickens, A Tale of Two Cities (1859), from chapter 3": """
A wonderful fact to reflect upon, that every human creature is constituted to be that profound
secret and mystery to every other. A solemn consideration, when I enter a great city by night,
that every one of those darkly clustered houses encloses its own secret; that every room in every
one of them encloses its own secret; that every beating heart in the hundreds of thousands of
breasts there, is, in some of its imaginings, a secret to the heart nearest it!""",
    "Lincoln, Gettysburg Address (1863)": """
Four score and seven years ago our fathers brought forth on this continent, a new nation,
conceived in Liberty, and dedicated to the proposition that all men are created equal.

Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived
and so dedicated, can long endure. We are met on a great battle-field of that war. We have come to
dedicate a portion of that field, as a final resting place for those who here gave their lives that
that nation might live. It is altogether fitting and proper that we should do this.""",
    "Austen, Pride and Prejudice (1813), chapter 1": """
It is a truth universally acknowledged, that a single man in possession of a good fortune, must be
in want of a wife.

However little known the feelings or views of such a man may be on his first entering a
neighbourhood, this truth is so well fixed in the minds of the surrounding families, that he is
considered as the rightful property of some one or other of their daughters.

“My dear Mr. Bennet,” said his lady to him one day, “have you heard that Netherfield Park is let
at last?”

Mr. Bennet replied that he had not.

“But it is,” returned she; “for Mrs. Long has just been here, and she told me all about it.”""",
    "Carroll, Alice's Adventures in Wonderland (1865), chapter 1": """
Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing
to do: once or twice she had peeped into the book her sister was reading, but it had no pictures or
conversations in it, “and what is the use of a book,” thought Alice “without pictures or
conversations?”

So she was considering in her own mind (as well as she could, for the hot day made her feel very
sleepy and stupid), whether the pleasure of making a daisy-chain would be worth the trouble of
getting up and picking the daisies, when suddenly a White Rabbit with pink eyes ran close by
her.""",
    "Conan Doyle, A Scandal in Bohemia (1891)": """
To Sherlock Holmes she is always the woman. I have seldom heard him mention her under any other
name. In his eyes she eclipses and predominates the whole of her sex. It was not that he felt any
emotion akin to love for Irene Adler. All emotions, and that one particularly, were abhorrent to
his cold, precise but admirably balanced mind. One night—it was on the twentieth of March, 1888—I
was returning from a journey to a patient, when my way led me through Baker Street.""",
    "a phone prompt": """
Thank you for calling Northwind. Our office is open Monday to Friday. For orders, press 1. For
returns, press 2. To hear these choices again, press 9 or stay on the line. Calls may be recorded,
so that we can get better at what we do. We have been here since 1987, and there are 24 of us.""",
}

NEAR_MISSES = [
    "NASA and NATO met UNESCO.",
    "She said STOP and meant it.",
    "It is OK to watch TV at 7.",
    "I am in Houston, TX now.",
    "He is Malcolm X.",
    "Press A or B.",
    "We won 3-1 last night.",
    "The score was 2-3 in the end.",
    "It happened on 9-11.",
    "It was a 50-50 chance.",
    "In 2026 there were 1500 of us.",
    "The 1990s were good.",
    "Version 2.0.1 is out.",
    "Node.js and end.In are words.",
    "A < b and c > d.",
    "It is *very* good.",
    "Two * three * four.",
    "snake_case_name stays.",
    "The word /kriːt/ is said so.",
    "Say /həˈloʊ/ slowly.",
    "Wait. [pause 0.5 s] Go on. [pause 250 ms] Now.",
    "He changed [t]he word.",
    "I said no. 5 people came.",
    "Did he? No. 5 others did.",
    "Go St. was his call.",
    "We had had enough of that that day.",
    "He came in in time.",
    "No no, bye bye, very very well.",
    "The mail-order catalogue is here.",
    "The 3M company and the A4 page.",
    "COVID-19 was in 2020.",
    "Flight BA2490 is late.",
    "Copyright © Northwind, all rights reserved ™.",
    "Ratio 16:9 is wide.",
    "Five to seven percent, or so.",
    "Mr. Smith met Mrs. Jones and Ms. Brown.",
    "J. R. R. Tolkien wrote it in the U.S.",
    "AT&T is a company.",
    "Who's there? — It's me… “Come in!”",
    "He asked: “Why?”",
    "1. Open the box. 2. Close it.",
]


@pytest.mark.parametrize("name", PROSE)
def test_ordinary_prose_has_no_finding(name: str) -> None:
    assert checkup.find(PROSE[name]) == []


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses_are_left_alone(text: str) -> None:
    assert checkup.find(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bitte warten Sie 5 km vor der Stadt.", "unit"),
        ("Der Eintritt ist nicht frei, er kostet 20 €.", "money"),
        ("El precio es de $5 para los niños.", "money"),
        ("Nous sommes le 2026-05-12 et il pleut.", "date"),
        ("请拨打 555-0123 联系我们。", "phone"),
        ("Звоните нам: 555-0123.", "phone"),
    ],
)
def test_english_words_are_not_offered_in_other_languages(text: str, kind: str) -> None:
    assert [(each.kind, each.mend) for each in checkup.find(text)] == [(kind, None)]


def test_a_foreign_paragraph_of_an_english_script_gets_no_english_words() -> None:
    english = "Please wait for the bus, it is 5 km to town from here. We are at the door for you.\n"
    text = english * 4 + "Bitte warten Sie auf der Straße 5 km."

    assert [each.mend for each in checkup.find(text)] == ["five kilometers"] * 4 + [None]


def test_a_script_of_two_languages_gets_no_words_at_all() -> None:
    text = "Please wait for 5 km.\nBitte warten Sie auf der Straße 5 km."

    assert [each.mend for each in checkup.find(text)] == [None, None]


@pytest.mark.parametrize(
    "rows",
    [
        "Wir öffnen um 9.30 Uhr und schließen um 17.45 Uhr.\nPreis: 5 km\nHalle 5-7 Tage\nUm 9am",
        "Nous ouvrons à 9h30 et nous fermons le soir.\nPrix : $5\nBus 14:30 today\n5 km",
        "Abrimos a las 9:30 de la mañana.\nPrecio: $1,500\n20 °C\nNo. 5",
        "Kami buka pukul 9.30 sampai 17.45 setiap hari kerja.\n5 km\n$5\n9am-5pm",
        "Vi öppnar klockan 9.30 och stänger klockan 17.45 varje dag.\n5 km\n50%\n555-0123",
    ],
)
def test_a_short_row_of_a_foreign_script_gets_no_english_word(rows: str) -> None:
    language = language_of(rows)
    for row in rows.split("\n"):
        found = checkup.find(row, language=language)
        assert [each.mend for each in found] == [None] * len(found)


def test_a_text_that_contradicts_its_voice_gets_no_words() -> None:
    assert [each.mend for each in checkup.find("Save 5%", language=language_of("Save 5%"))] == [
        "five percent"
    ]
    assert language_of("Halle 5", voice="en") == ""
    assert language_of("Platform No. 5 is closed.", voice="de") == ""
    assert language_of("5%", voice="de") == "de"


def test_marks_are_left_out_in_any_language() -> None:
    assert [each.mend for each in checkup.find("Das ist **nicht** für dich 🎉.")] == ["nicht", ""]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Read the FAQ first.", "FAQ"),
        ("Read the FAQ first.", "faq"),
        ("It is 5 km to town.", "km"),
        ("It is 5 km to town.", "5 km"),
        ("Call Dr. Smith tomorrow.", "Dr."),
        ("Well done 🎉 all.", "🎉"),
    ],
)
def test_what_a_lexicon_knows_is_not_found(text: str, known: str) -> None:
    assert checkup.find(text)
    assert checkup.find(text, known=[known]) == []


def test_known_words_uncover_what_they_stood_on() -> None:
    text = "This is **12/05/2026** then."

    assert [each.kind for each in checkup.find(text)] == ["markdown"]
    assert [each.kind for each in checkup.find(text, known=["**12/05/2026**"])] == ["date"]


def test_long_sentence_is_marked_at_its_first_free_words() -> None:
    sentence = "FAQ readers " + "and then they went on to read " * 12 + "it all."

    found = checkup.find(f"Hello. {sentence} Bye.")

    assert [(each.kind, each.said) for each in found] == [
        ("acronym", "FAQ"),
        ("sentence", "readers and then they went on to read and then they went on"),
    ]
    assert f"{len(sentence) - 1} characters" in found[1].message


def test_sentence_of_350_characters_is_not_too_long() -> None:
    assert checkup.find(("word " * 70)[:349] + "s.") == []
    assert [each.kind for each in checkup.find(("word " * 71)[:351] + "s.")] == ["sentence"]


@pytest.mark.parametrize(
    "text",
    [
        "This date could be 12/05/2026.",
        "On 12-05-2026.",
    ],
)
def test_both_readings_of_an_unclear_date_are_said(text: str) -> None:
    (found,) = checkup.find(text)
    assert "12 May or 5 December" in found.message


def test_mending_all_gives_what_would_be_sent() -> None:
    text = "Call **Dr. Smith** at 9am: it costs $5 🎉, says northwind.com."

    assert checkup.mended(text) == (
        "Call Doctor Smith at nine A M: it costs five dollars , says northwind dot com."
    )


TROUBLE = """USA FAQs Dr. St. Mary No. 5 12 Main St. 12/05/2026 14:30 9am $1,250.50 €3.5m 5% 3rd
5-7 1/2 5 km 20 °C www.a.com a@b.com 🎉 <b> &amp; ** * _ ` # [ ]( ) [pause 1 s] / /ə/ { } XXX the
the - . , ! ? ' ’ é 漢"""
TROUBLES = st.sampled_from([*TROUBLE.split(), "\n", "\t", "\u0301", "\u200d"])
TEXTS = st.lists(TROUBLES | st.text(max_size=6), max_size=40).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda blank: blank.join(words))
)


def check(text: str, found: list[Finding]) -> None:
    end = 0
    for each in found:
        assert end <= each.start < each.end <= len(text)
        assert each.said == text[each.start : each.end]
        assert each.mend != each.said
        end = each.end


@PATIENT
@given(TEXTS)
def test_findings_are_in_order_and_never_overlap(text: str) -> None:
    check(text, checkup.find(text))


@PATIENT
@given(TEXTS)
def test_known_findings_are_not_found_again(text: str) -> None:
    said = {each.said for each in checkup.find(text)}

    assert not said & {each.said for each in checkup.find(text, known=said)}


@pytest.mark.parametrize("pause", ["[pause 1 s]", "[pause 0.5 s]", "[pause 250 ms]"])
def test_pauses_are_never_touched(pause: str) -> None:
    assert checkup.find(f"Hello. {pause} Again. {pause}") == []


def test_half_a_million_characters_take_seconds() -> None:
    text = "Dr. Smith pays $5.50 at 9am; see www.northwind.com or call 555-0123. It is fine. "
    with within(WHOLE_S):
        found = checkup.find(text * (WHOLE_CHARS // len(text)))
    assert len(found) == 5 * (WHOLE_CHARS // len(text))


@settings(PATIENT, max_examples=50)
@given(st.text("aA1 .,-/*_`#@&<[({:\n$'’é漢", min_size=1, max_size=4), st.text(max_size=2))
def test_hostile_runs_take_time_in_proportion(unit: str, end: str) -> None:
    """At the pace of half a million characters, with much room for a busy machine."""
    text = (unit * 20_000)[:20_000] + end
    with within(20 * WHOLE_S / (WHOLE_CHARS / 20_000)):
        check(text, checkup.find(text))
