"""Long scripts are split into pieces: nothing is lost, good cuts, and few cuts move by a change."""

import random
import statistics
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

import pytest
import regex
import sentencex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib import script
from lib.script import Piece, ends, seams
from lib.script.measuring import BREAK, MOOD, size_of
from lib.script.stretches import MAX_CHARS, stretches
from tests.quick import within

CHARS, WEIGHT = 400, 320  # small, so that short examples are cut; the app's are 2,000 and 1,600
PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

PASSAGES = st.sampled_from(
    [
        "Dr. Smith paid $3.50 to the U.S. Army, e.g. for boots. ",
        "Did he? Yes… he did! “Never again,” she said. ",
        "They counted 1 000 000 stars, 3.14 pies and 12:30 trains, ",
        "and it went on and on without any end in sight ",
        "Say /kriːt/ and /həˈloʊ wɜːld/, and/or not. ",
        'Wait. <break time="1.5s" /> Now. <break time="300ms"/> ',
        "[laugh] That was it. [clear_throat] ",
        "[sad] Then it rained. ",
        "这是一个句子。他说了很多话，然后走了。再见！",
        "यह एक वाक्य है। वह घर गया। ",
        "كيف حالك؟ أنا بخير. ",
        "👨‍👩‍👧‍👦👋🏽🇫🇷 ",
        "ภาษาไทยไม่มีช่องว่างระหว่างคำและเขียนติดกันไปเรื่อยๆ",
        "cafe\u0323\u0302 ",
        "* * * ",
        "\n",
        "\n\n",
        "   \n \n  ",
    ]
)
WORDS = st.text("abcdefgh", min_size=1, max_size=12).map(lambda word: word + " ")
SCRIPTS = (
    st.lists(PASSAGES | WORDS | st.text(max_size=30), min_size=5, max_size=80)
    .map("".join)
    .map(lambda text: script.clean(text).text)
)


def cut(text: str) -> list[Piece]:
    return script.split(text, max_chars=CHARS, max_weight=WEIGHT)


def spans(text: str, pieces: list[Piece]) -> list[tuple[int, int]]:
    """(start, end) of each piece in the text, without its repeated mood."""
    found, at = [], 0
    for piece in pieces:
        said, mood = piece.text, MOOD.match(piece.text)
        start = text.find(said, at)
        if mood and (start < 0 or text[at:start].strip()):
            said = said[mood.end() + 1 :]
            start = text.find(said, at)
        assert not text[at:start].strip(), f"lost: {text[at:start]!r}"
        at = start + len(said)
        found.append((start, at))
    assert not text[at:].strip(), f"lost: {text[at:]!r}"
    return found


@PATIENT
@given(SCRIPTS)
def test_nothing_is_lost_and_nothing_said_twice(text: str) -> None:
    spans(text, cut(text))


@PATIENT
@given(SCRIPTS)
def test_no_piece_is_over_a_limit_or_empty(text: str) -> None:
    for piece in cut(text):
        size = size_of(piece.text)
        assert size.chars <= CHARS
        assert size.weight <= WEIGHT
        assert size.breaks <= 20
        assert not text or piece.text == piece.text.strip() != ""


@PATIENT
@given(SCRIPTS)
def test_no_cut_goes_through_a_tag_an_ipa_span_a_number_a_word_or_a_letter(text: str) -> None:
    whole = r"<[^<>\n]+>|\[[^\[\]\n]+\]|(?<=\s)/[^/\s]+/(?=[\s,.])|\d+(?:[.,: ]\d+)*|[a-zé]+|\X"
    kept = [match.span() for match in regex.finditer(whole, text)]
    starts = [start for start, _ in kept]
    for position in (position for span in spans(text, cut(text)) for position in span):
        start, end = kept[bisect_right(starts, position) - 1] if kept else (0, 0)
        assert not start < position < end, text[start:end]


@PATIENT
@given(SCRIPTS)
def test_pieces_are_never_cut_again(text: str) -> None:
    assert all(cut(piece.text) == [Piece(piece.text)] for piece in cut(text))


def test_a_text_that_fits_is_one_piece_untouched() -> None:
    text = "One.\n\n\nTwo.  Three.\n" * 15 + "x" * 20
    assert len(text) == WEIGHT
    assert cut(text) == [Piece(text, 0.0)]
    assert len(cut(text + "x")) > 1

    moody = "[happy]" + " word" * 62 + "..."
    assert len(moody) == WEIGHT
    assert cut(moody) == [Piece(moody, 0.0)]


def sentence(length: int, end: str = ".") -> str:
    return ("Word" + " word" * length)[: length - 1] + end


