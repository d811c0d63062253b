import pytest

from bot.core.state.setup import Setup, Team, Track
from plugins import actions, agenda, corrections, records, sessions, topics
from tests.play import ROOM, Stage

PLUGINS = [sessions.plugin, records.plugin, actions.plugin, agenda.plugin, topics.plugin, corrections.plugin]
NOT_YOURS = "> only okoye, who recorded #1, and the chair amaru can change it"


@pytest.fixture
def stage() -> Stage:
    stage = Stage(PLUGINS)
    stage.say("amaru", "#startmeeting Day 1")
    return stage


def text(stage: Stage, n: int = 1) -> str | None:
    record = stage.session.record(n)
    return record.text if record else None


def test_correct_mends_the_newest_that_has_it(stage: Stage) -> None:
    stage.say("okoye", "#done Suport for A")
    stage.say("okoye", "#done Suport for B")
    stage.say("okoye", "#done nothing for B")
    assert stage.say("okoye", "#correct /Suport/Support/") == ['> #2 done is now "Support for B"']
    assert stage.say("okoye", "#correct /Suport/Support/") == ['> #1 done is now "Support for A"']
    assert stage.say("okoye", "#correct /Suport/Support/") == [
        '> no record or topic of this session says "Suport"; case matters'
    ]


def test_correct_mends_a_title(stage: Stage) -> None:
    stage.say("amaru", "#info Updatse of old")
    stage.say("amaru", "#topic Team  Updatse")
    stage.say("okoye", "#info newer")
    assert stage.say("amaru", "#correct /Updatse/updates/") == ['> topic 1 is now "Team updates"']
    assert stage.session.topics[0].title == "Team updates"
    assert text(stage) == "Updatse of old"


def test_titles_are_the_chairs(stage: Stage) -> None:
    stage.say("amaru", "#topic Updatse")
    assert stage.say("okoye", "#correct /Updatse/Updates/") == [
        '> only the chair amaru can change topic 1 "Updatse"'
    ]
    assert stage.session.topics[0].title == "Updatse"


def test_correct_passes_over_what_others_recorded(stage: Stage) -> None:
    stage.say("okoye", "#info teh one")
    stage.say("jbell", "#info teh other")
    assert stage.say("okoye", "#correct /teh/the/") == ['> #1 info is now "the one"']
    assert stage.say("okoye", "#correct /teh/the/") == [
        "> only jbell, who recorded #2, and the chair amaru can change it"
    ]


@pytest.mark.parametrize(
    ("command", "after"),
    [
        ("#correct 1 /one/uno/", "uno one"),
        ("#correct #1 s|one|uno|", "uno one"),
        ("#correct 1 /one/uno/g", "uno uno"),
        ("#correct 1 /one one/two/", "two"),
        ("#correct s/one/uno/", "uno one"),
        (r"#correct /one/a\/b/", "a/b one"),
        ("#correct /one one/ two /", "two"),
    ],
)
def test_forms_of_correct(stage: Stage, command: str, after: str) -> None:
    stage.say("okoye", "#info one one")
    stage.say("okoye", command)
    assert text(stage) == after


@pytest.mark.parametrize(
    "command", ["#correct", "#correct 1", "#correct one uno", "#correct 1 one uno", "#correct //uno/"]
)
def test_what_is_no_substitution_gets_the_usage(stage: Stage, command: str) -> None:
    stage.say("okoye", "#info one")
    assert stage.say("okoye", command) == ["> usage: #correct /old/new/, or #correct N /old/new/"]
    assert text(stage) == "one"


def test_what_changes_nothing_says_so(stage: Stage) -> None:
    stage.say("amaru", "#topic one")
    stage.say("amaru", "#info one")
    assert stage.say("amaru", "#correct 1 /two/dos/") == ['> #1 doesn\'t say "two"; case matters']
    assert stage.say("amaru", "#correct 1 /One/uno/") == ['> #1 doesn\'t say "One"; case matters']
    assert stage.say("amaru", "#correct 1 /one/one/") == ["> #1 already says that"]
    assert stage.say("amaru", "#edit 1 one") == ["> #1 already says that"]
    assert stage.say("amaru", "#correct /one//") == [
        "> that correction would leave nothing; #drop N removes a record"
    ]
    stage.say("amaru", "#drop 1")
    assert stage.say("amaru", "#correct /one/one/") == ['> topic 1 "one" already says that']
    assert stage.say("amaru", "#correct /one//") == [
        "> that correction would leave nothing; #drop N removes a record"
    ]
    assert stage.say("amaru", f"#correct /one/{'x' * 251}/") == [
        "> that makes the title too long: the limit is 250 characters, it would have 251"
    ]
    assert stage.session.topics[0].title == "one"


