"""A mended text from a pad: fetched, read, proposed, and taken by whoever accepts."""

import pytest
from msgspec.structs import replace

from bot.core.effects import Fetch
from bot.core.events import Fetched, Power, Prepared, Room
from bot.core.facts import Recorded, Revised
from bot.core.state.access import Role
from bot.core.state.limits import Limits
from bot.core.state.setup import Track
from plugins.recap.lifecycle import phrases as lifecycle
from plugins.recap.mending import phrases
from plugins.recap.mending.facts import Mending, MendingProposed
from plugins.recap.mending.orders import JOB, MendedText, Read
from plugins.recap.mending.proposals import by_topic, proposal_of
from plugins.recap.mending.shown import Shown, TopicChanges
from tests.plugins.recap.mending.drafts import draft_of, known_of, nova
from tests.plugins.recap.nova import session
from tests.plugins.recap.scene import Rehearsal

PAD = "https://etherpad.example.org/p/nova"
TEXT = f"{PAD}/export/txt"
HERE = "irc/#nova"
RECAP = "the recap, part 1 of 2"
SOURCE = f"the text of {PAD}"
AGAIN = lifecycle.LATE_AGAIN
A_NOTE = "* Nobody reviews them (#3)"


def day() -> Rehearsal:
    stage = nova(
        "#topic Cells",
        "#info We keep the API as it is",
        "#action me to write the spec",
        "#topic Bugs",
        "#info Nobody reviews them",
    )
    stage.accounts["okoye"] = "okoye"
    return stage


def asks(
    stage: Rehearsal, text: str, by: str = "okoye", *, trouble: str = "", private: bool = False
) -> list[str]:
    """Somebody asks for a pad, which has this text; what is said about it."""
    say(stage, f"#recap pad {PAD}", by, private=private)
    return fetched(stage, text, by, trouble=trouble, private=private)


def fetched(
    stage: Rehearsal, text: str, by: str = "okoye", *, trouble: str = "", private: bool = False
) -> list[str]:
    """The page comes that was asked for last."""
    fetch = next(o for d in reversed(stage.decisions) for o in d.orders if isinstance(o, Fetch))
    room = Room(f"irc/{by}" if private else HERE, "irc", members=stage.members, private=private)
    page = Fetched(
        fetch.name, fetch.url, stage.at, room, stage.who(by), Power.NONE, text, "", trouble, fetch.argument
    )
    return stage.event(page)


def say(stage: Rehearsal, text: str, by: str = "okoye", *, private: bool = False) -> list[str]:
    """What somebody says, with the sessions in memory that it names."""
    stage.loads_all()
    return stage.say(by, text, private=private)


def proposed(stage: Rehearsal) -> MendingProposed:
    waiting = proposal_of(stage.state, nova_of(stage), "2027-10-19")
    assert waiting is not None
    return waiting.fact


def nova_of(stage: Rehearsal) -> Track:
    (track,) = stage.state.setup.tracks
    return track


def mended(stage: Rehearsal) -> str:
    return draft_of(stage).replace("as it is", "as it was").replace(A_NOTE, "* Somebody does")


def test_whoever_accepts_is_the_author_of_the_change() -> None:
    stage = day()
    assert asks(stage, mended(stage)) == [
        (
            f'>[{HERE}] {SOURCE} would change {RECAP}: topic 1 "Cells": #1 changed; topic 2 "Bugs": 1 new note, #3 missing; '
            "#recap accept takes it, #recap accept drop also drops what is missing, #recap dismiss leaves it"
        )
    ]
    assert say(stage, "#recap accept", "amaru") == [
        f"> taken: #1 changed and #4 added; #3 stays, and #recap drop N drops it; #recap undo takes it back; {AGAIN}"
    ]
    facts = [(entry.by, type(entry.fact)) for entry in stage.decisions[-1].entries]
    assert (stage.who("amaru"), Revised) in facts
    assert (stage.who("amaru"), Recorded) in facts
    assert known_of(stage).record(4) is not None


def test_a_changed_action_keeps_whose_word_it_was() -> None:
    stage = day()
    asks(stage, draft_of(stage).replace("write the spec (#2)", "write two specs (#2)", 1))
    say(stage, "#recap accept")
    placed = known_of(stage).record(2)
    assert placed is not None
    assert [owner.name for owner in placed.item.content.owners] == ["amaru"]


def test_a_pad_in_private_is_answered_in_private() -> None:
    stage = day()
    (said,) = asks(stage, mended(stage), private=True)
    assert said.startswith(f">[irc/okoye] {SOURCE} would change {RECAP}: ")


@pytest.mark.parametrize(
    ("trouble", "why"), [*phrases.TROUBLES.items(), ("new", phrases.TROUBLES["unreachable"])]
)
def test_every_trouble_has_its_answer(trouble: str, why: str) -> None:
    stage = day()
    assert asks(stage, "", trouble=trouble) == [f">[{HERE}] {TEXT}: {why}"]
    assert stage.decisions[-1].entries == []


@pytest.mark.parametrize(
    "typed",
    ["pad", "pad ftp://x.example.org/", "pad etherpad", "pad https://a b", "pad https://x/" + "y" * 1000],
)
def test_what_is_no_address_is_not_fetched(typed: str) -> None:
    assert say(day(), f"#recap {typed}") == [f"> {phrases.USAGE_PAD}"]


def test_who_lost_the_right_has_nothing_read() -> None:
    stage = day()
    say(stage, f"#recap pad {PAD}")
    del stage.accounts["okoye"]
    assert fetched(stage, mended(stage)) == [f">[{HERE}] {phrases.NO_RIGHT_ANY_MORE(who='okoye')}"]


