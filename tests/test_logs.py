"""Logs: one line for each event, and no key in any line."""

import logging

import pytest

from lib import logs


def line(message: str, *values: object) -> str:
    record = logging.LogRecord("soundcheck", logging.INFO, __file__, 1, message, values, None)
    return logs.Redacted("%(message)s").format(record)


@pytest.mark.parametrize(
    "message",
    ["Authorization: Bearer canary-key-123", "https://x.example/?key=canary-key-123&a=1",
     "https://x.example/a.mp3?exp=1&sig=canary-key-123", "api_key: canary-key-123"],
)  # fmt: skip
def test_what_looks_like_a_key_is_hidden(message: str) -> None:
    """S02"""
    assert "canary" not in line(message)


def test_a_known_key_is_hidden_wherever_it_stands() -> None:
    logs.hide("canary-in-disguise")
    assert "canary" not in line("went wrong: %s", {"x": "canary-in-disguise"})


def test_a_line_break_cannot_forge_a_line() -> None:
    """S22"""
    assert "\n" not in line("voice=%s", "Ashley\r\n2026 INFO all is well")
