import pytest

from bot.core.facts import Content
from bot.core.plugin.kind import Kind
from plugins import actions, agenda, corrections, questions, records, sessions, topics
from plugins.questions.kinds import CALL, QUESTION
from plugins.records import kinds
from plugins.votes.declaration import VOTE
from tests.play import ROOM, Stage

ACTING = [
    sessions.plugin,
    records.plugin,
    questions.plugin,
    actions.plugin,
    agenda.plugin,
    topics.plugin,
    corrections.plugin,
]
KINDS = (*kinds.KINDS, VOTE, QUESTION, CALL)
SIMPLE = [
    "info",
    "about",
    "problem",
    "done",
    "plan",
    "idea",
    "question",
    "number",
    "agreed",
    "rejected",
    "inconclusive",
]
ALIASES = {
    "note": "info",
    "progress": "info",
    "agree": "agreed",
    "accept": "agreed",
    "accepted": "agreed",
    "reject": "rejected",
    "failed": "rejected",
    "help": "cta",
    "halp": "cta",
    "call": "cta",
}
CHAIRS = ["agreed", "rejected", "inconclusive"]
USAGE = "usage: #link URL title, or #link title URL; the address must start with http://, https://, irc://, ftp://, ssh:// or mailto:"


@pytest.fixture
def stage() -> Stage:
    stage = Stage(ACTING)
    stage.say("amaru", "#startmeeting Day 1")
    return stage


@pytest.mark.parametrize("word", SIMPLE)
def test_a_record_keeps_its_words(stage: Stage, word: str) -> None:
    assert stage.say("amaru", f"#{word}  Two  words, *marked* ") == [f"> #1 {word}"]
    (record,) = stage.session.records
    assert (record.n, record.kind, record.content) == (1, word, Content("Two  words, *marked*"))
    assert record.by.name == "amaru"


@pytest.mark.parametrize(("alias", "kind"), ALIASES.items())
def test_what_other_bots_users_type(stage: Stage, alias: str, kind: str) -> None:
    stage.say("amaru", f"#{alias} some text")
    assert [(record.kind, record.text) for record in stage.session.records] == [(kind, "some text")]


@pytest.mark.parametrize("prefix", ["#", "!", "^"])
def test_every_prefix_records(stage: Stage, prefix: str) -> None:
    stage.say("okoye", f"{prefix}INFO some text")
    assert [record.kind for record in stage.session.records] == ["info"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.typed], ids=lambda kind: kind.word)
@pytest.mark.parametrize("rest", ["", "  ", " \u200b", " \x02\x0f"])
def test_empty_records_get_the_usage(stage: Stage, kind: Kind, rest: str) -> None:
    assert stage.say("amaru", f"#{kind.word}{rest}") == [f"> usage: {kind.usage}"]
    assert stage.session.records == ()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.typed], ids=lambda kind: kind.word)
def test_the_example_records(stage: Stage, kind: Kind) -> None:
    stage.say("amaru", kind.example)
    assert [record.kind for record in stage.session.records] == [kind.word]


@pytest.mark.parametrize("word", CHAIRS)
def test_decisions_are_for_chairs(stage: Stage, word: str) -> None:
    assert stage.say("okoye", f"#{word} all of it") == [
        f"> only a chair or a moderator can use #{word}; chair here: amaru"
    ]
    stage.ops.add("okoye")
    assert stage.say("okoye", f"#{word} all of it") == [f"> #1 {word}"]


def test_the_kinds_stand_in_the_recaps_order() -> None:
    assert [kind.word for kind in sorted(KINDS, key=lambda kind: kind.order)] == [
        "about", "done", "plan", "usecase", "idea", "question", "number", "info",
        "agreed", "rejected", "inconclusive", "vote", "cta", "link",
    ]  # fmt: skip
    assert {kind.word for kind in KINDS if kind.decision} == {"agreed", "rejected", "vote"}


def test_a_vote_is_no_word_to_record_with(stage: Stage) -> None:
    stage.say("amaru", "#vote yes")
    assert stage.session.records == ()


