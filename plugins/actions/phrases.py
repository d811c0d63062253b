"""The texts of the actions plugin."""

from collections.abc import Sequence
from datetime import date

from bot.api import Content, Identity, Phrase, counted, plural, shortened
from bot.api.facts import Owner
from bot.api.people import plain_name
from bot.api.words import day_in_words, in_a_row, listed_some, month_in_words
from plugins.actions.calendar_days import Trouble
from plugins.actions.due_dates import Unclear
from plugins.actions.owners import Reading

USAGE = "#action owners to text [by DATE]"
ASSIGN_USAGE = "#assign N nick"
TASK = 70  # characters of a task in a list
PART = 40  # characters of the task of one of several owners
SHOWN = 5  # open actions named when a session starts
MOST_NEAR = 300  # days to a date that is clear without its year

# recording and assigning
WITHOUT_TASK = f"usage: {USAGE}; the task is missing"
WHAT_TASK = Phrase("#{n} for {names}, without a task: #edit {n} {names} to TEXT adds it")
WHO_ELSE = Phrase(
    "#{n} for {names}; {strangers:and} {strangers:is|are} not known here: #assign {n} {all} adds {strangers:this owner|these owners}"
)
ASSIGNED = Phrase("#{n} is now for {owners}[ (was for {before})]")
SAME_OWNERS = Phrase("#{n} is already for {owners}")
NO_ACTION = Phrase("#{n} is not an action; it was recorded as {kind}")
NO_NAMES = Phrase('"{typed:to 80}" is not a list of names; {usage}, or #assign N a, b')
MISSING_OWNERS = Phrase("{actions:an owner|owners} for {actions:and}")

# closing and reopening
DONE = Phrase("#{n} is done: {task:to 70}; #open {n} reopens it")
CLOSED = Phrase("#{n} is closed: {task:to 70}; #open {n} reopens it")
OPENED = Phrase("#{n} is open again: {task:to 70}")
DONE_ALREADY = Phrase("#{n} is already done; #open {n} reopens it")
OPEN_ALREADY = Phrase("#{n} is already open; #did {n} closes it")
SINGLE_NUMBER = Phrase("one number at a time, please: #{word} {n} first, then the next; nothing was changed")
ANSWER_INSTEAD = Phrase("#{n} is a question; #answer {n} TEXT answers it")

# due dates
WHICH_DAY = Phrase('which day is "{typed:to 60}"?[ {why};] #due {n} DATE sets it')
NO_DATE = Phrase("{why}; give a future date, a milestone, or none; nothing was changed")
NO_DUE_DATE_NOW = Phrase("#{n} has no due date now[ (was {before})]")
NO_DUE_DATE = Phrase("#{n} has no due date")
NOW_DUE = Phrase("#{n} is due {due}[ (was {before})]")
NOW_DUE_SOMETIME = Phrase("#{n} is due {due}[ (was {before})]; that is not a date, so nobody gets a reminder")
DUE_ALREADY = Phrase("#{n} is already due {due}")

# reminders
REMINDERS_ON = Phrase(
    "I'll tell you in private at 9:00 {zone} the day before an action of yours is due; #remindme off stops that"
)
REMINDERS_OFF = "you get no reminders of your actions; #remindme on turns them on"

# lists
YOURS = "for you"
THEIRS = Phrase("for {names:some 2 to 60}")
MORE = Phrase("and {number:# other}; #actions NICK lists those of one person")


def owner_name(owner: Owner) -> str:
    """Return an owner's current name, without the suffix of a bridge."""
    return plain_name(owner.person.name if owner.person else owner.name)


def owner_names(owners: Sequence[Owner]) -> str:
    """Join the names of owners with commas."""
    return ", ".join(owner_name(owner) for owner in owners)


def owned(n: int, owners: Sequence[Owner], reading: Reading | None) -> str:
    """Say whose a recorded action is, as it was understood, and ask where that is not sure."""
    if not owners:
        return f"#{n} has no owner yet; #assign {n} NICK sets one"
    names = owner_names(owners)
    if reading is None:
        return f"#{n} for {names}"
    if not reading.task:
        return WHAT_TASK(n=n, names=names)
    if reading.strangers:
        everybody = ", ".join((*map(owner_name, owners), *reading.strangers))
        return WHO_ELSE(n=n, names=names, strangers=reading.strangers, all=everybody)
    if reading.parts:
        parts = [f"{owner_names(part.owners)}: {shortened(part.task, PART)}" for part in reading.parts]
        return f"#{n} for {'; '.join(parts)}"
    return f"#{n} for {names}"


def recorded(n: int, whose: str, content: Content, unclear: Unclear | None, today: date) -> str:
    """Confirm a recorded action: its owners and its due date as they were understood, and what is open."""
    due = due_words(content.due, content.when, today)
    when = f"; due {due}" if due else f"; {which_day(n, unclear)}" if unclear is not None else ""
    if content.due and content.due < today:
        when += f", which is in the past: #due {n} DATE changes it"
    return f"{whose}{when}"


