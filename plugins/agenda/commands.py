"""The commands that change the agenda: `#agenda add`, `edit`, `drop`, `order`, `clear`."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.api import Ask, Effect, InputProblem, Reply, Write
from bot.api.facts import TopicRetitled, TopicTimed
from bot.api.people import plain_name
from bot.api.words import LONGEST_TITLE
from plugins.agenda import phrases
from plugins.agenda.agenda_lists import MOST, Agenda, Listed
from plugins.agenda.facts import (
    AgendaItemEdited,
    AgendaItemReturned,
    AgendaItemsAdded,
    AgendaItemsDropped,
    AgendaReordered,
    Item,
)
from plugins.agenda.syntax import ItemText, lines_after, read_change, read_item, read_list, read_numbers
from plugins.agenda.targets import Here, is_own, may_arrange, refused

NAMED = "item", "agendum"  # optional words before a number


def add(ask: Ask, place: Here) -> Sequence[Effect]:
    """Add the item on the line, or the following lines of the message if the line is empty."""
    if not place.rest and not ask.form and ask.more:
        return _add_lines(ask, place)
    parsed = read_item(place.rest)
    if isinstance(parsed, InputProblem) or not parsed.title:
        return [Reply(parsed if isinstance(parsed, InputProblem) else phrases.USAGES["add"])]
    aside = place.agenda.titled(parsed.title)
    if aside is not None and aside.aside and may_arrange(ask, place):
        said = phrases.OPEN_AGAIN(n=aside.n, title=aside.item.title)
        return [place.record(AgendaItemReturned(aside.item.id)), Reply(said)]
    wrong = _why_not_add(place.agenda, parsed.title) or _too_many_own(ask, place, [parsed.title])
    if wrong is not None:
        return [Reply(wrong)]
    item = items_of(ask, place, [parsed])[0]
    said = phrases.ADDED(
        n=place.agenda.used + 1,
        track=place.next_of,
        title=item.title,
        details=phrases.details(item.minutes, item.proposer),
    )
    return [place.record(AgendaItemsAdded((item,))), Reply(said)]


def _why_not_add(agenda: Agenda, title: str) -> str | None:
    if len(title) > LONGEST_TITLE:
        return phrases.TITLE_TOO_LONG(most=LONGEST_TITLE, length=len(title))
    known = agenda.titled(title)
    if known is not None:
        return phrases.THERE_ALREADY(n=known.n, title=known.item.title)
    there = len(agenda.items)
    return phrases.TOO_MANY(most=MOST, there=there, more=1) if there >= MOST else None


def _too_many_own(ask: Ask, place: Here, titles: Sequence[str]) -> str | None:
    """Return the refusal if one person would have too many items on the agenda, or None."""
    if may_arrange(ask, place):
        return None
    state, session, most = ask.state, place.session, ask.setup.limits.agenda_items
    speaker = state.person_of(ask.speaker, session)
    pending = place.agenda.in_state("open", "skipped", "deferred")
    there = sum(
        listed.by is not None and state.person_of(listed.by, session) == speaker for listed in pending
    )
    more = sum(place.agenda.titled(title) is None for title in titles)
    return phrases.TOO_MANY_YOURS(most=most, there=there, more=more) if more and there + more > most else None


def _add_lines(ask: Ask, place: Here) -> Sequence[Effect]:
    item_texts = read_list(lines_after(ask.more, ask.setup.prefixes))
    if isinstance(item_texts, InputProblem):
        return [Reply(item_texts)]
    wrong = _too_many_own(ask, place, [text.title for text in item_texts.items])
    if wrong is not None:
        return [Reply(wrong)]
    return put(place, items_of(ask, place, item_texts.items))


def items_of(ask: Ask, place: Here, item_texts: Sequence[ItemText]) -> tuple[Item, ...]:
    """Create the requested items; the speaker proposes those without a name."""
    return tuple(
        Item(
            id=f"{ask.cause}.{n}",
            title=parsed.title,
            minutes=parsed.minutes,
            proposer=parsed.proposer or plain_name(ask.speaker.name),
            room=ask.room.id if place.session is None else "",
        )
        for n, parsed in enumerate(item_texts, 1)
    )


def put(place: Here, items: Sequence[Item], *more: Effect) -> Sequence[Effect]:
    """Add several items except those already listed; adds none if the list would get too long."""
    agenda = place.agenda
    new = tuple(item for item in items if agenda.titled(item.title) is None)
    if not items:
        return [Reply(phrases.NO_ITEMS)]
    if not new:
        return [*more, Reply(phrases.ALREADY)]
    if len(agenda.items) + len(new) > MOST:
        return [Reply(phrases.TOO_MANY(most=MOST, there=len(agenda.items), more=len(new)))]
    said = phrases.SEVERAL_ADDED(
        numbers=phrases.item_numbers(agenda.used + 1, len(new)),
        track=place.next_of,
        titles=[item.title for item in new],
        there=len(items) - len(new),
    )
    return [place.record(AgendaItemsAdded(new)), *more, Reply(said)]


def edit(ask: Ask, place: Here) -> Sequence[Effect]:
    """Change the title, minutes or proposer of an item."""
    head, _, rest = place.rest.partition(" ")
    found = one_item(head, place.agenda)
    if isinstance(found, InputProblem):
        return [Reply(found if head else phrases.USAGES["edit"])]
    if not is_own(ask, found):
        answer = refused(ask, place, "edit")
        if answer is not None:
            return answer
    parsed = read_change(rest.strip().removeprefix("="))
    if isinstance(parsed, InputProblem):
        return [Reply(parsed)]
    return _edited(place, found, parsed)


def edit_message(ask: Ask, place: Here) -> Sequence[Effect]:
    """Update an item from the edited message that added it."""
    listed = next((listed for listed in place.agenda.items if listed.item.id == f"{ask.edits}.1"), None)
    if listed is None or not ask.edits:
        return add(ask, place)
    parsed = read_item(place.rest)
    if isinstance(parsed, InputProblem) or not parsed.title:
        return [Reply(parsed if isinstance(parsed, InputProblem) else phrases.USAGES["add"])]
    proposer = parsed.proposer or plain_name(ask.speaker.name)
    if parsed.minutes is None:  # the message no longer gives a length
        listed = replace(listed, item=replace(listed.item, minutes=None))
    return _edited(place, listed, replace(parsed, proposer=proposer))


def drop_added(place: Here, cause: str) -> Sequence[Effect]:
    """Drop the items of a removed line, except those already taken up."""
    added = [listed for listed in place.agenda.items if listed.item.id.rpartition(".")[0] == cause]
    going = [listed for listed in added if place.agenda.state(listed) not in {"current", "done"}]
    if not going:
        return [Reply(phrases.IS_ON(n=added[0].n))] if added else []
    fact = place.record(AgendaItemsDropped(tuple(listed.item.id for listed in going)))
    return [fact, Reply(phrases.DROPPED(items=[item_named(listed) for listed in going]))]


def _edited(place: Here, listed: Listed, parsed: ItemText) -> Sequence[Effect]:
    before = listed.item
    now = replace(
        before,
        title=parsed.title or before.title,
        minutes=before.minutes if parsed.minutes is None else parsed.minutes,
        proposer=parsed.proposer or before.proposer,
    )
    if not (parsed.title or parsed.minutes or parsed.proposer):
        return [Reply(phrases.USAGES["edit"])]
    if len(now.title) > LONGEST_TITLE:
        return [Reply(phrases.TITLE_TOO_LONG(most=LONGEST_TITLE, length=len(now.title)))]
    same = place.agenda.titled(now.title)
    if same is not None and same.n != listed.n:
        return [Reply(phrases.THERE_ALREADY(n=same.n, title=same.item.title))]
    topic = _follow(place, now)
    if isinstance(topic, InputProblem):
        return [Reply(topic)]
    fact = place.record(AgendaItemEdited(now.id, now.title, now.minutes, now.proposer))
    details = phrases.details(now.minutes, now.proposer)
    return [fact, *topic, Reply(phrases.EDITED(n=listed.n, title=now.title, details=details))]


def _follow(place: Here, item: Item) -> Sequence[Write] | InputProblem:
    """Return the changes to the item's topic, if it has one."""
    topics = place.session.topics if place.session is not None else ()
    topic = next((topic for topic in topics if topic.item == item.id), None)
    if topic is None:
        return []
    wanted = item.title.casefold()
    other = next((known for known in topics if known is not topic and known.title.casefold() == wanted), None)
    if other is not None:
        return InputProblem(phrases.TOPIC_HAS_TITLE(number=topics.index(other) + 1))
    found = (
        [place.record(TopicRetitled(topic.id, item.title, whole=True))] if item.title != topic.title else []
    )
    if item.minutes is not None and item.minutes != topic.minutes:
        found.append(place.record(TopicTimed(topic.id, item.minutes)))
    return found


