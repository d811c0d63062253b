"""An organizer's templates: they take precedence, and one with a fault is left out, which everybody concerned is told."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from plugins.recap.job import write
from plugins.recap.layout.front_matter import FrontMatterPen
from plugins.recap.lifecycle.orders import Order
from plugins.recap.renderings import parts, render
from tests.plugins.recap.nova import NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

FAULTS = {
    "syntax": ("{% if %}", 1, "Expected an expression, got 'end of statement block'"),
    "an unknown name": ("\n{{ nonsense }}", 2, "'nonsense' is undefined"),
    "a wrong value": ("{{ 1 / 0 }}", 1, "division by zero"),
    "an unknown template": ("{% include 'none.j2' %}", 1, "none.j2"),
    "itself": ("{% include 'intro.j2' %}", 1, "it never ends"),
    "something forbidden": (
        "\n\n{{ ''.__class__ }}",
        3,
        "access to attribute '__class__' of 'str' object is unsafe.",
    ),
}


def told(folder: Path) -> Rehearsal:
    stage = rehearsal(replace(NOVA, maintainers=TWO), templates=str(folder))
    session(stage, "#topic Cells", "#link https://docs.example.org/ Documentation", "#agreed Cells stay")
    return stage


def text_of(stage: Rehearsal, form: str = "mail") -> str:
    return render(stage.sources("nova", list(stage.archive.values())), None, form)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["mail", "markdown", "html", "excerpt"])
@pytest.mark.parametrize("fault", FAULTS)
def test_the_bundled_template_stands_in_for_one_with_a_fault(tmp_path: Path, fault: str, form: str) -> None:
    bundled = text_of(told(tmp_path), form)
    (tmp_path / "intro.j2").write_text(FAULTS[fault][0], "utf-8")
    assert text_of(told(tmp_path), form) == bundled


def test_other_templates_of_the_folder_are_still_used(tmp_path: Path) -> None:
    (tmp_path / "intro.j2").write_text("{{ nonsense }}", "utf-8")
    (tmp_path / "about.j2").write_text("{% filter paragraph %}Ours.{% endfilter %}", "utf-8")
    (tmp_path / "close.j2").write_bytes(b"\xff\xfe")
    text = text_of(told(tmp_path))
    assert text.count("\n\nOurs.\n") == 1
    assert ("How to take part" in text, "The Nova community met" in text) == (True, True)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_log_and_the_check_say_file_line_and_what_is_wrong(tmp_path: Path, fault: str) -> None:
    written, line, why = FAULTS[fault]
    (tmp_path / "intro.j2").write_text(written, "utf-8")
    stage = told(tmp_path)
    sources = stage.sources("nova", list(stage.archive.values()))
    (remark,) = write(sources, Order("make", parts(sources)[0].plan, stage.at)).remarks
    wanted = f"recap.templates: intro.j2 has a fault in line {line}, so the bundled one stands in: {why}"
    assert remark == wanted
    assert stage.register.remarks_on(stage.state.setup) == [wanted]


def test_templates_without_a_fault_are_no_remark(tmp_path: Path) -> None:
    (tmp_path / "about.j2").write_text("Ours", "utf-8")
    stage = told(tmp_path)
    assert stage.register.remarks_on(stage.state.setup) == []


def test_the_maintainers_are_told_and_the_list_is_not(tmp_path: Path) -> None:
    (tmp_path / "intro.j2").write_text("{{ nonsense }}", "utf-8")
    (tmp_path / "notice.j2").write_text("{{ nonsense }}", "utf-8")
    stage = told(tmp_path)
    stage.passes(minutes=5)
    theirs = " ".join(stage.letters[0].body.split())
    assert theirs.startswith(
        "[Your templates intro.j2 and notice.j2 have faults, so the bundled ones stand in. "
        "gatherbot check says what is wrong.] [DRAFT of 2027-10-19 13:04 UTC,"
    )
    stage.ops.add("chair")
    stage.say("chair", "#recap send!")
    assert stage.letters[-1].to == ("nova-discuss@lists.example.org",)
    assert "template" not in stage.letters[-1].body


def test_links_that_a_faulty_template_used_have_no_number(tmp_path: Path) -> None:
    (tmp_path / "intro.j2").write_text("{{ link('a', 'https://a.example/') }}{{ nonsense }}", "utf-8")
    assert re.findall(r"^\[(\d+)\] (\S+)$", text_of(told(tmp_path)), re.MULTILINE) == [
        ("1", "https://docs.example.org/")
    ]


def test_an_article_begins_with_front_matter_and_an_excerpt(tmp_path: Path) -> None:
    stage = told(tmp_path)
    stage.passes(minutes=5)
    stage.ops.add("chair")
    stage.say("chair", "#recap send!")
    assert text_of(stage, "markdown").startswith(
        """\
---
templateKey: blog-post
title: "Nova at the October 2027 PTG, part 1 of 2"
author: "amaru"
date: 2027-10-19T13:04:00.000Z
category:
  - label: Recaps
project: "Nova"
---

What the Nova community discussed at the PTG in October 2027, part 1 of 2. <!-- more -->

The Nova community met at the PTG in October 2027,"""
    )


def test_a_website_may_have_front_matter_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "front_matter.j2").write_text(
        "+++\ntitle = {{ title }}\ntags = [{{ track.slug }}, {{ part.topics[0].title }}]\n+++\n", "utf-8"
    )
    (tmp_path / "excerpt.j2").write_text("", "utf-8")
    assert text_of(told(tmp_path), "markdown").startswith(
        '+++\ntitle = "DRAFT: Nova at the October 2027 PTG, part 1 of 2"\ntags = ["nova", "Cells"]\n+++\n\n'
    )


@given(st.text())
def test_nothing_that_was_said_ends_the_front_matter(said: str) -> None:
    shown = FrontMatterPen().say(said)
    assert (shown[0], shown[-1], "\n" in shown) == ('"', '"', False)
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', shown)


def test_the_excerpt_is_a_paragraph_of_its_own(tmp_path: Path) -> None:
    article = text_of(told(tmp_path), "markdown").split("---\n", 2)[2]
    page = MarkdownIt("commonmark").render(article)
    assert "in October 2027, part 1 of 2. <!-- more --></p>" in page
