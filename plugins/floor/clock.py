"""Speaking time: says when it is up and when it is exceeded twofold, and reminds silent people of their turn.

Breaks and pauses stop the clock.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.api import Announce, Ask, Effect, Moment, MomentDue, Occasion, Reply, Role, StateView, Write
from bot.api.words import duration
from plugins.floor import phrases
from plugins.floor.declaration import plugin
from plugins.floor.facts import SpeakersTimed, TurnReminded
from plugins.floor.fold import FOLDING, floor_of
from plugins.floor.people import floor_here

TIME_OVER = "speaker's time over"
STILL_YOUR_TURN = "still your turn"
SILENCE = timedelta(minutes=2)  # before the reminder of a turn
TOO_LATE = timedelta(seconds=30)  # an announcement later than this is dropped
SHORTEST, LONGEST = 10, 3600  # seconds
WORDED = re.compile(r"(?P<number>\d{1,4})\s*(?P<unit>s|m|h)\w*", re.IGNORECASE | re.ASCII)
STOPPING = "stop timing [speakers]"
FORMS = ("allow|give|time [each] speaker|speakers [at]", STOPPING)
OFF = frozenset({"off", "none", "0", "-", "stop"})


def is_talk(ask: Ask) -> bool:
    """Whether the line is talk because it gives no time: `give each speaker a chance`."""
    return ask.rest != "" if ask.form == STOPPING else not _seconds(ask.rest.lower().rstrip(".!"))


@plugin.command(
    "speakers",
    bare=(*FORMS,),
    is_talk=is_talk,
    usage="#speakers [2m | off]",
    says="limits how long each speaker has, starting with the ack; I say when the time is up",
    example="#speakers 2m",
    role=Role.CHAIR,
    silent_if_unavailable=True,
    in_emotes=True,
)
def time_speakers(ask: Ask) -> Sequence[Effect]:
    """Show, set or remove the speaking time."""
    floor = floor_here(ask)
    typed = "off" if ask.form == STOPPING else ask.rest.lower().rstrip(".!")
    if not typed:
        return [
            Reply(
                phrases.TIMED(time=phrases.span(floor.seconds), name="")
                if floor.seconds
                else phrases.NOT_TIMED
            )
        ]
    if typed in OFF:
        if not floor.seconds:
            return [Reply(phrases.NOT_TIMED)]
        return [Write(SpeakersTimed(0)), Announce(phrases.TIMED_NO_MORE)]
    seconds = _seconds(typed)
    if not SHORTEST <= seconds <= LONGEST:
        return [Reply(phrases.NO_TIME)]
    speaks = floor.holder.name if floor.holder is not None else ""
    return [Write(SpeakersTimed(seconds)), Announce(phrases.TIMED(time=phrases.span(seconds), name=speaks))]


def _seconds(typed: str) -> int:
    """Read a duration, such as `2m` or `2 minutes`, in seconds; 0 if it is not one."""
    worded = WORDED.fullmatch(typed)
    try:
        return int(duration(f"{worded['number']}{worded['unit']}" if worded else typed).total_seconds())
    except ValueError:
        return 0


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield the times at which the speaking time is over or somebody is reminded of their turn."""
    session = state.session(stream)
    if session is None or session.ended is not None:
        return
    floor = FOLDING.of(session)
    since = floor.since
    if since is None or floor.stopped_by:
        return
    if floor.seconds:
        for times in (1, 2):
            yield Moment(TIME_OVER, since + timedelta(seconds=times * floor.seconds))
    elif floor.speaker is None and floor.round is not None and not floor.round.reminded:
        yield Moment(STILL_YOUR_TURN, max(since, state.last_heard(session.id) or since) + SILENCE)


@plugin.on(MomentDue, TIME_OVER)
def say_time_is_over(occasion: Occasion) -> Sequence[Effect]:
    """Announce that the speaking time is over, or exceeded twofold."""
    session, event = occasion.session, occasion.event
    if session is None or not isinstance(event, MomentDue) or event.late > TOO_LATE:
        return ()
    floor = floor_of(occasion.state, session)
    if floor.holder is None or floor.since is None:
        return ()
    if event.at > floor.since + timedelta(seconds=floor.seconds):
        return [Announce(phrases.TIME_OVER_TWICE(name=floor.holder.name))]
    then = floor.places[0].person.name if floor.places and floor.round is None else ""
    return [Announce(phrases.TIME_OVER(name=floor.holder.name, time=phrases.span(floor.seconds), then=then))]


@plugin.on(MomentDue, STILL_YOUR_TURN)
def say_whose_turn_it_is(occasion: Occasion) -> Sequence[Effect]:
    """Announce once whose turn it is if nobody has spoken since the turn began."""
    session, event = occasion.session, occasion.event
    if session is None or not isinstance(event, MomentDue) or event.late > TOO_LATE:
        return ()
    turn = floor_of(occasion.state, session).round
    if turn is None:
        return ()
    said = phrases.TURN_REMINDER(name=turn.person.name, n=turn.place + 1, of=len(turn.people))
    return [Write(TurnReminded(turn.place)), Announce(said)]
