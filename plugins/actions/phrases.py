"""Everything that the actions plugin says."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.api import (
    Content,
    Identity,
    Owner,
    counted,
    day_in_words,
    listed,
    listed_some,
    month_in_words,
    plain_name,
    plural,
    shortened,
    zone_name,
)
from plugins.actions.due_dates import Trouble

USAGE = "#action owners to text [by DATE]"
ASSIGN_USAGE = "#assign N nick"
TASK = 70  # letters of what is to be done, in a list
NAME = 60  # letters of a name that somebody typed
SHOWN = 5  # actions that a session begins with
YOURS = "of yours"
REMINDERS_OFF = "I remind you of no actions; #remindme on changes that"
REMINDERS_NOT_WANTED = "I do not remind you of your actions; #remindme on changes that"


def owner_name(owner: Owner) -> str:
    """An owner as shown: a person by the present name, without a bridge's suffix."""
    return plain_name(owner.person.name if owner.person else owner.name)


def owner_names(owners: Sequence[Owner]) -> str:
    """Owners as shown, with commas."""
    return ", ".join(owner_name(owner) for owner in owners)


def understood(n: int, owners: Sequence[Owner], due: date | None, today: date) -> str:
    """An action was recorded."""
    when = f"; due {_day(due, today)}" if due else ""
    if due and due < today:
        when += f", which is past: #due {n} DATE mends it"
    if owners:
        return f"#{n} for {owner_names(owners)}{when}"
    return f"#{n} has no owner yet; #assign {n} NICK gives it one{when}"


def _day(due: date, today: date) -> str:
    return day_in_words(due) if due.year == today.year else f"{day_in_words(due)} {due.year}"


def usage_without_task() -> str:
    """Only owners were named."""
    return f"usage: {USAGE}; what is to be done is missing"


def assigned(n: int, owners: Sequence[Owner], before: Sequence[Owner]) -> str:
    """An action has other owners."""
    was = f" (was for {owner_names(before)})" if before else ""
    return f"#{n} is now for {owner_names(owners)}{was}"


def same_owners(n: int, owners: Sequence[Owner]) -> str:
    """Nothing changed."""
    return f"#{n} is for {owner_names(owners)} already"


def no_action(n: int, kind: str) -> str:
    """The record is something else."""
    return f"#{n} is no action, it was recorded as {kind}"


def nobody(name: str) -> str:
    """What was typed is no list of names."""
    return f'"{name}" is no list of names; usage: {ASSIGN_USAGE}, or #assign N a, b'


def without_owner(numbers: Sequence[int]) -> str:
    """For the report at the end."""
    return f"{plural(len(numbers), 'an owner', 'owners')} for {listed([f'#{n}' for n in numbers])}"


def owners_or_none(owners: Sequence[Owner]) -> str:
    """Owners in a list of actions."""
    return listed_some([owner_name(owner) for owner in owners], SHOWN) if owners else "no owner"


def _when(due: date | None, words: str, today: date) -> str:
    """By when something is due, in a list."""
    if due is None:
        return f"due by {words}" if words else ""
    return f"{'overdue since' if due < today else 'due'} {_day(due, today)}"


def listed_action(track: str, n: int, content: Content, task: str, age: str, today: date) -> str:
    """An action in a list."""
    what = shortened(task, TASK)
    said = bool(content.when) and content.when in what
    details = ["" if said else _when(content.due, content.when, today), f"from {age}" if age else ""]
    told = ", ".join(filter(None, details))
    line = f"{f'{track} ' if track else ''}#{n} {owners_or_none(content.owners)}: {what}"
    return f"{line} ({told})" if told else line


def list_head(number: int, whose: str, tracks: Sequence[str], *, done: bool) -> str:
    """What stands before a list of actions."""
    return f"{counted(number, f'{_state(done=done)} action')} {whose or f'in {listed_some(tracks, 2)}'}:"


def whose(names: Sequence[str]) -> str:
    """Whose actions somebody asked for."""
    return f"of {listed_some([shortened(name, NAME) for name in names], 2)}"


def none_open(whose: str, tracks: Sequence[str], *, done: bool) -> str:
    """A list of actions is empty."""
    told = [*([whose] if whose else []), *([f"in {listed_some(tracks, 2)}"] if tracks else [])]
    return f"there is no {_state(done=done)} action {' '.join(told) or 'here'}"


def _state(*, done: bool) -> str:
    return "closed" if done else "open"


def more(number: int, typed: str) -> str:
    """The end of a list that is too long."""
    rest = f"and {counted(number, 'other')}"
    return f"{rest}; in private, {typed} tells more" if typed else rest


