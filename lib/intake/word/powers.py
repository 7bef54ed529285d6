"""Tell what raised or lowered letters mean by what stands before and behind them."""

import re

PLAIN = "0123456789+-−=()abcdefghijklmnoprstuvwxyz"
RAISED = dict(zip(PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
LOWERED = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
SEEN_CHARS = 80  # before and behind
POWERED = re.compile(
    "[ckmdµμnp]?m|in|ft|yd|mi|m?s|sec|min|hr?|k?g|mg|t|m?l|m?L|mol|K|k?W|k?J|k?N|k?Pa|Hz|px|cd|l[xm]"
    "|rad|sr|bar|ha|mc|sin|cos|tan|cot|sinh|cosh|tanh|log|ln"
)
ORDINALS = re.compile(
    "st|n?ds?|rd|th|[èe]?r?e|ers?|i?[èe]me|nde|es|[ao]s?|r|º|ª|te|de", re.IGNORECASE
)
ABBREVIATING = frozenset("aeorst")  # as in nᵒ, Dʳ and Mᵉ
STROKES = ("/", "⁄")
STAYING = frozenset(("®", "©", "™", "℠", "(R)", "°", "º", "ª", "′", "″", "'", "’"))
MARKS = {"TM": "™", "SM": "℠"}
DEGREE = re.compile(r"[ \u00a0]?[CFcf](?![^\W\d_])")
YEAR = re.compile(r"(?:^|[^\w.,])(?:1[89]|20)[0-9]{2}$")
PRICE = re.compile(r"[$€£][ \u00a0]?[0-9][0-9,]{0,9}$")
PRICED = re.compile(r"[ \u00a0]?[€$£¢]")
TIME = re.compile(r"(?:^|[^\w.,])(?:1?[0-9]|2[0-4])$")
TIMED = re.compile(r"[ \u00a0]?(?:Uhr|[ap]\.?m\b|h\b)", re.IGNORECASE)
FRACTION = re.compile(r"[0-9]{1,3}[/⁄][0-9]{1,3}")
LAST_WORD = re.compile(r"[^\W\d_]{1,40}$")
IN_BRACKETS = re.compile(r"[([][^()\[\]]{0,60}[)\]]$")
LONG_WORD = re.compile(r"[^\W\d_]{3}")
GREEK = re.compile(r"[α-ωΑ-Ω]")
NUMBERS = re.compile(r"[0-9]{1,3}(?:[,;–-][ ]?[0-9]{1,3}){0,5}")
NOTE_SIGNS = re.compile(r"[*†‡§¶#]{1,5}|[\[(][0-9a-z*,;– -]{1,10}[\])]|[a-d](?:,[ ]?[a-d]){1,3}")


def raised(core: str, before: str, behind: str) -> str:
    """What to say for raised letters; "" for the mark of a note.

    core: the letters without blanks around them; before, behind: what is beside them in the line.
    """
    last = before[-1:]
    if core in MARKS or core in STAYING:
        return MARKS.get(core, core)
    if " " in core and not (_is_number(core) or _is_note_sign(core)):
        return core
    if last.isdigit():
        return _after_digit(core, before, behind)
    if _is_note_sign(core):
        return "" if last.strip() else core
    if not last.strip():
        # Before a letter it is an isotope, such as ¹⁴C; else it is the number of a note itself.
        return _signs(core) if core.isdecimal() and behind[:1].isalpha() else core
    if last.isalpha():
        return _after_letter(core, before)
    if _is_number(core) and not _ends_sum(before):
        return ""
    return core if core.isalpha() else _signs(core)


def lowered(core: str, before: str) -> str:
    """What to say for lowered letters: H₂O and xᵢ, but Vmax."""
    is_fraction = before.endswith(STROKES)
    if (
        is_fraction
        or (core.isalpha() and len(core) > 1)
        or any(each not in LOWERED for each in core)
    ):
        return core
    return "".join(map(LOWERED.__getitem__, core))


def _after_digit(core: str, before: str, behind: str) -> str:
    if ORDINALS.fullmatch(core) and not (core in "oO" and DEGREE.match(behind)):
        return core
    if core in "oO0" and DEGREE.match(behind):
        return "°"
    # A fraction by hand: a raised number, a stroke alone, a lowered number. 10⁹/L is none.
    if FRACTION.fullmatch(core) or (core.isdecimal() and behind in STROKES):
        return f" {core}"
    if core.isdecimal() and len(core) == 2:
        if PRICE.search(before) or PRICED.match(behind):
            return f".{core}"
        if TIME.search(before) and core < "60" and TIMED.match(behind):
            return f":{core}"
    is_no_base = YEAR.search(before) or PRICE.search(before)
    if _is_note_sign(core) or (_is_number(core) and is_no_base):
        return ""
    return _signs(core)


def _after_letter(core: str, before: str) -> str:
    is_base = _is_base(before)
    if core.isalpha():
        if len(core) > 1 and LONG_WORD.search(before[-3:]):
            # A title behind a name, for example; abbreviations such as Mᵐᵉ begin with less.
            return f" {core}"
        if len(core) > 1 or core.lower() in ABBREVIATING - {"a"}:
            return core
        if not is_base:
            # "Table" with a raised b; but there are abbreviations, such as Mª.
            return "" if core in "abcd" else core
        return core if core == "a" else _signs(core)
    # Nobody writes a power of one.
    if _is_number(core) and (not is_base or core == "1"):
        return ""
    return _signs(core)


def _is_base(before: str) -> bool:
    """Whether the last word can have a power: a unit, or one or two letters of a formula."""
    found = LAST_WORD.search(before)
    word = found[0] if found else ""
    earlier = before[: len(before) - len(word)].rstrip(" \u00a0")
    return (
        len(word) == 1
        or bool(POWERED.fullmatch(word))
        or bool(GREEK.search(word) and len(word) < 4)
        or (len(word) < 4 and earlier.endswith(("=", "/", "·", "×", "+", "−")))
        or (len(word) < 4 and before[: len(before) - len(word)][-1:].isdigit())
    )


def _ends_sum(before: str) -> bool:
    """Whether a sum in brackets ends here, such as (a + b); words in brackets have no power."""
    found = IN_BRACKETS.search(before)
    return bool(found) and not LONG_WORD.search(found[0])  # type: ignore[index]


def _is_number(core: str) -> bool:
    return bool(NUMBERS.fullmatch(core))


def _is_note_sign(core: str) -> bool:
    return bool(NOTE_SIGNS.fullmatch(core))


def _signs(core: str) -> str:
    """Raised signs; if Unicode has not all of them, as people type it: x^(3.5)."""
    if all(each in RAISED for each in core):
        return "".join(map(RAISED.__getitem__, core))
    return f"^{core}" if core.isalnum() else f"^({core})"
