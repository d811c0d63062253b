"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.records.kinds import KINDS
from plugins.records.settings import RecordsSettings

plugin = Plugin("records", table=("records", RecordsSettings), kinds=KINDS)
