"""Actions whose text holds words that the network says mean somebody: such words are one name, whatever is in them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.api import Directory, Identity, Mentions, Owner, masked, unmasked
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
    """Read an action as `read_action` does; words that mean somebody are an owner as a whole."""
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
