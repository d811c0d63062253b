"""What a redaction leaves of each fact, and of what is no message."""

from collections.abc import Sequence

import pytest
from msgspec import Struct

from bot.core import facts
from bot.core.effects import Effect, Reply, Write
from bot.core.facts import CORE_FACTS, MessageRedacted, Recorded, SessionOpened, TextRemoved
from bot.core.plugin.ask import Ask, Reaction
from bot.core.plugin.declarations import Plugin
from bot.core.session.redacted_text import CORE_BLANKS, Blanks, is_of, loses_text
from bot.core.words.emoji import plain_emoji as plain
from plugins import agenda, corrections, records, sessions, topics
from tests.edits import MatrixStage
from tests.storage.samples import TOLD

TYPED = {
    "Nova day 1", "Nova, day 1", "please sign in", "Lin Wei", "Welcome", "Who is who", "Who is here", "Welcome!", "Placement", "mended",
    'quoted "text", a tab\tand 🎉', "lin to write the spec by 2027-11-02", "somebody", "https://example.org/x", "sato",
}  # fmt: skip


@pytest.mark.parametrize("fact", TOLD, ids=lambda fact: type(fact).__name__)
def test_nothing_that_was_typed_is_left_of_a_fact(fact: object) -> None:
    left = Blanks().blanked(fact)
    assert [words for words in TYPED if repr(words)[1:-1] in repr(left)] == []
    assert Blanks().blanked(left) == left
    assert type(left) in CORE_FACTS


def test_a_fact_that_others_count_stays_one() -> None:
    kinds = {
        Recorded,
        facts.Revised,
        facts.Withdrawn,
        facts.Moved,
        facts.TopicRetitled,
        facts.Voided,
        SessionOpened,
    }
    assert kinds <= set(CORE_BLANKS)
    assert Blanks().blanked(facts.TopicOpened("A secret")) == TextRemoved("TopicOpened")


class Raised(Struct, frozen=True):
    hand: str
    why: str = ""


def test_a_plugin_says_what_is_left_of_its_own() -> None:
    assert Blanks().blanked(Raised("rosa", "a secret")) == TextRemoved("Raised")
    assert Blanks({Raised: lambda fact: Raised(fact.hand)}).blanked(Raised("rosa", "a secret")) == Raised(
        "rosa"
    )


@pytest.mark.parametrize(
    ("cause", "loses"),
    [("e1", True), ("e1/1", True), ("e1/apart", True), ("e1/seen", False), ("e10", False), ("e1~1", False), ("c7", True)],
)  # fmt: skip
def test_which_causes_are_a_message_s(cause: str, loses: bool) -> None:  # noqa: FBT001
    assert loses_text(cause, ["e1"], ["c7"]) == loses
    assert is_of(cause, "e1") == (cause.partition("/")[0] == "e1")


hands = Plugin("hands", facts=(Raised,), blanks={Raised: lambda fact: Raised(fact.hand)})


@hands.reaction
def raise_hand(reaction: Reaction) -> Sequence[Effect]:
    if reaction.emoji != "✋" or reaction.session is None:
        return ()
    return [
        Write(Raised(reaction.who.name)),
        Reply(f"{reaction.who.name} on {reaction.target} as {reaction.role.name}"),
    ]


@hands.command("raise", usage="#raise why", says="raises a hand", example="#raise x")
def raise_by_word(ask: Ask) -> Sequence[Effect]:
    return [Write(Raised(ask.speaker.name, ask.rest))]


@pytest.fixture
def stage() -> MatrixStage:
    plugins = [sessions.plugin, agenda.plugin, topics.plugin, records.plugin, corrections.plugin, hands]
    stage = MatrixStage(plugins)
    stage.post("amaru", "start", "#startmeeting Day 1")
    return stage


def raised(stage: MatrixStage) -> list[Raised]:
    return stage.session.every(Raised)


def test_a_reaction_is_told_to_plugins_and_taken_back_with_what_it_did(stage: MatrixStage) -> None:
    assert stage.react("rosa", "start", "✋🏽") == ["> rosa on start as ANYONE"]
    assert stage.react("amaru", "start", "✋") == ["> amaru on start as CHAIR"]
    assert stage.react("amaru", "start", "👍") == []
    assert raised(stage) == [Raised("rosa"), Raised("amaru")]
    assert stage.redact("rosa", "start+✋🏽 rosa") == []
    assert raised(stage) == [Raised("amaru")]
    assert stage.session.every(MessageRedacted) == []
    assert stage.decisions[-1].blank is None
    assert stage.redact("rosa", "start+✋🏽 rosa") == []
    assert raised(stage) == [Raised("amaru")]


def test_an_emoji_is_the_same_in_every_colour() -> None:
    assert [plain(one) for one in ("✋", "✋🏽", "✏️", "✏", "1️⃣")] == ["✋", "✋", "✏", "✏", "1⃣"]


def test_a_plugin_s_words_go_and_what_it_did_is_taken_back(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "#raise for a secret")
    assert raised(stage) == [Raised("rosa", "for a secret")]
    assert stage.redact("amaru", "e1") == ["> amaru removed a message, so what it did is undone"]
    assert raised(stage) == []
    assert [entry.fact for entry in stage.session.entries if entry.cause == "e1"] == [Raised("rosa")]


def test_a_mending_that_holds_none_of_the_words_stays(stage: MatrixStage) -> None:
    stage.post("jbell", "e1", "#info Reviews take nine days")
    stage.post("amaru", "c1", "#edit 1 Reviews take the password swordfish")
    stage.post("amaru", "c2", "#correct /swordfish/sesame/")
    stage.post("amaru", "c3", "#edit 1 Reviews need ten")
    assert stage.redact("amaru", "c1") == ["> amaru removed a message, so what it did is undone"]
    assert [record.text for record in stage.session.records] == ["Reviews need ten"]
    assert "sword" not in repr(stage.session)
    assert "password" not in repr(stage.session)
    blank = stage.decisions[-1].blank
    assert blank is not None
    assert (blank.messages, blank.causes) == (("c1",), ("c2",))


def test_of_a_message_that_nobody_knows_nothing_goes(stage: MatrixStage) -> None:
    assert stage.redact("amaru", "e99") == []
    assert (stage.decisions[-1].entries, stage.decisions[-1].blank) == ([], None)


def test_talk_leaves_its_line_only(stage: MatrixStage) -> None:
    stage.post("rosa", "e1", "hello")
    assert stage.redact("rosa", "e1") == []
    blank = stage.decisions[-1].blank
    assert blank is not None
    assert (stage.decisions[-1].entries, blank.messages, blank.letters) == ([], ("e1",), False)


def test_without_power_only_what_somebody_said_themselves_is_redacted() -> None:
    stage = MatrixStage([sessions.plugin, topics.plugin, records.plugin])
    stage.post("amaru", "e1", "#startmeeting Nova")
    stage.post("rosa", "e2", "hello", "#info rosa's secret")
    before = stage.session
    assert stage.redact("mallory", "e2", moderates=False) == []
    assert stage.session is before
    assert [line.text for line in stage.log["e2"]] == ["hello", "#info rosa's secret"]
    stage.log.clear()  # it is found in the journal alone
    assert stage.redact("mallory", "e2", moderates=False) == []
    assert stage.session is before
    assert stage.redact("rosa", "e2", moderates=False) == ["> #1 info was removed: rosa removed its message"]
