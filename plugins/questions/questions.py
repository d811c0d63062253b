"""The command `question`, which records a question or supports one."""

from collections.abc import Sequence

from bot.api import (
    Acknowledge,
    Ask,
    Effect,
    Needs,
    Reaction,
    RecordedItem,
    Reply,
    Session,
    Write,
    record_as,
)
from bot.api.facts import RecordSupported
from bot.api.records import backing, supporting
from plugins.questions import phrases
from plugins.questions.declaration import plugin
from plugins.questions.kinds import QUESTION, SUPPORT

SIGN = "\u2795"  # a plus
ADDS = f"{QUESTION.word}+"  # Zakim's form
SUPPORTING = frozenset({SIGN, "👍"})  # reactions that support a question


def is_talk(ask: Ask) -> bool:
    """Whether a line that starts with the word is talk."""
    return ask.form != ADDS and not SUPPORT.fullmatch(ask.rest)


@plugin.command(
    QUESTION.word,
    bare=(QUESTION.word, ADDS),
    usage=QUESTION.usage,
    says=QUESTION.says,
    example=QUESTION.example,
    needs=Needs.TRACK,
    silent_if_unavailable=True,
    is_talk=is_talk,
    takes_record_prefix=True,
    record_form=SUPPORT,
)
def ask_or_support(ask: Ask) -> Sequence[Effect]:
    """Record a question, or count the speaker as a supporter."""
    found = SUPPORT.fullmatch(ask.rest)
    if found is not None and ask.record is not None:
        return _support(ask, ask.record, supported=found[2].startswith("+"))
    if ask.session is None:
        return [Reply(phrases.NO_SESSION)]
    return record_as(ask, QUESTION, ask.rest)


def _support(ask: Ask, record: RecordedItem, *, supported: bool) -> Sequence[Effect]:
    session = ask.running
    refused = _refusal(ask, session, record, supported=supported)
    if refused:
        return [Reply(refused)]
    mine = supporting(ask.state.persons, ask.speaker, record.supporters, session)
    people = (ask.speaker,) if supported else mine
    after = (
        (*record.supporters, ask.speaker)
        if supported
        else [who for who in record.supporters if who not in mine]
    )
    number = backing(ask.state.persons, record.by, after, session)
    facts = [Write(RecordSupported(record.n, who, supported), stream=session.id) for who in people]
    return [*facts, Acknowledge(phrases.WANTED(n=record.n, people=number), SIGN)]


def _refusal(ask: Ask, session: Session, record: RecordedItem, *, supported: bool) -> str | None:
    if record.kind != QUESTION.word:
        return phrases.NO_QUESTION(n=record.n, kind=record.kind)
    persons = ask.state.persons
    if supporting(persons, ask.speaker, (record.by,), session):
        return phrases.YOUR_OWN(n=record.n)
    supports = bool(supporting(persons, ask.speaker, record.supporters, session))
    if supports == supported:
        return phrases.SUPPORTED_ALREADY(n=record.n) if supported else phrases.NOT_SUPPORTED(n=record.n)
    return None


@plugin.reaction
def react(reaction: Reaction) -> Sequence[Effect]:
    """Count a reaction to a question's message as support; removing the reaction undoes it."""
    session = reaction.session
    if session is None or reaction.emoji not in SUPPORTING:
        return ()
    record = next(
        (item for item in session.records if item.cause == reaction.target and item.kind == QUESTION.word),
        None,
    )
    if record is None:
        return ()
    known = supporting(reaction.state.persons, reaction.who, (record.by, *record.supporters), session)
    return () if known else [Write(RecordSupported(record.n, reaction.who))]
