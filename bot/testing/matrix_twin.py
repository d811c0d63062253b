"""Conversion of a configuration and a transcript from other networks to Matrix."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace

from bot.app.log_player import networks_named
from bot.config import Config
from bot.core.state.setup import Track
from bot.networks.matrix.settings import MatrixSettings

REPLAYED = "irc"  # the network of logs without a network name
REACTION = ">+"
CHAIR_ID = re.compile(r" \(@[^\s()]+\.invalid\)")  # on Matrix a new chair is named with the id


def as_matrix(config: Config) -> Config:
    """Replace every network in the configuration with Matrix."""
    names = tuple(dict.fromkeys((REPLAYED, *networks_named(config))))
    setup = replace(
        config.setup,
        networks=dict.fromkeys(names, "matrix"),
        tracks=tuple(map(_track, config.setup.tracks)),
        admins=_ids(config.setup.admins),
    )
    networks = tuple(MatrixSettings(name, "https://hs", f"@gatherbot:{_server(name)}") for name in names)
    return replace(config, setup=setup, networks=networks)


def with_ack(config: Config, ack: str) -> Config:
    """Return the configuration with `ack` set to "short" or "quiet"."""
    return replace(config, setup=replace(config.setup, ack=ack))


def with_reactions(short: Iterable[str], quiet: Iterable[str]) -> Iterator[str]:
    """Replace the lines missing in the quiet transcript with reactions; raises ValueError for further differences."""
    rest = iter([*quiet, ""])
    following = next(rest)
    for line in short:
        if line == following:
            yield line
            following = next(rest)
        else:
            yield REACTION
    if following:
        raise ValueError(f"only the quiet transcript has: {following}")


def same_shape(lines: Iterable[str]) -> list[str]:
    """Normalize the differences between networks: emoji, their number, the order of answers to a line, and ids."""
    shape: list[str] = []
    for is_done, group in groupby(lines, key=lambda line: line.startswith(">")):
        block = [REACTION if line.startswith(REACTION) else CHAIR_ID.sub("", line) for line in group]
        shape += sorted(dict.fromkeys(block)) if is_done else block
    return shape


def _server(network: str) -> str:
    return f"{network}.invalid"


def _ids(accounts: frozenset[str]) -> frozenset[str]:
    parts = (account.partition("/") for account in accounts)
    return frozenset(f"@{name}:{_server(network)}" if name else network for network, _, name in parts)


def _track(track: Track) -> Track:
    maintainers = tuple(replace(person, accounts=_ids(person.accounts)) for person in track.maintainers)
    return replace(track, moderators=_ids(track.moderators), maintainers=maintainers)
