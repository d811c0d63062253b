"""The identity plugin."""

from bot.api import Plugin

plugin = Plugin("identity", title="Who is who")
