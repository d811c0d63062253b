"""Records: the one-line notes, decisions, calls and links that make up the minutes."""

from collections.abc import Iterator, Sequence

from bot.api import Ask, Effect, RecordedItem, Reply, Session, counted, record_as
from plugins.records import configured, panels, phrases, reactions, record_lists
from plugins.records.declaration import plugin
from plugins.records.kinds import LINK
from plugins.records.links import SCHEMES, read_link

__all__ = ["configured", "panels", "plugin", "reactions", "record_lists"]


@plugin.talk(*SCHEMES, kind=LINK.word)
def note_link(ask: Ask) -> Sequence[Effect]:
    """Record a line that starts with a URL as a link."""
    if isinstance(read_link(ask, ask.rest), str):
        return ()
    return record_as(ask, LINK, ask.rest)


@plugin.command(
    "save",
    usage="#save",
    says="shows what has been recorded so far; everything is saved as you type it",
    example="#save",
)
def show_counts(ask: Ask) -> Sequence[Effect]:
    """Count the records and show the last one."""
    session = ask.running
    if not session.records:
        return [Reply(phrases.NOTHING_YET)]
    last, total = session.records[-1], counted(len(session.records), "record")
    shown = phrases.LAST_RECORD(n=last.n, kind=last.kind, text=last.text, edited=_is_edited(ask, last))
    return [Reply(phrases.SAVED(total=total, counts=list(_counts(ask, session)), last=shown))]


def _is_edited(ask: Ask, record: RecordedItem) -> bool:
    """Whether a decision was edited after it was recorded."""
    kind = ask.register.kinds.get(record.kind)
    return record.revised and kind is not None and kind.decision


def _counts(ask: Ask, session: Session) -> Iterator[str]:
    deciding = {word for word, kind in ask.register.kinds.items() if kind.decision}
    kinds = [record.kind for record in session.records]
    for number, singular, many in (
        (sum(kind in deciding for kind in kinds), "decision", "decisions"),
        (kinds.count("action"), "action", "actions"),
        (kinds.count("cta"), "call for help", "calls for help"),
    ):
        if number:
            yield counted(number, singular, many)
