"""Check the values of settings. The text of a ValueError continues a sentence after the name."""

import ipaddress
import re
from pathlib import Path
from urllib.parse import urlsplit

# (minimum, maximum) of a number, by its name or by the unit at the end of its name.
RANGES: dict[str, tuple[float, float]] = {
    "pace": (1, 64),
    "pace_max": (1, 64),  # each needs threads
    "piece_max_chars": (100, 100_000),
    "piece_max_weight": (100, 100_000),
    "download_max_bytes": (100_000, 10**10),
    "download_tries": (1, 100),
    "retry_tries": (0, 100),
}
UNITS: dict[str, tuple[float, float]] = {
    "s": (0.001, 86_400),
    "bytes": (0, 10**15),
    "chars": (1, 10**7),
    "usd": (0, 10**6),
}
OTHERS = (0, 10**6)

NAME = re.compile(r"(?i)[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?\.?")
ORIGIN = re.compile(r"(?i)https?://(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?")


def number(field: str, value: object, *, whole: bool) -> float:
    """value: a text or a TOML value. whole: whether the result is an int. Raises ValueError."""
    low, high = RANGES.get(field) or UNITS.get(field.rpartition("_")[2]) or OTHERS
    try:
        read = int(str(value)) if whole else float(str(value))
        if low <= read <= high:  # False for NaN
            return read
    except ValueError:
        pass
    what = "number without decimals" if whole else "number"
    raise ValueError(f"should be a {what} from {low:,} to {high:,}, and is not")


def text(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("should be text in quotes, and is not")
    read = value.strip().rstrip("/" if field in ("base_url", "storage_url") else "")
    if not read.isprintable():
        raise ValueError("has a line break or an unusual character inside")
    if field == "base_url" and not _is_web_address(read):
        raise ValueError("should be a web address such as https://api.aimlapi.com, and is not")
    if field == "database_url" and "://" not in read:
        raise ValueError("should be an address such as postgresql+psycopg://host/name, and is not")
    if field == "ca_file" and not Path(read).is_file():
        raise ValueError("should be a file with certificates, and there is none of that name")
    return read


def folder(value: object) -> Path:
    if not isinstance(value, str):
        raise ValueError("should be text in quotes, and is not")
    try:
        read = Path(value.strip()).expanduser().resolve()
        usable = read.is_dir() or not read.exists()
    except (ValueError, RuntimeError, OSError):  # odd characters, unknown ~user, link loops
        usable = False
    if not usable:
        raise ValueError("should be a folder, and is not")
    return read


def several(field: str, value: object) -> tuple[str, ...]:
    """value: parts separated by commas, or a TOML list of parts."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError("should be text in quotes, its parts separated by commas, and is not")
    read = tuple(part.strip() for part in parts if part.strip())
    for part in read:
        if field == "audio_hosts" and not _is_place(part):
            raise ValueError("should be hosts such as cdn.example.com:8443, and is not")
        if field == "hosts" and not _is_host(part):
            raise ValueError("should be names such as soundcheck.example.com, and is not")
        if field == "frame_ancestors" and not ORIGIN.fullmatch(part):
            raise ValueError("should be addresses such as https://intranet.example.com, and is not")
    return read


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(usable) and " " not in value and not parts.query and not parts.fragment


def _is_host(value: str) -> bool:
    """Whether it is a host name or an IP address, without a port."""
    try:
        ipaddress.ip_address(value.strip("[]"))
    except ValueError:
        return bool(NAME.fullmatch(value))
    return True


def _is_place(value: str) -> bool:
    try:
        parts = urlsplit(f"//{value}")
        return bool(parts.hostname) and parts.port != 0 and parts.netloc == value
    except ValueError:
        return False
