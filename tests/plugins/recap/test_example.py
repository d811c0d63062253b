from plugins.recap.renderings import parts, render
from tests.play import Stage
from tests.plugins.recap.scene import EXAMPLES, PLUGINS, example_setup, play
from tests.rubric import QUESTIONS, check


def tidepool() -> Stage:
    stage = Stage(PLUGINS, example_setup())
    play(stage, (EXAMPLES / "tidepool-2027-10-day1.irc.txt").read_text("utf-8"))
    return stage


def test_the_example_becomes_its_recap_to_the_letter() -> None:
    wanted = (EXAMPLES / "tidepool-2027-10-day1.recap.txt").read_text("utf-8")
    assert render(tidepool().sources("tidepool")) == wanted


def test_the_example_passes_all_questions() -> None:
    given = tidepool().sources("tidepool")
    assert sorted(QUESTIONS) == list(range(1, 34))
    assert check(render(given), parts(given)[0]) == []
