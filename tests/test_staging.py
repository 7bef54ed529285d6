"""Names without a colon, as plays and films have them, and titles that name nobody."""

import pytest

from lib.script import dialogue

FORMS = [
    "{}. {}",
    "{}. – {}",
    "{}.— {}",
    "{} (smiling). {}",
    "{}, quietly. {}",
    "{}\n{}\n",
    "{}.\n{}\n",
    "\t\t{}\n\t(smiling)\n\t{}\n",
    "{} (V.O.)\n{}\n",
    "**{}**\n{}\n",
    "**{}:**\n{}\n",
]


@pytest.mark.parametrize("form", FORMS)
def test_names_of_plays_and_films_are_not_said(form: str) -> None:
    turns = [("ANNA", "You came!"), ("BEN LEE", "Of course."), ("ANNA", "Thanks.")]
    text = "\n".join(form.format(*turn) for turn in turns)
    assert dialogue.looks_like_one(text)
    assert [(line.speaker, line.text) for line in dialogue.lines(text)] == turns


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("太郎「おはよう。」\n花子「おはよう！」\n太郎「元気？」", ["太郎", "花子"]),
        ("Q. When?\nA. Now.\nQ. Why?\nA. Because.", ["Q", "A"]),
        ("spk_0: Hello.\nspk_1: Hi.\nspk_0: Bye.", ["spk_0", "spk_1"]),
        ("[Speaker:0] Hello.\n[Speaker:1] Hi.\n[Speaker:0] Bye.", ["Speaker 0", "Speaker 1"]),
        (
            "The Red Queen of the North: Off!\nAlice: No!\nThe Red Queen of the North: Now!",
            ["The Red Queen of the North", "Alice"],
        ),
    ],
)
def test_names_of_other_forms_are_not_said(text: str, names: list[str]) -> None:
    assert dialogue.looks_like_one(text)
    assert dialogue.speakers(dialogue.lines(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "PRICES\nTen euros.\n\nHOURS\nNine to five.\n\nCONTACT\nCall us.",
        "HOURS\nNine.\n\nPRICES\nTen.\n\nSNOW\nMuch.\n\nTAXI\nCall.\n\nHOURS\nTen.",
        "MONDAY\nOpen.\n\nSUNDAY\nClosed.\n\nMONDAY\nOpen again.",
        "彼は「はい」\n彼女は「いいえ」\n彼は「はい」",
        "A. Apples\nB. Bread\nC. Cake",
        "MRS. Lee came.\nMRS. Ray left.\nREV. Bell stayed.",
        "NASA. They fly.\nIBM. They sell.\nThat is all.",
        "**Note**\nHot.\n\n**Tip**\nCold.\n\n**Note**\nHot again.",
    ],
)
def test_titles_and_abbreviations_name_nobody(text: str) -> None:
    assert not dialogue.looks_like_one(text)
    assert [line.speaker for line in dialogue.lines(text)] == [""]


def test_what_stands_before_a_dialogue_is_no_speaker() -> None:
    text = "Setting: a kitchen.\nANN: Hi!\nBEN: Hello.\nANN: So?\nBEN: Well."
    assert dialogue.speakers(dialogue.lines(text)) == ["ANN", "BEN"]


def test_a_time_of_day_after_a_name_is_said() -> None:
    turns = [("Ann", "(9:30) is when we open."), ("Ben", "[9:45] is too late."), ("Ann", "Yes.")]
    text = "\n".join(f"{name}: {words}" for name, words in turns)
    assert [(line.speaker, line.text) for line in dialogue.lines(text)] == turns