@pytest.mark.parametrize(
    ("between", "gap_s"),
    [("\n\n", 0.5), (" \n \n\n", 0.5), ("\n", 0.3), (" ", 0.2)],
)
def test_the_gap_is_half_a_second_at_a_blank_line_and_less_elsewhere(
    between: str, gap_s: float
) -> None:
    first, second = sentence(200), sentence(180)
    assert cut(first + between + second) == [Piece(first, gap_s), Piece(second, 0.0)]


def test_an_emoji_at_the_end_of_a_paragraph_stays_there() -> None:
    first, second = sentence(200) + " 👍", sentence(180)
    assert cut(f"{first}\n\n{second}") == [Piece(first, 0.5), Piece(second, 0.0)]


def test_there_is_no_gap_inside_a_sentence() -> None:
    pieces = cut("word " * 100 + "end.")
    assert len(pieces) > 1
    assert {piece.gap_after_s for piece in pieces} == {0.0}


def test_a_line_that_only_wraps_is_no_place_to_pause() -> None:
    wrapped = "\n".join(["and so the sentence goes on in the next line of the mail"] * 10)
    assert {piece.gap_after_s for piece in cut(wrapped)} == {0.0}


def test_a_blank_line_is_cut_before_a_line_end_and_that_before_a_sentence() -> None:
    a, b, c = sentence(110), sentence(110), sentence(110)
    assert [piece.text for piece in cut(f"{a} {b}\n\n{c}")] == [f"{a} {b}", c]
    assert [piece.text for piece in cut(f"{a}\n\n{b} {c}")] == [a, f"{b} {c}"]
    assert [piece.text for piece in cut(f"{a} {b}\n{c}")] == [f"{a} {b}", c]
    assert [piece.text for piece in cut(f"{a}\n{b}\n\n{c}")] == [f"{a}\n{b}", c]


@pytest.mark.parametrize(
    "text",
    [
        "He met Dr. | Smith.",
        "It is e.g. | this one.",
        "In the U.S. | Army.",
        "About 3. | 5 of them.",
        "Wait… | no.",
        "J. R. | R. Tolkien.",
    ],
)
def test_a_full_stop_that_ends_no_sentence_is_not_cut_at(text: str) -> None:
    left, right = text.split(" | ")
    spoken = f"{sentence(160)} {left} {right} {sentence(160)}"
    assert not any(piece.text.endswith(left) for piece in cut(spoken))


@pytest.mark.parametrize(
    ("said", "between"),
    [
        ("“Never!”", " "),
        ("He left (late).", " "),
        ("Really?!", " "),
        ("这是一个句子。", ""),
        ("「はい。」", ""),
        ("यह एक वाक्य है।", " "),
        ("كيف حالك؟", " "),
    ],
)
def test_sentences_of_many_scripts_end_at_their_own_marks(said: str, between: str) -> None:
    pieces = cut(between.join([said] * 80))
    assert len(pieces) > 1
    assert all(piece.text.endswith(said) for piece in pieces)
    assert {piece.gap_after_s for piece in pieces[:-1]} == {0.2}


def test_a_word_of_5000_letters_is_cut_at_the_limit() -> None:
    assert [len(piece.text) for piece in cut("a" * 1000)] == [320, 320, 320, 40]
    pieces = script.split("x" * 5000, max_chars=2000, max_weight=1600)
    assert [len(piece.text) for piece in pieces] == [1600, 1600, 1600, 200]


def test_an_accent_stays_with_what_it_stands_on() -> None:
    for text in ("Word. \u0301Word word. " * 40, "word \u0301" * 200):
        assert not any(piece.text.startswith("\u0301") for piece in cut(text))


def test_a_number_with_blanks_in_it_stays_whole() -> None:
    for piece in cut(" ".join(f"{number} 000 000 miles" for number in range(100, 200))):
        assert not piece.text.startswith("000")
        assert piece.text.endswith(("000 000", "miles"))


def test_tags_that_weigh_little_still_keep_the_limit_of_characters() -> None:
    pieces = cut('a <break time="100ms" /> ' * 19 + "end.")
    assert len(pieces) == 2
    assert max(len(piece.text) for piece in pieces) <= CHARS


def test_no_piece_is_much_shorter_than_it_has_to_be() -> None:
    chance = random.Random(7)
    text = "".join(said(chance) for _ in range(3000)).strip()

    lengths = [len(piece.text) for piece in script.split(text, max_chars=2000, max_weight=1600)]

    assert min(lengths) > 350
    assert sum(lengths) / len(lengths) > 800