def test_edit_gives_another_text(stage: Stage) -> None:
    stage.say("okoye", "#info one")
    assert stage.say("okoye", "#edit 1  dos  tres ") == ['> #1 info is now "dos  tres"']
    assert text(stage) == "dos  tres"
    assert stage.session.records[0].revised is True


def test_a_link_is_read_anew(stage: Stage) -> None:
    stage.say("okoye", "#link https://e.org/1 The pad")
    stage.say("okoye", "#correct /e.org\\/1/e.org\\/2/")
    content = stage.session.records[0].content
    assert (content.url, content.title) == ("https://e.org/2", "The pad")
    address = "the address must start with http://, https://, irc://, ftp://, ssh:// or mailto:"
    assert stage.say("okoye", "#edit 1 The pad") == [
        f"> usage: #link URL title, or #link title URL; {address}"
    ]
    assert text(stage) == "https://e.org/2 The pad"


def test_a_use_case_can_lose_its_title(stage: Stage) -> None:
    stage.say("okoye", "#usecase Labs: 40 machines")
    assert stage.say("okoye", "#correct /Labs: //") == ['> #1 usecase is now "40 machines"']


@pytest.mark.parametrize(
    "command", ["#edit 1 dos", "#correct 1 /one/uno/", "#drop 1", "#move 1 to team X", "#correct /one/uno/"]
)
def test_only_author_and_chairs(stage: Stage, command: str) -> None:
    stage.say("amaru", "#topic Welcome")
    stage.say("okoye", "#info one")
    before = stage.session.records
    assert stage.say("jbell", command) == [NOT_YOURS]
    assert stage.session.records == before
    stage.say("amaru", "#topic Updates")
    stage.say("amaru", "#chair jbell")
    assert stage.say("jbell", command) != [NOT_YOURS]
    assert stage.session.records != before


@pytest.mark.parametrize("command", ["#edit 1 dos", "#correct 1 /one/uno/", "#drop 1", "#move 1 to team X"])
def test_authors_mend_under_another_nick(stage: Stage, command: str) -> None:
    stage.say("okoye", "#info one")
    stage.rename("okoye", "ada")
    stage.rename("ada", "ada_away")
    stage.say("okoye", "#info by somebody who took the nick")
    assert stage.say("okoye", command) == [NOT_YOURS]
    before = stage.session.records
    stage.say("ada_away", command)
    assert stage.session.records != before


@pytest.mark.parametrize("word", ["edit", "drop", "move"])
@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("", None),
        ("x", None),
        ("-1", None),
        ("1.5", None),
        ("\u0661", None),
        ("0", "this track has no record #0"),
        ("2", "this track has no record #2"),
        ("9" * 40, f"this track has no record #{'9' * 11}\u2026"),
        ("9" * 5000, f"this track has no record #{'9' * 11}\u2026"),
    ],
)
def test_numbers_that_lead_nowhere(stage: Stage, word: str, number: str, answer: str) -> None:
    stage.say("okoye", "#info one")
    usage = {"edit": "#edit N text", "drop": "#drop N", "move": "#move N to TOPIC or TEAM"}[word]
    assert stage.say("okoye", f"#{word} {number} x") == [f"> {answer or f'usage: {usage}'}"]
    assert text(stage) == "one"


@pytest.mark.parametrize("command", ["#edit 1", "#edit 1  ", "#move 1", "#move 1 "])
def test_missing_text_gets_the_usage(stage: Stage, command: str) -> None:
    stage.say("okoye", "#info one")
    usage = "#edit N text" if "edit" in command else "#move N to TOPIC or TEAM"
    assert stage.say("okoye", command) == [f"> usage: {usage}"]


def test_a_long_text_is_refused(stage: Stage) -> None:
    stage.say("okoye", "#info one")
    refused = ["> the limit for a record is 4,000 characters, yours has 5,000"]
    assert stage.say("okoye", f"s/one/{'x' * 5000}/") == refused
    assert stage.say("okoye", f"#edit 1 {'x' * 5000}") == refused
    assert text(stage) == "one"


