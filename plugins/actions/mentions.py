"""Actions with mentions in their text: each mention is read as a single name, whatever characters it contains."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from bot.api import Content, Identity
from bot.api.facts import Owner
from bot.api.people import Mentions, casefold, masked, unmasked
from bot.api.words import points_of, sentence_of, with_points, words_of
from plugins.actions.owners import Part, Reading, read_action, read_names
from plugins.actions.roster import Roster

Tokens = Mapping[str, tuple[str, Identity]]


def read_mentioning(
    text: str, mentions: Mentions, speaker: Identity, known: Mapping[str, Identity]
) -> Reading:
    """Read an action as `read_action` does, with each mention as a single name."""
    hidden, tokens = masked(text, mentions)
    people = {**known, **{token: person for token, (_, person) in tokens.items()}}
    return read_masked(hidden, tokens, Roster(speaker, people, "rfc1459"))


def read_masked(hidden: str, tokens: Tokens, roster: Roster) -> Reading:
    """Read an action in which tokens stand for mentions; the reading has the words of the mentions again."""
    reading = read_action(hidden, roster)
    if not tokens:
        return reading
    parts = tuple(
        replace(part, owners=_spelled(part.owners, tokens), task=unmasked(part.task, tokens))
        for part in reading.parts
    )
    return Reading(_spelled(reading.owners, tokens), unmasked(reading.task, tokens), reading.strangers, parts)


def names_masked(hidden: str, tokens: Tokens, roster: Roster) -> tuple[Owner, ...]:
    """Read a list of names as `read_names` does, with tokens for mentions."""
    return _spelled(read_names(hidden, roster), tokens)


def _spelled(owners: Iterable[Owner], tokens: Tokens) -> tuple[Owner, ...]:
    return tuple(
        replace(owner, name=tokens[owner.name][0].removeprefix("@")) if owner.name in tokens else owner
        for owner in owners
    )


def parts_of(content: Content, by: Identity) -> tuple[Part, ...]:
    """Return what each of the owners of an action has to do; one part if all have the same task."""
    reading = _read_again(content, by)
    whole = Part(content.owners, reading.task if reading.owners else sentence_of(content.text))
    parts = reading.parts or (whole,)
    points = points_of(content.text)  # whoever has a part of the action needs to see the list
    return tuple(replace(part, task=with_points(part.task, points)) if part.task else part for part in parts)


def task_of(content: Content, by: Identity) -> str:
    """Return the text of an action recorded by `by`, without the leading owners."""
    reading = _read_again(content, by)
    points = points_of(content.text)
    if reading.owners and points and not reading.task:
        return "; ".join(map(words_of, points))  # only names stand above the list
    said = reading.task if reading.owners and reading.task else sentence_of(content.text)
    return with_points(said, points)


def _read_again(content: Content, by: Identity) -> Reading:
    owners = content.owners
    if not owners:
        return Reading((), sentence_of(content.text))
    known: dict[str, Identity] = {}
    for owner in owners:
        person = owner.person or Identity(by.network, owner.name, casefold(owner.name))
        known |= {casefold(owner.name): person, casefold(person.name): person}
    words = [(owner.name, owner.person) for owner in owners if owner.person and not owner.name.isalnum()]
    return read_mentioning(sentence_of(content.text), words, by, known)
