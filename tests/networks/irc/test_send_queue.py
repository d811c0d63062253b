import logging
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.networks.irc.bucket import Bucket
from bot.networks.irc.line_pieces import said_lines
from bot.networks.irc.send_queue import MOST_TOLD, MOST_WAITING, SendQueue


def queue(burst: float = 2, *, hold: float = 60, ready: set[str] | None = None, room: int = 100) -> SendQueue:
    return SendQueue(
        Bucket(burst=burst, interval=2),
        hold,
        ready=lambda target: ready is None or target in ready,
        room=lambda target: room,
    )


def texts(lines: list[bytes]) -> list[str]:
    return [line.decode().removeprefix("PRIVMSG ").removesuffix("\r\n") for line in lines]


LONG = "x" * 70


def bare(text: str) -> str:
    """The letters of a text: no blanks, no line ends, nothing that joins or cannot be said."""
    return "".join(text.replace(";", "").replace("\0", "").replace("\x01", "").split())


def test_what_may_go_goes_and_the_rest_waits() -> None:
    speech = queue()
    for number in range(3):
        speech.add("#a", f"{LONG}{number}", 0.0)
    assert texts(speech.take(0.0)) == [f"#a {LONG}0", f"#a {LONG}1"]
    assert speech.wait(0.0) == 2.0
    assert texts(speech.take(1.9)) == []
    assert texts(speech.take(2.0)) == [f"#a {LONG}2"]
    assert speech.empty
    assert speech.wait(2.0) is None


def test_rooms_take_turns() -> None:
    speech = queue(burst=4)
    for number in range(3):
        speech.add("#a", f"{LONG}{number}", 0.0)
    speech.add("#b", LONG, 0.0)
    assert texts(speech.take(0.0)) == [f"#a {LONG}0", f"#b {LONG}", f"#a {LONG}1", f"#a {LONG}2"]


def test_short_answers_share_the_last_line_before_it_runs_dry() -> None:
    speech = queue(burst=2)
    for number in range(5):
        speech.add("#a", f"#{number} noted", 0.0)
    speech.add("#b", "other room", 0.0)
    assert texts(speech.take(0.0)) == ["#a :#0 noted", "#b :other room"]
    assert texts(speech.take(2.0)) == ["#a :#1 noted; #2 noted; #3 noted; #4 noted"]


def test_the_head_of_a_list_is_followed_by_a_blank_alone() -> None:
    speech = queue(burst=2)
    for text in ("I sent it to you in private", "2 records of Nova:", "#1 info: One", "#2 info: Two"):
        speech.add("#a", text, 0.0)
    speech.add("#b", "other room", 0.0)
    assert texts(speech.take(0.0)) == ["#a :I sent it to you in private", "#b :other room"]
    assert texts(speech.take(2.0)) == ["#a :2 records of Nova: #1 info: One; #2 info: Two"]


def test_ten_answers_at_once_are_out_at_once() -> None:
    speech = queue(burst=5, room=400)
    for number in range(10):
        speech.add("#a", f"#{number}", 0.0)
    assert texts(speech.take(0.0)) == ["#a #0", "#a #1", "#a #2", "#a #3", "#a :#4; #5; #6; #7; #8; #9"]


def test_the_same_answer_again_and_again_shares_a_line_once() -> None:
    speech = queue(burst=2, room=400)
    for text in ("rosa waits", *["rosa waits already"] * 40, "okoye waits", "rosa waits already"):
        speech.add("#a", text, 0.0)
    assert texts(speech.take(0.0)) == [
        "#a :rosa waits", "#a :rosa waits already; okoye waits; rosa waits already",
    ]  # fmt: skip
    assert speech.empty


def test_answers_share_a_line_only_as_far_as_it_holds() -> None:
    speech = queue(burst=1, room=40)
    for letter in "abc":
        speech.add("#a", letter * 18, 0.0)
    assert texts(speech.take(0.0)) == [f"#a :{'a' * 18}; {'b' * 18}"]
    assert texts(speech.take(2.0)) == [f"#a {'c' * 18}"]


def test_long_lines_share_with_nobody() -> None:
    speech = queue(burst=1, room=400)
    speech.add("#a", "short", 0.0)
    speech.add("#a", LONG, 0.0)
    assert texts(speech.take(0.0)) == ["#a short"]


def test_a_text_too_long_for_a_line_goes_in_pieces() -> None:
    speech = queue(burst=9, room=20)
    speech.add("#a", "one two three four five six seven", 0.0)
    speech.add("#a", "eight", 0.0)
    lines = texts(speech.take(0.0))
    assert lines == ["#a :one two three four ", "#a :five six seven", "#a eight"]


def test_what_is_late_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    speech = queue(burst=1, hold=60)
    speech.add("#a", LONG, 0.0)
    speech.add("#a", LONG, 0.0)
    speech.take(0.0)
    speech._bucket.charge(59.9)
    with caplog.at_level(logging.WARNING):
        assert speech.take(60.0) == []
    assert caplog.messages == ["#a: dropped 1 lines that could not be sent for 60 s"]
    assert speech.empty


def test_a_room_that_cannot_be_spoken_to_holds_nobody_up() -> None:
    ready = {"#b"}
    speech = queue(burst=5, ready=ready)
    speech.add("#a", "waits", 0.0)
    speech.add("#b", "goes", 0.0)
    assert texts(speech.take(0.0)) == ["#b goes"]
    assert speech.wait(0.0) == 60.0
    ready.add("#a")
    assert texts(speech.take(1.0)) == ["#a waits"]


