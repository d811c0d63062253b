"""Everything that the engine itself says."""

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
    return "I did not understand that; #commands lists what I know, #bothelp COMMAND explains one"


def line_too_long(length: int, most: int) -> str:
    """A command that nobody can have typed."""
    return f"that line has {length:,} letters, I read commands of up to {most:,}; please say it shorter"


def no_session() -> str:
    """A command that needs a session, where none runs."""
    return "no session is running here; #startmeeting NAME opens one"


def not_in_private(word: str) -> str:
    """A command that belongs in a room, said in private."""
    return f"say #{word} in the session's room, so that all can see it; in private I answer #commands and #bothelp"


def no_track(word: str, shared: Sequence[str]) -> str:
    """A command that needs a track, where the room has none or several."""
    whose = f"is shared by {listed(shared)}" if shared else "belongs to no track"
    return f"this room {whose}: #{word} works here while a session runs, or in a room of one track"


def only_chairs(word: str, chairs: Sequence[str], *, lapsed: bool) -> str:
    """Refused: a chair's command."""
    who = f"{plural(len(chairs), 'chair')} here: {listed_some(chairs)}" if chairs else "no session runs here"
    why = "; only your nick proved that you are a chair, and it quit since" if lapsed else ""
    return f"only a chair or a moderator may use #{word}; {who}{why}"


def only_moderators(word: str) -> str:
    """Refused: a moderator's command."""
    return f"only a moderator may use #{word}: a channel operator, or an account that the configuration names"


def only_admins(word: str) -> str:
    """Refused: an admin's command."""
    return f"only an admin may use #{word}; the configuration names them"


def no_record(digits: str) -> str:
    """A number that leads nowhere."""
    return f"there is no record #{shortened(digits, 12)} in this track"


def gone_record(n: int) -> str:
    """The number of a record that was taken back or dropped."""
    return f"record #{n} was taken back"


def fault(number: str) -> str:
    """A handler failed."""
    return f"that went wrong on my side and was not recorded; it is fault {number} in the log"


def work_failed(what: str, number: str, *, again: bool) -> str:
    """Slow work failed."""
    then = "I try again in a minute" if again else "please ask for it again"
    return f"the {what} could not be written: that is fault {number} in the log; {then}"


def not_recorded() -> str:
    """Storage cannot write."""
    return "nothing is recorded at the moment: my disk does not take it; I say so when it does again"


def waits() -> str:
    """Storage cannot write, and what is said here comes again."""
    return "my disk takes nothing at the moment: what is said here waits, and is recorded when it does again"


def catching_up() -> str:
    """Storage can write again, and what was said here meanwhile comes now."""
    return "I can record again, and go through what was said here meanwhile"


def recording_again() -> str:
    """Storage can write again."""
    return "I can record again; please repeat what mattered since"


def edit_does_not_run(word: str, bare: str = "") -> str:
    """An edit made a command of a line, or changed one; `bare`: the line, where it needs no prefix ("q-")."""
    said = f'"{shortened(bare, 40)}"' if bare else f"#{word}"
    return f"an edit does not run {said}; say it in a new message"


def edit_does_not_take_back(word: str) -> str:
    """An edit took a command out of a message that did something."""
    return f"what #{word} did stays: an edit changes only records, titles and names"


def edit_refused(why: str, n: int) -> str:
    """An edit cannot do what it says; the record that was there stays."""
    return f"{why}; #{n} stays as it was"


def edited_record_gone(n: int) -> str:
    """An edit of what was taken back or dropped meanwhile."""
    return f"#{n} was taken out before; an edit does not bring it back"


def record_edited(n: int) -> str:
    """A record follows its message."""
    return f"#{n} changed"


def record_withdrawn(n: int) -> str:
    """A record whose message does not say it any more."""
    return f"#{n} withdrawn"


def decision_edited(n: int, kind: str, who: str, text: str) -> str:
    """A decision says something else; all who agreed are told."""
    return f'#{n} {kind} was edited by {who}, and is now "{text}"'


def decision_made_by_edit(n: int, kind: str, who: str, text: str) -> str:
    """A decision that came by an edit; it stands far up in the room."""
    return f'#{n} {kind} was recorded by an edit of {who}: "{text}"'


def decision_withdrawn(n: int, kind: str, who: str) -> str:
    """A decision that an edit took away."""
    return f"#{n} {kind} was taken out by an edit of {who}"


def record_named(n: int, kind: str) -> str:
    """A record without its text."""
    return f"#{n} {kind}"


def removed(out: Sequence[str], again: Sequence[str], back: Sequence[str], who: str, *, of_edit: bool) -> str:
    """A message or an edit was removed: what went with it, what is as it was before."""
    told = [f"{listed_some(out)} {plural(len(out), 'was', 'were')} taken out"] if out else []
    if again:
        told.append(
            f"{listed_some(again)} {plural(len(again), 'says again what it', 'say again what they')} said before"
        )
    told += [f"{listed_some(back)} {plural(len(back), 'is', 'are')} back"] if back else []
    whose = plural(len(out), "its message", "their message") if out and len(told) == 1 else "a message"
    return f"{', '.join(told)}: {'an edit' if of_edit else whose} was removed by {who}"


def removed_deeds(who: str) -> str:
    """A message that did something else than to record was removed."""
    return f"{who} removed a message, and what it did is taken back"
