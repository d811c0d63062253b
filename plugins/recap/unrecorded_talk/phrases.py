"""The texts of `#recap take`."""

from bot.api import Phrase

WILL_GO = Phrase(
    "nothing was recorded, so the list gets no recap; what was said and looks like a statement goes to the {n:maintainer|maintainers} at {at}"
)
MADE = Phrase(
    "{again:a new draft of |}{recap} has no record: {n:# maintainer} {n:has|have} the lines that look like statements; #recap take makes records of them, and until then nothing goes to the list"
)
NOTHING_SAID = "nothing was recorded, and nothing that was said looks like a statement, so there is no recap; #recap note text records something"
NOTHING_TO_SEND = Phrase(
    "not sent: nothing is recorded in {recap}; {talk:#recap take makes a line of the draft a record, and |}#recap note text adds one"
)
USAGE = "usage: #recap take 3.2 as action; 3.2 is how the maintainers' draft calls the line; without a kind it becomes a note"
NO_DRAFT = "there is no draft yet that lists what was said; #recap note TOPIC text adds something"
NO_SUCH_LINE = Phrase("the newest draft has no line {label}[; it has {labels:and 5}]")
LINE_IS_GONE = Phrase("line {label} was removed by its author")
TAKEN = Phrase(
    '#{n} {kind} is {place}, in the words of {author}: "{text:to 120}"; #recap drop {n} or #recap undo takes it out again'
)
