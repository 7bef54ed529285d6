"""Write down what the page Scripts shows, so that it stays: the defaults, the cast, the lists."""

from contextlib import suppress
from typing import Any

from lib.errors import StorageError
from lib.library.folds import Folded
from lib.library.scripts import Script
from lib.script import dialogue
from lib.scripting.state import ScriptState
from lib.ui.scripts import current
from lib.ui.services import services


def keep_defaults(script: Script) -> None:
    """Write down the defaults that it uses: scripts of earlier versions followed them."""
    used = current.cast_of(script)
    usual = {"model": used.model, "voice": used.voice, "format": used.format}
    services().library.scripts.change_form(script.id, lambda form: usual | form)


def keep_cast(now: ScriptState) -> list[str]:
    """Write down the voices that were just given to speakers, so that these keep them.

    Returns the names of these speakers.
    """
    model, given = now.cast.model, now.cast.given
    before = now.script.form.get("given", {}).get(model, {})
    if given == before:
        return []

    def with_given(form: dict[str, Any]) -> dict[str, Any]:
        models = form.get("given", {})
        return form | {"given": models | {model: models.get(model, {}) | given}}

    services().library.scripts.change_form(now.script.id, with_given)
    names = {dialogue.same_person(name): name for name in now.names}
    return [name for key, name in names.items() if given.get(key) != before.get(key)]


def keep_on_top(now: ScriptState) -> bool:
    """Let the lists show what the script says: old words may be there again, or in another place.

    Returns whether clips were moved, so that `now` is not the state any more.
    """
    heard = [(each.unit.id, each.clip) for each in now.recorded if each.clip]
    units = {clip.id: unit for unit, clip in reversed(heard)}
    units |= {clip.id: unit for unit, clip in heard if clip.unit == unit}
    is_kept = all(clip.unit == units[clip.id] and clip.folded == Folded.ON_TOP for _, clip in heard)
    if is_kept:
        return False
    with suppress(StorageError):  # the page can be read without, and tries it again
        services().library.folds.follow(now.script.id, units)
        return True
    return False
