"""Dialogues in text: every form of a speaker's line, and labels that nobody says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.script import dialogue
from lib.script.naming import head_of

Turns = list[tuple[str, str]]
ANN_BEN: Turns = [("Ann", "Hello."), ("Ben", "Hi."), ("Ann", "Bye.")]

# How a turn of Ann is written; Ben's is written the same way.
FORMS = [
    "{}: {}",
    "{} : {}",
    "{}\u00a0: {}",
    "{}\u202f: {}",
    "{}：{}",
    "{}:\t{}",
    "**{}:** {}",
    "**{}**: {}",
    "__{}__: {}",
    "{} (smiling): {}",
    "{} (V.O.): {}",
    "{} [quietly]: {}",
    "{} (to Ben) (softly): {}",
    "[{}]: {}",
    "[{}] {}",
    "<{}> {}",
    "({}) {}",
    "- {}: {}",
    "– {}: {}",
    "• {}: {}",
    ">> {}: {}",
    "“{}”: {}",
    '"{}": {}',
    "«{}» : {}",
    "[00:01:02] {}: {}",
    "00:01 {}: {}",
    "00:01:02.500 - {}: {}",
    "{} 00:01: {}",
    "{} (00:01): {}",
    "{} [12:30 PM]: {}",
    "  {}: {}",
    "{}  0:03\n{}",
    "{} 00:00:03\n{}",
    "{}:\n{}",
    "{}, smiling: {}",
    "{}, quietly: {}",
    "1. {}: {}",
    "'{}': {}",
    "{{{}}}: {}",
    "(00:00:01) {}: {}",
    "[0.0s - 3.2s] {}: {}",
    "00:00:01 {}\n{}",
    "12:30:15 From {} to Everyone : {}",
    "00:00:03\n{}\n{}\n",
    "0:03\n{}\n{}",
    "{}\n[0:03]\n{}\n",
    "[00:00:03]\n{}: {}",
    "0:0:0.0 --> 0:0:3.420\n{}\n{}\n",
]


def read(text: str) -> Turns:
    return [(line.speaker, line.text) for line in dialogue.lines(text)]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_speakers_line_is_read_and_the_name_is_not_said(form: str) -> None:
    text = "\n".join(form.format(name, words) for name, words in ANN_BEN)
    assert dialogue.looks_like_one(text)
    assert read(text) == ANN_BEN


@pytest.mark.parametrize(
    "name",
    [
        "SPEAKER_00", "Speaker 1", "Agent #1", "2B", "Dr. Smith", "Lee, Ann", "O’Brien",
        "J. R. Ewing",
        "Anna-Lena", "Ludwig van Beethoven", "Иван", "小明", "محمد", "Ἀθηνᾶ", "Q", "MRS. O'HARA",
    ],
)  # fmt: skip
def test_names_of_every_kind_are_names(name: str) -> None:
    text = f"{name}: Good morning.\nZoe: Hello.\n{name}: Shall we begin?"
    assert dialogue.looks_like_one(text)
    assert dialogue.speakers(dialogue.lines(text)) == [name, "Zoe"]


NO_DIALOGUES = {
    "steps": "Step 1: Open the lid.\nStep 2: Take out the filter.\nStep 3: Close the lid.",
    "steps in German": "Schritt 1: Deckel öffnen.\nSchritt 2: Filter entnehmen.",
    "steps in French": "Étape 1 : Ouvrez le couvercle.\nÉtape 2 : Retirez le filtre.",
    "steps in Spanish": "Paso 1: Abra la tapa.\nPaso 2: Saque el filtro.\nPaso 3: Cierre.",
    "days": "Monday: 9 to 5.\nTuesday: 9 to 5.\nSunday: closed.",
    "days in German": "Montag: 9 bis 17 Uhr.\nDienstag: 9 bis 17 Uhr.\nSonntag: geschlossen.",
    "notes": "Note: the door is open.\nWarning: mind the gap.\nNote: it is cold.",
    "prices": "Apples: 2 euros\nPears: 3 euros\nPlums: 4 euros",
    "an address": "Phone: 555 0123\nFax: 555 0124\nE-mail: a@b.example",
    "a mail": "From: Ann\nTo: Ben\nSubject: Lunch\n\nHello Ben, shall we meet?",
    "a recipe": "Ingredients: flour, milk.\nMethod: Mix them.\nServes: four.",
    "options": "Option A: Stay here.\nOption B: Go there.",
    "questions": "Question 1: Who are you?\nQuestion 2: Where are you?",
    "times": "10:30 Arrival\n11:15 Coffee\n12:00 Lunch",
    "a web page": "See http://a.example for more.\nOr https://b.example for less.",
    "a programme": "9:00\nYoga\nRoom 2\n\n10:00\nLunch\nHall\n\n11:00\nYoga\nRoom 3\n",
    "a numbered recipe": "1. Flour: 5 g\n2. Sugar: 3 g\n3. Salt, flaky: 1 g",
    "a ratio": "Mix 1:10 with water.\nMix 1:20 for a weak one.",
    "prose": "He had one rule: never look back.\nIt was a good rule: it worked.\nIt was his.",
    "one line": "Just one line.",
    "sounds": "[Music] We begin.\n[Applause] Thank you.\n[Music] The end.",
    "moods": "[Happy] We begin.\n[Sad] We end.\n[Happy] We begin again.",
    "directions": "(Smiling) We begin.\n(Quietly) We go on.\n(Smiling) We end.",
    "agenda": "Topic: budget.\nGoal: a decision.\nDuration: one hour.",
    "a note at the start": "Note: this is a text.\nIt goes on.\nAnd on.\nAnd on.",
}


@pytest.mark.parametrize("name", NO_DIALOGUES)
def test_labels_and_lists_are_no_dialogue(name: str) -> None:
    assert not dialogue.looks_like_one(NO_DIALOGUES[name])


def test_a_manner_after_a_comma_is_not_said_if_others_name_the_same_person() -> None:
    text = "Anna, lächelnd: Hallo.\nBen: Hi.\nAnna: Was nun?\nBEN, 40: Nichts."
    assert [speaker for speaker, _ in read(text)] == ["Anna", "Ben", "Anna", "BEN"]
    assert read("Salt, flaky: one gram.") == [("", "Salt, flaky: one gram.")]


def test_a_time_at_the_end_of_a_transcript_is_the_last_speakers() -> None:
    text = "0:03\nAnna\nHi.\n\n0:05\n\nBob\nHo.\n0:09\nAnna\nBye.\n0:12"
    assert read(text) == [("Anna", "Hi."), ("Bob", "Ho."), ("Anna", "Bye.\n0:12")]


def test_an_exclamation_in_captions_is_no_name() -> None:
    rows = ["YES. I know.", "HEY. You there.", "YES. Again.", "HEY. Stop."]
    assert dialogue.named(rows) == [("", row) for row in rows]


@pytest.mark.parametrize(
    "label",
    ["Note", "Step 1", "Monday", "Hinweis", "Remarque", "Rule one", "Warning", "Question 2"],
)
def test_a_label_inside_a_dialogue_is_words_of_the_speaker_before(label: str) -> None:
    text = f"ANNA: Three rules.\n{label}: no shoes.\nBEN: Fine.\nANNA: Good."
    assert read(text) == [
        ("ANNA", f"Three rules.\n{label}: no shoes."),
        ("BEN", "Fine."),
        ("ANNA", "Good."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "See http://example.com for more.",
        "We meet at 10:30 today.",
        "please note that: it closes early",
        "One two three four five: too many words for a name.",
        "[Music] softly",
        "[happy] Good morning",
        "(laughs) I know",
        "<br> new line",
        "Open 9:30 to 5",
    ],
)
def test_such_a_line_names_nobody(line: str) -> None:
    assert [speaker for speaker, _ in read(f"ANNA: Hello.\n{line}\nBEN: Hi.")] == ["ANNA", "BEN"]


def test_a_voice_or_a_known_speaker_counts_with_one_turn() -> None:
    text = "Narrator three: good morning\nthe old man: hello"
    assert not dialogue.looks_like_one("Monday: good morning\nTuesday: hello")
    assert dialogue.looks_like_one("Monday: good morning\nTuesday: hello", ["monday", "Tuesday"])
    assert not dialogue.looks_like_one(text)
    assert dialogue.looks_like_one("Ashley: good morning\nCraig: hello", ["ashley", "craig"])


def test_a_name_with_one_turn_counts_in_a_dialogue() -> None:
    assert read("Ann: Hello.\nBen: Hi.\nThe Guard: Halt!") == [
        ("Ann", "Hello."),
        ("Ben", "Hi."),
        ("The Guard", "Halt!"),
    ]


def test_a_transcript_with_names_and_times_above_the_words_is_read() -> None:
    text = "Ann Lee  0:03\nGood morning.\nShall we?\n\nBob Ray  0:09\nYes.\n\nAnn Lee  0:11\nGood."
    assert dialogue.looks_like_one(text)
    assert read(text) == [
        ("Ann Lee", "Good morning.\nShall we?"),
        ("Bob Ray", "Yes."),
        ("Ann Lee", "Good."),
    ]


# ---- Captions ----


@pytest.mark.parametrize(
    "form",
    ["{}: {}", "[{}] {}", "({}) {}", ">> {}: {}", "- {}: {}", "{} (smiling): {}", "[{}]: {}"],
)
def test_captions_that_name_speakers_in_their_text_give_them(form: str) -> None:
    turns = [
        ("Ann Lee", "Good morning everyone."),
        ("Bob Ray", "Morning, Ann."),
        ("Ann Lee", "Go."),
    ]
    assert dialogue.named([form.format(*turn) for turn in turns]) == turns


@pytest.mark.parametrize(
    "rows",
    [
        ["[music]", "Hello there.", "[door opens]"],
        ["[Music] hello.", "[Music] goodbye."],
        ["(laughs)", "(Laughs) I know.", "(Laughs) I do."],
        ["Note: this is a test.", "It is a long one.", "It goes on."],
        ["Step 1: open it.", "Step 2: close it.", "Step 1: open it again."],
        ["We open at 9:30.", "We close at 5:30."],
    ],
)
def test_sounds_and_labels_of_captions_are_no_speakers(rows: list[str]) -> None:
    assert dialogue.named(rows) == [("", row) for row in rows]


# ---- Nothing is lost ----

NAMES = st.sampled_from(["Ann", "Ben", "Dr. Ames", "Élise", "Иван", "SPEAKER_01", "2B"])
WORDS = (
    st.lists(
        st.sampled_from(["Hello.", "At 10:30!", "http://a.b", "Why: no.", "[laugh]", "so it is"]),
        min_size=1,
        max_size=3,
    )
    .map(" ".join)
    .filter(lambda words: not head_of(words))
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, WORDS), min_size=2, max_size=8), st.sampled_from(FORMS))
def test_turns_in_any_form_are_read_back_with_their_speakers_and_words(
    turns: Turns, form: str
) -> None:
    both = turns + turns  # each name takes several turns
    text = "\n".join(form.format(name, words) for name, words in both)
    assert read(text) == both


LINES = st.sampled_from(
    [
        "Ann: Hello.",
        "Ben (low): Hi.",
        "Note: it is late.",
        "",
        "It rains.",
        "[Ann] Bye.",
        "Step 1: go.",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=10))
def test_no_word_is_lost_or_doubled(lines: list[str]) -> None:
    said = " ".join(line.text for line in dialogue.lines("\n".join(lines)))
    for word in ("Hello.", "Hi.", "late.", "rains.", "Bye.", "go."):
        assert said.split().count(word) == sum(line.split().count(word) for line in lines)


MORE_FORMS = [
    "*{}:* {}",
    "({}): {}",
    "« {} » : {}",
    "‘{}’: {}",
    "> {}: {}",
    "\u200f{}: {}",
    "[00:01 --> 00:02] {}: {}",
    "[00:01 --> 00:02] [{}]: {}",
    "**{}** [00:00:03]: {}",
    "**{}** (softly): {}",
    "[27/11/2026, 10:15:32] {}: {}",
    "27.11.26, 10:15 - {}: {}",
    "[{}] 10:02:13\n{}",
    "[00:00:01] {}\n{}",
    "{} — Today at 12:30 PM\n{}",
    "{}: (00:01)\n{}",
    "**{}:** [00:00:01] {}",
    "**{}**   0:03\n{}\n",
    "[00:00:01.20] - {}\n{}\n",
    '"{}" (1234) 00:00:01\n{}',
    "09:15:02 From  {}  to  Zoe Ray(Direct Message):\n\t{}",
    "00:00:03\n \n{}: {}\n",
    "🎙️ {}: {}",
    "{} 🙂: {}",
    "{} {{smiling}}: {}",
]


@pytest.mark.parametrize("form", MORE_FORMS)
def test_transcripts_of_many_programs_are_read(form: str) -> None:
    text = "\n".join(form.format(name, words) for name, words in ANN_BEN)
    assert dialogue.looks_like_one(text)
    assert read(text) == ANN_BEN


@pytest.mark.parametrize(
    "text",
    [
        "Team A: Ann, Ben.\nTeam B: Cid, Dan.",
        "Reason One: it is old.\nReason Two: it is slow.",
        "步骤1：打开。\n步骤2：关上。",
        "Krok 1: Otwórz.\nKrok 2: Zamknij.",
        "Coffee: 3 dollars.\nTea: 2 dollars.\nCake: 4 dollars.",
        "Paris: 10 degrees.\nRome: 20 degrees.",
        "Myth: it is cold.\nFact: it is warm.",
        "Name: Aspirin\nDose: 1\nName: Ibuprofen\nDose: 2",
        "Departure: 9:30\nArrival: 10:00\nDeparture: 10:30\nArrival: 11:00",
        "Monday\nLunch: soup.\nDinner: fish.\nTuesday\nLunch: pasta.\nDinner: pizza.",
        "Frühstück: Brot.\nAbendessen: Suppe.\nFrühstück: Müsli.\nAbendessen: Reis.",
        "Open C:\\Users and C:\\Temp.\nThanks :)\nThanks :)",
    ],
)
def test_lists_of_any_language_are_no_dialogue(text: str) -> None:
    assert not dialogue.looks_like_one(text)


@pytest.mark.parametrize("pair", [("Question", "Answer"), ("Frage", "Antwort"), ("Q", "A")])
def test_questions_and_answers_in_turn_are_an_interview(pair: tuple[str, str]) -> None:
    text = "\n".join(f"{name}: Is it so?" for name in pair * 2)
    assert dialogue.looks_like_one(text)
    assert dialogue.speakers(dialogue.lines(text)) == list(pair)


def test_nicknames_in_small_letters_are_names_if_they_come_again() -> None:
    assert read("anna: hi\nben: hello\nanna: bye\nben: bye") == [
        ("anna", "hi"),
        ("ben", "hello"),
        ("anna", "bye"),
        ("ben", "bye"),
    ]
    assert read("ANNA: Hi.\nremember: no shoes.") == [("ANNA", "Hi.\nremember: no shoes.")]


def test_a_title_may_stand_above_a_dialogue() -> None:
    text = "The ticket\n\nAnna: Hello.\nBen: Hi.\nAnna: A ticket?\nBen: Here."
    assert dialogue.looks_like_one(text)
    assert read(text)[0] == ("", "The ticket")
    assert not dialogue.looks_like_one("A story.\n\nAnna: Hello.\nBen: Hi.")
