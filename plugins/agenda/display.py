"""The display of the agenda in at most six lines; a long agenda shows its first open items and names the others."""

from collections.abc import Sequence

from bot.api import Ask, Effect, Reply
from plugins.agenda import phrases
from plugins.agenda.agenda_lists import Agenda, Listed
from plugins.agenda.commands import item_named
from plugins.agenda.targets import Here

LINES = 5  # items with a line of their own


def show(ask: Ask, place: Here) -> Sequence[Effect]:
    """Show the agenda: number, title, minutes, proposer and state of each item."""
    agenda = place.agenda
    if not agenda.items:
        return [Reply(phrases.EMPTY)]
    name = place.session.name if place.session is not None else phrases.NEXT_SESSION(track=place.track.name)
    open_items = agenda.in_state("open", "current")
    minutes = sum(listed.item.minutes or 0 for listed in open_items)
    done = len(agenda.in_state("done"))
    head = phrases.HEADING(
        name=name,
        n=len(agenda.items),
        done=done,
        planned=0 if done else minutes,
        planned_others=minutes if done else 0,
    )
    return [Reply(head), *(Reply(line) for line in _lines(ask, agenda, open_items))]


def _lines(ask: Ask, agenda: Agenda, open_items: Sequence[Listed]) -> list[str]:
    if len(agenda.items) <= LINES:
        return [_line(ask, agenda, listed) for listed in agenda.items]
    aside = [item_named(listed) for listed in agenda.in_state("skipped", "deferred")]
    whole = len(open_items) <= LINES - bool(aside)
    own = open_items if whole else open_items[: LINES - 1]
    rest = phrases.others([item_named(listed) for listed in open_items[len(own) :]], aside)
    return [*(_line(ask, agenda, listed) for listed in own), *([rest] if rest else [])]


def _line(ask: Ask, agenda: Agenda, listed: Listed) -> str:
    item = listed.item
    state = phrases.state(agenda.state(listed), item.day)
    details = phrases.details(item.minutes, item.proposer)
    line = phrases.LINE(n=listed.n, title=item.title, details=details, state=state)
    return "; ".join([line, *ask.register.remarks(ask.state, item.id)])
