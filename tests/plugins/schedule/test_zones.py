"""Zones as people type them: one zone, or a question; never a guess."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.schedule.zones import ABBREVIATIONS, Unclear, Zone, load_names, zone_called

OCTOBER = datetime(2027, 10, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new  york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("Knox", "America/Indiana/Knox"),
        ("utc", "UTC"),
        ("CEST", "Europe/Berlin"),
        ("edt", "America/New_York"),
        ("PT", "America/Los_Angeles"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("UTC+5:30", "UTC+05:30"),
        ("gmt-3", "UTC-03:00"),
        ("+0200", "UTC+02:00"),
    ],
)
def test_one_zone(typed: str, name: str) -> None:
    found = zone_called(typed, OCTOBER)
    assert isinstance(found, Zone)
    assert found.name == name


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("IST", ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin")),
        ("cst", ("America/Chicago", "Asia/Shanghai", "America/Havana")),
        ("nowhere", ()),
        ("Europe", ()),
        ("UTC+15", ()),
        ("../../etc/passwd", ()),
        ("/etc/passwd", ()),
        ("x" * 500, ()),
        ("Europe/Berlin\x00", ()),
    ],
)
def test_none_or_several(typed: str, choices: tuple[str, ...]) -> None:
    assert zone_called(typed, OCTOBER) == Unclear(choices)


def test_an_offset_means_what_it_says() -> None:
    found = zone_called("UTC-3:30", OCTOBER)
    assert isinstance(found, Zone)
    assert OCTOBER.astimezone(found.rules).utcoffset() == timedelta(hours=-3, minutes=-30)


def test_every_abbreviation_is_known_to_the_machine() -> None:
    every = {zone for zones in ABBREVIATIONS.values() for zone in zones}
    assert {zone for zone in every if ZoneInfo(zone).key != zone} == set()


def test_an_abbreviation_that_is_a_name_as_well_is_still_asked_back() -> None:
    assert zone_called("MST", OCTOBER) == Unclear(("America/Denver", "America/Phoenix"))


def test_a_city_in_zones_that_differ_is_asked_back(monkeypatch: pytest.MonkeyPatch) -> None:
    cities = {"salem": ("America/New_York", "America/Chicago", "US/Central")}
    monkeypatch.setattr("plugins.schedule.zones.load_names", lambda: ({}, cities))
    assert zone_called("Salem", OCTOBER) == Unclear(("US/Central", "America/New_York"))


@given(st.text("abE/_+-:0159 .\x00é", max_size=30))
def test_anything_typed_is_a_zone_or_a_question(typed: str) -> None:
    found = zone_called(typed, OCTOBER)
    assert isinstance(found, Zone | Unclear)


@given(st.sampled_from(sorted(load_names()[0])))
def test_every_name_in_any_case_is_its_zone(folded: str) -> None:
    name = load_names()[0][folded]
    for typed in (name, folded, name.upper()):
        found = zone_called(typed, OCTOBER)
        if folded in ABBREVIATIONS:  # "MST" is also a name, and people mean Denver or Phoenix by it
            continue
        assert found == Zone(ZoneInfo(name), name)
