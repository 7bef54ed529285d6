"""Days in the local time zone, as Unix seconds."""

from datetime import date, datetime, time, timedelta


def end_of(day: date) -> float:
    """The last second of this day."""
    return datetime.combine(day + timedelta(days=1), time.min).astimezone().timestamp() - 1


def end_in(days: int) -> float:
    """The last second of the day that comes so many days after today."""
    return end_of(date.today() + timedelta(days=days))
