"""What was said and not recorded: the rules, which lines a draft shows, and that nobody but its maintainers gets them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.facts import TalkRedacted
from bot.core.session.session import Entry
from bot.core.state.setup import Setup
from plugins.recap.unrecorded_talk.rules import LONGEST, RULES, Rule, agrees, plain, rule_of
from tests.plugins.recap.nova import DAYS, NOVA, PTG, TWO, session
from tests.plugins.recap.scene import Logged
from tests.transcripts.golden import played
from tests.web.markup import words
from tests.web.reader import Reader

GOLDEN = Path(__file__).parent / "transcripts" / "recap-with-maintainers-said-and-not-recorded.txt"
SAID = "shiny new dashboards for everybody"  # in the golden file: two agreed, and nobody took it
HEAD = "[For maintainers only: said and not recorded."
NEVER = (
    "hi all, good to see you again",
    "thanks, that was a good session today",
    "> the problem is that nobody tests it",
    "<rosa> I'll write the patch for that",
    '"we should drop it", they said last year',
    "#info the problem is that nobody tests it",
    "+1 we should do that",
    "should we drop the old driver?",
    "rosa: can you take the migration?",
    "we should all move to the moon haha",
    "https://review.opendev.org/c/nova/+/900000 is the patch",
    "I can.",
    "x" * LONGEST + " we should drop it",
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_examples_and_passes_the_others(rule: Rule) -> None:
    assert [
        text for text in rule.finds if not rule.pattern.search(plain(text)) or rule_of(text) is None
    ] == []
    assert [text for text in rule.passes if rule_of(text) is not None] == []


def test_what_is_no_statement_is_never_found() -> None:
    assert [text for text in NEVER if rule_of(text) is not None] == []


def test_a_plus_one_agrees_and_a_sentence_that_counts_does_not() -> None:
    assert [agrees(text) for text in ("+1", "+1 from me", "👍", "+1000")] == [True] * 4
    assert [agrees(text) for text in ("+1 hour for lunch", "+1?", "we got +1", "+10")] == [False] * 4


@given(st.sampled_from([text for rule in RULES for text in rule.finds]), st.text(max_size=30))
def test_no_question_is_a_statement_whatever_it_says(statement: str, said: str) -> None:
    assert rule_of(f"{statement} {said}?") is None


def logged(*said: str) -> Logged:
    stage = Logged(Setup(gathering=PTG, tracks=(replace(NOVA, maintainers=TWO),)))
    session(stage, "#info a note", *said)
    stage.passes(minutes=5)
    return stage


def shown(stage: Logged) -> list[str]:
    """The end of the newest draft, without its first paragraph."""
    return [line for line in stage.letters[-1].body.partition(HEAD)[2].splitlines() if line][3:]


def test_a_topic_shows_its_five_heaviest_lines_in_their_order() -> None:
    figures = [f"the gate runs {n} jobs" for n in range(10, 14)]
    stage = logged("#topic Gate", figures[0], "I'll write the patch", *figures[1:], "we agreed to drop it")
    assert shown(stage) == [
        "Topic 1: Gate",
        "* 1.1 13:03 amaru: the gate runs 10 jobs",
        "* 1.2 13:04 amaru: I'll write the patch",
        "* 1.3 13:05 amaru: the gate runs 11 jobs",
        "* 1.4 13:06 amaru: the gate runs 12 jobs",
        "* 1.5 13:08 amaru: we agreed to drop it",
    ]


def test_a_topic_that_is_taken_up_again_has_its_lines_together() -> None:
    stage = logged(
        "#topic Gate",
        "I'll write the patch",
        "#topic Docs",
        "we should test it",
        "#topic Gate",
        "option 2 is better",
    )
    assert shown(stage) == [
        "Topic 1: Gate",
        "* 1.1 13:03 amaru: I'll write the patch",
        "* 1.2 13:07 amaru: option 2 is better",
        "Topic 2: Docs",
        "* 2.1 13:05 amaru: we should test it",
    ]


def test_lines_that_did_something_and_lines_after_the_end_are_not_shown() -> None:
    stage = Logged(Setup(gathering=PTG, tracks=(replace(NOVA, maintainers=TWO),)))
    session(stage, "#info a note", "s/a note/we should test it/")
    stage.say("amaru", "we should go home now then")
    stage.passes(minutes=10)
    assert HEAD not in stage.letters[-1].body


def test_only_the_maintainers_copy_has_them() -> None:
    mails = played(GOLDEN).mails
    drafts = [mail for mail in mails if mail.startswith("DRAFT")]
    to_list = [mail for mail in mails if not mail.startswith("DRAFT")]
    assert [SAID in mail for mail in drafts[:2]] == [True, True]
    assert [(HEAD in mail, SAID in mail) for mail in to_list] == [(False, False)]


def test_a_draft_that_nobody_approved_goes_to_the_list_without_them() -> None:
    stage = logged("we should test it")
    assert "we should test it" in stage.letters[-1].body
    stage.passes(hours=25)
    assert (stage.letters[-1].to, "DRAFT" in stage.letters[-1].subject) == ((NOVA.list,), True)
    assert (HEAD in stage.letters[-1].body, "we should test it" in stage.letters[-1].body) == (False, False)


def test_the_json_and_the_recap_in_any_form_do_not_have_them() -> None:
    found = played(GOLDEN)
    assert SAID not in found.record
    assert [form for form, text in found.recaps.items() if SAID in text or HEAD in text] == []


def test_the_page_of_a_recap_does_not_have_them() -> None:
    stage = logged("we should test it")
    stage.ops.add("chair")
    before = words(Reader(stage).get("/recaps/nova/2027-10-19"))
    stage.say("chair", "#recap send!")
    stage.loads_all()
    after = words(Reader(stage).get("/recaps/nova/2027-10-19"))
    assert ("a note" in after, "we should test it" in before + after, HEAD in before + after) == (
        True,
        False,
        False,
    )


def test_the_json_says_who_made_a_line_a_record_after_the_end() -> None:
    (day,) = json.loads(played(GOLDEN).record)["sessions"]
    taken = next(record for record in day["records"] if record["kind"] == "action")
    assert (taken["by"], taken["at"]) == ("okoye", "2027-10-19T13:02:40Z")
    assert taken["added"] == {"by": "amaru", "at": "2027-10-19T13:12:00Z"}


def talked(*said: str, by: tuple[str, ...] = ("jbell", "okoye")) -> Logged:
    """A session of these lines in turns, and nothing recorded."""
    stage = Logged(Setup(gathering=PTG, tracks=(replace(NOVA, maintainers=TWO),)))
    converses(stage, *said, by=by)
    return stage


def converses(stage: Logged, *said: str, by: tuple[str, ...] = ("jbell", "okoye")) -> None:
    stage.say(by[0], "#startmeeting Day")
    for n, line in enumerate(said):
        stage.later(minutes=1)
        stage.say(by[n % len(by)], line)
    stage.say(by[0], "#endmeeting")
    stage.passes(minutes=5)


def test_talk_without_a_statement_or_by_one_person_is_mailed_to_nobody() -> None:
    assert talked("hello", "good morning").letters == []
    assert talked("I'll write the patch for that", "we should backport it", by=("jbell",)).letters == []


def test_talk_outside_of_the_days_waits_for_now() -> None:
    stage = Logged(Setup(gathering=PTG, tracks=(replace(NOVA, maintainers=TWO, days=DAYS[1:]),)))
    converses(stage, "I'll write the patch for that", "thanks")
    assert stage.letters == []


def test_a_redaction_takes_a_line_out_of_a_draft_of_talk_that_somebody_asked_for() -> None:
    stage = Logged(Setup(gathering=PTG, tracks=(replace(NOVA, maintainers=TWO, days=DAYS[1:]),)))
    stage.ops.add("chair")
    converses(stage, "we should backport it", "I'll write the patch for that")
    stage.say("chair", "#recap now")
    assert [stage.letters[-1].body.count(line) for line in ("backport it", "write the patch")] == [1, 1]
    session_id, lines = next(iter(stage.log.items()))
    stage.log[session_id] = [line for line in lines if "backport" not in line.text]
    stage.loads_all()
    stage.later(minutes=1)
    stage.state.apply(Entry(session_id, "gone", stage.at, None, TalkRedacted("m")))
    stage.passes(minutes=1)
    assert [stage.letters[-1].body.count(line) for line in ("backport it", "write the patch")] == [0, 1]


def test_a_track_without_maintainers_mails_no_talk() -> None:
    stage = Logged(Setup(gathering=PTG, tracks=(NOVA,)))
    converses(stage, "I'll write the patch for that", "thanks")
    assert stage.letters == []


def test_a_later_session_of_the_day_brings_a_new_draft_if_it_says_more() -> None:
    stage = talked("I'll write the patch for that", "thanks")
    converses(stage, "hello again", "bye")
    assert [letter.subject.partition(":")[0] for letter in stage.letters] == ["DRAFT", "DRAFT"]
    converses(stage, "the gate is broken since Monday", "oh")
    assert [letter.subject.partition(":")[0] for letter in stage.letters[2:]] == ["DRAFT 2", "DRAFT 2"]
    stage.passes(minutes=10)
    assert list(stage.state.sessions()) == []


def test_the_list_never_gets_talk() -> None:
    stage = talked("I'll write the patch for that", "thanks")
    stage.passes(days=9)
    assert {letter.to for letter in stage.letters} == {(maintainer.mail,) for maintainer in TWO}


def test_what_was_recorded_and_dropped_again_is_no_recap_for_the_list() -> None:
    stage = logged("we should test it")
    stage.ops.add("chair")
    stage.loads_all()
    stage.say("chair", "#drop 1")
    stage.passes(hours=30)
    (answer,) = stage.say("chair", "#recap send!")
    assert answer.startswith(
        ">[irc/#nova] not sent: nothing is recorded in the recap, part 1 of 2; #recap take"
    )
    assert [letter for letter in stage.letters if letter.to == (NOVA.list,)] == []


def test_without_topics_a_draft_shows_fifteen_lines() -> None:
    stage = talked(*(f"the gate runs {n} jobs" for n in range(10, 30)))
    assert stage.letters[-1].body.count("the gate runs") == 15
