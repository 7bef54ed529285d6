"""Show a date or time the way a section of an Excel format lays it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from lib.intake.excel import day_names
from lib.intake.excel.formats import Section, Token

DAY_S = 86_400
LAST_SERIAL = 2_958_466  # 1 January 10000
MARCH_1900 = 61
FROM_1904_DAYS = 1_462
CALENDARS = frozenset((0, 1, 2, 9, 10, 11, 12))  # those with Gregorian dates, in [$-<x>0407]
GREGORIAN_YEAR_TO_BUDDHIST = 543
SYSTEM_DATE = 0xF800  # as long as the reader's own country writes it
HALVES = ("am/pm", "a/p", "上午/下午")


@dataclass(frozen=True, slots=True)
class Moment:
    """weekday: 0 for Monday. elapsed_s: seconds since the first day, for "[h]:mm"."""

    year: int
    month: int
    day: int
    weekday: int
    second: int
    fraction: str
    elapsed_s: int


def shown(serial: Decimal, section: Section, *, from_1904: bool = False) -> str | None:
    """The text of a moment, given in days; None where Excel shows "#####", as below 0.

    A date of numbers is "24 November 2026" instead: the file does not say whether 3/4 is in March
    or in April, and Excel shows some of them in the order of the reader's own country.
    """
    decimals = max((len(t.text.partition(".")[2]) for t in _dates(section.tokens)), default=0)
    moment = _moment(serial, decimals, FROM_1904_DAYS if from_1904 else 0)
    if moment is None:
        return None
    tokens = _with_minutes(section.tokens)
    if _is_in_numbers(tokens) or section.tag >> 16 & 0xFF not in CALENDARS:
        return _in_words(moment, tokens, section.tag)
    if section.tag & 0xFFFF == SYSTEM_DATE:
        tokens = [Token("date", "d") if token.text == "dd" else token for token in tokens]
    return _text(moment, tokens, section.tag)


def _moment(serial: Decimal, decimals: int, first_day: int) -> Moment | None:
    if not 0 <= serial < LAST_SERIAL:
        return None
    # Excel shows whole seconds rounded, and whole minutes and hours cut.
    seconds = (serial * DAY_S).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, fraction = divmod(seconds, 1)
    days, second = divmod(int(whole), DAY_S)
    days += first_day
    if days >= LAST_SERIAL:
        return None
    # Excel counts 29 February 1900, which never was, as day 60, and the day before 1900 as 0.
    if days == MARCH_1900 - 1:
        year, month, day = 1900, 2, 29
    elif days == 0:
        year, month, day = 1900, 1, 0
    else:
        real = date(1899, 12, 30 if days >= MARCH_1900 else 31) + timedelta(days)
        year, month, day = real.year, real.month, real.day
    return Moment(
        year, month, day, (days - 2) % 7, second, f"{fraction:f}".partition(".")[2], int(whole)
    )


def _dates(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.kind == "date"]


def _with_minutes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens in lower case, where "n" is for minutes: "m" after hours or before seconds."""
    found = [t._replace(text=t.text.lower()) if t.kind == "date" else t for t in tokens]
    places = [place for place, token in enumerate(found) if token.kind == "date"]
    units = [found[place].text.strip("[]")[0] for place in places]
    clocks = [n for n, unit in enumerate(units) if found[places[n]].text not in HALVES]
    for turn, nth in enumerate(clocks):
        text = found[places[nth]].text
        before = units[clocks[turn - 1]] if turn else ""
        after = units[clocks[turn + 1]] if turn + 1 < len(clocks) else ""
        if text in ("m", "mm") and (before == "h" or after == "s"):
            found[places[nth]] = Token("date", text.replace("m", "n"))
    return found


def _is_in_numbers(tokens: Sequence[Token]) -> bool:
    """Whether a date has its month as a number, beside a day or a year."""
    texts = {token.text for token in _dates(tokens)}
    return not texts.isdisjoint(("m", "mm")) and any(
        text in ("d", "dd") or text[0] in "yeb" for text in texts
    )


def _text(moment: Moment, tokens: Sequence[Token], tag: int) -> str:
    halved = any(token.text in HALVES for token in _dates(tokens))
    with_day = any(token.text in ("d", "dd") for token in _dates(tokens))
    return "".join(
        _part(token.text, moment, halved, day_names.names(tag, with_day))
        if token.kind == "date"
        else token.text
        for token in tokens
    )


