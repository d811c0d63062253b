"""From facts to state: `grow` adds an entry to a session, `fold` builds a session from its whole journal.

No entry is ever refused here: the journal is the truth. Facts of plugins stay in the entries, where the plugins read them.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from bot.core import facts
from bot.core.people.identity import Identity
from bot.core.session.rights import given
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Session, voided_causes
from bot.core.session.session_rules import RULES


def begin(entry: Entry) -> Session:
    """The session that a `SessionOpened` entry begins."""
    fact = entry.fact
    if not isinstance(fact, facts.SessionOpened):
        raise TypeError(f"a session begins with SessionOpened, not with {type(fact).__name__}")
    owner = entry.by or Identity("", "nobody", "")
    return Session(
        id=fact.id,
        track=fact.track,
        name=fact.name,
        rooms=fact.rooms,
        date=fact.date,
        started=entry.at,
        planned_until=fact.planned_until,
        owner=owner,
        by_moderator=fact.by_moderator,
        topics_before=fact.topics_before,
        chairs=(owner,),
        moderated=(owner,),
        known={owner.key: owner},
        watched=given({}, (owner,)),
        entries=Growing((entry,)),
        gathering=fact.gathering,
        gathering_name=fact.gathering_name,
    )


def grow(session: Session, entry: Entry) -> Session:
    """`session` after one more entry."""
    entries = session.entries.plus(entry)
    if isinstance(entry.fact, facts.Voided):
        return fold(entries, session.voided | {entry.fact.cause})
    return replace(RULES.after(session, (entry,), session.voided), entries=entries)


def fold(entries: Iterable[Entry], voided: frozenset[str] | None = None) -> Session:
    """The session that results from these entries; the first one opens it."""
    entries = entries if isinstance(entries, Growing) else Growing(entries)
    if voided is None:
        voided = voided_causes(entries)
    session = RULES.after(begin(entries[0]), entries.after(1), voided)
    return replace(session, entries=entries, voided=voided)


def folding(entries: Sequence[Entry], at_once: int = 200) -> Iterator[Session]:
    """The session after each so many entries, and at last the same as `fold` gives; between two of them others may work."""
    voided = voided_causes(entries)
    session = begin(entries[0])
    for start in range(1, max(len(entries), 2), at_once):
        session = RULES.after(session, entries[start : start + at_once], voided)
        if start + at_once < len(entries):
            yield session
    yield replace(session, entries=Growing(entries), voided=voided)


def without(session: Session, cause: str) -> Session:
    """The session as it would be if everything of `cause` were undone."""
    return fold(session.entries, session.voided | {cause})
