"""Every value of a class is read back: what is offered has the value that was written, or nothing.

The words are read by a small parser of their own, not by the code that made them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import checkup
from lib.checkup import amounts
from lib.checkup.spelling import cardinal, ordinal

SMALL_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen"""
TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: number for number, word in enumerate(SMALL_WORDS.split())}
TENS = {word: 10 * number for number, word in enumerate(TENS_WORDS.split(), start=2)}
LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}


def number_of(words: str) -> Decimal:
    """The number that English words say: "one hundred twenty-one point oh five"."""
    sign = -1 if words.startswith("minus ") else 1
    whole, _, decimals = words.removeprefix("minus ").removeprefix("plus ").partition(" point ")
    total = part = 0
    for word in whole.replace("-", " ").split():
        if word in LARGE:
            total, part = total + part * LARGE[word], 0
        elif word == "hundred":
            part *= 100
        else:
            part += (SMALL | TENS)[word]
    tail = "".join(str(SMALL[word]) for word in decimals.split())
    return sign * Decimal(f"{total + part}.{tail or 0}")


def clock_of(words: str) -> tuple[int, int]:
    """Hour and minute of "nine oh five P M", "fourteen hundred", "nine o'clock"."""
    half = words[-3:] if words.endswith(("A M", "P M")) else ""
    said = words.removesuffix(half).split()
    if len(said) == 1 or said[1] in ("o'clock", "hundred"):
        return int(number_of(said[0])), 0
    return int(number_of(said[0])), int(number_of(said[-1]))


def mend(text: str, said: str) -> str | None:
    """What is offered for exactly these characters; None if nothing is, wherever it is found."""
    found = [each for each in checkup.find(text, language="en") if each.mend is not None]
    for each in found:
        assert each.said == said, f"{each.said!r} in {text!r} is only a part of {said!r}"
    return found[0].mend if found else None


CLOCKS = [(hour, minute) for hour in range(24) for minute in range(60)]


@pytest.mark.parametrize("form", ["{}:{:02}", "{:02}:{:02}"])
def test_every_time_with_a_colon_is_said_as_it_is(form: str) -> None:
    for hour, minute in CLOCKS:
        said = form.format(hour, minute)
        words = mend(f"We open at {said} for you.", said)
        assert (words is None) == (hour == 0)
        assert words is None or clock_of(words) == (hour, minute)


@pytest.mark.parametrize("half", ["am", "pm", "AM", "a.m.", " p.m.", " PM"])
@pytest.mark.parametrize("mark", [":", "."])
def test_every_time_with_its_half_of_the_day_is_said_as_it_is(half: str, mark: str) -> None:
    for hour, minute in CLOCKS:
        said = f"{hour}{mark}{minute:02}{half}"
        words = mend(f"We open at {said} for you.", said)
        assert (words is None) == (not 1 <= hour <= 12)
        if words:
            assert clock_of(words) == (hour, minute)
            assert words[-3:] == f"{half.strip()[0].upper()} M"


@pytest.mark.parametrize("dash", ["-", "–", " - ", " – ", "—"])
def test_every_range_of_times_is_said_whole(dash: str) -> None:
    for first in range(1, 24):
        for last in range(1, 24):
            said = f"{first}:45{dash}{last}:30"
            words = mend(f"We are open {said} for you.", said)
            assert words is not None
            low, high = words.split(" to ")
            assert (clock_of(low), clock_of(high)) == ((first, 45), (last, 30))


@pytest.mark.parametrize(
    "form", ["{}.{:02}", "{}h{:02}", "{}:{:02} Uhr", "{}.{:02} Uhr", "{} h {:02}", "{:02}.{:02}"]
)
def test_a_time_in_another_way_of_writing_is_never_given_other_words(form: str) -> None:
    for hour, minute in CLOCKS:
        said = form.format(hour, minute)
        words = mend(f"We open at {said} for you.", said)
        # "0.05" and "9.5" are no times.
        assert words is None or said.startswith("0.")


