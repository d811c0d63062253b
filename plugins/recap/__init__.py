"""The recap: what a part of a track's gathering led to, written by the time it is over, and where that goes."""

from bot.api import Plugin
from plugins.recap.facts import FACTS
from plugins.recap.rendering import parts, render
from plugins.recap.settings import RecapSettings, RecapTrack

__all__ = ["RecapSettings", "RecapTrack", "parts", "plugin", "render"]

plugin = Plugin("recap", facts=FACTS, table=("recap", RecapSettings), track_table=RecapTrack)
