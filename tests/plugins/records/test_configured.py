from typing import Any

import pytest
from pydantic import ValidationError

from bot.core.plugin.kind import Form
from bot.core.plugin.registration import PluginClashError
from bot.core.state.access import Role
from plugins import records, sessions, votes
from plugins.records.configured import configured
from plugins.records.kinds import PROBLEM
from plugins.records.settings import RecordsSettings
from tests.play import Stage, nova


def with_kinds(*kinds: dict[str, Any]) -> Stage:
    settings = RecordsSettings.model_validate({"kinds": kinds})
    stage = Stage([sessions.plugin, records.plugin, votes.plugin], nova(models={RecordsSettings: settings}))
    stage.say("amaru", "#startmeeting Day 1")
    return stage


def test_a_configured_kind_records() -> None:
    stage = with_kinds(
        {"word": "Risk", "heading": "Risks", "aliases": ["danger"], "role": "chair", "decision": True}
    )
    assert stage.say("amaru", "#danger the gate is slow") == ["> #1 risk"]
    assert stage.say("okoye", "#risk mine") == [
        "> only a chair or a moderator can use #risk; chair here: amaru"
    ]
    assert stage.say("amaru", "#risk") == ["> usage: #risk text"]
    assert stage.say("amaru", "#save") == [
        '> 1 record so far: 1 decision; everything is saved; the last is #1 risk "the gate is slow"'
    ]


@pytest.mark.parametrize("form", ["labeled", "labelled"])
def test_what_is_configured_is_declared(form: str) -> None:
    settings = RecordsSettings.model_validate(
        {
            "kinds": [
                {
                    "word": "risk",
                    "heading": " Risks: ",
                    "form": form,
                    "order": 95,
                    "usage": "#risk what",
                }
            ]
        }
    )
    kind, problem = configured(nova(models={RecordsSettings: settings}))
    assert problem == PROBLEM
    assert (kind.word, kind.heading, kind.form, kind.order, kind.usage, kind.role, kind.decision) == (
        "risk",
        "Risks:",
        Form.LABELED,
        95,
        "#risk what",
        Role.ANYONE,
        False,
    )


@pytest.mark.parametrize(
    "kind",
    [
        {"word": "risk"},
        {"heading": "Risks"},
        {"word": "ri sk", "heading": "Risks"},
        {"word": "r1", "heading": "Risks"},
        {"word": "", "heading": "Risks"},
        {"word": "risk", "heading": ""},
        {"word": "risk", "heading": " : "},
        {"word": "risk", "heading": "Risks", "form": "table"},
        {"word": "risk", "heading": "Risks", "role": "king"},
        {"word": "risk", "heading": "Risks", "order": -1},
        {"word": "risk", "heading": "Risks", "colour": "red"},
        {"word": "risk", "heading": "Risks", "aliases": ["#x"]},
    ],
)
def test_faults_are_found(kind: str) -> None:
    with pytest.raises(ValidationError):
        RecordsSettings.model_validate({"kinds": [kind]})


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        ("info", "info is claimed by records and records"),
        ("agree", "agree is claimed by records and records"),
        ("vote", "vote is claimed by records and votes; vote is claimed by votes and records"),
        ("endmeeting", "endmeeting is claimed by sessions and records"),
    ],
)
def test_a_word_that_is_taken(word: str, fault: str) -> None:
    with pytest.raises(PluginClashError) as found:
        with_kinds({"word": word, "heading": "Risks"})
    assert str(found.value) == fault


def test_a_kind_of_the_configuration_takes_the_place_of_one_that_came_later() -> None:
    stage = with_kinds({"word": "trouble", "heading": "Troubles", "aliases": ["problem"]})
    assert stage.say("okoye", "#problem the gate is slow") == ["> #1 trouble"]
