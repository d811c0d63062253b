"""The texts of the relay plugin."""

from bot.api import Phrase

SAID = Phrase("<{name}> {text}")
DID = Phrase("* {name} {text}")  # by /me
SAID_BOLD = Phrase("{name}: {text}")
EDITED = Phrase("(edited) {text}")
AND_MORE = Phrase("{text} (+{lines:# line})")
TOO_FAST = Phrase("{room} is very busy right now; I'll pass messages on again when it calms down")
LEFT_OUT = Phrase("{messages:# message} from {names:some} in {room} {messages:was|were} not passed on")