def item_named(listed: Listed) -> str:
    """Format an item for use in a sentence."""
    return phrases.ITEM(n=listed.n, title=listed.item.title)


def one_item(typed: str, agenda: Agenda) -> Listed | InputProblem:
    """Find the item by its typed number."""
    digits = typed.strip().removeprefix("#").rstrip(".:=")
    if not (digits.isascii() and digits.isdigit()):
        wrong = phrases.NO_SINGLE_NUMBER(token=digits[:12]) if digits else phrases.NO_NUMBERS
        return InputProblem(wrong)
    found = agenda.numbered(int(digits)) if len(digits) < 6 else None
    return found if found is not None else InputProblem(phrases.NO_ITEM_NUMBERED(number=digits[:12]))


def drop(ask: Ask, place: Here) -> Sequence[Effect]:
    """Remove items from the agenda."""
    if not place.rest:
        return [Reply(phrases.USAGES["drop"])]
    agenda = place.agenda
    found = read_numbers(place.rest, [listed.n for listed in agenda.items])
    named = (
        []
        if isinstance(found, InputProblem)
        else [listed for n in found if (listed := agenda.numbered(n)) is not None]
    )
    if not (named and all(is_own(ask, listed) for listed in named)):
        answer = refused(ask, place, "drop")
        if answer is not None:
            return answer
    if isinstance(found, InputProblem):
        return [Reply(found)]
    taken = next((listed for listed in named if agenda.state(listed) in {"current", "done"}), None)
    if taken is not None:
        return [Reply(phrases.IS_ON(n=taken.n))]
    fact = place.record(AgendaItemsDropped(tuple(listed.item.id for listed in named)))
    return [fact, Reply(phrases.DROPPED(items=[item_named(listed) for listed in named]))]


