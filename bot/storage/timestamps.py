"""Moments as the tables hold them: whole milliseconds since 1970, UTC."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_milliseconds(moment: datetime) -> int:
    """An aware moment, cut (not rounded) to the millisecond. Raises TypeError for a naive one."""
    since = moment - EPOCH
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000


def from_milliseconds(milliseconds: int) -> datetime:
    """The moment, in UTC."""
    return EPOCH + timedelta(milliseconds=milliseconds)
