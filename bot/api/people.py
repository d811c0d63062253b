"""People: identities, names, who is one person, who may do what and know of which tracks."""

from bot.core.people.identity import (
    BRIDGE_ENDINGS,
    casefold,
    is_relayed,
    look_alike,
    plain_name,
    same_rights,
)
from bot.core.people.known_bots import is_known_bot
from bot.core.people.mention_tokens import Mentions, is_token, masked, unmasked
from bot.core.people.names import Directory, Named
from bot.core.people.persons import CLAIM_HOLDS, Links, Persons, global_account
from bot.core.people.real_names import real_name_in
from bot.core.people.roll import roll
from bot.core.plugin.visible_tracks import (
    known_tracks,
    near_track,
    no_such_track,
    open_tracks,
    track_called,
    visible_tracks,
)
from bot.core.state.access import (
    authored,
    is_author,
    is_chair,
    is_maintainer,
    proves,
    role_about,
    role_of,
    unconfirmed,
    unconfirmed_author,
)
from bot.core.state.holders import holder_identity, lists_of
from bot.core.state.visibility import is_in, may_see

__all__ = [
    "BRIDGE_ENDINGS", "CLAIM_HOLDS", "Directory", "Links", "Mentions", "Named", "Persons", "authored", "casefold",
    "global_account", "holder_identity", "is_author", "is_chair", "is_in", "is_known_bot", "is_maintainer", "is_relayed", "is_token", "known_tracks",
    "lists_of", "look_alike", "masked", "may_see", "near_track", "no_such_track", "open_tracks", "plain_name", "proves", "real_name_in",
    "role_about", "role_of", "roll", "same_rights", "track_called", "unconfirmed", "unconfirmed_author", "unmasked",
    "visible_tracks",
]  # fmt: skip
