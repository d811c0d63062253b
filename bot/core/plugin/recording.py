"""Recording: the commands of record kinds."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.earlier_messages import Quoted
from bot.core.effects import Acknowledge, Effect, Reply, Write
from bot.core.facts import Content, Recorded
from bot.core.people.identity import plain_name
from bot.core.phrases import ADOPTED, ALREADY_RECORDED
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Command
from bot.core.plugin.hooks import Handler
from bot.core.plugin.kind import Form, Kind
from bot.core.session.redacted_text import is_of
from bot.core.session.session import RecordedItem, Session
from bot.core.words.bullets import points_of, sentence_of, with_points
from bot.core.words.cut_marks import uncut

LONGEST = 4000


def command_of(kind: Kind) -> Command:
    """The command that records something of this kind."""
    return Command(
        word=kind.word,
        handler=_recorder(kind),
        usage=kind.usage,
        says=kind.says,
        example=kind.example,
        aliases=kind.aliases,
        role=kind.role,
        takes_record_prefix=True,
        afterwards=True,
        plugin=kind.plugin,
    )


def _recorder(kind: Kind) -> Handler:
    return lambda ask: recorded_by(ask, kind)


def recorded_by(ask: Ask, kind: Kind) -> Sequence[Effect]:
    """Record what somebody says with the word of a kind, or the message that this line is a reply to."""
    quoted = ask.quoted[0] if ask.quoted else None
    words = kind.adopted(ask, quoted, ask.rest) if quoted is not None and quoted.text else ""
    if quoted is not None and words and quoted.session == ask.running.id:
        return record_words(ask, kind, quoted, words)
    return record_as(ask, kind.of_text(ask.rest, ask.register.kinds), ask.rest)


def understood(ask: Ask, kind: Kind, text: str) -> Content | str:
    """The content of a record of this kind, or an answer that says what is wrong with the text."""
    if not text:
        return f"usage: {kind.usage}"
    if len(text) > LONGEST:
        return f"the limit for a record is {LONGEST:,} characters, yours has {len(text):,}"
    sentence, points = sentence_of(text), points_of(text)
    if points and kind.form is Form.LINKS:
        return f"#{kind.word} takes no list; give each address a line of its own"
    said, mark, url = uncut(sentence)
    content = kind.understand(ask, said) if kind.understand else Content(said)
    if isinstance(content, str) or not (points or mark):
        return content
    shown = f"{content.text} {mark}" if mark else content.text
    return replace(content, text=with_points(shown, points), url=content.url or url or None)


def why_not(session: Session, ask: Ask) -> str | None:
    """The reason why the speaker can record nothing in a session now; None if they can."""
    if session.paused:
        return "off the record: the session is paused; #resume continues it"
    most = ask.most(ask.setup.limits.records)
    if len(session.records) >= most:
        return f"the limit for a session is {most:,} records; end this one and start another"
    return None


def made_of(session: Session, quoted: Quoted) -> RecordedItem | None:
    """The record that a message already is; None if it was only said."""
    origin = quoted.origin
    return next(
        (
            record
            for record in session.records
            if (record.at, record.by) == (origin.at, origin.by)
            or (origin.message and is_of(record.cause, origin.message))
        ),
        None,
    )


def recorded_words(ask: Ask, kind: Kind, quoted: Quoted, words: str) -> Recorded | str:
    """The record that a message becomes, in the words of its author, or an answer that says why it becomes none.

    words: what `Kind.adopted` gave
    """
    session = ask.running
    known = made_of(session, quoted)
    if known is not None:
        return ALREADY_RECORDED(n=known.n, kind=known.kind)
    refused = why_not(session, ask)
    if refused is not None:
        return refused
    content = understood(replace(ask, speaker=quoted.origin.by, at=quoted.origin.at), kind, words)
    if isinstance(content, str):
        return content
    return Recorded(ask.state.last_number(session.track) + 1, kind.word, content, quoted.origin)


def record_words(ask: Ask, kind: Kind, quoted: Quoted, words: str) -> Sequence[Effect]:
    """Record a message of the running session in the words of its author, and confirm it."""
    fact = recorded_words(ask, kind, quoted, words)
    if isinstance(fact, str):
        return [Reply(fact)]
    if kind.answer is not None:
        return [Write(fact), Reply(kind.answer(ask, fact.n, fact.content))]
    author = plain_name(quoted.origin.by.name)
    text = ADOPTED(n=fact.n, kind=kind.word, author=author, text=fact.content.text)
    return [Write(fact), Reply(text)]


def record_as(ask: Ask, kind: Kind, text: str) -> Sequence[Effect]:
    """Record `text` in the running session, and confirm it."""
    session = ask.running
    refused = why_not(session, ask)
    if refused is not None:
        return [Reply(refused)]
    content = understood(ask, kind, text)
    if isinstance(content, str):
        return [Reply(content)]
    n = ask.state.last_number(session.track) + 1
    recorded = Write(Recorded(n, kind.word, content))
    if kind.answer is not None:
        return [recorded, Reply(kind.answer(ask, n, content))]
    return [recorded, Acknowledge(f"#{n} {kind.word}", kind.emoji)]
