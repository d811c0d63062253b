import pytest

from bot.core.events import Message
from bot.networks.matrix.rooms.room_state import RoomState
from tests.networks.matrix.rooms import (
    AMARU,
    ME,
    PUPPET,
    ROSA,
    Json,
    hall,
    lines,
    member,
    person,
    pill,
    said,
    saying,
)


def mentioning(*users: str) -> Json:
    return {"m.mentions": {"user_ids": list(users)}}


def mentions(content: object, there: RoomState | None = None) -> list[list[tuple[str, str]]]:
    """Words and ids of whom each line mentions."""
    return [[(words, who.key) for words, who in message.mentions] for message in said(content, there)]


def only(content: object, there: RoomState | None = None) -> Message:
    (message,) = said(content, there)
    return message


# -- others -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shown", ["Rosa  P.", "Rosa\u00a0P.", "Rosa \t P."])
def test_a_name_with_more_blanks_than_html_shows(shown: str) -> None:
    body = f"#action {shown} to run the tests"
    html = f"#action {pill(ROSA, shown)} to run the tests"
    content = saying(body, html) | mentioning(ROSA)
    assert mentions(content) == [[(shown, ROSA)]]


def test_a_pill_as_element_sends_it() -> None:
    body = "#action Rosa P. to run the tests"
    html = f"#action {pill(ROSA, 'Rosa P.')} to run the tests"
    message = only(saying(body, html, **mentioning(ROSA)))
    assert (message.text, message.mentions, message.addressed) == (body, (("Rosa P.", person(ROSA)),), False)


def test_a_pill_as_nheko_sends_it() -> None:
    """The link stands in the body, in Markdown; nothing of it belongs into a record."""
    body = f"#action [Rosa P.](https://matrix.to/#/{ROSA}) to run the tests"
    html = f"#action {pill(ROSA, 'Rosa P.')} to run the tests"
    message = only(saying(body, html, **mentioning(ROSA)))
    assert (message.text, message.mentions) == (
        "#action Rosa P. to run the tests",
        (("Rosa P.", person(ROSA)),),
    )
    assert only(saying(body)) == only(saying(body, html))


def test_a_link_in_markdown_whose_name_has_brackets() -> None:
    message = only(saying(rf"#action [jbell\[m\]](<https://matrix.to/#/{PUPPET}>) to look"))
    assert (message.text, message.mentions) == ("#action jbell[m] to look", (("jbell[m]", person(PUPPET)),))


def test_other_links_in_markdown_stay() -> None:
    for body in ("[a](https://example.org/b) c", "[a](https://matrix.to/#/#room:example.org)", "[a](b)"):
        assert lines(saying(body)) == [body]


def test_a_link_in_quoted_markdown_stays_as_it_was() -> None:
    body = f"> [Rosa](https://matrix.to/#/{ROSA})"
    assert lines(saying(body)) == [f"| {body}"]


def test_a_bridges_puppet_is_mentioned() -> None:
    message = only(saying("jbell: thanks", f"{pill(PUPPET, 'jbell')}: thanks"))
    assert message.mentions == (("jbell", person(PUPPET)),)


def test_several_people_in_the_order_of_the_line() -> None:
    body = "#action jbell, Rosa P. and Amaru to meet"
    html = f"#action {pill(PUPPET, 'jbell')}, {pill(ROSA, 'Rosa P.')} and {pill(AMARU, 'Amaru')} to meet"
    assert mentions(saying(body, html)) == [[("jbell", PUPPET), ("Rosa P.", ROSA), ("Amaru", AMARU)]]


def test_each_line_has_its_own() -> None:
    body = "#action Amaru to ask\n#action Rosa P. to answer\n#info none"
    html = f"#action {pill(AMARU, 'Amaru')} to ask<br>#action {pill(ROSA, 'Rosa P.')} to answer<br>#info none"
    assert mentions(saying(body, html)) == [[("Amaru", AMARU)], [("Rosa P.", ROSA)], []]


