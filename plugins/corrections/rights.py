"""The right to change a record, which its author and the chairs of its session have."""

from bot.api import Ask, RecordedItem, Role, Session
from bot.api.people import is_author, plain_name, unconfirmed_author
from plugins.corrections import phrases


def refusal(ask: Ask, session: Session, record: RecordedItem) -> str | None:
    """Return the answer if the speaker cannot change this record, or None."""
    if ask.role >= Role.CHAIR or is_author(session, record, ask.speaker, ask.state.persons):
        return None
    return not_yours(ask, session, record)


def not_yours(ask: Ask, session: Session, record: RecordedItem) -> str:
    """Return the refusal to change this record."""
    return phrases.NOT_YOURS(
        author=plain_name(record.by.name),
        n=record.n,
        chairs=chair_names(session),
        over=session.ended is not None and ask.track is not None and bool(ask.track.maintainers),
        unconfirmed=unconfirmed_author(session, record, ask.speaker, ask.state.persons),
    )


def chair_names(session: Session) -> list[str]:
    """Return the names of the chairs."""
    return [chair.name for chair in session.chairs]
