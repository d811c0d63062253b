"""The cheat sheet for people who take part; a page of the documentation shows the same text."""

TEXT = """\
Gatherbot in ten lines (on Matrix type ! instead of #, because clients complete the names of rooms after #)
record: #info a note | #action okoye to write it up by Friday | #link https://... title | #idea text | #question text | \
#cta who is looked for, and how to join
chairs: #startmeeting title | #topic title | #agreed text | #rejected text | #next | #endmeeting
mend your own: #undo takes the last one back | s/old/new/ | #edit 12 new text | #drop 12; \
on Matrix edit or delete your message
look up: #records | #agenda | #actions mine | #status | #recap
speak in turn: q+ what about | q- | q?; on Matrix react with a raised hand
vote: +1, 0 or -1 alone on a line while a motion is open; #vote option in a vote
who is here: #here Your Name | present+ lin_wei | regrets+ tomek
be called: #pingme topic ~ word tells you in private when such a topic starts
keep off the record: [off] before a line, or /me; help: #bothelp action, #commands, #cheatsheet"""