def test_records_of_a_session_that_is_over(stage: Stage) -> None:
    stage.say("okoye", "#info one")
    stage.say("amaru", "#endmeeting")
    assert stage.say("okoye", "#edit 1 uno") == ['> #1 info is now "uno"']
    assert stage.say("okoye", "#correct 1 /uno/one/") == ['> #1 info is now "one"']
    assert stage.say("okoye", "#correct /one/uno/") == ['> ended at 13:00 UTC; #1 info is now "uno"']
    stage.later(hours=1)
    stage.say("jbell", "#startmeeting Day 2")
    assert stage.say("jbell", "#edit 1 dos") == [NOT_YOURS]
    assert stage.say("amaru", "#edit 1 dos") == ['> #1 info is now "dos"']
    first = next(session for session in stage.state.sessions() if session.name == "Day 1")
    assert [record.text for record in first.records] == ["dos"]


def test_a_number_of_another_track() -> None:
    rooms = {"nova": ROOM, "zun": "irc/#zun"}
    stage = Stage(PLUGINS, Setup(tracks=tuple(Track(t, t, venues=((r,),)) for t, r in rooms.items())))
    stage.say("amaru", "#startmeeting Nova")
    stage.say("amaru", "#info one")
    stage.later(minutes=1)
    stage.say("amaru", "#startmeeting Zun", "irc/#zun")
    assert stage.say("amaru", "#edit 1 uno", "irc/#zun") == ["> this track has no record #1"]
    assert stage.say("amaru", "#info zwei", "irc/#zun") == ["> #1 info"]
    assert stage.say("amaru", "#edit 1 uno") == ['> #1 info is now "uno"']


def test_mending_belongs_in_the_room(stage: Stage) -> None:
    stage.say("okoye", "#info one")
    for command in ("edit 1 uno", "drop 1", "move 1 to 1", "correct 1 /one/uno/", "undo"):
        word = command.partition(" ")[0]
        assert stage.say("okoye", command, private=True) == [
            f"> say #{word} in the session's room, where everyone can see it; in private I answer status, actions mine, recap, subscribe and help"
        ]


def test_a_substitution_mends_what_one_just_recorded(stage: Stage) -> None:
    stage.say("okoye", "#info teh ned")
    stage.say("jbell", "hm")
    assert stage.say("okoye", "s/teh/the/") == ['> #1 info is now "the ned"']
    assert stage.say("okoye", "s|ned|end|") == ['> #1 info is now "the end"']
    assert stage.say("okoye", "s/of/or/") == ['> #1 doesn\'t say "of"; case matters']
    assert stage.say("okoye", "s/the/The/") == ['> #1 info is now "The end"']


@pytest.mark.parametrize("between", ["hm", "#save", "#nonsense", "s/x", "1234"])
def test_after_something_else_a_substitution_is_talk(stage: Stage, between: str) -> None:
    stage.say("okoye", "#info teh end")
    stage.say("okoye", between)
    assert stage.say("okoye", "s/teh/the/") == []
    assert text(stage) == "teh end"


def test_what_is_off_the_record_does_not_come_between(stage: Stage) -> None:
    stage.say("okoye", "#info teh end")
    stage.say("okoye", "[off] oops")
    stage.say("okoye", "sighs", off_record=True)
    assert stage.say("okoye", "s/teh/the/") == ['> #1 info is now "the end"']


@pytest.mark.parametrize("talk", ["s/teh", "s/", "s//x/", "s/teh/the/ please", "s/a/b/c/d/"])
def test_what_is_no_substitution_is_talk(stage: Stage, talk: str) -> None:
    stage.say("okoye", "#info teh end")
    assert stage.say("okoye", talk) == []
    assert text(stage) == "teh end"


def test_a_substitution_does_not_reach_others(stage: Stage) -> None:
    stage.say("okoye", "#info teh end")
    stage.say("amaru", "hm")
    assert stage.say("amaru", "s/teh/the/") == []
    assert stage.say("jbell", "s/teh/the/") == []
    assert text(stage) == "teh end"