def order(ask: Ask, place: Here) -> Sequence[Effect]:
    """Reorder the agenda: items taken up, then the named items, then the rest."""
    answer = refused(ask, place, "order")
    if answer is not None:
        return answer
    agenda = place.agenda
    if not place.rest:
        return [Reply(phrases.USAGES["order"])]
    found = read_numbers(place.rest, [listed.n for listed in agenda.items])
    if isinstance(found, InputProblem):
        return [Reply(found)]
    taken = [listed.n for listed in agenda.in_state("done", "current") if listed.n not in found]
    rest = [listed.n for listed in agenda.items if listed.n not in {*found, *taken}]
    row = [listed for n in (*taken, *found, *rest) if (listed := agenda.numbered(n)) is not None]
    fact = place.record(AgendaReordered(tuple(listed.item.id for listed in row)))
    shown = [listed for listed in row if agenda.state(listed) in {"open", "current", "skipped"}]
    return [fact, Reply(phrases.ORDERED(items=[item_named(listed) for listed in shown or row]))]


def clear(ask: Ask, place: Here) -> Sequence[Effect]:
    """Drop all items that were neither taken up nor deferred."""
    answer = refused(ask, place, "clear")
    if answer is not None:
        return answer
    agenda = place.agenda
    going = agenda.in_state("open", "skipped")
    if not going:
        return [Reply(phrases.NOTHING_TO_CLEAR)]
    fact = place.record(AgendaItemsDropped(tuple(listed.item.id for listed in going)))
    kept = len(agenda.items) - len(going)
    return [fact, Reply(phrases.CLEARED(n=len(going), kept=kept))]
