"""The texts of the records plugin."""

from bot.api import Phrase

NOTHING_YET = "nothing is recorded yet"
SAVED = Phrase("{total} so far[: {counts:and}]; everything is saved; the last is {last}")
LAST_RECORD = Phrase('#{n} {kind} "{text:to 80}"{edited: (edited)|}')

# lists
OF_SESSION = Phrase("{name:to 80}")
OF_TOPIC = Phrase('topic {number} "{title:to 60}"')
RECORDS = Phrase("{n:# record} of {of}")
LISTED = Phrase("#{n} {kind}: {text:to 200}{done: (done)|}")
EARLIER = Phrase("{number:# earlier record|earlier records} left out; #records TOPIC lists those of a topic")
NOTHING_OF = Phrase("{of} has no records yet")
NO_SUCH_TOPIC = Phrase('there is no topic "{typed:to 60}"; #records alone lists all records')
SEVERAL_TOPICS = Phrase('"{typed:to 60}" could be {titles:or 5 to 60}; type more of the title, or its number')
NO_SESSION = "there was no session here lately; #startmeeting NAME starts one"
