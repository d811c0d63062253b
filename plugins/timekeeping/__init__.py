"""Timekeeping: time limits of topics and sessions with warnings, breaks, and reminders."""

from collections.abc import Iterator

from bot.api import Moment, Plugin, Role, StateView
from plugins.timekeeping import commands, reminders, warnings
from plugins.timekeeping.facts import FACTS

plugin = Plugin("timekeeping", facts=FACTS)
plugin.due(warnings.due)
plugin.due(reminders.due)
plugin.at_moment(warnings.TOPIC)(warnings.tell_topic)
plugin.at_moment(warnings.SESSION)(warnings.tell_session)
plugin.at_moment(reminders.REMINDER)(reminders.give)
plugin.at_moment(commands.BREAK)(commands.end_break)
plugin.statuses.append(commands.statuses)


@plugin.due
def break_ends(state: StateView, stream: str) -> Iterator[Moment]:
    """Yield the planned end of a break."""
    session = state.session(stream)
    if session is not None and session.ended is None and session.break_until is not None:
        yield Moment(commands.BREAK, session.break_until)


plugin.command(
    "timebox",
    bare=("allow|give this agendum|agenda|item", "allow|give this agenda item"),
    is_talk=commands.is_talk_of_length,
    usage="#timebox [N] 15m",
    says="sets how long the topic, or item N, may take in all; I'll warn you at 80 %, at the end and when it runs over",
    example="#timebox 15m",
    before=("#topic Cells",),
    role=Role.CHAIR,
    silent_if_unavailable=True,
)(commands.timebox)
plugin.command(
    "extend",
    usage="#extend 5m, or #extend session 15m",
    says="gives the topic or the session more time",
    example="#extend session 15m",
    role=Role.CHAIR,
)(commands.extend)
plugin.command(
    "time",
    usage="#time",
    says="shows how much time the topic and the session have left, and whether the agenda fits",
    example="#time",
)(commands.tell_time)
plugin.command(
    "break",
    usage="#break 10m, or #break over",
    says="starts a break, which stops the topic's clock; I say when it is over",
    example="#break 10m",
    role=Role.CHAIR,
)(commands.have_break)
plugin.command(
    "remind",
    bare=tuple(reminders.FORMS),
    is_talk=reminders.is_talk,
    usage="#remind us in 20m to TEXT, or me, or at 14:30",
    says="reminds everybody, or you in private, while the session runs; alone it lists the reminders, #remind drop N removes one",
    example="#remind us in 20m to vote on the name",
    silent_if_unavailable=True,
)(reminders.remind)
