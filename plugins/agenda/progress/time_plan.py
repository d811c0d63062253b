"""The time plan: what the remaining items need against what the session has, and a warning when they do not fit.

Rules of this file: a topic within its time changes nothing, for both shrink alike; a topic over its time, one without a
length, or none at all uses up what was to spare. So the moment when the plan breaks is known as soon as it is made.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Announce, Effect, Moment, MomentDue, Occasion, Session, StateView, Write
from plugins.agenda.agenda_lists import Agenda, Listed
from plugins.agenda.facts import AgendaWarned
from plugins.agenda.lookup import agenda_of
from plugins.agenda.phrases import details
from plugins.agenda.progress import phrases

WARNING = "agenda does not fit"
SETTLED = timedelta(minutes=1)  # an agenda that is being put together is not judged at every line
SLACK = timedelta(minutes=5)  # a plan that fills the hour exactly and starts a little late is fine
AGAIN = timedelta(minutes=15)
TOO_LATE = timedelta(minutes=5)  # a warning later than this is dropped
MINUTE = timedelta(minutes=1)


class Plan(Struct, frozen=True):
    """The time as it is planned.

    left:   until the session's planned end; never less than nothing
    topic:  what is left of the topic that is on; nothing when it has no length, or is over it
    items:  those still to come, in order
    """

    left: timedelta
    topic: timedelta
    items: tuple[Listed, ...]

    @property
    def needed(self) -> timedelta:
        """What is planned from now on."""
        return self.topic + sum((_length(listed) for listed in self.items), timedelta())

    @property
    def late(self) -> tuple[list[Listed], list[Listed]]:
        """The items whose time goes beyond the end, and those that begin there, in order."""
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
        """Whether the time will do."""
        return self.needed <= self.left


def _length(listed: Listed) -> timedelta:
    return timedelta(minutes=listed.item.minutes or 0)


def plan_of(session: Session, agenda: Agenda, at: datetime) -> Plan:
    """The plan at a moment."""
    topic = session.topic
    length = timedelta(minutes=topic.minutes or 0) if topic is not None else timedelta()
    used = topic.lasted(at) if topic is not None else timedelta()
    left = max(session.planned_until - at, timedelta())
    return Plan(left, max(length - used, timedelta()), tuple(agenda.in_state("open")))


def outlook(_: StateView, session: Session, at: datetime) -> Iterator[str]:
    """For #time: what is left on the agenda, against the time that is left."""
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
    """Whole minutes, a begun one counted."""
    return -(-span // MINUTE)


def due(state: StateView, stream: str) -> Iterator[Moment]:
    """The moment at which the plan breaks, as far as it is known now; it is not told again and again."""
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
    if at < session.planned_until - TOO_LATE:  # later it is no news
        yield Moment(WARNING, at)


def _breaks_at(session: Session, plan: Plan, since: datetime) -> datetime:
    """When more is planned than there is time for, if nothing else happens after `since`."""
    spare = plan.left + SLACK - plan.needed
    if spare < timedelta():
        return since + SETTLED
    topic = session.topic
    runs = topic is not None and topic.spans[-1][1] is None
    # while the topic's own time runs nothing is lost; from then on every minute is
    return since + (plan.topic if runs else timedelta()) + spare + MINUTE


def warn(occasion: Occasion) -> Sequence[Effect]:
    """Say that the plan will not do, with the figures of now."""
    session, event = occasion.session, occasion.event
    if session is None or not isinstance(event, MomentDue) or event.late > TOO_LATE:
        return ()
    agenda = agenda_of(session)
    plan = plan_of(session, agenda, occasion.at + event.late)
    late = {listed.item.id for items in plan.late for listed in items}
    if late <= agenda.late:  # nothing that was not said
        return ()
    return [Write(AgendaWarned(tuple(sorted(late)))), Announce(_warning(plan))]


def statuses(_: StateView, session: Session, _at: datetime) -> Iterable[str]:
    """For #status: how far the agenda is."""
    agenda = agenda_of(session)
    if agenda.items:
        yield phrases.STANDING(done=len(agenda.in_state("done")), n=len(agenda.items))