def test_a_substitution_after_a_correction_goes_on_with_it(stage: Stage) -> None:
    stage.say("okoye", "#info teh ned")
    stage.say("okoye", "hm")
    stage.say("okoye", "#correct /teh/the/")
    assert stage.say("okoye", "s/ned/end/") == ['> #1 info is now "the end"']


def test_a_substitution_after_undo_is_talk(stage: Stage) -> None:
    stage.say("okoye", "#info one")
    stage.say("okoye", "#info two")
    stage.say("amaru", "#undo")
    assert stage.say("okoye", "s/two/dos/") == []


def test_a_substitution_under_another_nick(stage: Stage) -> None:
    stage.say("okoye", "#info teh end")
    stage.rename("okoye", "ada")
    assert stage.say("okoye", "s/teh/the/") == []
    assert stage.say("ada", "s/teh/the/") == ['> #1 info is now "the end"']


def test_a_dropped_record_is_gone(stage: Stage) -> None:
    stage.say("okoye", "#info one")
    assert stage.say("okoye", "#drop 1") == ['> dropped: #1 info "one"']
    assert stage.session.records == ()
    assert stage.say("okoye", "#drop 1") == ["> record #1 was removed"]


TEAMS = (Team("Agent"), Team("API"), Team("Welcome desk"))


@pytest.fixture
def places() -> Stage:
    stage = Stage(PLUGINS, Setup(tracks=(Track("nova", "Nova", venues=((ROOM,),), teams=TEAMS),)))
    for line in (
        "#startmeeting Day 1",
        "#topic Welcome",
        "#topic Updates",
        "#team Docs",
        "#subtopic x",
        "#info one",
    ):
        stage.say("amaru", line)
    return stage


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("to 1", 'under topic 1 "Welcome", for no team'),
        ("1", 'under topic 1 "Welcome", for no team'),
        ("to Welcome", 'under topic 1 "Welcome", for no team'),
        ("TO topic wel", 'under topic 1 "Welcome", for no team'),
        ("to topic 1", 'under topic 1 "Welcome", for no team'),
        ("to upd", 'under topic 2 "Updates", for no team'),
        ("to Agent", 'under topic 2 "Updates", for team Agent'),
        ("to ag", 'under topic 2 "Updates", for team Agent'),
        ("to team api", 'under topic 2 "Updates", for team API'),
        ("to team wel", 'under topic 2 "Updates", for team Welcome desk'),
        ("to team Testing", 'under topic 2 "Updates", for team Testing'),
        ("to team 51", 'under topic 2 "Updates", for team 51'),
        ("to -", 'under topic 2 "Updates", for no team'),
        ("none", 'under topic 2 "Updates", for no team'),
    ],
)
def test_a_record_moves(places: Stage, target: str, place: str) -> None:
    assert places.say("amaru", f"#move 1 {target}") == [f"> #1 is now {place}"]
    (record,) = places.session.records
    topic = places.session.topic_named(record.topic)
    assert topic is not None
    number = places.session.topics.index(topic) + 1
    team = f"team {record.team}" if record.team else "no team"
    assert f'under topic {number} "{topic.title}", for {team}' == place
    assert record.subtopic is None


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        ("to Docs", '#1 is already under topic 2 "Updates", for team Docs'),
        ("to 3", "that session has no topic 3"),
        ("to 0", "that session has no topic 0"),
        ("to 99999999", "that session has no topic 99999999"),
        (
            "to wel",
            '"wel" could be topic "Welcome" or team "Welcome desk"; type more of it, or team NAME, or the number of the topic',
        ),
        (
            "to a",
            '"a" could be team "Agent" or team "API"; type more of it, or team NAME, or the number of the topic',
        ),
        ("to Testing", 'no topic or team is called "Testing"; #move N to team NAME takes any name'),
        ("to topic Testing", 'no topic or team is called "Testing"; #move N to team NAME takes any name'),
    ],
)
def test_a_record_stays(places: Stage, target: str, answer: str) -> None:
    before = places.session.records
    assert sorted(places.say("amaru", f"#move 1 {target}")) == [f"> {answer}"]
    assert places.session.records == before


def test_a_record_from_before_the_first_topic(stage: Stage) -> None:
    stage.say("amaru", "#info one")
    assert stage.say("amaru", "#move 1 to team Agent") == [
        "> #1 is now before the first topic, for team Agent"
    ]
