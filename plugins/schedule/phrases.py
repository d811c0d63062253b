"""What the schedule says."""

from bot.api import Phrase

BOOKED = Phrase("{code} is booked for {track}: {when}[; but {warnings}]")
FREED = Phrase("{code} is free again: {when}")
FREE = Phrase("free slots, for #{slug} book CODE:")
FREE_SLOT = Phrase("{code}, {when}")
NOTHING_FREE = "no slot is free"
BOOKED_ALREADY = Phrase("{code} is booked for {track} already[, by {who}]")
TAKEN = Phrase("{code} is booked for {other}[, by {who}]; #{slug} book lists what is free")
CONFIGURED = Phrase("{code} is {other}'s in the organizers' schedule, which only they change")
ANOTHER_TRACK = "another track"
OVER = Phrase("{code} is over: it was {when}")
NO_SUCH_SLOT = Phrase("no slot is called {code:to 60}; #{slug} book lists what is free")
SLOT_MEANT = Phrase("no slot is called {code:to 60}; did you mean {near}?")
NOT_BOOKED = Phrase("{code} is not booked; #{slug} book {code} books it")
OF_ANOTHER = Phrase("{code} is booked for {other}; #{slug} unbook {code} frees it")
MORE = Phrase("{n} more")

ITSELF = Phrase("{track} meets then in {code} as well")
RELATED = Phrase(
    "{other}, a related track, meets then in {code}[, and {people:some 3} {people:has|have} both]"
)
IN_BOTH = Phrase("{people:some 3} {people:has|have} {other} then in {code}")
MORE_CLASHES = Phrase("{n:# more clash|more clashes}")
DAY_FULL = Phrase("that makes {minutes:m} on {day}, more than the {limit:m} of a day")
WEEK_FULL = Phrase("that makes {minutes:m} in that week, more than the {limit:m} of a week")

STARTS_SOON = Phrase("{track} starts in {minutes:# minute}, at {at}[, in {place}][; the call: {link}]")
NO_SESSION = Phrase(
    "{track} was to start at {since}, and no session was started; #startmeeting in {room} starts it"
)

NO_SUCH_TRACK = Phrase("no track is called {typed:to 60}[; did you mean {near}?]")
NO_SUCH_TRACK_OR_DAY = Phrase("no track or day is called {typed:to 60}[; did you mean {near}?]")
EMPTY = "no slot of a track is in the schedule"
EMPTY_DAY = Phrase("nothing is in the schedule on {day}")
NO_SLOT_LEFT = Phrase("{track} has no slot ahead[; #{slug} book lists what is free]")
ALL_OVER = Phrase("the schedule is over: its last slot was {when}")
NOW = "now:"
ON = Phrase("{track}[ in {place}] until {until}")
NEXT = Phrase("next[ on {day}] at {at}:")
COMING = Phrase("{track}[ in {place}]")
OF_TRACK = Phrase("{track}:")
OF_DAY = Phrase("{day}:")
ON_A_DAY = Phrase("{hours} {track}[ in {place}]")
AT = Phrase("{when}[ in {place}]")
MEETS = Phrase("{track}, in the zone {zone}:")
NO_SUCH_ZONE = Phrase("I know no time zone {typed:to 40}; a name like Europe/Berlin, a city or UTC+2 will do")
WHICH_ZONE = Phrase("{typed} may be {choices:or}; which one?")
