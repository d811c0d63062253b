"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Form, Kind, Plugin, Role
from plugins.recap.lifecycle.facts import BLANKS, FACTS
from plugins.recap.settings import RecapSettings, RecapTrack

SUMMARY = Kind(
    "summary",
    usage="#recap summary TOPIC text",
    says="stands first in its topic: why it was discussed, and what came out",
    example="#recap summary 1 Reviews take too long, and we found two reasons.",
    form=Form.PARAGRAPH,
    order=0,
    role=Role.CHAIR,
    typed=False,
)

plugin = Plugin(
    "recap",
    kinds=[SUMMARY],
    facts=FACTS,
    not_undone=FACTS,
    blanks=BLANKS,
    table=("recap", RecapSettings),
    track_table=RecapTrack,
)
