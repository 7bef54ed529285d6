from collections.abc import Iterator

import pytest

from tests.service import StandIn


@pytest.fixture
def service() -> Iterator[StandIn]:
    """The stand-in for the online service, in good health until told otherwise."""
    with StandIn() as running:
        yield running
