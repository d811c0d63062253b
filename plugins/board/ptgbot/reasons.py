"""Why something of ptgbot's data cannot be taken; each follows what it is about: `slot MonA1: has no time`."""

from bot.api import Phrase

# The whole
TOO_LARGE = Phrase("it is larger than {most} MiB; ptgbot's data is much smaller")
EMPTY = "it is empty; ptgbot's data is in the file that its configuration calls db_filename"
CUT = "it is cut short, its end is missing"
NO_JSON = (
    "it is no JSON; ptgbot's data is the page /ptg.json, or the file that its configuration calls db_filename"
)
NO_OBJECT = "it is JSON, but no object with keys as ptgbot's data is"
NO_KEYS = "it is JSON, but has none of ptgbot's keys, like tracks, slots and schedule"

# Forms
NOT_A = Phrase("is no {kind}")
UNKNOWN_KEY = "is no key of ptgbot that I know"
NO_NAME = "an entry has no name that can be read"
LONG_NAME = Phrase("is longer than {most} characters")
NO_DURATION = "is no number of minutes; I read the length from its hours"
TOO_LONG = Phrase("is longer than {most} characters")

# Tracks
NO_SLUG = "a track's name has letters, digits, . _ and -"
COMMAND_WORD = Phrase("#{word} is a command, so it cannot be a track too")
TOO_MANY_TRACKS = Phrase("the limit is {most} tracks")
NO_TRACK = "there is no such track"

# Slots
WITH_BOOKINGS = Phrase("slot {slot} and {bookings:# booking} in it")
HOURS_IN = Phrase("hours without a realtime are read in {zone}, the gathering's zone")
NO_TIME = "has no time: no realtime, and no hours like 09:00-10:45 on a day of the gathering"
NO_ZONE = "its realtime has no zone; as ISO 8601 it ends in Z or +02:00"
NO_MOMENT = "its realtime is no time as ISO 8601 has it"
TWICE = "another slot has this name"
OTHER_DAYS = Phrase("is on {day}, but the gathering is from {first} to {last}")
UNKNOWN_SLOT = "there is no slot of this name"
OTHER_TIMES = "a slot of this name is there already, at other times"
BOOKED_ALREADY = Phrase("is booked for {track} here")
ANOTHER_TRACK = "another track"
NO_CALL = "is no address that begins with https:// or http://, so its slots have no link"
DESCRIBED = "its description and badge are shown nowhere here"
NO_SLOTS = "has no slots, so its address has no place here"
TOO_MANY_SLOTS = Phrase("the limit is {most:,} slots")

# Tracks' settings, messages, links
NO_ADDRESS = "is no address that begins with https:// or http://"
NO_COLOR = "is no color that I take: a name of CSS, #rgb or #rrggbb"
TOO_MANY_NEXT = Phrase("the limit is {most} at once")
NO_LEVEL = "its level is none of info, success, warning and danger"
TOO_MANY_MESSAGES = Phrase("the limit is {most} messages of the day")
TOO_MANY_LINKS = Phrase("the limit is {most} links")

# People
CHECKED_IN = Phrase("{n:# check-in}")
SUBSCRIBED = Phrase("{n:# subscription}")
NO_SUBSCRIPTIONS = "the plugin subscriptions is not in use"
NO_NETWORK = "no IRC network is configured, and these nicks are of IRC"
WHICH_NETWORK = Phrase("name the IRC network of these nicks: {networks:or}")
NO_SUCH_NETWORK = Phrase("no IRC network is called {network}; {networks:or} {networks:is|are}")
NO_PATTERN = "I can't search for that pattern: look-around, back-references and what grows large don't work"
TOO_MANY_SUBSCRIPTIONS = Phrase("the limit for pings of all people is {most:,}")
NO_NICK = "is no nick: it has a blank"
CHECK_INS = "their times have no zone, and nobody proved these nicks here; people say +in again"
