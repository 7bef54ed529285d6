"""Show a typed text as it is: no invisible character and no markup changes how it looks.

Invisible characters become marks such as ⟨RLO⟩. This one reverses the rest of a line:
"evil⟨RLO⟩3pm.exe" would look like "evilexe.mp3".
"""

import re
from html import escape

import regex  # type: ignore[import-untyped]  # characters by their class

# Unicode's short names.
NAMES = {
    0x061C: "ALM", 0x180E: "MVS", 0x200B: "ZWSP", 0x200E: "LRM", 0x200F: "RLM",
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO", 0x2060: "WJ",
    0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xFEFF: "BOM",
}  # fmt: skip
# The flag of a region is written with tag characters, which are invisible in other places.
FLAG = r"\U0001F3F4[\U000E0020-\U000E007E]{1,12}\U000E007F"
# Without the joiners of emoji and of Indic and Arabic scripts, the soft hyphen, which word
# processors often leave, and the visible signs of Arabic, Syriac and Kaithi that enclose a number.
UNSEEN = regex.compile(
    rf"(?V1){FLAG}|[[\p{{Cf}}\p{{Cc}}\p{{Cs}}\u115F\u1160\u3164\uFFA0]"
    r"--[\t\n\r\u00AD\u200C\u200D\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\U000110BD\U000110CD]]"
)

BACKTICKS = re.compile("`+")
IN_ICON = re.compile("(?<=:material)/")  # Streamlit sees ":material/" before it reads Markdown


def visible(text: str) -> str:
    """The text with a mark for each invisible character. Right-to-left scripts do not change."""
    return text if text.isascii() and text.isprintable() else str(UNSEEN.sub(_mark, text))


def shown(text: str) -> str:
    """The same as `visible`, escaped for HTML."""
    return escape(visible(text))


def verbatim(text: str) -> str:
    """The text for a label that is read as Markdown: as code, in which no markup is found.

    page.css makes the code look like the rest of the label.
    """
    line = " ".join(visible(text).splitlines())
    return "\\/".join(map(_code, IN_ICON.split(line)))


def _code(text: str) -> str:
    """CommonMark 0.31, 6.1: between more backticks than are in it, and blanks if it begins so."""
    if not text:
        return ""
    fence = "`" * (max(map(len, BACKTICKS.findall(text)), default=0) + 1)
    blank = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _mark(sign: "regex.Match[str]") -> str:
    if len(sign[0]) > 1:
        return str(sign[0])
    code = ord(sign[0])
    return f"⟨{NAMES.get(code, f'U+{code:04X}')}⟩"
