"""What a page says about a script: what it holds, what is new, and what that costs."""

from lib import money
from lib.engines import OFFLINE
from lib.jobs import Jobs
from lib.scripting.state import ScriptState, UnitState
from lib.scripting.timing import Timing

THINGS = {"table": "row", "dialogue": "sentence", "document": "sentence"}
CALL_S = 3.0  # seconds for a call of one or two sentences, by the service's documentation


def kind_of(now: ScriptState) -> str:
    """What a script is, such as "12 rows", "Dialogue", "Text", or "Book, 12 chapters"."""
    match now.script.kind:
        case "table":
            return money.count(len(now.units), "row")
        case "dialogue":
            return "Dialogue"
        case _:
            return f"Book, {len(now.units):,} chapters" if len(now.units) > 1 else "Text"


def progress_of(now: ScriptState) -> str:
    """How far it is recorded, such as "3 of 12 new"."""
    waits = [item for item in now.units if item.state != "recorded"]
    if now.is_active:
        return "paused" if now.work == "paused" else "being recorded"
    if failed := sum(item.state in ("failed", "open") for item in waits):
        return f"{failed:,} failed"
    if not now.recorded:
        return "not recorded"
    return f"{len(waits):,} of {len(now.units):,} new" if waits else "recorded"


def label_of(now: ScriptState) -> str:
    """The label of the button, such as "Record 5 rows", with the count of the line beside it."""
    if any(item.clip and item.clip.state == "interrupted" for item in now.wanted):
        return f"Resume, {money.count(len(now.wanted), 'clip')} left"
    if not now.new:
        return "Put together, free"
    return f"Record {money.count(_new(now), THINGS[now.script.kind])}"


def count_of(now: ScriptState) -> str:
    """For example "12 rows, 3 new"; "" if there is nothing to say."""
    if now.script.kind == "table":
        failed = sum(item.state in ("failed", "open") for item in now.units)
        again = sum(item.clip is not None and item.clip.state == "failed" for item in now.wanted)
        fresh = len(now.wanted) - again
        parts = [money.count(len(now.units), "row")]
        parts += [f"{fresh:,} new"] if fresh else []
        parts += [f"{failed:,} failed"] if failed else []
        return ", ".join(parts)
    if not now.sentences:
        return ""
    whole = money.count(len(now.sentences), "sentence")
    return f"{len(now.new):,} of {whole} new" if now.new else whole


def _new(now: ScriptState) -> int:
    return len(now.wanted) if now.script.kind == "table" else len(now.new)


def facts_of(now: ScriptState, *, at_once: int) -> list[str]:
    """What else stands beside the button. at_once: how many calls may be open at once."""
    stuck = [item.problem for item in now.units if item.state == "stuck"]
    facts = [f"{len(stuck):,} cannot be recorded yet"] if len(stuck) > 1 else stuck
    if waiting := sum(item.state == "open" for item in now.units):
        facts.append(f"{money.count(waiting, 'charge')} to be cleared up")
    recorded = sum(item.state == "recorded" for item in now.units)
    if not now.wanted:
        return [*facts, *(["all recorded"] if recorded == len(now.units) else [])]
    if reused := recorded if now.script.kind == "table" else len(now.sentences) - len(now.new):
        facts.append(f"{reused:,} reused: free")
    if now.cast.model == OFFLINE:
        return [*facts, "free"]
    work_s = -(-len(now.new) // at_once) * CALL_S
    facts += [f"{money.left(work_s).removesuffix(' left')} of work"] if now.new else []
    return [*facts, money.price_before(now.usd)]


def state_in_short(item: UnitState, jobs: Jobs) -> str:
    """As `state_words` for a column: the card of the clip says why it was not made."""
    short = {"open": "! Charge unclear", "failed": "! Not recorded", "stuck": "! Cannot be said"}
    return short.get(item.state) or state_words(item, jobs)


def state_words(item: UnitState, jobs: Jobs) -> str:
    """The state of one clip, such as "✓ Recorded"."""
    match item.state:
        case "recorded":
            return "✓ Recorded"
        case "making":
            job = jobs.get(item.clip.id) if item.clip else None
            return "Recording…" if job and job.running else "Waiting"
        case "new":
            return "New"
        case "changed":
            return "Changed"
        case "open":
            return f"! May have been charged: {item.problem}"
        case _:
            return f"! {item.problem}"


# ---- Times of captions ----


def timing_words(timing: Timing | None) -> str:
    """How a row fits its time, such as "! 0.8 s late, 1.5 s too long"; "" where it does."""
    if timing is None:
        return ""
    about = "" if timing.is_known else "about "
    late = [f"{timing.late_s:.1f} s late"] if timing.late_s else []
    over = [f"{timing.over_s:.1f} s too long"] if timing.over_s else []
    return f"! {about}{', '.join([*late, *over])}" if late or over else ""


def timing_of(now: ScriptState) -> list[str]:
    """How all rows of captions together fit their times, for one line."""
    found = list(now.timings.values())
    long, late = ([each for each in found if getattr(each, name)] for name in ("over_s", "late_s"))
    if not long and not late:
        return ["all of them fit"]
    about = "" if all(each.is_known for each in found) else "about "
    said = []
    if long:
        verb = "is" if len(long) == 1 else "are"
        said.append(f"{money.count(len(long), 'row')} {verb} too long for the time of the caption")
    most_s = max((each.late_s for each in late), default=0.0)
    if len(late) == 1:
        said.append(f"1 row starts {about}{most_s:.1f} s late")
    elif late:
        said.append(f"{len(late):,} rows start late, one of them by {about}{most_s:.1f} s")
    return said
