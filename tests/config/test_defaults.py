from pathlib import Path

from bot.config import default_config, default_setup
from bot.core.plugin.declarations import Plugin
from bot.core.state.setup import Setup, Track


def test_without_configuration_each_room_is_a_track() -> None:
    assert default_setup(["irc/#Tidepool-PTG", "irc/##nova", "oftc/#nova"]).tracks == (
        Track(slug="tidepool-ptg", name="Tidepool-PTG", venues=(("irc/#Tidepool-PTG",),)),
        Track(slug="nova", name="nova", venues=(("irc/##nova",),)),
        Track(slug="oftc-nova", name="nova", venues=(("oftc/#nova",),)),
    )


def test_the_default_configuration_connects_nowhere() -> None:
    config = default_config([Plugin("tides")], data=Path("x"))
    assert config.setup == Setup()
    assert [plugin.name for plugin in config.plugins] == ["tides"]
    assert (config.networks, config.mail, config.database) == ((), None, Path("x/gatherbot.sqlite"))
