"""What holds of votes whatever people do: everybody counts once, and the journal alone tells the result."""

import re
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from bot.bundled import bundled_plugins
from bot.core.events import NickChanged, Room
from bot.core.facts import CORE_FACTS, Recorded
from bot.core.people.identity import Identity, casefold
from bot.core.plugin.registration import register
from bot.core.session.fold import fold
from bot.core.session.session import Entry
from bot.core.state.setup import Setup, Track
from bot.storage.codec import Codec
from plugins.votes.polls import FOLDING, OPEN, Poll, polls_of
from plugins.votes.tally import tally
from tests.edits import MatrixStage

IRC, MATRIX = "irc/#nova", "matrix/#nova:hs"
HUMANS = ("rosa", "okoye", "lin")
SETUP = Setup(
    tracks=(Track("nova", "Nova", venues=((IRC, MATRIX),)),), networks={"irc": "irc", "matrix": "matrix"}
)
PLUGINS = bundled_plugins()
DECLARED = register(PLUGINS, SETUP)
CODEC = Codec([*CORE_FACTS, *(fact for plugin in PLUGINS for fact in plugin.facts)])
CHOICES = {"+1": 0, "0": 1, "-1": 2, "#vote +1": 0, "#vote -1": 2, "+0": 1, "-1!": 2, "-1, I think": 2}
NO_COMMAND = ("hello", "well, I think")
TALK = (*NO_COMMAND, "+1 to that", "#vote maybe")


class Says(Struct, frozen=True):
    human: str
    on_matrix: bool
    text: str


class Edits(Struct, frozen=True):
    which: int
    text: str


class Removes(Struct, frozen=True):
    which: int
    newest_edit: bool


class Thumbs(Struct, frozen=True):
    human: str
    emoji: str
    takes_back: bool


class Links(Struct, frozen=True):
    human: str
    holds: bool


class Renames(Struct, frozen=True):
    human: str


class Chair(Struct, frozen=True):
    text: str


Event = Says | Edits | Removes | Thumbs | Links | Renames | Chair

HUMAN = st.sampled_from(HUMANS)
TEXTS = st.sampled_from([*CHOICES, *CHOICES, *TALK])
SAID = st.builds(Says, HUMAN, st.booleans(), TEXTS)
CHAIRS = st.sampled_from(
    ["#motion Drop it", "#motion Drop it", "#startvote Drop it? +1, 0, -1", "#close", "#endvote", "#undo",
     "#undo", "#topic Cells", "#agreed so", "#endmeeting", "#reopen", "#info nothing"]
)  # fmt: skip
EVENTS = st.one_of(
    SAID,
    SAID.map(lambda said: replace(said, on_matrix=True)),  # one strategy twice counts once
    st.builds(Edits, st.integers(0, 30), TEXTS),
    st.builds(Removes, st.integers(0, 30), st.booleans()),
    st.builds(Thumbs, HUMAN, st.sampled_from(["👍", "👎", "👍🏽"]), st.booleans()),
    st.builds(Links, HUMAN, st.booleans()),
    st.builds(Renames, HUMAN),
    st.builds(Chair, CHAIRS),
)
CONVERSATIONS = st.lists(EVENTS, min_size=10, max_size=40).map(
    lambda events: [Chair("#motion Drop it"), *events]
)


@dataclass
class Ballot:
    """A vote as a simple mind keeps it: who, in which poll, and what its message says in each of its versions, and since when."""

    who: Identity
    poll: str
    message: str
    versions: dict[str, tuple[int, int | None]]

    @property
    def choice(self) -> int | None:
        return list(self.versions.values())[-1][1]

    @property
    def since(self) -> int:
        """When it was cast; one that was taken back and came again: when it did."""
        since, before = 0, None
        for at, choice in self.versions.values():
            since = at if before is None and choice is not None else since
            before = choice
        return since


