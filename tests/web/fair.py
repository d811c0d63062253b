"""A gathering on a good day, as the README shows it: eight invented projects, some of them in a session."""

from pathlib import Path

from bot.bundled import choose
from bot.config import loads
from tests.play import START, Stage

PROJECTS = {  # slug: name, color, place
    "tidepool": ("Tidepool", "#0b7285", "Video room 1"),
    "lantern": ("Lantern", "#e8590c", "Video room 2"),
    "quarry": ("Quarry", "#5c940d", "Video room 3"),
    "semaphore": ("Semaphore", "#862e9c", "Video room 4"),
    "ledger": ("Ledger", "#364fc7", ""),
    "windlass": ("Windlass", "#c92a2a", ""),
    "almanac": ("Almanac", "#495057", ""),
    "docs": ("Documentation", "#fcc419", ""),
}
ROOM = "irc/#ptg"
HEAD = f"""
[gathering]
slug = "2027-10"
name = "October 2027 PTG"
starts = 2027-10-18
ends = 2027-10-22
rooms = ["{ROOM}"]
etherpads = "https://etherpad.example.org/p"
[[network]]
name = "irc"
kind = "irc"
host = "irc.example.org"
[bot]
admins = ["irc/amaru"]
"""
SAID = (  # minutes after one, who, what, where
    (0, "amaru", "#startmeeting Tidepool, day 1", "tidepool"),
    (0, "amaru", "#agenda add 15m Wiping machines on return", "tidepool"),
    (0, "amaru", "#agenda add 20m Booking for a whole lab", "tidepool"),
    (1, "amaru", "#next", "tidepool"),
    (2, "okoye", "#info A full wipe takes 20 to 90 minutes, dropping the disk key takes seconds", "tidepool"),
    (3, "lin_wei", "q+ to ask about spare disks", "tidepool"),
    (4, "priya_s", "q+", "tidepool"),
    (5, "jbell", "#startmeeting Lantern: the next release", "lantern"),
    (5, "jbell", "#agenda add 30m What goes into 4.0", "lantern"),
    (5, "jbell", "#agenda add 10m Names of releases", "lantern"),
    (6, "jbell", "#next", "lantern"),
    (7, "tomek", "#startmeeting Quarry and storage", "quarry"),
    (8, "tomek", "#topic Retiring the old scheduler", "quarry"),
    (9, "rosa", "#agreed The old scheduler goes in 4.0", "quarry"),
    (10, "tomek", "#startvote Drop the old agent too? Yes, No, Abstain", "quarry"),
    (11, "rosa", "#vote Yes", "quarry"),
    (12, "amaru", "~motd add info Lunch is at 14:30 UTC, and the team photo right after it", ""),
    (12, "amaru", "#tidepool url https://meet.example.org/1", ""),
    (12, "amaru", "#lantern url https://meet.example.org/2", ""),
    (12, "amaru", "#quarry url https://meet.example.org/3", ""),
    (12, "amaru", "#semaphore url https://meet.example.org/4", ""),
    (12, "amaru", "#semaphore now Office hours: bring your questions", ""),
    (13, "amaru", "#semaphore next Alerts that nobody reads", ""),
    (13, "rosa", "+in #quarry", ""),
    (13, "okoye", "+in #tidepool", ""),
    (13, "lin_wei", "+in #tidepool", ""),
    (14, "jbell", "+in #lantern", ""),
)


def fair() -> Stage:
    """At twenty past one."""
    tables = [HEAD]
    for n, (slug, (name, color, place)) in enumerate(PROJECTS.items()):
        tables.append(
            f'[[track]]\nslug = "{slug}"\nname = "{name}"\nrooms = ["irc/#{slug}"]\ncolor = "{color}"\n'
        )
        hour = 13 if place else 15 + n % 2
        tables.append(
            f'[[slot]]\ntrack = "{slug}"\nname = "Tue{n}"\nplace = "{place or "Video room 1"}"\n'
            f"starts = 2027-10-19T{hour}:00:00Z\nends = 2027-10-19T{hour + 1}:00:00Z\n"
        )
    config = loads("\n".join(tables), choose, {}, folder=Path("/nowhere"), connecting=False)
    stage = Stage(config.register, config.setup)
    stage.accounts["amaru"] = "amaru"
    stage.ops.add("amaru")
    for minutes, nick, text, slug in SAID:
        stage.at = START
        stage.later(minutes=minutes)
        stage.say(nick, text, f"irc/#{slug}" if slug else ROOM)
    stage.at = START
    stage.later(minutes=20)
    return stage