def test_two_people_of_one_name() -> None:
    other = "@rosa:other.example"
    body, html = "Rosa asks Rosa\nRosa", f"{pill(ROSA, 'Rosa')} asks {pill(other, 'Rosa')}<br>Rosa"
    assert mentions(saying(body, html)) == [[("Rosa", ROSA), ("Rosa", other)], []]


def test_a_name_inside_of_another_one() -> None:
    ann, ann_lee = "@ann:hs", "@annlee:hs"
    html = f"{pill(ann_lee, 'Ann Lee')} asks {pill(ann, 'Ann')}"
    assert mentions(saying("Ann Lee asks Ann", html)) == [[("Ann Lee", ann_lee), ("Ann", ann)]]
    html = f"{pill(ann_lee, 'Ann Lee')} asks<br>{pill(ann, 'Ann')} answers"
    assert mentions(saying("Ann Lee asks\nAnn answers", html)) == [[("Ann Lee", ann_lee)], [("Ann", ann)]]
    assert mentions(saying("Annabel asks Ann", f"Annabel asks {pill(ann, 'Ann')}")) == [[("Ann", ann)]]
    assert mentions(saying("Annabel asks", f"{pill(ann, 'Ann')}")) == [[]]


def test_a_pill_whose_words_are_not_in_the_body() -> None:
    html = f"#action {pill(ROSA, 'somebody else')} to look"
    assert mentions(saying(f"#action {ROSA} to look", html)) == [[(ROSA, ROSA)]]
    assert mentions(saying("#action Rosa P. to look", html)) == [[("Rosa P.", ROSA)]]
    assert mentions(saying("#action @rosa to look", html)) == [[("rosa", ROSA)]]
    assert mentions(saying("#action nobody to look", html)) == [[]]
    assert mentions(saying("#action @rosa to look", f"#action {pill(ROSA, '')} to look")) == [
        [("rosa", ROSA)]
    ]


def test_a_pill_in_a_list_that_the_body_numbers() -> None:
    html = f"<ol><li>{pill(ROSA, 'Rosa')} first</li></ol>"
    assert mentions(saying("1. Rosa first", html)) == [[("Rosa", ROSA)]]


def test_a_pill_of_somebody_who_is_not_there() -> None:
    message = only(saying("ask Lin", f"ask {pill('@Lin.Wei:hs', 'Lin')}"))
    assert message.mentions == (("Lin", person("@Lin.Wei:hs", "Lin.Wei")),)


def test_who_is_listed_without_a_pill() -> None:
    listed = mentioning(ROSA)
    assert mentions(saying(f"#action {ROSA} to look", **listed)) == [[(ROSA, ROSA)]]
    assert mentions(saying("#action Rosa P. to look", **listed)) == [[("Rosa P.", ROSA)]]
    assert mentions(saying("#action @rosa to look", **listed)) == [[("@rosa", ROSA)]]
    assert mentions(saying("#action rosa to look", **listed)) == [[]]


