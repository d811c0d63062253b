"""What every command of every bundled plugin must do, whatever it is for."""

import re
from datetime import timedelta

import pytest

from bot.bundled import bundled_plugins
from bot.core import facts
from bot.core.plugin.command import Command, Needs
from bot.core.plugin.registration import register
from bot.core.state.access import Role
from bot.core.state.setup import Gathering, Slot
from bot.core.words.grammar import spellings
from tests.play import ROOM, START, Stage, nova

FREE = Slot("MonAM", "", "Missouri", START + timedelta(days=6), START + timedelta(days=6, hours=2))
SETUP = nova(
    gathering=Gathering(rooms=(ROOM,)), slots=(FREE,)
)  # the room is also the gathering's, for the words of its board
DECLARED = register(bundled_plugins(), SETUP)
ELSEWHERE = register(bundled_plugins(), nova())
COMMANDS = [pytest.param(command, id=word) for word, command in sorted(DECLARED.commands.items())]
ASKS = {
    "actions",
    "bothelp",
    "chairs",
    "cheatsheet",
    "commands",
    "ctas",
    "fetchdb",
    "iam",
    "questions",
    "recap",
    "recaps",
    "records",
    "save",
    "schedule",
    "seen",
    "showvote",
    "status",
    "time",
    "tracks",
    "when",
}  # these only answer
PRIVATE = {
    "in",
    "out",
    "pingme",
    "remindme",
    "subscribe",
    "unsubscribe",
}  # what people ask for themselves, they may ask for in private; and what they say of a track
LONGEST_ANSWER = 1000
MOST_LINES = {"cheatsheet": 11, "commands": 4}  # other answers have up to three
LONGER = {"cheatsheet": 2000}

LETTERS = "x" * 10_000
MANY = "a, b and c; " * 1000
ODD = (
    LETTERS, MANY, "0", "1", "-1", "1 ", "1 x", "99999999999999999999", "-", "--", "/", "//", "/a/b", "/a/", "\\", "'", '"', "`",
    "{{ 7 * 7 }}", "{% endfor %}", "{0}", "%s", "<script>alert(1)</script>", "(a+)+$", ".*", "[", "]", "\ufffd", "\u202e", "İ", "ß",
    "to", "to to", ": :", ", , ,", "@", "@@@", "me", "I", "https://", "http://[", "mailto:", "#", "##", "!", "^", "\t", "\u3000", "hold", "send!",
    "intro", "team", "1 to", "1 to team", "1 to 1", "1 /a/b/", "1 me", "x" * 119 + " y", "👩\u200d💻" * 100,
)  # fmt: skip


def bare_forms(command: Command) -> tuple[str, ...]:
    """The forms in which it is said without prefix, all spellings."""
    return tuple(form for declared in command.bare for form in spellings(declared))


def typed(command: Command) -> str:
    """How its word is typed, about Nova if it is about a track."""
    return f"#{command.word}".replace("TRACK", "nova")


def stage() -> Stage:
    """A room in which a session waits for its first record, and those who may do all are chairs."""
    made = Stage(DECLARED, SETUP)
    made.joins("amaru", "jbell", "okoye", "lin_wei")
    made.say("amaru", "#startmeeting Day 1")
    return made


def with_before(command: Command) -> Stage:
    made = stage() if command.word != "startmeeting" else Stage(DECLARED, SETUP)
    made.ops = {"amaru"} if command.role is Role.MODERATOR else set()
    for line in command.before:
        assert made.say("amaru", line) != [], line
    return made


def written(made: Stage) -> list[object]:
    """The facts of the last message, but that somebody was seen because they spoke."""
    return [entry.fact for entry in made.decisions[-1].entries if not entry.cause.endswith("/seen")]


