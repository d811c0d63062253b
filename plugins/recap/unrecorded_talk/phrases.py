"""The texts of `#recap take`."""

from bot.api import Phrase

USAGE = "usage: #recap take 3.2 as action; 3.2 is how the maintainers' draft calls the line; without a kind it becomes a note"
NO_DRAFT = "there is no draft yet that lists what was said; #recap note TOPIC text adds something"
NO_SUCH_LINE = Phrase("the newest draft has no line {label}[; it has {labels:and 5}]")
LINE_IS_GONE = Phrase("line {label} was removed by its author")
TAKEN = Phrase(
    '#{n} {kind} is {place}, in the words of {author}: "{text:to 120}"; #recap drop {n} or #recap undo takes it out again'
)
