"""The state of a poll for #showvote, #status, the end of a session and #undo."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.api import Ask, Effect, Entry, Missing, RecordedItem, Reply, Session, StateView
from plugins.votes import phrases
from plugins.votes.declaration import plugin
from plugins.votes.facts import PollClosed, PollOpened
from plugins.votes.polls import ENDED, OPEN, polls_of
from plugins.votes.results.phrases import ITS_END
from plugins.votes.results.reasons import reasons_of
from plugins.votes.tally import not_yet, tally


@plugin.command(
    "showvote",
    usage="#showvote",
    says="shows who voted for what, and who has not voted yet",
    example="#showvote",
)
def show_vote(ask: Ask) -> Sequence[Effect]:
    """Show the votes with names, and the people who have not voted yet."""
    poll = polls_of(ask.running).open
    if poll is None:
        return [Reply(phrases.NOTHING_OPEN)]
    counted = tally(ask.state, ask.running, poll)
    absent = not_yet(ask.state, ask.running, counted)
    lacking = phrases.lacking(absent, counted.total, counted.quorum)
    said = [phrases.votes_so_far(poll.question, counted.with_reasons, motion=poll.is_motion)]
    return [Reply(text) for text in (*said, *([lacking] if lacking else []))]


@plugin.recap.record_json
def record_json(session: Session, record: RecordedItem) -> Mapping[str, Any]:
    """Return the counted votes of a result for the export; null for other records."""
    poll = next((poll for poll in polls_of(session).all if poll.n == record.n), None)
    if poll is None or len(poll.names) != len(poll.options):  # it was redacted
        return {"votes": None}
    votes = zip(poll.options, poll.names, strict=True)
    found: dict[str, Any] = {"votes": [{"option": option, "names": list(names)} for option, names in votes]}
    reasons = [{"name": name, "option": option, "reason": why} for name, option, why in reasons_of(poll)]
    return found | {"reasons": reasons} if reasons else found


@plugin.session.status
def status(state: StateView, session: Session, _: datetime) -> Iterator[str]:
    """Yield the line of `#status` about the open poll."""
    poll = polls_of(session).open
    if poll is not None:
        number = tally(state, session, poll).total
        yield phrases.OPEN_NOW(motion=poll.is_motion, text=poll.question, n=number)


@plugin.session.end_check
def missing(_: StateView, session: Session) -> Iterator[Missing]:
    """Report an open poll."""
    poll = polls_of(session).open
    if poll is not None:
        yield Missing(phrases.OPEN_STILL(motion=poll.is_motion, text=poll.question), order=5)


@plugin.edits.undoable(PollOpened)
def opening(session: Session, entry: Entry) -> str | None:
    """Describe an open poll for #undo; None for a closed one, whose result must be undone first."""
    poll = polls_of(session).opened_by(entry.cause)
    if poll is None or poll.state != OPEN:
        return None
    return phrases.WITH_VOTES(motion=poll.is_motion, text=poll.question, voted=bool(poll.casts))


@plugin.edits.undoable(PollClosed)
def ending(session: Session, entry: Entry) -> str | None:
    """Describe the end of the newest poll for #undo; None if its result was removed."""
    fact = entry.fact
    assert isinstance(fact, PollClosed)
    poll = polls_of(session).opened_by(fact.poll)
    if poll is None or poll is not polls_of(session).last or poll.state != ENDED:
        return None
    if fact.n is not None and session.record(fact.n) is None:
        return None
    return ITS_END(motion=poll.is_motion, text=poll.question)
