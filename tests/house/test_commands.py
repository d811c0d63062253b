import re

from bot.core.plugin.declarations import Plugin
from bot.core.plugin.registration import register
from bot.core.state.access import Role
from bot.core.state.setup import Setup
from bot.docs import bundled_register, commands_page, reference_page
from tests.house.sources import ROOT

DECLARED = bundled_register()


def test_the_page_of_commands_is_what_the_plugins_declare() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == commands_page(DECLARED), "make it anew: uv run python -m bot.docs > docs/commands.md"


def test_the_page_of_plugins_and_facts_is_what_they_declare() -> None:
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert page == reference_page(DECLARED), (
        "make it anew: uv run python -m bot.docs reference > docs/reference.md"
    )


def test_a_row_says_who_and_what_else_is_typed() -> None:
    tides = Plugin("tides")
    tides.command(
        "tide", usage="tide+ high|low", says="the tide | its time", example="tide+ high",
        aliases=("water",), bare=("tide+", "t+"), role=Role.CHAIR,
    )(lambda _: [])  # fmt: skip
    page = commands_page(register([tides], Setup()))
    assert page.partition("## ")[2] == (
        "Tides\n\n| command | who | what | also |\n|---|---|---|---|\n"
        "| `tide+ high\\|low` | chair | the tide \\| its time | `#tide` `t+` `#water` |\n"
    )


def test_the_readme_names_no_command_that_there_is_not() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`#([a-z]+)", text))
    vocabulary = DECLARED.vocabulary
    words = {*vocabulary.words, *vocabulary.bare, *vocabulary.synonyms}
    assert named - words == set()


def test_the_readme_s_table_has_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.partition("## What people type")[2].partition("\n## ")[0]
    named = set(re.findall(r"`[#+~]?([a-z]+[-+?]?)[ `]", table))
    forms = DECLARED.vocabulary.bare
    called = {
        word: {word.removeprefix("TRACK "), *(form.lstrip("+~") for form in forms if forms[form] == word)}
        for word in DECLARED.commands
    }
    assert {word for word in called if not named & called[word]} == set()
