"""What #commands lists: every command under the role that may use it, in a few lines."""

import re

from bot.bundled import bundled_plugins
from bot.core.state.access import Role
from bot.docs import bundled_register
from plugins.help import cheatsheet, phrases
from tests.play import Stage


def test_every_command_is_listed_once_in_three_lines_of_a_private_message() -> None:
    stage = Stage(bundled_plugins())
    (text,) = stage.say("okoye", "#commands", private=True)
    lines = text.removeprefix("> ").split("\n")
    assert len(lines) == 3
    assert max(map(len, lines)) <= phrases.WIDTH + 20
    words = [word.rstrip(";") for word in text.split() if word[0] in "#+~" and word != "#TRACK"]
    (about,) = re.findall(r"#TRACK (\S+)", text)
    words += [f"#TRACK {word}" for word in about.split("|")]
    assert sorted(words) == sorted([*(one.typed for one in stage.register.commands.values()), "#bothelp"])


def test_a_command_of_each_role_stands_in_its_group() -> None:
    everybody, others = phrases.grouped({role: [f"#{role.name.lower()}"] for role in Role})
    assert everybody == "everybody: #anyone"
    assert others == "chairs: #chair; moderators: #moderator; admins: #admin; #bothelp COMMAND explains one"


def test_the_cheat_sheet_names_only_commands_that_there_are() -> None:
    declared = bundled_register()
    words = set(re.findall(r"(?<!\w)#([a-z]+)", cheatsheet.TEXT))
    assert len(words) > 20
    assert words - set(declared.vocabulary.words) == set()


def test_the_cheat_sheet_can_be_sent_in_ten_messages() -> None:
    assert [line for line in cheatsheet.TEXT.splitlines() if len(line) > 380] == []
    assert len(cheatsheet.TEXT.splitlines()) == 10
