"""The texts of the attendance plugin."""

from bot.api import Phrase

HERE = Phrase("{nick} is here[ as {real_name}]")
PRESENT = Phrase("{names:some} {names:is|are} here")
REGRETS = Phrase("regrets from {names:some}")
SEVERAL = Phrase("several people are called {name}: {ids:some}; use the full id of one of them")
TOO_MANY_NAMED = Phrase(
    "the limit for people who are named in a session is {most}; people who say something count by themselves"
)
