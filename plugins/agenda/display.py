"""Showing the list: at most six lines, the open items of a long one first, the others counted."""

from collections.abc import Sequence

from bot.api import Ask, Effect, Reply
from plugins.agenda import phrases
from plugins.agenda.agenda_lists import Agenda, Listed
from plugins.agenda.commands import item_named
from plugins.agenda.targets import Here

LINES = 5  # items with a line of their own


def show(ask: Ask, place: Here) -> Sequence[Effect]:
    """The list: number, title, minutes, proposer, state."""
    agenda = place.agenda
    if not agenda.items:
        return [Reply(phrases.EMPTY)]
    name = place.session.name if place.session is not None else phrases.NEXT_SESSION(track=place.track.name)
    open_ones = agenda.in_state("open", "current")
    minutes = sum(one.item.minutes or 0 for one in open_ones)
    done = len(agenda.in_state("done"))
    head = phrases.HEADING(
        name=name,
        n=len(agenda.items),
        done=done,
        planned=0 if done else minutes,
        planned_others=minutes if done else 0,
    )
    return [Reply(head), *(Reply(line) for line in _lines(ask, agenda, open_ones))]


def _lines(ask: Ask, agenda: Agenda, open_ones: Sequence[Listed]) -> list[str]:
    if len(agenda.items) <= LINES:
        return [_line(ask, agenda, one) for one in agenda.items]
    aside = [item_named(listed) for listed in agenda.in_state("skipped", "deferred")]
    whole = len(open_ones) <= LINES - bool(aside)
    own = open_ones if whole else open_ones[: LINES - 1]
    rest = phrases.others([item_named(listed) for listed in open_ones[len(own) :]], aside)
    return [*(_line(ask, agenda, one) for one in own), *([rest] if rest else [])]


def _line(ask: Ask, agenda: Agenda, one: Listed) -> str:
    item = one.item
    state = phrases.state(agenda.state(one), item.day)
    details = phrases.details(item.minutes, item.proposer)
    line = phrases.LINE(n=one.n, title=item.title, details=details, state=state)
    return "; ".join([line, *ask.register.remarks(ask.state, item.id)])
