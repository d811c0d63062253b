"""Every golden dialogue a second time, its networks turned into Matrix: the same is said, and reactions stand for short answers."""

import asyncio
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.app.log_player import matrix_of, networks_named, player, read
from bot.config import Config
from bot.core.state.setup import Setup, Track
from bot.networks.matrix.settings import MatrixSettings
from bot.networks.transcript.dialogue import Dialogue
from tests.transcripts.golden import FILES, config_of, pages_of, played

NETWORK = "irc"
REACTED = ">+"

# What holds on IRC only, and why.
EXCEPTIONS = {
    "agenda-from-session-to-session-shared-room": "who proposed an item drops it, proven by an account, which all have on Matrix",
    "bad-input-strange-nicks": "spellings of a nick that IRC compares as equal are several people on Matrix",
    "chairs-nick-changes": "somebody takes the nick that another one had; on Matrix an id is never another's",
    "chairs-with-accounts": "the same nick without its account; an id is an account always",
    "chairs-who-quit": "nobody quits Matrix, and rights by an id do not end",
    "floor-linked": "a bridge between IRC and Matrix, and a link of an account with an id",
    "floor-nick-taken": "somebody takes the nick that another one had; on Matrix an id is never another's",
    "one-person-bridges": "a bridge between IRC and Matrix, told by hosts on one side and by ids on the other",
    "one-person-links": "people who have no account, or get one later, and links to a network of another kind",
    "pings-in-linked-rooms": "links of accounts on networks of two kinds",
    "pings-nicks": "what only a nick proves, and who lost it",
    "roles-admins": "an account that is not called as the nick is; on Matrix there is the id only",
    "sessions-moderators-start": "an account that is not called as the nick is",
    "undo-after-a-nick-change": "somebody takes the nick that another one had",
    "votes-linked": "a link between IRC and Matrix, by an account that is not called as the id is",
    "votes-nicks": "one account under two nicks; on Matrix they are two ids",
    "votes-voters": "the configuration names voters by their accounts on IRC",
}


def server(network: str) -> str:
    return f"{network}.invalid"


def ids(accounts: frozenset[str]) -> frozenset[str]:
    """Accounts as Matrix has them: in the golden files people's accounts are called as they are."""
    told = (one.partition("/") for one in accounts)
    return frozenset(f"@{name}:{server(network)}" if name else network for network, _, name in told)


def turned_track(track: Track) -> Track:
    maintainers = tuple(replace(one, accounts=ids(one.accounts)) for one in track.maintainers)
    return replace(track, moderators=ids(track.moderators), maintainers=maintainers)


def turned(config: Config) -> Config:
    """The configuration with all networks Matrix."""
    names = tuple(dict.fromkeys((NETWORK, *networks_named(config))))
    setup = replace(
        config.setup,
        networks=dict.fromkeys(names, "matrix"),
        tracks=tuple(map(turned_track, config.setup.tracks)),
        admins=ids(config.setup.admins),
    )
    networks = tuple(MatrixSettings(name, "https://hs", f"@gatherbot:{server(name)}") for name in names)
    return replace(config, setup=setup, networks=networks)


def on_irc(config: Config, ack: str) -> Config:
    setup: Setup = replace(config.setup, ack=ack)
    return replace(config, setup=setup)


def dialogue(config: Config, path: Path) -> list[str]:
    async def play() -> str:
        told = Dialogue()
        async with player(config, pages=pages_of(path)) as stage:
            await stage.play(read([path], matrix=matrix_of(config), puppets=config.setup.puppets), told)
        return told.text()

    return asyncio.run(play()).splitlines()


def with_reactions(short: list[str], quiet: list[str]) -> Iterator[str]:
    """The lines of a dialogue; those that are short answers, which the quiet one lacks, are reactions."""
    rest = iter([*quiet, ""])
    following = next(rest)
    for line in short:
        if line == following:
            yield line
            following = next(rest)
        else:
            yield REACTED
    assert following == ""  # the quiet dialogue lacks nothing else


def shape(lines: list[str]) -> list[str]:
    """The dialogue without what may differ: which emoji, how often, and where between other rooms' lines it stands."""
    found: list[str] = []
    for is_done, some in groupby(lines, key=lambda line: line.startswith(">")):
        block = [REACTED if line.startswith(REACTED) else line for line in some]
        found += sorted(dict.fromkeys(block)) if is_done else block
    return found


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in EXCEPTIONS], ids=lambda path: path.stem
)
def test_a_golden_dialogue_holds_on_matrix(path: Path) -> None:
    config = config_of(path, read([path]))
    short = (
        played(path).text.splitlines()
        if config.setup.ack == "short"
        else dialogue(on_irc(config, "short"), path)
    )
    wanted = with_reactions(short, dialogue(on_irc(config, "quiet"), path))
    assert shape(dialogue(turned(config), path)) == shape(list(wanted))


def test_the_exceptions_are_dialogues() -> None:
    assert set(EXCEPTIONS) <= {path.stem for path in FILES}
