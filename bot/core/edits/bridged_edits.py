"""Edits that come over a bridge as a further line of the same puppet: "* #info the mirror is full".

IRC has no edits, so a bridge says them: the whole text after an asterisk, as the specification's fallback has it
(https://spec.matrix.org/latest/client-server-api/#event-replacements), or only what changed (`changed_words`). Such a line
mends a record of the same puppet from the last hour, if it is sure which one and how. Otherwise none is changed, and the
answer says so.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from msgspec.structs import replace

from bot.core import effects, facts, phrases
from bot.core.edits import answers
from bot.core.people.identity import UNFOLDED, is_relayed
from bot.core.people.puppets import is_bridged
from bot.core.plugin.kind import Kind
from bot.core.plugin.recording import understood
from bot.core.session.session import RecordedItem, Session
from bot.core.state.access import authored
from bot.core.turn.commands import ReadLine, ask_of, read_line, refusal
from bot.core.turn.decision import Context
from bot.core.words.bullets import points_of, sentence_of, with_points
from bot.core.words.changed_words import is_addition_to, most_alike, substituted, with_words, without_words

STAR = "* "
FORM = re.compile(r"\* \S|s/|[+-]\S")
CONTEXT = 3  # unchanged words by which an edit of something earlier is recognized
WITHIN = timedelta(hours=1)
MOST_RECORDS = 200
MOST_COMPARED = 20  # records with which the words of an edit in part are compared
Orders = Sequence[effects.Effect]


def bridged_edit(line: ReadLine, session: Session, before: str | None, context: Context) -> Orders | None:
    """What follows from a line that a bridge sent as an edit; None if it is none.

    before: cause of the speaker's previous line in the session
    """
    message, text = line.message, line.text.strip()
    if FORM.match(text) is None or message.off_record:
        return None
    if message.room.casemapping == UNFOLDED and not is_relayed(message.speaker):
        return None  # Matrix has edits
    if line.spoken is not None and line.spoken.known:
        return None  # +1, -1, +q
    if text.startswith(STAR):
        again = replace(message, text=text.removeprefix(STAR), lines=())
        whole = read_line(again, context.register, ())
        if whole.spoken is not None and whole.spoken.known and not whole.spoken.bare:
            return _whole(whole, session, context)
    bridged = is_bridged(message.speaker, context.state.setup.puppets)
    return _part(line, text, session, before, context) if bridged else None


def _whole(line: ReadLine, session: Session, context: Context) -> Orders:
    """An edit that says the whole text again."""
    assert line.spoken is not None
    word, text = line.spoken.word, line.rest
    kind = context.register.kinds.get(word)
    if kind is None:
        return [effects.Reply(phrases.EDIT_DOES_NOT_RUN(word=word))]
    own = {record.n: record for record in _own(session, line, context) if record.kind == word}
    meant = [own[n] for n in most_alike(text, {n: sentence_of(record.text) for n, record in own.items()})]
    if len(meant) != 1:
        return [effects.Reply(phrases.BRIDGED_EDIT_UNSURE(records=_numbers(meant)))]
    (record,) = meant
    if is_addition_to(sentence_of(record.text), text):
        return _unsure(record)
    return _mended(line, record, kind, text, session, context)


def _part(line: ReadLine, text: str, session: Session, before: str | None, context: Context) -> Orders | None:
    """An edit that says only what changed."""
    own = list(_own(session, line, context))
    last = _last(session, before, own)
    meant = [(record, changed) for record in own[:MOST_COMPARED] for changed in _readings(text, record)]
    of_last = [changed for record, changed in meant if record is last]
    if last is None or (meant and not of_last):
        return _of_earlier(line, text, meant, session, context)
    if text.startswith("s/") and ", s/" not in text:
        return None  # anybody's way to correct what they just said
    if not of_last:
        return _unsure(last) if text[0] in "*+" else None
    kind = context.register.kinds.get(last.kind)
    if kind is None or len(of_last) > 1:
        return _unsure(last)
    return _mended(line, last, kind, of_last[0], session, context)


def _of_earlier(
    line: ReadLine, text: str, meant: Sequence[tuple[RecordedItem, str]], session: Session, context: Context
) -> Orders | None:
    """An edit that may mean a record before the last line of the puppet, or other words that it said since."""
    if not meant:
        return None
    if len(meant) > 1:
        records = list({record.n: record for record, _ in meant}.values())
        return [effects.Reply(phrases.BRIDGED_EDIT_UNSURE(records=_numbers(records)))]
    ((record, changed),) = meant
    words = text.removeprefix(STAR).split()
    before = record.text.split()
    kind = context.register.kinds.get(record.kind)
    if text.startswith(STAR) and kind is not None and sum(word in before for word in words) >= CONTEXT:
        return _mended(line, record, kind, changed, session, context)
    return [effects.Reply(phrases.BRIDGED_EDIT_PERHAPS(n=record.n, text=changed))]


def _readings(text: str, record: RecordedItem) -> list[str]:
    """The texts of a record that an edit may mean."""
    said = sentence_of(record.text)
    if text.startswith(STAR):
        return with_words(said, text.removeprefix(STAR))
    if text[0] == "-":
        return without_words(said, text[1:])
    return substituted(said, text)


def _own(session: Session, line: ReadLine, context: Context) -> Iterator[RecordedItem]:
    """The records of the same puppet from the last hour, newest first; a nick that the bot lost sight of has none."""
    speaker = line.message.speaker
    may_change = {record.n for record in authored(session, speaker, context.state.persons)}
    for record in islice(reversed(session.records), MOST_RECORDS):
        if line.message.at - record.at > WITHIN:
            return
        if record.n in may_change and record.by.network == speaker.network:
            yield record


def _last(session: Session, before: str | None, own: Sequence[RecordedItem]) -> RecordedItem | None:
    """The record that the speaker's previous line made or changed."""
    if not before or before in session.voided:
        return None
    for entry in reversed(session.entries):
        if entry.cause == before and isinstance(entry.fact, facts.Recorded | facts.Revised):
            return next((record for record in own if record.n == entry.fact.n), None)
    return None


def _mended(
    line: ReadLine, record: RecordedItem, kind: Kind, text: str, session: Session, context: Context
) -> Orders:
    ask = ask_of(line, session, context)
    then = replace(ask, speaker=record.by, at=record.at)  # `me` and `by Friday` keep their meaning
    refused = refusal(ask, context.register.commands[kind.word]) if ask.role < kind.role else None
    content = refused or understood(then, kind, with_points(text, points_of(record.text)))
    if isinstance(content, str):
        return [effects.Reply(phrases.EDIT_REFUSED(why=content, n=record.n))]
    if content == record.content:
        return ()
    told = answers.revised(then, record.n, kind, content, then.speaker.name)
    return [effects.Write(facts.Revised(record.n, content, whole=True)), told]


def _unsure(record: RecordedItem) -> Orders:
    return [effects.Reply(phrases.BRIDGED_EDIT_UNCLEAR(n=record.n))]


def _numbers(records: Sequence[RecordedItem]) -> list[str]:
    return [f"#{record.n}" for record in reversed(records)]
