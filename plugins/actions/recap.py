"""Action items in the recap: the tasks by owner, and the actions of earlier parts."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.api import RecordedItem, listed, plural
from bot.api.facts import Owner, RecordKept
from bot.api.recap import Groups, Part, Section, day_of, days_of
from bot.api.records import open_at, origin
from bot.api.words import above_points, points_of, words_of
from plugins.actions.declaration import plugin
from plugins.actions.mentions import parts_of, task_of

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
        if not record.content.owners:
            orphans.append(_remarked(part, record, done, record.text))
            continue
        for their in parts_of(record.content, record.by):
            names = _names(part, their.owners)
            together = dict.fromkeys((*names, *_names(part, map(Owner, their.strangers))))
            for name in names:
                task = _shared(
                    their.task or _only_points(record.text), [other for other in together if other != name]
                )
                by_owner.setdefault(name, []).append(_remarked(part, record, done, task))
    groups = [
        (name, tuple(by_owner[name])) for name in sorted(by_owner, key=lambda name: (name.casefold(), name))
    ]
    if orphans:
        groups.append((NO_OWNER, tuple(orphans)))
    if groups:
        yield Groups(slot=Section.AFTER, order=50, heading=HEADING, groups=tuple(groups), repeats=True)


def _from_before(part: Part) -> Iterator[Groups]:
    """Yield earlier actions open at the end of this part, by origin, and those done since the previous part.

    The readers have the actions of this gathering's earlier parts, so these are counted and not listed.
    """
    until = part.until
    by_origin: dict[str, list[RecordKept]] = {}
    for action in part.earlier:
        if action.kind == ACTION:
            by_origin.setdefault(_origin(part, action), []).append(action)
    counts, groups = [], []
    for origin_, actions in by_origin.items():
        still_open = [action for action in actions if open_at(action, until)]
        if still_open and _is_in_earlier_part(part, actions[0]):
            counts.append(_count(len(still_open), len(actions), origin_))
        elif still_open:
            groups.append((f"Open from {origin_}", tuple(_described(part, action) for action in still_open)))
    done = [a for actions in by_origin.values() for a in actions if _closed_between(a, part.since, until)]
    if done:
        groups.append((DONE_SINCE, tuple(_described(part, action) for action in done)))
    if groups or counts:
        text = " ".join(counts)
        yield Groups(slot=Section.AFTER, order=55, heading=BEFORE_HEADING, groups=tuple(groups), text=text)


def _is_in_earlier_part(part: Part, action: RecordKept) -> bool:
    """Whether an action was recorded in an earlier part of this gathering, whose recap lists it."""
    mine = action.gathering in {"", part.setup.gathering.slug}
    return mine and part.plan.n > 0 and action.date in days_of(part.setup, part.track)


def _count(still_open: int, total: int, origin_: str) -> str:
    """Say how many actions of an earlier part are open."""
    if total == 1:
        return f"The action of {origin_} is open."
    if still_open == total == 2:
        return f"Both actions of {origin_} are open."
    if still_open == total:
        return f"All {total} actions of {origin_} are open."
    return f"{still_open} of the {total} actions of {origin_} {plural(still_open, 'is', 'are')} open."


def _closed_between(action: RecordKept, since: datetime | None, until: datetime) -> bool:
    closed = action.closed_at
    return closed is not None and closed <= until and (since is None or closed > since)


def _origin(part: Part, action: RecordKept) -> str:
    """Return the day or gathering in which the action was recorded."""
    today = day_of(part.setup, part.until)
    return origin(part.setup, part.track, action, today) or "earlier sessions today"


def _described(part: Part, action: RecordKept) -> str:
    names = _names(part, action.content.owners)
    task = f"{listed(names) or NO_OWNER}: {task_of(action.content, action.by)}"
    return above_points(task, lambda said: part.numbered_text(said, action.n))


def _names(part: Part, owners: Iterable[Owner]) -> list[str]:
    return list(dict.fromkeys(part.roll.name_of_owner(owner) for owner in owners))


def _only_points(text: str) -> str:
    """Return the list under names, which are all that stands above it, on one line; another text as it is."""
    return "; ".join(map(words_of, points_of(text))) or text


def _shared(task: str, others: list[str]) -> str:
    return above_points(task, lambda said: f"{said} (with {listed(others)})") if others else task


def _remarked(part: Part, record: RecordedItem, done: str, task: str) -> str:
    return above_points(task, lambda said: part.numbered_text(f"{said}{done}", record.n))
