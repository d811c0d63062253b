"""A thousand days, in both styles and every form: what a program can decide of the rubric holds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.plugin.registration import register
from bot.core.recap.blocks import AnyBlock
from bot.core.recap.export import as_json
from bot.core.recap.part import Part
from bot.core.state.setup import Setup
from plugins.recap.layout.sheet import Notice, TextForm, recap
from plugins.recap.renderings import as_mail
from tests.plugins.recap.any_day import day_of
from tests.plugins.recap.scene import PLUGINS
from tests.rubric import QUESTIONS, record, web
from tests.rubric.seen import Seen
from tests.rubric.shown import Shown

REGISTER = register(PLUGINS, Setup())
IN_MAIL = (1, 2, 4, 5, 9, 10, 11, 13, 14, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30, 31, 32, 33)
DRAFT = Notice()
FOR_MAINTAINERS = Notice(for_maintainers=True, until="noon", address="nova@lists.example.org", number=1)
FORMS: tuple[TextForm, ...] = ("mail", "html", "markdown", "excerpt")
CHEAP = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def blocks(part: Part) -> list[AnyBlock]:
    return list(REGISTER.blocks(part))


@pytest.mark.parametrize("style", ["by-team", "by-topic"])
@pytest.mark.parametrize("nth", range(10))
@CHEAP
@given(seed=st.integers(0, 10**9))
def test_a_day_is_told_as_it_was_in_every_form(nth: int, style: str, seed: int) -> None:
    part = day_of(seed * 10 + nth, style)
    given = blocks(part)
    mail = as_mail(part, recap(part, given, notice=DRAFT))
    seen = Seen(mail, part)
    assert [number for number in IN_MAIL if not QUESTIONS[number](seen)] == []
    for form in ("html", "markdown"):
        text = recap(part, given, form).body
        assert web.failed(Shown(text, part, is_markdown=form == "markdown")) == []
    document = as_json(part.setup, part.sessions, {}, keys=REGISTER)
    assert record.failed(document, part) == []


@CHEAP
@given(seed=st.integers(0, 10**9))
def test_only_a_draft_is_called_one_and_only_its_maintainers_see_numbers(seed: int) -> None:
    part = day_of(seed)
    given = blocks(part)
    for form in FORMS:
        for notice in (None, DRAFT):
            text = recap(part, given, form, notice=notice)
            assert ("DRAFT" in f"{text.subject} {text.body}") == (notice is not None)
            assert [n for n in numbers(part) if f"(#{n})" in text.body] == []
    theirs = recap(replace(part, shows_numbers=True), given, notice=FOR_MAINTAINERS).body
    assert [n for n in numbers(part) if f"#{n}" not in theirs] == []


def numbers(part: Part) -> list[int]:
    return [placed.item.n for placed in part.records]
