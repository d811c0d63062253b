"""Checks of linked rooms, which the bot relays between or which a bridge already connects."""

from bot.config.faults import Findings, joined
from bot.config.table_reader import Tables, Track
from bot.core.people.identity import casefold

RELAY = "relay"  # the plugin that forwards messages


def check_links(tables: Tables, findings: Findings) -> None:
    """Find relays and bridges without linked rooms, both for the same rooms, and bridged rooms used elsewhere."""
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
    """Find bridged rooms used elsewhere, although the bot joins only the first room of a bridged venue."""
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
