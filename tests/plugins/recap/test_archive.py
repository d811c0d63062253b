"""A letter that the mail server took is looked for in the list's archive: when, how often, and what the rooms hear of it."""

import re
from datetime import timedelta

from msgspec.structs import replace

from bot.core.effects import Trace
from bot.core.events import MomentDue
from bot.core.mail_events import MailTaken, Traced, Whereabouts
from plugins.recap.archive.search import AFTER, SEARCH
from tests.plugins.recap.nova import LIST, NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal

ARCHIVE = "https://lists.example.org/{list}/{hash}"
URL = "https://lists.example.org/1"
HERS = replace(NOVA, maintainers=TWO[:1], archive=ARCHIVE)
STREAM = "track/nova"


def approved() -> Rehearsal:
    """A recap that was approved, and that the mail server took."""
    stage = rehearsal(HERS)
    stage.ops.add("jbell")
    session(stage, "#info One")
    stage.passes(minutes=5)
    stage.say("jbell", "#recap send!")
    return stage


def looks(stage: Rehearsal, *answers: Whereabouts, **span: float) -> list[str]:
    """Let time pass; the first looks are answered so, and all further ones like the last."""
    left, said = list(answers), []
    until = stage.at + timedelta(**span)
    while (due := stage.next_due(until)) is not None:
        stage.at = max(stage.at, due.at)
        for line in stage.event(due):
            assert line == ">? Trace"
            answer = left.pop(0) if len(left) > 1 else left[0]
            said += traced(stage, answer)
    stage.at = until
    return said


def traced(stage: Rehearsal, answer: Whereabouts) -> list[str]:
    order = next(order for order in reversed(orders(stage)) if isinstance(order, Trace))
    return stage.event(Traced(order.letter, STREAM, stage.at, answer, URL))


def orders(stage: Rehearsal) -> list[object]:
    return [order for decision in stage.decisions for order in decision.orders]


def traces(stage: Rehearsal) -> list[Trace]:
    return [order for order in orders(stage) if isinstance(order, Trace)]


def moments(stage: Rehearsal) -> list[timedelta]:
    """The moments at which a letter is looked for, from now."""
    found = [moment.at for moment in stage.register.due(stage.state, STREAM) if moment.name == SEARCH]
    return [at - stage.at for at in found]


def test_it_is_looked_for_more_and_more_seldom_for_a_day() -> None:
    stage = approved()
    assert moments(stage) == list(AFTER)
    assert [after.total_seconds() / 60 for after in AFTER][:5] == [1, 5, 15, 60, 120]
    assert AFTER[-1] == timedelta(hours=25)
    assert looks(stage, "absent", hours=24) == []
    assert len(traces(stage)) == len(AFTER) - 1
    assert {(one.letter, one.subject) for one in traces(stage)} == {
        (stage.letters[-1].id, stage.letters[-1].subject)
    }


def test_when_it_is_seen_the_room_hears_where_once() -> None:
    stage = approved()
    seen = f">[irc/#nova] the recap, part 1 of 2, is on the list: {URL}"
    assert looks(stage, "absent", "shown", hours=30) == [seen]
    assert len(traces(stage)) == 2
    assert moments(stage) == []
    assert traced(stage, "shown") == []


def test_a_letter_that_is_held_is_told_once_and_looked_for_on() -> None:
    stage = approved()
    (said,) = looks(stage, "held", hours=2)
    assert said.startswith(f">[irc/#nova] the recap, part 1 of 2, is not on the list yet: {LIST} holds it")
    assert looks(stage, "shown", hours=1) == [f">[irc/#nova] the recap, part 1 of 2, is on the list: {URL}"]


def test_what_is_held_to_the_end_is_no_news_at_the_end() -> None:
    stage = approved()
    assert len(looks(stage, "held", hours=30)) == 1
    assert moments(stage) == []
    assert "the list holds it for its moderators" in stage.say("amaru", "#recap")[0]


def test_what_was_held_and_is_no_more_may_have_been_rejected() -> None:
    stage = approved()
    told = looks(stage, "held", "absent", hours=30)
    assert len(told) == 2
    assert told[1] == (
        ">[irc/#nova] whether the recap, part 1 of 2, is on the list is unknown: the list held it, and its archive did not "
        f"show it within a day, so its moderators may have rejected it; it should be at {URL}"
    )


