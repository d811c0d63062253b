"""Attendance: everyone who speaks counts as present; silent people can be named."""

import re
from collections.abc import Sequence

from bot.api import Acknowledge, Ask, Effect, Needs, Reply, Write
from bot.api.facts import PersonSeen, Regretted
from bot.api.people import Named, real_name_in
from plugins.attendance import panels, phrases, recap
from plugins.attendance.declaration import plugin
from plugins.attendance.named import new_here, new_regrets
from plugins.attendance.withdrawals import withdraw_presence, withdraw_regrets

__all__ = ["panels", "plugin", "recap"]

LONGEST_NAME = 80
LEAVES, TAKES_BACK = "present-", "regrets-"
GREETINGS = ("is here|back|around|present", "here|o/|\\o|\\o/")  # after /me
OF_SOMEBODY = re.compile(r"\* (\S{1,64}) (?:is (?:here|back|around|present)|has arrived)[.!]?$")


def is_talk(ask: Ask) -> bool:
    """Whether a line with a greeting is talk: it is none only in a /me in a session, where nobody would be seen."""
    says_more = any(letter.isalnum() for letter in ask.rest)
    return ask.form in GREETINGS and (ask.session is None or not ask.in_emote or says_more)


@plugin.command(
    "here",
    bare=GREETINGS,
    usage="#here [real name]",
    says="says that you are here, and what your real name is",
    example="#here Rosa Parra",
    in_emotes=True,
    is_talk=is_talk,
)
def here(ask: Ask) -> Sequence[Effect]:
    """Record that the speaker is present, with their real name if given."""
    if ask.form in GREETINGS and not ask.addressed:
        return _here_in_emote(ask)
    if len(ask.rest) > LONGEST_NAME:
        return [Reply(ask.usage)]
    name = real_name_in(ask.rest)
    return [
        Write(PersonSeen(ask.speaker, name), keep_on_undo=True),
        Acknowledge(phrases.HERE(nick=ask.speaker.name, real_name=name)),
    ]


@plugin.command(
    "present",
    bare=("present+", LEAVES),
    usage="present+ [names]",
    says="says that you (or these people) are here",
    example="present+ jbell, okoye",
)
def present(ask: Ask) -> Sequence[Effect]:
    """Record that people are present, or take that back."""
    named = _named(ask)
    if isinstance(named, str):
        return [Reply(named)]
    if ask.form == LEAVES:
        return withdraw_presence(ask, named)
    new = new_here(ask, [ask.identity_of(person) for person in named])
    if isinstance(new, str):
        return [Reply(new)]
    seen = [Write(PersonSeen(person), keep_on_undo=True) for person in new]
    return [*seen, Acknowledge(phrases.PRESENT(names=[person.name for person in named]))]


def _here_in_emote(ask: Ask) -> Sequence[Effect]:
    if ask.speaker in ask.running.seen or ask.running.paused:
        return ()
    seen = Write(PersonSeen(ask.speaker), keep_on_undo=True)
    return [seen, Acknowledge(phrases.PRESENT(names=[ask.speaker.name]))]


@plugin.talk(like=OF_SOMEBODY)
def here_as_text(ask: Ask) -> Sequence[Effect]:
    """Record that a known person is here, from a /me that came as text: `* tomek is here`."""
    found = OF_SOMEBODY.match(ask.rest)
    bearers = ask.directory.bearers(found[1]) if found is not None else ()
    if len(bearers) != 1 or bearers[0] in ask.running.seen:
        return ()
    new = new_here(ask, bearers)
    if isinstance(new, str) or not new:
        return ()
    return [Write(PersonSeen(new[0]), keep_on_undo=True), Acknowledge(phrases.PRESENT(names=[new[0].name]))]


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
    bare=("regrets+", TAKES_BACK),
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
    if ask.form == TAKES_BACK:
        return withdraw_regrets(ask, names)
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
