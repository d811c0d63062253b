"""The texts of the attendance plugin."""

from bot.api import Phrase

HERE = Phrase("{nick} is here[ as {real_name}]")
PRESENT = Phrase("{names:some} {names:is|are} here")
REGRETS = Phrase("regrets from {names:some}")
NOT_PRESENT = Phrase("{names:some} {names:is|are} off the list of those present")
SPOKE = Phrase(
    "{name} said something in this session, and whoever does counts as present; present- NAMES takes back names that others gave"
)
NOT_NAMED = Phrase("{name} is not on the list of those present")
NO_REGRETS = Phrase("the regrets of {names:some} are taken back")
NONE_SENT = Phrase("there are no regrets from {name}")
SEVERAL = Phrase("several people are called {name}: {ids:some}; use the full id of one of them")
TOO_MANY_NAMED = Phrase(
    "the limit for people who are named in a session is {most}; people who say something count by themselves"
)
