"""Names that are known from elsewhere: owners of earlier records, accounts in the configuration, tracks and teams."""

from functools import partial
from typing import Any

from bot.api import Ask, Entry, Folding, track_stream
from bot.api.facts import Recorded, RecordKept, Revised
from bot.api.people import casefold, plain_name
from plugins.actions.roster import Acquaintances

Names = frozenset[str]

# the owners of a session's records, and of those that a track keeps
EARLIER: Folding[Names] = Folding(frozenset())


@EARLIER.on(Recorded, Revised, RecordKept)
def _named(names: Names, _: Entry, fact: Any) -> Names:
    owners = {casefold(plain_name(owner.name)) for owner in fact.content.owners}
    return names if owners <= names else names | owners


def acquaintances(ask: Ask) -> Acquaintances:
    """Return the names that are known in this room from elsewhere."""
    return Acquaintances(partial(_is_person, ask), ask.setup.group_names)


def _is_person(ask: Ask, name: str) -> bool:
    if name in ask.setup.account_names:
        return True
    if ask.session is not None and name in EARLIER.of(ask.session):
        return True
    return ask.track is not None and name in EARLIER.of_stream(ask.state.stream(track_stream(ask.track.slug)))