def test_a_target_can_be_forgotten() -> None:
    speech = queue()
    speech.add("gone", "hello", 0.0)
    speech.forget("gone")
    assert speech.empty


def test_nobody_fills_the_memory() -> None:
    speech = queue(burst=float("inf"))
    speech.add("#a", "\n".join("x" * 61 for _ in range(MOST_WAITING + 5)), 0.0)
    assert len(speech.take(0.0)) == MOST_WAITING


def test_a_flood_is_two_lines_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    speech = queue(burst=float("inf"))
    for _ in range(MOST_WAITING + 5):
        speech.add("#a", "x" * 61, 0.0)
    assert caplog.messages == [f"#a: {MOST_WAITING} lines are waiting to be sent, dropping more"]
    speech.take(0.0)
    assert caplog.messages[1:] == ["#a: dropped 5 lines because too many were waiting"]
    speech.add("#a", "once more", 1.0)
    speech.take(1.0)
    assert len(caplog.messages) == 2


def test_errands_wait_until_nobody_speaks() -> None:
    speech = queue(burst=3)
    speech.add_errand("topic #a", b"TOPIC #a :old\r\n")
    speech.add_errand("topic #a", b"TOPIC #a :new\r\n")
    speech.add("#a", LONG, 0.0)
    assert speech.take(0.0) == [f"PRIVMSG #a {LONG}\r\n".encode(), b"TOPIC #a :new\r\n"]


def test_errands_leave_lines_free() -> None:
    speech = queue(burst=4)
    for number in range(3):
        speech.add_errand(f"who {number}", b"WHO\r\n", 3.0)
    assert len(speech.take(0.0)) == 2
    assert speech.wait(0.0) == 2.0
    assert len(speech.take(2.0)) == 1


def test_empty_texts_are_not_said() -> None:
    speech = queue()
    speech.add("#a", " \r\n\0", 0.0)
    assert speech.empty


@given(
    st.lists(st.tuples(st.sampled_from(["#a", "#b", "#c"]), st.text(min_size=1, max_size=90)), max_size=30)
)
def test_every_line_fits_and_rooms_keep_their_order(said: list[tuple[str, str]]) -> None:
    speech = queue(burst=2, hold=float("inf"), room=50)
    for target in ("#a", "#b", "#c"):
        lines = [line for room, text in said if room == target for line in said_lines(text)]
        assume(all(one != then for one, then in pairwise(lines)))  # what is said twice may be heard once
    for target, text in said:
        speech.add(target, text, 0.0)
    heard: dict[str, str] = {}
    now = 0.0
    while (wait := speech.wait(now)) is not None:
        now += wait
        for line in speech.take(now):
            target, text = line.decode().removesuffix("\r\n").split(" ", 2)[1:]
            text = text.removeprefix(":")
            assert len(text.encode()) <= 50
            heard[target] = heard.get(target, "") + text.replace("; ", "")
    for target in ("#a", "#b", "#c"):
        wanted = "".join(text for room, text in said if room == target)
        assert bare(heard.get(target, "")) == bare(wanted)


def told(speech: SendQueue, people: int) -> None:
    for number in range(people):
        speech.add(f"n{number}", f"{LONG} {number}", 0.0, patient=True, private=True)


def test_fifty_people_are_told_one_after_the_other_and_rooms_go_first() -> None:
    speech = queue(burst=5)
    told(speech, 50)
    speech.add("#a", LONG, 0.0)
    heard, now = texts(speech.take(0.0)), 0.0
    assert len(heard) == 4  # a line is kept for those who go first
    while (wait := speech.wait(now)) is not None:
        now += wait
        heard += texts(speech.take(now))
        if now == 50.0:
            speech.add("#a", f"{LONG} again", now)
            heard += texts(speech.take(now))
    assert now == 2.0 * (52 - 4)
    assert [line.split()[0] for line in heard if line[0] == "n"] == [f"n{number}" for number in range(50)]
    assert heard[0] == f"#a {LONG}"
    assert heard.index(f"#a :{LONG} again") == 4 + 50 // 2


def test_what_is_told_to_many_is_dropped_when_its_own_time_is_over() -> None:
    speech = queue(burst=0)
    told(speech, 2)
    assert speech.wait(0.0) == 2.0
    speech.take(299.9)
    assert not speech.empty
    assert speech.take(300.0) == []
    assert speech.empty


def test_a_server_that_says_these_were_too_many_hears_it_again_a_minute_later() -> None:
    speech = queue(burst=4)
    told(speech, 4)
    assert len(speech.take(0.0)) == 3
    speech.too_many_targets("n2", 0.5, 60.0)
    speech.add("#a", LONG, 1.0)
    speech.add("rosa", LONG, 1.0)  # an answer in private: servers let us answer
    assert texts(speech.take(4.0)) == [f"#a {LONG}", f"rosa {LONG}"]
    assert speech.wait(4.0) == 56.5
    assert texts(speech.take(60.4)) == []
    assert texts(speech.take(60.5)) == [f"n2 :{LONG} 2", f"n3 :{LONG} 3"]
    speech.too_many_targets("n0", 61.0, 60.0)
    assert texts(speech.take(121.0)) == [f"n0 :{LONG} 0"]
    speech.too_many_targets("nobody", 122.0, 60.0)
    assert speech.empty


def test_few_last_lines_are_kept() -> None:
    speech = queue(burst=float("inf"))
    told(speech, MOST_TOLD + 1)
    speech.take(0.0)
    for number in range(MOST_TOLD + 1):
        speech.too_many_targets(f"n{number}", 0.0, 0.0)
    assert len(speech.take(0.0)) == MOST_TOLD
