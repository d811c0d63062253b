"""The texts of the corrections plugin."""

from bot.api import Phrase, RecordedItem, Session, Topic, shortened
from bot.api.words import in_a_row

# undo
UNDONE = Phrase("undone: {what:and}[; {now}]")
NEXT_STEP = Phrase("the next step back is {what:and}; #undo! takes that back too")
BACK_TO = Phrase("back to {topic}")
BACK_TO_SUBTOPIC = Phrase("back to {subtopic} of {topic}")
NO_TOPIC_NOW = "no topic is open now"
REOPENED = Phrase("{topic} taken up again")
NOTHING_TO_UNDO = "nothing in this session can be undone"
NOTHING_OF_YOURS = Phrase(
    "nothing of yours can be undone here; only a chair can undo what others recorded: {chairs:some 5}"
)
UNDO_TAKES_NO_NUMBER = Phrase("#undo takes back the newest record; #drop {n:to 12} removes that one")
NO_SESSION = "no session is running here, so there is nothing to undo; #startmeeting NAME starts one"
SESSION_IS_OVER = Phrase('"{name:to 80}" is over; #reopen reopens it, #drop N removes a record')
SESSION_IS_FINAL = Phrase('"{name:to 80}" is over, and {reason}')

# correct and edit
NOT_YOURS = Phrase(
    "only {author}, who recorded #{n}, {over:the|and the} {chairs:chair|chairs} {chairs:some 5}{over:, and a maintainer|} can change it[; {unconfirmed}]"
)
TITLE_NOT_YOURS = Phrase("only the {chairs:chair|chairs} {chairs:some 5} can change {topic}")
CHANGED = Phrase('#{n} {kind} is now "{text}"[ for {owners}]')
CHANGED_WITHOUT_OWNER = Phrase('#{n} {kind} is now "{text}" without an owner')
RETITLED = Phrase('topic {number} is now "{title:to 80}"')
SAYS_THAT_ALREADY = Phrase("{what} already says that")
NOT_IN_RECORD = Phrase('#{n} doesn\'t say "{old}"; case matters')
NOWHERE = Phrase('no record or topic of this session says "{old}"; case matters')
NOTHING_LEFT = "that correction would leave nothing; #drop N removes a record"
TITLE_TOO_LONG = Phrase(
    "that makes the title too long: the limit is {most} characters, it would have {length}"
)

# drop and move
DROPPED = Phrase("dropped: {record}")
MOVED = Phrase("#{n} is now {place}")
STAYS = Phrase("#{n} is already {place}")
NO_TOPIC = Phrase("that session has no topic {number:to 12}")
NO_PLACE = Phrase('no topic or team is called "{name:to 80}"; #move N to team NAME takes any name')
SEVERAL_PLACES = Phrase(
    '"{name:to 80}" could be {places:or}; type more of it, or team NAME, or the number of the topic'
)

# records and topics in an answer
RECORD = Phrase('#{n} {kind} "{text}"')
TOPIC = Phrase('topic {number} "{title:to 80}"')
SUBTOPIC = Phrase('subtopic "{title:to 80}"')
TOPIC_NAMED = Phrase('topic "{title:to 80}"')
TEAM_NAMED = Phrase('team "{name:to 80}"')


def quoted(text: str) -> str:
    """Quote a text with its spaces unchanged."""
    return shortened(in_a_row(text), 80)


def record(item: RecordedItem) -> str:
    """Format a record for an answer."""
    return RECORD(n=item.n, kind=item.kind, text=quoted(item.text))


def topic(session: Session, shown: Topic) -> str:
    """Format a topic for an answer."""
    return TOPIC(number=session.topics.index(shown) + 1, title=shown.title)


def place(session: Session, topic_id: str | None, team: str | None) -> str:
    """Return the topic and team of a record in words."""
    above = session.topic_named(topic_id)
    where = f"under {topic(session, above)}" if above else "before the first topic"
    return f"{where}, for {f'team {team}' if team else 'no team'}"


def now(session: Session) -> str:
    """Return the open topic or subtopic in words."""
    current = session.topic
    if current is None:
        return NO_TOPIC_NOW
    of = topic(session, current)
    return (
        BACK_TO_SUBTOPIC(subtopic=SUBTOPIC(title=session.subtopic), topic=of)
        if session.subtopic
        else BACK_TO(topic=of)
    )