def still_open(actions: Sequence[tuple[int, Content]], today: date) -> str:
    """A session begins, and its track has open actions."""
    told = [_short(n, content, today) for n, content in actions[:SHOWN]]
    rest = len(actions) - len(told)
    others = f" and {counted(rest, 'other')}; #actions tells them" if rest else ""
    return (
        f"{counted(len(actions), 'action')} {plural(len(actions), 'is', 'are')} open from before: "
        f"{', '.join(told)}{others}; #did N closes one"
    )


def _short(n: int, content: Content, today: date) -> str:
    when = _when(content.due, content.when, today)
    return f"#{n} {owners_or_none(content.owners)}{f' ({when})' if when else ''}"


def done(n: int, task: str, kind: str) -> str:
    """An action was closed, or a call."""
    return f"#{n} is {'done' if kind == 'action' else 'closed'}: {task}; #open {n} takes that back"


def opened(n: int, task: str) -> str:
    """An action was opened again."""
    return f"#{n} is open again: {task}"


def done_already(n: int) -> str:
    """It was said before."""
    return f"#{n} is done already; #open {n} opens it again"


def open_already(n: int) -> str:
    """It was never closed."""
    return f"#{n} is open; #did {n} closes it"


def one_at_a_time(word: str, n: int) -> str:
    """Several numbers were typed."""
    return f"one at a time, please: #{word} {n} first, and then the next; nothing was changed"


def answer_instead(n: int) -> str:
    """A question cannot be done."""
    return f"#{n} is a question; #answer {n} TEXT answers it"


def not_yours(n: int, by: Identity, owners: Sequence[Owner], chairs: Sequence[str]) -> str:
    """Refused: somebody else's action."""
    people = [name for name in (*map(owner_name, owners), plain_name(by.name)) if name not in chairs]
    may = [*dict.fromkeys(people), f"the {plural(len(chairs), 'chair')} {listed_some(chairs, SHOWN)}"]
    return f"#{n} may be closed and opened by {listed_some(may, SHOWN)}"


def date_in_text(due: date, today: date) -> str:
    """A date as the text of an action says it."""
    month = month_in_words(due).partition(" ")[0]
    near = due >= today and (due.year == today.year or (due - today).days < 300)
    return f"{due.day} {month}" if near else f"{due.day} {month} {due.year}"


def no_date(typed: str, trouble: Trouble) -> str:
    """What was typed is no date that something can be due on."""
    what = shortened(typed, NAME)
    match trouble:
        case Trouble.PAST:
            return f"{what} is past; #due takes a day that comes, a milestone, or none; nothing was changed"
        case Trouble.NO_DAY:
            return (
                f"there is no {what}; #due takes a day that comes, a milestone, or none; nothing was changed"
            )
        case Trouble.LONG:
            return f"that is too long for a date: {what}; say it in a few words; nothing was changed"


def _due(due: date | None, words: str, today: date) -> str:
    if due is not None:
        return _day(due, today)
    return f"by {words}"


def now_due(n: int, now: tuple[date | None, str], before: tuple[date | None, str], today: date) -> str:
    """An action has another date."""
    was = f" (was {_due(*before, today)})" if any(before) else ""
    if not any(now):
        return f"#{n} has no date any more{was}"
    words = "; that is no day, so nobody is reminded" if now[0] is None else ""
    return f"#{n} is due {_due(*now, today)}{was}{words}"


def due_already(n: int, due: date | None, words: str, today: date) -> str:
    """Nothing changed."""
    if due is None and not words:
        return f"#{n} has no date"
    return f"#{n} is due {_due(due, words, today)} already"


def reminders_on(at: datetime, zone: ZoneInfo) -> str:
    """Somebody wants to be reminded."""
    return (
        f"I tell you in private, at 9:00 {zone_name(zone, at)} the day before, when an action of yours is due; "
        "#remindme off ends that"
    )


def reminders_wanted(at: datetime, zone: ZoneInfo) -> str:
    """How it stands."""
    return reminders_on(at, zone)


def reminder(track: str, room: str, actions: Sequence[tuple[int, str]], due: date, today: date) -> str:
    """A private word to an owner."""
    told = [f"#{n} {shortened(text, TASK)}".rstrip() for n, text in actions[:SHOWN]]
    rest = len(actions) - len(told)
    others = f"; and {counted(rest, 'other')}" if rest else ""
    days = (due - today).days
    when = {0: "today", 1: "tomorrow"}.get(days, "soon")
    where = f" in {room}" if room else ""
    return (
        f"{counted(len(actions), 'action')} of yours in {track} {plural(len(actions), 'is', 'are')} due {when}, "
        f"{_day(due, today)}: {'; '.join(told)}{others}; #did N{where} says that it is done; #remindme off ends these"
    )
