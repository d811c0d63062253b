"""Answers to #summary."""

from bot.api import Phrase

REPLACED = Phrase("#{n} summary takes the place of #{before}; #undo brings that back")
OF_SOMEBODY = Phrase(
    "this topic has a summary, #{n}; only {author}, who recorded it[, {chairs:some 3}] or a moderator can replace it; "
    "#info TEXT records a note"
)
