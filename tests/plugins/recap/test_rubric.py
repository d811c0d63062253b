"""The rubric itself: every example passes it, and every question of it fails a text that breaks what it asks for."""

import re
from functools import cache

import pytest

from bot.core.recap.export import as_json
from bot.core.recap.part import Part
from plugins.recap.layout.sheet import Notice, recap
from plugins.recap.renderings import parts, render
from tests.play import Stage
from tests.plugins.recap.scene import EXAMPLES, PLUGINS, example_setup, play
from tests.plugins.recap.test_sheet import played
from tests.rubric import QUESTIONS, check, record, web
from tests.rubric.content import taken_back
from tests.rubric.shown import Shown


@cache
def tidepool() -> tuple[Stage, Part, str]:
    stage = Stage(PLUGINS, example_setup())
    play(stage, (EXAMPLES / "tidepool-2027-10-day1.irc.txt").read_text("utf-8"))
    sources = stage.sources("tidepool")
    return stage, parts(sources)[0], render(sources)


def page(form: str) -> Shown:
    stage, part, _ = tidepool()
    text = recap(part, list(stage.register.blocks(part)), form, notice=Notice()).body  # type: ignore[arg-type]
    return Shown(text, part, is_markdown=form == "markdown")


# by question: what is changed in a good mail so that it fails
BROKEN: dict[int, tuple[str, str]] = {
    1: (r"\[ptg\] ", ""),
    2: (r"DRAFT: ", ""),
    3: (r"Tuesday 19\nOctober|Tuesday 19 October", "Monday 19 October"),
    4: (r"  2\. Team updates.*", "  2. Updates"),
    5: (r"Seven people", "Eight people"),
    6: (r"\[EDITOR: No link to a recording was recorded.\]", "No recording."),
    7: (r"want to add something", "want"),
    8: (r"Part 2 will cover", "There is"),
    9: (r"Tidepool books,", "Tidepool has"),
    10: (r"Reviews? guide|two of the four|Two of the four", "Some of the four"),
    11: (r"\Z", "\n@typo@\n"),
    12: (r"Hello everyone,", "Hello everyone, there was zucchini,"),
    13: (r"(\* Agent rewritten without a local database\n)", r"\1\1"),
    14: (r"\nAPI\n---\n", "\nApi\n---\n"),
    15: (r"The Agent team builds", "Notes first. The Agent team builds"),
    16: (r"Completed in 3\.0:", "Completed in 4.0:"),
    17: (r"New use cases that were brought to the session:", "Use cases:"),
    18: (r"\* A full wipe takes 20", "* A wipe takes 20"),
    19: (r"AGREED: Wiping", "DECIDED: Wiping"),
    20: (r"ACTION: okoye", "ACTION: somebody"),
    21: (r"\nokoye\n  \*", "\nrosa\n  *"),
    22: (r"by the Agent and API teams", "by the Agent team"),
    23: (r"\n\[2\] ", "\n[7] "),
    24: (r"Hello everyone,", "Hello everyone, " + "and so on " * 8),
    25: (r"Hello everyone,", "Hello everyone, "),
    26: (r"\n\n\n(Topic 3)", r"\n\n\nEmpty\n=====\n\n\n\1"),
    27: (r"Hello everyone,", "Hello everyone,\x02"),
    28: (r"4 action items", "1 action items"),
    29: (r"\n\Z", ""),
    30: (r"There is 1 EDITOR mark", "There are 2 EDITOR marks"),
    31: (r"\n\n\n(Topic 3)", r"\n\n~~~\n\n\n\1"),
    32: (r"\Z", "@typed@"),
    33: (r"\(tidepool-2027-10-d\d+\)", ""),
}


def test_the_example_passes() -> None:
    _, part, mail = tidepool()
    assert check(mail, part) == []
    assert {form: web.failed(page(form)) for form in ("html", "markdown")} == {"html": [], "markdown": []}


def test_every_question_has_a_mail_that_fails_it() -> None:
    assert sorted(BROKEN) == sorted(QUESTIONS)


@pytest.mark.parametrize("number", sorted(set(BROKEN) - {11, 32}))
def test_a_mail_that_breaks_what_a_question_asks_for_fails_it(number: int) -> None:
    _, part, mail = tidepool()
    found, instead = BROKEN[number]
    broken = re.sub(found, instead, mail)
    assert broken != mail
    assert number in check(broken, part)


