"""The texts of the habits plugin: hints in private, and the answers to words that are no command."""

from bot.api import Phrase

# Hints
INSIDE = Phrase(
    'nothing came of "{line:to 60}": I read a command only at the start of a line; send {word} and its text in a line of its own'
)
APART = Phrase('nothing came of "{line:to 60}": send it again without the blank, as {word}')
LABEL = Phrase(
    'nothing came of "{line:to 60}": to record it, begin the line with #{word}[ or with {label}: in capitals]'
)
INSTEAD = Phrase('nothing came of "{line:to 60}": {advice}')

# Advice
STOP = "#endmeeting ends the session, #pause keeps what follows off the record until #resume"
CANCEL = "#undo takes back the newest record; #endvote ends a vote, #close a motion or a topic, #endmeeting the session"
PRESENT = (
    "who says something counts as present; present+ NAMES adds others, #regrets NAMES says who couldn't come"
)
SCRIBE = "no scribe is needed: everybody records with #info, #action and #link, and chairs with #agreed"
SAVED = (
    "#info TEXT records a note; everything is saved as you type it, #save shows how much, "
    "#recap where the recap stands"
)
LOGS = (
    "#info TEXT puts something into the record; every line is logged, except those that start with [off]; "
    "#pause keeps all off the record until #resume"
)
TROUBLE = (
    "#problem TEXT notes it, #question TEXT keeps it open until somebody answers, "
    "#action WHO to WHAT gives it to somebody"
)
VOTERS = "who may vote and how many must is in the configuration; #showvote shows who has voted"
UPDATE = "#info TEXT records news, #edit N TEXT changes record N"
PING = "I ping only those who asked for it: #pingme tells you in private when a topic starts"
SEND = "#recap shows where the recap stands; a maintainer or moderator sends it with #recap send"
SESSION = "#startmeeting NAME starts a session, #endmeeting ends it, #status shows what runs"
ITEM = "#topic N takes up item N of the agenda, agenda+ 15m TITLE adds one, #agenda shows them"
RECORDING = "#link URL Recording keeps where the recording is"
CONCLUSION = "chairs record how it ended: #agreed, #rejected or #inconclusive"
MUTE = "#pause keeps what follows off the record, #queue close keeps others from the queue"
CHAIR = "#chair NAMES makes people chairs of the session"
NAME = "#meetingname NAME renames the session"
AGENDA = "agenda+ 15m TITLE adds an item, #agenda load URL reads a page, #agenda shows the items"
HERE = "present+ NAMES says who is here"
REGRETS = "regrets+ NAMES says who couldn't come"
MOTION = "a chair puts it to the vote with #motion TEXT"
SUMMARY = "#summary TEXT records it, as what stands first in the topic"
