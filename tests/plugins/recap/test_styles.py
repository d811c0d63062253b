"""The two styles: the same records kind by kind, or as they were said."""

import re

from msgspec.structs import replace

from bot.core.recap.blocks import Paragraph, TopicPosition
from plugins.recap.layout.sheet import recap
from plugins.recap.renderings import parts, render
from plugins.recap.settings import RecapTrack
from tests.plugins.recap.nova import NOVA, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

SAID = (
    "#topic Cells",
    "#info Cells are slow",
    "#problem They wait for each other",
    "#info They stay slow",
    "#agreed They time out",
    "#info After two seconds",
    "#problem Nobody measures it",
    "#link https://docs.example.org/cells Cells",
    "#action amaru to measure it",
    "#summary Cells time out.",
)
AS_SAID = (
    "Cells time out. | Problem: They wait for each other | Notes: | * Cells are slow\n* They stay slow | "
    "AGREED: They time out (nova-2027-10-d4) | Notes: | * After two seconds | Problem: Nobody measures it | "
    "ACTION: amaru to measure it | See also: Cells [1]"
)
BY_KIND = (
    "Cells time out. | Problem: They wait for each other | Problem: Nobody measures it | Notes from the discussion: | "
    "* Cells are slow\n* They stay slow\n* After two seconds | AGREED: They time out (nova-2027-10-d4) | "
    "ACTION: amaru to measure it | See also: Cells [1]"
)


def section_of(stage: Rehearsal) -> str:
    text = render(stage.sources("nova", list(stage.archive.values())))
    return " | ".join(re.split(r"\n\n+", text.split("=\n\n")[1])[:-1])


def told(style: str, track_style: str = "") -> str:
    mine = replace(NOVA, models={RecapTrack: RecapTrack.model_validate({"style": track_style})})
    stage = rehearsal(mine, style=style)
    session(stage, *SAID)
    return section_of(stage)


def test_by_topic_everything_stands_as_it_was_said() -> None:
    assert told("by-topic") == AS_SAID


def test_by_team_it_stands_kind_by_kind() -> None:
    assert told("by-team") == BY_KIND


def test_a_track_may_have_a_style_of_its_own() -> None:
    assert (told("by-team", "by-topic"), told("by-topic", "by-team")) == (AS_SAID, BY_KIND)


def test_a_summary_said_within_a_subtopic_is_that_of_the_topic() -> None:
    stage = rehearsal(style="by-topic")
    session(stage, "#topic Cells", "#info a", "#subtopic Quotas", "#info b", "#summary Cells stay.")
    assert section_of(stage) == "Cells stay. | Notes: | * a | ### Quotas | Notes: | * b"


def test_what_a_plugin_says_about_a_record_follows_it() -> None:
    stage = rehearsal(style="by-topic")
    session(stage, "#topic Cells", "#agreed a", "#agreed b", "#info c")
    (part,) = parts(stage.sources("nova", list(stage.archive.values())))
    here = TopicPosition(1)
    given = [Paragraph(text="why a", place=here, order=125, record=1), Paragraph(text="so much", place=here)]
    body = recap(part, given).body
    places = [body.index(text) for text in ("AGREED: a", "why a", "AGREED: b", "* c", "so much")]
    assert places == sorted(places)
