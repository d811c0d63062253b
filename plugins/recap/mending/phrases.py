"""What is said about mended texts."""

from collections.abc import Iterable, Iterator, Sequence

from bot.api import Phrase
from plugins.recap.mending.comparison import FRONT_LINK, INTRO, NOTE
from plugins.recap.mending.facts import NotTaken
from plugins.recap.mending.shown import Shown, TopicChanges

USAGE_PAD = "usage: #recap pad URL, the address of a pad with the mended text, or of plain text"
USAGE_ACCEPT = "usage: #recap accept, or #recap accept drop, which also drops what the mended text lacks"
READING = Phrase("I read {url} now")
NOT_READ = Phrase("{url}: {why}")
TROUBLES = {
    "host": "I may not read pages of that host; the organizers' configuration names those that I may ([fetch] allow)",
    "address": "that name leads to a private address, which I don't fetch from",
    "large": "the text is too large; I read at most 256 KiB",
    "kind": "that is not plain text; the address of a pad ends with /export/txt",
    "slow": "that took more than ten seconds; please try again",
    "status": "the server has no such page, or doesn't show it to everybody",
    "unreachable": "I can't reach the server; please try again",
}
NO_RIGHT_ANY_MORE = Phrase("{who} can't change this recap anymore, so the text is not read")
THE_PAD = Phrase("the text of {url}")
THE_MAIL = Phrase("the mail of {who}")
WAITS = Phrase("{source} waits; #recap accept takes it, #recap dismiss leaves it")
EMPTY = Phrase("{source} is empty: nothing was taken")
OTHER = Phrase("{source} has little in common with {recap}: nothing was taken")
SAYS_THE_SAME = Phrase("{source} says what {recap} says: there is nothing to take")
NOTHING_TO_TAKE = Phrase("there is nothing to take from {source}; not taken: {left:some 3}")
PROPOSED = Phrase(
    "{source} would change {recap}: {topics}[; not taken: {left:some 3}]"
    "[; this takes the place of {before}]; "
    "#recap accept takes it{drop:, #recap accept drop also drops what is missing|}, #recap dismiss leaves it"
)
IN_LETTER = "what my answer to that mail lists"
IN_TOPIC = Phrase('topic {n} "{title:to 40}": {what}')
BEFORE_TOPICS = Phrase("before the topics: {what}")
IN_FRONT = Phrase("in front: {what}")
CHANGED = Phrase("{numbers:some 8} changed")
MISSING = Phrase("{numbers:some 8} missing")
NEW = Phrase("{n} new {kind}{n:|s}")
NEW_INTRO = "a new introduction"
LINKS = Phrase("{n:# new link}")
LEFT = Phrase('"{text:to 60}" ({why})')
WHY = {
    "above": "it stands above the recap; #recap note TOPIC text adds it",
    "closing": "it ends the mail",
    "place": "it stands under no topic; #recap note TOPIC text adds it",
    "heading": "titles of topics and new topics can't be mended here",
    "label": "I write the label and the name of a decision; #recap edit and #recap drop change a record",
    "own": "these are my own words",
    "copy": "it is mended under its topic",
    "links": "links are mended with #edit N URL title",
    "quoted": "it is quoted from somebody else",
    "mark": "#recap link URL title fills it in",
}
CHANGED_SINCE = Phrase("#{n} was changed since that draft")
INTRO_CHANGED_SINCE = "the introduction was changed since that draft"
MOVED = Phrase("#recap move {n} to {to} moves it")
NO_PROPOSAL = "no mended text waits; #recap pad URL reads one, and so does a reply to the draft"
TAKEN = Phrase(
    "taken: {what:and}[; left out: {out:and}][; {kept:and} {kept:stays|stay}, and #recap drop N drops {kept:it|one}]; #recap undo takes it back"
)
NOTHING_TAKEN = Phrase("nothing could be taken, so it is dismissed: {out:and}")
ADDED = Phrase("{numbers:some 8} added")
DROPPED = Phrase("{numbers:some 8} dropped")
THE_INTRO = "the introduction"
THE_LINK = "the link in front"
OF_RECORD = Phrase("#{n} ({why})")
OF_NEW = Phrase('"{text:to 40}" ({why})')
STALE = "it changed since"
GONE = "it is not there anymore"
NOT_YOURS = "you can't change that session"
ONLY_BY_MODERATORS = "only a moderator records that"
FULL = Phrase("a session has at most {most:,} records")
DISMISSED = Phrase("dismissed: nothing of {source} was taken")
THE_FRONT = {INTRO, FRONT_LINK}
NAMES = {NOTE: "note", "usecase": "use case", "cta": "call for help", "agreed": "decision"}


def in_topics(topics: Iterable[TopicChanges]) -> str:
    """Say what changes in each topic: numbers and counts."""
    return "; ".join(_in_topic(topic) for topic in topics if topic.changes or topic.missing)


def _in_topic(topic: TopicChanges) -> str:
    front = [one for one in topic.changes if one.word in THE_FRONT]
    records = [one for one in topic.changes if one.word not in THE_FRONT]
    said = [IN_FRONT(what=", ".join(_of_front(front)))] if front else []
    what = ", ".join(_of_records(records, [n for n, _ in topic.missing]))
    if what:
        said.append(
            IN_TOPIC(n=topic.n, title=topic.title, what=what) if topic.n else BEFORE_TOPICS(what=what)
        )
    return "; ".join(said)


def _of_front(changes: Sequence[Shown]) -> Iterator[str]:
    if any(one.word == INTRO for one in changes):
        yield NEW_INTRO
    links = sum(one.word == FRONT_LINK for one in changes)
    if links:
        yield LINKS(n=links)


def _of_records(changes: Sequence[Shown], missing: Sequence[int]) -> Iterator[str]:
    changed = numbered([one.n for one in changes if one.n])
    if changed:
        yield CHANGED(numbers=changed)
    counts: dict[str, int] = {}
    for one in changes:
        if not one.n:
            counts[kind_name(one.word)] = counts.get(kind_name(one.word), 0) + 1
    yield from (NEW(n=n, kind=kind) for kind, n in counts.items())
    if missing:
        yield MISSING(numbers=numbered(missing))


def kind_name(word: str) -> str:
    """Return what a record of a kind is called in a sentence."""
    return NAMES.get(word, word)


def numbered(numbers: Iterable[int]) -> list[str]:
    """Return the numbers of records as they are typed."""
    return [f"#{n}" for n in numbers]


def not_understood(left: Iterable[NotTaken]) -> list[str]:
    """Say what was not understood, and why."""
    return [LEFT(text=one.text, why=why(one)) for one in left]


def why(one: NotTaken) -> str:
    """Say why something was not understood, and what can be done."""
    if one.why == "moved":
        return MOVED(n=one.n, to=one.at or "-")
    if one.why == "since":
        return CHANGED_SINCE(n=one.n) if one.n else INTRO_CHANGED_SINCE
    return WHY[one.why]
