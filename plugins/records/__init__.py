"""Records: the one-line notes, decisions, calls and links that make the minutes."""

from collections.abc import Iterator, Sequence

from bot.api import Ask, Effect, Plugin, RecordedItem, Reply, Session, counted, record_as
from plugins.records import phrases
from plugins.records.configured import RecordsSettings, configured
from plugins.records.kinds import KINDS, LINK
from plugins.records.links import SCHEMES, read_link

__all__ = ["RecordsSettings", "plugin"]

plugin = Plugin("records", table=("records", RecordsSettings))
plugin.kinds.extend(KINDS)
plugin.configured_kinds.append(configured)


@plugin.talk(*SCHEMES, kind=LINK.word)
def note_link(ask: Ask) -> Sequence[Effect]:
    """A line that starts with an address is a link."""
    if isinstance(read_link(ask, ask.rest), str):
        return ()
    return record_as(ask, LINK, ask.rest)


@plugin.command(
    "save",
    usage="#save",
    says="where the minutes stand now; everything is saved at once, always",
    example="#save",
)
def show_standing(ask: Ask) -> Sequence[Effect]:
    """Count what is recorded."""
    session = ask.running
    if not session.records:
        return [Reply(phrases.NOTHING_YET)]
    last = session.records[-1]
    return [
        Reply(
            phrases.standing(
                list(_counts(ask, session)),
                counted(len(session.records), "record"),
                phrases.last_record(last.n, last.kind, last.text, edited=_is_edited(ask, last)),
            )
        )
    ]


def _is_edited(ask: Ask, record: RecordedItem) -> bool:
    """Whether it is a decision that says something else since people agreed."""
    kind = ask.register.kinds.get(record.kind)
    return record.revised and kind is not None and kind.decision


def _counts(ask: Ask, session: Session) -> Iterator[str]:
    deciding = {word for word, kind in ask.register.kinds.items() if kind.decision}
    kinds = [record.kind for record in session.records]
    for number, one, many in (
        (sum(kind in deciding for kind in kinds), "decision", "decisions"),
        (kinds.count("action"), "action", "actions"),
        (kinds.count("cta"), "call for help", "calls for help"),
    ):
        if number:
            yield counted(number, one, many)