def test_a_record_that_was_redacted_leaves_the_proposal() -> None:
    stage = day()
    asks(stage, mended(stage))
    (changed, new) = proposed(stage).changes
    blanks = stage.register.blanks
    gone = blanks.without_copies(proposed(stage), lambda cause: cause in changed.origins)
    assert gone == replace(proposed(stage), changes=(new,))


def test_a_proposal_shows_old_and_new_texts_by_topic() -> None:
    stage = day()
    asks(stage, mended(stage))
    waiting = proposal_of(stage.state, nova_of(stage), "2027-10-19")
    assert waiting is not None
    changed = Shown("info", 1, "We keep the API as it is", "We keep the API as it was")
    assert by_topic(waiting, known_of(stage).part, "") == [
        TopicChanges(1, "Cells", (changed,)),
        TopicChanges(2, "Bugs", (Shown("info", 0, "", "Somebody does"),), ((3, "Nobody reviews them"),)),
    ]
    say(stage, "#edit 1 Something else")
    (cells, _) = by_topic(waiting, known_of(stage).part, "")
    assert cells.changes == (replace(changed, old="Something else", is_stale=True),)


def test_one_undo_takes_back_what_was_taken_in_all_sessions() -> None:
    stage = day()
    stage.later(minutes=1)
    session(stage, "#topic CI", "#info It is slow", name="Evening")
    stage.passes(minutes=20)
    text = (
        mended(stage)
        .replace("It is slow", "It is fast")
        .replace("Hello everyone,\n", "Hello everyone,\n\nA day.\n")
    )
    asks(stage, text)
    assert say(stage, "#recap accept drop") == [
        f"> taken: #1 and #4 changed, #5 added, #3 dropped and the introduction; #recap undo takes it back; {AGAIN}"
    ]
    assert say(stage, "#recap undo") == [
        (
            '> undone: the last change of #1, #5 "Somebody does", that #3 was dropped, the last change of #4 and '
            f"the introduction; {AGAIN}"
        )
    ]
    texts = [placed.item.text for placed in known_of(stage).part.records]
    assert texts == ["We keep the API as it is", "me to write the spec", "Nobody reviews them", "It is slow"]


def test_what_somebody_changed_meanwhile_is_not_dropped() -> None:
    stage = day()
    text = mended(stage)
    asks(stage, text)
    stage.later(minutes=1)
    say(stage, "#edit 3 Hardly anybody reviews them")
    assert say(stage, "#recap accept drop") == [
        f"> taken: #1 changed and #4 added; left out: #3 (it changed since); #recap undo takes it back; {AGAIN}"
    ]


def test_what_somebody_changed_since_the_draft_is_not_missing() -> None:
    stage = day()
    say(stage, "#edit 3 Hardly anybody reviews them")
    text = draft_of(stage).replace(A_NOTE, "* Somebody does")
    (said,) = asks(stage, text)
    assert f'1 new note; not taken: "Hardly anybody reviews them" ({phrases.CHANGED_SINCE(n=3)}); ' in said


def test_a_chair_takes_what_is_of_their_session() -> None:
    stage = day()
    stage.later(minutes=1)
    for line in ("#startmeeting Evening", "#topic CI", "#info It is slow", "#endmeeting"):
        stage.say("rosa", line)
    stage.passes(minutes=20)
    asks(stage, mended(stage).replace("It is slow", "It is fast"))
    assert say(stage, "#recap accept drop", "rosa") == [
        (
            "> taken: #4 changed; left out: #1 (you can't change that session), \"Somebody does\" (you can't change that session) "
            f"and #3 (you can't change that session); #recap undo takes it back; {AGAIN}"
        )
    ]


def test_what_has_no_place_anymore_is_left_out() -> None:
    stage = day()
    asks(stage, mended(stage))
    gone = [replace(change, topic="nowhere") for change in proposed(stage).changes if not change.n]
    lost = Mending("poem", "Roses are red", 0, gone[0].session)
    elsewhere = replace(lost, session="another")
    proposes(stage, replace(proposed(stage), changes=(*gone, lost, elsewhere), missing=()))
    why = phrases.GONE
    assert say(stage, "#recap accept") == [
        f'> nothing could be taken, so it is dismissed: "Somebody does" ({why}), "Roses are red" ({why}) and "Roses are red" ({why})'
    ]


def test_what_only_moderators_record_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = day()
    asks(stage, mended(stage))
    note = replace(stage.register.kinds["info"], role=Role.MODERATOR)
    monkeypatch.setitem(stage.register.kinds, "info", note)
    assert say(stage, "#recap accept") == [
        (
            f'> taken: #1 changed; left out: "Somebody does" ({phrases.ONLY_BY_MODERATORS}); '
            f"#3 stays, and #recap drop N drops it; #recap undo takes it back; {AGAIN}"
        )
    ]


def test_a_session_takes_no_more_records_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = day()
    asks(stage, mended(stage).replace("* Somebody does", "* Somebody does\n* Anybody may"))
    monkeypatch.setattr(Limits, "records", 4)
    assert say(stage, "#recap accept") == [
        (
            f'> taken: #1 changed and #4 added; left out: "Anybody may" ({phrases.FULL(most=4)}); '
            f"#3 stays, and #recap drop N drops it; #recap undo takes it back; {AGAIN}"
        )
    ]


def proposes(stage: Rehearsal, fact: MendingProposed) -> None:
    """Something is proposed, however it came about."""
    known = known_of(stage)
    text = MendedText(known.part.plan, "", "pad", TEXT, None, stage.at, room=HERE)
    stage.event(Prepared(JOB, "track/nova", stage.at, Read(text, fact, known.part)))
