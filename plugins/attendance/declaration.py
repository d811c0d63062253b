"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin

plugin = Plugin("attendance", title="People")