@pytest.mark.parametrize(
    "text",
    [
        "Mix it {} with water.",
        "The scale of the map is {} here.",
        "They won {} in the end.",
        "In John {} it is written.",
        "The song is {} long.",
        "She ran it in {} last year.",
        "The odds are at {} now.",
        "It was {} for us.",
        "At {} minutes it is done.",
        "Dilute it at {} in a bottle.",
        "The film lasts from {} on.",
        "Between {} and half of it is the right dilution.",
        "Start at {} as the ratio.",
    ],
)
def test_a_ratio_a_score_a_verse_and_a_length_are_no_times(text: str) -> None:
    for hour, minute in CLOCKS[::7]:
        said = f"{hour}:{minute:02}"
        assert mend(text.format(said), said) is None


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u202f"])
def test_every_percentage_is_said_as_it_is(blank: str) -> None:
    for figure in [
        *map(str, range(1001)),
        *(f"{n / 10:.1f}" for n in range(1000)),
        "1,250",
        "0.125",
    ]:
        said = f"{figure}{blank}%"
        words = mend(f"It grew by {said} in all.", said)
        assert words is not None
        assert words.endswith(" percent")
        assert number_of(words.removesuffix(" percent")) == Decimal(figure.replace(",", ""))


UNITS = {
    "km": "kilometers",
    "kg": "kilograms",
    "°C": "degrees Celsius",
    "GB": "gigabytes",
    "m²": "square meters",
    "lbs": "pounds",
    "mph": "miles per hour",
    "%": "percent",
}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("between", ["-", "–", " – ", " to "])
def test_every_range_of_measures_is_said_whole(unit: str, between: str) -> None:
    for low in range(0, 40, 3):
        for high in range(0, 130, 7):
            for said in (f"{low}{between}{high} {unit}", f"{low}{unit}{between}{high}{unit}"):
                words = mend(f"It takes {said} at most.", said)
                if words is None:
                    assert low >= high
                    assert between != " to "
                    continue
                first, last = words.removesuffix(f" {UNITS[unit]}").split(" to ")
                assert words.endswith(UNITS[unit])
                assert (number_of(first), number_of(last)) == (low, high)


@pytest.mark.parametrize(
    ("sign", "one", "several"),
    [("$", "dollar", "dollars"), ("€", "euro", "euros"), ("£", "pound", "pounds")],
)
def test_every_sum_is_said_as_it_is(sign: str, one: str, several: str) -> None:
    for whole in [*range(121), 999, 1000, 2026, 15000, 999999]:
        for cents in (None, 0, 1, 5, 10, 50, 99):
            said = f"{sign}{whole}" + ("" if cents is None else f".{cents:02}")
            words = mend(f"It costs {said} at most.", said)
            assert words is not None
            value = Decimal(0)
            for part in words.split(" and "):
                number, name = part.rsplit(" ", 1)
                in_cents = name not in (one, several)
                value += number_of(number) / (100 if in_cents else 1)
            assert value == Decimal(said.removeprefix(sign))


@pytest.mark.parametrize("sign", ["$", "€", "£", "US$"])
@pytest.mark.parametrize("between", ["-", "–", " – ", " to "])
def test_every_range_of_sums_is_said_whole(sign: str, between: str) -> None:
    for low in (*range(0, 30, 3), 1500):
        for high in (*range(0, 130, 7), 2500):
            for said in (f"{sign}{low}{between}{high}", f"{sign}{low}{between}{sign}{high}"):
                words = mend(f"It costs {said} at most.", said)
                if words is None:
                    assert low >= high
                    assert between != " to "
                    continue
                name = "U S dollars" if sign == "US$" else amounts.CURRENCIES[sign][1]
                first, last = words.removesuffix(f" {name}").split(" to ")
                assert (number_of(first), number_of(last)) == (low, high)


@pytest.mark.parametrize("unit", amounts.UNITS)
@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u202f"])
def test_every_unit_is_said_in_its_number(unit: str, blank: str) -> None:
    one, several = amounts.UNITS[unit]
    for figure in ("0", "1", "2", "17", "1.5", "-3", "1,250"):
        said = f"{figure}{blank}{unit}"
        words = mend(f"It takes {said} at most.", said)
        assert words is not None
        name = one if figure == "1" else several
        assert words.endswith(f" {name}")
        assert number_of(words.removesuffix(f" {name}")) == Decimal(figure.replace(",", ""))


