import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.words.grammar import Spoken, Vocabulary, is_off_the_record, read, spellings

VOCABULARY = Vocabulary(
    prefixes=("#", "!"),
    record_prefixes=("^",),
    words={
        "topic": "topic",
        "t": "topic",
        "info": "info",
        "note": "info",
        "next": "next",
        "here": "here",
        "queue": "queue",
        "take": "take",
    },
    bare={
        "present+": "here",
        "q+": "queue",
        "next agendum": "next",
        "take up agendum": "take",
        "take": "take",
    },
    for_records=frozenset({"info"}),
    synonyms={"fyi": "info", "mirrors": "topic Mirrors", "oops": "next"},
    labels={"INFO": "info", "TOPIC": "topic", "Topic": "topic", "A NOTE": "info"},
)
NAMES = ("gatherbot", "Zakim", "gather-bot[m]", "Gather Bot 🤖")


@pytest.mark.parametrize(
    ("line", "word", "rest"),
    [
        ("#topic Welcome", "topic", "Welcome"),
        ("!topic Welcome", "topic", "Welcome"),
        ("  #topic   Welcome  ", "topic", "Welcome"),
        ("#TOPIC Welcome", "topic", "Welcome"),
        ("#t Welcome", "topic", "Welcome"),
        ("#topic", "topic", ""),
        ("#topic: Welcome", "topic", "Welcome"),
        ("#topic\uff1a Welcome", "topic", "Welcome"),
        ("#topic\uff1aWelcome", "topic", "Welcome"),
        ("#topic:Welcome", "topic", "Welcome"),
        ("\u200e#topic Welcome", "topic", "Welcome"),
        (" \u00ad\u200f #topic Welcome", "topic", "Welcome"),
        ("#topic two  blanks", "topic", "two  blanks"),
        ("#topic\u00a0Welcome", "topic", "Welcome"),
        ("^info text", "info", "text"),
        ("^note text", "info", "text"),
        ("# info text", "info", "text"),
        ("!   note text", "info", "text"),
        ("\uff03info text", "info", "text"),
        ("\uff01topic Welcome", "topic", "Welcome"),
        ("\uff3einfo text", "info", "text"),
    ],
)
def test_commands(line: str, word: str, rest: str) -> None:
    assert read(line, VOCABULARY, NAMES) == Spoken(word, rest, known=True)


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "talk",
        "talk #topic x",
        "#",
        "# topic",
        "# topic Welcome",
        "# info",
        "# Info items",
        "# note item: one",
        "^ info text",
        "##topic x",
        "#1234",
        "#2 item",
        "#topic2 x",
        "#topic-x",
        "#topic+",
        "#t\u00f6pic x",
        "^topic x",
        "^nonsense",
        "> #topic x",
        "<okoye> #topic x",
        "topic x",
        "present+okoye",
        "xq+",
        "gatherbot is here",
        "gatherbot",
        "gatherbots: topic x",
        "Zakimov, topic x",
        "@gatherbots topic x",
        "gather: topic x",
        "gatherbot next time",
        "gatherbot info",
        "gatherbot rocks",
        "gatherbot (IRC) is here",
        "gatherbot (one (two)): next",
        "Info: text",
        "INFOS: text",
        "INFO text",
        "see INFO: text",
        "[infos] text",
        "[info text",
        "topic: text",
    ],
)
def test_talk(line: str) -> None:
    assert read(line, VOCABULARY, NAMES) is None


