"""Speaking time: says when it is up and when it is used twice; in a round, reminds of a turn when nobody speaks.

Rules of this file: moments follow from the floor alone. In breaks and pauses, and after the end, there are none.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.api import Announce, Ask, Effect, Moment, MomentDue, Occasion, Reply, StateView, Write
from bot.api.words import duration
from plugins.floor import phrases
from plugins.floor.facts import SpeakersTimed, TurnReminded
from plugins.floor.fold import FOLDING, floor_of
from plugins.floor.people import floor_here

TIME_OVER = "speaker's time over"
STILL_YOUR_TURN = "still your turn"
SILENCE = timedelta(minutes=2)  # in a turn, before it is said once more whose it is
TOO_LATE = timedelta(seconds=30)  # an announcement later than this is dropped
SHORTEST, LONGEST = 10, 3600  # seconds
WORDED = re.compile(r"(?P<number>\d{1,4})\s*(?P<unit>s|m|h)\w*", re.IGNORECASE | re.ASCII)
STOPPING = "stop timing [speakers]"
FORMS = ("allow|give|time [each] speaker|speakers [at]", STOPPING)
OFF = frozenset({"off", "none", "0", "-", "stop"})


def is_talk(ask: Ask) -> bool:
    """Whether `give each speaker a chance` is talk."""
    return ask.rest != "" if ask.form == STOPPING else not _seconds(ask.rest.lower().rstrip(".!"))


def time_speakers(ask: Ask) -> Sequence[Effect]:
    """Say how long each speaker may speak, set it, or end it."""
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
    """A length of time in seconds, or 0 if it is not one. `2 minutes` is `2m`."""
    worded = WORDED.fullmatch(typed)
    try:
        return int(duration(f"{worded['number']}{worded['unit']}" if worded else typed).total_seconds())
    except ValueError:
        return 0


def due(state: StateView, stream: str) -> Iterable[Moment]:
    """When the floor's time is over, or somebody should be told again that it is their turn."""
    session = state.session(stream)
    if session is None or session.ended is not None:
        return
    floor = FOLDING.of(session)
    since = floor.since
    if since is None or floor.holds:
        return
    if floor.seconds:
        for times in (1, 2):
            yield Moment(TIME_OVER, since + timedelta(seconds=times * floor.seconds))
    elif floor.speaker is None and floor.round is not None and not floor.round.reminded:
        yield Moment(STILL_YOUR_TURN, max(since, state.last_heard(session.id) or since) + SILENCE)


def say_time_is_over(occasion: Occasion) -> Sequence[Effect]:
    """The speaker's time is over, or twice over."""
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


def say_whose_turn_it_is(occasion: Occasion) -> Sequence[Effect]:
    """Nobody has said anything since the turn began; this is said once."""
    session, event = occasion.session, occasion.event
    if session is None or not isinstance(event, MomentDue) or event.late > TOO_LATE:
        return ()
    turn = floor_of(occasion.state, session).round
    if turn is None:
        return ()
    said = phrases.TURN_REMINDER(name=turn.person.name, n=turn.place + 1, of=len(turn.people))
    return [Write(TurnReminded(turn.place)), Announce(said)]
