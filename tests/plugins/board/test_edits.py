"""An edit of a message says something else instead; a redaction takes back what any version of it said."""

from bot.core.events import Edited, Message, Redacted, Room
from bot.core.facts import TextRemoved
from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Setup, Track
from plugins import board
from plugins.board import rows
from plugins.board.state import Said, board_of
from tests.play import Stage

OWN = "irc/#ptg"
SETUP = Setup(gathering=Gathering("2027-10", rooms=(OWN,)), tracks=(Track("nova", "Nova"),))
DECLARED = register([board.plugin], SETUP)


class Edits:
    """A room where people edit what they said."""

    def __init__(self) -> None:
        self.stage = Stage(DECLARED, SETUP)

    def say(self, text: str, nick: str = "amaru") -> str:
        """Say a line; returns its id."""
        name = f"m{self.stage.count + 1}"
        self.stage.say(nick, text, OWN, id=name)
        return name

    def edit(self, target: str, text: str, nick: str = "amaru") -> list[str]:
        room = Room(OWN, "irc", members=self.stage.members)
        line = Message(room, self.stage.who(nick), text, self.stage.at, id=f"m{self.stage.count}")
        return self.stage.event(Edited(target, (line,)))

    def redact(self, target: str) -> None:
        self.stage.event(Redacted(Room(OWN, "irc"), self.stage.who("amaru"), target, self.stage.at))

    @property
    def board(self) -> tuple[str, list[str]]:
        row = rows.rows(self.stage.state, DECLARED, self.stage.at)[0]
        return row.now.text if row.now is not None else "", [said.text for said in row.next]


def test_the_last_edit_counts() -> None:
    made = Edits()
    now, following = made.say("#nova now Celsl"), made.say("#nova next Dosc")
    made.say("#nova next lunch")
    assert made.edit(now, "#nova now Cells") == [">+ ✅"]
    assert made.edit(following, "#nova next Docs") == [">+ ✅"]
    assert made.edit(following, "#nova next the docs") == [">+ ✅"]
    assert made.board == ("Cells", ["the docs", "lunch"])
    assert "Celsl" not in [said.text for said in board_past(made)]


def test_others_edits_do_not_count() -> None:
    made = Edits()
    now = made.say("#nova now Cells")
    assert made.edit(now, "#nova now mine", nick="rosa") == []
    assert made.board == ("Cells", [])


def test_a_redaction_takes_all_versions() -> None:
    made = Edits()
    made.say("#nova now Cells")
    secret = made.say("#nova now a secret")
    made.edit(secret, "#nova now half a secret")
    made.redact(secret)
    assert made.board == ("Cells", [])
    facts = [entry.fact for entry in made.stage.state.stream("track/nova")]
    assert sum(isinstance(fact, TextRemoved) for fact in facts) == 2
    assert "secret" not in repr(facts)


def test_what_an_edit_does_not_run_is_said() -> None:
    made = Edits()
    made.stage.ops = {"amaru"}
    message = made.say("~motd add info One")
    assert made.edit(message, "~motd add info Two") == [
        '> an edit can\'t run "~motd add info Two"; say it in a new message'
    ]
    assert [one.text for one in rows.day_messages(made.stage.state)] == ["One"]
    assert made.edit(message, "just talk") == []


def board_past(made: Edits) -> tuple[Said, ...]:
    return board_of(made.stage.state, "nova").past
