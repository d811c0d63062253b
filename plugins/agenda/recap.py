"""Unreached and deferred items in the recap and at the end of a session."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from bot.api import Session, StateView, listed, plural
from bot.api.recap import Paragraph, Part, Section, Upcoming
from bot.api.words import day_in_words
from plugins.agenda import phrases
from plugins.agenda.agenda_lists import Listed
from plugins.agenda.declaration import plugin
from plugins.agenda.facts import AgendaItemDeferred, AgendaTaken
from plugins.agenda.lookup import agenda_of

NOT_REACHED = ("open", "skipped")


@plugin.recap.blocks
def blocks(part: Part) -> Iterator[Paragraph | Upcoming]:
    """Yield what the next part takes up, and a closing paragraph about unreached and deferred items."""
    upcoming = tuple(_upcoming(part))
    if upcoming:
        yield Upcoming(slot=Section.CLOSE, titles=upcoming)
    sentences = [*_not_reached(part), *_deferred(part)]
    if sentences:
        yield Paragraph(slot=Section.CLOSE, order=20, text=" ".join(sentences))


def _final_states(part: Part) -> list[tuple[str, Listed]]:
    """Return every item of the part, with its state at the end of the last session that had it."""
    found: dict[str, tuple[str, Listed]] = {}
    for session in part.sessions:
        agenda = agenda_of(session)
        brought = _brought(session)
        for entry in agenda.items:
            state = agenda.state(entry)
            if state != "deferred" or entry.item.id not in brought or entry.item.id in found:
                found[entry.item.id] = (state, entry)
    return list(found.values())


def _brought(session: Session) -> set[str]:
    """Return the ids of items that came from the parking lot and were not deferred here."""
    return {item.id for fact in session.every(AgendaTaken) for item in fact.items if item.parked} - {
        fact.id for fact in session.every(AgendaItemDeferred)
    }


def _upcoming(part: Part) -> Iterator[str]:
    """Yield the titles that go on in the next part: unreached ones, and those deferred to one of its days."""
    following = part.numbered.following
    if following is None:
        return
    for state, entry in _final_states(part):
        if state in NOT_REACHED or (state == "deferred" and entry.item.day in following.days):
            yield entry.item.title


def _not_reached(part: Part) -> Iterator[str]:
    titles = [entry.item.title for state, entry in _final_states(part) if state in NOT_REACHED]
    if not titles:
        return
    yield f"Not reached: {listed(titles)}."
    following = part.numbered.following
    if following is not None:
        yield f"{plural(len(titles), 'This goes', 'These go')} on in part {following.n}."


def _deferred(part: Part) -> Iterator[str]:
    by_day: dict[date | None, list[str]] = {}
    for state, entry in _final_states(part):
        if state == "deferred":
            by_day.setdefault(entry.item.day, []).append(entry.item.title)
    for day in sorted(filter(None, by_day)):
        yield f"Deferred to {day_in_words(day)}: {listed(by_day[day])}."
    if None in by_day:
        yield f"Left in the parking lot: {listed(by_day[None])}."


@plugin.session.farewell
def farewells(_: StateView, session: Session, _at: datetime) -> Iterable[str]:
    """Yield the line about unreached items at the end of a session."""
    titles = [entry.item.title for entry in agenda_of(session).in_state(*NOT_REACHED)]
    if titles:
        yield phrases.NOT_REACHED(titles=titles)
