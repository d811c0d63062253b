"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.floor.facts import FACTS

plugin = Plugin("floor", title="Speaker queue", facts=FACTS, not_undone=FACTS)
