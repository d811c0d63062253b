"""The recap: the results of a part of a track's gathering, written when it is over and mailed to the list."""

from importlib import import_module

from bot.api.recap import Sources
from bot.api.web import LogLine
from plugins.recap import late_records, panels, signs, template_check
from plugins.recap.archive import search
from plugins.recap.declaration import plugin
from plugins.recap.gathering_index import mails, recaps_command
from plugins.recap.lifecycle import (
    commands,
    deadlines,
    deliveries,
    farewell,
    plans,
    refusals,
    state,
    taken_letters,
)
from plugins.recap.lifecycle.orders import JOB, Order, Written
from plugins.recap.mending import acceptance, mail_replies, pad_texts, read_texts
from plugins.recap.mending.orders import JOB as READING
from plugins.recap.mending.orders import MendedText, Read
from plugins.recap.review import page
from plugins.recap.summaries import command as summary_command
from plugins.recap.unopened_drafts import reminder

__all__ = [
    "acceptance",
    "commands",
    "deadlines",
    "deliveries",
    "farewell",
    "late_records",
    "mail_replies",
    "mails",
    "pad_texts",
    "page",
    "panels",
    "plans",
    "plugin",
    "read_texts",
    "recaps_command",
    "refusals",
    "reminder",
    "search",
    "signs",
    "state",
    "summary_command",
    "taken_letters",
    "template_check",
]


def hears(line: LogLine) -> bool:
    """Return whether a line of the log may be a statement that the maintainers' draft shows."""
    from plugins.recap.unrecorded_talk.lines import hears as heard  # noqa: PLC0415 - its patterns take long to compile

    return heard(line)


@plugin.job(JOB, hears=hears)
def write(sources: Sources, order: Order) -> Written:
    """Write a recap."""
    # imported here, because the layout modules load slowly and the bot does not need them at its start
    from plugins.recap.job import write as written  # noqa: PLC0415

    return written(sources, order)


@plugin.job(READING, hears=hears)
def read(sources: Sources, mended: MendedText) -> Read:
    """Read a mended text of a recap."""
    from plugins.recap.mending.job import read as read_text  # noqa: PLC0415 - as above

    return read_text(sources, mended)


@plugin.warm_up
def warm_up() -> None:
    """Load the layout modules before the first recap is due."""
    import_module("plugins.recap.job")
    import_module("plugins.recap.mending.job")
    import_module("plugins.recap.layout.template_set").compiled()
