"""The configuration: a TOML file, checked as a whole and converted to plain values."""

from bot.config.defaults import default_config, default_setup
from bot.config.faults import ConfigError
from bot.config.loader import load, loads
from bot.config.values import Config, Web

__all__ = [
    "Config",
    "ConfigError",
    "Web",
    "default_config",
    "default_setup",
    "load",
    "loads",
]
