"""The default configuration, in which every room is a track of its own."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.config.values import Config
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.registration import register
from bot.core.state.setup import Setup, Track


def default_setup(rooms: Iterable[str]) -> Setup:
    """Return a setup in which each room ("irc/#tidepool") is the only room of a track named after it ("tidepool")."""
    tracks: dict[str, Track] = {}
    for room in rooms:
        network, _, channel = room.partition("/")
        name = channel.lstrip("#") or channel
        slug = name.lower() if name.lower() not in tracks else f"{network}-{name.lower()}"
        tracks.setdefault(slug, Track(slug=slug, name=name, venues=((room,),)))
    return Setup(tracks=tuple(tracks.values()))


def default_config(
    plugins: Sequence[Plugin], rooms: Iterable[str] = (), data: Path = Path("gatherbot-data")
) -> Config:
    """Return the configuration without a file: no networks and no mail server."""
    setup = default_setup(rooms)
    return Config(setup=setup, register=register(plugins, setup), data=data)
