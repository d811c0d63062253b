import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from bot.core import facts
from bot.core.people.identity import Identity
from bot.core.plugin.kind import Kind
from bot.core.recap.export import as_json
from bot.core.session.fold import fold
from bot.core.session.session import Entry, RecordedItem, Session
from bot.core.state.setup import Gathering, Setup

START = datetime(2027, 10, 19, 13, 0, 4, tzinfo=UTC)
AMARU = Identity("irc", "amaru", "amaru", "amaru")
ROSA = Identity("irc", "rosa[m]", "rosa{m}")
ROSA_UNI = Identity("irc", "rosa_uni[m]", "rosa_uni{m}")
ID = "irc/#nova/20271019T130004Z"


class Keys:
    kinds: Mapping[str, Kind] = {
        "agreed": Kind("agreed", usage="", says="", example="", decision=True),
        "info": Kind("info", usage="", says="", example=""),
    }

    def session_json(self, _: Session) -> dict[str, object]:
        return {"agenda": []}

    def record_json(self, _: Session, __: RecordedItem) -> dict[str, object]:
        return {"votes": None}


def session(*happened: tuple[Identity | None, object]) -> Session:
    opened = facts.SessionOpened(
        ID, "nova", "Day 1", ("irc/#nova", "matrix/#nova:x"), date(2027, 10, 19), START
    )
    told = [(AMARU, opened), *happened]
    return fold(
        [Entry(ID, f"m{n}", START + timedelta(minutes=n), by, fact) for n, (by, fact) in enumerate(told)]
    )


def test_a_whole_document() -> None:
    one = session(
        (None, facts.PersonSeen(AMARU)),
        (None, facts.PersonSeen(ROSA)),
        (
            AMARU,
            facts.Recorded(
                1, "link", facts.Content("https://x.example/ Pad", url="https://x.example/", title="Pad")
            ),
        ),
        (AMARU, facts.TopicOpened("Cells")),
        (AMARU, facts.TeamNamed("Agent")),
        (AMARU, facts.SubtopicOpened("Old ones")),
        (
            ROSA,
            facts.Recorded(
                2,
                "action",
                facts.Content(
                    "rosa to write it by 30 April",
                    (facts.Owner("rosa", ROSA), facts.Owner("bob")),
                    date(2028, 4, 30),
                ),
            ),
        ),
        (AMARU, facts.Recorded(3, "info", facts.Content("wrong"))),
        (AMARU, facts.Withdrawn(3)),
        (AMARU, facts.Recorded(4, "info", facts.Content(""))),
        (None, facts.PersonRenamed(ROSA, ROSA_UNI)),
        (None, facts.GapNoted("irc/#nova", START + timedelta(minutes=11), START + timedelta(minutes=12))),
        (AMARU, facts.Regretted(("tomek",))),
        (AMARU, facts.SessionClosed("command")),
    )
    said = {ID: ((AMARU, 9), (ROSA, 2), (ROSA_UNI, 1))}
    document = as_json(Setup(gathering=Gathering(slug="2027-10")), [one], said, keys=Keys())
    assert json.loads(json.dumps(document)) == document
    assert json.dumps(document, indent=1) == json.dumps(WANTED, indent=1)


WANTED = {
    "format": 1,
    "gathering": "2027-10",
    "sessions": [
        {
            "id": ID,
            "track": "nova",
            "name": "Day 1",
            "rooms": ["irc/#nova", "matrix/#nova:x"],
            "date": "2027-10-19",
            "started": "2027-10-19T13:00:04Z",
            "ended": "2027-10-19T13:14:04Z",
            "closed_by": "command",
            "chairs": ["amaru"],
            "attendance": [{"name": "amaru", "lines": 9}, {"name": "rosa", "lines": 3}],
            "regrets": ["tomek"],
            "gaps": [{"from": "2027-10-19T13:11:04Z", "until": "2027-10-19T13:12:04Z", "room": "irc/#nova"}],
            "agenda": [],
            "topics": [
                {
                    "n": 1,
                    "title": "Cells",
                    "started": "2027-10-19T13:04:04Z",
                    "seconds": 600,
                    "planned_minutes": None,
                    "subtopics": [{"title": "Old ones", "team": "Agent"}],
                }
            ],
            "records": [
                {
                    "id": f"{ID}#1",
                    "n": 1,
                    "kind": "link",
                    "text": "https://x.example/ Pad",
                    "by": "amaru",
                    "at": "2027-10-19T13:03:04Z",
                    "topic": None,
                    "subtopic": None,
                    "team": None,
                    "owners": [],
                    "due": None,
                    "done": False,
                    "url": "https://x.example/",
                    "title": "Pad",
                    "edited": False,
                    "answer": None,
                    "supporters": [],
                    "votes": None,
                },
                {
                    "id": f"{ID}#2",
                    "n": 2,
                    "kind": "action",
                    "text": "rosa to write it by 30 April",
                    "by": "rosa",
                    "at": "2027-10-19T13:07:04Z",
                    "topic": 1,
                    "subtopic": "Old ones",
                    "team": "Agent",
                    "owners": ["rosa", "bob"],
                    "due": "2028-04-30",
                    "done": False,
                    "url": None,
                    "title": None,
                    "edited": False,
                    "answer": None,
                    "supporters": [],
                    "votes": None,
                },
            ],
        }
    ],
}


def test_a_session_that_runs_has_no_end() -> None:
    told = as_json(Setup(), [session((AMARU, facts.TopicOpened("Cells")))], {}, keys=Keys())["sessions"][0]
    assert (told["ended"], told["closed_by"], told["attendance"]) == (None, None, [])
    assert told["topics"][0]["seconds"] == 0


def test_a_question_has_its_answer_and_who_wants_to_know() -> None:
    one = session(
        (AMARU, facts.Recorded(1, "question", facts.Content("Why?"))),
        (ROSA, facts.RecordSupported(1, ROSA)),
        (AMARU, facts.RecordSupported(1, AMARU)),
        (ROSA, facts.RecordAnswered(1, "Because")),
    )
    (told,) = as_json(Setup(), [one], {}, keys=Keys())["sessions"][0]["records"]
    assert told["answer"] == {"text": "Because", "by": "rosa", "at": "2027-10-19T13:04:04Z"}
    assert told["supporters"] == ["rosa"]


def test_a_decision_has_the_name_that_recaps_give_it() -> None:
    decided = (AMARU, facts.Recorded(3, "agreed", facts.Content("Cells stay")))
    noted = (AMARU, facts.Recorded(4, "info", facts.Content("They are slow")))
    for gathering, name in (
        (Gathering(slug="2027-10", name="October 2027 PTG"), "nova-2027-10-d3"),
        (Gathering(slug="2027-10"), "nova-d3"),
    ):
        told = as_json(Setup(gathering=gathering), [session(decided, noted)], {}, keys=Keys())
        assert [record.get("anchor") for record in told["sessions"][0]["records"]] == [name, None]
