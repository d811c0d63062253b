"""Changes of what a session says, counted in order: a recap notes how many of them it covers."""

from datetime import datetime

from bot.api import Entry, Session
from bot.api.facts import (
    MessageRedacted,
    Moved,
    Recorded,
    Revised,
    SubtopicRetitled,
    TalkRedacted,
    TopicRetitled,
    Voided,
    Withdrawn,
)
from plugins.recap.lifecycle.state import RecapState

CONTENT = (Recorded, Revised, Withdrawn, Moved, TopicRetitled, SubtopicRetitled, Voided, MessageRedacted)


def weight(session: Session) -> int:
    """Return the number of content changes in a session."""
    return sum(isinstance(entry.fact, CONTENT) for entry in session.entries)


def _later(session: Session, covered: int) -> list[Entry]:
    return [entry for entry in session.entries if isinstance(entry.fact, CONTENT)][covered:]


def changed_at(session: Session, covered: int) -> datetime | None:
    """Return the time of the last content change after the first `covered` ones, or None."""
    return max((entry.at for entry in _later(session, covered)), default=None)


def added_since(session: Session, covered: int) -> list[Entry]:
    """Return the content changes after the first `covered` ones, except those that redactions made."""
    later = _later(session, covered)
    taken = {entry.cause for entry in later if isinstance(entry.fact, MessageRedacted)}
    return [entry for entry in later if entry.cause not in taken]


def redacted_at(session: Session, covered: int) -> datetime | None:
    """Return the time of the last redaction after the first `covered` content changes, or None."""
    taken = (entry.at for entry in _later(session, covered) if isinstance(entry.fact, MessageRedacted))
    return max(taken, default=None)


def redacted_before(recap_state: RecapState, begun: datetime, session: Session) -> datetime | None:
    """Return the last redaction in an earlier session since the recap's newest version was written, or None.

    The recap may quote records of earlier sessions. `begun` is the start of its first session.
    """
    written_at = recap_state.written_at
    if written_at is None or session.id in recap_state.covered or session.started >= begun:
        return None
    taken = (e.at for e in session.entries if isinstance(e.fact, MessageRedacted) and e.at > written_at)
    return max(taken, default=None)


def talk_redacted_at(recap_state: RecapState, session: Session) -> datetime | None:
    """Return when talk was last redacted since the newest draft for the maintainers, which may show it, was written."""
    made, written_at = recap_state.made, recap_state.written_at
    if made is None or written_at is None or not made.unrecorded or recap_state.sent is not None:
        return None
    taken = (e.at for e in session.entries if isinstance(e.fact, TalkRedacted) and e.at > written_at)
    return max(taken, default=None)
