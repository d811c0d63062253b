"""Answers to a draft by mail: a proposal, a letter to the holder of the key, a line in the room, and nothing else."""

from datetime import timedelta

import pytest

from bot.api.effects import REPLY, Key
from bot.core.earlier_messages import Earlier
from bot.core.effects import Letter
from bot.core.events import Redacted, Room
from bot.core.mail_events import LetterReceived
from bot.core.session.session import Entry
from bot.core.state.holders import holder_identity
from plugins.recap.lifecycle import phrases as lifecycle
from plugins.recap.lifecycle.courses import known_courses
from plugins.recap.lifecycle.facts import RecapMade
from plugins.recap.lifecycle.keys import REVIEW
from plugins.recap.mending import letter_words, mail_replies
from plugins.recap.mending.facts import MendingProposed, ReplyCame, ReplyRead, ReplyReordered
from plugins.sessions.facts import SessionRested
from tests.plugins.recap.mending.drafts import draft_of, nova, quoted
from tests.plugins.recap.scene import Rehearsal

HERE = "irc/#nova"
OKOYE = "okoye@example.org"
DRAFT = "2027-10.nova.2027-10-19.draft-1-1@lists.example.org"
SUBJECT = "Mended: DRAFT: [nova] Nova at the October 2027 PTG, part 1 of 2"
WROTE = "On 2027-10-19 13:06, Gatherbot wrote:\n"
TO_OKOYE = f">@ mail to {OKOYE}: {SUBJECT}"


def day(public_url: str = "") -> Rehearsal:
    said = ("#topic Cells", "#info We keep the API as it is", "#topic Bugs", "#info Nobody reviews them")
    stage = nova(*said, public_url=public_url)
    stage.accounts["okoye"] = "okoye"
    return stage


def comes(
    stage: Rehearsal,
    text: str = "",
    *,
    id_: str = "mail-1",
    trouble: str = "",
    holder: str = OKOYE,
    opens: str = REPLY,
    argument: str = "nova 2027-10-19 1",
) -> list[str]:
    """A mail comes, with the key of the draft."""
    who = holder_identity(holder, stage.state.setup)
    return stage.event(
        LetterReceived(opens, argument, "track/nova", who, DRAFT, id_, text, stage.at, trouble)
    )


def mended(stage: Rehearsal) -> str:
    text = (
        draft_of(stage)
        .replace("as it is", "as it was")
        .replace("* Nobody reviews them (#2)\n", "* Somebody does\n")
    )
    return f"Hello bot,\n\n{WROTE}{quoted(text)}\n-- \nOkoye\n"


def letter_of(stage: Rehearsal) -> Letter:
    return stage.letters[-1]


def facts_of(stage: Rehearsal) -> list[type]:
    """The kinds of facts since the draft was made."""
    facts = [type(entry.fact) for decision in stage.decisions for entry in decision.entries]
    return [one for one in facts[facts.index(RecapMade) + 1 :] if one is not SessionRested]


def test_a_mail_proposes_and_its_holder_sees_what() -> None:
    stage = day()
    assert comes(stage, mended(stage)) == [
        TO_OKOYE,
        (
            f">[{HERE}] the mail of okoye would change the recap, part 1 of 2: "
            'topic 1 "Cells": #1 changed; topic 2 "Bugs": 1 new note, #2 missing; not taken: '
            "what my answer to that mail lists; #recap accept takes it, #recap accept drop also drops what is missing, "
            "#recap dismiss leaves it"
        ),
    ]
    letter = letter_of(stage)
    assert (letter.to, letter.references) == ((OKOYE,), (DRAFT,))
    assert letter.body == (
        "What your mail would change in the recap, by topic:\n"
        "\n"
        "Topic 1: Cells\n"
        "  #1 note:\n"
        "    - We keep the API as it is\n"
        "    + We keep the API as it was\n"
        "\n"
        "Topic 2: Bugs\n"
        "  new note:\n"
        "    + Somebody does\n"
        "  #2 is missing:\n"
        "    - Nobody reviews them\n"
        "\n"
        "Not taken:\n"
        "\n"
        '* "Hello bot,": it stands above the recap; #recap note TOPIC text adds\n'
        "  it\n"
        "\n"
        "Nothing of it is taken yet. #recap accept in #nova or in private takes\n"
        "it; #recap accept drop also drops what is missing; #recap dismiss leaves\n"
        "it.\n"
    )
    stage.loads_all()
    assert stage.say("okoye", "#recap accept") == [
        f"> taken: #1 changed and #3 added; #2 stays, and #recap drop N drops it; #recap undo takes it back; {lifecycle.LATE_AGAIN}"
    ]


