"""Attendance: who was there. Who speaks was there; others say so, or are named."""

from collections.abc import Sequence

from bot.api import Acknowledge, Ask, Effect, Needs, PersonSeen, Plugin, Record, Regretted, Reply, names_in
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
        Record(PersonSeen(ask.speaker, ask.rest), apart=True),
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
    names = _names(ask)
    if not names:
        return [Reply(ask.usage)]
    people = [ask.look_up(name) for name in names]
    return [*(Record(PersonSeen(one), apart=True) for one in people), Acknowledge(phrases.present(names))]


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
    names = _names(ask)
    if not names:
        return [Reply(ask.usage)]
    return [Record(Regretted(tuple(names)), apart=True), Acknowledge(phrases.regrets(names))]


def _names(ask: Ask) -> list[str]:
    """The people who are named; the speaker where nothing is said, nobody where what is said names nobody."""
    return names_in(ask.rest) if ask.rest else [ask.speaker.name]
