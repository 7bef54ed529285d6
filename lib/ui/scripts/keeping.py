"""Write down what the page Scripts shows, so that it stays: the defaults, the cast, the lists."""

from collections.abc import Sequence
from contextlib import suppress

from lib.errors import StorageError
from lib.library.folds import Folded
from lib.library.scripts import Made, Script
from lib.script import dialogue
from lib.scripting.state import ScriptState
from lib.scripting.units import Unit
from lib.ui.scripts import current
from lib.ui.services import services


def keep_defaults(script: Script) -> None:
    """Write down the defaults that it uses: scripts of earlier versions followed them."""
    used = current.cast_of(script)
    form = current.form_of(script)
    if form is None:
        return
    kept = {"model": used.model, "voice": used.voice, "format": used.format} | form
    if kept != form:
        services().library.scripts.change(script.id, form=kept)


def keep_cast(now: ScriptState) -> list[str]:
    """Write down the voices that were just given to speakers, so that these keep them.

    Returns the names of these speakers.
    """
    model, given = now.cast.model, now.cast.given
    before = now.script.form.get("given", {}).get(model, {})
    form = current.form_of(now.script) if given != before else None
    if form is None:
        return []
    models = form.get("given", {})
    together = models | {model: models.get(model, {}) | given}
    services().library.scripts.change(now.script.id, form={**form, "given": together})
    names = {dialogue.same_person(name): name for name in now.names}
    return [name for key, name in names.items() if given.get(key) != before.get(key)]


def keep_on_top(now: ScriptState) -> None:
    """Let the lists show what the script says: a take or words of before may be chosen again."""
    says = [(each.unit, each.clip) for each in now.recorded if each.clip]
    lower = [
        clip.id for unit, clip in says if clip.unit == unit.id and clip.folded != Folded.ON_TOP
    ]
    with suppress(StorageError):  # the page can be read without, and tries it again
        if moved := _moved(says):
            services().library.folds.move(moved)
        if lower:
            services().library.folds.stand(lower)


def _moved(says: Sequence[tuple[Unit, Made]]) -> dict[int, str]:
    """The new unit of each clip whose chapter has another number than when it was recorded."""
    at_home = {clip.id for unit, clip in says if clip.unit == unit.id}
    moved: dict[int, str] = {}
    for unit, clip in says:
        if unit.row is None and clip.id not in at_home:
            moved.setdefault(clip.id, unit.id)
    return moved
