"""The floor: the speaker queue, the current speaker, speaking time and rounds."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.api import Announce, Effect, Occasion, Plugin, Role, Session, StateView, Write
from bot.api.facts import TopicOpened
from plugins.floor import clock, hands, people, phrases, queue, rounds, speakers, syntax
from plugins.floor.facts import FACTS, QueueOpened
from plugins.floor.fold import FOLDING, floor_of

plugin = Plugin("floor", facts=FACTS)
plugin.reactions.append(hands.raise_hand)
plugin.parties.append(people.parties)
plugin.due(clock.due)
plugin.at_moment(clock.TIME_OVER)(clock.say_time_is_over)
plugin.at_moment(clock.STILL_YOUR_TURN)(clock.say_whose_turn_it_is)
plugin.talk(*speakers.BEGINNINGS)(speakers.say_done)

plugin.command(
    "queue",
    bare=tuple(queue.FORMS),
    is_talk=queue.is_talk_of_queue,
    usage="#queue [open | close | clear | = NAMES]",
    says="shows who speaks and who waits (q?), with what they want to say (vq?); chairs open, close, clear or reorder the queue (q= NAMES)",
    example="#queue close",
    silent_if_unavailable=True,
    in_emotes=True,
)(queue.arrange)
plugin.command(
    "raise",
    bare=("q+|queue+", "qq+|qqueue+", "raises hand", syntax.SEEN),
    is_talk=queue.is_talk_of_hands,
    usage="q+ [NAMES] [to NOTE]",
    says="puts you (or the people you name) on the queue; the note is read out with your turn; qq+ goes to the front; reacting with a raised hand works too",
    example="q+ to ask about Cells",
    silent_if_unavailable=True,
    in_emotes=True,
    on_line_edited=queue.edit,
    on_line_removed=queue.unsay,
)(queue.join)
plugin.command(
    "lower",
    bare=("q-|queue-", "lowers hand"),
    usage="q- [later | NAMES]",
    says="takes you off the queue, or says that you are done; q- later moves you to the end; chairs can take others off",
    example="q- later",
    before=("q+",),
    silent_if_unavailable=True,
    in_emotes=True,
)(queue.leave)
plugin.command(
    "ack",
    bare=("ack|acks|recognize|recognizes", "chair ack|acks|recognize|recognizes"),
    usage="#ack NAME, or #ack next",
    says="gives somebody the floor, on the queue or not; the beginning of the name is enough, and # can be left out",
    example="#ack jbell",
    role=Role.CHAIR,
    silent_if_unavailable=True,
    in_emotes=True,
    is_talk=speakers.is_talk,
)(speakers.acknowledge)
plugin.command(
    "lastword",
    bare=("give",),
    usage="#lastword NAME",
    says="gives the floor to one more person, then clears and closes the queue; give NAME the last word does the same",
    example="#lastword jbell",
    role=Role.CHAIR,
    silent_if_unavailable=True,
    in_emotes=True,
    is_talk=speakers.is_no_last_word,
)(speakers.give_last_word)
plugin.command(
    "speakers",
    bare=(*clock.FORMS,),
    is_talk=clock.is_talk,
    usage="#speakers [2m | off]",
    says="limits how long each speaker has, starting with the ack; I say when the time is up",
    example="#speakers 2m",
    role=Role.CHAIR,
    silent_if_unavailable=True,
    in_emotes=True,
)(clock.time_speakers)
plugin.command(
    "roundtable",
    usage="#roundtable [QUESTION | next | end]",
    says="calls on everybody present, one after another; they say done or pass when finished, or a chair goes on",
    example="#roundtable What do you plan next?",
    before=("present+ jbell",),
    role=Role.CHAIR,
)(rounds.roundtable)


@plugin.upon(TopicOpened)
def open_again(occasion: Occasion, _: TopicOpened) -> Iterable[Effect]:
    """Reopen a closed queue when a new topic is opened."""
    session = occasion.session
    if session is None or not FOLDING.of(session).closed:
        return ()
    return [Write(QueueOpened()), Announce(phrases.OPENED)]


def why_wait(state: StateView, session: Session) -> str | None:
    """Return why the next topic should wait, people on the queue or a round, or None."""
    floor = floor_of(state, session)
    waiting = phrases.waiting(people.names(floor.places))
    return phrases.listed_parts([speakers.where_round_is(floor), waiting]) or None


def statuses(state: StateView, session: Session, _: datetime) -> Iterator[str]:
    """Yield the lines of `#status` about the round, the speaker and the queue."""
    floor = floor_of(state, session)
    if floor.round is not None:
        yield speakers.where_round_is(floor)
    if floor.speaker is not None:
        yield phrases.HAS_FLOOR(name=floor.speaker.person.name)
    if floor.places:
        yield phrases.NUMBER_WAITING(n=len(floor.places))


plugin.against_advancing.append(why_wait)
plugin.statuses.append(statuses)
