"""Corrections: the commands that undo, edit, drop and move records."""

from plugins.corrections import moves, text_edits, undo
from plugins.corrections.declaration import plugin

__all__ = ["moves", "plugin", "text_edits", "undo"]
