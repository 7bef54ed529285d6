"""Find the fields of a DOCX, and leave out those that are not filled in.

A field is an instruction to Word, such as a page number, and the words it gave the last time. Old
forms and serial letters are fields too. Only the words it gave are shown, and only they are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lib.intake.word.accepting import find, given, tag
from lib.intake.word.leftout import LeftOut, note, paragraph_of, take_away

DEPTH_MAX = 20  # as in Word; deeper ones are not followed
INSTRUCTION_MAX_CHARS = 500
WORDS = frozenset(map(tag, ("t", "tab", "br", "cr", "noBreakHyphen", "sym")))
MERGING = frozenset(("MERGEFIELD", "ADDRESSBLOCK", "GREETINGLINE", "NEXT"))
TO_BE_MERGED = re.compile(r"«[^«»]{0,300}»|<[^<>]{1,300}>")
# These show what stands behind their second word, and have no other words.
BUTTONS = frozenset(("MACROBUTTON", "GOTOBUTTON"))
# These never show anything. All others without words were not worked out when it was saved.
SILENT = re.compile(
    "TC|XE|RD|TA|SET|ASK|NEXT|NEXTIF|SKIPIF|PRIVATE|ADVANCE|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN"
    "|TOC|INDEX|HYPERLINK|EMBED|LINK|SHAPE|INCLUDEPICTURE|CONTROL|ADDIN|DATA"
)
ERROR = re.compile(
    r"¡?(?:Error|Fehler|Erreur|Errore|Erro|Fout|Fel|Fejl|Feil|Virhe|Hiba|Hata|Błąd|Chyba|Eroare"
    r"|Σφάλμα|Ошибка|Помилка|错误|錯誤|エラー|오류)[ \u00a0\u202f]?[!！]|(?:Errore|Virhe)\."
)


@dataclass(slots=True, eq=False)
class Field:
    """instruction: as written. asked: elements inside it, which are not shown. shown: its words."""

    start: Any
    instruction: str = ""
    asked: list[Any] = field(default_factory=list)
    shown: list[Any] = field(default_factory=list)
    has_result: bool = False

    @property
    def kind(self) -> str:
        words = self.instruction[:200].split(maxsplit=1)
        return words[0].upper() if words else ""

    @property
    def text(self) -> str:
        return "".join(
            each.text or "" for each in self.shown if each.getparent() is not None and each.text
        ).strip()


def settle(body: Any) -> Iterator[str]:
    """Change the tree so that only the words of filled fields remain; yields notes."""
    unfilled, preset, unknown = [], [], []
    for each in list(_closed(body)):
        for element in each.asked:
            take_away(element)
        text = each.text
        if each.kind == "FORMDROPDOWN" and not text:
            _show(each, _chosen(each.start))
        elif each.kind in BUTTONS:
            text = " ".join(each.instruction.split()[2:])
            unfilled.append(LeftOut(text, paragraph_of(each.start)))
        elif _is_unfilled(each, text):
            unfilled.append(LeftOut(text, paragraph_of(each.start)))
            for element in each.shown:
                take_away(element)
        elif text and text == given(_form(each.start, "textInput/w:default")):
            preset.append(LeftOut(text, paragraph_of(each.start)))
        elif (
            not (text or each.shown or each.has_result or SILENT.fullmatch(each.kind)) and each.kind
        ):
            unknown.append(LeftOut(each.instruction.strip(), paragraph_of(each.start)))
    if unfilled:
        yield note("field", unfilled, " not filled in")
    if unknown:
        yield note("field", unknown, " without a result in the file")
    if preset:
        yield note("form field", preset, " never changed", "kept")


def _is_unfilled(each: Field, text: str) -> bool:
    if each.kind in MERGING and TO_BE_MERGED.fullmatch(text):
        return True
    if each.kind == "FORMTEXT" and not text:
        return True
    return bool(ERROR.match(text))


def _closed(body: Any) -> Iterator[Field]:
    """All fields that have an end, inner ones before outer ones."""
    still_open: list[Field] = []
    too_deep = 0
    for element in body.iter(tag("fldChar"), tag("instrText"), tag("fldSimple"), *WORDS):
        if element.tag == tag("fldSimple"):
            yield Field(element, given(element, "instr"), [], list(element.iter(*WORDS)), True)
        elif element.tag == tag("fldChar"):
            match given(element, "fldCharType"):
                case "begin" if len(still_open) == DEPTH_MAX:
                    too_deep += 1
                case "begin":
                    still_open.append(Field(element))
                case "separate" if still_open and not too_deep:
                    still_open[-1].has_result = True
                case "end" if too_deep:
                    too_deep -= 1
                case "end" if still_open:
                    done = still_open.pop()
                    if still_open:
                        outer = still_open[-1]
                        (outer.shown if outer.has_result else outer.asked).extend(done.shown)
                    yield done
        elif still_open and element.tag == tag("instrText"):
            inner = still_open[-1]
            if not inner.has_result and len(inner.instruction) < INSTRUCTION_MAX_CHARS:
                inner.instruction += element.text or ""
        elif still_open and element.getparent().tag == tag("r"):
            inner = still_open[-1]
            (inner.shown if inner.has_result else inner.asked).append(element)


def _form(start: Any, path: str) -> Any:
    return next(iter(find(start, f"./w:ffData/w:{path}")), None)


def _chosen(start: Any) -> str:
    """The words of the line chosen in a list of an old form; Word keeps only its number."""
    lines = [given(line) for line in find(start, "./w:ffData/w:ddList/w:listEntry")]
    for path in ("ddList/w:result", "ddList/w:default"):
        number = given(_form(start, path))
        if number.isdecimal() and int(number[:4]) < len(lines):
            return lines[int(number[:4])]
    return lines[0] if lines else ""


def _show(each: Field, words: str) -> None:
    shown = each.start.makeelement(tag("t"))
    shown.text = words
    each.start.addprevious(shown)
