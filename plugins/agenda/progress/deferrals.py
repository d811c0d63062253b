"""The commands that skip and defer items and close topics."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.api import Announce, Ask, Effect, InputProblem, Reply, Role, Write
from bot.api.facts import TopicClosed
from bot.api.topics import is_on, take_up
from bot.api.words import day_in_words, minutes_in_words
from plugins.agenda import forms
from plugins.agenda.agenda_lists import Agenda, Listed
from plugins.agenda.commands import NAMED, item_named, one_item
from plugins.agenda.declaration import plugin
from plugins.agenda.facts import AgendaItemDeferred, AgendaItemSkipped
from plugins.agenda.forms import REALLY
from plugins.agenda.lookup import agenda_of
from plugins.agenda.progress import phrases
from plugins.agenda.progress.days import read_day
from plugins.agenda.progress.next_item import choice_of, next_open, nothing_open_now, why_wait

LATER = frozenset({"later", "next", "next session", "later session", "a later session"})
PARKING = frozenset({"", "parking lot", "parking"})


@plugin.command(
    "skip",
    bare=forms.SKIPPING,
    is_talk=forms.is_talk_of_this,
    usage="#skip [N]",
    says="puts the current item aside and takes up the next one, or puts item N aside",
    example="#skip 1",
    before=("#agenda add 15m Cells",),
    role=Role.CHAIR,
    silent_if_unavailable=True,
)
def skip(ask: Ask) -> Sequence[Effect]:
    """Skip the current item and take up the next one, or skip another item."""
    agenda = agenda_of(ask.running)
    typed = number_typed(ask.rest)
    if typed:
        return _skip_other(ask, agenda, typed)
    on = agenda.on
    if on is None:
        return [Reply(phrases.NO_ITEM_IS_ON(word="skip"))]
    wait = why_wait(ask, agenda, "skip")
    if wait is not None:
        return [Reply(wait)]
    skipped = Write(AgendaItemSkipped(on.item.id))
    said = phrases.SKIPPED(what=item_named(on))
    following = next_open(agenda)
    if following is None:
        return [skipped, Write(TopicClosed()), Announce(f"{said}; {nothing_open_now(agenda)}")]
    opened, announced = take_up(ask.running, choice_of(ask.running, following))
    assert isinstance(announced, Announce)
    return [skipped, opened, Announce(f"{said}; {announced.text}")]


def number_typed(rest: str) -> str:
    """Return the typed number without the word before it; empty for the current item."""
    head, _, more = rest.partition(" ")
    return "" if rest.lower() in {"this", "it", *NAMED} else more if head.lower() in NAMED else rest


def _skip_other(ask: Ask, agenda: Agenda, typed: str) -> Sequence[Effect]:
    found = one_item(typed, agenda)
    if isinstance(found, InputProblem):
        return [Reply(found)]
    match agenda.state(found):
        case "current":
            return [is_on(ask.running, topic)] if (topic := ask.running.topic) is not None else ()
        case "done":
            return [Reply(phrases.IS_DONE(n=found.n))]
        case "deferred":
            return [Reply(phrases.DEFERRED_ALREADY(n=found.n))]
        case "skipped":
            return [Reply(phrases.SKIPPED_ALREADY(n=found.n))]
    fact = Write(AgendaItemSkipped(found.item.id))
    return [fact, Announce(phrases.SKIPPED(what=item_named(found)))]


@plugin.command(
    "defer",
    usage="#defer N [to DAY, or to next session]",
    says="puts an item off to a session on that day or to the next session, or into the parking lot",
    example="#defer 1",
    before=("#agenda add 15m Cells",),
    role=Role.CHAIR,
)
def defer(ask: Ask) -> Sequence[Effect]:
    """Defer an item to a later session or to the parking lot."""
    session = ask.running
    agenda = agenda_of(session)
    typed, _, day_typed = f" {ask.rest} ".partition(" to ")
    typed = number_typed(typed.strip())
    found = one_item(typed, agenda) if typed else agenda.on
    if found is None:
        return [Reply(phrases.NO_ITEM_IS_ON(word="defer"))]
    if isinstance(found, InputProblem):
        return [Reply(found)]
    if agenda.state(found) == "done":
        return [Reply(phrases.IS_DONE(n=found.n))]
    if session.paused:
        return [Reply(phrases.PAUSED)]
    return _put_off(ask, agenda, found, day_typed.strip())


def _put_off(ask: Ask, agenda: Agenda, listed: Listed, typed: str) -> Sequence[Effect]:
    was_on = agenda.state(listed) == "current"
    closed = [Write(TopicClosed())] if was_on else []
    what = item_named(listed)
    wanted = typed.casefold().rstrip(".").removeprefix("the ")
    if wanted in LATER:
        said = phrases.DEFERRED_TO_NEXT(what=what, was_on=was_on)
        return [Write(AgendaItemSkipped(listed.item.id)), *closed, Announce(said)]
    day = None if wanted in PARKING else read_day(typed, ask.setup, ask.track, ask.running.date)
    if isinstance(day, InputProblem):
        return [Reply(day)]
    if day is None:
        said = phrases.PARKED(what=what, was_on=was_on)
    else:
        said = phrases.DEFERRED(day=day_in_words(day), what=what, was_on=was_on)
    return [Write(AgendaItemDeferred(listed.item.id, day)), *closed, Announce(said)]


@plugin.command(
    "close",
    bare=forms.CLOSING,
    is_talk=forms.is_talk_of_this,
    usage="#close",
    says="closes the open motion, or else the topic; #next goes on",
    example="#close",
    before=("#topic Cells",),
    role=Role.CHAIR,
    silent_if_unavailable=True,
)
def close(ask: Ask) -> Sequence[Effect]:
    """Close the open motion of another plugin, or else the topic and its item."""
    orders = ask.register.close(ask)
    if orders is not None:
        return orders
    ask = replace(ask, forced=ask.forced or ask.form == REALLY)
    session = ask.running
    agenda = agenda_of(session)
    topic = session.topic
    typed = number_typed(ask.rest)
    if typed:
        found = one_item(typed, agenda)
        if isinstance(found, InputProblem) or agenda.state(found) != "current":
            return [Reply(found if isinstance(found, InputProblem) else phrases.NOT_ON(n=found.n))]
    if topic is None:
        return [Reply(phrases.NOTHING_TO_CLOSE)]
    wait = why_wait(ask, agenda, "close", twice=False)
    if wait is not None:
        return [Reply(wait)]
    on, following = agenda.on, next_open(agenda)
    number = session.topics.index(topic) + 1
    what = item_named(on) if on else phrases.TOPIC_NAMED(number=number, title=topic.title)
    lasted = minutes_in_words(topic.lasted(ask.at))
    said = (
        phrases.CLOSED(what=what, lasted=lasted, then=item_named(following))
        if following
        else phrases.CLOSED_LAST(what=what, lasted=lasted)
    )
    return [Write(TopicClosed()), Announce(said)]
