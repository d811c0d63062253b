"""The help page is made of what the commands say of themselves."""

from bot.bundled import bundled_plugins
from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Setup
from plugins.help.page import Explained, explained, subjects
from plugins.help.phrases import signs
from tests.play import Stage, nova
from tests.web.reader import Reader

BUNDLED = register(bundled_plugins(), Setup())


def test_every_command_is_on_the_page_once() -> None:
    found = [
        each.word
        for subject in subjects(BUNDLED.commands.values(), BUNDLED.titles)
        for each in subject.commands
    ]
    assert sorted(found) == sorted(command.word for command in BUNDLED.commands.values())


def test_what_everybody_may_use_comes_before_what_chairs_do() -> None:
    found = list(subjects(BUNDLED.commands.values(), BUNDLED.titles))
    assert [subject.title for subject in found[:4]] == [
        "Records",
        "Actions",
        "Questions and calls",
        "Mending",
    ]
    for subject in found:
        restricted = [bool(each.who) for each in subject.commands]
        assert restricted == sorted(restricted)


def test_a_command_says_how_it_is_typed() -> None:
    assert explained(BUNDLED.commands["undo"]) == Explained(
        "undo",
        BUNDLED.commands["undo"].usage,
        BUNDLED.commands["undo"].says,
        BUNDLED.commands["undo"].example,
        "",
        (),
    )
    html = Reader(Stage(BUNDLED, nova())).get("/help")
    topic = BUNDLED.commands["topic"]
    assert f'<dt><code>{topic.usage}</code> <span class="sign">chairs</span></dt>\n<dd>{topic.says}' in html


def test_what_is_typed_in_the_gatherings_rooms_is_among_the_first() -> None:
    def shown(setup: Setup) -> str:
        return Reader(Stage(BUNDLED, setup)).get("/help")

    with_hall = Setup(gathering=Gathering("now", rooms=("irc/#ptg",)))
    commands = signs(BUNDLED.commands.values())
    assert f"<dt>on the board, in #ptg or in private</dt>\n<dd><code>{commands}</code></dd>" in shown(
        with_hall
    )
    assert "on the board, in" not in shown(Setup())
    assert commands.split()[:6] == [
        "#TRACK",
        "book|clean|color|etherpad|location|next|now|unbook|url",
        "#schedule",
        "#when",
        "+in",
        "+out",
    ]
    assert {"+unsubscribe", "~list"} <= set(commands.split())
