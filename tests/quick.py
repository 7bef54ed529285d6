"""Hold work to seconds of the processor, as a quiet machine would take them."""

import gc
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

YARD_S = 0.01  # what the yardstick takes where these limits were measured, with nothing else there
PROSE = "Dr. Smith pays $5.50 at 9am; see the list or call 555-0123. It is fine. " * 2_000


def _yardstick_s() -> float:
    """Work of the same kind, at no length but this one: its seconds tell how slow the machine is
    at this moment. Processors that share a core with others count twice the seconds.
    """
    began_s = time.process_time()
    Counter(word.casefold() for word in re.findall(r"\w+|[^\w\s]", PROSE))
    return time.process_time() - began_s


@contextmanager
def within(limit_s: float) -> Iterator[None]:
    """Fail if the work takes longer, in seconds of the processor at the pace of a quiet machine.

    What the tests before have left in memory is no part of the work: it is not looked through.
    """
    before_s = _yardstick_s()
    gc.freeze()
    began_s = time.process_time()
    yield
    took_s = time.process_time() - began_s
    gc.unfreeze()
    slower = max(1.0, (before_s + _yardstick_s()) / 2 / YARD_S)
    assert took_s < limit_s * slower, f"{took_s:.2f} s, at a machine {slower:.2f} times as slow"
