"""The take-away file: it needs no other file, and any typed text stays text in it."""

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from lib import audio
from lib.take_away.file import TakeAwayVoice, expected_bytes, reference, take_away
from tests.service.sound import speak

SCRIPT = "Welcome to our store. For opening hours, press one."
QUESTIONS = ("Overall", "Fits our brand")
HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "</title></style><script>alert(1)</script>",
    '"><svg/onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "<!--<script>",
    "]]>\u2028alert(1)\u2029;",
    "$policy ${code} {name} %s &lt;b&gt;",
    "\u202egnp.exe",
    "half a \ud83d pair",
    "javascript:alert(1)",
]


def voice(name: str, about: str = "", *, format: str = "mp3") -> TakeAwayVoice:
    sound = speak(SCRIPT, model="any", voice=name, format=format)
    facts = audio.inspect(sound)
    return TakeAwayVoice(
        name=name,
        about=about,
        sound=sound,
        media_type=facts.media_type,
        length_s=facts.length_s,
        peaks=facts.peaks,
    )


ASHLEY = voice("Ashley", "British woman, warm")
TIMOTHY = voice("Timothy", "American man, lively", format="wav")


class Read(HTMLParser):
    """What a browser finds in the file: its elements, and the text in each kind of them."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.comments: list[str] = []
        self._open = ""
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        self.texts.setdefault(tag, []).append("")
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def shape(self) -> list[tuple[str, list[str]]]:
        return [(name, sorted(attributes)) for name, attributes in self.elements]

    @property
    def policy(self) -> str:
        metas = self.all("meta")
        found = [each for each in metas if each.get("http-equiv") == "Content-Security-Policy"]
        return found[0]["content"] or ""


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_this_script_and_this_style_and_nothing_else() -> None:
    page = Read(take_away(title="Phone", script=SCRIPT, voices=[ASHLEY], questions=QUESTIONS))

    data, code = page.texts["script"]
    (style,) = page.texts["style"]
    assert [each.get("type") for each in page.all("script")] == ["application/json", "module"]
    assert dict(part.split(" ", 1) for part in page.policy.split("; ")) == {
        "default-src": "'none'",
        "script-src": hash_of(code),
        "style-src": hash_of(style),
        "media-src": "data: blob:",
        "img-src": "data:",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    assert json.loads(data)["title"] == "Phone"


def test_the_policy_stands_before_anything_it_must_rule() -> None:
    page = Read(take_away(title="Phone", script=SCRIPT, voices=[ASHLEY]))

    names = [name for name, _ in page.elements]
    assert names.index("meta") < names.index("title") < names.index("style")
    assert [name for name, _ in page.elements[:5]] == ["html", "head", "meta", "meta", "meta"]
    assert page.elements[3][1]["http-equiv"] == "Content-Security-Policy"


def test_nothing_in_the_file_points_outside_it() -> None:
    page = take_away(title="Phone", script=SCRIPT, voices=[ASHLEY], questions=QUESTIONS)

    addresses = [
        value
        for _, attributes in Read(page).elements
        for name, value in attributes.items()
        if name in ("src", "href", "action", "srcset", "poster", "data", "style")
    ]
    assert {str(each).split(":")[0] for each in addresses} == {"data", "mailto"}
    shown = page.replace(b"http://www.w3.org/2000/svg", b"")  # a name, never fetched
    assert b"http:" not in shown
    assert b"https:" not in shown


def test_each_sound_is_in_the_file_unchanged_and_with_its_type() -> None:
    page = Read(take_away(title="Phone", script=SCRIPT, voices=[ASHLEY, TIMOTHY]))

    sounds = [str(each["src"]) for each in page.all("audio")]
    assert [each.split(",")[0] for each in sounds] == [
        "data:audio/mpeg;base64",
        "data:audio/wav;base64",
    ]
    assert [b64decode(each.split(",")[1]) for each in sounds] == [ASHLEY.sound, TIMOTHY.sound]
    assert all("controls" in each for each in page.all("audio"))


def page_with(field: str, value: str) -> Read:
    """A file of one voice and one question, with this value in one of its fields."""
    given = {"title": "T", "script": "S", "name": "N", "about": "W", "question": "Q"}
    given |= {"mail_to": "dana@example.com", field: value}
    spoken = TakeAwayVoice(
        name=given["name"],
        about=given["about"],
        sound=b"sound",
        media_type="audio/mpeg",
        length_s=1.0,
        peaks=bytes(240),
    )
    return Read(
        take_away(
            title=given["title"],
            script=given["script"],
            voices=[spoken],
            questions=[given["question"]],
            mail_to=given["mail_to"],
        )
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    ("field", "element"),
    [("title", "h1"), ("script", "p"), ("name", "h2"), ("about", "p"), ("question", "legend")],
)
def test_whatever_was_typed_stays_text(field: str, element: str, text: str) -> None:
    plain, attacked = page_with(field, "Plain"), page_with(field, text)

    assert attacked.shape == plain.shape
    assert attacked.policy == plain.policy
    assert attacked.comments == []
    assert attacked.texts["script"][1] == plain.texts["script"][1]
    assert text.encode("utf-8", "replace").decode() in attacked.texts[element]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["title", "name", "question"])
def test_what_the_script_is_told_cannot_end_it_and_arrives_as_typed(field: str, text: str) -> None:
    data = page_with(field, text).texts["script"][0]

    assert not set("<>&\u2028\u2029") & set(data)
    told = json.loads(data)
    arrived = {
        "title": told["title"],
        "name": told["voices"][0]["name"],
        "question": told["questions"][0],
    }
    assert arrived[field] == text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize(
    "text", [*HOSTILE, "a@b.example?bcc=all@b.example", "a@b.example\r\nBcc: x"]
)
def test_an_address_to_mail_to_can_add_nothing_to_the_mail(text: str) -> None:
    page = page_with("mail_to", text)

    told = json.loads(page.texts["script"][0])["mail_to"]
    assert re.fullmatch(r"[A-Za-z0-9@,._~%-]*", told)
    assert page.shape == page_with("mail_to", "dana@example.com").shape
    assert json.loads(page_with("mail_to", " dana@example.com").texts["script"][0])["mail_to"] == (
        "dana@example.com"
    )


def test_a_blind_file_holds_no_name_and_no_description() -> None:
    page = take_away(
        title="Phone", script=SCRIPT, voices=[ASHLEY, TIMOTHY], questions=QUESTIONS, blind=True
    )

    text = re.sub(rb"base64,[^\"]*", b"", page).lower()
    for told in ("ashley", "timothy", "british", "american", "warm", "lively"):
        assert told.encode() not in text
    assert Read(page).texts["h2"] == ["Voice A", "Voice B"]
    told = json.loads(Read(page).texts["script"][0])
    assert [each["name"] for each in told["voices"]] == ["A", "B"]


def test_names_do_not_change_a_blind_file_by_a_byte() -> None:
    def blind(name: str) -> bytes:
        renamed = TakeAwayVoice(
            name=name,
            about=name,
            sound=ASHLEY.sound,
            media_type=ASHLEY.media_type,
            length_s=ASHLEY.length_s,
            peaks=ASHLEY.peaks,
        )
        return take_away(
            title="Phone", script=SCRIPT, voices=[renamed], questions=QUESTIONS, blind=True
        )

    assert blind("Ashley") == blind("Craig")


def test_the_same_input_gives_the_same_file_in_the_order_given() -> None:
    first = take_away(title="Phone", script=SCRIPT, voices=[ASHLEY, TIMOTHY], blind=True)
    again = take_away(title="Phone", script=SCRIPT, voices=[ASHLEY, TIMOTHY], blind=True)
    turned = take_away(title="Phone", script=SCRIPT, voices=[TIMOTHY, ASHLEY], blind=True)

    assert first == again != turned
    assert [str(each["src"])[:14] for each in Read(turned).all("audio")] == [
        "data:audio/wav",
        "data:audio/mpe",
    ]


def test_a_file_names_its_own_order_so_that_its_ballots_can_be_told_from_others() -> None:
    sounds = [ASHLEY.sound, TIMOTHY.sound]
    page = Read(take_away(title="Phone", script=SCRIPT, voices=[ASHLEY, TIMOTHY], blind=True))

    assert json.loads(page.texts["script"][0])["reference"] == reference(sounds)
    assert reference(sounds) != reference(sounds[::-1])
    assert re.fullmatch("[0-9a-f]{8}", reference(sounds))


def test_the_twenty_seventh_voice_has_a_letter_of_its_own() -> None:
    page = Read(
        take_away(title="Phone", script="", voices=[ASHLEY] * 27, questions=QUESTIONS, blind=True)
    )

    assert page.texts["h2"][25:] == ["Voice Z", "Voice AA"]
    names = {each["name"] for each in page.all("input") if each.get("type") == "radio"}
    assert len(names) == 27 * len(QUESTIONS)


def test_a_ballot_stands_only_where_something_is_asked() -> None:
    asked = Read(take_away(title="Phone", script="", voices=[ASHLEY], questions=QUESTIONS))
    unasked = Read(take_away(title="Phone", script="", voices=[ASHLEY], blind=True))

    assert len(asked.all("form")) == 1
    assert asked.texts["legend"] == list(QUESTIONS)
    assert unasked.all("form") == unasked.all("fieldset") == []


def test_a_long_script_is_folded_and_a_short_one_is_not() -> None:
    assert Read(take_away(title="Phone", script=SCRIPT, voices=[ASHLEY])).all("details") == []
    folded = Read(take_away(title="Phone", script=SCRIPT * 40, voices=[ASHLEY]))
    assert len(folded.all("details")) == 1
    assert SCRIPT * 40 in folded.texts["p"]


def test_a_file_without_a_title_still_has_a_heading() -> None:
    page = Read(take_away(title="  ", script=SCRIPT, voices=[ASHLEY]))

    assert page.texts["h1"] == page.texts["title"] == ["Voices"]


def test_the_file_says_what_its_voices_are() -> None:
    page = Read(take_away(title="Phone", script=SCRIPT, voices=[ASHLEY]))

    assert page.texts["footer"] == ["AI-generated voices · made with Soundcheck"]


@pytest.mark.parametrize("voices", [1, 8, 22])
def test_the_size_is_known_before_the_file_is_made(voices: int) -> None:
    page = take_away(
        title="Phone", script=SCRIPT, voices=[ASHLEY] * voices, questions=QUESTIONS, blind=True
    )

    expected = expected_bytes([len(ASHLEY.sound)] * voices)
    assert expected == pytest.approx(len(page), rel=0.03)
