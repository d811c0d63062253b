"""What rooms hear of the index, and the words of its mail."""

from bot.api import Phrase

NO_ORGANIZERS = (
    "the configuration names no organizers ([gathering] organizers), so nobody gets the index by mail"
)
NOTHING_YET = "there is no recap of a public track yet, so there is nothing to list"
ONLY_MODERATORS = "only a moderator or an admin can send the index"
JUST_SENT = Phrase("the index went to the organizers at {at}; another one can go out at {next}")
SENT = Phrase("the index of {n:# recap} goes to {organizers:# organizer} now")
STANDING = Phrase(
    "{n:# recap} of {tracks:# public track}: {sent} went to the list[, {waiting} {waiting:waits|wait}][; {organizers:# organizer} {organizers:gets|get} "
    "the index by mail, #recaps mail sends it now]"
)
REFUSED = "the mail server refused the index of the recaps for good; the log says why"

SUBJECT = Phrase("Recaps[ of the {gathering}]")
INTRO = Phrase(
    "Hello,\n\nthese are the recaps[ of the {gathering}]: {n:# recap} of {tracks:# track}, {sent} of them went to the list."
)
STANDS = Phrase("- {title}[, {days:and}]: {says}[ {at}][; {more:and}]")
ADDRESS = Phrase("  {title}: {url}")
END = Phrase("The same, as it is now: {url}")
