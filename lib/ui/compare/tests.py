"""A listening test as its owner sees it: the link, the votes, and the names of the voices."""

import streamlit as st

from lib import days, events, money
from lib.library.auditions import Audition
from lib.library.ballot import Ballot, Contender, ListeningTest
from lib.listening.votes import address_words, csv_of
from lib.ui.compare import new_test, results
from lib.ui.services import services
from lib.ui.widgets import live, messages, share_link, style

VOTES_GAP_S = 1.0  # between two drawings of a card while many vote at once


def show(now: Audition) -> None:
    """All tests of this audition, the newest first."""
    new_test.progress(now)
    tests = services().library.listening.of(now.id)
    if tests:
        st.header("Listening tests" if len(tests) > 1 else "Listening test", anchor=False)
    for test in tests:
        _card(test.id)


def _card(test_id: int) -> None:
    drawn = live.seen(events.test(test_id))  # votes arrive while its owner watches
    test = services().library.listening.get(test_id)
    if test is None:
        return
    ballots = services().library.listening.ballots(test.id)
    with st.container(key=f"card_test_{test.id}"):
        live.watch(f"test_live_{test.id}", drawn, gap_s=VOTES_GAP_S, poll=test.open)
        style.title(test.title)
        style.facts(_state(test), count=money.count(len(ballots), "ballot"))
        if test.open:
            st.code(link(test), language=None, wrap_lines=True)
        voices = services().library.listening.voices(test.id)
        if ballots:
            results.show(test, names(test, voices), ballots)
        if words := address_words(ballots):
            style.facts(words)
        _comments(ballots)
        _buttons(test, voices, ballots)


def link(test: ListeningTest) -> str:
    return share_link.address_of("listen", test=test.token)


def _state(test: ListeningTest) -> str:
    passcode = ", with a passcode" if test.passcode else ""
    if test.closed_at_s is not None:
        return "closed"
    if test.expired:
        return f"ended on {money.day(test.ends_at_s)}"
    until = f" until {money.day(test.ends_at_s)}" if test.ends_at_s else ""
    return f"open{until}{passcode}"


def names(test: ListeningTest, voices: list[Contender]) -> dict[int, str]:
    """The name of each voice by its position: "Voice 1" until the names are revealed."""
    if not test.revealed:
        return {voice.position: f"Voice {voice.position + 1}" for voice in voices}
    catalogue = services().catalogue
    several = len({voice.model for voice in voices}) > 1
    return {
        voice.position: catalogue.voice_label(voice.voice)
        + (f" · {catalogue.model_label(voice.model)}" if several else "")
        for voice in voices
    }


def _comments(ballots: list[Ballot]) -> None:
    said = [ballot.comment for ballot in ballots if ballot.comment]
    if not said:
        return
    with st.expander(money.count(len(said), "comment")):
        for comment in said:
            style.about(f"“{comment}”")


def _buttons(test: ListeningTest, voices: list[Contender], ballots: list[Ballot]) -> None:
    with style.row(f"row_test_{test.id}", spread=False):
        if test.open:
            st.button("Close test", key=f"test_close_{test.id}", on_click=_close, args=(test,))
        else:
            st.button(
                "Reopen",
                key=f"test_reopen_{test.id}",
                help=f"For {money.count(new_test.DAYS, 'day')} more, under the same link",
                on_click=_reopen,
                args=(test,),
            )
        if not test.revealed:
            st.button("Reveal names", key=f"test_reveal_{test.id}", on_click=_reveal, args=(test,))
        if ballots:
            st.download_button(
                "Votes as CSV",
                data=lambda: csv_of(test, names(test, voices), ballots),
                file_name="votes.csv",
                mime="text/csv",
                key=f"test_csv_{test.id}",
                type="tertiary",
                icon=":material/table:",
                on_click="ignore",
            )


def _close(test: ListeningTest) -> None:
    messages.clear()
    services().library.listening.close(test.id)
    _changed(test)


def _reopen(test: ListeningTest) -> None:
    messages.clear()
    services().library.listening.reopen(test.id, days.end_in(new_test.DAYS))
    _changed(test)


def _reveal(test: ListeningTest) -> None:
    messages.clear()
    services().library.listening.reveal(test.id)
    _changed(test)


def _changed(test: ListeningTest) -> None:
    """Its owner may have it open in another tab as well."""
    services().events.publish(events.test(test.id))
