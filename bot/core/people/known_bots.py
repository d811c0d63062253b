"""Known bots by their names: bots of other projects that are no people, whatever network they are on."""

from bot.core.people.identity import casefold

# bots that keep minutes and agendas, that report reviews, bugs and the state of services, that answer questions, or keep channels
_BOTS = (
    "agendabot chanserv gatherbot gerritbot ghurlbot github limnoria meetbot meetingology opendevmeet opendevreview "
    "opendevstatus openstackgerrit openstackstatus ptgbot rrsagent supybot trackbot trackbot-ng ubottu zakim "
    "zodbot zuul"
)
KNOWN_BOTS = frozenset(_BOTS.split())


def is_known_bot(name: str) -> bool:
    """Whether a nick, or a Matrix id, is that of a known bot: opendevmeet, Zakim_, @_oftc_zuul:example.org."""
    if name.startswith("@"):
        name = name[1:].partition(":")[0]
        if name.startswith("_"):  # a bridge's puppet
            name = name.rpartition("_")[2]
    return casefold(name).rstrip("_") in KNOWN_BOTS
