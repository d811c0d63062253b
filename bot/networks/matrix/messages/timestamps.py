"""The time of an event, as far as it is credible.

The sender's server sets `origin_server_ts`: it may be hours or years off, by a wrong clock or on purpose. The order of
events is the order of the sync, never that of these times.
"""

from datetime import UTC, datetime, timedelta

from bot.networks.matrix.json_values import whole

SLACK = timedelta(minutes=5)  # clocks differ, and servers are slow
OLDEST = timedelta(days=30)  # the longest absence that counts


def said_at(stamp: object, now: datetime, *, old: bool = False) -> datetime:
    """`stamp` (milliseconds since 1970) as aware UTC, or `now` if that is not credible.

    A new event is at most five minutes old or ahead; an `old` one is from the last 30 days.
    """
    milliseconds = whole(stamp)
    if milliseconds is None or not 0 <= milliseconds < 253_402_300_800_000:  # the year 10000
        return now
    at = datetime.fromtimestamp(milliseconds // 1000, UTC) + timedelta(milliseconds=milliseconds % 1000)
    return at if now - (OLDEST if old else SLACK) <= at <= now + SLACK else now
