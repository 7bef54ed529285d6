"""Logs: a line an event, to standard error, without a key and without a line break in it."""

import logging
import re

# What stands after words that announce a secret, whoever wrote the line.
SECRET = re.compile(r"(?i)(bearer\s+|api[_-]?key\W{1,3}|[?&](?:sig|key|token)=)[^\s&\"']{6,}")
MESSAGE_MAX_CHARS = 2000
KEY_MIN_CHARS = 6  # a shorter one is no key, and would blank out words

_hidden: set[str] = set()


def hide(key: str) -> None:
    """Never let this key into a log, however it comes there."""
    if len(key) >= KEY_MIN_CHARS:
        _hidden.add(key)


def start_logging() -> None:
    """Send Soundcheck's own loggers to standard error, once."""
    ours = logging.getLogger("soundcheck")
    if ours.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False


class Redacted(logging.Formatter):
    """One line an event, whatever the event says, and nothing that looks like a key."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        if not record.exc_info:  # a stack needs its lines; a message must not forge one
            line = line.replace("\r", "\\r").replace("\n", "\\n")[:MESSAGE_MAX_CHARS]
        for key in _hidden:
            line = line.replace(key, "[key]")
        return SECRET.sub(r"\1[hidden]", line)
