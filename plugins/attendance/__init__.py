"""Attendance: everyone who speaks counts as present; silent people can be named."""

from collections.abc import Sequence

from bot.api import Acknowledge, Ask, Effect, Needs, Reply, Write
from bot.api.facts import PersonSeen, Regretted
from bot.api.people import Named, real_name_in
from plugins.attendance import phrases, recap
from plugins.attendance.declaration import plugin
from plugins.attendance.named import new_here, new_regrets

__all__ = ["plugin", "recap"]

LONGEST_NAME = 80


@plugin.command(
    "here",
    usage="#here [real name]",
    says="says that you are here, and what your real name is",
    example="#here Rosa Parra",
)
def here(ask: Ask) -> Sequence[Effect]:
    """Record that the speaker is present, with their real name if given."""
    if len(ask.rest) > LONGEST_NAME:
        return [Reply(ask.usage)]
    name = real_name_in(ask.rest)
    return [
        Write(PersonSeen(ask.speaker, name), keep_on_undo=True),
        Acknowledge(phrases.HERE(nick=ask.speaker.name, real_name=name)),
    ]


@plugin.command(
    "present",
    bare=("present+",),
    usage="present+ [names]",
    says="says that you (or these people) are here",
    example="present+ jbell, okoye",
)
def present(ask: Ask) -> Sequence[Effect]:
    """Record that people are present."""
    named = _named(ask)
    if isinstance(named, str):
        return [Reply(named)]
    new = new_here(ask, [ask.identity_of(person) for person in named])
    if isinstance(new, str):
        return [Reply(new)]
    seen = [Write(PersonSeen(person), keep_on_undo=True) for person in new]
    return [*seen, Acknowledge(phrases.PRESENT(names=[person.name for person in named]))]


@plugin.command(
    "nick",
    usage="#nick name",
    says="says that somebody is here who doesn't speak",
    example="#nick lin_wei",
)
def nick(ask: Ask) -> Sequence[Effect]:
    """Record that somebody is present."""
    return present(ask) if ask.rest else [Reply(ask.usage)]


@plugin.command(
    "regrets",
    bare=("regrets+",),
    usage="#regrets names",
    says="notes who couldn't come",
    example="#regrets tomek",
    needs=Needs.SESSION,
)
def regrets(ask: Ask) -> Sequence[Effect]:
    """Record that people could not come."""
    named = _named(ask)
    if isinstance(named, str):
        return [Reply(named)]
    names = [person.name for person in named]
    refused = new_regrets(ask, names)
    if refused is not None:
        return [Reply(refused)]
    return [Write(Regretted(tuple(names)), keep_on_undo=True), Acknowledge(phrases.REGRETS(names=names))]


def _named(ask: Ask) -> list[Named] | str:
    """Return the named people (the speaker if none are named), or the answer if a name is unclear."""
    if not ask.rest:
        return [Named(ask.speaker.name, (ask.speaker,))]
    named = ask.read_people()
    unclear = next((person for person in named if len(person.bearers) > 1), None)
    if unclear is not None:
        return phrases.SEVERAL(name=unclear.name, ids=[bearer.key for bearer in unclear.bearers])
    return named or ask.usage
