"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Form, Kind, Plugin
from plugins.recap.archive import facts as archive
from plugins.recap.gathering_index import facts as gathering_index
from plugins.recap.lifecycle import facts as lifecycle
from plugins.recap.mending import facts as mending
from plugins.recap.settings import RecapSettings, RecapTrack
from plugins.recap.unopened_drafts import facts as unopened_drafts

SUMMARY = Kind(
    "summary",
    usage="#summary text",
    says="stands first in its topic: why it was discussed, and what came out",
    example="#summary Reviews take too long, and we found two reasons.",
    form=Form.PARAGRAPH,
    order=0,
    emoji="📝",
)

FACTS = (
    *lifecycle.FACTS,
    *archive.FACTS,
    *mending.FACTS,
    *gathering_index.FACTS,
    *unopened_drafts.FACTS,
)
BLANKS = {
    **lifecycle.BLANKS,
    **archive.BLANKS,
    **mending.BLANKS,
    **gathering_index.BLANKS,
    **unopened_drafts.BLANKS,
}

plugin = Plugin(
    "recap",
    kinds=[SUMMARY],
    facts=FACTS,
    not_undone=FACTS,
    blanks=BLANKS,
    copies=mending.COPIES,
    table=("recap", RecapSettings),
    track_table=RecapTrack,
)
