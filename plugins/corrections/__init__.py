"""Corrections: the commands that undo, edit, drop and move records."""

from bot.api import Plugin
from plugins.corrections import moves, text_edits, undo

plugin = Plugin("corrections")
undo.declare(plugin)
text_edits.declare(plugin)
moves.declare(plugin)
