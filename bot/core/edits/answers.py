"""How edits are answered, on Matrix and over a bridge."""

from collections.abc import Sequence

from bot.core import phrases
from bot.core.effects import Acknowledge, Announce, Effect, Reply
from bot.core.facts import Content
from bot.core.plugin.ask import Ask
from bot.core.plugin.kind import Kind

CHANGED = "🔁"  # differs from the emoji of every new record


def revised(ask: Ask, n: int, kind: Kind, content: Content, who: str) -> Effect:
    """The answer to an edit that changed a record; a changed decision concerns everybody."""
    if kind.decision:
        return Announce(phrases.DECISION_EDITED(n=n, kind=kind.word, who=who, text=content.text))
    if kind.answer is not None:
        return Reply(kind.answer(ask, n, content))
    return Acknowledge(phrases.RECORD_EDITED(n=n), CHANGED)


def in_short(orders: Sequence[Effect]) -> list[Effect]:
    """The answers to an edit: each text once, and one acknowledgment for all others."""
    short = [order for order in orders if isinstance(order, Acknowledge)]
    said: list[Effect] = [order for order in orders if not isinstance(order, Acknowledge)]
    said = list(dict.fromkeys(said))
    if short:
        emoji = short[0].emoji if len(short) == 1 else CHANGED
        said.append(Acknowledge(", ".join(order.text for order in short), emoji))
    return said
