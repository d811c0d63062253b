"""Answers to questions: anybody can answer at any time, and the last answer counts."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.api import Ask, Effect, Reply, Write
from bot.api.facts import RecordAnswered, Voided
from bot.api.people import plain_name
from bot.api.words import points_below
from plugins.questions import phrases
from plugins.questions.declaration import plugin
from plugins.questions.kinds import QUESTION

LONGEST = 1000
NOTHING = frozenset({"-", "--", "\u2013", "\u2014"})


@plugin.command(
    "answer",
    usage="#answer N text",
    says="answers a question, even from an earlier session; - removes the answer",
    example="#answer 1 They keep the key on a stick",
    before=("#question What about boards that cannot encrypt their disk?",),
    record=True,
)
def answer(ask: Ask) -> Sequence[Effect]:
    """Record an answer to a question."""
    record, text = ask.record, ask.rest
    if record is None or not text:
        return [Reply(ask.usage)]
    text = " ".join((text, *points_below(ask.lines, ask.number)))
    if record.kind != QUESTION.word:
        return [Reply(phrases.NO_QUESTION(n=record.n, kind=record.kind))]
    if len(text) > LONGEST:
        return [Reply(phrases.ANSWER_TOO_LONG(most=LONGEST, length=len(text)))]
    before = record.answer
    if text in NOTHING:
        if before is None:
            return [Reply(phrases.NOT_ANSWERED(n=record.n))]
        said = phrases.OPEN_AGAIN(n=record.n)
    elif before is not None and before.text == text:
        return [Reply(phrases.ANSWERED_SO_ALREADY(n=record.n))]
    elif before is not None:
        said = phrases.ANSWERED_ANEW(n=record.n, author=plain_name(before.by.name))
    else:
        said = phrases.ANSWERED(n=record.n, question=record.text)
    fact = RecordAnswered(record.n, "" if text in NOTHING else text)
    return [Write(fact, stream=ask.running.id), Reply(said)]


@plugin.edits.line_edited("answer")
def answer_edited(ask: Ask) -> Sequence[Effect]:
    """Replace the answer of an edited message."""
    record = ask.record
    if record is None or _answered_by(ask) is None:
        return answer(ask)
    orders = answer(replace(ask, record=replace(record, answer=None)))
    done = any(isinstance(order, Write) for order in orders)
    return [Write(Voided(ask.edits), stream=ask.running.id), *orders] if done else orders


@plugin.edits.line_removed("answer")
def answer_unsaid(ask: Ask) -> Sequence[Effect]:
    """Withdraw the answer of a message that no longer contains one."""
    n = _answered_by(ask)
    if n is None:
        return ()
    return [Write(Voided(ask.edits), stream=ask.running.id), Reply(phrases.ANSWER_GONE(n=n))]


def _answered_by(ask: Ask) -> int | None:
    """Return the number of the question that the edited message answered."""
    if not ask.edits:
        return None
    done = (entry.fact for entry in ask.running.live() if entry.cause == ask.edits)
    return next((fact.n for fact in done if isinstance(fact, RecordAnswered)), None)
