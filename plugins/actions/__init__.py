"""Action items: who promised what, by when, and what became of it."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from bot.api import (
    Announce,
    Ask,
    Content,
    Effect,
    Missing,
    Occasion,
    Plugin,
    Reply,
    Revised,
    Session,
    SessionOpened,
    State,
    Write,
    listed,
    shortened,
    understood,
)
from plugins.actions import action_lists, completion, due_command, phrases, reminders
from plugins.actions.facts import BLANKS, FACTS
from plugins.actions.kind import ACTION, read
from plugins.actions.owners import Reading
from plugins.actions.recap import blocks
from plugins.actions.state import ACTIONS, open_ones

plugin = Plugin("actions", facts=FACTS, blanks=BLANKS)
plugin.kinds.append(ACTION)


@plugin.command(
    "assign",
    usage=phrases.ASSIGN_USAGE,
    says="gives an action to somebody; me is you",
    example="#assign 1 okoye",
    before=("#action find a room for the next session",),
    record=True,
)
def assign(ask: Ask) -> Sequence[Effect]:
    """Give an action other owners."""
    record = ask.record
    if record is None or not ask.rest:
        return [Reply(ask.usage)]
    if record.kind != ACTION.word:
        return [Reply(phrases.no_action(record.n, record.kind))]
    names = ask.rest.removeprefix("to ").strip()
    asked = read(ask, f"{names} to do it")
    if asked.task != "do it" or not asked.owners:
        return [Reply(phrases.nobody(shortened(ask.rest, 80)))]
    content = _with_owners(ask, record.content, asked)
    if isinstance(content, str):
        return [Reply(content)]
    before = record.content.owners
    if phrases.owner_names(content.owners) == phrases.owner_names(before):
        return [Reply(phrases.same_owners(record.n, before))]
    answer = phrases.assigned(record.n, content.owners, before)
    return [Write(Revised(record.n, content), stream=ask.running.id), Reply(answer)]


def _with_owners(ask: Ask, content: Content, asked: Reading) -> Content | str:
    """The action with the new owners before its ` to `, so that its text says what its owners are."""
    task = read(ask, content.text).task
    text = f"{listed([phrases.owner_name(owner) for owner in asked.owners])} to {task}"
    told = understood(ask, ACTION, text)
    if isinstance(told, str):
        return told
    return replace(told, owners=asked.owners, due=content.due, when=content.when)


def missing(_: State, session: Session) -> Iterator[Missing]:
    """Actions that nobody has."""
    orphans = [r.n for r in session.records if r.kind == ACTION.word and not r.content.owners and not r.done]
    if orphans:
        yield Missing(phrases.without_owner(orphans), order=10)


@plugin.upon(SessionOpened)
def remember(occasion: Occasion, _: SessionOpened) -> Iterator[Effect]:
    """A session opened: the actions of its track that are open come up."""
    session = occasion.session
    if session is None:
        return
    running = {one.id for one in occasion.state.of_track(session.track) if one.ended is None}
    found = [one for one in open_ones(occasion.state, session.track) if one.session not in running]
    if found:
        yield Announce(phrases.still_open([(one.n, one.content) for one in found], session.date))


action_lists.declare(plugin)
completion.declare(plugin)
due_command.declare(plugin)
reminders.declare(plugin)
plugin.end_checks.append(missing)
plugin.blocks.append(blocks)
plugin.carried_over.append(ACTIONS.carried_over)
plugin.quotes.append(ACTIONS.quotes)
