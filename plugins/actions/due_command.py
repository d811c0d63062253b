"""The command that changes an action's due date, both in its field and in its text."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from bot.api import Ask, Content, Effect, RecordedItem, Reply, Write
from bot.api.facts import Revised
from bot.api.records import understood
from bot.api.words import above_points, sentence_of
from plugins.actions import phrases
from plugins.actions.declaration import plugin
from plugins.actions.due_dates import Unclear, When, read_wish, with_when
from plugins.actions.kind import ACTION, milestones, today, when_of

NEVER = frozenset({"-", "--", "\u2013", "\u2014", "none", "never", "no date"})


@plugin.command(
    "due",
    usage="#due N DATE",
    says="sets when an action is due: Friday, 30 June, in 2 weeks, a milestone; none removes the date",
    example="#due 1 next Friday",
    before=("#action amaru to find a room",),
    record=True,
)
def due(ask: Ask) -> Sequence[Effect]:
    """Set or remove the due date of an action."""
    record = ask.record
    if record is None or not ask.rest:
        return [Reply(ask.usage)]
    if record.kind != ACTION.word:
        return [Reply(phrases.NO_ACTION(n=record.n, kind=record.kind))]
    day = today(ask)
    wanted = When(None) if ask.rest.lower() in NEVER else read_wish(ask.rest, day, milestones(ask))
    if isinstance(wanted, Unclear):
        return [Reply(phrases.no_date(wanted))]
    before = record.content
    if (wanted.day, wanted.words) == (before.due, before.when):
        return [Reply(_already(record, day))]
    content = _dated(ask, record, wanted, day)
    if isinstance(content, str):
        return [Reply(content)]
    return [Write(Revised(record.n, content), stream=ask.running.id), Reply(_now_due(record, wanted, day))]


def _already(record: RecordedItem, today: date) -> str:
    words = phrases.due_words(record.content.due, record.content.when, today)
    return phrases.DUE_ALREADY(n=record.n, due=words) if words else phrases.NO_DUE_DATE(n=record.n)


def _now_due(record: RecordedItem, wanted: When, today: date) -> str:
    before = phrases.due_words(record.content.due, record.content.when, today)
    words = phrases.due_words(wanted.day, wanted.words, today)
    if not words:
        return phrases.NO_DUE_DATE_NOW(n=record.n, before=before)
    if wanted.day is None:
        return phrases.NOW_DUE_SOMETIME(n=record.n, due=words, before=before)
    return phrases.NOW_DUE(n=record.n, due=words, before=before)


def _dated(ask: Ask, record: RecordedItem, wanted: When, day: date) -> Content | str:
    """Return the action with the new date in its text and fields, or why that is refused."""
    before = record.content
    said_on = record.at.astimezone(ask.setup.gathering.zone).date()
    words = phrases.date_in_text(wanted.day, day) if wanted.day is not None else wanted.words
    due = _due_in_text(ask, before, said_on)
    text = above_points(before.text, lambda said: with_when(said, due, words))
    revised = understood(replace(ask, speaker=record.by, mentions=()), ACTION, text)
    if isinstance(revised, str):
        return revised
    return replace(revised, owners=before.owners, due=wanted.day, when=wanted.words)


def _due_in_text(ask: Ask, content: Content, said_on: date) -> When | Unclear | None:
    """Find the due date in the action's text, also one that was not clear."""
    said = sentence_of(content.text)
    if content.when:
        start = said.rfind(f"by {content.when}")
        if start >= 0:
            return When(None, content.when, start, start + len(f"by {content.when}"))
    return when_of(ask, said, said_on)
