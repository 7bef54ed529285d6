"""Links that are open until a time, or until somebody ends them."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """ends_at_s, closed_at_s: Unix seconds; None for a link without an end, or still open."""

    ends_at_s: float | None
    closed_at_s: float | None

    @property
    def open(self) -> bool:
        return self.closed_at_s is None and not self.expired

    @property
    def expired(self) -> bool:
        return self.ends_at_s is not None and time.time() >= self.ends_at_s
