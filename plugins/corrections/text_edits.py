"""Mending words: a record that is changed is understood anew by its kind, so owners and addresses follow."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.api import (
    LONGEST_TITLE,
    Ask,
    Effect,
    Plugin,
    Recorded,
    RecordedItem,
    Reply,
    Revised,
    Role,
    Session,
    Topic,
    TopicRetitled,
    Voided,
    Write,
    authored,
    is_author,
    titled,
    understood,
)
from plugins.corrections import phrases
from plugins.corrections.rights import chair_names, refusal
from plugins.corrections.substitution import PLAIN, Substitution, read_substitution


def declare(plugin: Plugin) -> None:
    """Add the commands of this file."""
    plugin.command(
        "correct",
        usage="#correct /old/new/, or #correct N /old/new/",
        says="mends the newest record or topic title that has the words, or record N (its author or a chair)",
        example="#correct /Suport/Support/",
        before=("#info Suport for many cards",),
        may_name_record=True,
    )(correct)
    plugin.command(
        "edit",
        usage="#edit N text",
        says="gives a record another text (its author or a chair)",
        example="#edit 1 Reviews take about ten days",
        before=("#info Reviews take about nine days",),
        record=True,
        on_line_edited=edit_anew,
    )(edit)
    plugin.talk(*PLAIN)(mend_own)


def edit(ask: Ask) -> Sequence[Effect]:
    """Give a record another text."""
    record = ask.record
    if record is None or not ask.rest:
        return [Reply(ask.usage)]
    refused = refusal(ask, ask.running, record)
    return [Reply(refused)] if refused else _revised(ask, ask.running, record, ask.rest)


def edit_anew(ask: Ask) -> Sequence[Effect]:
    """An #edit was edited: it mends the record anew; what it mended under another number is as before."""
    orders = edit(ask)
    session = ask.running
    other = [
        entry.fact.n
        for entry in session.live()
        if entry.cause == ask.edits and isinstance(entry.fact, Revised) and ask.record
        if entry.fact.n != ask.record.n
    ]
    return [Write(Voided(ask.edits), stream=session.id, keep_on_undo=True), *orders] if other else orders


def correct(ask: Ask) -> Sequence[Effect]:
    """Mend words in a record, or in the newest record or title that has them."""
    substitution = read_substitution(ask.rest)
    if substitution is None:
        return [Reply(ask.usage)]
    if ask.record is None:
        return _mend_newest(ask, ask.running, substitution)
    refused = refusal(ask, ask.running, ask.record)
    return [Reply(refused)] if refused else _mended(ask, ask.running, ask.record, substitution)


def mend_own(ask: Ask) -> Sequence[Effect]:
    """`s/old/new/` mends what the speaker said before, if that is a record; else it is talk."""
    substitution = read_substitution(ask.rest)
    record = _said_before(ask, ask.running)
    if (
        substitution is None
        or record is None
        or not is_author(ask.running, record, ask.speaker, ask.state.persons)
    ):
        return ()
    return _mended(ask, ask.running, record, substitution)


def _said_before(ask: Ask, session: Session) -> RecordedItem | None:
    """The record that the speaker's previous message made or mended."""
    if not ask.before or ask.before in session.voided:
        return None
    for entry in reversed(session.entries):
        if entry.cause == ask.before and isinstance(entry.fact, Recorded | Revised):
            return session.record(entry.fact.n)
    return None


def _mended(ask: Ask, session: Session, record: RecordedItem, substitution: Substitution) -> Sequence[Effect]:
    if substitution.old not in record.text:
        return [Reply(phrases.not_in_record(record.n, substitution.old))]
    text = substitution.on(record.text)
    if not text:
        return [Reply(phrases.NOTHING_LEFT)]
    # its words are still the author's, said when they were said: `me` and `by Friday` mean what they meant
    said_then = replace(ask, speaker=record.by, at=record.at, session=session)
    return _revised(said_then, session, record, text)


def _revised(ask: Ask, session: Session, record: RecordedItem, text: str) -> Sequence[Effect]:
    kind = ask.register.kinds.get(record.kind)
    content = understood(ask, kind, text) if kind else replace(record.content, text=text)
    if isinstance(content, str):
        return [Reply(content)]
    if content == record.content:
        return [Reply(phrases.says_that_already(f"#{record.n}"))]
    lost = bool(record.content.owners) and not content.owners
    return [
        Write(Revised(record.n, content), stream=session.id),
        Reply(phrases.changed(record.n, record.kind, content, owners_matter=lost)),
    ]


def _mend_newest(ask: Ask, session: Session, substitution: Substitution) -> Sequence[Effect]:
    """Mend the newest place that has the words and that the speaker may change."""
    holding = [one for one in _by_age(session) if substitution.old in _words(one)]
    if not holding:
        return [Reply(phrases.nowhere(substitution.old))]
    own = {record.n for record in authored(session, ask.speaker, ask.state.persons)}
    for one in reversed(holding):
        if isinstance(one, RecordedItem) and (ask.role >= Role.CHAIR or one.n in own):
            return _mended(ask, session, one, substitution)
        if isinstance(one, Topic) and ask.role >= Role.CHAIR:
            return _retitled(session, one, substitution)
    newest = holding[-1]
    chairs = chair_names(session)
    if isinstance(newest, Topic):
        return [Reply(phrases.title_not_yours(phrases.topic(session, newest), chairs))]
    return [Reply(phrases.not_yours(newest, chairs))]


def _by_age(session: Session) -> list[RecordedItem | Topic]:
    """Records and topics in the order in which they came."""
    place = {entry.cause: i for i, entry in reversed(list(enumerate(session.entries)))}
    items: list[RecordedItem | Topic] = [*session.topics, *session.records]
    return sorted(items, key=lambda one: place.get(_cause(one), 0))


def _cause(one: RecordedItem | Topic) -> str:
    return one.id if isinstance(one, Topic) else one.cause


def _words(one: RecordedItem | Topic) -> str:
    return one.title if isinstance(one, Topic) else one.text


def _retitled(session: Session, topic: Topic, substitution: Substitution) -> Sequence[Effect]:
    title = titled(substitution.on(topic.title))
    if not title:
        return [Reply(phrases.NOTHING_LEFT)]
    if len(title) > LONGEST_TITLE:
        return [Reply(phrases.TITLE_TOO_LONG)]
    if title == topic.title:
        return [Reply(phrases.says_that_already(phrases.topic(session, topic)))]
    number = session.topics.index(topic) + 1
    return [
        Write(TopicRetitled(topic.id, title), stream=session.id),
        Reply(phrases.retitled(number, title)),
    ]
