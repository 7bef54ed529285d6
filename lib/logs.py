"""Log to standard error: one line for each event, without keys."""

import logging
import re

# The value after words such as "api_key", in any log line.
SECRET = re.compile(r"(?i)(bearer\s+|api[_-]?key\W{1,3}|[?&](?:sig|key|token)=)[^\s&\"']{6,}")
MESSAGE_MAX_CHARS = 2000
KEY_MIN_CHARS = 6  # a shorter text is not a key, and would hide parts of words

_hidden: set[str] = set()  # of the process, as its log is


def hide(key: str) -> None:
    """Hide this key in all log lines from now on."""
    if len(key) >= KEY_MIN_CHARS:
        _hidden.add(key)


def start_logging() -> None:
    """Send Soundcheck's loggers to standard error; a second call changes nothing."""
    ours = logging.getLogger("soundcheck")
    if ours.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False


class Redacted(logging.Formatter):
    """Formats an event as one line, and hides everything that looks like a key."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        if not record.exc_info:  # a message must not forge lines; a stack trace needs them
            line = line.replace("\r", "\\r").replace("\n", "\\n")[:MESSAGE_MAX_CHARS]
        for key in _hidden:
            line = line.replace(key, "[key]")
        return SECRET.sub(r"\1[hidden]", line)
