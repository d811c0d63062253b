"""Answers to a draft by mail: what they change is proposed, and a letter shows it to the holder of the draft's key.

A mail proposes and never approves or sends, whoever sent it; nothing is sent to the address that it claims to be from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.api import (
    Effect,
    Entry,
    Folding,
    Identity,
    Moment,
    MomentDue,
    Occasion,
    Say,
    Session,
    StateView,
    Track,
    Write,
    track_stream,
)
from bot.api.effects import REPLY, Letter, Mail, Prepare, Remember
from bot.api.events import LetterReceived
from bot.api.people import holder_identity
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import destination
from plugins.recap.lifecycle.courses import Course
from plugins.recap.lifecycle.keys import with_keys
from plugins.recap.mending import letter_words
from plugins.recap.mending.facts import ReplyCame, ReplyRead, ReplyReordered
from plugins.recap.mending.letter_text import letter_text
from plugins.recap.mending.orders import JOB, MendedText, Read
from plugins.recap.mending.pad_texts import course_with, is_proposal, said_of
from plugins.recap.mending.proposals import Proposal, by_topic, digest_of_text, proposal_of

LETTERS_A_DAY = 20  # to one person about one track
DAY = timedelta(days=1)
TEXTS_A_DAY = (
    20  # of one person about one track that are kept until they are read; each may have a million characters
)
PATIENCE = timedelta(minutes=15)  # until the reading of a mail counts as lost
LOST = "mended text lost"


class MailReply(Struct, frozen=True):
    """A mail that came: when, and the fact.

    reordered_at: when its reading was ordered once more
    read_at:      when it was read
    answered:     whether a letter told what it says
    """

    at: datetime
    fact: ReplyCame
    reordered_at: datetime | None = None
    read_at: datetime | None = None
    answered: bool = False


MailReplies = Mapping[str, MailReply]
NONE: MailReplies = {}
REPLIES: Folding[MailReplies] = Folding(NONE)


@REPLIES.on(ReplyCame)
def _came(replies: MailReplies, entry: Entry, fact: ReplyCame) -> MailReplies:
    return {**replies, fact.mail: MailReply(entry.at, fact)}


@REPLIES.on(ReplyReordered)
def _reordered(replies: MailReplies, _: Entry, fact: ReplyReordered) -> MailReplies:
    came = replies.get(fact.mail)
    return replies if came is None else {**replies, fact.mail: replace(came, reordered_at=fact.at)}


@REPLIES.on(ReplyRead)
def _read(replies: MailReplies, entry: Entry, fact: ReplyRead) -> MailReplies:
    came = replies.get(fact.mail)
    if came is None:
        return replies
    return {**replies, fact.mail: replace(came, read_at=entry.at, answered=fact.answered)}


def _replies(state: StateView, track: Track) -> MailReplies:
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
    kept = replace(fact, text=event.text) if _keeps_texts(occasion, track, event.holder) else fact
    return [Write(kept), *_order(track, course, replace(fact, text=event.text), event.at)]


def _order(track: Track, course: Course, came: ReplyCame, now: datetime) -> Iterator[Effect]:
    """Have the text of a mail read."""
    text = MendedText(course.plan, came.text, "mail", came.mail, came.holder, now, letter=came.letter)
    yield Prepare(JOB, track_stream(track.slug), text, course.session_ids)
    yield Remember(_ordered(track, came.mail), True)  # noqa: FBT003 - that it was ordered since the start


def _ordered(track: Track, mail: str) -> tuple[str, ...]:
    return (plugin.name, JOB, track.slug, mail)


def _keeps_texts(occasion: Occasion, track: Track, holder: Identity) -> bool:
    """Whether the text of a mail is kept: whoever has a key could fill the disk with them."""
    known = _replies(occasion.state, track).values()
    kept = sum(
        bool(reply.fact.text) and reply.fact.holder == holder and reply.at > occasion.at - DAY
        for reply in known
    )
    return kept < TEXTS_A_DAY


def propose(occasion: Occasion, track: Track, read: Read) -> Sequence[Effect]:
    """Propose what a mail changes: to its holder by mail, and in the rooms in a line."""
    came = _replies(occasion.state, track).get(read.mended.address)
    course = course_with(occasion.state, track, read.proposed.part)
    if course is None or came is None or came.read_at is not None:
        return ()
    shown = by_topic(Proposal(occasion.at, read.proposed), read.part, course.recap_state.intro)
    text = letter_text(read, shown, read.part.rooms)
    if not is_proposal(read):
        return _answered(occasion, track, course, came.fact, text)
    answer = _answered(occasion, track, course, came.fact, text, waits=True)
    waiting = proposal_of(occasion.state, track, read.proposed.part)
    return [Write(read.proposed), *answer, Say(read.part.rooms, said_of(read, waiting))]


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield when the reading of a mail counts as lost."""
    track = state.setup.track_of(stream, None)
    if track is not None:
        yield from (Moment(LOST, _lost_at(state, track, reply)) for reply in _unread(state, track))


