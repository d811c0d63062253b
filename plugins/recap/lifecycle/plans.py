"""Which part of a track's gathering a session belongs to, and which sessions the facts of a recap quote."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from bot.api import Entry, Session, Setup, StateView, Track, track_stream
from bot.api.recap import Planned, days_of, planned_of
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle.facts import RecapMade, RecapSent
from plugins.recap.settings import RecapSettings


def plan_of(
    setup: Setup, track: Track, session: Session, others: Iterable[Session], entries: Iterable[Entry]
) -> Planned:
    """Return the part of a session, numbered among the parts in memory and those already made."""
    by = setup.of(RecapSettings).by
    made = [entry.fact for entry in entries if isinstance(entry.fact, RecapMade)]
    if session.gathering not in {"", setup.gathering.slug}:
        before = next(
            (made_before.plan for made_before in reversed(made) if session.id in dict(made_before.covered)),
            None,
        )
        return replace(before, n=0, of=0) if before else planned_of(setup, track, "day", session)
    days = set(days_of(setup, track))
    if by != "session":
        plan = planned_of(setup, track, by, session)
        taken = plan.by == "gathering" and any(
            made_before.part == plan.key and days.isdisjoint(made_before.plan.days) for made_before in made
        )  # an earlier gathering has this key
        return replace(plan, key=f"{plan.key}-{setup.gathering.slug}") if taken else plan
    siblings = [
        *(
            (made_before.started, made_before.part)
            for made_before in made
            if made_before.plan.n and _meet(days, made_before.plan.days)
        ),
        *((other.started, other.id) for other in others if other.records and _meet(days, (other.date,))),
    ]
    return planned_of(setup, track, by, session, siblings)


def _meet(days: Collection[date], others: Collection[date]) -> bool:
    """Whether some of the days coincide; true if the track's days are unknown."""
    return not days or not set(others).isdisjoint(days)


@plugin.edits.quotes
def quotes(state: StateView, session: Session) -> Iterator[tuple[str, str]]:
    """Yield stream and cause of the facts whose subjects and marks may quote the session."""
    stream = track_stream(session.track)
    for entry in state.stream(stream):
        if isinstance(entry.fact, RecapMade | RecapSent) and session.id in dict(entry.fact.covered):
            yield stream, entry.cause
