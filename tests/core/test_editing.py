"""Edits and redactions, whatever their order: the record is what the messages say in the end."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from bot.bundled import bundled_plugins
from bot.core.facts import Recorded
from bot.core.session.fold import fold
from bot.core.session.session import Session
from tests.edits import MatrixStage

ENOUGH = settings(max_examples=150, deadline=None)
PLUGINS = bundled_plugins()
TEXTS = st.sampled_from(
    ["#info one", "#info two", "#info three", "#note one", "#idea one", "#idea two", "#question two", "hello", "one", "",
     "https://docs.example.org/ Docs", "#link https://docs.example.org/ Docs", "#action me to look", "#action lin_wei to look", "[off] #info one"],
)  # fmt: skip
MESSAGES = st.lists(TEXTS, min_size=1, max_size=4)
VERSIONS = st.lists(MESSAGES, min_size=1, max_size=5)


def begun() -> MatrixStage:
    stage = MatrixStage(PLUGINS)
    stage.post("amaru", "start", "#startmeeting Day 1")
    stage.post("amaru", "topic", "#topic Review backlog")
    return stage


def said(session: Session) -> list[tuple[object, ...]]:
    """The records that stand, as a reader finds them; in which order they were made is no matter."""
    told = (
        (record.kind, record.content, record.topic, record.subtopic, record.team, record.by)
        for record in session.records
    )
    return sorted(told, key=repr)


def once(texts: list[str]) -> list[tuple[object, ...]]:
    """What stands when this is said, and nothing else."""
    stage = begun()
    stage.post("jbell", "e1", *texts)
    return said(stage.session)


@given(VERSIONS)
@ENOUGH
def test_after_any_edits_the_record_is_what_the_message_says(versions: list[list[str]]) -> None:
    stage = begun()
    stage.post("jbell", "e1", *versions[0])
    for texts in versions[1:]:
        stage.edit("jbell", "e1", *texts)
        assert said(stage.session) == once(texts)


@given(VERSIONS)
@ENOUGH
def test_an_edit_before_its_message_counts_as_much(versions: list[list[str]]) -> None:
    stage = begun()
    for texts in versions[1:]:
        stage.edit("jbell", "e1", *texts)
    stage.post("jbell", "e1", *versions[0])
    assert said(stage.session) == once(versions[-1])
    stage.edit("jbell", "e1", *versions[0])
    assert said(stage.session) == once(versions[0])


class Edit(Struct, frozen=True):
    texts: tuple[str, ...]


class Removal(Struct, frozen=True):
    """Of the edit of this number, counted from the oldest."""

    number: int


DEEDS = st.lists(
    st.one_of(st.builds(Edit, MESSAGES.map(tuple)), st.builds(Removal, st.integers(1, 4))), max_size=7
)


@given(MESSAGES, DEEDS)
@ENOUGH
def test_a_removed_edit_was_never_made(first: list[str], deeds: list[Edit | Removal]) -> None:
    stage = begun()
    stage.post("jbell", "e1", *first)
    standing: dict[str, list[str]] = {"e1": first}
    edits = 0
    for deed in deeds:
        if isinstance(deed, Edit):
            edits += 1
            stage.edit("jbell", "e1", *deed.texts)
            standing[f"e1~{edits}"] = list(deed.texts)
        elif standing.pop(f"e1~{deed.number}", None) is not None:
            stage.redact("amaru", f"e1~{deed.number}")
        assert said(stage.session) == once(list(standing.values())[-1])


@given(MESSAGES, DEEDS)
@ENOUGH
def test_the_journal_tells_the_same_and_numbers_are_used_once(
    first: list[str], deeds: list[Edit | Removal]
) -> None:
    stage = begun()
    stage.post("jbell", "e1", *first)
    for deed in deeds:
        if isinstance(deed, Edit):
            stage.edit("jbell", "e1", *deed.texts)
        else:
            stage.redact("amaru", f"e1~{deed.number}")
        assert fold(stage.session.entries) == stage.session
    given_out = [entry.fact.n for entry in stage.session.entries if isinstance(entry.fact, Recorded)]
    assert given_out == list(range(1, len(given_out) + 1))


@given(VERSIONS)
@ENOUGH
def test_a_removed_message_leaves_none_of_its_words(versions: list[list[str]]) -> None:
    stage = begun()
    stage.post("jbell", "e1", *(text.replace("one", "sesame") for text in versions[0]))
    for texts in versions[1:]:
        stage.edit("jbell", "e1", *(text.replace("one", "sesame") for text in texts))
    stage.post("amaru", "other", "#info to stay")
    stage.redact("amaru", "e1")
    assert [record.text for record in stage.session.records] == ["to stay"]
    assert "sesame" not in repr(stage.session)
    assert "sesame" not in repr(stage.decisions[-1].orders)
    assert fold(stage.session.entries) == stage.session


def test_an_edit_that_names_an_edit_is_none() -> None:
    stage = begun()
    stage.post("jbell", "e1", "#info one")
    stage.edit("jbell", "e1", "#info two")
    assert stage.edit("jbell", "e1~1", "#info three") == []
    assert said(stage.session) == once(["#info two"])
    stage.edit("jbell", "e1", "#info four")
    assert said(stage.session) == once(["#info four"])


def test_of_very_many_records_that_go_the_first_are_named() -> None:
    stage = begun()
    stage.post("jbell", "e1", *(f"#info {n}" for n in range(40)))
    (told,) = stage.redact("jbell", "e1")
    first = ", ".join(f"#{n} info" for n in range(1, 13))
    assert told == f"> {first} and 28 others were removed: jbell removed their message"


def test_an_edit_in_a_pause_keeps_no_talk() -> None:
    stage = begun()
    stage.post("rosa", "e1", "#info one", "beside")
    stage.post("amaru", "pause", "#pause")
    assert stage.edit("rosa", "e1", "#info two", "secret", "#info secret", "secret beside") == [
        "> off the record: the session is paused; #resume continues it",
        "> #1 changed",
    ]
    assert [line.text for line in stage.log["e1~1"]] == ["#info two"]
    stage.post("amaru", "resume", "#resume")
    stage.edit("rosa", "e1", "#info two", "said again")
    assert [line.text for line in stage.log["e1~2"]] == ["#info two", "said again"]
    assert [record.text for record in stage.session.records] == ["two"]
