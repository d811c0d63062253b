from datetime import UTC, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from bot.core.facts import CORE_FACTS, SessionClosed, SubtopicOpened, TopicOpened
from bot.storage.codec import UPCASTERS, Codec
from bot.storage.contract import StorageError
from tests.storage.samples import TOLD

st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


class PlanChanged(Struct, frozen=True):
    minutes: int
    why: str = "no reason given"


class TopicOpenedElsewhere(Struct, frozen=True):
    title: str


TopicOpenedElsewhere.__name__ = "TopicOpened"


@pytest.mark.parametrize("kind", CORE_FACTS, ids=lambda kind: kind.__name__)
def test_every_core_fact_comes_back_equal(kind: type) -> None:
    codec = Codec(CORE_FACTS)

    @given(st.builds(kind))
    def comes_back(fact: object) -> None:
        assert codec.decode(*codec.encode(fact)) == fact

    comes_back()


def test_the_samples_hold_every_core_fact() -> None:
    assert {type(fact) for fact in TOLD} == set(CORE_FACTS)


def test_the_kind_is_the_class_and_the_body_its_fields() -> None:
    assert Codec(CORE_FACTS).encode(SubtopicOpened("Grüße")) == ("SubtopicOpened", '{"title":"Grüße"}')


def test_what_was_stored_before_a_field_came_has_its_default() -> None:
    assert Codec(CORE_FACTS).decode("TopicOpened", '{"title":"Cells"}') == TopicOpened("Cells", None, "")


def test_a_moment_is_iso_8601_and_keeps_its_instant_in_another_zone() -> None:
    class Held(Struct, frozen=True):
        until: datetime

    codec = Codec([Held])
    assert codec.encode(Held(datetime(2027, 10, 19, 13, 0, 0, 5, tzinfo=UTC))) == (
        "Held",
        '{"until":"2027-10-19T13:00:00.000005Z"}',
    )
    zone = timezone(datetime(2027, 1, 1, 2, tzinfo=UTC) - datetime(2027, 1, 1, tzinfo=UTC))
    held = Held(datetime(2027, 10, 19, 15, tzinfo=zone))
    assert codec.decode(*codec.encode(held)) == held


def test_a_kind_that_nobody_declares_any_more_is_skipped() -> None:
    assert Codec(CORE_FACTS).decode("PlanChanged", '{"minutes":15}') is None


def test_a_field_with_a_default_may_be_added_and_an_unknown_one_is_let_be() -> None:
    assert Codec([PlanChanged]).decode("PlanChanged", '{"minutes":15,"later":1}') == PlanChanged(15)


def test_a_body_that_does_not_fit_is_told_with_its_kind() -> None:
    with pytest.raises(StorageError) as told:
        Codec(CORE_FACTS).decode("SessionClosed", '{"by":7}')
    assert str(told.value) == "can't read a stored SessionClosed: Expected `str`, got `int` - at `$.by`"


def test_a_fact_that_nobody_declared_is_not_written() -> None:
    with pytest.raises(StorageError) as told:
        Codec(CORE_FACTS).encode(PlanChanged(15))
    assert str(told.value) == "no plugin declares the fact PlanChanged"


def test_a_fact_of_the_same_name_from_elsewhere_is_not_written() -> None:
    with pytest.raises(StorageError) as told:
        Codec(CORE_FACTS).encode(TopicOpenedElsewhere("x"))
    assert str(told.value) == "no plugin declares the fact TopicOpened"


def test_two_facts_of_one_name_are_a_fault_at_start() -> None:
    with pytest.raises(StorageError) as told:
        Codec([*CORE_FACTS, TopicOpenedElsewhere])
    assert str(told.value) == (
        f"two facts are called TopicOpened: in {TopicOpened.__module__} and in {TopicOpenedElsewhere.__module__}"
    )


def test_the_same_fact_twice_is_no_fault() -> None:
    assert Codec([PlanChanged, PlanChanged]).encode(PlanChanged(1, "")) == (
        "PlanChanged",
        '{"minutes":1,"why":""}',
    )


def test_what_is_no_struct_is_a_fault_at_start() -> None:
    with pytest.raises(StorageError) as told:
        Codec([int])
    assert str(told.value) == "int in builtins is not a Struct"


def test_a_kind_of_old_becomes_a_fact_of_today() -> None:
    codec = Codec(CORE_FACTS, {"SessionEnded": lambda fields: SessionClosed(fields["how"])})
    assert codec.decode("SessionEnded", '{"how":"timeout"}') == SessionClosed("timeout")


def test_a_kind_of_old_cannot_be_declared_anew() -> None:
    with pytest.raises(StorageError) as told:
        Codec(CORE_FACTS, {"SessionClosed": lambda fields: SessionClosed(**fields)})
    assert str(told.value) == f"SessionClosed in {SessionClosed.__module__} has the name of a fact of old"


def test_no_core_fact_has_the_name_of_an_old_kind() -> None:
    assert {fact.__name__ for fact in CORE_FACTS} & UPCASTERS.keys() == set()
