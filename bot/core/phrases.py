"""The texts that the engine itself says."""

from collections.abc import Sequence

from bot.core.words.phrase import Phrase
from bot.core.words.sentences import listed_some, plural

# commands
UNKNOWN = Phrase("there is no #{word}; did you mean #{meant}?")
NOT_UNDERSTOOD = "I don't understand that; #commands lists all commands, #bothelp COMMAND explains one"
CALLED = "yes? #commands lists all commands, #bothelp COMMAND explains one"
LINE_TOO_LONG = Phrase("the limit for a command is {most:,} characters, yours has {length:,}")
PROOF_LOST = Phrase(
    "nothing came of that: the nick {name} changed hands while I asked the network whose it is; {name} can say it again"
)
NOT_BEHIND_A_RELAY = Phrase(
    "{who:to 40} speaks through a relay, and I can't send private messages there; ask for it where you have an account or a nick"
)
NO_SESSION = "no session is running here; #startmeeting NAME starts one"
ENDED = Phrase("ended at {at}; {text}")
ONLY_THOSE_THERE_ADD = Phrase(
    "only those who took part and the {chairs:chair|chairs} {chairs:some} can still add to it; #startmeeting NAME starts another session"
)
ONLY_CHAIRS_ADD = Phrase(
    "its recap is made, so only the {chairs:chair|chairs} {chairs:some}, a maintainer or a moderator can still add to it"
)
NOT_IN_PRIVATE = Phrase(
    "say #{word} in the session's room, where everyone can see it; in private I answer status, actions mine, recap, subscribe and help"
)
LIST_IN_PRIVATE = Phrase("{head}: I sent them to you in private")
NO_TRACK = Phrase(
    "this room belongs to no track: #{word} works here while a session runs, or in a room of a single track"
)
SHARED_ROOM = Phrase(
    "this room is shared by {tracks:and}: #{word} works here while a session runs, or in a room of a single track"
)
NO_SUCH_TRACK = Phrase("no track is called {name:to 40}[; did you mean {meant}?][; try {tracks:or 12}]")
NOT_IN_GATHERING = Phrase("say {word} in [{rooms:or}, or in ]private")
ONLY_CHAIRS = Phrase(
    "only a chair or a moderator can use {word}; {chairs:chair|chairs} here: {chairs:some 5}[; {unconfirmed}]"
)
UNCONFIRMED = Phrase("I lost sight of {name}; a chair or a moderator can confirm you: #chair {name}")
SOMEBODY_UNCONFIRMED = Phrase(
    "I lost sight of {name}, a chair, and can't tell whether this is the same person: "
    "a chair or a moderator can confirm it with #chair {name}"
)
ONLY_CHAIRS_NO_SESSION = Phrase("only a chair or a moderator can use {word}; no session runs here")
ONLY_MODERATORS = Phrase(
    "only a moderator can use {word}: {private:in private a configured account, in a room a channel operator too|a channel operator or a configured account}"
)
ONLY_ADMINS = Phrase("only an admin can use {word}; the configuration names them")
NO_RECORD = Phrase("this track has no record #{digits:to 12}")
GONE_RECORD = Phrase("record #{n} was removed")
TOO_MANY_COMMANDS = Phrase(
    "the limit for a message is {most:# command|commands}; say the others in another message"
)
BUDGET_SPENT = Phrase(
    "{who:to 40}, those were many commands at once; until {until} I record yours but don't answer them"
)

# streams that cannot be read
UNREADABLE_SESSION = (
    "I can't read my record of the session in this room, so nothing is recorded here until an admin has repaired it "
    "(gatherbot check says what is wrong); #startmeeting NAME starts a new session"
)
UNREADABLE_TRACK = Phrase(
    "I can't read what I stored for {track}, so this doesn't work until an admin has repaired it "
    "(gatherbot check says what is wrong)"
)
UNREADABLE_GATHERING = (
    "I can't read what I stored about accounts and subscriptions, so this doesn't work until an admin has repaired it "
    "(gatherbot check says what is wrong)"
)
UNREADABLE_RECORD = Phrase(
    "#{n} may be in a session that I can't read; an admin has to repair it (gatherbot check says what is wrong)"
)
UNREADABLE_STREAMS = Phrase(
    "I can't read {streams:some 3}, so I left {n:it|them} out; everything else runs. "
    "gatherbot check says what is wrong, docs/operations.md what to do"
)