@pytest.mark.parametrize("command", COMMANDS)
def test_its_example_does_what_it_is_for(command: Command) -> None:
    made = with_before(command)
    answers = made.say("amaru", command.example)
    assert made.decisions[-1].fault is None
    assert answers != []
    assert [line for line in answers if "usage:" in line] == []
    assert bool(written(made)) == (command.word not in ASKS), answers


@pytest.mark.parametrize("command", COMMANDS)
def test_what_stands_before_its_example_is_needed(command: Command) -> None:
    if not command.before:
        return
    made = stage()
    made.say("amaru", command.example)
    assert written(made) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_it_says_how_it_is_typed_and_what_it_does(command: Command) -> None:
    assert command.usage.startswith((f"#{command.word}", *bare_forms(command)))
    assert command.example.startswith((typed(command), *bare_forms(command)))
    assert command.says[:1].islower()
    assert not command.says.endswith((".", "!"))


@pytest.mark.parametrize("command", COMMANDS)
def test_help_knows_it_by_each_of_its_words(command: Command) -> None:
    made = Stage(DECLARED, SETUP)
    for word in (
        command.word,
        *command.aliases,
        *bare_forms(command),
        f"#{command.word}",
        command.word.upper(),
    ):
        (answer,) = made.say("rosa", f"#bothelp {word}")
        assert command.usage in answer, word
    (listed,) = made.say("rosa", "#commands", private=True)
    assert command.typed.removeprefix("#TRACK ") in re.split(r"[\s;|]+", listed)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "before", [(), ("#startmeeting Day 1", "#info One", "#topic Welcome", "#team Agent")]
)
def test_without_arguments_it_is_answered(command: Command, before: tuple[str, ...]) -> None:
    for nick in ("amaru", "newcomer"):
        made = Stage(DECLARED, SETUP)
        for line in before:
            made.say("amaru", line)
        answers = made.say(nick, typed(command))
        assert made.decisions[-1].fault is None
        assert answers != []
        assert [line for line in answers if bad(line, command)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_odd_arguments_are_answered_in_one_short_line(command: Command) -> None:
    for nick in ("amaru", "newcomer"):
        for odd in ODD:
            made = stage()
            made.say("amaru", "#info One")
            answers = made.say(nick, f"{typed(command)} {odd}")
            assert made.decisions[-1].fault is None, odd
            assert answers != [] or prepares(made), odd
            assert [line for line in answers if bad(line, command)] == [], odd


@pytest.mark.parametrize("command", COMMANDS)
def test_in_private_it_is_answered_and_records_nothing(command: Command) -> None:
    made = stage()
    for text in (typed(command), typed(command).removeprefix("#"), command.example):
        assert made.say("amaru", text, private=True) != []
        assert written(made) == [] or command.word in PRIVATE or command.about_track


@pytest.mark.parametrize("command", COMMANDS)
def test_where_nothing_runs_it_says_so(command: Command) -> None:
    made = Stage(ELSEWHERE)
    answers = made.say("amaru", command.example)
    is_bare = command.silent_if_unavailable and command.example.startswith(bare_forms(command))
    if command.about_track or is_bare:
        assert answers == []
    elif command.needs is Needs.SESSION and not command.record:
        assert answers == ["> no session is running here; #startmeeting NAME starts one"]
    else:
        assert answers != []
    opened = any(isinstance(fact, facts.SessionOpened) for fact in written(made))
    assert opened == (command.word == "startmeeting")


def prepares(made: Stage) -> bool:
    """Whether the last message ordered slow work, which answers later."""
    return any(type(order).__name__ == "Prepare" for order in made.decisions[-1].orders)


def bad(line: str, command: Command) -> bool:
    """Whether an answer is no short line that says something."""
    text = line.partition(" ")[2]
    return (
        not text.strip()
        or len(text) > LONGER.get(command.word, LONGEST_ANSWER)
        or re.search("[\x00-\x09\x0b-\x1f]", text) is not None
        or text.count("\n") > MOST_LINES.get(command.word, 3)
    )
