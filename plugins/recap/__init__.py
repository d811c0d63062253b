"""The recap: the results of a part of a track's gathering, written when it is over and mailed to the list."""

from importlib import import_module

from bot.api import Needs, Plugin
from bot.api.recap import Sources
from plugins.recap.lifecycle.commands import recap
from plugins.recap.lifecycle.deadlines import DUE, HOLD_ENDS, due, make, release, settled
from plugins.recap.lifecycle.deliveries import take
from plugins.recap.lifecycle.facts import BLANKS, FACTS
from plugins.recap.lifecycle.farewell import against_reopening, farewells, missing
from plugins.recap.lifecycle.orders import JOB, Order, Written
from plugins.recap.lifecycle.refusals import tell
from plugins.recap.lifecycle.state import quotes
from plugins.recap.settings import RecapSettings, RecapTrack

plugin = Plugin("recap", facts=FACTS, table=("recap", RecapSettings), track_table=RecapTrack, blanks=BLANKS)
plugin.command(
    "recap",
    usage="#recap [intro text | link URL title | hold | approve | send | send!] [part]",
    says="shows where the recap stands; maintainers and moderators introduce, hold, approve or send it",
    example="#recap",
    needs=Needs.TRACK,
)(recap)
plugin.due(due)
plugin.at_moment(DUE)(make)
plugin.at_moment(HOLD_ENDS)(release)
plugin.prepared(JOB)(take)
plugin.refusals.append(tell)
plugin.settled.append(settled)
plugin.farewells.append(farewells)
plugin.end_checks.append(missing)
plugin.against_reopening.append(against_reopening)
plugin.quotes.append(quotes)


@plugin.job(JOB)
def write(sources: Sources, order: Order) -> Written:
    """Write a recap."""
    # imported here, because the layout modules load slowly and the bot does not need them at its start
    from plugins.recap.job import write as written  # noqa: PLC0415

    return written(sources, order)


def warm_up() -> None:
    """Load the layout modules before the first recap is due."""
    import_module("plugins.recap.job")
    import_module("plugins.recap.layout.template_set").compiled()


plugin.warm_ups.append(warm_up)