def which_day(n: int, unclear: Unclear) -> str:
    """Ask for the day of an action whose due date is not clear."""
    why = {Trouble.PAST: "it is in the past", Trouble.NO_DAY: "there is no such day"}
    return WHICH_DAY(typed=unclear.typed, why=why.get(unclear.trouble) or _other_weekday(unclear), n=n)


def no_date(unclear: Unclear) -> str:
    """Refuse a due date that is not a day."""
    typed = shortened(unclear.typed, 60)
    why = {
        Trouble.PAST: f"{typed} is in the past",
        Trouble.NO_DAY: f"there is no {typed}",
        Trouble.LONG: f"{typed} is too long for a date; the limit is 40 characters",
    }
    return NO_DATE(why=why.get(unclear.trouble) or _other_weekday(unclear) or f"{typed} is not a day")


def _other_weekday(unclear: Unclear) -> str:
    """Say which weekday the day has; empty unless another one was typed."""
    if unclear.trouble is not Trouble.WEEKDAY or unclear.day is None:
        return ""
    weekday, _, day = day_in_words(unclear.day).partition(" ")
    return f"{day} {unclear.day.year} is a {weekday}"


def due_words(due: date | None, words: str, today: date) -> str:
    """Format a due date or milestone; empty if there is none."""
    if due is not None:
        return _day(due, today)
    return f"by {words}" if words else ""


def _day(due: date, today: date) -> str:
    return day_in_words(due) if due.year == today.year else f"{day_in_words(due)} {due.year}"


def date_in_text(due: date, today: date) -> str:
    """Format a date for the text of an action."""
    month = month_in_words(due).partition(" ")[0]
    near = 0 <= (due - today).days < MOST_NEAR
    return f"{due.day} {month}" if near else f"{due.day} {month} {due.year}"


def listed_action(track: str, n: int, content: Content, task: str, age: str, today: date) -> str:
    """Format an action for a list."""
    shown = shortened(in_a_row(task), TASK)
    is_dated = bool(content.when) and content.when in shown
    details = ["" if is_dated else _when(content, today), f"from {age}" if age else ""]
    told = ", ".join(filter(None, details))
    line = f"{f'{track} ' if track else ''}#{n} {_owners(content.owners)}: {shown}"
    return f"{line} ({told})" if told else line


def _owners(owners: Sequence[Owner]) -> str:
    return listed_some([owner_name(owner) for owner in owners], 5) if owners else "no owner"


def _when(content: Content, today: date) -> str:
    words = due_words(content.due, content.when, today)
    overdue = content.due is not None and content.due < today
    return f"{'overdue since' if overdue else 'due'} {words}" if words else ""


def list_head(number: int, whose: str, tracks: Sequence[str], *, done: bool) -> str:
    """Return the beginning of a list of actions."""
    state = "closed" if done else "open"
    return f"{counted(number, f'{state} action')} {whose or f'in {listed_some(tracks, 2)}'}"


def none_open(whose: str, tracks: Sequence[str], *, done: bool) -> str:
    """Say that a list of actions is empty."""
    where = f"in {listed_some(tracks, 2)}" if tracks else ""
    told = " ".join(filter(None, (whose, where))) or "here"
    return f"there are no {'closed' if done else 'open'} actions {told}"


def still_open(actions: Sequence[tuple[int, Content]], today: date) -> str:
    """Announce a track's open actions at the start of a session."""
    told = [_short(n, content, today) for n, content in actions[:SHOWN]]
    rest = len(actions) - len(told)
    others = f" and {counted(rest, 'other')}; #actions lists them" if rest else ""
    number = f"{counted(len(actions), 'action')} {plural(len(actions), 'is', 'are')}"
    return f"{number} still open: {', '.join(told)}{others}; #did N closes one"


def _short(n: int, content: Content, today: date) -> str:
    when = _when(content, today)
    return f"#{n} {_owners(content.owners)}{f' ({when})' if when else ''}"


def not_yours(n: int, by: Identity, owners: Sequence[Owner], chairs: Sequence[str]) -> str:
    """Refuse to close or reopen somebody else's action."""
    people = [name for name in (*map(owner_name, owners), plain_name(by.name)) if name not in chairs]
    can = [*dict.fromkeys(people), f"the {plural(len(chairs), 'chair')} {listed_some(chairs, 5)}"]
    return f"only {listed_some(can, 5)} can close or reopen #{n}"


def reminder(track: str, room: str, actions: Sequence[tuple[int, str]], due: date, today: date) -> str:
    """Return the private reminder for an owner."""
    told = [f"#{n} {shortened(in_a_row(text), TASK)}".rstrip() for n, text in actions[:SHOWN]]
    rest = len(actions) - len(told)
    others = f"; and {counted(rest, 'other')}" if rest else ""
    when = {0: "today", 1: "tomorrow"}.get((due - today).days, "soon")
    number = f"{counted(len(actions), 'action')} of yours in {track} {plural(len(actions), 'is', 'are')}"
    where = f" in {room}" if room else ""
    return (
        f"{number} due {when}, {_day(due, today)}: {'; '.join(told)}{others}; "
        f"#did N{where} closes one; #remindme off stops these reminders"
    )
