"""Answering a question: anybody may, at any time; the last answer counts."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.api import Ask, Effect, Plugin, RecordAnswered, Reply, Voided, Write, shortened
from plugins.questions import phrases
from plugins.questions.kinds import QUESTION

LONGEST = 1000
NOTHING = frozenset({"-", "--", "\u2013", "\u2014"})


def declare(plugin: Plugin) -> None:
    """Add the command of this file."""
    plugin.command(
        "answer",
        usage="#answer N text",
        says="answers a question, also one of an earlier session; - takes the answer away",
        example="#answer 1 They keep the key on a stick",
        before=("#question What about boards that cannot encrypt their disk?",),
        record=True,
        on_line_edited=answer_edited,
        on_line_removed=answer_unsaid,
    )(answer)


def answer(ask: Ask) -> Sequence[Effect]:
    """Note an answer with its question."""
    record, text = ask.record, ask.rest
    if record is None or not text:
        return [Reply(ask.usage)]
    if record.kind != QUESTION.word:
        return [Reply(phrases.no_question(record.n, record.kind))]
    if len(text) > LONGEST:
        return [Reply(phrases.answer_too_long(len(text), LONGEST))]
    before = record.answer
    if text in NOTHING:
        if before is None:
            return [Reply(phrases.not_answered(record.n))]
        said = phrases.open_again(record.n)
    elif before is not None and before.text == text:
        return [Reply(phrases.answered_so_already(record.n))]
    else:
        said = phrases.answered(record.n, shortened(record.text, phrases.TEXT), before)
    fact = RecordAnswered(record.n, "" if text in NOTHING else text)
    return [Write(fact, stream=ask.running.id), Reply(said)]


def answer_edited(ask: Ask) -> Sequence[Effect]:
    """The message with an answer was edited: what it said before is not said any more."""
    record = ask.record
    if record is None or _answered_by(ask) is None:
        return answer(ask)
    orders = answer(replace(ask, record=replace(record, answer=None)))
    done = any(isinstance(order, Write) for order in orders)
    return [Write(Voided(ask.edits), stream=ask.running.id), *orders] if done else orders


def answer_unsaid(ask: Ask) -> Sequence[Effect]:
    """The message with an answer says something else now: the answer is gone."""
    n = _answered_by(ask)
    if n is None:
        return ()
    return [Write(Voided(ask.edits), stream=ask.running.id), Reply(phrases.answer_gone(n))]


def _answered_by(ask: Ask) -> int | None:
    """The number of the question that the edited message answered."""
    if not ask.edits:
        return None
    done = (entry.fact for entry in ask.running.live() if entry.cause == ask.edits)
    return next((fact.n for fact in done if isinstance(fact, RecordAnswered)), None)
