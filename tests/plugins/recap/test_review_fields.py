"""What is in the fields of a review page: long recaps, hostile and redacted text, every letter that somebody types."""

from hypothesis import example, given, settings

from bot.core.events import Redacted, Room
from plugins.recap.review.fields import plain
from tests.plugins.recap.reviewers import Reviewer, drafted, mail_of, record, told
from tests.plugins.recap.test_record_edits import TEXTS
from tests.web.markup import elements

EVIL = """"'></textarea></pre><script>alert(1)</script><img src=x onerror=alert(1)><style>*{}</style>\u202e&amp;{{ 7 * 7 }}"""


def test_an_empty_field_takes_nothing_out() -> None:
    stage = drafted()
    reviewer = Reviewer(stage)
    reviewer.opens()
    reviewer.sends({"text.1": " \n ", "link.url": "javascript:alert(1)"})
    assert told(reviewer) == [
        "#1 stays as it was, because its field was empty; the box beside it takes it out",
        '"javascript:alert(1)" is no address of a web page, so no link was added; it begins with https://',
    ]
    assert (reviewer.said, record(stage, 1)) == ([], "Cells stay")


def test_hostile_text_in_every_field_stays_text() -> None:
    stage = drafted(
        f"#topic {EVIL}",
        f"#team {EVIL[:20]}",
        f"#info {EVIL}",
        f"#about {EVIL}",
        "#team -",
        f"#agreed {EVIL}",
    )
    reviewer = Reviewer(stage)
    reviewer.opens()
    page = reviewer.sends(
        {"text.1": f"{EVIL} {EVIL}", "summary.1": EVIL, "intro.0": EVIL, "link.url": EVIL, "link.title": EVIL}
    )
    for html_text in (page, reviewer.opens()):
        found = elements(html_text)
        assert [tag for tag, _ in found if tag in {"script", "img", "style", "iframe", "object"}] == []
        assert [name for _, attributes in found for name in attributes if name.startswith("on")] == []
        ids = [attributes["id"] for _, attributes in found if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert "\u202e" not in html_text
    shown = "".join(mail_of(page).split())
    assert shown.count("".join(EVIL.replace("\u202e", "").split())) >= 5


def test_words_that_were_redacted_are_on_no_page() -> None:
    stage = drafted("#topic Cells", "#info umbra stays", "#info Cells stay")
    reviewer = Reviewer(stage)
    assert "umbra" in reviewer.opens()
    stage.loads_all()
    (one,) = stage.archive.values()
    found = one.record(1)
    assert found is not None
    stage.event(
        Redacted(Room("irc/#nova", "irc", members=stage.members), stage.who("amaru"), found.cause, stage.at)
    )
    assert "umbra" not in reviewer.opens()
    reviewer.sends({"text.2": "Cells go"})
    assert "umbra" not in reviewer.page


def test_a_long_recap_comes_in_sheets_that_a_form_can_hold() -> None:
    said = [
        line
        for topic in range(6)
        for line in (f"#topic Topic {topic}", *(f"#info Note {topic}.{n}" for n in range(50)))
    ]
    stage = drafted(*said)
    reviewer = Reviewer(stage)
    seen: list[str] = []
    for sheet in range(1, 20):
        made = reviewer.opens(f"sheet={sheet}") if sheet == 1 or f"?sheet={sheet}" in reviewer.page else ""
        if not made:
            break
        fields = reviewer.fields()
        assert len(fields) < 400
        seen += [text for name, text in fields.items() if name.startswith("text.")]
    assert seen == [f"Note {topic}.{n}" for topic in range(6) for n in range(50)]
    assert sheet > 5
    reviewer.opens("sheet=3")
    reviewer.posts({**reviewer.fields(), reviewer.named("text.90"): "changed", "do": "save"})
    assert record(stage, 90) == "changed"


@settings(deadline=None, max_examples=40)
@given(TEXTS)
@example("[off] nobody")
@example("- a\n- b")
def test_what_a_field_says_comes_out_whole(text: str) -> None:
    stage = drafted("#topic Cells", "#info Cells stay", "#about One")
    reviewer = Reviewer(stage)
    reviewer.opens()
    typed = f"x {text}"
    reviewer.sends({"text.1": typed, "text.2": typed, "summary.1": typed})
    for n in (1, 2, 3):
        assert (record(stage, n) or "").split() == plain(typed).split(), told(reviewer)
