"""A press is done to its end, whatever else the page sends meanwhile.

Streamlit looks for a newer request whenever the session's state is used, also before and inside
callbacks, and then takes that request up and leaves the rest of them undone. So a press was lost if
the page sent something else a moment later, as the grid does when a press takes the focus from it.

Written for Streamlit 1.67, which has no setting for it; tests/test_clicks.py holds the promise.
"""

from functools import cache, wraps
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState


@cache
def finish() -> None:
    """Make it so for all sessions of this process; called when the server starts."""
    run_callbacks = SafeSessionState.on_script_will_rerun

    @wraps(run_callbacks)
    def run_all(self: SafeSessionState, *args: Any, **options: Any) -> None:
        look = self._yield_callback
        # Its own setattr sets a value of the state.
        object.__setattr__(self, "_yield_callback", lambda: None)
        try:
            run_callbacks(self, *args, **options)
        finally:
            object.__setattr__(self, "_yield_callback", look)

    SafeSessionState.on_script_will_rerun = run_all  # type: ignore[method-assign]
