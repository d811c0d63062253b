"""What the recap says of a day's later sessions, of later days, and of the next part."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.core.state.carried_over import outlasting
from bot.core.state.setup import Setup, Slot, Team, Track
from plugins.recap.renderings import render
from tests.plugins.recap.nova import rehearsal, session
from tests.plugins.recap.scene import Rehearsal


def text_of(stage: Rehearsal) -> str:
    return render(stage.sources("nova", list(stage.archive.values())))


def test_records_before_the_first_topic_of_a_later_session_stand_under_its_name() -> None:
    stage = rehearsal()
    session(stage, "#info Early", "#topic Cells", "#info Cells stay", name="Morning")
    stage.later(hours=2)
    session(
        stage,
        "#info Late",
        "#cta Come",
        "#link https://x.example/deck Deck",
        "#topic CI",
        "#info CI is slow",
        "#topic Cells",
        "#info Cells again",
        name="Afternoon",
    )
    text = text_of(stage)
    headings = (
        "Opening\n===",
        "Topic 1: Cells\n=========",
        "Afternoon\n===",
        "Topic 2: CI\n=========",
        "How to take part\n===",
    )
    places = [text.index(f"\n{heading}") for heading in headings]
    assert places == sorted(places)
    assert (
        "\n\n\nAfternoon\n=========\n\nNotes from the discussion:\n\n* Late\n\nHELP WANTED: Come\n\n"
        "See also: Deck [1]\n\n\nTopic 2: CI\n"
    ) in text
    assert 'Help is wanted under "Afternoon", see above.' in text
    assert "* Cells stay\n* Cells again\n" in text


def test_a_later_session_without_name_is_known_by_its_start() -> None:
    stage = rehearsal()
    session(stage, "#topic Cells", "#info Cells stay")
    stage.later(hours=2)
    stage.say("amaru", "#startmeeting")
    stage.say("amaru", "#info Late")
    stage.say("amaru", "#endmeeting")
    at = f"{stage.at:%H:%M}"
    name = next(iter(reversed(stage.archive.values()))).name
    heading = name or f"Session at {at} UTC"
    assert f"\n\n\n{heading}\n{'=' * len(heading)}\n\nNotes from the discussion:\n\n* Late\n" in text_of(
        stage
    )


def day_two(first: Sequence[str], then: Sequence[str]) -> str:
    """The recap of day 2; the lines in `then` are about what day 1 left in the state."""
    stage = rehearsal()
    session(stage, "#topic A", *first)
    stage.passes(hours=24)
    for line in ("#startmeeting Day", "#topic B", "#info B", *then, "#endmeeting"):
        stage.loads(next(iter(stage.archive)))
        stage.say("amaru", line)
    one, two = stage.archive.values()
    kept = tuple(outlasting((), [one], {"action"}))
    others = ((one.id, one.started, one.ended),)
    return render(replace(stage.sources("nova", [two]), carried_over=kept, others=others), "2")


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        (["#action @okoye to write"], [], "The action of day 1 is open."),
        (["#action @okoye to write", "#action find a room"], [], "Both actions of day 1 are open."),
        (["#action @okoye to a", "#action @okoye to b"], ["#did 1"], "1 of the 2 actions of day 1 is open."),
        (
            ["#action @okoye to a", "#action @okoye to b", "#action @okoye to c"],
            ["#did 1"],
            "2 of the 3 actions of day 1 are open.",
        ),
    ],
)
def test_day_two_counts_the_actions_of_day_one(first: list[str], then: list[str], said: str) -> None:
    text = day_two(first, then)
    assert f"\n\n\nAction items from before\n========================\n\n{said}\n" in text
    assert "Open from" not in text
    assert ("\n\nDone since\n  * okoye: a\n" in text) == bool(then)


def test_day_two_is_silent_when_nothing_of_day_one_is_open() -> None:
    assert "from before" not in day_two(["#action @okoye to write", "#did 1"], [])


def test_what_was_put_off_to_the_next_part_is_named_there() -> None:
    starts = datetime(2027, 10, 20, 13, tzinfo=UTC)
    slot = Slot("Wed", "nova", "", starts, starts + timedelta(hours=2), agenda=("Release schedule", "CI"))
    stage = rehearsal(slots=(slot,))
    stage.say("amaru", "#startmeeting Day")
    for title in ("Cells", "ci", "Docs", "Someday"):
        stage.say("amaru", f"agenda+ {title}")
    stage.say("amaru", "#next")
    stage.say("amaru", "#info Cells stay")
    stage.say("amaru", "#defer 3 Wednesday")
    stage.say("amaru", "#defer 4")
    stage.say("amaru", "#endmeeting")
    text = " ".join(text_of(stage).split())
    assert (
        "Part 2 will cover day 2, Wednesday 20 October (Release schedule, CI, Docs), and will follow" in text
    )


def test_parallel_sessions_have_one_order_everywhere() -> None:
    rooms = ("irc/#alpha", "irc/#bravo", "irc/#gamma")
    teams = (Team("Docs", meeting="Mondays"), Team("CI", meeting="Tuesdays"))
    track = Track(slug="nova", name="Nova", venues=tuple((room,) for room in rooms), teams=teams)
    stage = Rehearsal(Setup(tracks=(track,)))
    said = (
        ("#alpha", "#startmeeting One"),
        ("#bravo", "#startmeeting Two"),
        ("#gamma", "#startmeeting Three"),
        ("#gamma", "#cta Before all topics"),
        ("#alpha", "#topic Alpha"),
        ("#bravo", "#topic Bravo"),
        ("#bravo", "#cta For Bravo"),
        ("#alpha", "#cta For Alpha"),
        ("#bravo", "#team CI"),
        ("#bravo", "#cta For CI"),
        ("#alpha", "#topic Charlie"),
        ("#alpha", "#cta For Charlie"),
        ("#alpha", "#team Docs"),
        ("#alpha", "#cta For Docs"),
        ("#gamma", "#topic Delta"),
        ("#gamma", "#cta For Delta"),
    )
    for room, text in said:
        stage.later(seconds=10)
        stage.say("amaru", text, f"irc/{room}")
    for room in rooms:
        stage.say("amaru", "#endmeeting", room)
    text = " ".join(text_of(stage).split())
    assert "1. Alpha 2. Bravo: CI 3. Charlie: Docs 4. Delta" in text
    assert (
        'Help is wanted by the CI and Docs teams and under "Three", "Alpha", "Bravo", "Charlie" and "Delta", see above. '
        "The CI team meets: Tuesdays. The Docs team meets: Mondays."
    ) in text
