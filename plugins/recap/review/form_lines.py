"""What the form of the review page means: the lines that its reader says to the bot, and what they are told beside its answers."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from bot.api import RecordedItem
from bot.api.recap import Part
from bot.api.web import Deed
from plugins.recap.declaration import SUMMARY
from plugins.recap.review import phrases
from plugins.recap.review.fields import Sent, digest_of, has_the_same_words, plain, sent_fields
from plugins.recap.review.typed_lines import in_one_line

DO, SEEN, SAVE = "do", "seen", "save"
SENDING = {"approve", "send!"}
HOLD = "hold"
UNDO = "undo"
PROPOSALS = {"accept", "accept drop", "dismiss"}
TAKE = re.compile(r"take [0-9]{1,4}\.[0-9]{1,2} as [a-z]{1,20}")
WEB = re.compile(r"https?://\S+", re.IGNORECASE)
PLACE = re.compile(r'-|[0-9]{1,4}(?:/(?:"[^"]{1,80}"|[^\s:"]{1,80}))?')
LINKS = {"etherpad": "Etherpad", "recording": "Recording"}


class RecapNow(Struct, frozen=True):
    """The recap as it is when a form arrives.

    call:    what the lines begin with: "#recap nova"
    number:  of the part, as chat names it: "1", a day; empty if it has none
    preview: digest of the mail that the list would get
    newer:   the number of a draft that must be looked at first; 0 if there is none
    draft:   the number of the newest draft, which names the lines of talk; empty if there is none
    proposal: digest of the mended text that waits; empty if none does
    """

    call: str
    number: str
    preview: str
    newer: int = 0
    draft: str = ""
    proposal: str = ""


class Lines(Struct):
    """The lines and answers so far."""

    now: RecapNow
    said: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def say(self, word: str, text: str) -> None:
        """Say a line about the part."""
        self.said.append(" ".join(filter(None, (self.now.call, self.now.number, word, text))))


def deed_of(part: Part, now: RecapNow, form: Mapping[str, str]) -> Deed:
    """Return what a form means. Whoever sends something must have seen it, so nothing is sent together with changes."""
    if now.newer:
        return Deed(answers=(phrases.OLDER_DRAFT(number=now.newer),))
    lines = Lines(now)
    _records(part, form, lines)
    _texts(part, form, lines)
    _links(form, lines)
    wanted = form.get(DO, SAVE)
    if TAKE.fullmatch(wanted) and form.get("draft") != now.draft:
        lines.told.append(phrases.OTHER_LABELS)
    elif wanted in PROPOSALS and form.get("proposal") != now.proposal:
        lines.told.append(phrases.ANOTHER_TEXT)
    elif wanted in {UNDO, *PROPOSALS} or TAKE.fullmatch(wanted):
        lines.say("", wanted)
    if wanted in SENDING and (lines.said or lines.told):
        lines.told.append(phrases.NOT_SENT)
    elif wanted in SENDING and form.get(SEEN) != now.preview:
        lines.told.append(phrases.CHANGED_SINCE)
    elif wanted in {*SENDING, HOLD}:
        lines.said.append(" ".join(filter(None, (now.call, wanted, now.number))))
    elif not lines.said and not lines.told:
        lines.told.append(phrases.NOTHING_CHANGED)
    return Deed(tuple(lines.said), tuple(lines.told))


def _records(part: Part, form: Mapping[str, str], lines: Lines) -> None:
    """Edit, move and drop records."""
    records = {placed.item.n: placed.item for placed in part.records}
    for sent in sent_fields(form):
        kind, _, number = sent.about.partition(".")
        if kind != "text":
            continue
        n = int(number)
        record = records.get(n)
        is_dropped, target = f"drop.{n}" in form, plain(form.get(f"move.{n}", ""))
        if record is None:
            if sent.is_changed:
                lines.told.append(phrases.TAKEN_OUT(n=n, text=sent.text))
            continue
        if is_dropped:
            _drop(record, sent, lines)
            continue
        if sent.is_changed:
            _edit(record, sent, lines)
        if target and PLACE.fullmatch(target):
            lines.say("move", f"{n} to {target}")


def _drop(record: RecordedItem, sent: Sent, lines: Lines) -> None:
    if digest_of(record.text) != sent.seen:
        lines.told.append(phrases.STAYS_IN(n=record.n, text=plain(record.text)))
    else:
        lines.say("drop", str(record.n))


def _edit(record: RecordedItem, sent: Sent, lines: Lines) -> None:
    if digest_of(record.text) != sent.seen:
        _overtaken(f"#{record.n}", record.text, sent, lines)
    elif not sent.text:
        lines.told.append(phrases.EMPTIED(n=record.n))
    else:
        lines.say("edit", f"{record.n} {in_one_line(sent.text)}")


def _overtaken(what: str, now: str, sent: Sent, lines: Lines) -> None:
    """Tell what a text says that changed since its reader saw it, unless that is what they typed."""
    if not has_the_same_words(now, sent.text):
        lines.told.append(phrases.CHANGED_MEANWHILE(what=what, text=plain(now)))


def summary_of(part: Part, n: int) -> RecordedItem | None:
    """Return the summary of a topic, without those of its teams."""
    found = [
        placed.item
        for placed in part.of_kind(SUMMARY.word)
        if placed.place.topic == n and placed.place.team is None
    ]
    return found[-1] if found else None


def _texts(part: Part, form: Mapping[str, str], lines: Lines) -> None:
    """Write summaries and the introduction."""
    for sent in sent_fields(form):
        kind, _, number = sent.about.partition(".")
        if kind == "text" or not sent.is_changed:
            continue
        summary = summary_of(part, int(number)) if kind == "summary" else None
        now = part.intro if kind == "intro" else summary.text if summary is not None else ""
        what = phrases.THE_INTRO if kind == "intro" else phrases.THE_SUMMARY(n=int(number))
        if digest_of(now) != sent.seen:
            _overtaken(what, now, sent, lines)
        elif kind == "intro":
            lines.say("intro", in_one_line(sent.text) or "-")
        elif sent.text:
            lines.say("summary", f"{int(number)} {in_one_line(sent.text)}")
        elif summary is not None:
            lines.say("drop", str(summary.n))


def _links(form: Mapping[str, str], lines: Lines) -> None:
    """Add links in front: those that EDITOR marks ask for, and others."""
    for url, title in _given(form):
        if WEB.fullmatch(url):
            lines.say("link", f"{url} {title}".rstrip())
        else:
            lines.told.append(phrases.NO_ADDRESS(text=url))


def _given(form: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for mark, title in LINKS.items():
        if url := plain(form.get(f"mark.{mark}", "")):
            yield url, title
    if url := plain(form.get("link.url", "")):
        yield url, " ".join(plain(form.get("link.title", "")).split())