@pytest.mark.parametrize(
    ("line", "word", "rest"),
    [
        ("gatherbot: topic Welcome", "topic", "Welcome"),
        ("gatherbot, topic Welcome", "topic", "Welcome"),
        ("GATHERBOT: #topic Welcome", "topic", "Welcome"),
        ("@gatherbot topic Welcome", "topic", "Welcome"),
        ("@gatherbot: topic Welcome", "topic", "Welcome"),
        ("gatherbot\uff1a topic Welcome", "topic", "Welcome"),
        ("gatherbot\uff1atopic Welcome", "topic", "Welcome"),
        ("gatherbot : topic Welcome", "topic", "Welcome"),
        ("Gather  Bot 🤖: topic Welcome", "topic", "Welcome"),
        ("@gather bot 🤖 topic Welcome", "topic", "Welcome"),
        ("Zakim, next", "next", ""),
        ("Zakim, please next", "next", ""),
        ("gatherbot: pls, topic Welcome", "topic", "Welcome"),
        ("gatherbot: Please #topic please", "topic", "please"),
        ("gather-bot[m]: next", "next", ""),
        ("gatherbot (IRC): next", "next", ""),
        ("Gatherbot(irc), topic Welcome", "topic", "Welcome"),
        ("@gatherbot (IRC) : next", "next", ""),
        ("gatherbot next", "next", ""),
    ],
)
def test_spoken_to_by_name(line: str, word: str, rest: str) -> None:
    assert read(line, VOCABULARY, NAMES) == Spoken(word, rest, known=True, addressed=True)


@pytest.mark.parametrize(
    ("line", "word", "typed", "rest", "addressed"),
    [
        ("present+", "here", "present+", "", False),
        ("PRESENT+ okoye", "here", "present+", "okoye", False),
        ("q+ to ask", "queue", "q+", "to ask", False),
        ("q+: to ask", "queue", "q+:", "to ask", False),
        ("q+, to ask", "queue", "q+,", "to ask", False),
        ("q+.", "queue", "q+.", "", False),
        ("gatherbot: q+ to ask", "queue", "q+", "to ask", True),
        ("next agendum", "next", "next agendum", "", False),
        ("Next  agendum.", "next", "next agendum", "", False),
        ("Zakim, next agendum", "next", "next agendum", "", True),
        ("take up agendum 3", "take", "take up agendum", "3", False),
        ("take up the rest", "take", "take", "up the rest", False),
    ],
)
def test_forms_that_need_no_prefix(line: str, word: str, typed: str, rest: str, *, addressed: bool) -> None:
    form = typed.rstrip(":,.")
    assert read(line, VOCABULARY, NAMES) == Spoken(
        word, rest, known=True, addressed=addressed, bare=True, form=form, typed=typed
    )


@pytest.mark.parametrize("line", ["next agendums", "next", "next  time", "nextagendum", "the next agendum"])
def test_talk_that_begins_like_a_form_of_several_words(line: str) -> None:
    assert read(line, VOCABULARY, NAMES) is None


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("gatherbot:", Spoken("", "", known=False, addressed=True)),
        ("@gatherbot", Spoken("", "", known=False, addressed=True)),
        ("gatherbot: thanks a lot", Spoken("thanks", "a lot", known=False, addressed=True)),
        ("gatherbot: 12 of them", Spoken("", "12 of them", known=False, addressed=True)),
        ("gatherbot: #1234", Spoken("", "1234", known=False, addressed=True)),
        ("gatherbot?", Spoken("", "", known=False, addressed=True)),
        ("Gatherbot!?", Spoken("", "", known=False, addressed=True)),
    ],
)
def test_the_bot_is_meant_and_does_not_know(line: str, spoken: Spoken) -> None:
    assert read(line, VOCABULARY, NAMES) == spoken


@pytest.mark.parametrize(
    ("line", "word", "rest"),
    [
        ("INFO: text", "info", "text"),
        ("INFO : text", "info", "text"),
        ("INFO\uff1atext", "info", "text"),
        ("INFO:", "info", ""),
        ("A NOTE: text", "info", "text"),
        ("Topic: Welcome", "topic", "Welcome"),
        ("[INFO] text", "info", "text"),
        ("[info] text: more", "info", "text: more"),
        ("[ Topic ]: Welcome", "topic", "Welcome"),
    ],
)
def test_labels(line: str, word: str, rest: str) -> None:
    assert read(line, VOCABULARY, NAMES) == Spoken(word, rest, known=True, label=True)


def test_labels_are_no_commands_where_there_are_none() -> None:
    assert read("INFO: text", Vocabulary(("#",), (), {"info": "info"})) is None


def test_said_to_the_bot_a_label_is_a_word() -> None:
    assert read("bot: INFO: x", VOCABULARY, ("bot",)) == Spoken("info", "x", known=True, addressed=True)


