"""The record kind `action`, with owners and due date read from its text."""

from collections.abc import Mapping
from datetime import date

from bot.api import Ask, Content, Form, Kind
from bot.api.people import masked
from plugins.actions import phrases
from plugins.actions.due_dates import Unclear, When, read_when
from plugins.actions.mentions import read_mentioning
from plugins.actions.owners import Reading
from plugins.actions.roster import Roster
from plugins.actions.settings import ActionsTrack


def understand(ask: Ask, text: str) -> Content | str:
    """Read the owners and the due date of an action, or return why it is refused; the text stays as typed."""
    reading = read(ask, text)
    if reading.task.lower() in {"", "to"} or (reading.task == text and _is_only_a_name(ask, text)):
        return phrases.WITHOUT_TASK
    when = when_of(ask, text, today(ask))
    due, words = (when.day, when.words) if isinstance(when, When) else (None, "")
    return Content(text, owners=reading.owners, due=due, when=words)


def read(ask: Ask, text: str) -> Reading:
    """Read the owners of `text`, said by the speaker in this room."""
    return read_mentioning(
        text, ask.mentions, ask.speaker, ask.room.casemapping, ask.setup.names, ask.directory
    )


def when_of(ask: Ask, text: str, said_on: date) -> When | Unclear | None:
    """Return the due date in `text`; the name of somebody here is neither a milestone nor a month."""
    when = read_when(text, said_on, milestones(ask))
    words = when.words if isinstance(when, When) else when.typed if when is not None else ""
    return None if words and ask.directory.bearers(words) else when


def milestones(ask: Ask) -> Mapping[str, date]:
    """Return the days of the track's milestones."""
    return ask.track.of(ActionsTrack).milestones if ask.track is not None else {}


def _is_only_a_name(ask: Ask, text: str) -> bool:
    hidden, tokens = masked(text, ask.mentions)
    people = {token: person for token, (_, person) in tokens.items()}
    roster = Roster(ask.speaker, people, ask.room.casemapping, ask.setup.names, ask.directory)
    return roster.is_called(hidden)


def today(ask: Ask) -> date:
    """Return the day of the message in the gathering's time zone."""
    return ask.at.astimezone(ask.setup.gathering.zone).date()


def _answer(ask: Ask, n: int, content: Content) -> str:
    unclear = when_of(ask, content.text, today(ask)) if content.due is None and not content.when else None
    return phrases.recorded(n, content, unclear if isinstance(unclear, Unclear) else None, today(ask))


ACTION = Kind(
    "action",
    usage=phrases.USAGE,
    says="a task for somebody; without an owner, the bot asks for one",
    example="#action lin_wei and okoye to run the tests by 30 June",
    heading="ACTION:",
    form=Form.LABELED,
    order=130,
    emoji="🚩",
    understand=understand,
    answer=_answer,
)
