"""Edits of record texts and topic titles; owners and addresses are read again from a changed text."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.api import Ask, Content, Effect, RecordedItem, Reply, Role, Session, Topic, Write, titled
from bot.api.facts import Recorded, Revised, TopicRetitled, Voided
from bot.api.people import authored, is_author, plain_name
from bot.api.records import understood
from bot.api.words import LONGEST_TITLE, points_below, with_points
from plugins.corrections import phrases
from plugins.corrections.declaration import plugin
from plugins.corrections.rights import chair_names, not_yours, refusal
from plugins.corrections.substitution import PLAIN, Substitution, read_substitution


@plugin.command(
    "edit",
    usage="#edit N text",
    says="replaces the whole text of a record (its author or a chair)",
    example="#edit 1 Reviews take about ten days",
    before=("#info Reviews take about nine days",),
    record=True,
)
def edit(ask: Ask) -> Sequence[Effect]:
    """Replace the text of a record."""
    record = ask.record
    if record is None or not ask.rest:
        return [Reply(ask.usage)]
    refused = refusal(ask, ask.running, record)
    text = with_points(ask.rest, points_below(ask.lines, ask.number))
    return [Reply(refused)] if refused else _revised(ask, ask.running, record, text, whole=True)


@plugin.edits.line_edited("edit")
def edit_anew(ask: Ask) -> Sequence[Effect]:
    """Apply an edited #edit message; if it named another record before, that record's text is restored."""
    orders = edit(ask)
    session = ask.running
    other = [
        entry.fact.n
        for entry in session.live()
        if entry.cause == ask.edits and isinstance(entry.fact, Revised) and ask.record
        if entry.fact.n != ask.record.n
    ]
    return [Write(Voided(ask.edits), stream=session.id, keep_on_undo=True), *orders] if other else orders


@plugin.command(
    "correct",
    usage="#correct /old/new/, or #correct N /old/new/",
    says="replaces a text in the newest record or topic title that has it, or in record N (its author or a chair)",
    example="#correct /Suport/Support/",
    before=("#info Suport for many cards",),
    may_name_record=True,
    afterwards=True,
)
def correct(ask: Ask) -> Sequence[Effect]:
    """Apply a substitution to a record, or to the newest record or title that contains the old text."""
    substitution = read_substitution(ask.rest)
    if substitution is None:
        return [Reply(ask.usage)]
    if ask.record is None:
        return _substitute_in_newest(ask, ask.running, substitution)
    refused = refusal(ask, ask.running, ask.record)
    return [Reply(refused)] if refused else _substituted(ask, ask.running, ask.record, substitution)


@plugin.talk(*PLAIN, afterwards=True)
def correct_own(ask: Ask) -> Sequence[Effect]:
    """Apply `s/old/new/` to the speaker's previous message if that is a record; otherwise treat it as talk.

    After the end of the session it counts as `#correct` if something in the session has the text.
    """
    substitution = read_substitution(ask.rest)
    if substitution is not None and ask.running.ended is not None:
        is_there = any(substitution.old in _words(place) for place in _by_age(ask.running))
        return _substitute_in_newest(ask, ask.running, substitution) if is_there else ()
    record = _said_before(ask, ask.running)
    if (
        substitution is None
        or record is None
        or not is_author(ask.running, record, ask.speaker, ask.state.persons)
    ):
        return ()
    return _substituted(ask, ask.running, record, substitution)


def _said_before(ask: Ask, session: Session) -> RecordedItem | None:
    """Return the record that the speaker's previous message created or changed."""
    if not ask.before or ask.before in session.voided:
        return None
    for entry in reversed(session.entries):
        if entry.cause == ask.before and isinstance(entry.fact, Recorded | Revised):
            return session.record(entry.fact.n)
    return None


def _substituted(
    ask: Ask, session: Session, record: RecordedItem, substitution: Substitution
) -> Sequence[Effect]:
    if substitution.old not in record.text:
        return [Reply(phrases.NOT_IN_RECORD(n=record.n, old=phrases.quoted(substitution.old)))]
    text = substitution.on(record.text)
    if not text:
        return [Reply(phrases.NOTHING_LEFT)]
    # the words are still the author's, from the time of the record: `me` and `by Friday` keep their meaning
    said_then = replace(ask, speaker=record.by, at=record.at, session=session)
    return _revised(said_then, session, record, text, whole=False)


def _revised(ask: Ask, session: Session, record: RecordedItem, text: str, *, whole: bool) -> Sequence[Effect]:
    kind = ask.register.kinds.get(record.kind)
    content = understood(ask, kind, text) if kind else replace(record.content, text=text)
    if isinstance(content, str):
        return [Reply(content)]
    if content == record.content:
        return [Reply(phrases.SAYS_THAT_ALREADY(what=f"#{record.n}"))]
    return [Write(Revised(record.n, content, whole), stream=session.id), Reply(_changed(record, content))]


def _changed(record: RecordedItem, content: Content) -> str:
    text = phrases.quoted(content.text)
    if record.content.owners and not content.owners:
        return phrases.CHANGED_WITHOUT_OWNER(n=record.n, kind=record.kind, text=text)
    names = [plain_name(owner.person.name if owner.person else owner.name) for owner in content.owners]
    return phrases.CHANGED(n=record.n, kind=record.kind, text=text, owners=", ".join(names))


def _substitute_in_newest(ask: Ask, session: Session, substitution: Substitution) -> Sequence[Effect]:
    """Apply a substitution to the newest record or title that has the text and that the speaker can change."""
    candidates = [place for place in _by_age(session) if substitution.old in _words(place)]
    if not candidates:
        return [Reply(phrases.NOWHERE(old=phrases.quoted(substitution.old)))]
    own = {record.n for record in authored(session, ask.speaker, ask.state.persons)}
    for place in reversed(candidates):
        if isinstance(place, RecordedItem) and (ask.role >= Role.CHAIR or place.n in own):
            return _substituted(ask, session, place, substitution)
        if isinstance(place, Topic) and ask.role >= Role.CHAIR:
            return _retitled(session, place, substitution)
    newest = candidates[-1]
    if isinstance(newest, RecordedItem):
        return [Reply(not_yours(ask, session, newest))]
    topic = phrases.topic(session, newest)
    return [Reply(phrases.TITLE_NOT_YOURS(topic=topic, chairs=chair_names(session)))]


def _by_age(session: Session) -> list[RecordedItem | Topic]:
    """Return records and topics, oldest first."""
    ranks = {entry.cause: rank for rank, entry in reversed(list(enumerate(session.entries)))}
    items: list[RecordedItem | Topic] = [*session.topics, *session.records]
    return sorted(items, key=lambda item: ranks.get(_cause(item), 0))


def _cause(item: RecordedItem | Topic) -> str:
    return item.id if isinstance(item, Topic) else item.cause


def _words(item: RecordedItem | Topic) -> str:
    return item.title if isinstance(item, Topic) else item.text


def _retitled(session: Session, topic: Topic, substitution: Substitution) -> Sequence[Effect]:
    title = titled(substitution.on(topic.title))
    if not title:
        return [Reply(phrases.NOTHING_LEFT)]
    if len(title) > LONGEST_TITLE:
        return [Reply(phrases.TITLE_TOO_LONG(most=LONGEST_TITLE, length=len(title)))]
    if title == topic.title:
        return [Reply(phrases.SAYS_THAT_ALREADY(what=phrases.topic(session, topic)))]
    number = session.topics.index(topic) + 1
    return [
        Write(TopicRetitled(topic.id, title), stream=session.id),
        Reply(phrases.RETITLED(number=number, title=title)),
    ]
