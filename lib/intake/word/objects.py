"""Count what stands in a DOCX beside its text and is not read: notes, formulas, charts …"""

from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from lib import money
from lib.intake.word.accepting import NAMES, tag
from lib.intake.word.leftout import were

DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006"
MORE_NAMES = NAMES | {
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "pic": f"{DRAWINGS}/picture",
    "c": f"{DRAWINGS}/chart",
    "dgm": f"{DRAWINGS}/diagram",
    "a": f"{DRAWINGS}/main",
}
PICTURES = tuple(map(tag, ("drawing", "pict", "object")))
# Each thing and where it is found. A field "EQ" is a formula of an old Word.
OBJECTS = {
    "footnote": ".//w:footnoteReference",
    "endnote": ".//w:endnoteReference",
    "comment": ".//w:commentReference",
    "formula": ".//m:oMath",
    "picture": ".//pic:pic | .//w:pict//v:imagedata",
    "chart": ".//a:graphicData[contains(@uri, '/chart')]",
    "diagram": ".//a:graphicData[contains(@uri, '/diagram')]",
    "embedded object": ".//w:object",
    "WordArt picture": ".//v:textpath[@string]",
    "inserted document": ".//w:altChunk | .//w:subDoc",
    "check mark field": ".//w:ffData/w:checkBox",
}


def count_objects(body: Any) -> Iterator[str]:
    """A sentence for each kind of thing that is in the document and is not read."""
    for thing, path in OBJECTS.items():
        found = etree.ElementBase.xpath(body, path, namespaces=MORE_NAMES)
        if found:
            yield f"{money.count(len(found), thing)} {were(len(found))} left out."
