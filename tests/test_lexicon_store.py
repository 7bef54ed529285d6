"""The lexicon in the library: shared, without duplicates, and no click loses an entry."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from lib import lexicon
from lib.errors import InvalidRequestError
from lib.lexicon import Entry
from lib.library import Library
from lib.settings import Settings

NATO = Entry("NATO", "nay toe", "asked by Tim", match_case=True, whole_word=False)
SQL = Entry("SQL", "sequel")


def listed(library: Library) -> list[Entry]:
    return [word.entry for word in library.lexicon.words()]


def test_a_word_is_there_for_all_with_everything_said_about_it(
    library: Library, settings: Settings
) -> None:
    library.lexicon.add(NATO)

    other = Library(settings)
    assert listed(other) == [NATO]
    assert other.lexicon.entries() == {NATO}
    assert lexicon.apply("a NATOite", other.lexicon.entries()).text == "a nay toeite"
    other.close()


def test_words_are_listed_as_people_look_for_them(library: Library) -> None:
    for word in ("zebra", "Éire", "eon", "Apple", "東京", ".NET", "egg"):
        library.lexicon.add(Entry(word, "x"))
    words = [entry.word for entry in listed(library)]
    assert words == [".NET", "Apple", "egg", "Éire", "eon", "zebra", "東京"]


def test_a_word_goes_in_checked(library: Library) -> None:
    library.lexicon.add(Entry(" Maite\u0302 ", "may "))
    assert listed(library) == [Entry("Maitê", "may")]
    with pytest.raises(InvalidRequestError, match="no word yet"):
        library.lexicon.add(Entry(" ", "x"))
    with pytest.raises(InvalidRequestError, match="in the lexicon already"):
        library.lexicon.add(Entry("MAITÊ", "x"))
    assert listed(library) == [Entry("Maitê", "may")]


def test_a_word_can_be_changed_but_not_into_another_one(library: Library) -> None:
    nato, sql = library.lexicon.add(NATO), library.lexicon.add(SQL)

    library.lexicon.change(sql, Entry("sql", "S Q L"))
    with pytest.raises(InvalidRequestError, match="in the lexicon already"):
        library.lexicon.change(nato, Entry("Sql", "x"))

    assert listed(library) == [NATO, Entry("sql", "S Q L")]
    assert library.lexicon.words()[1].changed_at_s >= library.lexicon.words()[0].changed_at_s


def test_a_word_that_somebody_deleted_cannot_be_changed(library: Library) -> None:
    word_id = library.lexicon.add(NATO)
    library.lexicon.delete(word_id)
    with pytest.raises(InvalidRequestError, match="no longer in the lexicon"):
        library.lexicon.change(word_id, SQL)
    assert listed(library) == []


def test_a_deleted_word_is_used_no_more_and_comes_back_with_undo(library: Library) -> None:
    word_id = library.lexicon.add(NATO)
    library.lexicon.add(SQL)

    library.lexicon.delete(word_id)
    assert listed(library) == [SQL]

    library.lexicon.restore(word_id)
    assert listed(library) == [NATO, SQL]
    library.lexicon.restore(word_id)
    assert listed(library) == [NATO, SQL]


def test_undo_makes_no_double_of_a_word_added_meanwhile(library: Library) -> None:
    word_id = library.lexicon.add(SQL)
    library.lexicon.delete(word_id)
    library.lexicon.add(Entry("sql", "S Q L"))

    with pytest.raises(InvalidRequestError, match="in the lexicon already"):
        library.lexicon.restore(word_id)

    assert listed(library) == [Entry("sql", "S Q L")]


def test_a_file_adds_new_words_and_changes_those_that_are_there(library: Library) -> None:
    nato = library.lexicon.add(NATO)
    library.lexicon.add(SQL)
    changed = Entry("sql", "S Q L")

    counts = library.lexicon.add_all([NATO, changed, Entry("NATO", "x"), Entry("new", "n")])

    assert counts == (2, 1, 1)
    assert (counts.new, counts.changed, counts.same) == (2, 1, 1)
    assert set(listed(library)) == {NATO, changed, Entry("NATO", "x"), Entry("new", "n")}
    assert nato in {word.id for word in library.lexicon.words()}


def test_a_file_with_a_word_that_cannot_be_kept_changes_nothing(library: Library) -> None:
    library.lexicon.add(NATO)
    with pytest.raises(InvalidRequestError):
        library.lexicon.add_all([SQL, Entry("", "x")])
    assert listed(library) == [NATO]


def test_a_deleted_word_that_a_file_brings_again_is_a_new_one(library: Library) -> None:
    library.lexicon.delete(library.lexicon.add(NATO))
    assert library.lexicon.add_all([NATO]) == (1, 0, 0)
    assert listed(library) == [NATO]


def test_of_many_people_adding_one_word_at_once_one_does(
    library: Library, settings: Settings
) -> None:
    other = Library(settings)

    def add(number: int) -> bool:
        try:
            (library, other)[number % 2].lexicon.add(SQL)
        except InvalidRequestError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(16))) == 1
    other.close()
    assert listed(library) == [SQL]
