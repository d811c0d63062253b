"""What a recap looks like beside the example: other forms, other records, other people's blocks and templates."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.events import BackInRoom, Room
from bot.core.plugin.declarations import Plugin
from bot.core.recap.blocks import (
    Bullets,
    EditorMark,
    Groups,
    Labeled,
    Link,
    Paragraph,
    Section,
    SeeAlso,
    TopicPosition,
)
from bot.core.state.setup import Gathering, Setup, Team, Track
from plugins.recap.layout.sheet import Recap, recap
from plugins.recap.renderings import parts, render
from plugins.recap.settings import RecapSettings, RecapTrack
from tests.plugins.recap.scene import PLUGINS, Rehearsal
from tests.rubric import check

BARE = Setup(tracks=(Track(slug="nova", name="#nova", venues=(("irc/#nova",),)),))


def played(*said: str, setup: Setup = BARE, chosen: list[Plugin] | None = None) -> Rehearsal:
    stage = Rehearsal(setup, chosen)
    for line in ("#startmeeting Nova weekly", *said):
        nick, _, text = line.rpartition("> ")
        stage.say(nick.removeprefix("<") or "amaru", text)
    stage.say("amaru", "#endmeeting")
    return stage


def text_of(stage: Rehearsal, form: str = "mail", *, approved: bool = False) -> str:
    given = stage.sources("nova", list(stage.archive.values()))
    if form == "mail" and not approved:
        assert [n for n in check(render(given), parts(given)[0]) if n != 12] == []
    return render(given, None, form, approved=approved)  # type: ignore[arg-type]


def test_a_bare_log_reads_well() -> None:
    stage = played(
        "#info before any topic",
        "#link https://etherpad.example.org/p/x",
        "#cta Please help here",
        "#topic Bugs",
        "#subtopic Old ones",
        "#info an old bug",
        "#agreed close them",
        "#team Cells",
        "#done all done",
        "#subtopic Deep",
        "#action somebody should do it",
        "#topic Nothing here",
    )
    assert text_of(stage) == (
        """\
Subject: DRAFT: #nova: Nova weekly

[DRAFT of 2027-10-19 13:00 UTC, made from what was recorded in #nova;
nobody has reviewed it yet. If something is wrong or missing, please say
so. There is 1 EDITOR mark.]

Hello everyone,

The #nova community met on Tuesday 19 October 2027. This mail covers:

  1. Bugs: Cells
  2. Nothing here (no notes)

One person took part. The day led to 1 decision, 1 action item and 1
call for help. Full notes: etherpad x [1].
[EDITOR: No link to a recording was recorded.]

Decisions made in the session are open for comments: if you disagree, or
want to add something, please say so in #nova, and name the decision
(for example nova-d5), by Tuesday 2 November.


Opening
=======

Notes from the discussion:

* before any topic

HELP WANTED: Please help here


Topic 1: Bugs
=============

### Old ones

Notes from the discussion:

* an old bug

AGREED: close them (nova-d5)


Cells
-----

Completed:

* all done


### Deep

ACTION (no owner yet): somebody should do it


Action items by owner
=====================

No owner yet
  * somebody should do it


How to take part
================

Help is wanted under "Opening", see above. Everybody is welcome: come to
#nova.

This concludes the session of Tuesday 19 October.

Thank you to all who took part: amaru. The session was moderated by
amaru.


