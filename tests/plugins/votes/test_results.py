"""Results: what is recorded and said of them, however many voted, and what happens to them later."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.bundled import bundled_plugins
from bot.core.facts import Content
from bot.core.recap.export import as_json
from bot.core.session.session import RecordedItem
from bot.core.state.setup import Setup, Track
from bot.core.words.joint import Joint
from plugins.votes.display import record_json
from plugins.votes.phrases import LONGEST_ANSWER
from plugins.votes.polls import polls_of
from plugins.votes.results.phrases import LONGEST_RECORD, RESULT_REMOVED
from plugins.votes.results.reasons import reasons_of
from plugins.votes.settings import VotesTrack
from tests.edits import MatrixStage
from tests.growth import MOST, growth
from tests.play import ROOM
from tests.transcripts.golden import played

PLUGINS = bundled_plugins()
RECAP = Path(__file__).parent / "transcripts" / "votes-recap.txt"


def stage(**votes: object) -> MatrixStage:
    track = Track("nova", "Nova", venues=((ROOM,),), models={VotesTrack: VotesTrack(**votes)})  # type: ignore[arg-type]
    made = MatrixStage(PLUGINS, Setup(tracks=(track,)))
    made.post("amaru", "e0", "#startmeeting Day 1")
    return made


def records(made: MatrixStage) -> list[tuple[str, str]]:
    return [(record.kind, record.text) for record in made.session.records]


def test_the_recap_shows_each_result_under_the_topic_where_it_was_asked() -> None:
    (mail,) = played(RECAP).mails
    body = mail[mail.index("\nTopic 1: Python versions\n") : mail.index("\nHow to take part\n")]
    assert [" ".join(block.split()) for block in body.split("\n\n") if block.strip()] == [
        "Topic 1: Python versions ========================",
        'VOTE: "Yes" has the most votes. Shall we drop Python 3.9? Yes 2, No 1, Abstain 0 (Yes: jbell, okoye; No: lin_wei) (nova-2027-10-d2)',
        "Topic 2: Mirrors ================",
        "Notes from the discussion:",
        "* Two are left",
        "AGREED: Buy a third mirror (2 for: jbell, okoye; 0 against; 1 abstained: lin_wei) (nova-2027-10-d3)",
        "REJECTED: Buy a fourth mirror (0 for; 1 against: jbell) (nova-2027-10-d4)",
        'Reasons given with the votes on "Buy a third mirror": okoye (+1): the old ones are slow.',
        'Reasons given with the votes on "Buy a fourth mirror": jbell (-1): too many.',
        "Topic 3: Names ==============",
        "NO CONCLUSION: Which name? Antelope 1, Bobcat 1 (Antelope: jbell; Bobcat: okoye); a tie between Antelope and Bobcat; not ended",
    ]


def test_what_nobody_ended_is_no_decision() -> None:
    (mail,) = played(RECAP).mails
    assert "The day led to 3 decisions." in " ".join(mail.split())


def test_a_result_stands_under_the_team_and_subtopic_where_it_was_asked() -> None:
    made = stage()
    for line in (
        "#topic Cells",
        "#team Agent",
        "#subtopic Disks",
        "#motion Encrypt them",
        "+1",
        "#team API",
        "#close",
    ):
        made.say("amaru", line)
    (record,) = made.session.records
    (topic,) = made.session.topics
    assert (record.topic, record.team, record.subtopic) == (topic.id, "Agent", "Disks")


def test_of_very_many_voters_as_many_are_named_as_there_is_room_for() -> None:
    made = stage()
    made.say("amaru", "#startvote Shall we?")
    for n in range(1000):
        made.say(f"somebody_with_a_long_nick_{n}", "#vote yes")
    (shown,) = made.say("rosa", "#showvote")
    (said,) = made.say("amaru", "#endvote")
    assert shown == (
        '> the vote on "Shall we?" is open: Yes 1000 (somebody_with_a_long_nick_0, somebody_with_a_long_nick_1, '
        "somebody_with_a_long_nick_2, somebody_with_a_long_nick_3, somebody_with_a_long_nick_4, somebody_with_a_long_nick_5, "
        "somebody_with_a_long_nick_6, somebody_with_a_long_nick_7, somebody_with_a_long_nick_8, somebody_with_a_long_nick_9, "
        "somebody_with_a_long_nick_10, somebody_with_a_long_nick_11, 988 others), No 0, Abstain 0"
    )
    assert len(said) <= LONGEST_ANSWER + 2
    ((kind, text),) = records(made)
    assert (kind, text.partition(" (")[0]) == ("vote", "Shall we? Yes 1000, No 0, Abstain 0")
    assert len(text) <= LONGEST_RECORD


def test_a_name_that_reads_like_a_result_is_only_a_name() -> None:
    made = stage()
    made.say("amaru", "#startvote Shall we?")
    made.say("x), No 99 (y", "#vote yes")
    made.say("amaru", "#endvote")
    assert records(made) == [("vote", "Shall we? Yes 1, No 0, Abstain 0 (Yes: x No 99 y)")]


def test_a_vote_that_was_taken_back_and_comes_again_is_the_last_one() -> None:
    made = stage()
    made.say("amaru", "#motion Go on")
    made.post("rosa", "e1", "+1")
    made.edit("rosa", "e1", "+1 to that")
    made.post("rosa", "e2", "-1")
    made.edit("rosa", "e1", "0")
    made.say("amaru", "#close")
    assert records(made) == [("inconclusive", "Go on (0 for; 0 against; 1 abstained: rosa); a tie")]


def test_an_edited_vote_keeps_its_place() -> None:
    made = stage()
    made.say("amaru", "#motion Go on")
    made.post("rosa", "e1", "+1")
    made.post("rosa", "e2", "-1")
    made.edit("rosa", "e1", "0")
    made.say("amaru", "#close")
    assert records(made) == [("rejected", "Go on (0 for; 1 against: rosa)")]


def test_an_edit_of_a_vote_that_is_taken_away_brings_the_former_vote_back() -> None:
    made = stage()
    made.say("amaru", "#motion Go on")
    made.post("rosa", "e1", "+1")
    made.edit("rosa", "e1", "-1")
    made.redact("rosa", "e1~1")
    made.say("amaru", "#close")
    assert records(made) == [("agreed", "Go on (1 for: rosa; 0 against)")]


def test_what_ended_is_not_open_again_once_something_else_was_asked() -> None:
    made = stage()
    made.post("amaru", "e1", "#motion One")
    made.post("rosa", "e2", "+1")
    made.post("amaru", "e3", "#close")
    made.post("amaru", "e4", "#motion Two")
    made.post("rosa", "e5", "-1")
    made.post("amaru", "e6", "#close")
    assert made.redact("amaru", "e3") == ["> #1 agreed was removed: amaru removed its message"]
    assert polls_of(made.session).open is None
    assert made.say("rosa", "+1") == []
    assert records(made) == [("rejected", "Two (0 for; 1 against: rosa)")]


def test_the_result_goes_with_the_words_of_the_question_wherever_they_are_stored() -> None:
    made = stage()
    made.post("amaru", "e1", "#startvote Who leaked it? Rosa, Okoye")
    made.say("jbell", "#vote r")
    made.post("amaru", "e3", "#endvote")
    assert made.redact("amaru", "e1") == [
        "> amaru removed a message, so what it did is undone",
        f"> {RESULT_REMOVED(n=1)}",
    ]
    assert records(made) == []
    facts = [entry.fact for entry in made.session.entries]
    assert [fact for fact in facts if "leaked" in repr(fact) or "Okoye" in repr(fact)] == []
    blank = made.decisions[-1].blank
    assert blank is not None
    assert (blank.messages, blank.causes) == (("e1",), ("e3",))


def test_the_result_goes_with_the_words_of_an_edited_question_too() -> None:
    made = stage()
    made.post("amaru", "e1", "#motion We blame rosa")
    made.edit("amaru", "e1", "#motion We blame okoye")
    made.post("jbell", "e2", "+1")
    made.post("amaru", "e3", "#close")
    assert made.redact("amaru", "e1~1") == [
        "> amaru removed a message, so what it did is undone",
        f"> {RESULT_REMOVED(n=1)}",
    ]
    assert [entry.fact for entry in made.session.entries if "okoye" in repr(entry.fact)] == []


def test_what_was_decided_by_hand_has_its_own_words_and_stays() -> None:
    made = stage()
    made.post("amaru", "e1", "#motion Buy a mirror")
    made.post("amaru", "e2", "#agreed to buy one")
    made.redact("amaru", "e1")
    assert records(made) == [("agreed", "to buy one")]


def test_a_result_is_mended_as_every_record() -> None:
    made = stage()
    made.say("amaru", "#motion Buy a mirorr")
    made.say("rosa", "+1")
    made.say("amaru", "#close")
    assert made.say("amaru", "#correct 1 /mirorr/mirror/") == [
        '> #1 agreed is now "Buy a mirror (1 for: rosa; 0 against)"'
    ]
    assert made.say("rosa", "#edit 1 Something else") == [
        "> only amaru, who recorded #1, and the chair amaru can change it"
    ]
    (record,) = made.session.records
    assert record == replace(record, content=Content("Buy a mirror (1 for: rosa; 0 against)"), revised=True)
    assert isinstance(record, RecordedItem)


def test_a_quorum_counts_people_and_not_votes() -> None:
    made = stage(quorum=2)
    made.say("amaru", "#motion Go on")
    for vote in ("+1", "-1", "+1"):
        made.say("rosa", vote)
    made.say("amaru", "#close")
    made.say("amaru", "#motion Go on anyway")
    made.say("rosa", "+1")
    made.say("jbell", "0")
    made.say("amaru", "#close")
    assert records(made) == [
        (
            "inconclusive",
            "Go on (1 for: rosa; 0 against); no quorum, 1 of 2 voted; 0 of 1 vote from proven accounts",
        ),
        (
            "agreed",
            "Go on anyway (1 for: rosa; 0 against; 1 abstained: jbell); 0 of 2 votes from proven accounts",
        ),
    ]


def test_a_full_session_takes_votes_and_no_result() -> None:
    made = stage()
    made.say("amaru", "#motion Go on")
    made.say("rosa", "+1")
    for n in range(6000):  # a chair's records: a fifth more than the 5,000 of others
        made.post("amaru", f"i{n}", f"#info {n}")
    assert made.say("amaru", "#close") == [
        "> the limit for a session is 6,000 records; end this one and start another"
    ]


def test_programs_get_the_votes_as_they_were_counted() -> None:
    made = stage()
    for who, line in (
        ("amaru", "#startvote Which? a, b"),
        ("rosa", "#vote a"),
        ("jbell", "#vote b"),
        ("rosa", "#vote b"),
        ("amaru", "#endvote"),
        ("amaru", "#info no vote"),
        ("amaru", "#motion We go on"),
        ("okoye", "0"),
        ("rosa", "+1"),
        ("amaru", "#close"),
        ("amaru", "#startvote Nobody?"),
        ("amaru", "#endvote"),
        ("amaru", "#motion Left"),
        ("jbell", "-1"),
        ("amaru", "#endmeeting"),
    ):
        made.say(who, line)
    (told,) = as_json(made.state.setup, [made.session], {}, keys=made.register)["sessions"]
    assert [(record["kind"], record["votes"]) for record in told["records"]] == [
        ("vote", [{"option": "a", "names": []}, {"option": "b", "names": ["rosa", "jbell"]}]),
        ("info", None),
        (
            "agreed",
            [
                {"option": "+1", "names": ["rosa"]},
                {"option": "0", "names": ["okoye"]},
                {"option": "-1", "names": []},
            ],
        ),
        (
            "inconclusive",
            [
                {"option": "+1", "names": []},
                {"option": "0", "names": []},
                {"option": "-1", "names": ["jbell"]},
            ],
        ),
    ]


def test_an_edit_that_is_taken_away_after_the_result_leaves_no_votes_behind_it() -> None:
    made = stage()
    made.post("amaru", "q", "#startvote Which? a, b")
    made.edit("amaru", "q", "#startvote Which? a, b, c")
    made.post("rosa", "v", "#vote c")
    made.post("amaru", "e", "#endvote")
    made.redact("amaru", "q~1")
    (told,) = as_json(made.state.setup, [made.session], {}, keys=made.register)["sessions"]
    assert told["records"] == []


def test_a_reason_is_kept_with_the_result_until_its_vote_is_redacted() -> None:
    made = stage()
    made.say("amaru", "#motion Go on")
    made.post("rosa", "e1", "-1 too long")
    made.post("okoye", "e2", "+1 fine")
    made.edit("okoye", "e2", "+1: good enough")
    made.say("amaru", "#close")
    (poll,) = polls_of(made.session).all
    assert reasons_of(poll) == [("okoye", "+1", "good enough"), ("rosa", "-1", "too long")]
    made.redact("rosa", "e1")
    (poll,) = polls_of(made.session).all
    assert reasons_of(poll) == [("okoye", "+1", "good enough")]
    assert "too long" not in str(made.session.entries)


def test_the_export_has_the_reasons_of_a_result() -> None:
    made = stage()
    for line in ("#motion Go on", "-1 too long", "#close"):
        made.say("amaru", line)
    (record,) = made.session.records
    assert record_json(made.session, record) == {
        "votes": [
            {"option": "+1", "names": []},
            {"option": "0", "names": []},
            {"option": "-1", "names": ["amaru"]},
        ],
        "reasons": [{"name": "amaru", "option": "-1", "reason": "too long"}],
    }


@pytest.mark.parametrize(
    "word", ["-1", "-1 too long", "-1: no", "no", "-1 to that", "I am -1", "okoye: -1", "-2"]
)
def test_a_motion_is_never_agreed_without_a_word_while_somebody_is_against(word: str) -> None:
    made = stage()
    made.joins("okoye")
    for nick, line in (("amaru", "#motion Go on"), ("jbell", "+1"), ("okoye", "+1"), ("rosa", "+1")):
        made.say(nick, line)
    made.say("rosa", word)
    made.say("amaru", "#close")
    assert [(kind, "1 against: rosa" in text) for kind, text in records(made)] in ([("agreed", True)], [])


def test_an_objection_that_crosses_the_end_of_its_motion_is_answered() -> None:
    made = stage()
    for nick, line in (("amaru", "#motion Go on"), ("jbell", "+1"), ("amaru", "#close")):
        made.say(nick, line)
    made.later(seconds=30)
    assert made.say("okoye", "+1") == []
    (answer,) = made.say("rosa", "-1 too long")
    assert answer == (
        '> the motion "Go on" was closed before the -1 of rosa, which was not counted; #undo by a chair opens it again'
    )
    made.later(seconds=1)
    assert made.say("rosa", "-1 too long") == []


def test_doubts_about_votes_are_noted_in_linear_time() -> None:
    def doubted(count: int) -> None:
        made = stage()
        made.post("amaru", "m", "#motion Drop Python 3.9")
        for n in range(count):
            made.post("rosa", f"d{n}", "I say -1 ok" if n % 2 else "I say +1 ok")

    assert growth(doubted, 300, 600) <= MOST


def test_a_vote_right_after_a_long_line_is_not_taken_for_its_rest() -> None:
    made = stage()
    made.say("amaru", "#motion Drop Python 3.9")
    made.say("rosa", "#info a long line")
    assert made.say("rosa", "-1", joint=Joint()) == ["> rosa votes -1"]
    assert records(made) == [("info", "a long line")]