def test_long_records_are_refused(stage: Stage) -> None:
    assert stage.say("amaru", f"#info {'x' * 10_000}") == [
        "> the limit for a record is 4,000 characters, yours has 10,000"
    ]
    stage.say("amaru", f"#info {'x' * 4000}")
    assert [len(record.text) for record in stage.session.records] == [4000]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("\x02bold\x0f and \x0304,12red\x03", "bold and red"),
        ("half a letter \ud83d", "half a letter \ufffd"),
        ("\u202eevil\u202c", "evil"),
        ("\u05e9\u05dc\u05d5\u05dd #info", "\u05e9\u05dc\u05d5\u05dd #info"),
        ("nul\x00 bell\x07", "nul bell"),
        (
            "family \U0001f468\u200d\U0001f469\u200d\U0001f467",
            "family \U0001f468\u200d\U0001f469\u200d\U0001f467",
        ),
    ],
)
def test_odd_letters(stage: Stage, typed: str, text: str) -> None:
    stage.say("okoye", f"#info {typed}")
    assert [record.text for record in stage.session.records] == [text]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Teaching labs: reinstalled every night", "Teaching labs: reinstalled every night"),
        ("Labs\uff1areinstalled", "Labs\uff1areinstalled"),
        ("a: b: c", "a: b: c"),
        ("1:2", "1:2"),
        ("no title", "no title"),
        ("Teaching labs - reinstalled every night", "Teaching labs - reinstalled every night"),
        (": no title", "no title"),
        ("\uff1ano title", "no title"),
        ("Options:", "Options:"),
        ("no text :  ", "no text :"),
    ],
)
def test_a_use_case_needs_no_title(stage: Stage, typed: str, text: str) -> None:
    assert stage.say("okoye", f"#usecase {typed}") == ["> #1 usecase"]
    assert stage.session.records[0].content == Content(text)


@pytest.mark.parametrize("typed", ["", ":", " : :"])
def test_a_use_case_needs_words(stage: Stage, typed: str) -> None:
    assert stage.say("okoye", f"#usecase {typed}") == ["> usage: #usecase Title: text"]
    assert stage.session.records == ()


LINKS = [
    ("https://e.org/p Etherpad of the session", "https://e.org/p", "Etherpad of the session"),
    ("Etherpad of the session https://e.org/p", "https://e.org/p", "Etherpad of the session"),
    ("Etherpad: https://e.org/p", "https://e.org/p", "Etherpad"),
    ("https://e.org/p - Etherpad", "https://e.org/p", "Etherpad"),
    ("Bug https://e.org/1 data left", "https://e.org/1", None),
    ("https://e.org/1 is where we take notes", "https://e.org/1", None),
    ("https://e.org/1 for the details", "https://e.org/1", None),
    ("https://e.org/1, which lin wrote", "https://e.org/1", None),
    ("the notes are at https://e.org/1", "https://e.org/1", None),
    ("see also: https://e.org/1", "https://e.org/1", None),
    ("https://e.org/1 lin fixed the gate, we should merge it", "https://e.org/1", None),
    ("https://e.org/1 How we work", "https://e.org/1", "How we work"),
    ("https://e.org/1 Who we are and how we make decisions here", "https://e.org/1", None),
    (
        "https://e.org/1 Cells for the impatient reader, part 2",
        "https://e.org/1",
        "Cells for the impatient reader, part 2",
    ),
    ("https://e.org/p", "https://e.org/p", None),
    ("<https://e.org/p> Etherpad", "https://e.org/p", "Etherpad"),
    ("Etherpad (https://e.org/p)", "https://e.org/p", "Etherpad"),
    ("https://e.org/a_(b) Page", "https://e.org/a_(b)", "Page"),
    ("see https://e.org/p.", "https://e.org/p", None),
    ("[Etherpad](https://e.org/p)", "https://e.org/p", "Etherpad"),
    ("https://e.org/p, the etherpad", "https://e.org/p", "the etherpad"),
    ("https://e.org/?a=b&c=d#e Query", "https://e.org/?a=b&c=d#e", "Query"),
    ("HTTPS://E.org/p Loud", "HTTPS://E.org/p", "Loud"),
    ("mailto:a@e.org The list", "mailto:a@e.org", "The list"),
    ("ircs://irc.e.org/nova The room", "ircs://irc.e.org/nova", "The room"),
    ("ssh://e.org/nova The code", "ssh://e.org/nova", "The code"),
    ("https://e.org/1 https://e.org/2", "https://e.org/1", "https://e.org/2"),
    ("Bug: data left https://e.org/1", "https://e.org/1", "Bug: data left"),
]


@pytest.mark.parametrize(("text", "url", "title"), LINKS)
def test_a_link_has_address_and_title(stage: Stage, text: str, url: str, title: str) -> None:
    assert stage.say("okoye", f"#link {text}") == ["> #1 link"]
    assert stage.session.records[0].content == Content(text, url=url, title=title)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://e.org/p", "link"),
        ("<https://e.org/p>", "link"),
        ("https://e.org/p.", "link"),
        ("https://", "info"),
        ("https://e.org/p Etherpad", "info"),
        ("https://e.org/1 https://e.org/2", "info"),
        ("notes: https://e.org/p", "info"),
    ],
)
def test_a_note_that_is_only_an_address_is_a_link(stage: Stage, text: str, kind: str) -> None:
    assert stage.say("okoye", f"#info {text}") == [f"> #1 {kind}"]
    assert stage.say("okoye", f"#note {text}") == [f"> #2 {kind}"]
    assert [record.content.url for record in stage.session.records] == [
        "https://e.org/p" if kind == "link" else None
    ] * 2