def test_the_letter_has_the_address_of_the_page_where_the_proposal_waits() -> None:
    stage, plain = day(public_url="https://ptg.example.org"), day()
    unchanged = f"{WROTE}{quoted(draft_of(plain))}"
    comes(plain, mended(plain))
    comes(stage, mended(stage))
    letter = letter_of(stage)
    assert letter.body == f"Review: https://ptg.example.org/review/REVIEW-KEY\n\n{letter_of(plain).body}"
    until = stage.at + timedelta(days=30)
    assert letter.keys == (Key("REVIEW-KEY", REVIEW, "nova 2027-10-19 1", until),)
    assert letter.reply_to == ""
    comes(stage, unchanged, id_="mail-2")
    assert letter_of(stage).keys == ()


def test_the_same_mail_counts_once() -> None:
    stage = day()
    text = mended(stage)
    assert comes(stage, text) != []
    assert comes(stage, text) == []
    assert comes(stage, text, id_="mail-2") != []


@pytest.mark.parametrize("trouble", [*(one for one in letter_words.OF_MAIL if one != "lost"), "new"])
def test_what_cannot_be_read_is_told_to_the_holder_alone(trouble: str) -> None:
    stage = day()
    assert comes(stage, trouble=trouble) == [TO_OKOYE]
    said = letter_words.OF_MAIL.get(trouble, letter_words.OF_MAIL["unreadable"])
    assert letter_of(stage).body == f"{said}\n"
    assert facts_of(stage) == [ReplyCame, ReplyRead]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I am on holiday.\n", letter_words.LITTLE_IN_COMMON),
        ("\n-- \nOkoye\n", letter_words.IS_EMPTY),
    ],
)
def test_a_mail_without_the_recap_is_refused(text: str, said: str) -> None:
    stage = day()
    assert comes(stage, text) == [TO_OKOYE]
    assert " ".join(letter_of(stage).body.split()) == said


def test_an_unchanged_quotation_has_nothing_to_take() -> None:
    stage = day()
    quotation = f"{WROTE}{quoted(draft_of(stage))}"
    assert comes(stage, quotation) == [TO_OKOYE]
    assert letter_of(stage).body == f"{letter_words.NO_CHANGE}\n\n{letter_words.SENDS_NOTHING}\n"
    assert comes(stage, f"Hello\n\n{quotation}", id_="mail-2") == [TO_OKOYE]
    body = letter_of(stage).body
    assert body.startswith(f'{letter_words.NO_CHANGE_BUT}\n\nNot taken:\n\n* "Hello": ')
    assert body.endswith(f"\n\n{letter_words.SENDS_NOTHING}\n")


def test_an_excerpt_says_that_nothing_is_missing() -> None:
    stage = day()
    start = draft_of(stage).index("* Nobody")
    comes(stage, f"{WROTE}{quoted(draft_of(stage)[start : start + 30])}\nWe look for people.\n")
    assert f"{letter_words.EXCERPT}\n" in letter_of(stage).body


def test_a_mail_of_somebody_else_counts_nothing() -> None:
    stage = day()
    text = mended(stage)
    assert comes(stage, text, holder="nobody@example.org") == []
    assert comes(stage, text, opens=REVIEW) == []
    assert comes(stage, text, argument="nova 2027-10-20 1") == []
    assert comes(stage, text, argument="nova", id_="mail-2") == []
    assert set(facts_of(stage)) == {ReplyCame, ReplyRead}


def test_a_day_has_so_many_letters_and_no_more() -> None:
    stage = day()
    text = mended(stage)
    said = [comes(stage, trouble="empty", id_=f"mail-{n}") for n in range(mail_replies.LETTERS_A_DAY + 1)]
    assert said == [[TO_OKOYE]] * mail_replies.LETTERS_A_DAY + [[]]
    (proposal,) = comes(stage, text, id_="one more")
    assert proposal.startswith(f">[{HERE}] the mail of okoye would change")
    stage.later(days=1, minutes=1)
    assert comes(stage, trouble="empty", id_="tomorrow") == [TO_OKOYE]


