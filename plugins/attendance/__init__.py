"""Attendance: who was there. Who speaks was there; others say so, or are named."""

from collections.abc import Sequence

from bot.api import Acknowledge, Ask, Effect, Named, Needs, PersonSeen, Plugin, Regretted, Reply, Write
from plugins.attendance import phrases
from plugins.attendance.recap import blocks

LONGEST_NAME = 80

plugin = Plugin("attendance")
plugin.blocks.append(blocks)


@plugin.command(
    "here",
    usage="#here [real name]",
    says="you are there, and this is what you are called",
    example="#here Rosa Parra",
)
def here(ask: Ask) -> Sequence[Effect]:
    """Note that the speaker is there, under a real name."""
    if len(ask.rest) > LONGEST_NAME:
        return [Reply(ask.usage)]
    return [
        Write(PersonSeen(ask.speaker, ask.rest), keep_on_undo=True),
        Acknowledge(phrases.here(ask.speaker.name, ask.rest)),
    ]


@plugin.command(
    "present",
    bare=("present+",),
    usage="present+ [names]",
    says="you (or these people) are there",
    example="present+ jbell, okoye",
)
def present(ask: Ask) -> Sequence[Effect]:
    """Note that people are there."""
    named = _named(ask)
    if isinstance(named, str):
        return [Reply(named)]
    seen = [Write(PersonSeen(ask.identity_of(one)), keep_on_undo=True) for one in named]
    return [*seen, Acknowledge(phrases.present([one.name for one in named]))]


@plugin.command(
    "nick",
    usage="#nick name",
    says="somebody who was there without speaking",
    example="#nick lin_wei",
)
def nick(ask: Ask) -> Sequence[Effect]:
    """Note that somebody is there."""
    return present(ask) if ask.rest else [Reply(ask.usage)]


@plugin.command(
    "regrets",
    bare=("regrets+",),
    usage="#regrets names",
    says="who could not come",
    example="#regrets tomek",
    needs=Needs.SESSION,
)
def regrets(ask: Ask) -> Sequence[Effect]:
    """Note regrets."""
    named = _named(ask)
    if isinstance(named, str):
        return [Reply(named)]
    names = [one.name for one in named]
    return [Write(Regretted(tuple(names)), keep_on_undo=True), Acknowledge(phrases.regrets(names))]


def _named(ask: Ask) -> list[Named] | str:
    """The people who are named, or what is wrong with the names; the speaker where nothing is said."""
    if not ask.rest:
        return [Named(ask.speaker.name, (ask.speaker,))]
    named = ask.read_people()
    unclear = next((one for one in named if len(one.bearers) > 1), None)
    if unclear is not None:
        return phrases.several(unclear.name, [one.key for one in unclear.bearers])
    return named or ask.usage
