"""The texts of the records plugin."""

from bot.api import Phrase

NOTHING_YET = "nothing is recorded yet"
SAVED = Phrase("{total} so far[: {counts:and}]; everything is saved; the last is {last}")
LAST_RECORD = Phrase('#{n} {kind} "{text:to 80}"{edited: (edited)|}')