def unread(stage: Rehearsal) -> None:
    """A mail comes, and the job that should read it ends without an outcome."""
    stage.register.jobs["mended text"] = lambda _sources, _mended: None
    assert comes(stage, mended(stage)) == []


def texts_of(stage: Rehearsal) -> list[str]:
    """The texts of mails that are kept."""
    entries = stage.state.stream("track/nova")
    return [entry.fact.text for entry in entries if isinstance(entry.fact, ReplyCame)]


def test_a_mail_that_was_not_read_is_read_again_once_and_then_asked_for() -> None:
    stage = day()
    unread(stage)
    assert stage.passes(minutes=14) == []
    assert ReplyReordered not in facts_of(stage)
    assert stage.passes(minutes=1) == []
    assert facts_of(stage) == [ReplyCame, ReplyReordered]
    assert stage.passes(minutes=14) == []
    assert stage.passes(minutes=1) == [TO_OKOYE]
    assert letter_of(stage).body == f"{letter_words.OF_MAIL['lost']}\n"
    assert facts_of(stage) == [ReplyCame, ReplyReordered, ReplyRead]
    assert stage.passes(hours=2) == []


def test_a_mail_that_was_not_read_gives_what_it_would_have_given() -> None:
    stage, other = day(), day()
    job = stage.register.jobs["mended text"]
    expected = comes(other, mended(other))
    unread(stage)
    stage.register.jobs["mended text"] = job
    assert stage.passes(minutes=15) == expected
    assert letter_of(stage).body == letter_of(other).body
    assert facts_of(stage) == [ReplyCame, ReplyReordered, MendingProposed, ReplyRead]


def test_a_mail_whose_text_is_not_there_is_asked_for_again() -> None:
    stage = day()
    part = known_courses(stage.state, stage.state.setup.tracks[0])[0].plan.key
    came = ReplyCame(part, "mail-1", holder_identity(OKOYE, stage.state.setup), DRAFT)
    stage.state.apply(Entry("track/nova", "received", stage.at, None, came))
    assert stage.passes(minutes=14) == []
    assert stage.passes(minutes=1) == [TO_OKOYE]
    assert letter_of(stage).body == f"{letter_words.OF_MAIL['lost']}\n"


def test_a_redaction_takes_the_text_of_a_mail() -> None:
    stage = day()
    text = mended(stage)
    comes(stage, text)
    assert texts_of(stage) == [text]
    stage.loads_all()
    (session,) = stage.state.sessions()
    room = Room(HERE, "irc", members=stage.members)
    stage.event(Redacted(room, stage.who("amaru"), session.records[0].cause, stage.at))
    assert texts_of(stage) == [""]


def test_a_redaction_of_what_was_only_said_takes_the_text_of_a_mail() -> None:
    stage = day()
    comes(stage, mended(stage))
    stage.loads_all()
    (session,) = stage.state.sessions()
    amaru, room = stage.who("amaru"), Room(HERE, "irc", members=stage.members)
    earlier = Earlier(session.id, amaru, (("$said", ("It stays so",)),))
    stage.event(Redacted(room, amaru, "$said", stage.at, earlier=earlier))
    assert texts_of(stage) == [""]


def test_the_texts_of_a_day_are_bounded() -> None:
    stage = day()
    for n in range(mail_replies.TEXTS_A_DAY + 1):
        comes(stage, "Hello\n", id_=f"mail-{n}")
    assert [bool(text) for text in texts_of(stage)] == [True] * mail_replies.TEXTS_A_DAY + [False]
    stage.later(days=1, minutes=1)
    comes(stage, "Hello\n", id_="tomorrow")
    assert texts_of(stage)[-1] == "Hello\n"


def test_a_mail_never_approves_or_sends() -> None:
    stage = day()
    comes(stage, mended(stage).replace("Hello bot", "#recap approve") + "\n#recap accept\n#recap send!\n")
    assert facts_of(stage) == [ReplyCame, MendingProposed, ReplyRead]