def _lost_at(state: StateView, track: Track, reply: MailReply) -> datetime:
    """Return when the reading of a mail counts as lost: at the next start, if its text is there; else after a while."""
    if reply.reordered_at is not None:
        return reply.reordered_at + PATIENCE
    is_ordered = state.remembered(_ordered(track, reply.fact.mail)) is not None
    return reply.at if reply.fact.text and not is_ordered else reply.at + PATIENCE


@plugin.on(MomentDue, LOST)
def lose(occasion: Occasion) -> Sequence[Effect]:
    """Have a mail read that was not, once more; after that, or without its text, ask for it again."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, MomentDue) or track is None:
        return ()
    orders, now = list[Effect](), event.at + event.late
    for reply in _unread(occasion.state, track):
        course = course_with(occasion.state, track, reply.fact.part)
        if course is None or _lost_at(occasion.state, track, reply) > event.at:
            continue
        came, is_first = reply.fact, reply.reordered_at is None
        if came.text and is_first and _address_of(occasion, track, came.holder):
            orders += (Write(ReplyReordered(came.part, came.mail, now)), *_order(track, course, came, now))
        else:
            orders += _answered(occasion, track, course, came, letter_words.OF_MAIL["lost"])
    return orders


@plugin.edits.quotes
@plugin.edits.talk_quotes
def quotes(state: StateView, session: Session) -> Iterator[tuple[str, str]]:
    """Yield stream and cause of the mails that may quote a session, as the draft did that they answer."""
    stream = track_stream(session.track)
    track = state.setup.track(session.track)
    if track is None:
        return
    for entry in state.stream(stream):
        if isinstance(entry.fact, ReplyCame) and entry.fact.text:
            course = course_with(state, track, entry.fact.part)
            if course is None or session.id in course.session_ids:
                yield stream, entry.cause


def _unread(state: StateView, track: Track) -> Iterator[MailReply]:
    return (reply for reply in _replies(state, track).values() if reply.read_at is None)


def _answered(
    occasion: Occasion, track: Track, course: Course, came: ReplyCame, text: str, *, waits: bool = False
) -> list[Effect]:
    """Note that a mail was read, and tell its holder what it says; not more often than the limit allows.

    waits: whether something waits to be taken, which the draft's page has buttons for
    """
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
    if waits:
        letter = with_keys(letter, occasion.state.setup, track, made, occasion.at, to_answer=False)
    return [Write(ReplyRead(came.part, came.mail)), Mail(letter)]


def _address_of(occasion: Occasion, track: Track, holder: Identity) -> str:
    """Return the address of the maintainer who holds a key; empty if none does."""
    setup = occasion.state.setup
    found = (one.mail for one in track.maintainers if holder_identity(one.mail, setup).key == holder.key)
    return next(found, "")