class Company(MatrixStage):
    """Three people, each on IRC and on Matrix, and a chair; `ballots` are what their messages say."""

    def __init__(self) -> None:
        super().__init__(DECLARED, SETUP)
        self.nicks = {human: human for human in HUMANS}
        self.is_on_matrix = False
        self.ballots: list[Ballot] = []
        self.said: list[tuple[str, str]] = []  # messages on Matrix: id and author
        self.texts: dict[str, dict[str, tuple[str, Ballot | None]]] = {}
        self.reacted: set[str] = set()
        self.say("amaru", "#startmeeting Day 1")

    def who(self, nick: str) -> Identity:
        if nick.startswith("@"):
            return Identity("matrix", nick[1:].partition(":")[0], nick, nick)
        return Identity("irc", nick, casefold(nick), self.accounts.get(nick, ""))

    def room(self) -> Room:
        name, network = (MATRIX, "matrix") if self.is_on_matrix else (IRC, "irc")
        return Room(name, network, members=self.members)

    @property
    def poll(self) -> Poll | None:
        return polls_of(self.session).open

    def happens(self, event: Event) -> None:
        self.later(seconds=7)
        match event:
            case Says(human, on_matrix, text):
                self.speaks(f"@{human}:hs" if on_matrix else self.nicks[human], text, on_matrix=on_matrix)
            case Edits(which, text) if self.said:
                self.rewords(*self.said[which % len(self.said)], text)
            case Removes(which, newest_edit) if self.said:
                self.removes(*self.said[which % len(self.said)], newest_edit=newest_edit)
            case Thumbs(human, emoji, takes_back):
                self.thumbs(f"@{human}:hs", emoji, takes_back=takes_back)
            case Links(human, holds):
                self.links(human, holds=holds)
            case Renames(human):
                self.renames(human)
            case Chair(text):
                self.is_on_matrix = False
                self.count += 1
                self.post("amaru", f"e{self.count}", text)

    def speaks(self, name: str, text: str, *, on_matrix: bool) -> None:
        self.is_on_matrix = on_matrix
        self.count += 1
        message = f"e{self.count}"
        ballot = self.cast(name, message, message, text)
        self.post(name, message, text)
        if on_matrix and message in self.log:
            self.said.append((message, name))
            self.texts[message] = {message: (text, ballot)}

    def cast(self, name: str, message: str, version: str, text: str) -> Ballot | None:
        """A new vote, where there is something to vote on."""
        poll = self.poll
        if poll is None or text not in CHOICES:
            return None
        self.count += 1
        ballot = Ballot(self.who(name), poll.id, message, {version: (self.count, CHOICES[text])})
        self.ballots.append(ballot)
        return ballot

    def rewords(self, message: str, author: str, text: str) -> None:
        self.is_on_matrix = True
        if not self.texts[message]:  # nobody edits what is gone
            return
        before, ballot = list(self.texts[message].values())[-1]
        edit = f"{message}~{len(self._edits.get(message, ())) + 1}"
        standing = {poll.id for poll in polls_of(self.session).all if poll.state == OPEN}
        if text in NO_COMMAND and ballot is not None and ballot.poll not in standing:
            ballot = None
        elif text != before and ballot is None:
            ballot = self.cast(author, message, edit, text)
        elif text != before and ballot is not None and ballot.poll in standing and text != "#vote maybe":
            self.count += 1
            ballot.versions[edit] = (self.count, CHOICES.get(text))
            ballot = None if text in NO_COMMAND else ballot
        self.edit(author, message, text)
        if edit in self.log:
            self.texts[message][edit] = (text, ballot)

    def removes(self, message: str, author: str, *, newest_edit: bool) -> None:
        self.is_on_matrix = True
        versions = list(self.texts[message])
        if not versions or (newest_edit and len(versions) == 1):
            return
        gone = versions[-1:] if newest_edit else versions
        self.redact(author, gone[-1] if newest_edit else message)
        for name in gone:
            del self.texts[message][name]
        for ballot in list(self.ballots):
            if next(iter(ballot.versions)) in gone:
                self.ballots.remove(ballot)
            for name in gone:
                ballot.versions.pop(name, None)

    def thumbs(self, who: str, emoji: str, *, takes_back: bool) -> None:
        self.is_on_matrix, poll = True, self.poll
        if takes_back:
            mine = [
                ballot
                for ballot in self.ballots
                if ballot.message in self.reacted and ballot.who == self.who(who)
            ]
            if mine:
                self.redact(who, mine[-1].message)
                self.ballots.remove(mine[-1])
            return
        target = poll.id if poll is not None else "e0"
        name = f"{target}+{emoji} {who}"
        if name not in self.reacted:
            self.reacted.add(name)
            self.react(who, target, emoji)
            if poll is not None and poll.is_motion:
                self.count += 1
                version = (self.count, 2 if emoji == "👎" else 0)
                self.ballots.append(Ballot(self.who(who), poll.id, name, {name: version}))

    def links(self, human: str, *, holds: bool) -> None:
        nick, mxid = self.nicks[human], f"@{human}:hs"
        self.accounts[nick] = f"{human}-account"
        word = "#iam" if holds else "#iam not"
        self.is_on_matrix = False
        self.post(nick, f"l{self.count}", f"{word} matrix {mxid}")
        self.is_on_matrix = True
        self.post(mxid, f"k{self.count}", f"{word} irc {human}-account")
        self.count += 1

    def renames(self, human: str) -> None:
        old = self.nicks[human]
        new = old + "_" if len(old) < 12 else human
        before = self.who(old)
        self.nicks[human] = new
        self.accounts[new] = self.accounts.pop(old, "")
        self._decide(NickChanged(before, self.who(new), self.at), f"n{self.count}")
        self.count += 1

    def expected(self, poll: Poll) -> list[int]:
        """How often each option was chosen, each person once, the last vote counting."""
        last = {
            self.state.person_of(ballot.who, self.session): ballot.choice
            for ballot in sorted(self.ballots, key=lambda ballot: ballot.since)
            if ballot.poll == poll.id and ballot.choice is not None
        }
        return [list(last.values()).count(choice) for choice in range(3)]


