"""The facts of this plugin, as storage writes them for ever."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from bot.core.recap.part_plan import Planned
from bot.storage.codec import Codec
from plugins.recap.lifecycle.facts import (
    FACTS,
    CorrectionProposed,
    FrontUndone,
    IntroWritten,
    PostingUndone,
    RecapApproved,
    RecapCorrected,
    RecapHeld,
    RecapLinked,
    RecapMade,
    RecapPosted,
    RecapRefused,
    RecapRewritten,
    RecapSent,
    RecapTaken,
)

DAY = date(2027, 10, 19)
AT = datetime(2027, 10, 19, 13, tzinfo=UTC)
COVERED = (("irc/#nova/1", 7),)
STORED = [
    (
        RecapMade(
            plan=Planned("2027-10-19", "day", (DAY,), 1, 2),
            revision=1,
            started=AT,
            message_id="a@b.example",
            subject="DRAFT: Nova",
            marks=("no link to a recording was recorded.",),
            records=3,
            covered=COVERED,
            rooms=("irc/#nova",),
            goes="maintainers",
            until=AT,
            missing=("a link to the recording",),
            unrecorded=(("3.2", "irc/#nova/1", 41),),
        ),
        (
            '{"plan":{"key":"2027-10-19","by":"day","days":["2027-10-19"],"n":1,"of":2},"revision":1,'
            '"started":"2027-10-19T13:00:00Z","message_id":"a@b.example","subject":"DRAFT: Nova","marks":["no link to a recording was recorded."],"records":3,'
            '"covered":[["irc/#nova/1",7]],"rooms":["irc/#nova"],"goes":"maintainers","until":"2027-10-19T13:00:00Z",'
            '"missing":["a link to the recording"],"unrecorded":[["3.2","irc/#nova/1",41]]}'
        ),
    ),
    (RecapHeld("p"), '{"part":"p"}'),
    (RecapApproved("p", without_marks=True), '{"part":"p","without_marks":true}'),
    (
        RecapSent("p", "a@b.example", "Nova", COVERED, draft=True),
        '{"part":"p","message_id":"a@b.example","subject":"Nova","covered":[["irc/#nova/1",7]],"draft":true,"is_told":false}',
    ),
    (RecapTaken("p", "a@b.example", filed=True), '{"part":"p","letter":"a@b.example","filed":true}'),
    (
        CorrectionProposed("p", 1, 2, COVERED, reminder=True),
        '{"part":"p","number":1,"version":2,"covered":[["irc/#nova/1",7]],"reminder":true}',
    ),
    (
        RecapCorrected("p", 1, "c@b.example", COVERED),
        '{"part":"p","number":1,"message_id":"c@b.example","covered":[["irc/#nova/1",7]],"draft":false}',
    ),
    (RecapRewritten("p", COVERED), '{"part":"p","covered":[["irc/#nova/1",7]]}'),
    (RecapRefused("p", "a@b.example"), '{"part":"p","letter":"a@b.example"}'),
    (IntroWritten("p", "Hello"), '{"part":"p","text":"Hello"}'),
    (RecapLinked("p", "Pad", "https://x.example/"), '{"part":"p","title":"Pad","url":"https://x.example/"}'),
    (
        RecapPosted("p", "https://x.example/1", "a@b.example", COVERED),
        '{"part":"p","url":"https://x.example/1","message_id":"a@b.example","covered":[["irc/#nova/1",7]]}',
    ),
    (PostingUndone("p"), '{"part":"p"}'),
    (FrontUndone("p", "m1/kept"), '{"part":"p","cause":"m1/kept"}'),
]


@pytest.mark.parametrize(("fact", "body"), STORED, ids=lambda one: type(one).__name__)
def test_a_fact_is_stored_and_read(fact: object, body: str) -> None:
    codec = Codec(FACTS)
    assert codec.encode(fact) == (type(fact).__name__, body)
    assert codec.decode(type(fact).__name__, body) == fact


def test_a_correction_of_an_earlier_release_is_read() -> None:
    body = '{"part":"p","number":1,"message_id":"c@b.example","covered":[["irc/#nova/1",7]]}'
    assert Codec(FACTS).decode("RecapCorrected", body) == RecapCorrected("p", 1, "c@b.example", COVERED)


def test_a_recap_of_an_earlier_release_lacks_nothing_that_is_known() -> None:
    fact, body = STORED[0]
    assert isinstance(fact, RecapMade)
    earlier = body.replace(
        ',"missing":["a link to the recording"],"unrecorded":[["3.2","irc/#nova/1",41]]', ""
    )
    assert Codec(FACTS).decode("RecapMade", earlier) == replace(fact, missing=(), unrecorded=())


def test_every_fact_is_in_this_file() -> None:
    assert {type(fact) for fact, _ in STORED} == set(FACTS)
