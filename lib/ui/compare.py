"""Compare: the same words in several voices, side by side, until one of them is chosen."""

import streamlit as st

from lib import audio, export, money
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.library.auditions import Audition, Candidate
from lib.library.clip import Clip
from lib.script import title_of
from lib.ui import (
    audition,
    casting,
    look,
    present,
    problems,
    rows,
    session,
    takeout,
    together,
    trial,
    votes,
)
from lib.ui.board import Card, board
from lib.ui.house import house
from lib.ui.player import scaled
from lib.ui.serve import address

BOARD = "compare_board"


def writing() -> None:
    """The script, the voices, what it will cost, and the button that records them."""
    with st.container(key="writing_compare", gap=None):
        st.text_area(
            "Script",
            value=st.session_state["compare_script"],
            key="compare_script",
            height=112,
            label_visibility="collapsed",
            placeholder="What should every voice say?",
            on_change=casting.save,
        )
        with st.container(key="row_choices_compare", horizontal=True, vertical_alignment="center"):
            casting.picker()
        with st.container(
            key="row_act_compare",
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ):
            count = _expectation()
            st.button(
                f"Record {money.count(count, 'voice')}" if count else "Record voices",
                key="compare_record",
                type="primary",
                icon=":material/graphic_eq:",
                shortcut="Mod+Enter",
                on_click=audition.record,
            )


def _expectation() -> int:
    """What a click would do and cost; returns how many voices it would record."""
    asked = casting.requests()
    if not st.session_state["compare_script"].strip():
        look.facts("Nothing to say yet", "the price appears here")
        return len(asked)
    if not asked:
        look.facts("No voice is chosen yet")
        return 0
    try:
        plans = session.plans(asked)
    except SpeechError as error:
        look.facts(str(error))
        return len(asked)
    wanted = audition.missing(plans)
    if not wanted:
        busy = any(together.works(clip) for clip in audition.unfinished())
        words = "being recorded" if busy else "all of them are here"
        look.facts(words, count=money.count(len(plans), "voice"))
        return len(plans)
    free = [plan for plan in wanted if not plan.new or plan.request.model == OFFLINE]
    new = len(wanted) - len(free)
    reused = [f"{len(free)} already made or built in: free"] if free and new else []
    cost = f"{money.price_before(audition.price(wanted))} for all" if new else "free"
    look.facts(
        *([f"{new} new"] if free and new else []),
        *reused,
        cost,
        *plans[0].removed,
        count=money.count(len(wanted), "voice"),
    )
    return len(wanted)


def stage() -> None:
    """What is being recorded, what was not, and the voices that can be heard."""
    now = audition.current()
    shown = audition.candidates()
    if now is None or not shown:
        casting.starters()
        return
    together.card(audition.PLACE, "voice", audition.unfinished)
    for each in shown:
        if each.clip.state == "failed" and not together.works(each.clip):
            with st.container(key=f"card_problem_{each.clip.id}"):
                look.title(_name(each.clip))
                problems.explain(each.clip)
    ready = [each for each in shown if each.clip.state == "ready"]
    votes.show(now)
    if ready:
        st.header(now.title or "Side by side", anchor=False)
        if audition.is_another_script():
            look.about(f"These say: “{title_of(now.script)}”")
        _toolbar(now, ready)
        _cards(ready)


def _toolbar(now: Audition, ready: list[Candidate]) -> None:
    with st.container(key="row_compare_listen", horizontal=True, vertical_alignment="center",
                      horizontal_alignment="distribute"):  # fmt: skip
        keys = "Press a voice's number to play it" if len(ready) > 1 else "Press 1 to play it"
        look.facts(keys, "only one plays at a time")
        st.toggle("Same loudness", value=True, key="compare_level",
                  help="For listening only: a louder voice would win unfairly. "
                  "Downloads stay as they were recorded.")  # fmt: skip
    with st.container(key="row_compare_show", horizontal=True, vertical_alignment="center"):
        _save(now)
        trial.start(now, ready)
        takeout.button(now, ready, {each.clip.id: _about(each.clip, ready) for each in ready})
        _present(now, ready)


def _present(now: Audition, ready: list[Candidate]) -> None:
    gains_db = _gains_db(ready)
    tiles = [
        present.tile(
            each.clip,
            name=house().catalogue.voice_label(each.clip.voice),
            about=_about(each.clip, ready),
            text=now.script,
            gain_db=gains_db.get(each.clip.id, 0.0),
        )
        for each in ready
    ]
    present.present("compare_present", title=now.title or title_of(now.script), tiles=tiles)


