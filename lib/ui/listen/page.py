"""The page of a listener: a listening test without names, menu, account or cost."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lib import events, money
from lib.errors import InvalidRequestError
from lib.library import limits
from lib.library.ballot import Ballot, Contender, ListeningTest, order_for
from lib.listening.letters import letter
from lib.ui import session
from lib.ui.listen import closed
from lib.ui.listen.fields import typed
from lib.ui.services import services
from lib.ui.widgets import style
from lib.ui.widgets.board import board, marks_on
from lib.waveform import scaled
from lib.web import origin
from lib.web.marks import Card, Marks

BOARD = "listen_board"

Given = dict[str, dict[str, int]]  # letter of the voice -> question -> stars


def show() -> None:
    """Draw the test behind the link, or say why there is none."""
    test = services().library.listening.find(st.query_params.get("test", ""))
    if test is None:
        closed.unknown()
    elif test.closed_at_s is not None:
        closed.say(
            "This listening test is closed", "Thank you for coming. No more ratings are taken."
        )
    elif test.expired:
        services().library.listening.unsent.tidy()
        closed.say(
            "This listening test has ended",
            f"It ran until {money.day(test.ends_at_s)}. Thank you for coming.",
        )
    else:
        sent = services().library.listening.ballot(test.id, session.browser())
        if test.passcode and not sent and not _draft(test).get("admitted"):
            _ask_passcode(test)
        else:
            _ballot(test, sent)


# ---- The passcode ----


def _ask_passcode(test: ListeningTest) -> None:
    style.heading(test.title, 1)
    style.lead("Type the passcode that came with the link.")
    st.text_input("Passcode", key="listen_passcode", type="password", autocomplete="off")
    st.button(
        "Start listening", key="listen_start", type="primary", on_click=_try_passcode, args=(test,)
    )
    if said := st.session_state.get("_listen_said"):
        style.notice("failure", said, "")


def _try_passcode(test: ListeningTest) -> None:
    passcode = typed("listen_passcode")
    if not passcode.strip():
        st.session_state["_listen_said"] = "Type the passcode first."
        return
    if refusal := services().guesses.refusal(test, passcode):
        st.session_state["_listen_said"] = refusal
        return
    st.session_state.pop("_listen_said", None)
    _keep(test, admitted=True)


# ---- The ballot ----


def _ballot(test: ListeningTest, sent: Ballot | None) -> None:
    voices = services().library.listening.voices(test.id)
    order = order_for(test, session.browser(), len(voices))
    style.heading(test.title, 1)
    style.lead(
        f"Listen to {money.count(len(voices), 'voice')} and rate each one. It takes "
        f"{_minutes(voices)}. No account, no names."
    )
    ratings = _ratings(test, order, sent)
    cards = [
        _card(test, place, voices[position], ratings.get(letter(place), {}))
        for place, position in enumerate(order)
    ]
    mark = _mark(test, ratings)
    board(
        BOARD,
        cards,
        on_marks=mark,
        keys=False,  # on a phone, a key pressed by mistake would play
        plain=services().library.preferences.get().plain_player,
    )
    st.text_area(
        "Anything to add? (optional)",
        value=_draft(test).get("comment", sent.comment if sent else ""),
        key="listen_comment",
        height=80,
        on_change=_comment,
        args=(test,),
    )
    if len(typed("listen_comment")) > limits.REMARK_MAX_CHARS:
        style.facts(f"Only the first {limits.REMARK_MAX_CHARS:,} characters of this are sent")
    st.button(
        "Send my ratings",
        key="listen_send",
        type="primary",
        width="stretch",
        on_click=lambda: _send(test, order, sent, lambda: mark(marks_on(BOARD, cards))),
    )
    if said := st.session_state.pop("_listen_said", None):
        style.notice("failure", said, "")
    elif sent:
        style.notice("success", "Thank you, your ratings are in.", "You may still change them.")
    rated = sum(1 for given in ratings.values() if len(given) == len(test.questions))
    end = money.day(test.ends_at_s) if test.ends_at_s else "the test is closed"
    style.facts(
        f"{rated} of {money.count(len(voices), 'voice')} rated",
        f"you can change your ratings until {end}",
    )


def _card(test: ListeningTest, place: int, voice: Contender, given: dict[str, int]) -> Card:
    name = letter(place)
    return {
        "id": name,
        "name": f"Voice {name}",
        "spoken": name,
        "about": "",
        "number": place + 1,
        "address": services().links.to_clip(voice.file),
        "length_s": voice.length_s,
        "peaks": scaled(voice.peaks),
        "state": {"rated": "Rated", "open": "Not rated yet"},
        "rows": [
            {"id": question, "label": question, "stars": given.get(question)}
            for question in test.questions
        ],
    }


def _minutes(voices: list[Contender]) -> str:
    """How long the test takes: each voice is heard twice, with a moment for the stars."""
    return f"about {money.span(max(60.0, sum(voice.length_s * 2 + 8 for voice in voices)))}"


def _ratings(test: ListeningTest, order: list[int], sent: Ballot | None) -> Given:
    """The ratings marked now; if there are none, the ratings sent before."""
    draft = _draft(test)
    if "ratings" in draft or sent is None:
        found: Given = draft.get("ratings", {})
        return found
    return {letter(order.index(place)): given for place, given in sent.ratings.items()}


def _mark(test: ListeningTest, before: Given) -> Callable[[Marks], None]:
    def keep(marks: Marks) -> None:
        ratings = {name: dict(given) for name, given in before.items()}
        for name, given in marks.stars.items():
            kept = ratings.get(name, {}) | given
            ratings[name] = {question: stars for question, stars in kept.items() if stars}
        _keep(test, ratings=ratings)

    return keep


def _comment(test: ListeningTest) -> None:
    _keep(test, comment=limits.remark(typed("listen_comment")))


def _send(
    test: ListeningTest, order: list[int], sent: Ballot | None, keep_marks: Callable[[], None]
) -> None:
    keep_marks()  # a star from just before arrives with this click, but is handled after it
    letters = {letter(place): position for place, position in enumerate(order)}
    ratings = {
        letters[name]: given
        for name, given in _ratings(test, order, sent).items()
        if given and name in letters
    }
    if not ratings:
        _comment(test)
        st.session_state["_listen_said"] = "Give at least one voice its stars first."
        return
    try:
        is_open = services().library.listening.vote(
            test.id,
            session.browser(),
            ratings,
            typed("listen_comment"),
            came_from=_came_from(test),
        )
    except InvalidRequestError as error:
        st.session_state["_listen_said"] = f"{error} {error.hint}"
        return
    if is_open:
        services().events.publish(events.test(test.id))
    else:
        st.session_state["_listen_said"] = "The test was closed a moment ago."


def _came_from(test: ListeningTest) -> str:
    """The pseudonym of this listener's network address, for counting ballots."""
    the = services()
    forwarded = st.context.headers.get_all("X-Forwarded-For")
    address = origin.client(st.context.ip_address, forwarded, the.settings.trusted_proxies)
    secret = the.library.preferences.secret("addresses")
    return origin.pseudonym(address, test=test.token, secret=secret)


def _draft(test: ListeningTest) -> dict[str, Any]:
    """What this listener did since the last ballot: "admitted", "ratings" by letter, "comment"."""
    return services().library.listening.unsent.get(test.id, session.browser())


def _keep(test: ListeningTest, **more: object) -> None:
    services().library.listening.unsent.keep(test.id, session.browser(), **more)
