import re
from types import ModuleType

from bot.config import loads
from bot.config.plugin_choice import Choice
from bot.core.plugin.declarations import Plugin
from plugins import sessions
from tests.house.sources import ROOT
from tests.play import Stage

PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")


def block(language: str, number: int = 0) -> str:
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return found[number]


def parking() -> Plugin:
    module = ModuleType("gatherbot_parking")
    exec(compile(block("python"), "docs/plugins.md", "exec"), module.__dict__)
    plugin = module.plugin
    assert isinstance(plugin, Plugin)
    return plugin


def test_the_plugin_of_the_page_does_what_the_page_shows() -> None:
    stage = Stage([sessions.plugin, parking()])
    expected: list[str] = []
    said: list[str] = []
    for line in block("text").splitlines():
        spoken = re.fullmatch(r"[\d:]+ <(\w+)> (.*)", line)
        expected.append(line)
        if spoken is not None:
            said.append(line)
            answers = stage.say(spoken[1], spoken[2])
            if "#startmeeting" not in line:  # its answer is a matter of another plugin
                said += answers
    assert said == expected


def test_the_plugin_of_the_page_is_configured_as_the_page_shows() -> None:
    own = parking()
    config = loads(block("toml", 1).partition("\n\n")[2], lambda _: Choice([own]), {})
    assert own.table is not None
    assert config.setup.of(own.table[1]).model_dump() == {"most": 3}


def test_what_the_page_says_of_the_report_holds() -> None:
    stage = Stage([sessions.plugin, parking()])
    stage.say("amaru", "#startmeeting Nova day 1")
    for n in range(6):
        stage.say("okoye", f"#park thing {n}")
    assert stage.register.missing(stage.state, stage.session) == ["a home for 6 parked questions"]
