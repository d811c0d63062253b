"""Action items in the recap: who has what to do, in one place."""

from collections.abc import Iterator

from bot.api import Groups, Identity, Part, RecordedItem, Section, casefold, listed
from plugins.actions.mentions import read_mentioning

HEADING = "Action items by owner"
NO_OWNER = "No owner yet"


def blocks(part: Part) -> Iterator[Groups]:
    """The actions by owner: owners sorted, their actions in the order of the day, at the end what nobody has."""
    by_owner: dict[str, list[str]] = {}
    orphans: list[str] = []
    for placed in part.of_kind("action"):
        record = placed.item
        names = list(dict.fromkeys(part.roll.name_of_owner(owner) for owner in record.content.owners))
        for name in names:
            others = [other for other in names if other != name]
            by_owner.setdefault(name, []).append(_shared(task_of(record), others))
        if not names:
            orphans.append(record.text)
    groups = [
        (name, tuple(by_owner[name])) for name in sorted(by_owner, key=lambda name: (name.casefold(), name))
    ]
    if orphans:
        groups.append((NO_OWNER, tuple(orphans)))
    if groups:
        yield Groups(slot=Section.AFTER, order=50, heading=HEADING, groups=tuple(groups))


def task_of(record: RecordedItem) -> str:
    """What is to be done: the text of an action without the owners before it."""
    owners = record.content.owners
    if not owners:
        return record.text
    known: dict[str, Identity] = {}
    for owner in owners:
        person = owner.person or Identity(record.by.network, owner.name, casefold(owner.name))
        known |= {casefold(owner.name): person, casefold(person.name): person}
    words = [(owner.name, owner.person) for owner in owners if owner.person and not owner.name.isalnum()]
    reading = read_mentioning(record.text, words, record.by, known=known)
    return reading.task if reading.owners else record.text


def _shared(task: str, others: list[str]) -> str:
    return f"{task} (with {listed(others)})" if others else task
