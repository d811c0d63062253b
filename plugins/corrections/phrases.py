"""Everything that the corrections plugin says."""

from collections.abc import Sequence

from bot.api import Content, RecordedItem, Session, Topic, listed, plain_name, plural, shortened

LONGEST_QUOTE = 80
NOTHING_TO_UNDO = "nothing was recorded in this session that could be taken back"
NO_SESSION = "no session is running here, so there is nothing to take back; #startmeeting NAME opens one"
NOTHING_LEFT = "the correction would leave nothing; #drop N takes a record out"
TITLE_TOO_LONG = "that would make the title too long: it has at most 250 letters"


def quoted(text: str) -> str:
    """A text as an answer quotes it."""
    return f'"{shortened(text, LONGEST_QUOTE)}"'


def record(item: RecordedItem) -> str:
    """A record in an answer."""
    return f"#{item.n} {item.kind} {quoted(item.text)}"


def topic(session: Session, one: Topic) -> str:
    """A topic in an answer."""
    return f"topic {session.topics.index(one) + 1} {quoted(one.title)}"


def subtopic(title: str) -> str:
    """A subtopic in an answer."""
    return f"subtopic {quoted(title)}"


def again(what: str) -> str:
    """A topic was there before, and went on."""
    return f"{what} taken up again"


def undone(what: Sequence[str], after: Session, *, course: bool) -> str:
    """Something was taken back; where the session stands then, where that changed."""
    back = f"; {_standing(after)}" if course else ""
    return f"undone: {listed(what)}{back}"


def _standing(session: Session) -> str:
    current = session.topic
    if current is None:
        return "no topic is on now"
    of = f" of {topic(session, current)}"
    return f"back to {subtopic(session.subtopic) + of if session.subtopic else topic(session, current)}"


def session_is_over(name: str, final: str | None) -> str:
    """Undo after the end; `final` says why it cannot be reopened."""
    if final is not None:
        return f"{quoted(name)} is over, and {final}"
    return f"{quoted(name)} is over: #reopen goes on with it, #drop N takes out a record"


def nothing_of_yours(chairs: Sequence[str]) -> str:
    """Somebody who is no chair has nothing to take back."""
    return (
        "you have recorded nothing in this session that could be taken back; "
        f"only a chair may take back what others recorded: {listed(chairs)}"
    )


def undo_names_none(n: str) -> str:
    """Undo was asked for by number."""
    return f"#undo takes back what is newest; #drop {shortened(n, 12)} takes out that record"


def not_yours(item: RecordedItem, chairs: Sequence[str]) -> str:
    """Refused: somebody else's record."""
    return (
        f"#{item.n} may be changed by {plain_name(item.by.name)}, who recorded it, "
        f"and by the {plural(len(chairs), 'chair')}: {listed(chairs)}"
    )


def title_not_yours(what: str, chairs: Sequence[str]) -> str:
    """Refused: a topic's title."""
    return f"{what} may be changed by the {plural(len(chairs), 'chair')}: {listed(chairs)}"


def changed(n: int, kind: str, content: Content, *, owners_matter: bool) -> str:
    """A record says something else now."""
    names = [plain_name(owner.person.name if owner.person else owner.name) for owner in content.owners]
    who = f" for {', '.join(names)}" if names else " without an owner" if owners_matter else ""
    return f"#{n} {kind} is now {quoted(content.text)}{who}"


def retitled(number: int, title: str) -> str:
    """A topic has another title."""
    return f"topic {number} is now {quoted(title)}"


def says_that_already(what: str) -> str:
    """Nothing would change."""
    return f"{what} says that already"


def not_in_record(n: int, old: str) -> str:
    """The words to be mended are not there."""
    return f"#{n} does not say {quoted(old)}; capitals count"


def nowhere(old: str) -> str:
    """The words to be mended are in no record or title."""
    return f"no record or topic of this session says {quoted(old)}; capitals count"


def dropped(item: RecordedItem) -> str:
    """A record was taken out."""
    return f"dropped: {record(item)}"


def moved(n: int, place: str) -> str:
    """A record belongs elsewhere."""
    return f"#{n} now belongs {place}"


def stays(n: int, place: str) -> str:
    """A record is where it should go."""
    return f"#{n} is there already: {place}"


def place(session: Session, topic_id: str | None, team: str | None) -> str:
    """Where a record belongs."""
    one = session.topic_named(topic_id)
    where = f"under {topic(session, one)}" if one else "before the first topic"
    return f"{where}, to {f'team {team}' if team else 'no team'}"


def no_topic(number: str) -> str:
    """A topic number that leads nowhere."""
    return f"there is no topic {shortened(number, 12)} in that session"


def no_place(name: str) -> str:
    """Neither topic nor team."""
    return f"no topic or team is called {quoted(name)}; #move N to team NAME takes any name"


def several_places(name: str, places: Sequence[str]) -> str:
    """A name with more than one meaning."""
    return (
        f"{quoted(name)} could be {listed(places, 'or')}; say more of it, or team NAME, or the topic's number"
    )