def test_an_endless_emoji_or_heap_of_accents_still_keeps_the_limit() -> None:
    for text in ("👨\u200d" * 1000, "a" + "\u0301" * 1000):
        assert max(len(piece.text) for piece in cut(text)) <= CHARS


def test_a_leading_mood_is_repeated_before_each_piece() -> None:
    pieces = cut("[Happy] " + f"{sentence(100)} " * 10)
    assert len(pieces) > 1
    assert all(piece.text.startswith("[Happy] Word") for piece in pieces)

    assert [len(piece.text) for piece in cut("[happy] " + "x" * 616)] == [312, 320]


def test_a_mood_that_changes_holds_from_there_on() -> None:
    first, second = f"{sentence(100)} " * 5, f"{sentence(100)} " * 5
    pieces = cut(f"{first}\n\n[sad]\n\n{second}\n\n[whispering] {first}")
    moods = [mood[0] if (mood := MOOD.match(piece.text)) else "" for piece in pieces]
    changes = [mood for before, mood in zip([None, *moods], moods, strict=False) if mood != before]
    assert changes == ["", "[sad]", "[whispering]"]
    assert all(len(MOOD.findall(piece.text)) <= 1 for piece in pieces)
    assert not any(piece.text.endswith("]") for piece in pieces)


def test_no_piece_has_more_than_20_pauses() -> None:
    pieces = script.split('a<break time="0s"/>' * 50, max_chars=2000, max_weight=1600)
    assert [len(BREAK.findall(piece.text)) for piece in pieces] == [20, 20, 10]


def test_no_piece_is_without_words() -> None:
    for length in (100, 150, 316):
        text = "\n\n".join([sentence(length), "* * *", '<break time="2s" />', "—"] * 12)
        assert all("word" in piece.text.lower() for piece in cut(text))


SENTENCES = "He said so. The old house by the river stood open all summer, with Dr. Lee in it. "


def said(chance: random.Random) -> str:
    words = chance.choices(SENTENCES.split(), k=chance.randint(2, 30))
    return " ".join(words).capitalize() + chance.choice([". ", "? ", ".\n", ".\n\n"])


@PATIENT
@given(st.integers(0, 10**9), st.sampled_from(["reword", "add", "drop"]), st.data())
def test_a_changed_sentence_changes_few_pieces_and_no_others(
    seed: int, change: str, data: st.DataObject
) -> None:
    chance = random.Random(seed)
    sentences = [said(chance) for _ in range(300)]
    changed = list(sentences)
    at = data.draw(st.integers(0, 299))
    changed[at : at + 1] = {
        "reword": [said(chance)],
        "add": [sentences[at], said(chance)],
        "drop": [],
    }[change]

    before, after = (
        Counter(
            piece.text
            for piece in script.split("".join(text).strip(), max_chars=2000, max_weight=1600)
        )
        for text in (sentences, changed)
    )

    assert before.total() > 15
    assert (after - before).total() <= 6


