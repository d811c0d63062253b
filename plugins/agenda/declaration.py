"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.agenda.facts import FACTS
from plugins.agenda.redactions import BLANKS, COPIES, NAMES

plugin = Plugin(
    "agenda",
    title="Agenda and topics",
    facts=FACTS,
    not_undone=FACTS,
    blanks=BLANKS,
    copies=COPIES,
    names_in_facts=NAMES,
)
