"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.subscriptions.facts import FACTS

plugin = Plugin("subscriptions", title="Pings", facts=FACTS, not_undone=FACTS)
