"""The fixed texts of the letter to whoever answered a draft."""

from bot.api import Phrase

SUBJECT = Phrase("Mended: {subject}")
GREETING = "What your mail would change in the recap, by topic:"
NOTHING_YET = Phrase(
    "Nothing of it is taken yet. #recap accept in {rooms:or} or in private takes it{drop:; #recap accept drop also drops what is missing|}; #recap dismiss leaves it."
)
NO_CHANGE = "Your mail says what the recap says: there is nothing to take."
NO_CHANGE_BUT = "There is nothing to take from your mail."
SENDS_NOTHING = "A mail sends nothing to the list; #recap approve does."
LITTLE_IN_COMMON = "Your mail has little in common with the recap, so nothing was taken. Answer the draft with its text, and mend that."
IS_EMPTY = "Your mail has no text besides the signature, so nothing was taken."
EXCERPT = "You quoted a part of the recap, so nothing counts as missing."
NOT_TAKEN = "Not taken:"
HEADINGS = {"front": "In front", "before": "Before the topics"}
OF_TOPIC = Phrase("Topic {n}: {title}")
CHANGED_RECORD = Phrase("#{n} {kind}:")
NEW_RECORD = Phrase("new {kind}:")
MISSING_RECORD = Phrase("#{n} is missing:")
STALE_RECORD = Phrase("#{n} {kind} was changed since that draft, so it stays:")
OF_MAIL = {
    "large": "Your answer to the draft is too large, so nothing was read. Leave out what you did not change, or use a pad: #recap pad URL.",
    "empty": "Your answer to the draft has no text, so nothing was read.",
    "html": "Your answer to the draft is HTML without text, so nothing was read. Please answer in plain text.",
    "unreadable": "Your answer to the draft can't be read, so nothing was taken. Please answer in plain text.",
    "expired": "You answered a draft that is too old, so nothing was read. Please answer the newest one.",
    "lost": "Your answer to the draft came, but I was stopped before I had read it. Please send it again.",
}
MARKS = {"old": "-", "new": "+"}