[1] https://etherpad.example.org/p/x
"""
    )


def test_without_any_topic_and_without_decisions() -> None:
    text = text_of(played("#info only this", "<jbell> hello"))
    assert "\n\n\nWhat was recorded\n=================\n\nNotes from the discussion:\n\n* only this\n" in text
    assert (
        "met on Tuesday 19 October 2027.\n\nTwo people took part.\n[EDITOR: No link to an etherpad was recorded.]\n"
        "[EDITOR: No link to a recording was recorded.]\n\nIf you disagree with something, or want to add something, "
        "please say so\nin #nova by Tuesday 2 November.\n"
    ) in text


def test_nothing_at_all() -> None:
    text = text_of(played())
    assert "Action items" not in text
    assert text.count("=\n") == 1
    assert "\nOne person took part.\n[EDITOR" in text


def test_one_of_each_and_many() -> None:
    once = text_of(played("#agreed a", "#action amaru to b", "#cta c"))
    assert " led to 1 decision, 1 action item and 1 call for help." in " ".join(once.split())
    twice = text_of(played("#agreed a", "#rejected b", "#cta c", "#cta d"))
    assert " led to 2 decisions and 2 calls for help." in " ".join(twice.split())
    assert "ACTION" not in twice


def test_a_time_in_which_the_bot_did_not_hear_is_a_mark() -> None:
    stage = Rehearsal(BARE)
    stage.say("amaru", "#startmeeting Nova weekly")
    since = stage.at
    stage.later(minutes=20)
    stage.event(BackInRoom(Room("irc/#nova", "irc"), stage.at, since))
    stage.say("amaru", "#info after")
    stage.say("amaru", "#endmeeting")
    text = text_of(stage)
    assert "There are 3 EDITOR marks.]" in " ".join(text.split())
    assert (
        "[EDITOR: The bot did not hear #nova from 13:00 to 13:20 UTC; add here\nwhat was recorded then.]\n"
    ) in text


def test_a_gap_of_seconds_is_no_mark() -> None:
    stage = Rehearsal(BARE)
    stage.say("amaru", "#startmeeting Nova weekly")
    since = stage.at
    stage.later(seconds=59)
    stage.event(BackInRoom(Room("irc/#nova", "irc"), stage.at, since))
    stage.say("amaru", "#info after")
    stage.say("amaru", "#endmeeting")
    assert "did not hear" not in text_of(stage)


def test_of_linked_rooms_the_mark_tells_which_one_was_heard() -> None:
    linked = Track(slug="nova", name="#nova", venues=(("irc/#nova", "matrix/#nova:hs"),))
    stage = Rehearsal(Setup(tracks=(linked,)))
    stage.say("amaru", "#startmeeting Nova weekly")
    since = stage.at
    stage.later(minutes=20)
    stage.say("amaru", "#info meanwhile", "matrix/#nova:hs")
    stage.event(BackInRoom(Room("irc/#nova", "irc"), stage.at, since))
    stage.say("amaru", "#endmeeting")
    assert (
        "[EDITOR: The bot did not hear #nova from 13:00 to 13:20 UTC (but it did\nhear #nova:hs); add here what was "
        "recorded then.]\n"
    ) in text_of(stage)


def test_the_tracks_own_pages_stand_in_for_recorded_links() -> None:
    mine = RecapTrack(etherpad="https://pad.example.org/nova", recordings="https://video.example.org/nova")
    track = replace(BARE.tracks[0], models={RecapTrack: mine})
    text = text_of(played("#info a", setup=replace(BARE, tracks=(track,))))
    assert "Full notes: etherpad [1]. Recordings [2].\n" in text
    assert "EDITOR" not in text


def test_a_link_under_a_topic_counts_as_notes_and_is_numbered_once() -> None:
    text = text_of(
        played(
            "#link https://x.example/report Report",
            "#topic A",
            "#link https://etherpad.example.org/p/a Pad of the day",
            "#link https://x.example/report Report again",
        )
    )
    assert "Full notes: Pad of the day [1]. See also: Report [2]. " in " ".join(text.split())
    assert "See also: Pad of the day [1], Report again [2]\n" in text
    assert text.endswith("\n\n\n[1] https://etherpad.example.org/p/a\n[2] https://x.example/report\n")


def test_a_team_is_described_once_by_the_configuration_where_nobody_said_who_it_is() -> None:
    teams = (Team("Agent", about="Agents run.", meeting="Mondays"), Team("API", about="Never said."))
    track = replace(BARE.tracks[0], teams=teams, list="nova@lists.example.org")
    setup = replace(BARE, tracks=(track,))
    text = text_of(
        played(
            "#topic A",
            "#team agent",
            "#cta come",
            "#team api",
            "#about We do APIs.",
            "#topic B",
            "#team Agent",
            "#info x",
            setup=setup,
        )
    )
    assert text.count("Agents run.") == 1
    assert "Agent\n-----\n\nAgents run.\n\nHELP WANTED: come\n" in text
    assert "API\n---\n\nWe do APIs.\n" in text
    assert "Never said." not in text
    assert (
        "Help is wanted by the Agent team, see above. The Agent team meets:\nMondays. Everybody is welcome: write to "
        "this mailing list.\n"
    ) in text


def test_two_sessions_of_a_day_are_one_recap() -> None:
    gathering = Gathering("g", "October 2027 PTG", "", date(2027, 10, 18), date(2027, 10, 22))
    track = replace(BARE.tracks[0], name="Nova", days=(date(2027, 10, 19),))
    stage = played(
        "#topic A", "#agreed a", "#regrets tomek", setup=Setup(gathering=gathering, tracks=(track,))
    )
    stage.later(hours=2)
    for line in ("#startmeeting Second", "#topic B", "#info b", "#topic a", "#agreed again", "#endmeeting"):
        stage.say("amaru", line)
    text = text_of(stage)
    assert "Subject: DRAFT: Nova at the October 2027 PTG\n" in text
    assert "The Nova community met at the October 2027 PTG. This mail covers Tuesday\n19 October:\n" in text
    assert (
        "Topic 1: A\n==========\n\nAGREED: a (nova-g-d1)\n\nAGREED: again (nova-g-d3)\n\n\nTopic 2: B\n==========\n"
        in text
    )
    assert "Decisions made at the October 2027 PTG are open" in text
    assert "The sessions were moderated by amaru. Regrets came from tomek." in " ".join(text.split())


def test_markdown_for_a_website() -> None:
    text = text_of(
        played(
            "#topic _Bugs_ & <b>",
            "#info *all* of https://x.example/a_b_c, 1. two",
            "#link https://y.example/ [Y]",
        ),
        "markdown",
    )
    assert text.startswith(
        '---\ntemplateKey: blog-post\ntitle: "DRAFT: #nova: Nova weekly"\nauthor: "amaru"\n'
        'date: 2027-10-19T13:00:00.000Z\ncategory:\n  - label: Recaps\nproject: "#nova"\n---\n\n[DRAFT of'
    )
    assert (
        "\n\n## Topic 1: \\_Bugs\\_ & \\<b>\n\nNotes from the discussion:\n\n"
        "* \\*all\\* of <https://x.example/a_b_c>, 1. two\n\n**See also:** [[Y]](<https://y.example/>)\n\n"
    ) in text


def test_approved_it_has_no_mark_of_a_draft() -> None:
    text = text_of(played("#info a"), approved=True)
    assert text.startswith("Subject: #nova: Nova weekly\n\nHello everyone,\n")


def given_blocks() -> list[Plugin]:
    stranger = Plugin("stranger")
    topic = TopicPosition(1, "Agent")
    stranger.recap.blocks(
        lambda _: [
            Paragraph(slot=Section.HEAD, text="In the head."),
            Paragraph(slot=Section.FRONT, text="In front."),
            EditorMark(slot=Section.FRONT, text="no figure was said."),
            Labeled(place=topic, label="SLIDES:", text="in the team", order=1),
            Bullets(place=TopicPosition(2), heading="", items=("alone under its topic",)),
            SeeAlso(place=topic, label="Slides:", links=(Link("Deck", "https://x.example/deck"),), order=200),
            Paragraph(slot=Section.AFTER, text="Not reached: a, b and c", order=10),
            Groups(slot=Section.AFTER, heading="Empty", groups=(), order=20),
            Paragraph(slot=Section.CLOSE, text="At the close.", order=1),
            Paragraph(slot=Section.NOTES, text="At the end."),
        ]
    )
    return [*PLUGINS, stranger]


def test_blocks_of_plugins_stand_in_their_slots_and_order() -> None:
    stage = played("#topic A", "#team Agent", "#info a", "#topic B", chosen=given_blocks())
    text = render(stage.sources("nova", list(stage.archive.values())))
    assert "marks.]\n\nIn the head.\n\nHello everyone,\n" in text
    assert "\n[EDITOR: No figure was said.]\n\nIn front.\n\nIf you disagree" in text
    assert (
        "Agent\n-----\n\nSLIDES: in the team\n\nNotes from the discussion:\n\n* a\n\nSlides: Deck [1]\n\n\n"
        "Topic 2: B\n==========\n\n* alone under its topic\n\n\nNot reached: a, b and c\n\n\nHow to take part\n"
    ) in text
    assert "Empty" not in text
    assert "This concludes the session of Tuesday 19 October.\n\nAt the close.\n\nThank you" in text
    assert "At the end.\n\n\n[1] https://x.example/deck\n" in text


def test_an_organizers_template_takes_the_place_of_a_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "close.j2").write_text(
        "{% filter paragraph %}Bye from {{ track.name }}: {{ part.roll.present | length }}{% endfilter %}"
    )
    setup = replace(BARE, models={RecapSettings: RecapSettings(templates=str(tmp_path))})
    text = render((stage := played("#info a", setup=setup)).sources("nova", list(stage.archive.values())))
    assert text.endswith("* a\n\nBye from #nova: 1\n")


@pytest.mark.parametrize("text", ["{{ ''.__class__.__mro__ }}", "{{ part.track.models.clear() }}"])
def test_an_organizers_template_runs_in_a_sandbox(tmp_path: Path, text: str) -> None:
    (tmp_path / "close.j2").write_text(text)
    setup = replace(BARE, models={RecapSettings: RecapSettings(templates=str(tmp_path))})
    stage = played("#info a", setup=setup)
    sources = stage.sources("nova", list(stage.archive.values()))
    (part,) = parts(sources)
    written = recap(part, ())
    assert [(fault.file, "unsafe" in fault.why) for fault in written.faults] == [("close.j2", True)]
    bare = replace(part, setup=replace(setup, models={}))
    assert (written.body, recap(bare, ()).faults) == (recap(bare, ()).body, ())


def test_there_is_no_such_part() -> None:
    given = (stage := played("#info a")).sources("nova", list(stage.archive.values()))
    with pytest.raises(LookupError, match="nova has no part 7"):
        render(given, "7")
    with pytest.raises(LookupError, match="no session was recorded"):
        render(replace(given, sessions=()))
    assert render(given, "2027-10-19") == render(given)


def test_a_configured_kind_without_a_heading_and_one_whose_plugin_is_gone_are_there() -> None:
    stage = played("#topic A", "#info a")
    given = stage.sources("nova", list(stage.archive.values()))
    assert "Info:\n\n* a\n" in render(replace(given, kinds={}))


def test_a_recap_is_a_value() -> None:
    stage = played("#info a")
    given = stage.sources("nova", list(stage.archive.values()))
    one = recap(parts(given)[0], [], drop_marks=True)
    assert one == Recap(one.subject, one.body, ())
