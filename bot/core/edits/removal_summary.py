"""What a redaction took, in a line: numbers and kinds, never a word of the text."""

from bot.core import phrases
from bot.core.session.session import Session
from bot.core.words.sentences import counted


def told(before: Session, after: Session, who: str, *, of_edit: bool) -> str:
    """What is different now; empty where nothing is."""
    was = {record.n: record for record in before.records}
    now = {record.n: record for record in after.records}
    out = [phrases.record_named(n, record.kind) for n, record in was.items() if n not in now]
    topics = len(before.topics) - len(after.topics)
    out += ["a topic" if topics == 1 else counted(topics, "topic")] if topics > 0 else []
    out += ["the session's name"] if before.name != after.name else []
    again = [f"#{n}" for n, record in now.items() if n in was and record.content != was[n].content]
    back = [f"#{n}" for n in now if n not in was]
    if out or again or back:
        return phrases.removed(out, again, back, who, of_edit=of_edit)
    return phrases.removed_deeds(who) if _differs(before, after) else ""


def _differs(before: Session, after: Session) -> bool:
    """Whether the session is another one, but for its journal."""
    return before.voided != after.voided
