"""What chairs and maintainers add to a recap after the end of its sessions."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.events import Redacted, Room
from bot.core.recap.export import as_json
from bot.core.recap.part import Part, part_of
from bot.core.recap.part_plan import Planned
from plugins.recap.lifecycle.placement import Place, place_in
from tests.plugins.recap.nova import DAYS, NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

HERS = replace(NOVA, maintainers=TWO)
SAID = (
    "#topic Cells",
    "#info Cells stay",
    "#topic Cells in the field",
    "#team Agent",
    "#info They work",
    "#team -",
    "#topic Review backlog",
)


def made(*said: str) -> Rehearsal:
    """A recap whose sessions have left memory; okoye maintains the track, amaru was the chair."""
    stage = rehearsal(HERS)
    stage.accounts["okoye"] = "okoye"
    session(stage, *(said or SAID))
    stage.passes(minutes=5)
    return stage


def says(stage: Rehearsal, who: str, text: str, **message: object) -> list[str]:
    """What the bot says when the sessions that a line needs were loaded, as the desk does it."""
    stage.loads_all()
    return stage.say(who, text, **message)  # type: ignore[arg-type]


def body(stage: Rehearsal) -> str:
    stage.passes(minutes=30)
    return stage.letters[-1].body


def test_a_summary_stands_first_in_its_topic_in_several_paragraphs() -> None:
    stage = made()
    says(stage, "okoye", "#recap summary 1 Cells are small.\\nTwo reasons:", lines=("", "- cheap"))
    assert (
        "Topic 1: Cells\n==============\n\nCells are small.\n\nTwo reasons:\n\n* cheap (#3)\n\nNotes"
        in body(stage)
    )


def test_every_line_is_a_record_of_its_own() -> None:
    stage = made()
    says(stage, "amaru", "#recap action Review backlog: @lin to ask\\n@okoye to answer")
    found = body(stage)
    assert "ACTION: @lin to ask (#3)\n\nACTION: @okoye to answer (#4)\n" in found


def test_the_json_says_who_added_it_and_when() -> None:
    stage = made()
    says(stage, "okoye", "#recap note 2/agent Nobody knows why", private=True)
    (held,) = stage.state.sessions()
    told = as_json(stage.state.setup, [held], {}, keys=stage.register)["sessions"][0]["records"]
    assert [record.get("added") for record in told] == [
        None,
        None,
        {"by": "okoye", "at": "2027-10-19T13:13:00Z"},
    ]
    assert (told[2]["topic"], told[2]["team"], told[2]["by"]) == (2, "Agent", "okoye")


def test_an_empty_part_or_one_without_topics_needs_no_place() -> None:
    stage = made("#info One")
    assert says(stage, "okoye", "#recap note 3 machines burn")[0].startswith(
        "> #2 info is before the first topic; "
    )
    assert "* 3 machines burn (#2)\n" in body(stage)


def test_the_part_is_asked_for_where_several_wait() -> None:
    stage = made()
    stage.passes(days=1, hours=-1)
    session(stage, "#topic Second day", "#info Two")
    stage.passes(minutes=5)
    assert says(stage, "okoye", "#recap note 1 Late") == [
        "> part 1 and part 2 are waiting; say which by its number, before the word: #recap 1 note ..."
    ]
    assert says(stage, "okoye", "#recap 2 note 1 Late")[0].startswith(
        '> #4 info is under topic 1 "Second day"; '
    )
    assert says(stage, "okoye", "#recap 3 note 1 Late") == [
        "> no part 3 is waiting; #recap shows where it stands"
    ]


def test_a_link_after_sending_is_proposed_and_follows_as_one_reply() -> None:
    stage = made()
    says(stage, "okoye", "#recap send!")
    says(stage, "okoye", "#recap link https://video.example.org/1 Recording")
    says(stage, "okoye", "#recap decision 1 no such word")
    says(stage, "amaru", "#recap agreed 1 We keep them")
    says(stage, "okoye", "#recap approve")
    says(stage, "okoye", "#recap approve")
    reply = stage.letters[-1]
    assert (reply.to, reply.references) == ((NOVA.list,), (stage.letters[2].id,))
    assert (
        "Added:\n\n* Agreed #3 in topic 1: We keep them\n\n"
        "Links that were added in front:\n\n* Recording: https://video.example.org/1\n\n" in reply.body
    )


def test_what_a_chair_adds_in_front_is_shown_before_it_is_sent() -> None:
    stage = made()
    says(stage, "amaru", "#recap intro The project is dissolved.", private=True)
    said = says(stage, "okoye", "#recap send!")
    assert said[-1].startswith(
        ">[irc/#nova] not sent yet, because somebody else changed it since the newest draft; "
    )
    assert stage.letters[-1].to == (TWO[1].mail,)


def test_power_in_a_private_room_counts_nothing() -> None:
    stage = made()
    stage.ops.add("tom")
    assert says(stage, "tom", "#recap note 1 Mine", private=True) == [
        "> only amaru, a maintainer or a moderator can change this recap"
    ]
    assert says(stage, "tom", "#recap approve", private=True)[0].startswith(
        "> only a maintainer or a moderator can"
    )


def test_in_private_nobody_redacts_what_others_added() -> None:
    stage = made()
    says(stage, "okoye", "#recap note 1 Mine", private=True)
    (held,) = stage.state.sessions()
    message = held.records[-1].cause
    for who, left in (("tom", 3), ("okoye", 2)):
        stage.event(Redacted(Room(f"irc/{who}", "irc", private=True), stage.who(who), message, stage.at))
        (held,) = stage.state.sessions()
        assert len(held.records) == left


def part() -> Part:
    stage = made()
    sessions = [stage.archive[name] for name in stage.archive]
    plan = Planned("2027-10-19", "day", DAYS[:1], 1, 2)
    return part_of(stage.state.setup, HERS, plan, sessions, stage.register.kinds, now=stage.at)


PART = part()
WORDS = (
    "cells",
    "Cells",
    "in",
    "the",
    "field",
    "review",
    "backlog",
    "agent",
    "2",
    "1/agent",
    ":",
    '"cells"',
    "-",
    "this",
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join))
def test_a_place_is_what_stands_at_the_beginning_or_it_is_asked_for(text: str) -> None:
    found = place_in(PART, text)
    if isinstance(found, str):
        return
    place, rest = found
    said = text.removesuffix(rest).strip(' :"').casefold()
    assert isinstance(place, Place)
    assert text.endswith(rest)
    names = [topic.title.casefold() for topic in PART.topics]
    fitting = [
        name for name in names if all(any(w.startswith(s) for w in name.split()) for s in said.split())
    ]
    if said in {"-", ""}:
        assert place.n == 0
    elif said[0].isdigit():
        assert place.n == int(said[0])
    elif said == "agent":
        assert (place.n, place.team) == (2, "Agent")
    else:
        assert [place.title.casefold()] == ([said] if said in names else fitting)


def test_a_link_goes_to_the_topic_that_stands_before_a_colon_else_to_the_front() -> None:
    stage = made()
    (said,) = says(stage, "amaru", "#recap link Backlog: https://review.example.org/1 The first")
    assert said.partition(";")[0] == '> #3 link is under topic 3 "Review backlog"'
    (said,) = says(stage, "amaru", "#recap link Recording: https://video.example.org/1")
    assert said.partition(";")[0] == "> that link is in front of the recap, part 1 of 2, now"
