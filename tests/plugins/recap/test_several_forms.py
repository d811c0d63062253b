"""Recaps of several parts, of approved parts, and what the configuration leaves out, in every form."""

import re

import pytest
from msgspec.structs import replace

from plugins.recap.renderings import render
from tests.plugins.recap.nova import NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

FORMS = ("mail", "markdown", "html", "excerpt")
ACTIONS = ("#action amaru to a", "#action amaru to b")


def text_of(stage: Rehearsal, form: str = "mail", part: str | None = None) -> str:
    return render(stage.sources("nova", list(stage.archive.values())), part, form)  # type: ignore[arg-type]


def with_chair() -> Rehearsal:
    stage = rehearsal(replace(NOVA, maintainers=TWO))
    session(stage, "#topic Cells", "#agreed We keep cells")
    stage.passes(minutes=5)
    stage.ops.add("chair")
    return stage


@pytest.mark.parametrize("form", FORMS)
def test_what_the_list_has_on_somebodys_word_is_no_draft(form: str) -> None:
    stage = with_chair()
    assert "DRAFT" in text_of(stage, form)
    stage.say("chair", "#recap send!")
    assert re.findall("draft|EDITOR", text_of(stage, form), re.IGNORECASE) == []
    stage.loads(*stage.archive)
    stage.say("amaru", "#edit 1 We drop cells")
    assert "DRAFT" in text_of(stage, form)


def days() -> Rehearsal:
    stage = rehearsal()
    for _ in range(2):
        session(stage, "#topic Cells", "#info a")
        stage.later(days=1)
    return stage


def test_several_parts_are_one_page() -> None:
    page = text_of(days(), "html")
    assert (page.count("<!doctype html>"), page.count("<main>"), page.count("<article>")) == (1, 1, 2)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) == {"part-1-topic-1", "part-2-topic-1"} <= set(ids)
    assert "<title>Nova at the October 2027 PTG</title>" in page


def test_several_parts_are_one_article_with_front_matter_once() -> None:
    article = text_of(days(), "markdown")
    assert article.startswith('---\ntemplateKey: blog-post\ntitle: "Nova at the October 2027 PTG"\n')
    assert article.count("\ntitle: ") == 1
    assert re.findall(r"^# .*", article, re.MULTILINE) == [
        f"# DRAFT: Nova at the October 2027 PTG, part {n} of 2" for n in (1, 2)
    ]


@pytest.mark.parametrize(
    ("wanted", "listed"), [("always", (True, True)), ("long", (False, True)), ("never", (False, False))]
)
def test_actions_are_listed_by_owner_as_configured(wanted: str, listed: tuple[bool, bool]) -> None:
    found = []
    for times in (1, 4):
        stage = rehearsal(by_owner=wanted)
        session(stage, "#topic Cells", *ACTIONS * times)
        text = text_of(stage)
        assert text.count("ACTION: amaru to a") == times
        found.append("Action items by owner" in text)
    assert tuple(found) == listed


@pytest.mark.parametrize(
    ("thanks", "said"),
    [
        ("names", "Thank you to all who took part: amaru. The session was moderated by amaru."),
        ("count", "Thank you to all who took part: 1 person. The session was moderated by amaru."),
        ("none", ""),
    ],
)
def test_people_are_thanked_as_configured(thanks: str, said: str) -> None:
    stage = rehearsal(thanks=thanks)
    session(stage, "#topic Cells", "#info a")
    assert [" ".join(block.split()) for block in text_of(stage).split("\n\n") if "hank" in block] == (
        [said] if said else []
    )