FORMS = ["€{}", "$ {}", "EUR {}", "{} €", "{}€", "{} EUR", "{} km", "{} %", "{}%", "{} °C"]
FORMS += ["{} kg", "{}", "€{} million", "€{}/month", "€5-{}", "1 to {} km", "{} of us"]


@pytest.mark.parametrize(
    "figure",
    ["1.500", "2.500", "100.000", "1.500,00", "1,50", "12,5", "1.500.000", "1 500", "1'500", "007"],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_number_that_countries_read_differently_is_never_read(figure: str, form: str) -> None:
    found = checkup.find(f"It is {form.format(figure)} in all.", language="en")

    assert [each.mend for each in found] == [None] * len(found)


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 10**6))
def test_every_integer_to_a_million_is_spelled(number: int) -> None:
    assert number_of(cardinal(str(number))) == number
    assert number_of(cardinal(f"{number:,}")) == number
    said = f"{number:,}"
    words = mend(f"There are {said} of us.", said)
    assert words is None if number < 1000 else words is not None and number_of(words) == number


def test_every_ordinal_is_said_as_it_is() -> None:
    for number in range(1, 1000):
        teen = number % 100 in (11, 12, 13)
        right = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        for suffix in ("st", "nd", "rd", "th"):
            words = mend(f"It is the {number}{suffix} of them.", f"{number}{suffix}")
            assert words == (ordinal(number) if suffix == right else None)
        *head, last = re.split(r"(?<=[ -])", ordinal(number))
        stem = last.removesuffix("th")
        stem = stem.removesuffix("ie") + "y" if stem.endswith("ie") else stem
        value = ORDINALS.get(last) or (SMALL | TENS | {"hundred": 100}).get(stem)
        assert value is not None
        rest = "".join(head).strip(" -")
        if last == "hundredth":
            assert number_of(f"{rest} hundred") == number
        else:
            assert (number_of(rest) if rest else 0) + value == number


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 9999), st.text("0123456789", min_size=1, max_size=6))
def test_a_decimal_is_read_only_where_it_is_nothing_else(whole: int, decimals: str) -> None:
    said = f"{whole}.{decimals}"
    for text in (f"It is {said} in all.", f"See section {said} there.", f"We open at {said} now."):
        words = mend(text, said)
        if words is not None:
            assert number_of(words) == Decimal(said)
            assert len(decimals) != 2 or whole == 0
            assert len(decimals) != 3 or whole == 0 or whole > 999


FRACTIONS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5",
    "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
    "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip
NAMES = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7,
         "eighth": 8, "ninth": 9, "tenth": 10}  # fmt: skip


@pytest.mark.parametrize("sign", FRACTIONS)
@pytest.mark.parametrize("blank", ["", " ", "\u00a0"])
def test_every_fraction_is_said_as_it_is(sign: str, blank: str) -> None:
    for whole in ["", *map(str, range(1, 100))]:
        said = f"{whole}{blank}{sign}" if whole else sign
        words = mend(f"Please add {said} cups of it.", said)
        assert words is not None
        *head, part = words.split(" and ")
        number, name = part.split()
        parts = {"a": 1, "an": 1}.get(number) or int(number_of(number))
        value = Fraction(parts, NAMES.get(name) or NAMES[name.removesuffix("s")])
        assert value + (int(number_of(head[0])) if head else 0) == int(whole or 0) + Fraction(
            FRACTIONS[sign]
        )


def test_signs_of_fractions_and_powers_are_no_foreign_letters() -> None:
    for text, offered in [
        ("Add ½ cup.", "one half"),
        ("A 5 m² room.", "five square meter"),
        ("It holds 3 m³ of it.", "three cubic meters"),
        ("Use ¾ of the dough.", "three quarters"),
        ("Drive 5 km² around.", "five square kilometers"),
    ]:
        assert [each.mend for each in checkup.find(text)] == [offered]


