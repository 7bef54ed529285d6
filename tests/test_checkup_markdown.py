"""The check-up takes Markdown's marks away and never a word."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib import checkup
from tests.quick import within

PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
CHARS = 100_000

MENDED = [
    ("My Book\n=======\n\nHello.", "My Book\n\n\nHello."),
    ("One\n---\nTwo", "One\n\nTwo"),
    ("One.\n\n* * *\n\nTwo.", "One.\n\n\n\nTwo."),
    ("---\ntitle: My chapter\n---\nHello.", "Hello."),
    ("| A | B |\n|---|:-:|\n| c | d e |", "A, B\n\nc, d e"),
    ("A | B\n--|--\nOne. | **two**", "A, B\n\nOne. two"),
    ("Hello <!-- to\ndo --> there.", "Hello  there."),
    ("<!-- to\ndo -->\nHello.", "\nHello."),
    ("One <!-- a < b > c --> two.", "One  two."),
    (
        "Read [here][1], [there][] and [more][x].\n\n[x]: http://a.com",
        "Read here, there and more.\n\n",
    ),
    ("Read [here].\n\n[here]: <http://a.com> 'Title'", "Read here.\n\n"),
    ('[1]: ./a/b.md "A title"\nHello.', "\nHello."),
    ('Hello.\n\n[//]: # (to do)\n[comment]: <> (no)\n[//]: # "x"', "Hello.\n\n\n\n"),
    ("![A cat](cat.png) sleeps.", "A cat sleeps."),
    ("[![A cat](cat.png)](http://a.com) sleeps.", "A cat sleeps."),
    ('[guide](guide.md "The guide") and [top](#top)', "guide and top"),
    ("[Mercury](https://a.org/wiki/Mercury_(planet)) is hot.", "Mercury is hot."),
    ("Text.[^1]\n\n[^1]: **A** note.", "Text.\n\nA note."),
    ("See <https://a.com> or <me@a.com>.", "See a dot com or me at a dot com."),
    ("- [ ] milk\n1. [x] bread", "milk\nbread"),
    ("***x*** and **bold *it* b**, ==hi==", "x and bold *it* b, hi"),
    ("``a b`` and `c`", "a b and c"),
    ("> one\n>> **two**", "one\ntwo"),
    ("Term\n: meaning", "Term\nmeaning"),
    ("snake\\_case, 1\\. and end\\\nhere", "snake_case, 1. and end\nhere"),
    ("~~~ py\nx = a[1]\n~~~", "\nx = a[1]\n"),
    ("[cited][12] and so [1, 2].", "cited and so ."),
]
WORDS_KEPT = [
    "He was ~~late~~ early.",
    "She said [sic] so, [laughs] and [citation needed].",
    "[Anna][laughs] and [sic](so) and [e](quietly).",
    "[Anna]: Hello\n[Bob]: up.\n[Eve]: well.so",
    "Write \\*\\*so\\*\\* and \\[here\\](there).",
    "Name:\n\n___\n\nNext.",
    "x < y and z > 3 <5 bar",
    "a === b\n===\nwait---no\n---",
    "```\n**kwargs** [a](b.md) # no\n```",
]


@pytest.mark.parametrize(("text", "mended"), MENDED)
def test_marks_are_taken_away(text: str, mended: str) -> None:
    assert checkup.mended(text) == mended


@pytest.mark.parametrize("text", WORDS_KEPT)
def test_words_are_never_taken_away(text: str) -> None:
    assert re.findall(r"\w+", checkup.mended(text)) == re.findall(r"\w+", text)


@pytest.mark.parametrize(
    "text", ["no ~~x~~", "[laughs]", "[a](b)", "\\*", "```\na", "Hi\n---\na---", "a <!-- b"]
)
def test_what_is_not_mended_is_found(text: str) -> None:
    assert checkup.find(text)


def test_a_correction_stays_within_its_line_but_for_what_is_left_out() -> None:
    """A script is cut into sentences before its corrections are applied."""
    for text, _ in MENDED:
        for each in checkup.find(text):
            assert "\n" not in each.said or each.said.startswith(("<!--", "---\ntitle"))


WORD = st.text("abcdefgh", min_size=3, max_size=8).map(lambda word: f"z{word}q")
PHRASE = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
AROUND = [
    "{}", "**{}**", "__{}__", "***{}***", "_{}_", "`{}`", "``{}``", "[{}](http://x.com)", "[{}][1]",
    "![{}](x.png)", "~~{}~~", "<b>{}</b>", "({})", "[{}]", "{}[^1]", "{} [12]", "\\*{}\\*",
    "=={}==",
]  # fmt: skip
SPAN = st.recursive(
    st.tuples(st.sampled_from(AROUND), PHRASE).map(lambda pair: pair[0].replace("{}", pair[1])),
    lambda inner: st.tuples(st.sampled_from(AROUND), inner).map(
        lambda pair: pair[0].replace("{}", pair[1])
    ),
    max_leaves=3,
)
LINES = [
    "{}", "# {}", "## {} ##", "- {}", "* {}", "1. {}", "> {}", "> > {}", "- [ ] {}", ": {}",
    "[^1]: {}",
    "{}\n===", "{}\n---", "| {} | {} |\n|---|---|\n| {} | |", "{}\\\n{}", "\n---\n{}", "\n***\n{}",
    "```\n{}\n```", "<!-- {} -->\n{}", "[{}]: {}", "    {}", "{} {} {}", "",
]  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines = []
    for form in draw(st.lists(st.sampled_from(LINES), max_size=8)):
        while "{}" in form:
            form = form.replace("{}", draw(SPAN), 1)
        lines.append(form)
    return "\n".join(lines)


def words(text: str) -> list[str]:
    spoken = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    return re.findall(r"z[a-h]+q", spoken)


@PATIENT
@given(documents())
def test_every_word_of_a_document_stays_once_and_in_order(text: str) -> None:
    assert words(checkup.mended(text)) == words(text)


@PATIENT
@given(documents())
def test_what_is_mended_has_nothing_more_to_mend(text: str) -> None:
    once = checkup.mended(text)
    assert "```" in text or checkup.mended(once) == once


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "[a]",
        "[a](",
        "![",
        "**",
        "*a**",
        "<a@",
        "\\_",
        "> a\n",
        "|a|\n|-|\n",
        "[//]: # (",
        "---\n",
        "-",
        "[^a]: b\n",
    ],
)
def test_hostile_marks_take_time_in_proportion(unit: str) -> None:
    text = (unit * CHARS)[:CHARS]
    with within(3):  # measured: 0.6 at most
        checkup.find(text)
