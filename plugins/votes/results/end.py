"""The end of a poll by its command, by a manually recorded decision or with its session, and its reopening."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from bot.api import (
    Announce,
    Ask,
    Content,
    Effect,
    Occasion,
    Reply,
    Role,
    Session,
    StateView,
    Write,
    shortened,
)
from bot.api.facts import Moved, Recorded, SessionReopened, Withdrawn
from bot.api.records import why_not
from plugins.votes.declaration import VOTE, plugin
from plugins.votes.doubts import still_against
from plugins.votes.facts import PollClosed, PollReopened
from plugins.votes.phrases import CONTINUES, LONGEST_NAME, Names
from plugins.votes.polls import LEFT, Poll, polls_of
from plugins.votes.results import phrases
from plugins.votes.tally import Tally, tally

INCONCLUSIVE = "inconclusive"
OUTCOMES = frozenset({"agreed", "rejected", "inconclusive"})


class Result(Struct, frozen=True):
    """The result of a poll: the kind and text of its record, and notes."""

    kind: str
    text: str
    notes: tuple[str, ...]


def result_of(counted: Tally, *, ended: bool = True, against: Sequence[str] = ()) -> Result:
    """Return the result of a poll, which is inconclusive if it was not ended or missed its quorum.

    against: people whose last word was a -1 that was not counted
    """
    poll, names = counted.poll, names_of(counted)
    notes = tuple(_notes(counted, ended=ended, against=against))
    if poll.is_motion:
        notes = (phrases.TIED, *notes) if ended and _is_tied(counted) else notes
        kind = counted.outcome if ended else INCONCLUSIVE
        return Result(kind, phrases.motion_record(poll.question, names, notes), notes)
    counts = ended and counted.has_quorum
    tied = (phrases.TIE(leaders=counted.leaders),) if not counts and len(counted.leaders) > 1 else ()
    text = phrases.vote_record(poll.question, names, (*tied, *notes))  # the recap says first who won
    return Result(VOTE.word if counts else INCONCLUSIVE, text, notes)


def _is_tied(counted: Tally) -> bool:
    (_, in_favor), _, (_, against) = counted.counts
    return in_favor == against


def _notes(counted: Tally, *, ended: bool, against: Sequence[str]) -> Iterator[str]:
    if against:
        yield phrases.NOT_COUNTED(names=list(against))
    if not counted.has_quorum:
        yield phrases.QUORUM_MISSED(n=counted.total, needed=counted.quorum)
    if counted.proven is not None:
        yield phrases.PROVEN(proven=counted.proven, n=counted.total)
    if counted.poll.edited_after:
        yield phrases.EDITED_AFTER(n=counted.poll.edited_after)
    if not ended:
        yield phrases.NOT_ENDED


def names_of(counted: Tally) -> Names:
    """Return every option with the names of its voters."""
    rows = zip(counted.poll.options, counted.names, strict=True)
    return tuple((option, tuple(shortened(name, LONGEST_NAME) for name in row)) for option, row in rows)


@plugin.command(
    "endvote",
    usage="#endvote",
    says="ends the vote and records its result with names",
    example="#endvote",
    before=("#startvote Shall we drop Python 3.9?",),
    role=Role.CHAIR,
)
def end_vote(ask: Ask) -> Sequence[Effect]:
    """End the open poll and record the result."""
    poll = polls_of(ask.running).open
    return [Reply(phrases.NO_VOTE_TO_END)] if poll is None else _end(ask, poll)


@plugin.agenda.closer
def close_motion(ask: Ask) -> Sequence[Effect] | None:
    """Close the open motion; None if the command is about an agenda item or a topic."""
    poll = polls_of(ask.running).open
    if poll is None or ask.rest or ask.form:
        return None
    if not poll.is_motion:  # #close does not end a vote, but it closes a topic
        said = CONTINUES(motion=False, text=poll.question)
        return [Reply(said)] if ask.running.topic is None else None
    return _end(ask, poll)


def _end(ask: Ask, poll: Poll) -> Sequence[Effect]:
    refused = why_not(ask.running, ask)
    if refused is not None:
        return [Reply(refused)]
    counted = tally(ask.state, ask.running, poll)
    if not counted.total:
        if poll.is_motion:
            return [Reply(phrases.NOBODY_VOTED(text=poll.question))]
        said = phrases.ENDED_WITHOUT_VOTES(text=poll.question)
        return [Write(PollClosed(poll.id)), Announce(said)]
    against = still_against(ask.state, ask.running, poll)
    if against and not ask.forced:
        return [Reply(phrases.STILL_AGAINST(names=against))]
    result = result_of(counted, against=against)
    n = ask.state.last_number(ask.running.track) + 1
    facts = _recorded(ask.running, counted, result, n)
    return [*(Write(fact) for fact in facts), Announce(_said(counted, result, n))]


def _recorded(
    session: Session, counted: Tally, result: Result, n: int, *, ended: bool = True
) -> Iterator[object]:
    """Yield the facts of the result, recorded under the topic and team where the poll was opened."""
    poll = counted.poll
    yield Recorded(n, result.kind, Content(result.text))
    if poll.place != (session.topic_id, session.team, session.subtopic):
        yield Moved(n, *poll.place)
    yield PollClosed(poll.id, n, ended, counted.names, counted.casts)


def _said(counted: Tally, result: Result, n: int) -> str:
    poll, names = counted.poll, counted.with_reasons
    if poll.is_motion:
        return phrases.motion_closed(n, poll.question, result.kind, names, result.notes)
    verdict = phrases.verdict(counted.leaders, result.notes)
    return phrases.vote_ended(n, poll.question, result.kind, names, verdict)


@plugin.upon(Recorded)
def close_by_hand(occasion: Occasion, fact: Recorded) -> Iterable[Effect]:
    """Close the open motion when a decision is recorded manually."""
    session = occasion.session
    poll = polls_of(session).open if session is not None and fact.kind in OUTCOMES else None
    if session is None or poll is None or not poll.is_motion:
        return ()
    names = tally(occasion.state, session, poll).with_reasons
    against = still_against(occasion.state, session, poll)
    said = phrases.closed_by_hand(fact.n, poll.question, fact.kind, names, against)
    return [Write(PollClosed(poll.id)), Announce(said)]


@plugin.session.closing_facts
def closing_facts(state: StateView, session: Session) -> Iterable[object]:
    """Return the facts that close the open poll at the end of its session, with the votes so far."""
    poll = polls_of(session).open
    if poll is None:
        return ()
    counted = tally(state, session, poll)
    if not counted.total:
        return (PollClosed(poll.id, ended=False),)
    n = state.last_number(session.track) + 1
    result = result_of(counted, ended=False, against=still_against(state, session, poll))
    return _recorded(session, counted, result, n, ended=False)


@plugin.session.farewell
def farewells(state: StateView, session: Session, _: datetime) -> Iterator[str]:
    """Yield the announcement at the end of a session about its open poll."""
    poll = polls_of(session).last
    if poll is not None and poll.state == LEFT:
        names = tally(state, session, poll).with_reasons
        yield phrases.left_open(poll.question, names, poll.n, motion=poll.is_motion)


@plugin.upon(SessionReopened)
def reopen_poll(occasion: Occasion, _: object) -> Iterable[Effect]:
    """Reopen the poll that the end of the session had closed."""
    poll = polls_of(occasion.session).last if occasion.session is not None else None
    if poll is None or poll.state != LEFT:
        return ()
    out = [Write(Withdrawn(poll.n))] if poll.n is not None else []
    said = phrases.OPEN_AGAIN(motion=poll.is_motion, text=poll.question, n=poll.n)
    return [*out, Write(PollReopened(poll.id)), Announce(said)]
