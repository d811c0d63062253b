"""Who may mend what: the author of a record, and the chairs of its session."""

from bot.api import Ask, RecordedItem, Role, Session, is_author
from plugins.corrections import phrases


def refusal(ask: Ask, session: Session, record: RecordedItem) -> str | None:
    """Why the speaker may not change this record; None where they may."""
    if ask.role >= Role.CHAIR or is_author(session, record, ask.speaker, ask.state.persons):
        return None
    return phrases.not_yours(record, chair_names(session))


def chair_names(session: Session) -> list[str]:
    """The chairs, as an answer names them."""
    return [chair.name for chair in session.chairs]
