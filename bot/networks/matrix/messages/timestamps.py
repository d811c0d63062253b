"""When an event was said, as far as that can be believed.

`origin_server_ts` is what the sender's server claims: it may be hours or years off, by a wrong clock or on purpose.
The order of events is the sync's order and never follows from these times.
"""

from datetime import UTC, datetime, timedelta

from bot.networks.matrix.json_values import whole

SLACK = timedelta(minutes=5)  # clocks differ, and servers take their time
OLDEST = timedelta(days=30)  # nobody is told more than that at once after being away


def said_at(stamp: object, now: datetime, *, old: bool = False) -> datetime:
    """`stamp` (milliseconds since 1970) as aware UTC, or `now` where that is not to be believed.

    Heard as it is said, an event is at most five minutes old or ahead; an `old` one was said in the last 30 days.
    """
    milliseconds = whole(stamp)
    if milliseconds is None or not 0 <= milliseconds < 253_402_300_800_000:  # the year 10000
        return now
    at = datetime.fromtimestamp(milliseconds // 1000, UTC) + timedelta(milliseconds=milliseconds % 1000)
    return at if now - (OLDEST if old else SLACK) <= at <= now + SLACK else now
