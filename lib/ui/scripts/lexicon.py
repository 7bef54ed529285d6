"""The popover of the lexicon: words and how to say them, to be heard before they are saved."""

from functools import partial
from typing import Any

import streamlit as st

from lib import events, money
from lib.errors import InvalidRequestError, SpeechError
from lib.lexicon import Entry, files
from lib.library.lexicon import Word
from lib.orders.parts import Request
from lib.orders.plan import Plan
from lib.ui import session
from lib.ui.scripts import reading
from lib.ui.services import services
from lib.ui.widgets import hidden_value, live, messages, sample, style

SHOWN_AT_ONCE = 50
CASE, PART = "Only as written, capitals included", "Also inside longer words"
LEFT_OUT = "Leave it out"
RULES = [CASE, PART, LEFT_OUT]
DRAFT = "lexicon"  # what is typed and not added yet
FORMATS = (
    "CSV is a table, as a spreadsheet reads and writes it. PLS is a list of words and how they are "
    "said, as other speech programs read and write it."
)


def button(model: str, voice: str) -> None:
    """The popover **Lexicon**. model, voice: used when somebody listens to a word."""
    with style.popover("Lexicon", "lexicon", icon="dictionary") as is_open:
        if not is_open:
            return
        style.facts(
            "Words, and how they are to be said: for everybody, in every text that is sent."
        )
        _new(model, voice)
        messages.undo("lexicon")
        words = services().library.lexicon.words()
        _list(words)
        _files([word.entry for word in words])


def _new(model: str, voice: str) -> None:
    kept = services().library.drafts.get(session.browser(), DRAFT)
    rules = [rule for rule in kept.get("rules") or [] if rule in RULES]
    is_left_out = LEFT_OUT in (st.session_state.get(_key("rules"), rules) or [])
    with style.row("row_lexicon_new", at="bottom"):
        _field("Word", "word", kept, placeholder="Nguyen")
        say = _field("Say as", "say", kept, placeholder="Win", disabled=is_left_out)
    _field("Note (optional)", "note", kept)
    st.pills(
        "Rules", RULES, selection_mode="multi", default=rules, key=_key("rules"),
        label_visibility="collapsed", on_change=_keep,
    )  # fmt: skip
    with style.row("row_lexicon_act", spread=False):
        st.button("Add", key="lexicon_add", type="primary", on_click=_add)
        if say.strip() and not is_left_out:
            _hear(say, model, voice)
    if note_ := messages.notice("lexicon"):
        style.notice(note_.kind, note_.strong, note_.text)


def _field(label: str, name: str, kept: dict[str, Any], **more: Any) -> str:
    """kept: the fields as they were when the popover was closed, or another page was opened."""
    value = kept.get(name, "")
    said: str = st.text_input(label, value=value, key=_key(name), on_change=_keep, **more)
    return said


def _keep() -> None:
    """Save what is typed, so that it is still there when the popover is opened again."""
    _save({name: st.session_state[_key(name)] for name in ("word", "say", "note", "rules")})


def _save(fields: dict[str, Any]) -> None:
    services().library.drafts.put(session.browser(), DRAFT, fields, owner=session.OWNER)


def _hear(say: str, model: str, voice: str) -> None:
    """The one word in the chosen voice, its price on the button, then its player."""
    drawn = live.seen(events.clips("sample", session.browser()))
    try:
        wanted = _plan(say, model, voice)
    except SpeechError as error:
        style.facts(str(error))
        return
    sample.button("Hear it", wanted, key="lexicon_hear", on_click=_say, args=(model, voice))
    key = wanted.first.key
    if sample.is_asked("lexicon", key):
        live.watch("lexicon_live", drawn, poll=bool(wanted.new))
        _player(key, say)


def _say(model: str, voice: str) -> None:
    """What the field says at the click: a button knows the words of before."""
    find = partial(_plan, st.session_state[_key("say")], model, voice)
    sample.hear("lexicon", find, lambda plan: f"Sample of “{plan.text}”", notice="lexicon")


