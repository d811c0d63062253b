"""Action items: who promised what, by when."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.api import (
    Ask,
    Content,
    Effect,
    Form,
    Kind,
    Missing,
    Plugin,
    Record,
    Reply,
    Revised,
    Session,
    World,
    listed,
    masked,
    shortened,
    understood,
)
from plugins.actions import phrases
from plugins.actions.due import read_due
from plugins.actions.mentions import read_mentioning
from plugins.actions.owners import Reading
from plugins.actions.recap import blocks
from plugins.actions.roster import Roster

plugin = Plugin("actions")


def understand(ask: Ask, text: str) -> Content | str:
    """Owners and date of an action; the text stays as it was typed."""
    reading = read(ask, text)
    if not reading.task or (reading.task == text and _is_only_a_name(ask, text)):
        return phrases.usage_without_task()
    return Content(text, owners=reading.owners, due=read_due(text, _today(ask)))


def read(ask: Ask, text: str) -> Reading:
    """Whose action `text` is, said by the speaker of this ask in this room."""
    return read_mentioning(
        text, ask.mentions, ask.speaker, ask.room.casemapping, ask.setup.names, ask.directory
    )


def _is_only_a_name(ask: Ask, text: str) -> bool:
    hidden, tokens = masked(text, ask.mentions)
    people = {token: person for token, (_, person) in tokens.items()}
    roster = Roster(ask.speaker, people, ask.room.casemapping, ask.setup.names, ask.directory)
    return roster.is_called(hidden)


def _today(ask: Ask) -> date:
    return ask.at.astimezone(ask.setup.gathering.zone).date()


def _answer(ask: Ask, n: int, content: Content) -> str:
    return phrases.understood(n, content.owners, content.due, _today(ask))


ACTION = Kind(
    "action",
    usage=phrases.USAGE,
    says="what somebody does next; without an owner it is asked for",
    example="#action lin_wei and okoye to run the tests by 30 June",
    heading="ACTION:",
    form=Form.LABELLED,
    order=130,
    emoji="🚩",
    understand=understand,
    answer=_answer,
)
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
    return [Record(Revised(record.n, content), stream=ask.running.id), Reply(answer)]


def _with_owners(ask: Ask, content: Content, asked: Reading) -> Content | str:
    """The action with the new owners before its ` to `, so that its text says what its owners are."""
    task = read(ask, content.text).task
    text = f"{listed([phrases.owner_name(owner) for owner in asked.owners])} to {task}"
    told = understood(ask, ACTION, text)
    if isinstance(told, str):
        return told
    return replace(told, owners=asked.owners, due=content.due)


def missing(_: World, session: Session) -> Iterator[Missing]:
    """Actions that nobody has."""
    orphans = [r.n for r in session.records if r.kind == ACTION.word and not r.content.owners]
    if orphans:
        yield Missing(phrases.without_owner(orphans), order=10)


plugin.missings.append(missing)
plugin.blocks.append(blocks)