def _part(code: str, moment: Moment, halved: bool, names: day_names.Names) -> str:
    """What one code of a date, such as "mmm", shows of a moment."""
    minutes = moment.second // 60
    hour = minutes // 60
    seconds = f".{moment.fraction}" if "." in code else ""
    match code.partition("."):
        case ("am/pm" | "a/p" | "上午/下午", _, _):
            morning, evening = code.upper().split("/")
            return evening if hour >= 12 else morning
        case ("y" | "yy" | "bb", _, _):
            return f"{_year(code, moment) % 100:02}"
        case (years, _, _) if years[0] in "yeb":
            return f"{_year(code, moment):04}"
        case ("mmm", _, _):
            return names.months_short[moment.month - 1]
        case ("mmmmm", _, _):
            return names.months[moment.month - 1][0]
        case (months, _, _) if months[0] == "m":
            long = names.months[moment.month - 1]
            return long if len(months) > 2 else f"{moment.month:0{len(months)}}"
        case ("ddd" | "aaa", _, _):
            return names.days_short[moment.weekday]
        case (days, _, _) if days[0] in "da":
            return names.days[moment.weekday] if len(days) > 2 else f"{moment.day:0{len(days)}}"
        case (hours, _, _) if hours[0] == "h":
            return f"{(hour + 11) % 12 + 1 if halved else hour:0{min(len(hours), 2)}}"
        case (clock, _, _) if clock[0] == "n":
            return f"{minutes % 60:0{len(clock)}}"
        case (clock, _, _) if clock[0] == "s":
            return f"{moment.second % 60:0{min(len(clock), 2)}}{seconds}"
        case (elapsed, _, _) if elapsed[0] == "[":
            unit = {"h": 3_600, "m": 60, "s": 1}[elapsed[1]]
            return f"{moment.elapsed_s // unit:0{len(elapsed) - 2}}{seconds}"
    return ""  # the name of an era, which only Japanese and Taiwanese dates have


def _year(code: str, moment: Moment) -> int:
    return moment.year + (GREGORIAN_YEAR_TO_BUDDHIST if code[0] == "b" else 0)


def _in_words(moment: Moment, tokens: Sequence[Token], tag: int) -> str:
    """The text with "24 November 2026" or "24 November 2026, 09:05" where the format has numbers.

    A time is shown without seconds of 0, and midnight is not: programs write both after a date.
    """
    places = [place for place, token in enumerate(tokens) if token.kind == "date"]
    days = [p for p in places if tokens[p].text[0] in "ymdebg"]
    clocks = [p for p in places if p not in days and tokens[p].text[0] != "a"]
    clocks += [p for p in places if tokens[p].text in HALVES and p not in clocks]
    clocks = [] if not clocks or (moment.second == 0 and moment.elapsed_s) else sorted(clocks)
    pieces = []
    if days and moment.elapsed_s >= DAY_S:
        pieces.append(_day(moment, [tokens[p].text for p in days], tag))
    if clocks or not pieces:
        pieces.append(_clock(moment, [tokens[p] for p in clocks or places]))
    before = "".join(token.text for token in tokens[: places[0]])
    after = "".join(token.text for token in tokens[places[-1] + 1 :])
    return f"{before}{', '.join(pieces)}{after}"


def _day(moment: Moment, codes: Sequence[str], tag: int) -> str:
    shown_codes = [
        *(["d"] if any(code in ("d", "dd") for code in codes) else []),
        *(["mmmm"] if any(code[0] == "m" for code in codes) else []),
        *(["yyyy"] if any(code[0] in "yeb" for code in codes) else []),
    ]
    names = day_names.names(tag, "d" in shown_codes)
    text = " ".join(_part(code, moment, False, names) for code in shown_codes)
    weekdays = [_part(code, moment, False, names) for code in codes if code in ("ddd", "dddd")]
    return ", ".join([*weekdays, text])


def _clock(moment: Moment, tokens: Sequence[Token]) -> str:
    texts = [token.text for token in tokens]
    hour, minute, second = moment.second // 3600, moment.second // 60 % 60, moment.second % 60
    with_second = f":{second:02}" if second and any(text[0] == "s" for text in texts) else ""
    if any(text in HALVES for text in texts):
        half = "PM" if hour >= 12 else "AM"
        return f"{(hour + 11) % 12 + 1}:{minute:02}{with_second} {half}"
    return f"{hour:02}:{minute:02}{with_second}"
