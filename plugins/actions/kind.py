"""The record kind `action`, with owners and due date read from its text."""

import re
from collections.abc import Mapping
from datetime import date

from bot.api import Ask, Content, Form, Kind, listed
from bot.api.events import Quoted
from bot.api.facts import Owner
from bot.api.people import plain_name
from bot.api.words import points_of, sentence_of
from plugins.actions import phrases
from plugins.actions.due_dates import Unclear, When
from plugins.actions.marks import SEPARATOR
from plugins.actions.name_lists import may_be_list
from plugins.actions.owners import Reading
from plugins.actions.reader import ActionReader

PROMISE = re.compile(
    r"(?:(?:ok(?:ay)?|sure|yes|yep|and|so|then|well|right|fine),? ){0,2}(?:I|let me)\b", re.IGNORECASE
)
LONGEST_MARK = 8  # characters around a name in a list: " and @rosa to"


def understand(ask: Ask, text: str) -> Content | str:
    """Read the owners and the due date of an action, or return why it is refused; the text stays as typed."""
    reading = read(ask, text)
    if text.lower() == "to":
        return phrases.WITHOUT_TASK
    owners = only_names(ask, text) or reading.owners
    when = when_of(ask, text, ask.once(today))
    due, words = (when.day, when.words) if isinstance(when, When) else (None, "")
    return Content(text, owners=owners, due=due, when=words)


def read(ask: Ask, text: str) -> Reading:
    """Read the owners of `text`, said by the speaker in this room."""
    return ask.once(ActionReader).read(text)


def names_in(ask: Ask, text: str) -> tuple[Owner, ...]:
    """Read a list of names in which every name is meant; empty if it is not such a list."""
    return ask.once(ActionReader).names_in(text)


def only_names(ask: Ask, text: str) -> tuple[Owner, ...]:
    """Return the known people if `text` consists of their names, without a task."""
    return ask.once(ActionReader).only_names(text)


def when_of(ask: Ask, text: str, said_on: date) -> When | Unclear | None:
    """Return the due date in `text`; the name of somebody here is neither a milestone nor a month."""
    return ask.once(ActionReader).when(text, said_on)


def milestones(ask: Ask) -> Mapping[str, date]:
    """Return the days of the track's milestones."""
    return ask.once(ActionReader).milestones


def today(ask: Ask) -> date:
    """Return the day of the message in the gathering's time zone."""
    return ask.at.astimezone(ask.setup.gathering.zone).date()


def _answer(ask: Ask, n: int, content: Content) -> str:
    dated, day = content.due is not None or content.when, ask.once(today)
    unclear = None if dated else when_of(ask, sentence_of(content.text), day)
    whose = phrases.owned(n, content.owners, _again(ask, content))
    return phrases.recorded(n, whose, content, unclear if isinstance(unclear, Unclear) else None, day)


def _adopt(ask: Ask, quoted: Quoted, rest: str) -> str:
    """Return a line of talk as an action: of those who are named, else of its author if that is who speaks of doing it."""
    author = plain_name(quoted.origin.by.name)
    owners = only_names(ask, rest) if rest else ()
    if rest and not owners:
        return ""
    names = [owner.name for owner in owners] or ([author] if PROMISE.match(quoted.text) else [])
    return f"{listed(names)}: {quoted.text}" if names else quoted.text


def _again(ask: Ask, content: Content) -> Reading | None:
    """Read an action again if its owners alone do not say how it was understood: parts, strangers, no task."""
    if not content.owners:
        return None
    if is_without_task(ask, content):
        return Reading(content.owners, "")
    said = sentence_of(content.text)
    return read(ask, said) if may_be_list(said) and SEPARATOR.search(said) is not None else None


def is_without_task(ask: Ask, content: Content) -> bool:
    """Whether an action has owners and says nothing to do."""
    most = sum(len(owner.name) + LONGEST_MARK for owner in content.owners)
    if not content.owners or len(content.text) > most or points_of(content.text):
        return False
    return not read(ask, content.text).task or bool(only_names(ask, content.text))


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
    adopt=_adopt,
    answer=_answer,
)
