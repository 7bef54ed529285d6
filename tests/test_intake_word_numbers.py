"""The numbers of Word's lists, which stand in no text: said where words refer to them."""

import pytest

from lib import intake
from tests.test_intake_word import field, line, read

NOT_SAID = "The numbers of 1 list were left out, for the text does not refer to them."


def levels(*shown: tuple[str, str], more: str = "") -> str:
    """The definition of a list: (format, text) of its levels."""
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(shown)
    )
    return f'<w:abstractNum w:abstractNumId="1">{inside}</w:abstractNum>'


def lists(count: int = 1, override: str = "") -> str:
    return "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{override if number > 1 else ""}'
        "</w:num>"
        for number in range(1, count + 1)
    )


def item(text: str, level: int = 0, number: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return line(text, properties=properties)


STEPS = item("Open."), item("Turn."), item("Close.")


@pytest.mark.parametrize(
    ("form", "shown", "reference", "expected"),
    [
        ("decimal", "%1.", "see step 3", "1. Open.\n2. Turn.\n3. Close."),
        ("decimal", "%1)", "repeat steps 2 and 3", "1) Open.\n2) Turn.\n3) Close."),
        ("decimal", "(%1)", "siehe Schritt 2", "(1) Open.\n(2) Turn.\n(3) Close."),
        ("lowerLetter", "%1)", "as in point b", "a) Open.\nb) Turn.\nc) Close."),
        ("upperRoman", "%1.", "voir étape III", "I. Open.\nII. Turn.\nIII. Close."),
        ("decimalZero", "%1", "see item 02", "01 Open.\n02 Turn.\n03 Close."),
        ("ordinal", "%1", "see rule 1st", "1st Open.\n2nd Turn.\n3rd Close."),
        ("decimal", "%1.", "Go to step no. 2", "1. Open.\n2. Turn.\n3. Close."),
        ("decimal", "(%1)", "under clause (2)", "(1) Open.\n(2) Turn.\n(3) Close."),
        ("decimal", "%1.", "See 3", "1. Open.\n2. Turn.\n3. Close."),
    ],
)
def test_numbers_that_words_refer_to_are_read(
    form: str, shown: str, reference: str, expected: str
) -> None:
    brought = read(*STEPS, line(reference), numbering=levels((form, shown)) + lists())
    assert brought == intake.Words(f"{expected}\n\n{reference}")


def test_numbers_that_nothing_refers_to_are_left_out_and_said() -> None:
    numbering = levels(("decimal", "%1.")) + lists()
    brought = read(*STEPS, line("Take 3 steps; see step 12."), numbering=numbering)
    assert brought.text == "Open.\nTurn.\nClose.\n\nTake 3 steps; see step 12."
    assert brought.notes == (NOT_SAID,)


def test_bullets_have_no_number_to_be_said() -> None:
    numbering = levels(("bullet", "\uf0b7")) + lists()
    assert read(*STEPS, line("See step 3."), numbering=numbering).notes == ()


def test_a_number_with_words_is_always_read() -> None:
    numbering = levels(("decimal", "Step %1:")) + lists()
    assert read(*STEPS, numbering=numbering) == intake.Words(
        "Step 1: Open.\nStep 2: Turn.\nStep 3: Close."
    )


def test_a_cross_reference_to_a_number_makes_all_numbers_read() -> None:
    numbering = levels(("decimal", "%1.")) + lists()
    brought = read(
        *STEPS, line("Like ", field(" REF _Ref1 \\r \\h ", "2"), "."), numbering=numbering
    )
    assert brought == intake.Words("1. Open.\n2. Turn.\n3. Close.\n\nLike 2.")


def test_numbers_of_levels_start_anew_below_each_number_above() -> None:
    numbering = levels(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")) + lists()
    brought = read(
        item("A"), item("B", 1), item("C", 1), item("D"), item("E", 1), item("F", 2),
        line("See section 1.2."), numbering=numbering,
    )  # fmt: skip
    assert brought.text.splitlines()[:6] == ["1. A", "1.1 B", "1.2 C", "2. D", "2.1 E", "(a) F"]


def test_a_list_goes_on_in_another_of_its_kind_unless_it_starts_anew() -> None:
    parts = item("A"), item("B"), line("Between; see step 2."), item("C", number=2)
    goes_on = read(*parts, numbering=levels(("decimal", "%1.")) + lists(2))
    assert goes_on.text.endswith("3. C")
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    anew = read(*parts, numbering=levels(("decimal", "%1.")) + lists(2, override))
    assert anew.text.endswith("1. C")


def test_a_heading_has_its_number_from_its_style() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="heading 2"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = levels(("decimal", "%1."), more='<w:pStyle w:val="Clause"/>') + lists()
    heading = line("Scope", properties='<w:pStyle w:val="Clause"/>')
    brought = read(heading, line("See clause 1."), styles=style, numbering=numbering)
    assert brought.text == "## 1. Scope\n\nSee clause 1."


def test_a_list_whose_definition_is_missing_or_circular_breaks_nothing() -> None:
    circular = (
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="a"/><w:numStyleLink w:val="a"/>'
        "</w:abstractNum>"
    )
    for numbering in (lists(), circular + lists(), '<w:num w:numId="1"/>'):
        assert read(*STEPS, numbering=numbering).text == "Open.\nTurn.\nClose."
