"""Who wants reminders."""

from collections.abc import Mapping

import pytest

from bot.api import Entry
from plugins import actions
from plugins.actions import reminders
from plugins.actions.facts import RemindersAsked
from tests.play import Stage


def wanted(stage: Stage) -> list[str]:
    return [request.who.name for request in reminders.wishes(stage.state).values()]


def test_the_newest_choice_of_each_person_counts() -> None:
    stage = Stage([actions.plugin])
    stage.accounts = {"lin": "lin", "lin_": "lin"}
    for nick, word in (
        ("lin", "on"),
        ("amaru", "on"),
        ("rosa", "on"),
        ("lin_", "off"),
        ("rosa", "off"),
        ("rosa", "on"),
    ):
        stage.say(nick, f"#remindme {word}")
    assert wanted(stage) == ["amaru", "rosa"]


def test_requests_are_folded_once_however_often_moments_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folded: list[str] = []

    def asked(known: Mapping[object, Entry], entry: Entry, _: RemindersAsked) -> Mapping[object, Entry]:
        folded.append(entry.cause)
        return {**known, entry.by: entry}

    monkeypatch.setitem(reminders.REQUESTS._rules._rules, RemindersAsked, asked)
    stage = Stage([actions.plugin])
    for nick in ("amaru", "rosa", "lin"):
        stage.say(nick, "#remindme on")
        assert list(stage.register.due(stage.state, "track/nova")) == []
    assert (len(folded), wanted(stage)) == (3, ["amaru", "rosa", "lin"])
