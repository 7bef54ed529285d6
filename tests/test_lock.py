"""requirements.lock is current, and what makes one that is not. Nothing is asked of a network."""

import re

import pytest

from tests import lock

TEXT = lock.LOCK.read_text(encoding="utf-8")


def test_the_lock_is_current() -> None:
    assert lock.problems(TEXT) == []
    assert "/" not in re.sub(r"^#.*$", "", TEXT, flags=re.M)  # no host, no path


@pytest.mark.parametrize(
    ("pattern", "instead", "problem"),
    [
        (r"^numpy==\S+", "numpyish==2.4.0", "numpy is missing, which requirements.txt needs"),
        (r"^streamlit==\S+", "streamlit==1.68.0", "streamlit 1.68.0 is not in the range"),
        (r"^pytest==\S+", "pytest==8.0", "pytest 8.0 is not in the range"),
        (r"^cffi==\S+", "cffiish==1.0", "cffi is missing, which soundfile needs"),
        (r"^(idna==\S+).*?(?=^\w)", r"\1\n", "idna has no hash"),
        (r"\A", "--extra-index-url https://packages.example/\n", "an address or a path"),
    ],
    ids=["missing", "out of range", "of the tests", "below", "no hash", "address"],
)
def test_a_lock_that_is_not_current_is_told(pattern: str, instead: str, problem: str) -> None:
    changed = re.sub(pattern, instead, TEXT, count=1, flags=re.M | re.S)
    assert changed != TEXT
    if instead.startswith("--"):
        changed = changed.replace("--extra", "# --extra", 1)
    assert problem in "\n".join(lock.problems(changed))


def test_a_range_in_place_of_a_version_is_refused() -> None:
    with pytest.raises(ValueError, match="not one version"):
        lock.read("numpy>=2.4,<3 --hash=sha256:" + "0" * 64)


def test_another_version_than_the_locked_one_is_said_and_no_failure() -> None:
    older = re.sub(r"^idna==\S+", "idna==3.10", TEXT, flags=re.M)
    assert lock.problems(older) == []
    assert any(each.startswith("idna 3.10 is locked, ") for each in lock.differences(older))