def test_an_archive_that_is_away_is_never_taken_for_held() -> None:
    for answer in ("unreachable", "unsound"):
        stage = approved()
        (told,) = looks(stage, answer, hours=30)
        assert "is unknown: the list's archive" in told
        assert "holds" not in told
        assert "hold" not in stage.say("amaru", "#recap")[0]


def test_of_the_moments_that_passed_while_the_bot_was_off_the_newest_counts() -> None:
    stage = approved()
    now = stage.at + timedelta(hours=3, minutes=30)
    for moment in stage.register.due(stage.state, STREAM):
        if moment.name == SEARCH and moment.at <= now:
            stage.event(MomentDue("", SEARCH, STREAM, moment.at, now - moment.at))
    assert len(traces(stage)) == 1


def test_a_restart_changes_nothing() -> None:
    stage = approved()
    looks(stage, "held", minutes=30)
    waiting, status = moments(stage), stage.say("amaru", "#recap")
    stage.restart()
    assert (moments(stage), stage.say("amaru", "#recap")) == (waiting, status)
    looks(stage, "shown", hours=1)
    status = stage.say("amaru", "#recap")
    stage.restart()
    assert (moments(stage), stage.say("amaru", "#recap")) == ([], status)


def test_what_is_found_a_week_later_is_noted_without_a_word() -> None:
    stage = approved()
    stage.later(days=8)
    last = [m for m in stage.register.due(stage.state, STREAM) if m.name == SEARCH][-1]
    stage.event(MomentDue("", SEARCH, STREAM, last.at, stage.at - last.at))
    assert traced(stage, "shown") == []
    assert stage.say("amaru", "#recap")[0].endswith(f"; it is at {URL}")


def test_a_held_correction_is_told_of_too() -> None:
    stage = approved()
    looks(stage, "shown", minutes=2)
    stage.loads_all()
    stage.say("jbell", "#recap note - Two")
    stage.say("jbell", "#recap send")
    (told,) = looks(stage, "held", minutes=2)
    assert told.startswith(
        f">[irc/#nova] a correction of the recap, part 1 of 2, is not on the list yet: {LIST} holds it"
    )
    assert stage.say("amaru", "#recap")[0].endswith(
        f"; it is at {URL}; the list holds the last correction for its moderators"
    )


def test_letters_that_nobody_can_find_are_not_looked_for() -> None:
    for track, filed in ((replace(HERS, archive=""), False), (HERS, True)):
        stage = rehearsal(track)
        stage.ops.add("jbell")
        stage.takes_mail = False
        session(stage, "#info One")
        stage.passes(minutes=5)
        stage.say("jbell", "#recap send!")
        stage.event(MailTaken(stage.letters[-1].id, STREAM, stage.at, filed=filed))
        assert moments(stage) == []
        assert stage.event(Traced(stage.letters[-1].id, STREAM, stage.at, "shown", URL)) == []


def test_a_foreign_letter_is_nothing_to_tell() -> None:
    stage = approved()
    assert stage.event(Traced("somebody@else.example", STREAM, stage.at, "shown", URL)) == []


def test_later_parts_and_corrections_link_to_what_the_archive_shows() -> None:
    stage = approved()
    looks(stage, "shown", minutes=2)
    stage.loads_all()
    stage.say("jbell", "#recap note - Two")
    stage.say("jbell", "#recap send")
    correction = stage.letters[-1].body
    assert "This was mended after the recap [1] was sent:" in correction
    assert f"[1] {URL}" in correction
    stage.at = stage.at.replace(day=20, hour=13)
    session(stage, "#info Three")
    stage.passes(minutes=5)
    draft = stage.letters[-1].body
    (number,) = re.findall(r"Part 1 \[(\d+)\] is in this thread as well\.", draft)
    assert f"[{number}] {URL}" in draft


def test_as_long_as_the_archive_does_not_show_it_there_is_no_link() -> None:
    stage = approved()
    looks(stage, "absent", minutes=2)
    stage.at = stage.at.replace(day=20, hour=13)
    session(stage, "#info Three")
    stage.passes(minutes=5)
    assert "Part 1 is in this thread as well." in stage.letters[-1].body
    assert "lists.example.org/" not in stage.letters[-1].body
