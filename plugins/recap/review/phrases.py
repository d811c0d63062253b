"""The texts of `#recap edit`, and of the review page."""

from bot.api import Phrase, shortened
from bot.api.words import in_a_row

EDITED = Phrase('#{n} {kind} is now "{text}"[, for {owners}]; #recap undo brings the earlier text back')
NOW_WITHOUT_OWNER = Phrase(
    '#{n} {kind} is now "{text}", and nobody\'s: it named an owner before; #recap undo brings the earlier text back'
)
SAYS_THAT_ALREADY = Phrase("#{n} says that already")
INTRO_REMOVED = Phrase("{recap} has no introduction any more; #recap undo brings it back")

# The page
THE_INTRO = "the introduction"
THE_SUMMARY = Phrase("the summary of topic {n}")
CHANGED_MEANWHILE = Phrase(
    '{what} changed meanwhile, so your text did not replace it[; it says "{text:to 400}" now]; your text is still in its field: save again to put it in'
)
TAKEN_OUT = Phrase('#{n} was taken out meanwhile, so this was not saved: "{text:to 400}"')
STAYS_IN = Phrase('#{n} changed meanwhile, so it was not taken out; it says "{text:to 400}" now')
EMPTIED = Phrase("#{n} stays as it was, because its field was empty; the box beside it takes it out")
NO_ADDRESS = Phrase(
    '"{text:to 120}" is no address of a web page, so no link was added; it begins with https://'
)
NOT_SENT = (
    "nothing was sent, because you changed something with it; look at the mail as it is now, and send it then"
)
CHANGED_SINCE = "nothing was sent, because the recap changed since you opened this page; look at the mail as it is now, and send it then"
OLDER_DRAFT = Phrase(
    "nothing was changed: somebody else changed this recap, and draft {number} was mailed since; the address in that mail opens a page that changes it"
)
ANOTHER_TEXT = "nothing was taken, because another mended text waits now, or none; look at what is here now"
OTHER_LABELS = "nothing was recorded, because a newer draft calls these lines otherwise; look at the lines as they are now"
NOTHING_CHANGED = "nothing was changed"


def quoted(text: str) -> str:
    """Return the beginning of a text, on one line."""
    return shortened(in_a_row(text), 120)
