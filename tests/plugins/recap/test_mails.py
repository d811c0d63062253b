"""Every mail: what causes it, to whom, on whose word, how often. The table of docs/recap.md lists these causes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.effects import Letter
from bot.core.mail_events import LetterReceived
from bot.core.state.holders import holder_identity
from bot.core.state.state import State
from tests.plugins.recap.nova import DAYS, LIST, NOVA, PTG, TWO, rehearsal, session
from tests.plugins.recap.scene import Logged, Rehearsal

HERS = replace(NOVA, maintainers=TWO)
MAILS = [maintainer.mail for maintainer in TWO]


def sent(stage: Rehearsal, since: int = 0) -> list[Letter]:
    """The letters; the outbox takes an id once."""
    by_id = {letter.id: letter for letter in reversed(stage.letters)}
    new = {letter.id for letter in stage.letters[since:]} - {letter.id for letter in stage.letters[:since]}
    return [letter for identifier, letter in reversed(by_id.items()) if identifier in new]


def to(letters: list[Letter], address: str) -> list[str]:
    return [letter.subject.partition("[")[0] for letter in letters if letter.to == (address,)]


def edits_for_a_day(stage: Rehearsal) -> None:
    """Somebody without rights changes a record over and over, and on the first day starts two more sessions."""
    for hour in range(24):
        for _ in range(8 if hour < 2 else 1):
            stage.loads_all()
            stage.say("amaru", f"#edit 1 Version {stage.count}")
            stage.passes(minutes=60 / 8 if hour < 2 else 60)
        if hour in {2, 6} and stage.at.date() == DAYS[0]:
            stage.say("amaru", "#startmeeting Again")
            stage.say("amaru", "#agreed The project is dissolved")
            stage.say("amaru", "#endmeeting")


def a_part(stage: Rehearsal) -> None:
    session(stage, "#info One")
    stage.passes(minutes=5)


def an_approved_part(stage: Rehearsal) -> None:
    a_part(stage)
    stage.ops.add("jbell")
    stage.say("jbell", "#recap send!")


def twelve_sessions(stage: Rehearsal) -> None:
    for number in range(12):
        session(stage, f"#info {number}", name=f"Session {number}")
        stage.passes(minutes=10)


def draft_for_the_maintainers() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS, by="session", hold="9d")
    twelve_sessions(stage)
    yield [address for letter in sent(stage) for address in letter.to], MAILS * 8


def draft_of_what_was_said() -> Iterator[tuple[list[str], list[str]]]:
    stage = Logged(rehearsal(HERS, by="session").state.setup)
    for number in range(12):
        session(stage, "I'll write the patch for that", name=f"Session {number}")
        stage.passes(minutes=10)
    yield [address for letter in sent(stage) for address in letter.to], []
    for number in range(12):
        stage.say("jbell", f"#startmeeting Talk {number}")
        stage.say("amaru", "I'll write the patch for that")
        stage.say("jbell", "#endmeeting")
        stage.passes(minutes=10)
    yield [address for letter in sent(stage) for address in letter.to], MAILS * 8
    stage.passes(days=9)
    yield to(sent(stage), LIST), []


def revised_draft() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS, hold="9d")
    a_part(stage)
    first = 2
    for day in range(3):
        before = len(stage.letters)
        edits_for_a_day(stage)
        new = [subject for subject in to(sent(stage, before), MAILS[0]) if "Reminder" not in subject]
        assert len(new) <= 9, day
        yield new, [f"DRAFT {first + n}: " for n in range(len(new))]
        first += len(new)
    yield to(sent(stage), LIST), []


def draft_for_the_list() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(by="session")
    twelve_sessions(stage)
    yield to(sent(stage), LIST), ["DRAFT: "] * 8


def unapproved_draft() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS)
    a_part(stage)
    before = len(stage.letters)
    stage.passes(days=9)
    yield to(sent(stage, before), LIST), ["DRAFT: "]


def approved_recap() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS)
    a_part(stage)
    before = len(stage.letters)
    stage.say("amaru", "#recap send!")
    yield to(sent(stage, before), LIST), []
    stage.ops.add("jbell")
    stage.say("jbell", "#recap send!")
    stage.say("jbell", "#recap send!")
    yield to(sent(stage, before), LIST), [""]


def proposed_correction() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS)
    an_approved_part(stage)
    before = len(stage.letters)
    edits_for_a_day(stage)
    yield to(sent(stage, before), MAILS[1]), ["DRAFT: Correction: "]
    for _ in range(3):  # the first of them is the reminder, with what changed meanwhile
        before = len(stage.letters)
        edits_for_a_day(stage)
        yield to(sent(stage, before), MAILS[1]), ["DRAFT: Correction: "]
    yield to(sent(stage), LIST), [""]


def new_draft_or_proposal_on_approval() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS)
    a_part(stage)
    stage.loads_all()
    stage.ops.add("jbell")
    before = len(stage.letters)
    stage.say("amaru", "#edit 1 Two")
    stage.say("jbell", "#recap send!")
    yield [address for letter in sent(stage, before) for address in letter.to], MAILS
    stage.say("jbell", "#recap send!")
    stage.loads_all()
    before = len(stage.letters)
    stage.say("amaru", "#edit 1 Three")
    stage.say("jbell", "#recap send!")
    yield [address for letter in sent(stage, before) for address in letter.to], MAILS
    stage.say("jbell", "#recap send!")
    yield to(sent(stage, before), LIST), ["Correction: "]


def reminder() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS)
    an_approved_part(stage)
    stage.loads_all()
    stage.say("amaru", "#edit 1 Two")
    stage.passes(minutes=5)
    before = len(stage.letters)
    stage.passes(days=30)
    yield [address for letter in sent(stage, before) for address in letter.to], MAILS


def reminder_of_a_draft() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS, hold="9d")
    a_part(stage)
    before = len(stage.letters)
    stage.passes(days=8)
    yield to(sent(stage, before), MAILS[0]), ["Reminder: DRAFT: "]
    yield [address for letter in sent(stage, before) for address in letter.to], MAILS


def index_of_the_recaps() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal()
    stage.state = State(replace(stage.state.setup, gathering=replace(PTG, organizers=("chair@example.org",))))
    stage.ops.add("jbell")
    an_approved_part(stage)
    for _ in range(4):
        stage.say("amaru", "#recaps mail")
        stage.say("jbell", "#recaps mail")
        stage.passes(minutes=29)
    yield to(sent(stage), "chair@example.org"), ["Recaps of the October 2027 PTG"] * 2
    before = len(stage.letters)
    stage.passes(days=60)
    yield to(sent(stage, before), "chair@example.org"), ["Recaps of the October 2027 PTG"]


def approved_correction() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS)
    an_approved_part(stage)
    before = len(stage.letters)
    edits_for_a_day(stage)
    yield to(sent(stage, before), LIST), []
    stage.say("jbell", "#recap send!")
    stage.say("jbell", "#recap send!")
    yield to(sent(stage, before), LIST), ["Correction: "]


def unapproved_correction() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal()
    a_part(stage)
    for _ in range(2):
        before = len(stage.letters)
        edits_for_a_day(stage)
        yield to(sent(stage, before), LIST), ["DRAFT: Correction: "]


def test_nothing_goes_to_the_list_unreviewed_where_it_never_may() -> None:
    for track in (HERS, NOVA):
        stage = rehearsal(track, hold="never")
        a_part(stage)
        edits_for_a_day(stage)
        stage.passes(days=30)
        assert to(sent(stage), LIST) == []
        stage.ops.add("jbell")
        stage.say("jbell", "#recap send!")
        stage.say("jbell", "#recap send!")
        assert to(sent(stage), LIST) == [""]
        edits_for_a_day(stage)
        stage.passes(days=30)
        assert to(sent(stage), LIST) == [""]


def test_what_was_sent_by_hand_is_sent_to_nobody() -> None:
    stage = rehearsal(HERS)
    a_part(stage)
    stage.ops.add("jbell")
    stage.say("jbell", "#recap sent https://lists.example.org/1")
    edits_for_a_day(stage)
    stage.passes(days=30)
    assert to(sent(stage), LIST) == []
    stage.say("jbell", "#recap send!")
    stage.say("jbell", "#recap send!")
    assert to(sent(stage), LIST) == ["Correction: "]


def answer_to_mended_text() -> Iterator[tuple[list[str], list[str]]]:
    stage = rehearsal(HERS)
    a_part(stage)
    before = len(stage.letters)
    holder = holder_identity(TWO[0].mail, stage.state.setup)
    for n in range(30):
        mail = f"mail-{n // 2}" if n < 20 else f"mail-{n}"  # some come twice
        argument = f"nova {DAYS[0]} 1"
        stage.event(LetterReceived("reply", argument, "track/nova", holder, "draft", mail, "Hello", stage.at))
    yield [address for letter in sent(stage, before) for address in letter.to], [TWO[0].mail] * 20


CAUSES: list[Callable[[], Iterator[tuple[list[str], list[str]]]]] = [
    draft_for_the_maintainers,
    draft_of_what_was_said,
    revised_draft,
    draft_for_the_list,
    unapproved_draft,
    approved_recap,
    proposed_correction,
    new_draft_or_proposal_on_approval,
    reminder,
    approved_correction,
    answer_to_mended_text,
    unapproved_correction,
    reminder_of_a_draft,
    index_of_the_recaps,
]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.__name__)
def test_a_cause_brings_the_mails_of_its_row(
    cause: Callable[[], Iterator[tuple[list[str], list[str]]]],
) -> None:
    for found, expected in cause():
        assert found == expected


def test_the_table_lists_these_causes() -> None:
    page = (Path(__file__).parents[3] / "docs" / "recap.md").read_text(encoding="utf-8")
    rows = page.split("<!-- mails -->")[1].strip().splitlines()[2:]
    named = [row.split("|")[1].strip().replace(" ", "_") for row in rows]
    assert named == [cause.__name__ for cause in CAUSES]
