"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.timekeeping.facts import FACTS

plugin = Plugin("timekeeping", title="Time", facts=FACTS, not_undone=FACTS)
