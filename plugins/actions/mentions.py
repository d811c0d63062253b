"""Actions with mentions in their text: each mention is read as a single name, whatever characters it contains."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from bot.api import Content, Identity
from bot.api.facts import Owner
from bot.api.people import Directory, Mentions, casefold, masked, unmasked
from plugins.actions.owners import Reading, read_action


def read_mentioning(
    text: str,
    mentions: Mentions,
    speaker: Identity,
    casemapping: str = "rfc1459",
    nobody: Iterable[str] = (),
    directory: Directory | None = None,
    known: Mapping[str, Identity] | None = None,
) -> Reading:
    """Read an action as `read_action` does, with each mention as a single name."""
    hidden, tokens = masked(text, mentions)
    people = {**(known or {}), **{token: person for token, (_, person) in tokens.items()}}
    reading = read_action(hidden, speaker, people, casemapping, nobody, directory)
    if not tokens:
        return reading
    owners = tuple(_spelled(owner, tokens) for owner in reading.owners)
    return Reading(owners, unmasked(reading.task, tokens))


def _spelled(owner: Owner, tokens: Mapping[str, tuple[str, Identity]]) -> Owner:
    found = tokens.get(owner.name)
    return replace(owner, name=found[0].removeprefix("@")) if found is not None else owner


def task_of(content: Content, by: Identity) -> str:
    """Return the text of an action recorded by `by`, without the leading owners."""
    owners = content.owners
    if not owners:
        return content.text
    known: dict[str, Identity] = {}
    for owner in owners:
        person = owner.person or Identity(by.network, owner.name, casefold(owner.name))
        known |= {casefold(owner.name): person, casefold(person.name): person}
    words = [(owner.name, owner.person) for owner in owners if owner.person and not owner.name.isalnum()]
    reading = read_mentioning(content.text, words, by, known=known)
    return reading.task if reading.owners else content.text