def _plan(say: str, model: str, voice: str) -> Plan:
    return services().orders.plan(Request(script=say, model=model, voice=voice, format="mp3"))


def _player(key: str, say: str) -> None:
    recording = services().library.recordings.get(key)
    if recording is None:
        style.facts("Recording…")
        return
    sample.play(f"lexicon_player_{key}", recording, f"“{say}”", autoplay=True)


def _add() -> None:
    """Add what the fields say at the press."""
    messages.clear()
    word, say, note = (st.session_state[_key(name)] for name in ("word", "say", "note"))
    rules = st.session_state[_key("rules")] or []
    if LEFT_OUT in rules:
        say = ""
    elif not say.strip():
        hint = f"Type how the word is said, or choose “{LEFT_OUT}”."
        messages.say(InvalidRequestError("There is nothing to say instead.", hint=hint), "lexicon")
        return
    entry = Entry(word, say, note, match_case=CASE in rules, whole_word=PART not in rules)
    try:
        services().library.lexicon.add(entry)
    except SpeechError as error:
        messages.say(error, "lexicon")
        return
    _save({})
    hidden_value.turn("lexicon")


def _list(words: list[Word]) -> None:
    if not words:
        return
    wanted = ""
    if len(words) > SHOWN_AT_ONCE // 5:
        wanted = st.text_input("Find a word", key="lexicon_find").casefold()
    found = [
        each for each in words if wanted in f"{each.entry.word} {each.entry.say_as}".casefold()
    ]
    for each in found[:SHOWN_AT_ONCE]:
        with style.row(f"row_lexicon_{each.id}"):
            rules = [*(["capitals count"] if each.entry.match_case else [])]
            rules += [] if each.entry.whole_word else ["inside words too"]
            notes = [each.entry.note] if each.entry.note else []
            say_as = each.entry.say_as
            said = f"say “{say_as}”" if say_as else "left out of all texts"
            style.facts(said, *rules, *notes, count=each.entry.word)
            st.button(
                "Delete",
                key=f"lexicon_delete_{each.id}",
                type="tertiary",
                icon=":material/delete:",
                on_click=_delete,
                args=(each,),
            )
    if (more := len(found) - SHOWN_AT_ONCE) > 0:
        style.facts(f"and {money.count(more, 'word')} more")


def _delete(word: Word) -> None:
    messages.clear()
    services().library.lexicon.delete(word.id)
    messages.offer_undo("lexicon", f"“{word.entry.word}” deleted", partial(_restore, word.id))


def _restore(word_id: int) -> None:
    try:
        services().library.lexicon.restore(word_id)
    except SpeechError as error:
        messages.say(error, "lexicon")


def _files(entries: list[Entry]) -> None:
    with style.row("row_lexicon_files", spread=False):
        if entries:
            st.download_button(
                "As CSV", files.csv_bytes(entries), "lexicon.csv", "text/csv",
                key="lexicon_csv", type="tertiary", on_click="ignore",
            )  # fmt: skip
            st.download_button(
                "As PLS", files.pls_bytes(entries), "lexicon.pls", "application/pls+xml",
                key="lexicon_pls", type="tertiary", on_click="ignore", help=FORMATS,
            )  # fmt: skip
    file = st.file_uploader(
        "Bring words in (CSV or PLS)",
        ["csv", "pls", "xml"],
        key=_key("file"),
        help=FORMATS,
    )
    if file is None:
        return
    try:
        read = reading.lexicon(file.name, file.getvalue())
    except SpeechError as error:
        style.notice("failure", str(error), error.hint)
        return
    for problem in read.problems:
        style.facts(problem)
    st.button(
        f"Add {money.count(len(read.entries), 'word')}",
        key="lexicon_add_all",
        on_click=_add_all,
        args=(read.entries,),
    )


def _add_all(entries: tuple[Entry, ...]) -> None:
    messages.clear()
    try:
        services().library.lexicon.add_all(entries)
    except SpeechError as error:
        messages.say(error, "lexicon")
        return
    hidden_value.turn("lexicon")


def _key(name: str) -> str:
    return hidden_value.key_in("lexicon", name)
