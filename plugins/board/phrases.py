"""The texts of the board plugin."""

from bot.api import Phrase

# Tracks: confirmations are said in private alone
NOW = Phrase("{track} now: {text:to 120}")
NEXT = Phrase("{track} next: {text:to 120}")
CLEANED = Phrase("nothing is on or next in {track} anymore")
NOTHING_TO_CLEAN = Phrase("nothing is on or next in {track}")
CLEAN_ALONE = Phrase("#{track} clean stands alone; #{track} now TEXT says what is on instead")
NO_SLOT_TODAY = Phrase("that is on the board; but {track} has no slot today[, its next one is {next}]")
TOO_LONG = Phrase("the limit for that is {most} characters, yours has {length:,}")
TOO_MANY_NEXT = Phrase("the limit is {most} at once; #{track} now TEXT or #{track} clean clears them")
NEXT_ALREADY = Phrase("that is next in {track} already")
NO_ADDRESS = Phrase("an address begins with https:// and has at most {most} characters without blanks")
ETHERPAD = Phrase("{track}'s etherpad is {url}")
NO_ETHERPAD = Phrase(
    "{track} has no etherpad now; generated addresses need a base, etherpads in the configuration"
)
URL = Phrase("{track} meets at {url}")
NO_URL = Phrase("{track} has no address to meet at now")
NO_COLOR = Phrase("{text:to 30} is no color that I take: a name of CSS like teal, #rgb or #rrggbb")
COLOR = Phrase("{track} is {color} now")
NO_COLOR_NOW = Phrase("{track} has no color of its own now")
LOCATION = Phrase("{track} is at {place}")
NO_LOCATION = Phrase("{track} has no place now")

# People
IN = Phrase("you are in {where:to 100} for all to see; +out when you leave")
NO_PLACE = "where? +in #TRACK, or +in and a place in words"
NO_SUCH_TRACK = Phrase("no track is called #{name:to 40}[; did you mean #{meant}?]")
OUT = Phrase("you left {where:to 100}")
OUT_ALONE = "+out stands alone"
NOT_IN = "you are checked in nowhere; +in #TRACK or +in PLACE does that"
OUT_ALREADY = Phrase("you left {where:to 100} at {at} already")
SEEN_WHOM = "whom? +seen NICK"
NEVER_SEEN = Phrase("{name:to 40} has checked in nowhere")
IS_IN = Phrase("{name:to 40} is in {where:to 100}, since {at}")
WAS_IN = Phrase("{name:to 40} checked into {where:to 100} at {at}, and is in none of my rooms now")
LEFT = Phrase("{name:to 40} left {where:to 100} at {at}")
OUT_OF_SIGHT = Phrase("{name:to 40} was in {where:to 100}, and went out of my sight at {at}")

MISTYPED = Phrase("there is no ~{word}; did you mean ~{meant}?")
IN_GATHERING = Phrase("that is no command here; say it in {room}, the gathering's room, or to me in private")

# Operators
NO_VOICE = "#TRACK commands need voice or op in this room since ~requirevoice; an operator gives voice, or says ~alloweveryone"
NO_POWER = "#TRACK commands need a power level of 50 in this room since ~requirevoice; a moderator gives it, or says ~alloweveryone"
NO_VOICE_IN_PRIVATE = (
    "#TRACK commands need voice or op since ~requirevoice; say it in a room where you have that"
)
TRACKS = Phrase("{names:# track}: {names:and}")
TRACKS_TOLD = Phrase("{names:# track}: I sent them to you in private")
NO_TRACKS = "there are no tracks yet; ~add NAME adds one"
ADDED = Phrase("added {tracks:some}")
THERE_ALREADY = Phrase("there already: {tracks:some}")
COMMAND_WORDS = Phrase("{tracks:some} {tracks:is|are} no track because a command is called that")
NO_NAME = Phrase("{names:some 5 to 30}: a name has letters, digits, . _ and -, at most 60")
TOO_MANY_TRACKS = Phrase("the limit is {most} tracks; ~del NAME takes an added one away")
DELETED = Phrase("took away {tracks:some}")
CONFIGURED = Phrase(
    "{tracks:some} {tracks:stands|stand} in the configuration; only there {tracks:it|they} can be taken away"
)
IN_SESSION = Phrase("a session of {tracks:some} is running; take it away after its end")
UNKNOWN = Phrase("no track is called {names:some 5 to 40}")
CLEANED_SOME = Phrase("nothing is on or next anymore in {tracks:some}")
CLEAN_ALREADY = Phrase("there was nothing in {tracks:some}")
NEW_DAY = Phrase(
    "a new day: cleared {tracks:# track} and {people:# check-in}; subscriptions, addresses and colors stay"
)
VOICE = (
    "from now on #TRACK commands need voice or op in the room where they are said; ~alloweveryone ends that"
)
EVERYONE = "from now on everybody may use #TRACK commands"
EMPTY_FIRST = Phrase(
    "~emptydb! takes away {what:and} for good: nothing leaves the journal, but no command brings it back"
)
EMPTIED = Phrase("took away {what:and}; it stays in the journal")
NOTHING_TO_EMPTY = "nothing is set on the board"
ADDED_TRACKS = Phrase("{n:# track} that {n:was|were} added")
TRACK_SETTINGS = Phrase("what was set for {n:# track}")
BOOKINGS = Phrase("{n:# booking}")
ADDED_SLOTS = Phrase("{n:# slot} that {n:was|were} added")
DAY_MESSAGES = Phrase("{n:# message} of the day")
LINKS = Phrase("{n:# link}")
CHECK_INS = Phrase("{n:# check-in}")
VOICE_RULE = "the rule of ~requirevoice"

# Messages of the day
LEVEL = Phrase("{level:to 20} is no level; info, success, warning and danger are")
MESSAGES = Phrase("{messages:# message} of the day: {messages:some 20 to 60}")
MESSAGE = Phrase("{n}. {level}: {text}")
NO_MESSAGES = "there is no message of the day; ~motd add info TEXT puts one up"
PUT_UP = Phrase("message {n} of the day is up")
TOO_MANY_MESSAGES = Phrase("the limit is {most} messages; ~motd del N takes one down")
TAKEN_DOWN = Phrase("took down {texts:some 5 to 60}")
NO_SUCH_MESSAGE = Phrase("there is no message {n:to 12}[; the last one is {last}]")
CLEAN_MESSAGES_ALONE = "~motd clean stands alone; ~motd del N takes one down"
ORDER = Phrase("the order is now {messages:some 20 to 60}")
