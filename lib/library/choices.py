"""Check the choices of a page when they are stored, and again when they are read.

A browser can send any value for a widget, and the pages of all users read the stored values.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from lib.script.language import NAMES
from lib.speech import FORMATS, NAME_MAX_CHARS, TAKE_MAX

VOICES_MAX = 1_000
WORDS_MAX_CHARS = 2_000
MODELS_MAX = 100  # for which voices were given to speakers
BY_NAME_MAX = 20_000  # takes of a book's sentences
USD_MAX = 1_000_000.0
PACE_MAX = 1_000  # each installation has a lower limit

Check = Callable[[object], bool]


def is_name(value: object) -> bool:
    """Whether it can be the id of a model or a voice."""
    return isinstance(value, str) and 0 < len(value) <= NAME_MAX_CHARS


def is_number(value: object, least: float, most: float) -> bool:
    """Whether it is a number in the range: not a bool, NaN or infinity."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return least <= value <= most and math.isfinite(value)


def is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and is_number(value, least, most)


def _is_words(value: object) -> bool:
    return isinstance(value, str) and len(value) <= WORDS_MAX_CHARS


def _is_take(value: object) -> bool:
    return is_whole(value, 1, TAKE_MAX)


def _is_shortlist(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) <= VOICES_MAX and all(map(is_name, value))


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


PREFERENCES: Mapping[str, Check] = {
    "model": _or_none(is_name),
    "voice": _or_none(is_name),
    "format": lambda value: value in FORMATS,
    "confirm_above_usd": _or_none(lambda value: is_number(value, 0, USD_MAX)),
    "pace": _or_none(lambda value: is_whole(value, 1, PACE_MAX)),
    "usd_per_million": _or_none(lambda value: is_number(value, 0, USD_MAX)),
    "plain_player": lambda value: isinstance(value, bool),
    "shortlist": _is_shortlist,
    "file_names": _is_words,
}

_FORM: Mapping[str, Check] = {
    "model": is_name,
    "voice": is_name,
    "format": lambda value: value in FORMATS,
    "joined": lambda value: isinstance(value, bool),
    "by_chapter": lambda value: isinstance(value, bool),
    "language": lambda value: value in NAMES,
}
_BY_NAME: Mapping[str, Check] = {
    "speakers": is_name,
    "takes": _is_take,
    "mends": _is_words,
}


def of_script(form: object) -> dict[str, Any]:
    """The valid choices of a script; others are dropped, as if they were never made."""
    chosen = form if isinstance(form, Mapping) else {}
    kept = {name: chosen[name] for name, fits in _FORM.items() if fits(chosen.get(name))}
    for name, fits in _BY_NAME.items():
        if isinstance(values := chosen.get(name), Mapping):
            kept[name] = _by_name(values, fits)
    if isinstance(models := chosen.get("given"), Mapping):
        each_model = [each for each in models.items() if isinstance(each[1], Mapping)]
        given = {model: _by_name(names, is_name) for model, names in each_model if is_name(model)}
        kept["given"] = dict(list(given.items())[:MODELS_MAX])
    return kept


def _by_name(values: Mapping[object, object], fits: Check) -> dict[str, Any]:
    good = [(key, each) for key, each in values.items() if isinstance(key, str) and fits(each)]
    return dict([(key, each) for key, each in good if _is_key(key)][:BY_NAME_MAX])


def _is_key(value: object) -> bool:
    return _is_words(value) and bool(value)
