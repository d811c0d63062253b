"""Action items in the recap: the tasks by owner, and the actions of earlier parts."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.api import listed
from bot.api.facts import Owner, RecordKept
from bot.api.recap import Groups, Part, Section, day_of
from bot.api.records import open_at, origin
from plugins.actions.declaration import plugin
from plugins.actions.mentions import task_of

ACTION = "action"
HEADING = "Action items by owner"
NO_OWNER = "No owner yet"
BEFORE_HEADING = "Action items from before"
DONE_SINCE = "Done since"


@plugin.recap.blocks
def blocks(part: Part) -> Iterator[Groups]:
    """Yield the actions by owner, and those of earlier parts that are open or were done since."""
    yield from _by_owner(part)
    yield from _from_before(part)


def _by_owner(part: Part) -> Iterator[Groups]:
    """Yield the owners alphabetically with their actions in chronological order; actions without owner come last."""
    by_owner: dict[str, list[str]] = {}
    orphans: list[str] = []
    for placed in part.of_kind(ACTION):
        record = placed.item
        done = " (done)" if record.done_by(part.until) else ""
        names = _names(part, record.content.owners)
        for name in names:
            others = [other for other in names if other != name]
            task = _shared(task_of(record.content, record.by), others)
            by_owner.setdefault(name, []).append(part.numbered_text(f"{task}{done}", record.n))
        if not names:
            orphans.append(part.numbered_text(f"{record.text}{done}", record.n))
    groups = [
        (name, tuple(by_owner[name])) for name in sorted(by_owner, key=lambda name: (name.casefold(), name))
    ]
    if orphans:
        groups.append((NO_OWNER, tuple(orphans)))
    if groups:
        yield Groups(slot=Section.AFTER, order=50, heading=HEADING, groups=tuple(groups))


def _from_before(part: Part) -> Iterator[Groups]:
    """Yield earlier actions open at the end of this part, by origin, and those done since the previous part."""
    actions = [action for action in part.earlier if action.kind == ACTION]
    until = part.until
    by_origin: dict[str, list[str]] = {}
    for action in actions:
        if open_at(action, until):
            by_origin.setdefault(f"Open from {_origin(part, action)}", []).append(_described(part, action))
    done = [action for action in actions if _closed_between(action, part.since, until)]
    groups = [(name, tuple(items)) for name, items in by_origin.items()]
    if done:
        groups.append((DONE_SINCE, tuple(_described(part, action) for action in done)))
    if groups:
        yield Groups(slot=Section.AFTER, order=55, heading=BEFORE_HEADING, groups=tuple(groups))


def _closed_between(action: RecordKept, since: datetime | None, until: datetime) -> bool:
    closed = action.closed_at
    return closed is not None and closed <= until and (since is None or closed > since)


def _origin(part: Part, action: RecordKept) -> str:
    """Return the part, day or gathering in which the action was recorded."""
    today = day_of(part.setup, part.until)
    word = "part" if part.plan.by == "day" else "day"
    return origin(part.setup, part.track, action, today, day=word) or "earlier today"


def _described(part: Part, action: RecordKept) -> str:
    names = _names(part, action.content.owners)
    task = f"{listed(names) or NO_OWNER}: {task_of(action.content, action.by)}"
    return part.numbered_text(task, action.n)


def _names(part: Part, owners: Iterable[Owner]) -> list[str]:
    return list(dict.fromkeys(part.roll.name_of_owner(owner) for owner in owners))


def _shared(task: str, others: list[str]) -> str:
    return f"{task} (with {listed(others)})" if others else task