def stored(entry: Entry) -> Entry:
    fact = CODEC.decode(*CODEC.encode(entry.fact))
    assert fact is not None
    return replace(entry, fact=fact)


@given(CONVERSATIONS)
@settings(max_examples=300, deadline=None)
def test_everybody_counts_once_and_the_last_vote_counts(events: list[Event]) -> None:
    company = Company()
    for event in events:
        company.happens(event)
        poll = company.poll
        if poll is not None:
            counted = tally(company.state, company.session, poll)
            assert [count for _, count in counted.counts] == company.expected(poll)
            people = [company.state.person_of(who, company.session) for who in counted.people]
            assert len(people) == len(set(people)) == counted.total


@given(CONVERSATIONS)
@settings(max_examples=150, deadline=None)
def test_the_journal_tells_the_same_polls(events: list[Event]) -> None:
    company = Company()
    for event in events:
        company.happens(event)
    session = company.session
    told = fold(stored(entry) for entry in session.entries)
    assert told == session
    assert FOLDING.of_stream(tuple(told.entries)) == FOLDING.of(session)


@given(CONVERSATIONS)
@settings(max_examples=150, deadline=None)
def test_a_result_is_what_was_counted_and_no_more_than_one_poll_is_open(events: list[Event]) -> None:
    company = Company()
    for event in events:
        poll, session = company.poll, company.session
        counted = tally(company.state, session, poll) if poll is not None else None
        company.happens(event)
        assert [known for known in polls_of(company.session).all[:-1] if known is company.poll] == []
        texts = [
            entry.fact.content.text
            for entry in company.decisions[-1].entries
            if isinstance(entry.fact, Recorded)
        ]
        if (
            counted is None
            or poll is None
            or texts == []
            or event not in {Chair("#close"), Chair("#endvote")}
        ):
            continue
        if poll.is_motion:
            found = {
                side: int(count) for count, side in re.findall(r"(\d+) (for|against|abstained)", texts[0])
            }
            numbers = [found["for"], found.get("abstained", 0), found["against"]]
        else:
            numbers = [int(count) for count in re.findall(r"(?:\+1|, 0|, -1) (\d+)", texts[0])]
        assert numbers == [count for _, count in counted.counts]
        assert sum(numbers) == counted.total