@pytest.mark.parametrize(
    "passage",
    [SENTENCES, SENTENCES + "\n\n", "word ", "a", "这是一个句子。", "ภาษาไทย", "👍 ", "/ ", "<a ",
     '<break time="1s" />', "\r\n \r\n"],
)  # fmt: skip
def test_half_a_million_characters_are_cut_in_about_a_second(passage: str) -> None:
    text = "a" + passage * (500_000 // len(passage)) + "b"
    with within(4):  # a second on a machine that is not busy
        script.split(text, max_chars=2000, max_weight=1600)


# Each has a sentence's end in it that only its surroundings make one, or none.
IN_ONE_LINE = [
    "He said so. ",
    "Yes. No. Maybe. ",
    "The old house by the river stood open all summer, with Dr. Lee in it. ",
    '"Hello there," she said, "and come in. We are waiting for you all." ',
    "He met Mr. Smith (the elder. Not the son) at 5 p.m. in the U.S. Army camp. ",
    "It's what they'd always wanted, wasn't it? It wasn’t! ",
    "“Never again,” he whispered. “It was too much. I left.” Then nothing. ",
    "Use `pip install x` and then `run.py --all. Now` to start. ",
    "The price is $3.50 (about 1,000 yen; see [1] and [2]). ",
    "Write to jo.doe@example.com or look at www.example.com today. ",
    "Er sagte: „Ich komme. Warte hier.“ Dann ging er z. B. nach Hause. ",
    "»Komm her. Schnell!« rief sie über den Hof hinweg zu ihm hinüber. ",
    "Il a dit : « Bonjour. Ça va ? » Puis il est parti vers la maison de sa mère. ",
    "Она сказала: «Привет. Как дела?» и ушла домой, не оглядываясь на него. ",
    "¿Cómo estás? ¡Muy bien! Vivimos en la calle Mayor n.º 5 desde 1999. ",
    "Ο γιατρός είπε: «Η κατάσταση είναι σταθερή». Μετά έφυγε από το σπίτι. ",
    "कैसे हो तुम? यह एक वाक्य है। वह घर गया। ",
    "كيف حالك؟ أنا بخير. ذهبنا إلى السوق في الصباح الباكر. ",
    "这是一个句子。他说：“你好。再见！”然后走了。",
    "First: 1. take it out 2. wash it 3. put it back. ",
    "A. B. Smith et al. wrote it (see p. 5, vol. II, ch. 3.) in 1999. ",
    "Wait… no, not yet; and it went on and on without any end in sight ",
]
HOSTILE = [
    "`", "'", '"', "(?", "<!--", "[a](!", "`x` y ", "{", "“", "”", "’", "«", "»", "《‟‟「",
    "《»‚‚「", "‛‛「„‟‛「《‟《", "' A. B ", "`é" + "😀" * 40,
]  # fmt: skip


def ends_in(line: str) -> list[int]:
    return [at for at, _ in seams._sentence_seams(line, "en")]


def ends_in_the_whole(line: str) -> Iterator[int]:
    """Where sentencex ends sentences in the unchanged line, but those that go on."""
    begin = 0
    for wide_end in [*seams.WIDE_END.finditer(line), None]:
        stop = wide_end.start() if wide_end else len(line)
        for sentence in sentencex.segment("en", line[begin:stop]):
            begin += len(sentence)
            if begin < stop and not ends.goes_on(sentence, line[begin:stop], "en"):
                yield begin
        if wide_end:
            begin = wide_end.end()
            yield begin


def long_line(seed: int, chars: int) -> list[str]:
    """Passages of a few kinds, as one person writes."""
    chance = random.Random(seed)
    kinds = chance.sample(IN_ONE_LINE, chance.randint(2, 8))
    passages: list[str] = []
    length = 0
    while length <= chars:
        passages.append(chance.choice(kinds))
        length += len(passages[-1])
    return passages


@PATIENT
@given(st.integers(0, 10**9), st.sampled_from([MAX_CHARS, 20_000]))
def test_k8_a_line_given_in_stretches_has_its_seams_where_the_whole_line_has_them(
    seed: int, chars: int
) -> None:
    line = "".join(long_line(seed, chars)).strip()
    assert ends_in(line) == list(ends_in_the_whole(line))


def test_a_line_of_4000_characters_is_given_as_it_is() -> None:
    line = "“Where to?” he asked (again). " * 50 + "x" * 2_500
    assert list(stretches(line, 0, len(line))) == [(0, MAX_CHARS)]
    assert len(list(stretches(line + "x", 0, MAX_CHARS + 1))) == 2


def test_a_change_in_a_long_line_moves_the_stretches_near_it_alone() -> None:
    same_after = []
    for seed in range(20):
        passages = long_line(seed, 60_000)
        at = random.Random(seed).randrange(len(passages) // 3)
        before, after = "".join(passages), "".join([*passages[:at], "It’s new. ", *passages[at:]])
        ends, moved = (
            {stop - len(line) for _, stop in stretches(line, 0, len(line))}
            for line in (before, after)
        )
        # From the first end that both have on, all are the same.
        assert sorted(ends)[-2:] == sorted(moved)[-2:]
        changed = len("".join(passages[:at])) - len(before)
        same_after.append(min(end for end in ends & moved if end > changed) - changed)
    assert statistics.median(same_after) <= MAX_CHARS


@pytest.mark.parametrize("passage", HOSTILE)
def test_k8_ten_times_the_text_takes_ten_times_as_long(passage: str) -> None:
    def cpu_s(chars: int) -> float:
        text = (passage * chars)[:chars]
        begun_s = time.process_time()
        script.split(text, max_chars=2000, max_weight=1600)
        return time.process_time() - begun_s

    def growth() -> float:
        """Side by side: the machine is now quicker, now slower. What others take only ever adds."""
        small_s = min(cpu_s(4_000) for _ in range(5))
        return cpu_s(40_000) / small_s

    assert any(growth() < 15 for _ in range(12))


@pytest.mark.parametrize("passage", HOSTILE)
def test_k8_the_splitter_holds_the_interpreter_for_50_ms_at_most(passage: str) -> None:
    text = (passage * 4_000)[:4_000]
    for start, stop in stretches(text, 0, len(text)):
        with within(0.05):
            sentencex.segment("en", text[start:stop])
