"""Everything that the actions plugin says."""

from collections.abc import Sequence
from datetime import date

from bot.api import Owner, day_in_words, listed, plain_name, plural

USAGE = "#action owners to text [by DATE]"
ASSIGN_USAGE = "#assign N nick"


def owner_name(owner: Owner) -> str:
    """An owner as shown: a person by the present name, without a bridge's suffix."""
    return plain_name(owner.person.name if owner.person else owner.name)


def owner_names(owners: Sequence[Owner]) -> str:
    """Owners as shown, with commas."""
    return ", ".join(owner_name(owner) for owner in owners)


def understood(n: int, owners: Sequence[Owner], due: date | None, today: date) -> str:
    """An action was recorded."""
    when = f"; due {_day(due, today)}" if due else ""
    if owners:
        return f"#{n} for {owner_names(owners)}{when}"
    return f"#{n} has no owner yet; #assign {n} NICK gives it one{when}"


def _day(due: date, today: date) -> str:
    return day_in_words(due) if due.year == today.year else f"{day_in_words(due)} {due.year}"


def usage_without_task() -> str:
    """Only owners were named."""
    return f"usage: {USAGE}; what is to be done is missing"


def assigned(n: int, owners: Sequence[Owner], before: Sequence[Owner]) -> str:
    """An action has other owners."""
    was = f" (was for {owner_names(before)})" if before else ""
    return f"#{n} is now for {owner_names(owners)}{was}"


def same_owners(n: int, owners: Sequence[Owner]) -> str:
    """Nothing changed."""
    return f"#{n} is for {owner_names(owners)} already"


def no_action(n: int, kind: str) -> str:
    """The record is something else."""
    return f"#{n} is no action, it was recorded as {kind}"


def nobody(name: str) -> str:
    """What was typed is no list of names."""
    return f'"{name}" is no list of names; usage: {ASSIGN_USAGE}, or #assign N a, b'


def without_owner(numbers: Sequence[int]) -> str:
    """For the report at the end."""
    return f"{plural(len(numbers), 'an owner', 'owners')} for {listed([f'#{n}' for n in numbers])}"
