"""Answers to a draft by mail: what they change is proposed, and a letter shows it to the holder of the draft's key.

A mail proposes and never approves or sends, whoever sent it; nothing is sent to the address that it claims to be from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import (
    Effect,
    Entry,
    Folding,
    Identity,
    Moment,
    MomentDue,
    Occasion,
    Say,
    StateView,
    Track,
    Write,
    track_stream,
)
from bot.api.effects import REPLY, Letter, Mail, Prepare
from bot.api.events import LetterReceived
from bot.api.people import holder_identity
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import destination
from plugins.recap.lifecycle.courses import Course
from plugins.recap.mending import letter_words
from plugins.recap.mending.facts import ReplyCame, ReplyRead
from plugins.recap.mending.letter_text import letter_text
from plugins.recap.mending.orders import JOB, MendedText, Read
from plugins.recap.mending.pad_texts import course_with, is_proposal, said_of
from plugins.recap.mending.proposals import Proposal, by_topic, digest_of_text, proposal_of

LETTERS_A_DAY = 20  # to one person about one track
DAY = timedelta(days=1)
PATIENCE = timedelta(minutes=15)  # until a mail counts as lost, because the bot was stopped while it read
LOST = "mended text lost"


class Reply(Struct, frozen=True):
    """A mail that came: when, and the fact; `read_at` is when it was read, `answered` whether a letter told what it says."""

    at: datetime
    fact: ReplyCame
    read_at: datetime | None = None
    answered: bool = False


Replies = Mapping[str, Reply]
NONE: Replies = {}
REPLIES: Folding[Replies] = Folding(NONE)


@REPLIES.on(ReplyCame)
def _came(replies: Replies, entry: Entry, fact: ReplyCame) -> Replies:
    return {**replies, fact.mail: Reply(entry.at, fact)}


@REPLIES.on(ReplyRead)
def _read(replies: Replies, entry: Entry, fact: ReplyRead) -> Replies:
    came = replies.get(fact.mail)
    if came is None:
        return replies
    return {**replies, fact.mail: Reply(came.at, came.fact, entry.at, fact.answered)}


def _replies(state: StateView, track: Track) -> Replies:
    return REPLIES.of_stream(state.stream(track_stream(track.slug)))


@plugin.on(LetterReceived)
def receive(occasion: Occasion) -> Sequence[Effect]:
    """Have an answer to a draft read."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, LetterReceived) or track is None or event.opens != REPLY:
        return ()
    if event.id in _replies(occasion.state, track):
        return ()
    part = event.argument.partition(" ")[2].partition(" ")[0]
    fact, course = (
        ReplyCame(part, event.id, event.holder, event.letter),
        course_with(occasion.state, track, part),
    )
    if course is None or not _address_of(
        occasion, track, event.holder
    ):  # who got the draft is no maintainer anymore
        return [Write(fact), Write(ReplyRead(part, event.id, answered=False))]
    if event.trouble:
        text = letter_words.OF_MAIL.get(event.trouble, letter_words.OF_MAIL["unreadable"])
        return [Write(fact), *_answered(occasion, track, course, fact, text)]
    mended = MendedText(
        course.plan, event.text, "mail", event.id, event.holder, event.at, letter=event.letter
    )
    return [Write(fact), Prepare(JOB, track_stream(track.slug), mended, course.session_ids)]


def propose(occasion: Occasion, track: Track, read: Read) -> Sequence[Effect]:
    """Propose what a mail changes: to its holder by mail, and in the rooms in a line."""
    came = _replies(occasion.state, track).get(read.mended.address)
    course = course_with(occasion.state, track, read.proposed.part)
    if course is None or came is None or came.read_at is not None:
        return ()
    shown = by_topic(Proposal(occasion.at, read.proposed), read.part, course.recap_state.intro)
    text = letter_text(read, shown, read.part.rooms)
    answer = _answered(occasion, track, course, came.fact, text)
    if not is_proposal(read):
        return answer
    waiting = proposal_of(occasion.state, track, read.proposed.part)
    return [Write(read.proposed), *answer, Say(read.part.rooms, said_of(read, waiting))]


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield when a mail counts as lost that was not read."""
    track = state.setup.track_of(stream, None)
    for reply in _unread(state, track) if track is not None else ():
        yield Moment(LOST, reply.at + PATIENCE)


@plugin.on(MomentDue, LOST)
def lose(occasion: Occasion) -> Sequence[Effect]:
    """Ask for a mail again that was not read."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None:
        return ()
    orders: list[Effect] = []
    for reply in _unread(occasion.state, track):
        course = course_with(occasion.state, track, reply.fact.part)
        if course is not None and reply.at + PATIENCE <= event.at:
            orders += _answered(occasion, track, course, reply.fact, letter_words.OF_MAIL["lost"])
    return orders


def _unread(state: StateView, track: Track) -> Iterator[Reply]:
    return (reply for reply in _replies(state, track).values() if reply.read_at is None)


def _answered(occasion: Occasion, track: Track, course: Course, came: ReplyCame, text: str) -> list[Effect]:
    """Note that a mail was read, and tell its holder what it says; not more often than the limit allows."""
    known = _replies(occasion.state, track).values()
    told = sum(
        reply.answered and reply.fact.holder == came.holder and reply.read_at > occasion.at - DAY
        for reply in known
        if reply.read_at is not None
    )
    address, made = _address_of(occasion, track, came.holder), course.recap_state.made
    if made is None or not address or told >= LETTERS_A_DAY:
        return [Write(ReplyRead(came.part, came.mail, answered=False))]
    mark = f"mended-{digest_of_text(came.mail)}"
    letter = Letter(
        id=destination.numbered_id(made.message_id, mark),
        to=(address,),
        subject=letter_words.SUBJECT(subject=made.subject),
        body=text if text.endswith("\n") else f"{text}\n",
        stream=track_stream(track.slug),
        references=(came.letter,),
        name=f"recap/{track.slug}/{came.part}/{mark}",
    )
    return [Write(ReplyRead(came.part, came.mail)), Mail(letter)]


def _address_of(occasion: Occasion, track: Track, holder: Identity) -> str:
    """Return the address of the maintainer who holds a key; empty if none does."""
    setup = occasion.state.setup
    found = (one.mail for one in track.maintainers if holder_identity(one.mail, setup).key == holder.key)
    return next(found, "")