# topics
TOPIC = Phrase(
    "topic {number}{again: again|}: {title}{details}[ (still team {team}; #team - ends it)]"
    "[; #topic! {part:to 60} opens a new topic instead]"
)
TOPIC_IS_ON = Phrase("topic {number} is already on: {title}")

# back in a room
AWAY = Phrase("I was away for {span} and recorded nothing meanwhile; {on}")
STARTED_AGAIN = Phrase("I was started again and missed nothing; {on}")
AT_TOPIC = Phrase("{name} is at topic {number}: {title}[, subtopic {subtopic}]")
AT_NO_TOPIC = Phrase("{name} has no topic open")

# faults and a full disk
FAULT = Phrase("that failed on my side and was not recorded; the log has the details under fault {number}")
FAULT_BY_ITSELF = Phrase(
    'what I do by myself here ("{name}") failed; the log has the details under fault {number}'
)
WORK_FAILED = Phrase(
    "I couldn't write the {what}; the log has the details under fault {number}; "
    "{again:I'll try again in a minute|please ask for it again}"
)
NOT_RECORDED = "I can't save anything right now; I'll say when I can"
RECORDING_AGAIN = Phrase("I can save again; please repeat anything important since then[; {on}]")
WAITS = "I can't save anything right now; what is said here will be recorded once I can"
CATCHING_UP = "I can save again and am catching up on what was said here"

# edited messages
EDIT_DOES_NOT_RUN = Phrase("an edit can't run #{word}; say it in a new message")
EDIT_DOES_NOT_RUN_LINE = Phrase('an edit can\'t run "{line:to 40}"; say it in a new message')
EDIT_DOES_NOT_TAKE_BACK = Phrase("what #{word} did stays: edits change only records, titles and names")
EDIT_REFUSED = Phrase("{why}; #{n} stays as it was")
EDITED_RECORD_GONE = Phrase("#{n} was removed before; an edit can't bring it back")
BRIDGED_EDIT_UNSURE = Phrase(
    "I can't tell which record that edit means[: {records:or}]; nothing changed, #edit N TEXT changes one"
)
BRIDGED_EDIT_UNCLEAR = Phrase(
    "I can't tell what #{n} says after that edit; nothing changed, #edit {n} TEXT changes it"
)
BRIDGED_EDIT_PERHAPS = Phrase(
    "I can't tell whether that edit means #{n}; nothing changed, #edit {n} {text:to 200} changes it"
)
REST_ADDED = Phrase("#{n} goes on")
REST_NOT_TAKEN = (
    "your line came in two parts, and only the first one counts; say what is missing in a line of its own"
)
RECORD_EDITED = Phrase("#{n} changed")
RECORD_WITHDRAWN = Phrase("#{n} withdrawn")
DECISION_EDITED = Phrase('#{n} {kind} was edited by {who} and now says "{text}"')
DECISION_MADE_BY_EDIT = Phrase('{who} recorded #{n} {kind} by an edit: "{text}"')
DECISION_WITHDRAWN = Phrase("{who} removed #{n} {kind} by an edit")

# removed messages
RECORD = Phrase("#{n} {kind}")
REMOVED_DEEDS = Phrase("{who} removed a message, so what it did is undone")


def removed(out: Sequence[str], again: Sequence[str], back: Sequence[str], who: str, *, of_edit: bool) -> str:
    """The answer after a message or an edit was removed.

    out, again, back: the records that are removed, have their earlier text again, or are back
    """
    parts = [f"{listed_some(out)} {plural(len(out), 'was', 'were')} removed"] if out else []
    if again:
        parts.append(
            f"{listed_some(again)} {plural(len(again), 'says what it', 'say what they')} said before"
        )
    parts += [f"{listed_some(back)} {plural(len(back), 'is', 'are')} back"] if back else []
    whose = plural(len(out), "its message", "their message") if out and len(parts) == 1 else "a message"
    return f"{', '.join(parts)}: {who} removed {'an edit' if of_edit else whose}"


# messages that somebody makes records
ADOPTED = Phrase('#{n} {kind}, in the words of {author}: "{text:to 120}"')
ALREADY_RECORDED = Phrase("that message is #{n} {kind} already")
