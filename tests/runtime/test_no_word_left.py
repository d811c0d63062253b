"""After a redaction no word of the text is left in any file of the database, wherever it had been copied to."""

from pathlib import Path

import pytest

from bot.bundled import bundled_plugins
from bot.core.events import Edited, Message, Redacted, Room
from bot.core.facts import REMOVED_TITLE
from bot.core.people.identity import UNFOLDED, Identity
from tests.runtime.stage import ROOM, Stage, stage

PLUGINS = [
    plugin for plugin in bundled_plugins() if plugin.name not in {"sessions", "agenda", "topics", "help"}
]
WORDS = ("swordfish", "wkz", "x9q")  # a short one is a word too
SECRET = "swordfish wkz x9q"

Step = tuple[str, str, str]  # who says what, with which id; `~` before an id: the message is an edit of it

RECORDS: dict[str, list[Step]] = {
    "a message": [("rosa", f"we use {SECRET}", "$s")],
    "a record": [("rosa", f"#info {SECRET}", "$s")],
    "a record that was undone": [("rosa", f"#info {SECRET}", "$s"), ("rosa", "#undo", "$u")],
    "an edited record": [("rosa", f"#info {SECRET}", "$s"), ("rosa", "#info harmless", "~$s")],
    "an edit": [("rosa", "#info harmless", "$s"), ("rosa", f"#info {SECRET}", "~$s")],
    "a record that another mended": [
        ("rosa", f"#info {SECRET} and tea", "$s"),
        ("op", "#correct /tea/coffee/", "$2"),
        ("op", "#correct /and/or/", "$3"),
    ],
    "a mending that another mended": [
        ("rosa", "#info tea", "$1"),
        ("op", f"#correct /tea/tea and {SECRET}/", "$s"),
        ("rosa", "#correct /tea/coffee/", "$3"),
    ],
    "an edit that another mended": [
        ("rosa", "#info tea", "$s"),
        ("rosa", f"#info tea and {SECRET}", "~$s"),
        ("op", "#correct /tea/coffee/", "$3"),
    ],
    "an action with a date": [
        ("rosa", f"#action rosa to write {SECRET}", "$s"),
        ("op", "#due 1 2027-11-02", "$2"),
    ],
    "an answer": [("rosa", "#question Why?", "$1"), ("op", f"#answer 1 {SECRET}", "$s")],
    "a result": [
        ("op", f"#vote {SECRET}? yes, no", "$s"),
        ("rosa", "yes", "$2"),
        ("op", "#endvote", "$3"),
    ],
    "a note on the queue": [("rosa", f"q+ to ask about {SECRET}", "$s"), ("op", "ack next", "$2")],
    "a topic": [("op", f"#topic {SECRET}", "$s"), ("rosa", "#info harmless", "$2")],
    "a topic that was taken up again": [
        ("op", f"#topic {SECRET}", "$s"),
        ("op", "#topic Cells", "$2"),
        ("op", "#back", "$3"),
        ("op", "#topic 2", "$4"),
        ("op", "#topic 1", "$5"),
    ],
    "a subscription": [("rosa", f"#pingme topic ~ {SECRET}", "$s"), ("op", "#topic all of it", "$2")],
    "a name": [("op", f"#meetingname {SECRET}", "$s")],
}
ITEMS: dict[str, list[Step]] = {
    "an item": [("rosa", f"#agenda add {SECRET}", "$s")],
    "an item that another edited": [
        ("rosa", f"#agenda add {SECRET}", "$s"),
        ("op", "#agenda edit 1 15m", "$2"),
    ],
    "an item that became a topic": [
        ("rosa", f"#agenda add {SECRET}", "$s"),
        ("op", "#next", "$2"),
        ("rosa", "#info harmless", "$3"),
    ],
    "an item that was a topic twice": [
        ("rosa", f"#agenda add {SECRET}", "$s"),
        ("op", "#topic 1", "$2"),
        ("op", "#topic Cells", "$3"),
        ("op", "#back", "$4"),
    ],
    "an item that was called by a part of its title": [
        ("rosa", f"#agenda add Cells and {SECRET}", "$s"),
        ("op", "#topic cells", "$2"),
    ],
    "an item whose topic another corrected": [
        ("rosa", f"#agenda add Cells and {SECRET}", "$s"),
        ("op", "#next", "$2"),
        ("op", "#correct /Cells/Cinder/", "$3"),
    ],
    "a correction of an item's topic": [
        ("rosa", "#agenda add Cells", "$1"),
        ("op", "#topic Cinder", "$2"),
        ("op", "#next!", "$3"),
        ("op", f"#correct /Cells/{SECRET}/", "$s"),
        ("op", "#back", "$4"),
    ],
    "an edit of an item": [
        ("rosa", "#agenda add Cells", "$1"),
        ("op", f"#agenda edit 1 {SECRET}", "$s"),
    ],
}


async def play(on: Stage, steps: list[Step]) -> None:
    for nick, text, name in steps:
        if name.startswith("~"):
            target = name.removeprefix("~")
            line = on.message(nick, text, id=f"{target}-edit", repeated=True)
            await on.hear(Edited(target, (line,)))
        else:
            await on.say(nick, text, id=name)