def test_who_is_answered_is_listed_and_yet_not_mentioned() -> None:
    there = hall()
    there.apply(member(ROSA, "will"))
    reply: Json = {"m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}, **mentioning(ROSA)}
    assert mentions(saying("#action I will look", **reply), there) == [[]]
    assert mentions(saying("#action @will to look", **reply), there) == [[("@will", ROSA)]]


# -- us -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Gatherbot", "gatherbot", ME, "@gatherbot"])
@pytest.mark.parametrize("after", [": ", ", ", " ", ":", "\uff1a"])
def test_a_pill_of_us_at_the_beginning_is_an_address_and_taken_off(words: str, after: str) -> None:
    message = only(
        saying(f"{words}{after}topic Tides", f"{pill(ME, words)}{after}topic Tides", **mentioning(ME))
    )
    assert (message.text, message.addressed, message.mentions) == ("topic Tides", True, ())


def test_blanks_and_a_mark_may_stand_before_the_pill() -> None:
    message = only(saying(" @Gatherbot topic x", f"@{pill(ME, 'Gatherbot')} topic x"))
    assert (message.text, message.addressed) == ("topic x", True)


def test_a_pill_of_us_as_nheko_sends_it() -> None:
    message = only(saying(f"[Gatherbot](https://matrix.to/#/{ME}): next", f"{pill(ME, 'Gatherbot')}: next"))
    assert (message.text, message.addressed) == ("next", True)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("thanks Gatherbot", f"thanks {pill(ME, 'Gatherbot')}"),
        ("Gatherbot is what I call Gatherbot", f"Gatherbot is what I call {pill(ME, 'Gatherbot')}"),
        ("> Gatherbot: next", f"<blockquote>{pill(ME, 'Gatherbot')}: next</blockquote>"),
        ("Gatherbot: next", f"<pre><code>{pill(ME, 'Gatherbot')}: next</code></pre>"),
    ],
)
def test_our_name_elsewhere_is_no_address(body: str, html: str) -> None:
    message = only(saying(body, html, **mentioning(ME)))
    assert (message.text, message.addressed, message.mentions) == (body, False, ())


def test_only_the_line_that_begins_with_us_is_to_us() -> None:
    html = f"I like Gatherbot<br>{pill(ME, 'Gatherbot')}: next<br>Gatherbot is fine"
    found = said(saying("I like Gatherbot\nGatherbot: next\nGatherbot is fine", html))
    assert [(message.text, message.addressed) for message in found] == [
        ("I like Gatherbot", False),
        ("next", True),
        ("Gatherbot is fine", False),
    ]


def test_whom_an_order_to_us_names() -> None:
    html = f"{pill(ME, 'Gatherbot')}: chair {pill(ROSA, 'Rosa P.')}"
    message = only(saying("Gatherbot: chair Rosa P.", html))
    assert (message.text, message.addressed, message.mentions) == (
        "chair Rosa P.",
        True,
        (("Rosa P.", person(ROSA)),),
    )


def test_nothing_but_our_name_stays() -> None:
    message = only(saying("Gatherbot:", f"{pill(ME, 'Gatherbot')}:"))
    assert (message.text, message.addressed) == ("Gatherbot:", True)


def test_our_id_is_an_address_also_where_the_client_knows_no_mentions() -> None:
    message = only(saying(f"{ME}: next"))
    assert (message.text, message.addressed) == ("next", True)
    for other in (f"{ME}.au: next", f"{ME}:8448 next", "@gatherbot-dev:example.org next"):
        assert only(saying(other)).addressed is False
        assert only(saying(other, **mentioning(ME))).addressed is False


def test_listed_without_a_pill_our_bare_name_needs_a_colon() -> None:
    assert only(saying("Gatherbot, next", **mentioning(ME))).text == "next"
    assert only(saying("Gatherbot is fine", **mentioning(ME))).addressed is False


def test_who_answers_us_does_not_speak_to_us_by_that() -> None:
    reply: Json = {"m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}, **mentioning(ME)}
    assert only(saying("next week then", **reply)).addressed is False


def test_names_are_looked_for_in_time() -> None:
    users = [f"@u{n}:hs" for n in range(1000)]
    html = "".join(pill(user, "a") for user in users)
    found = mentions(saying("a " * 10_000, html, **mentioning(*users)))
    assert [len(message) for message in found] == [50]


@pytest.mark.parametrize(
    "listed", [None, "x", [], {"user_ids": None}, {"user_ids": "@a:b"}, {"user_ids": [None, {}, "x", ["@a:b"]]}, {"room": True}]
)  # fmt: skip
def test_a_list_of_mentions_that_is_none(listed: object) -> None:
    assert mentions({**saying("Rosa P. a"), "m.mentions": listed}) == [[]]