def test_the_words_of_others() -> None:
    assert read("#fyi text", VOCABULARY) == Spoken("info", "text", known=True, synonym=True)
    assert read("#MIRRORS now", VOCABULARY) == Spoken("topic", "Mirrors now", known=True, synonym=True)


@pytest.mark.parametrize(
    ("line", "word", "form", "rest"),
    [
        ("#present+ okoye", "here", "present+", "okoye"),
        ("!q+", "queue", "q+", ""),
        ("#next agendum", "next", "", "agendum"),
        ("#take up agendum 3", "take", "", "up agendum 3"),
    ],
)
def test_forms_that_need_no_prefix_may_have_one(line: str, word: str, form: str, rest: str) -> None:
    bare = form != ""
    assert read(line, VOCABULARY) == Spoken(
        word, rest, known=True, addressed=bare, bare=bare, form=form, typed=form
    )


def test_unknown_words() -> None:
    assert read("#starlingx is great", VOCABULARY) == Spoken("starlingx", "is great", known=False)


def test_said_with_force() -> None:
    assert read("#next!", VOCABULARY) == Spoken("next", "", known=True, forced=True)
    assert read("#next! now", VOCABULARY) == Spoken("next", "now", known=True, forced=True)
    assert read("#next!!", VOCABULARY) is None


def test_in_private_no_prefix_is_needed() -> None:
    assert read("topic x", VOCABULARY, addressed=True) == Spoken("topic", "x", known=True, addressed=True)


@pytest.mark.parametrize("line", ["[off] x", " [OFF] x", "[off]x", "[Off]", "\u200e[off] x"])
def test_off_the_record(line: str) -> None:
    assert is_off_the_record(line) is True


@pytest.mark.parametrize("line", ["off", "x [off]", "[of] x", "(off) x", ""])
def test_on_the_record(line: str) -> None:
    assert is_off_the_record(line) is False


@example("#QUEUE", False)  # noqa: FBT003 - hypothesis hands it in
@given(st.text(), st.booleans())
def test_every_line_is_read(line: str, addressed: bool) -> None:  # noqa: FBT001 - hypothesis hands it in
    spoken = read(line, VOCABULARY, NAMES, addressed=addressed)
    if spoken is not None:
        assert spoken.rest == spoken.rest.strip()
        assert spoken.known is (spoken.word in set(VOCABULARY.words.values()) | set(VOCABULARY.bare.values()))


@given(st.text(string.ascii_letters, min_size=1), st.text(string.printable))
def test_a_word_is_known_whole_or_not_at_all(word: str, rest: str) -> None:
    spoken = read(f"#{word} {rest}", VOCABULARY)
    assert spoken is not None
    assert spoken.known is (word.lower() in VOCABULARY.words)


@given(st.text(string.digits, min_size=1), st.text())
def test_numbers_are_talk(number: str, rest: str) -> None:
    assert read(f"#{number}{rest}", VOCABULARY, NAMES) is None


def test_a_declared_form_stands_for_all_its_spellings() -> None:
    assert spellings("close [this|the] agendum|item") == (
        "close agendum",
        "close item",
        "close this agendum",
        "close this item",
        "close the agendum",
        "close the item",
    )
    assert spellings("q?") == ("q?",)


def test_a_form_of_several_words_is_known_however_it_is_spelt() -> None:
    declared = "close [this] agendum|item"
    forms = spellings(declared)
    words = Vocabulary(
        ("#",),
        (),
        {"close": "close"},
        bare=dict.fromkeys(forms, "close"),
        declared=dict.fromkeys(forms, declared),
    )
    for said, rest in {
        "close agendum 3": "3",
        "Close  this item.": "",
        "bot, please close this agendum": "",
        "bot: close agendum, please": "",
        "close item please!": "",
        "close item please Rosa": "please Rosa",
        "close": None,
        "close this": None,
        "closer item": None,
    }.items():
        spoken = read(said, words, ("bot",))
        found = spoken.rest if spoken is not None and spoken.form == declared else None
        assert found == rest, said
