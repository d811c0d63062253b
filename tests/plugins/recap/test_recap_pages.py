"""Recaps on the pages: everybody sees where they stand, and the text once the list has it."""

import re

from msgspec.structs import replace

from bot.core.events import Redacted, Room
from bot.core.mail_events import Traced
from tests.plugins.recap.nova import NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal
from tests.web.markup import elements, words
from tests.web.reader import Reader

PATH = "/recaps/nova/2027-10-19"
REVIEWED = replace(NOVA, maintainers=TWO)


def seen(stage: Rehearsal, path: str = PATH) -> str:
    """What people read on a page, with all sessions where the journal would have them."""
    stage.loads_all()
    html = Reader(stage).get(path)
    return words(html.partition('<main id="main">')[2].partition("</main>")[0])


def test_a_draft_that_maintainers_have_is_not_shown() -> None:
    stage = rehearsal(REVIEWED)
    session(stage, "#info Secret <b>", "#link https://youtu.be/recording Recording")
    stage.passes(minutes=5)
    stage.ops.add("chair")
    stage.say("chair", "#recap intro Words of the maintainers")
    stage.say("chair", "#recap link https://notes.example.org/ Unpublished")
    text = seen(stage)
    assert text == (
        "Recap, part 1 of 2 of Nova Nova Tuesday 19 October draft with the maintainers; without their word it goes to the list "
        "Wednesday 20 October, 13:08 UTC Minutes of Tuesday 19 October, 13:00 UTC The text is shown here once it went "
        "to the mailing list. Until then the minutes of the sessions say what was recorded."
    )
    assert seen(stage, "/recaps").startswith("Recaps Nova Recap, part 1 of 2 , Tuesday 19 October draft with")
    minutes = re.findall(r"/sessions/[^\"]+", Reader(stage).get(PATH))[0]
    assert "Secret" in seen(stage, minutes)
    assert "Unpublished" not in seen(stage, minutes)


def test_an_approved_recap_is_shown_as_the_list_has_it() -> None:
    stage = rehearsal(REVIEWED)
    session(
        stage,
        "#topic <i>Cells</i>",
        "#info First <script>alert(1)</script> https://example.org/x",
        "#info Second",
    )
    stage.passes(minutes=5)
    stage.ops.add("chair")
    stage.say("chair", "#recap send!")
    html = Reader(stage).get(PATH)
    article = html.partition('<article class="recap">')[2].partition("</article>")[0]
    assert '<li dir="auto">First &lt;script&gt;alert(1)&lt;/script&gt; ' in article
    assert {tag for tag, _ in elements(article)} <= {
        "p",
        "ul",
        "ol",
        "li",
        "h2",
        "h3",
        "hr",
        "a",
        "strong",
        "br",
    }
    assert "sent went to nova-discuss@lists.example.org, approved, Tuesday 19 October, 13:09 UTC" in seen(
        stage
    )


def test_a_correction_is_shown_when_the_list_has_it_and_redacted_words_never() -> None:
    stage = rehearsal(REVIEWED)
    session(stage, "#info First", "#info Second")
    stage.passes(minutes=5)
    stage.ops.add("chair")
    stage.say("chair", "#recap send!")
    stage.loads(*stage.archive)
    stage.say("amaru", "#edit 1 Changed")
    assert ("First" in seen(stage), "Changed" in seen(stage)) == (True, False)
    record = stage.session.record(2)
    assert record is not None
    stage.event(
        Redacted(Room("irc/#nova", "irc", members=stage.members), stage.who("amaru"), record.cause, stage.at)
    )
    assert "Second" not in seen(stage)
    stage.passes(minutes=10)
    stage.say("chair", "#recap approve")
    stage.say("chair", "#recap approve")
    assert ("First" in seen(stage), "Changed" in seen(stage)) == (False, True)


def test_a_recap_without_maintainers_is_shown_as_the_draft_that_went_to_the_list() -> None:
    stage = rehearsal()
    session(stage, "#info First")
    assert "preview will be made Tuesday 19 October, 13:07 UTC" in seen(stage)
    stage.passes(minutes=6)
    text = seen(stage)
    assert "draft sent went to nova-discuss@lists.example.org, as a draft that nobody reviewed," in text
    assert "First" in text


def test_of_a_recap_that_was_sent_by_hand_the_page_has_the_address() -> None:
    stage = rehearsal(REVIEWED)
    session(stage, "#info First")
    stage.passes(minutes=5)
    stage.ops.add("chair")
    stage.say("chair", "#recap sent https://lists.example.org/1")
    assert seen(stage) == (
        "Recap, part 1 of 2 of Nova Nova Tuesday 19 October sent sent to the list by hand, Tuesday 19 October, 13:07 UTC : on the list "
        "Minutes of Tuesday 19 October, 13:00 UTC "
        "It was sent by hand, so its text is not here; the list has it: https://lists.example.org/1 ."
    )


def test_there_is_no_page_of_a_part_that_nobody_held() -> None:
    stage = rehearsal()
    session(stage, "#info First")
    assert [
        Reader(stage).ask(path).status for path in (f"{PATH}x", "/recaps/none/2027-10-19", PATH.upper())
    ] == [404] * 3


def test_where_the_list_has_it_and_its_corrections_is_linked() -> None:
    stage = rehearsal(replace(REVIEWED, archive="https://lists.example.org/{hash}"))
    session(stage, "#info First")
    stage.passes(minutes=5)
    stage.ops.add("chair")
    stage.say("chair", "#recap send!")
    stage.event(Traced(stage.letters[-1].id, "track/nova", stage.at, "held", "https://lists.example.org/1"))
    assert "; the list holds it for its moderators" in seen(stage, "/recaps")
    stage.event(Traced(stage.letters[-1].id, "track/nova", stage.at, "shown", "https://lists.example.org/1"))
    stage.say("chair", "#recap note - Second")
    stage.say("chair", "#recap approve")
    stage.event(Traced(stage.letters[-1].id, "track/nova", stage.at, "shown", "https://lists.example.org/2"))
    for path in ("/recaps", PATH):
        page = Reader(stage).get(path)
        assert "holds it" not in page
        assert re.findall(r'<a href="(https://lists[^"]+)"[^>]*>([^<]+)</a>', page) == [
            ("https://lists.example.org/1", "on the list"),
            ("https://lists.example.org/2", "correction 1"),
        ]
