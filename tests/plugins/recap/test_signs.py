"""Where the recap of a track stands, as the board shows it."""

from msgspec.structs import replace

from tests.plugins.recap.nova import NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal
from tests.web.reader import Reader

HERS = replace(NOVA, maintainers=TWO)


def signs(stage: Rehearsal) -> list[str]:
    view = Reader(stage).view()
    (track,) = view.tracks
    return [sign.text for sign in stage.register.board_signs(view, track) if sign.kind == "recap"]


def test_a_draft_waits_until_somebody_approves_it_and_for_a_day_it_is_known_as_sent() -> None:
    stage = rehearsal(HERS)
    stage.ops.add("okoye")
    session(stage, "#info One")
    assert signs(stage) == []
    stage.passes(minutes=11)
    assert signs(stage) == ["recap waits for approval"]
    stage.say("okoye", "#recap hold")
    assert signs(stage) == ["recap held"]
    stage.say("okoye", "#recap send!")
    assert signs(stage) == ["recap sent"]
    stage.later(days=1, minutes=1)
    assert signs(stage) == []


def test_a_correction_waits_for_approval() -> None:
    stage = rehearsal(HERS)
    session(stage, "#info One")
    stage.passes(minutes=5)
    stage.ops.add("okoye")
    stage.say("okoye", "#recap send!")
    stage.loads_all()
    stage.say("amaru", "#edit 1 Changed")
    stage.passes(minutes=6)
    assert signs(stage) == ["correction waits for approval"]