def test_what_was_taken_back_is_found_in_a_mail() -> None:
    _, part, mail = tidepool()
    (taken, *_) = taken_back(part)
    assert 11 in check(f"{mail}\n{taken}\n", part)


def test_a_typed_number_that_is_also_the_recaps_is_found() -> None:
    stage = played("#info as in [1]", "#link https://docs.example.org/ Documentation")
    sources = stage.sources("nova", list(stage.archive.values()))
    mail = render(sources)
    assert [number for number in check(mail, parts(sources)[0]) if number != 12] == []
    assert 32 in check(re.sub(r"\n\[2\] ", "\n[1] ", mail), parts(sources)[0])


HTML: dict[str, tuple[str, str]] = {
    "every_record_stands_once_in_its_section": (
        r"(<li[^>]*>Agent rewritten without a local database</li>\n)",
        r"\1\1",
    ),
    "nothing_taken_back_is_there": (r"</main>", "<p>@taken@</p></main>"),
    "no_level_of_heading_is_left_out": (r"<h3 (.*)</h3>", r"<h4 \1</h4>"),
    "every_topic_with_records_has_a_heading": (r"<h2 id=\"topic-3\"", '<p id="topic-3"'),
    "sentences_fit_their_numbers": (r"4 action items", "1 action items"),
    "decisions_have_addresses": (r"<p id=\"tidepool-2027-10-d\d+\"", "<p"),
    "addresses_are_those_of_the_web": (r"href=\"https://etherpad", 'href="javascript:etherpad'),
    "names_are_unique_and_links_lead_to_them": (r"id=\"topic-3\"", 'id="topic-2"'),
    "topics_with_records_are_linked": (r"<a href=\"#topic-3\">(.*?)</a>", r"\1"),
    "it_has_one_main_part_and_one_title": (r"</?main>", ""),
    "every_block_has_the_direction_of_its_text": (r"<p dir=\"auto\">", "<p>"),
}
MARKDOWN: dict[str, tuple[str, str]] = {
    "every_record_stands_once_in_its_section": (r"\n\* Agent rewritten without a local database\n", "\n"),
    "nothing_taken_back_is_there": (r"\Z", "\n@taken@\n"),
    "no_level_of_heading_is_left_out": (r"\n### ", "\n#### "),
    "every_topic_with_records_has_a_heading": (r"\n## Topic 3", "\nTopic 3"),
    "sentences_fit_their_numbers": (r"Seven people took", "Seven person took"),
    "decisions_have_addresses": (r"<a id=\"tidepool-2027-10-d\d+\"></a>", ""),
    "addresses_are_those_of_the_web": (r"\(<https://etherpad", "(<ftp://etherpad"),
    "front_matter_comes_first": (r"templateKey: .*\n", ""),
    "an_excerpt_ends_with_its_mark": (r" <!-- more -->", ""),
}


@pytest.mark.parametrize(
    ("form", "broken", "name"),
    [(form, table, name) for form, table in (("html", HTML), ("markdown", MARKDOWN)) for name in table],
)
def test_a_page_that_breaks_what_a_question_asks_for_fails_it(
    form: str, broken: dict[str, tuple[str, str]], name: str
) -> None:
    good = page(form)
    found, instead = broken[name]
    text = re.sub(found, instead.replace("@taken@", taken_back(good.part)[0]), good.text)
    assert text != good.text
    assert name in web.failed(Shown(text, good.part, is_markdown=good.is_markdown))


def test_every_question_to_a_page_has_a_page_that_fails_it() -> None:
    assert [question.__name__ for question in web.HTML] == list(HTML)
    assert [question.__name__ for question in web.MARKDOWN] == list(MARKDOWN)


def test_the_record_passes_and_a_broken_one_does_not() -> None:
    stage, part, _ = tidepool()
    document = as_json(part.setup, part.sessions, {}, keys=stage.register)
    assert record.failed(document, part) == []
    (told,) = document["sessions"]
    decision = next(one for one in told["records"] if "anchor" in one)
    kept = dict(decision)
    breaks: dict[str, dict[str, object]] = {
        "every record is there once": {"n": told["records"][0]["n"]},
        "its words are unchanged": {"text": "another"},
        "nothing taken back is there": {"text": taken_back(part)[0]},
        "decisions have the names of the recap": {"anchor": "tidepool-d1"},
        "topics are those of the session": {"topic": 99},
    }
    for name, change in breaks.items():
        decision |= change
        assert name in record.failed(document, part)
        decision |= kept
    assert record.failed(document, part) == []
