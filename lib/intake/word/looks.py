"""How words of a DOCX look, as far as it changes what is to be said."""

from typing import Any, NamedTuple

from lib.intake.word.accepting import given

OFF = frozenset(("0", "false", "off", "none"))
FONTS = ("ascii", "hAnsi")


class Look(NamedTuple):
    """height: "superscript", "subscript" or "". lift: half points above the line, or below.

    is_prompt: grey words that ask to be replaced.
    """

    is_hidden: bool = False
    is_struck: bool = False
    height: str = ""
    lift: int = 0
    font: str = ""
    is_prompt: bool = False


def of_properties(properties: Any, look: Look) -> Look:
    """The look with the properties of a run or a style (None if there are none) put on it."""
    if properties is None:
        return look
    changes: dict[str, Any] = {}
    for each in properties:
        match _name(each):
            case "vanish":
                changes["is_hidden"] = given(each) not in OFF
            case "strike" | "dstrike":
                changes["is_struck"] = changes.get("is_struck", False) or given(each) not in OFF
            case "vertAlign":
                changes["height"] = given(each).replace("baseline", "")
            case "position":
                half_points = given(each)
                is_number = half_points[:6].removeprefix("-").isdecimal()
                changes["lift"] = int(half_points[:6]) if is_number else 0
            case "rFonts":
                changes["font"] = _font(each)
    return look._replace(**changes) if changes else look


def _name(element: Any) -> str:
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _font(fonts: Any) -> str:
    return next(filter(None, (given(fonts, name) for name in FONTS)), "").strip().lower()
