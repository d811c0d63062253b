"""Corrections: taking back, mending words, taking out, moving."""

from bot.api import Plugin
from plugins.corrections import mending, placing, undo

plugin = Plugin("corrections")
undo.declare(plugin)
mending.declare(plugin)
placing.declare(plugin)
