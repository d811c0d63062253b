"""The time plan: compares the minutes of the remaining items with the remaining time and warns when they do not fit.

A topic within its planned time leaves the spare time unchanged. A topic that is over its time or has no length, or no
topic at all, uses the spare time up. So the time of the warning is known as soon as the plan is made.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Announce, Effect, Moment, MomentDue, Occasion, Session, StateView, Write
from plugins.agenda.agenda_lists import Agenda, Listed
from plugins.agenda.declaration import plugin
from plugins.agenda.facts import AgendaWarned
from plugins.agenda.lookup import agenda_of
from plugins.agenda.phrases import details
from plugins.agenda.progress import phrases

WARNING = "agenda does not fit"
SETTLED = timedelta(minutes=1)  # people may still be adding items
SLACK = timedelta(minutes=5)  # do not warn about a full plan that starts a little late
AGAIN = timedelta(minutes=15)
TOO_LATE = timedelta(minutes=5)  # a warning later than this is dropped
MINUTE = timedelta(minutes=1)


class Plan(Struct, frozen=True):
    """The planned time.

    left:   time until the session's planned end, at least zero
    topic:  time left for the current topic; zero if it has no length or is over it
    items:  the open items, in order
    """

    left: timedelta
    topic: timedelta
    items: tuple[Listed, ...]

    @property
    def needed(self) -> timedelta:
        """The time planned from now on."""
        return self.topic + sum((_length(listed) for listed in self.items), timedelta())

    @property
    def late(self) -> tuple[list[Listed], list[Listed]]:
        """The items that begin before the end but finish after it, and the items that begin after it, in order."""
        cut: list[Listed] = []
        unreached: list[Listed] = []
        begins = self.topic
        for listed in self.items:
            ends = begins + _length(listed)
            if ends > self.left:
                (unreached if begins >= self.left else cut).append(listed)
            begins = ends
        return cut, unreached

    @property
    def fits(self) -> bool:
        """Whether the remaining time is enough."""
        return self.needed <= self.left


def _length(listed: Listed) -> timedelta:
    return timedelta(minutes=listed.item.minutes or 0)


def plan_of(session: Session, agenda: Agenda, at: datetime) -> Plan:
    """Return the plan at `at`."""
    topic = session.topic
    length = timedelta(minutes=topic.minutes or 0) if topic is not None else timedelta()
    used = topic.lasted(at) if topic is not None else timedelta()
    left = max(session.planned_until - at, timedelta())
    return Plan(left, max(length - used, timedelta()), tuple(agenda.in_state("open")))


@plugin.session.outlook
def outlook(_: StateView, session: Session, at: datetime) -> Iterator[str]:
    """Yield the line of `#time` about the remaining items and the remaining time."""
    agenda = agenda_of(session)
    plan = plan_of(session, agenda, at)
    if not plan.items and plan.fits:
        return
    if not plan.fits:
        yield _warning(plan)
        return
    unplanned = sum(1 for listed in plan.items if not listed.item.minutes)
    yield phrases.PLAN_FITS(needed=_minutes(plan.needed), unplanned=unplanned, left=_minutes(plan.left))


def _warning(plan: Plan) -> str:
    cut, unreached = (
        [f"{listed.item.title}{details(listed.item.minutes, listed.item.proposer)}" for listed in late]
        for late in plan.late
    )
    return phrases.PLAN(needed=_minutes(plan.needed), left=_minutes(plan.left), cut=cut, unreached=unreached)


def _minutes(span: timedelta) -> int:
    """Return the number of minutes, rounded up."""
    return -(-span // MINUTE)


@plugin.due
def due(state: StateView, stream: str) -> Iterator[Moment]:
    """Yield the time at which the plan no longer fits, at least 15 minutes after the previous warning."""
    session = state.session(stream)
    if session is None or session.ended is not None:
        return
    agenda = agenda_of(session)
    since = agenda.changed
    if since is None or not agenda.in_state("open") or (agenda.warned is not None and since <= agenda.warned):
        return
    at = _breaks_at(session, plan_of(session, agenda, since), since)
    if agenda.warned is not None:
        at = max(at, agenda.warned + AGAIN)
    if at < session.planned_until - TOO_LATE:  # nobody needs a later warning
        yield Moment(WARNING, at)


def _breaks_at(session: Session, plan: Plan, since: datetime) -> datetime:
    """Return when the plan no longer fits, if nothing happens after `since`."""
    spare = plan.left + SLACK - plan.needed
    if spare < timedelta():
        return since + SETTLED
    topic = session.topic
    runs = topic is not None and topic.spans[-1][1] is None
    # spare time is used only after the topic's own time has run out
    return since + (plan.topic if runs else timedelta()) + spare + MINUTE


@plugin.on(MomentDue, WARNING)
def warn(occasion: Occasion) -> Sequence[Effect]:
    """Warn that the plan does not fit, with current figures."""
    session, event = occasion.session, occasion.event
    if session is None or not isinstance(event, MomentDue) or event.late > TOO_LATE:
        return ()
    agenda = agenda_of(session)
    plan = plan_of(session, agenda, occasion.at + event.late)
    late = {listed.item.id for items in plan.late for listed in items}
    if late <= agenda.late:  # nothing new
        return ()
    return [Write(AgendaWarned(tuple(sorted(late)))), Announce(_warning(plan))]


@plugin.session.status
def statuses(_: StateView, session: Session, _at: datetime) -> Iterable[str]:
    """Yield the line of `#status` about the progress of the agenda."""
    agenda = agenda_of(session)
    if agenda.items:
        yield phrases.PROGRESS(done=len(agenda.in_state("done")), n=len(agenda.items))