@pytest.mark.parametrize(
    "text", ["Etherpad", "www.e.org", "https://", "xhttps://e.org", "javascript:alert(1)"]
)
def test_a_link_needs_an_address(stage: Stage, text: str) -> None:
    assert stage.say("okoye", f"#link {text}") == [f"> {USAGE}"]
    assert stage.session.records == ()


@pytest.mark.parametrize(
    "scheme", ["http://", "https://", "irc://", "ircs://", "ftp://", "ssh://", "mailto:", "HTTPS://"]
)
def test_a_line_that_starts_with_an_address_is_a_link(stage: Stage, scheme: str) -> None:
    assert stage.say("okoye", f" {scheme}e.org/p Etherpad") == ["> #1 link"]
    (record,) = stage.session.records
    assert record.content == Content(f"{scheme}e.org/p Etherpad", url=f"{scheme}e.org/p", title="Etherpad")


def test_an_address_in_talk_is_talk(stage: Stage) -> None:
    for said in ("see https://e.org/p", "https://", "https:// e.org"):
        assert stage.say("okoye", said) == []
    assert stage.session.records == ()


def test_an_address_by_another_bot_is_talk(stage: Stage) -> None:
    assert stage.say("zuul", "https://e.org/p failed", talk_only=True) == []
    assert stage.session.records == ()


def test_a_call_names_its_team(stage: Stage) -> None:
    assert stage.say("okoye", "#cta Testers are wanted") == [
        "> #1 help wanted; the recap lists it under How to take part"
    ]
    stage.say("amaru", "#team Agent")
    assert stage.say("okoye", "#help Testers are wanted") == [
        "> #2 help wanted by team Agent; the recap lists it under How to take part"
    ]


def test_nothing_is_recorded_while_paused_or_without_a_session(stage: Stage) -> None:
    stage.say("amaru", "#pause")
    assert stage.say("okoye", "#info secret") == [
        "> off the record: the session is paused; #resume continues it"
    ]
    assert stage.say("okoye", "https://e.org/secret") == []
    stage.say("amaru", "#endmeeting")
    assert stage.say("okoye", "#info late") == [
        (
            "> ended at 13:00 UTC; only those who took part and the chair amaru can still add to it; "
            "#startmeeting NAME starts another session"
        )
    ]
    assert stage.say("okoye", "https://e.org/late") == []
    assert stage.session.records == ()


@pytest.mark.parametrize(
    "said", ["[off] #info secret", " [OFF]#info secret", "#infos", "#1 info", "\\#info x"]
)
def test_what_is_no_record(stage: Stage, said: str) -> None:
    stage.say("okoye", said)
    assert stage.session.records == ()


def test_a_record_needs_a_room(stage: Stage) -> None:
    assert stage.say("okoye", "info secret", private=True) == [
        "> say #info in the session's room, where everyone can see it; in private I answer status, actions mine, recap, subscribe and help"
    ]


def test_numbers_run_over_sessions_and_are_never_used_again(stage: Stage) -> None:
    stage.say("amaru", "#info one")
    stage.say("amaru", "#info two")
    stage.say("amaru", "#undo")
    stage.say("amaru", "#endmeeting")
    stage.later(hours=1)
    stage.say("amaru", "#startmeeting Day 2")
    assert stage.say("amaru", "#info three") == ["> #3 info"]


def test_saving_says_where_the_minutes_stand(stage: Stage) -> None:
    assert stage.say("okoye", "#save") == ["> nothing is recorded yet"]
    for said in ("#agreed a", "#rejected b", "#action okoye to c", "#cta d", "#cta e", "#info f"):
        stage.say("amaru", said)
    counts = "2 decisions, 1 action and 2 calls for help"
    assert stage.say("okoye", "#save") == [
        f'> 6 records so far: {counts}; everything is saved; the last is #6 info "f"'
    ]


def test_saving_counts_what_is_there(stage: Stage) -> None:
    stage.say("amaru", f"#info {'x' * 100}")
    assert stage.say("okoye", "#save") == [
        f'> 1 record so far; everything is saved; the last is #1 info "{"x" * 79}\u2026"'
    ]


def test_records_stand_under_topic_and_team(stage: Stage) -> None:
    stage.say("amaru", "#link https://e.org/p before all topics")
    stage.say("amaru", "#topic Updates")
    stage.say("amaru", "#team Agent")
    stage.say("okoye", "#done it")
    topic = stage.session.topics[0].id
    assert [(record.topic, record.team) for record in stage.session.records] == [
        (None, None),
        (topic, "Agent"),
    ]
    assert stage.session.rooms == (ROOM,)