async def redact(on: Stage, target: str) -> None:
    on.at = on.message("op", "").at
    event = Redacted(Room(ROOM, "irc"), Identity("irc", "op", "op"), target, on.at, id=f"{target}-redacted")
    await on.hear(event)
    await on.desk.finish()


def found_in(folder: Path) -> list[str]:
    files = b"".join(path.read_bytes() for path in folder.iterdir()).lower()
    return [word for word in WORDS if word.encode() in files]


@pytest.mark.parametrize("what", [*RECORDS, *ITEMS])
@pytest.mark.parametrize("closed", [False, True], ids=["in its session", "after it"])
async def test_no_word_is_left(tmp_path: Path, what: str, *, closed: bool) -> None:
    async with stage(*PLUGINS, database=str(tmp_path / "journal.db")) as on:
        await on.say("op", "#startmeeting Day 1", id="$0")
        await play(on, (RECORDS | ITEMS)[what])
        if closed:
            await on.say("op", "#endmeeting", id="$e")
            await on.say("op", "#startmeeting Day 2", id="$n")
            await on.say("op", "#agenda", id="$a")
        assert found_in(tmp_path) == list(WORDS)
        await redact(on, "$s")
        assert found_in(tmp_path) == []
        kept = [repr(session) for session in on.desk.state.sessions()]
        kept += [repr(on.desk.state.stream(name)) for name in ("track/nova", "gathering")]
        assert [word for word in WORDS if word in " ".join(kept).lower()] == []


@pytest.mark.parametrize("line", [f"- {SECRET}", f"* the tea {SECRET}"])
async def test_a_message_of_matrix_adds_no_words_to_the_record_of_another(tmp_path: Path, line: str) -> None:
    async with stage(*PLUGINS, database=str(tmp_path / "journal.db")) as on:
        await on.say("op", "#startmeeting Day 1", id="$0")
        at = on.message("rosa", "").at
        rosa = Identity("irc", "Rosa", "@rosa:tide.example", "@rosa:tide.example")
        room = Room(ROOM, "irc", casemapping=UNFOLDED)
        for name, text in (("$1", "#info the tea is full"), ("$s", line)):
            await on.hear(Message(room, rosa, text, at, id=name))
        await redact(on, "$s")
        assert found_in(tmp_path) == []


async def test_an_item_stays_without_the_title_that_an_edit_gave_it(tmp_path: Path) -> None:
    async with stage(*PLUGINS, database=str(tmp_path / "journal.db")) as on:
        await on.say("op", "#startmeeting Day 1", id="$0")
        await play(on, ITEMS["an edit of an item"])
        await on.say("op", "#endmeeting", id="$e")
        await redact(on, "$s")
        shown = await on.say("op", "#agenda")
        assert [line for line in shown if REMOVED_TITLE in line] != []


async def test_topics_without_their_titles_stay_apart(tmp_path: Path) -> None:
    steps = [
        ("rosa", f"#agenda add Cells {SECRET}", "$1"),
        ("rosa", f"#agenda add Cinder {SECRET}", "$2"),
        ("op", "#next", "$3"),
        ("rosa", "#info the first", "$4"),
        ("op", "#next!", "$5"),
        ("rosa", "#info the second", "$6"),
        ("op", "#topic 1", "$7"),
        ("rosa", "#info the first again", "$8"),
    ]
    async with stage(*PLUGINS, database=str(tmp_path / "journal.db")) as on:
        await on.say("op", "#startmeeting Day 1", id="$0")
        await play(on, steps)
        for target in ("$1", "$2"):
            await redact(on, target)
        assert found_in(tmp_path) == []
        (session,) = on.desk.state.sessions()
        assert [(topic.id, topic.title) for topic in session.topics] == [
            ("$3", REMOVED_TITLE),
            ("$5", REMOVED_TITLE),
        ]
        assert [record.topic for record in session.records] == ["$3", "$5", "$3"]


async def test_a_title_stays_that_the_chair_typed(tmp_path: Path) -> None:
    async with stage(*PLUGINS, database=str(tmp_path / "journal.db")) as on:
        await on.say("op", "#startmeeting Day 1", id="$0")
        await play(on, [("rosa", f"#agenda add {SECRET}", "$s"), ("op", f"#topic {SECRET}", "$2")])
        await redact(on, "$s")
        (session,) = on.desk.state.sessions()
        assert [topic.title for topic in session.topics] == [SECRET]
        await redact(on, "$2")
        assert found_in(tmp_path) == []


async def test_a_corrected_topic_has_its_title_back_after_the_redaction(tmp_path: Path) -> None:
    async with stage(*PLUGINS, database=str(tmp_path / "journal.db")) as on:
        await on.say("op", "#startmeeting Day 1", id="$0")
        await play(on, ITEMS["a correction of an item's topic"])
        await on.say("op", "#topic 2", id="$5")
        await redact(on, "$s")
        (session,) = on.desk.state.sessions()
        assert [topic.title for topic in session.topics] == ["Cinder", "Cells"]