def test_every_date_is_said_as_it_is() -> None:
    months = "January February March April May June July August September October November December"
    for month, name in enumerate(months.split(), start=1):
        for day in range(1, 32):
            iso = f"2024-{month:02}-{day:02}"
            words = mend(f"Come on {iso} at noon.", iso)
            assert words in (None, f"{day} {name} 2024")
            for mark in "/.-":
                said = f"{day}{mark}{month}{mark}2024"
                words = mend(f"Come on {said} at noon.", said)
                if day <= 12 and day != month:
                    assert words is None
                else:
                    assert words in (None, f"{day} {name} 2024")


DIGITS = {number: word for word, number in SMALL.items() if number < 10}


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 999),
    st.lists(st.text("0123456789", min_size=2, max_size=4), min_size=2, max_size=4),
    st.booleans(),
)
def test_a_telephone_number_is_said_digit_by_digit(
    country: int, groups: list[str], trunk: bool
) -> None:
    dialled = " ".join(groups)
    said = f"+{country} (0){dialled}" if trunk else f"+{country} {dialled}"
    words = mend(f"Call {said}, please.", said)
    if words is not None:
        digits = "".join(str(SMALL[word]) for word in words.replace(",", "").split()[1:])
        assert digits == f"{country}{''.join(groups)}"
        assert words.startswith("plus ")


def test_a_bracketed_zero_is_dialled_and_not_said() -> None:
    assert mend("Call +44 (0)20 7946 0958 now.", "+44 (0)20 7946 0958") == (
        "plus four four, two zero, seven nine four six, zero nine five eight"
    )
    assert mend("Call +49 (0) 30 1234567 now.", "+49 (0) 30 1234567") == (
        "plus four nine, three zero, one two three four five six seven"
    )
    assert mend("Call +44 (020) 7946 0958 now.", "+44 (020) 7946 0958") is None
    assert mend("It is +20 000 000 euros more.", "+20 000 000") is None


def _addresses() -> Iterator[tuple[str, str]]:
    for road, word in {"St": "Street", "Ave": "Avenue", "Rd": "Road", "Blvd": "Boulevard"}.items():
        for point in ("N", "S", "E", "W", "NE", "NW", "SE", "SW"):
            yield f"Send it to 5 Main {road}. {point}, please.", f"5 Main {word}"
        yield f"We are at 221 Baker {road}. near you.", f"221 Baker {word}"
        yield f"We are at 221 Baker {road}. Come in.", f"221 Baker {word}."


@pytest.mark.parametrize(("text", "words"), list(_addresses()))
def test_an_address_is_said_in_one_breath(text: str, words: str) -> None:
    assert checkup.find(text, language="en")[0].mend == words


@pytest.mark.parametrize(
    "text",
    [
        "We are at 221 Baker St. London is near.",
        "The 5 Best Dr. Smith books are here.",
        "See 12 Ocean Dr. Miami for it.",
    ],
)
def test_an_address_that_may_go_on_gets_no_stop(text: str) -> None:
    assert checkup.find(text, language="en")[0].mend is None


@pytest.mark.parametrize(
    "text",
    [
        "See {} of it.",
        "Section {} says so.",
        "Version {} is out.",
        "Rule {} is clear.",
        "In {} now.",
    ],
)
def test_a_number_with_several_points_is_never_read(text: str) -> None:
    for said in ("1.2.3", "3.10.2", "10.0.0.1", "2.0.1", "1.10.100"):
        assert mend(text.format(said), said) is None


@pytest.mark.parametrize("low", range(13))
def test_a_range_is_read_only_beside_what_is_counted(low: int) -> None:
    for high in range(1, 32):
        for dash in "-–":
            said = f"{low}{dash}{high}"
            words = mend(f"Please wait {said} days for it.", said)
            if words is not None:
                first, last = words.split(" to ")
                assert (number_of(first), number_of(last)) == (low, high)
            for text in (
                "We won {} there.",
                "It ended {} there.",
                "See law {} there.",
                "On {} then.",
            ):
                assert mend(text.format(said), said) is None
