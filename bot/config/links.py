"""Linked rooms, in the configuration: what the bot carries between them, and what a bridge carries already."""

from bot.config.faults import Findings, joined
from bot.config.table_reader import Tables, Track
from bot.core.people.identity import casefold

RELAY = "relay"  # the plugin that carries lines


def check_links(tables: Tables, findings: Findings) -> None:
    """Find relays and bridges between nothing, both at once, and rooms that a bridge joins and that are used by themselves."""
    for track in tables.tracks:
        _linked(track, findings)
        chosen = tables.bot.plugins
        if track.table.relay and chosen is not None and RELAY not in chosen:
            findings.fault(
                joined(track.at, "relay"), f"needs the plugin {RELAY}, which bot.plugins doesn't list"
            )
        if track.table.bridged:
            _bridged(track, tables, findings)


def _linked(track: Track, findings: Findings) -> None:
    table = track.table
    wanted = [key for key in ("relay", "bridged") if getattr(table, key)]
    if len(wanted) == 2:
        findings.fault(
            joined(track.at, "relay"),
            "the rooms are already bridged; with a relay, every line would appear twice",
        )
    elif wanted and not any(len(venue) > 1 for venue in table.rooms):
        findings.fault(
            joined(track.at, wanted[0]),
            "there are no linked rooms; put rooms that belong together into a list inside rooms",
        )


def _bridged(track: Track, tables: Tables, findings: Findings) -> None:
    """The bot is in the first room of a bridged venue; the others must not be needed anywhere else."""
    used = {casefold(room) for venue in tables.gathering.rooms for room in venue}
    for other in tables.tracks:
        for venue in other.table.rooms:
            used |= {casefold(room) for room in (venue[:1] if other.table.bridged else venue)}
    for n, venue in enumerate(track.table.rooms):
        for alias in venue[1:]:
            if casefold(alias) in used:
                findings.fault(
                    joined(track.at, "rooms", n),
                    f"{alias} is bridged to {venue[0]}, where the bot is; it can't be used as a separate room elsewhere",
                )