def _save(now: Audition) -> None:
    with st.popover(
        "Save audition", key="compare_save", icon=":material/bookmark:", on_change="rerun"
    ) as popover:
        if not popover.open:
            return
        st.text_input(
            "Name",
            value=now.title or title_of(now.script),
            key=f"compare_title_{now.id}",
        )
        st.button(
            "Save",
            key="compare_save_now",
            on_click=audition.save_as,
            args=(f"compare_title_{now.id}",),
        )


def _cards(ready: list[Candidate]) -> None:
    gains_db = _gains_db(ready) if st.session_state.get("compare_level", True) else {}
    board(
        BOARD,
        [
            _card(number, each, gains_db.get(each.clip.id, 0.0), _about(each.clip, ready))
            for number, each in enumerate(ready, 1)
        ],
        on_marks=audition.mark,
        on_press=audition.press,
        remarks=True,
        plain=house().library.preferences.get().plain_player,
    )


def _card(number: int, each: Candidate, gain_db: float, about: str) -> Card:
    clip, catalogue = each.clip, house().catalogue
    name = catalogue.voice_label(clip.voice)
    kept = clip.kind == "clip"
    return {
        "id": str(clip.id),
        "name": name,
        "about": about,
        "number": number,
        "address": address(clip.file or ""),
        "length_s": clip.length_s or 0.0,
        "peaks": scaled(clip.peaks or b""),
        "gain_db": gain_db,
        "facts": money.price_after(clip.usd, exact=bool(clip.usd_is_exact)),
        "file_name": export.file_name(title_of(clip.excerpt), name, rows.suffix_of(clip)),
        "rows": [{"id": "stars", "label": "", "stars": each.stars}],
        "remark": each.remark,
        "actions": [
            {"name": "", "label": "Kept", "spoken": f"{name} is kept in the Library"}
            if kept
            else {"name": "keep", "label": "Keep", "spoken": f"Keep {name} in the Library"},
        ],
        "removable": f"Remove {name} from this audition",
    }


def _about(clip: Clip, among: list[Candidate]) -> str:
    """What is known of the voice; its model too where there are several."""
    catalogue = house().catalogue
    voice = catalogue.voice(clip.model, clip.voice)
    several = len({each.clip.model for each in among}) > 1
    model = [catalogue.model_label(clip.model)] if several else []
    return " · ".join([*([voice.character or voice.description] if voice else []), *model])


def _gains_db(ready: list[Candidate]) -> dict[int, float]:
    """By how much each is played louder or softer than recorded, by its clip."""
    known = audition.loudness([each.clip.file or "" for each in ready])
    target_lufs = audio.common_lufs(list(known.values()))
    return {
        each.clip.id: audio.gain_db(known[each.clip.file], target_lufs)
        for each in ready
        if each.clip.file in known
    }


def _name(clip: Clip) -> str:
    catalogue = house().catalogue
    return f"{catalogue.voice_label(clip.voice)} · {catalogue.model_label(clip.model)}"


def saved() -> None:
    """The auditions of the installation that have a name, to be opened again."""
    found = house().library.auditions.saved(session.OWNER)
    gone = st.session_state.get("_audition_deleted")
    if gone:
        with st.container(key="row_compare_deleted", horizontal=True, vertical_alignment="center"):
            look.facts(f"“{gone.title}” deleted")
            st.button("Undo", key="compare_undo", on_click=audition.undo_delete, args=(gone,))
    if not found:
        return
    with st.popover(
        "Saved auditions", key="compare_saved", icon=":material/folder_open:", on_change="rerun"
    ) as popover:
        for each in found if popover.open else []:
            with st.container(
                key=f"row_compare_saved_{each.id}",
                horizontal=True,
                horizontal_alignment="distribute",
                vertical_alignment="center",
            ):
                st.button(
                    each.title,
                    key=f"compare_open_{each.id}",
                    type="tertiary",
                    help=f"{title_of(each.script)} · {money.ago(each.changed_at_s)}",
                    on_click=audition.open_saved,
                    args=(each,),
                )
                st.button(
                    "Delete",
                    key=f"compare_delete_{each.id}",
                    type="tertiary",
                    icon=":material/delete:",
                    on_click=audition.delete,
                    args=(each,),
                )
