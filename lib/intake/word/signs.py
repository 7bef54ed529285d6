"""Read the signs of Word's fonts for symbols as letters: a "m" of the font Symbol is a "µ"."""

from collections.abc import Iterator, Sequence
from typing import Any

from lib.intake.word.accepting import given, tag
from lib.intake.word.leftout import LeftOut, note, paragraph_of, take_away
from lib.intake.word.styles import Run

SYMBOL = "symbol"
# Adobe's encoding of the font Symbol, as Unicode publishes it; "\0" is no sign or a trade mark.
SIGNS: dict[int, str] = dict(
    zip(
        [*range(0x20, 0x7F), *range(0xA0, 0xFF)],
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"
        "αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}~"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
        "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
PICTURES = ("wingdings", "webdings", "zapfdingbats", "zapf dingbats", "monotype sorts", "marlett")
# Word keeps the letters of such fonts here, so that no other font shows them by mistake.
MOVED = range(0xF000, 0xF100)
PRIVATE = range(0xE000, 0xF900)


def read_signs(body: Any, runs: Sequence[Run]) -> Iterator[str]:
    """Change the tree so that signs are letters; yields a note on those that have none."""
    unknown: list[LeftOut] = []
    for sign in list(body.iter(tag("sym"))):
        code = given(sign, "char")
        letter = _letter(_number(code), given(sign, "font").strip().lower())
        if not letter:
            unknown.append(LeftOut(given(sign, "font"), paragraph_of(sign)))
        _replace(sign, letter)
    for run, look in runs:
        font = look.font
        for word in run.iterchildren(tag("t")):
            text = word.text or ""
            if text.isascii() and font != SYMBOL and not font.startswith(PICTURES):
                continue
            letters = [_letter(ord(sign), font) for sign in text]
            unknown += [LeftOut(font, paragraph_of(run)) for letter in letters if not letter]
            word.text = "".join(letters)
    if unknown:
        yield note("sign", unknown, " that cannot be said")


def _letter(code: int, font: str) -> str:
    """The letter of a sign; "" if it is a picture, or of a font that is not known."""
    is_moved = code in MOVED
    low = code - MOVED.start if is_moved else code
    if chr(code).isspace() or low == 0x20:
        return " " if is_moved else chr(code)
    if font == SYMBOL and low < 0x100:
        return SIGNS.get(low, "\0").strip("\0")
    if font.startswith(PICTURES) and low < 0x100:
        return ""
    return "" if code in PRIVATE else chr(code)


def _number(code: str) -> int:
    """The number of hexadecimal digits; that of a private letter if they are none."""
    try:
        number = int(code[:6], 16)
    except ValueError:
        return PRIVATE.start
    return number if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 else PRIVATE.start


def _replace(sign: Any, letter: str) -> None:
    if letter:
        word = sign.makeelement(tag("t"))
        word.text = letter
        sign.addprevious(word)
    take_away(sign)
