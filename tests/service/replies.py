"""An answer before it is written to the wire."""

import json as json_module
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Reply:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    body = json_module.dumps(value).encode()
    return Reply(status, body, {"Content-Type": "application/json", **(headers or {})})


def page(status: int) -> Reply:
    """What a gateway before the service says when it fails."""
    body = f"<html><body><h1>{status}</h1><p>nginx</p></body></html>".encode()
    return Reply(status, body, {"Content-Type": "text/html"})
