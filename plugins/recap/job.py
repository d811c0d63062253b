"""The job that writes a recap for its recipients."""

from datetime import datetime

from bot.api.recap import Part, Sources, days_of
from plugins.recap import renderings
from plugins.recap.layout import front
from plugins.recap.layout.sheet import Notice, recap
from plugins.recap.lifecycle import changes, destination, phrases
from plugins.recap.lifecycle.facts import Goes
from plugins.recap.lifecycle.orders import Order, Written
from plugins.recap.lifecycle.state import Standing, standings, weight


def write(sources: Sources, order: Order) -> Written:
    """Write the ordered recap."""
    standing = standings(sources.entries, days_of(sources.setup, sources.track))
    mine = standing.get(order.plan.key, Standing(order.plan.key))
    part = renderings.part(sources, order.plan, sources.sessions, renderings.sent_numbers(standing))
    goes = destination.goes(sources.setup, sources.track, part.sessions, mine)
    until = (
        destination.until(sources.setup, sources.track, mine, order.now) if goes == "maintainers" else None
    )
    given = list(sources.blocks(part))
    corrections: tuple[tuple[str, str], ...] = ()
    if order.purpose == "correct":
        written = changes.correction(part, given, mine)
    elif order.purpose == "again":
        draft = mine.sent is not None and mine.sent.draft
        written = recap(part, given, notice=Notice() if draft else None, drop_marks=not draft)
        corrections = tuple(
            (earlier_correction.subject, earlier_correction.body)
            for earlier_correction in changes.earlier_corrections(part, mine)
        )
    else:
        notice = None if order.purpose == "approve" else _notice(part, order, goes, until)
        written = recap(part, given, notice=notice, drop_marks=order.without_marks)
    return Written(
        order=order,
        subject=written.subject,
        body=written.body,
        marks=front.marks(part, given),
        records=len(part.records),
        started=min((session.started for session in part.sessions), default=order.now),
        covered=tuple((session.id, weight(session)) for session in part.sessions),
        rooms=part.rooms,
        goes=goes,
        until=until,
        corrections=corrections,
    )


def _notice(part: Part, order: Order, goes: Goes, until: datetime | None) -> Notice:
    """Return the notice for a draft; the maintainers' copy explains their options."""
    if order.purpose == "list" or goes == "list" or not part.track.maintainers:
        return Notice()
    when = phrases.moment(until, part.setup.gathering.zone) if until is not None else ""
    return Notice(for_maintainers=True, until=when, address=part.track.list)
