"""The take-away demo: voices, script and player in one HTML file that needs no app and no network.

Scripts may be off, as in the preview of a mail program: each sound is then the browser's own
player. Where they run, file.js puts the waveform in its place and takes ratings.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from lib.listening.letters import letter
from lib.money import count
from lib.waveform import CSS, SHARED_JS, scaled

LONG_SCRIPT = 600  # characters; more is folded, so that the voices stay near the top
VOICE_BYTES = 2_300  # the size of a card with its peaks and one or two questions
POINTS = range(1, 6)
NO_TITLE = "Voices"

_HERE = Path(__file__).parent
_PAGE = Template((_HERE / "file.html").read_text(encoding="utf-8"))
_CODE = SHARED_JS + (_HERE / "file.js").read_text(encoding="utf-8")
_STYLE = (_HERE / "file.css").read_text(encoding="utf-8") + CSS

# Characters that could end a script element or, in an old browser, a line of it.
_IN_SCRIPT = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAwayVoice:
    """One card: the voice and its sound file, which is embedded unchanged.

    about: a few words such as "British woman, warm"; may be empty.
    sound: must have no tags in a blind file, since they could name the voice.
    peaks: loudness along the sound, 0 to 255, usually 240 of them.
    """

    name: str
    about: str
    sound: bytes
    media_type: str
    length_s: float
    peaks: bytes


def take_away(
    *,
    title: str,
    script: str,
    voices: Sequence[TakeAwayVoice],
    questions: Sequence[str] = (),
    blind: bool = False,
    mail_to: str = "",
) -> bytes:
    """The file in UTF-8, with the voices in the given order; equal input gives equal bytes.

    questions: each is asked about each voice, one to five stars. Without any there is no ballot.
    blind: the voices are called A, B, C…, and their names and descriptions are not in the file.
    mail_to: the address for ratings; if empty, the listener chooses.

    A ballot is text that its listener copies or mails. Its last line is for programs, such as
    "soundcheck:3f9a2c11:A45:B3-": the file's `reference`, then for each voice its letter and one
    digit for each question, "-" if it was left out.
    """
    title = title.strip() or NO_TITLE
    names = [letter(place) if blind else voice.name for place, voice in enumerate(voices)]
    headings = [f"Voice {name}" if blind else name for name in names]
    data = {
        "title": title,
        "questions": list(questions),
        "mail_to": quote(mail_to.strip(), safe="@,", errors="replace"),
        "reference": reference([voice.sound for voice in voices]),
        "voices": [
            {
                "letter": letter(place),
                "name": name,
                "heading": heading,
                "length_s": voice.length_s,
                "peaks": scaled(voice.peaks),
            }
            for place, (name, heading, voice) in enumerate(
                zip(names, headings, voices, strict=True)
            )
        ],
    }
    cards = (
        _card(place, heading, "" if blind else voice.about, voice, questions)
        for place, (heading, voice) in enumerate(zip(headings, voices, strict=True))
    )
    page = _PAGE.substitute(
        policy=_policy(),
        title=escape(title),
        style=_STYLE,
        narrow=' class="narrow"' if questions else "",
        lead=_lead(len(voices), rated=bool(questions), blind=blind),
        script=_script(script.strip()),
        keys=_keys(len(voices)),
        cards="\n".join(cards),
        ballot=_ballot(mail_to) if questions else "",
        data=json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPT),
        code=_CODE,
    )
    return page.encode("utf-8", "replace")


def reference(sounds: Sequence[bytes]) -> str:
    """Eight hex digits for these sounds in this order: they tell which file a ballot is from.

    The sender of a blind file stores them with the order, to know later which voice was A.
    """
    together = blake2b(digest_size=4)
    for sound in sounds:
        together.update(blake2b(sound).digest())
    return together.hexdigest()


def expected_bytes(sound_sizes: Sequence[int]) -> int:
    """The approximate size of the file: the sounds in base64, and the page around them."""
    page = len(_PAGE.template) + len(_CODE) + len(_STYLE)
    return page + sum(-(-size // 3) * 4 + VOICE_BYTES for size in sound_sizes)


def _policy() -> str:
    """The content security policy: no network, and only our own scripts and styles, by hash."""
    return (
        "default-src 'none'; "
        f"script-src '{_hashed(_CODE)}'; style-src '{_hashed(_STYLE)}'; "
        "media-src data: blob:; img-src data:; form-action 'none'; base-uri 'none'"
    )


def _hashed(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _lead(voices: int, *, rated: bool, blind: bool) -> str:
    listen = f"Listen to {count(voices, 'voice')}"
    if not rated:
        return f"{listen}. The names are hidden." if blind else f"{listen}."
    hidden = " The names are hidden." if blind else ""
    return (
        f"{listen} and give each one to five stars.{hidden} "
        "Nothing leaves this page until you copy or mail your ratings."
    )


def _script(script: str) -> str:
    if not script:
        return ""
    words = f'<p class="script" dir="auto">{escape(script)}</p>'
    if len(script) <= LONG_SCRIPT:
        return words
    return f"<details><summary>Read the script</summary>{words}</details>"


def _keys(voices: int) -> str:
    """The hint about keys, which is also their switch: users of speech input must turn them off."""
    numbers = f"<kbd>1</kbd> to <kbd>{voices}</kbd> play" if voices > 1 else "<kbd>1</kbd> plays"
    return (
        '<label class="keys scripted" hidden><input type="checkbox" id="keys" checked>'
        f"<span>Keys: {numbers} a voice, <kbd>Space</kbd> pauses, "
        "<kbd>←</kbd> <kbd>→</kbd> step through</span></label>"
    )


def _card(
    place: int, heading: str, about: str, voice: TakeAwayVoice, questions: Sequence[str]
) -> str:
    name = escape(heading)
    address = f"data:{escape(voice.media_type)};base64,{b64encode(voice.sound).decode()}"
    state = '<p class="state scripted" hidden></p>' if questions else ""
    described = f'<p class="about" dir="auto">{escape(about)}</p>' if about else ""
    asked = "".join(
        _question(f"{letter(place)}{number}", question) for number, question in enumerate(questions)
    )
    return (
        f'<section class="card" aria-label="{name}">'
        f'<div class="head"><h2 dir="auto">{name}</h2>{described}{state}</div>'
        f'<div class="sound"><kbd class="scripted" aria-hidden="true" hidden>{place + 1}</kbd>'
        f'<div class="slot"><audio controls preload="metadata" aria-label="{name}" '
        f'src="{address}"></audio></div></div>{asked}</section>'
    )


def _question(name: str, question: str) -> str:
    stars = "".join(
        f'<input type="radio" form="ballot" name="{name}" value="{points}" '
        f'aria-label="{count(points, "star")}">'
        for points in POINTS
    )
    return (
        f'<fieldset class="scripted" hidden><legend dir="auto">{escape(question)}</legend>'
        f'<div class="stars">{stars}</div></fieldset>'
    )


def _ballot(mail_to: str) -> str:
    """The buttons for a ballot; mail is the first one if the address is known."""
    mail, copy = ("primary", "plain") if mail_to.strip() else ("plain", "primary")
    return (
        '<p class="scriptless notice">To rate the voices, open this file in a web browser, '
        "such as Chrome, Safari, Edge or Firefox.</p>"
        '<form id="ballot" class="scripted" hidden>'
        '<label>Your name<input type="text" name="name" autocomplete="name"></label>'
        '<label>Anything to add?<textarea name="remark" rows="3"></textarea></label>'
        '<div class="actions">'
        f'<a id="mail" class="{mail}" href="mailto:">Mail my ratings</a>'
        f'<button id="copy" class="{copy}" type="button">Copy my ratings</button></div>'
        '<p id="told" role="status"></p>'
        '<textarea id="text" rows="8" readonly aria-label="My ratings as text" hidden></textarea>'
        '<p id="count"></p></form>'
    )
