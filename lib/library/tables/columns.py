"""Our own column types, and the metadata with the list of all tables."""

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, MetaData
from sqlalchemy.types import TypeDecorator

from lib.library.problem import Problem

NANO = Decimal(10) ** 9
USD_LIMIT = Decimal(2**63 - 1) / NANO  # the largest value of a column


class Usd(TypeDecorator[Decimal]):
    """Dollars as a whole number of billionths, so that sums in SQL are exact too.

    A too large amount is stored as unknown (NULL), so that the row is not lost.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None or not value.is_finite() or not -USD_LIMIT <= value <= USD_LIMIT:
            return None
        return int((value * NANO).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / NANO


class StoredProblem(TypeDecorator[Problem]):
    """Why a clip was not made, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Problem | None, dialect: Dialect) -> Any:
        return value.to_json() if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> Problem | None:
        return Problem.read(value)


metadata = MetaData()
