"""What the engine itself says."""

from collections.abc import Sequence

from bot.core.words.sentences import listed, listed_some, plural
from bot.core.words.text import shortened


def unknown(word: str, meant: str) -> str:
    """A near miss in a session."""
    return f"there is no #{word}; did you mean #{meant}?"


def not_understood(word: str, meant: str | None) -> str:
    """The bot was spoken to in words that it does not know."""
    if meant:
        return unknown(word, meant)
    return "I don't understand that; #commands lists all commands, #bothelp COMMAND explains one"


def line_too_long(length: int, most: int) -> str:
    """A command that nobody can have typed."""
    return f"the limit for a command is {most:,} characters, yours has {length:,}"


def no_session() -> str:
    """A command that needs a session, where none runs."""
    return "no session is running here; #startmeeting NAME starts one"


def not_in_private(word: str) -> str:
    """A command that belongs in a room, said in private."""
    return f"say #{word} in the session's room, where everyone can see it; in private I answer #commands and #bothelp"


def no_track(word: str, shared: Sequence[str]) -> str:
    """A command that needs a track, where the room has none or several."""
    whose = f"is shared by {listed(shared)}" if shared else "belongs to no track"
    return f"this room {whose}: #{word} works here while a session runs, or in a room of a single track"


def only_chairs(word: str, chairs: Sequence[str], *, lapsed: bool) -> str:
    """Refused: a chair's command."""
    who = f"{plural(len(chairs), 'chair')} here: {listed_some(chairs)}" if chairs else "no session runs here"
    why = "; your nick was the only proof that you are a chair, and it has left since" if lapsed else ""
    return f"only a chair or a moderator can use #{word}; {who}{why}"


def only_moderators(word: str) -> str:
    """Refused: a moderator's command."""
    return f"only a moderator can use #{word}: a channel operator, or an account named in the configuration"


def only_admins(word: str) -> str:
    """Refused: an admin's command."""
    return f"only an admin can use #{word}; the configuration names them"


def no_record(digits: str) -> str:
    """A number that leads nowhere."""
    return f"this track has no record #{shortened(digits, 12)}"


def gone_record(n: int) -> str:
    """The number of a record that was taken back or dropped."""
    return f"record #{n} was removed"


def fault(number: str) -> str:
    """A handler failed."""
    return f"that failed on my side and was not recorded; the log has the details under fault {number}"


def work_failed(what: str, number: str, *, again: bool) -> str:
    """Slow work failed."""
    then = "I'll try again in a minute" if again else "please ask for it again"
    return f"I couldn't write the {what}; the log has the details under fault {number}; {then}"


def not_recorded() -> str:
    """Storage cannot write."""
    return "I can't save anything right now; I'll say when I can"


def waits() -> str:
    """Storage cannot write, and what is said here comes again."""
    return "I can't save anything right now; what is said here will be recorded once I can"


def catching_up() -> str:
    """Storage can write again, and what was said here meanwhile comes now."""
    return "I can save again and am catching up on what was said here"


def recording_again() -> str:
    """Storage can write again."""
    return "I can save again; please repeat anything important since then"


def edit_does_not_run(word: str, bare: str = "") -> str:
    """An edit made a command of a line, or changed one; `bare`: the line, where it needs no prefix ("q-")."""
    said = f'"{shortened(bare, 40)}"' if bare else f"#{word}"
    return f"an edit can't run {said}; say it in a new message"


def edit_does_not_take_back(word: str) -> str:
    """An edit took a command out of a message that did something."""
    return f"what #{word} did stays: edits change only records, titles and names"


def edit_refused(why: str, n: int) -> str:
    """An edit cannot do what it says; the record that was there stays."""
    return f"{why}; #{n} stays as it was"


def edited_record_gone(n: int) -> str:
    """An edit of what was taken back or dropped meanwhile."""
    return f"#{n} was removed before; an edit can't bring it back"


def record_edited(n: int) -> str:
    """A record follows its message."""
    return f"#{n} changed"


def record_withdrawn(n: int) -> str:
    """A record whose message does not say it any more."""
    return f"#{n} withdrawn"


def decision_edited(n: int, kind: str, who: str, text: str) -> str:
    """A decision says something else; all who agreed are told."""
    return f'#{n} {kind} was edited by {who} and now says "{text}"'


def decision_made_by_edit(n: int, kind: str, who: str, text: str) -> str:
    """A decision that came by an edit; it stands far up in the room."""
    return f'{who} recorded #{n} {kind} by an edit: "{text}"'


def decision_withdrawn(n: int, kind: str, who: str) -> str:
    """A decision that an edit took away."""
    return f"{who} removed #{n} {kind} by an edit"


def record_named(n: int, kind: str) -> str:
    """A record without its text."""
    return f"#{n} {kind}"


def removed(out: Sequence[str], again: Sequence[str], back: Sequence[str], who: str, *, of_edit: bool) -> str:
    """A message or an edit was removed: what went with it, what is as it was before."""
    told = [f"{listed_some(out)} {plural(len(out), 'was', 'were')} removed"] if out else []
    if again:
        told.append(f"{listed_some(again)} {plural(len(again), 'says what it', 'say what they')} said before")
    told += [f"{listed_some(back)} {plural(len(back), 'is', 'are')} back"] if back else []
    whose = plural(len(out), "its message", "their message") if out and len(told) == 1 else "a message"
    return f"{', '.join(told)}: {who} removed {'an edit' if of_edit else whose}"


def removed_deeds(who: str) -> str:
    """A message that did something else than to record was removed."""
    return f"{who} removed a message, so what it did is undone"
