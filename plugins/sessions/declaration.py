"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.sessions.facts import FACTS

plugin = Plugin("sessions", facts=FACTS, not_undone=FACTS, not_redacted=FACTS)
