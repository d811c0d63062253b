"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.timekeeping.facts import FACTS

plugin = Plugin("timekeeping", facts=FACTS, not_undone=FACTS)
