"""Two people change one text at once, and nothing that either of them typed is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.library import Library
from lib.script.merging import merged

BEFORE = "# One\n\nThe first.\n\n# Two\n\nThe second."
TEXTS = st.lists(st.sampled_from(["", "a", "b", "c", "# d"]), max_size=8).map("\n".join)


@pytest.mark.parametrize(
    ("mine", "theirs", "text"),
    [
        (  # they added a chapter before it
            BEFORE.replace("second", "last"),
            f"# New\n\nNew words.\n\n{BEFORE}",
            f"# New\n\nNew words.\n\n{BEFORE}".replace("second", "last"),
        ),
        (  # or behind it
            BEFORE.replace("second", "last"),
            f"{BEFORE}\n\n# New\n\nNew words.",
            f"{BEFORE}\n\n# New\n\nNew words.".replace("second", "last"),
        ),
        (  # or took another away
            BEFORE.replace("second", "last"),
            "# Two\n\nThe second.",
            "# Two\n\nThe last.",
        ),
        (f"{BEFORE}\nMine.", f"{BEFORE}\nTheirs.", f"{BEFORE}\nTheirs.\nMine."),
        (f"{BEFORE}\nBoth.", f"{BEFORE}\nBoth.", f"{BEFORE}\nBoth."),
    ],
)
def test_what_each_of_them_changed_is_there(mine: str, theirs: str, text: str) -> None:
    assert merged(BEFORE, mine, theirs) == (text, False)


@pytest.mark.parametrize(
    ("mine", "theirs", "text"),
    [
        ("The first, mine.", "The first, theirs.", "The first, theirs.\n\nThe first, mine."),
        ("The first, mine.", "", "\nThe first, mine."),
    ],
)
def test_of_one_line_both_versions_are_kept_and_it_is_said(
    mine: str, theirs: str, text: str
) -> None:
    assert merged("The first.", mine, theirs) == (text, True)


@given(TEXTS, TEXTS)
def test_a_change_of_one_of_them_is_the_text(before: str, after: str) -> None:
    assert merged(before, after, before) == (after, False)
    assert merged(before, before, after) == (after, False)
    assert merged(before, after, after) == (after, False)


@given(TEXTS, TEXTS, TEXTS)
def test_no_line_that_either_typed_is_lost(before: str, mine: str, theirs: str) -> None:
    text = merged(before, mine, theirs).text.split("\n")
    new = {*mine.split("\n"), *theirs.split("\n")} - {*before.split("\n"), ""}
    assert new <= set(text)


def test_two_who_write_at_the_same_moment_lose_nothing(library: Library) -> None:
    begin = "\n\n".join(f"Line {number}." for number in range(40))
    script_id = library.scripts.begin("document", title="", text=begin, owner="o", browser="b")

    def write(number: int) -> bool:
        mine = begin.replace(f"Line {number}.", f"Line {number}, changed.")
        return library.scripts.write(script_id, mine, before=begin)

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(write, range(40)))
    script = library.scripts.get(script_id)
    assert script
    assert script.text.count("changed") == 40
