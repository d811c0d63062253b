"""Budgets: how many commands of each person the bot answers.

The time is that of the messages, so nothing here reads a clock. A restart gives everybody a full budget.
"""

from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.core import phrases
from bot.core.effects import Acknowledge, Reply
from bot.core.people.identity import MAIL, Identity
from bot.core.state.limits import Limits
from bot.core.turn.decision import Decision
from bot.core.words.sentences import clock

ANSWERS = Reply | Acknowledge
MINUTE = timedelta(minutes=1)
REMEMBERED = 4096  # people; the budget of somebody who asked nothing for long is full anyway

Who = tuple[str, str]


class Verdict(Struct, frozen=True):
    """Whether an answer is given.

    until: for one that is not: when answers are given again
    news:  the person does not know that yet
    """

    given: bool = True
    until: datetime = datetime.min.replace(tzinfo=UTC)
    news: bool = False


class _Budget(Struct):
    left: float
    at: datetime
    silent_until: datetime | None = None


class Budgets:
    """The budgets of all people, by network, and by account or name."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._of: OrderedDict[Who, _Budget] = OrderedDict()

    def keep(
        self, decision: Decision, who: Identity, at: datetime, zone: ZoneInfo, before: Verdict | None
    ) -> Verdict | None:
        """Leave out the answers of a decision if the budget is spent; the first time, say until when.

        before: the verdict when the same event was decided in a turn that failed
        """
        if who.network == MAIL:
            return None  # the lines of a form, which the page limits, and whose every answer its reader needs
        if decision.fault is None and not any(isinstance(one, ANSWERS) for one in decision.orders):
            return None
        verdict = before or self.spend(who, at)
        if not verdict.given:
            decision.orders = [order for order in decision.orders if not isinstance(order, ANSWERS)]
        if verdict.news:
            until = clock(verdict.until, zone)
            decision.orders.append(Reply(phrases.BUDGET_SPENT(who=who.name, until=until)))
        return verdict

    def spend(self, who: Identity, at: datetime) -> Verdict:
        """Count an answer."""
        budget = self._budget(_key(who), at)
        until = budget.silent_until
        if until is not None and timedelta() < until - at <= 2 * MINUTE:  # else a clock was set back
            return Verdict(given=False, until=until)
        more = max(at - budget.at, timedelta()) / MINUTE * self._limits.commands_per_minute
        budget.left = min(self._limits.commands, budget.left + more)
        budget.at = at
        if budget.left >= 1:
            budget.left -= 1
            return Verdict()
        budget.silent_until = at.replace(second=0, microsecond=0) + 2 * MINUTE  # whole minutes can be said
        return Verdict(given=False, until=budget.silent_until, news=True)

    def rename(self, old: Identity, new: Identity) -> None:
        """Somebody has a new nick, and keeps the budget."""
        budget = self._of.pop(_key(old), None)
        if budget is not None:
            self._of[_key(new)] = budget

    def _budget(self, key: Who, at: datetime) -> _Budget:
        budget = self._of.setdefault(key, _Budget(self._limits.commands, at))
        self._of.move_to_end(key)
        if len(self._of) > REMEMBERED:
            self._of.popitem(last=False)
        return budget


def _key(who: Identity) -> Who:
    return who.network, who.account or who.key
