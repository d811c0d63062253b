from collections import defaultdict
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.networks.matrix.outgoing.send_queue import QueuedPost, ReactionPost, SendQueue, TextPost, TopicPost

AT = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)


def said(target: str, text: str) -> QueuedPost:
    return QueuedPost(target, TextPost(text), text, AT, text)


def topic(text: str, instead_of: str | None = None) -> TopicPost:
    return TopicPost(text, instead_of, lambda: None, lambda: True)


@given(st.lists(st.sampled_from(["add a", "add b", "add c", "take", "done", "again", "restart"])))
def test_each_room_gives_what_it_got_in_order_once_and_one_at_a_time(steps: list[str]) -> None:
    room = SendQueue("matrix")
    added, given_out = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    under_way: list[QueuedPost] = []
    for number, step in enumerate([*steps, "restart", *["take", "done"] * len(steps)]):
        match step.split():
            case ["add", target]:
                added[target].append(str(number))
                assert room.add(said(target, str(number))) is None
            case ["take"]:
                taken = room.take()
                if taken is not None:
                    assert taken.target not in {one.target for one in under_way}
                    under_way.append(taken)
            case ["done"] if under_way:
                over = under_way.pop(0)
                given_out[over.target].append(over.key)
                room.done(over)
            case ["again"] if under_way:
                room.again(under_way.pop())
            case ["restart"]:
                under_way.clear()
                room.restart()
    assert given_out == added
    assert room.empty


def test_rooms_take_turns() -> None:
    room = SendQueue("matrix")
    for number in range(3):
        for target in "abc":
            room.add(said(target, f"{target}{number}"))
    order = []
    while (waiting := room.take()) is not None:
        order.append(waiting.key)
        room.done(waiting)
    assert order == ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2"]


def test_a_room_that_is_held_gives_nothing() -> None:
    room = SendQueue("matrix")
    room.add(said("a", "1"))
    room.add(said("b", "2"))
    first = room.take()
    assert first is not None
    room.hold("a")
    room.again(first)
    second = room.take()
    assert second is not None
    assert second.key == "2"
    assert room.take() is None
    room.release("a")
    assert room.take() is first


def test_what_is_under_way_is_not_dropped_for_something_new() -> None:
    room = SendQueue("matrix", most=1)
    reaction = QueuedPost("a", ReactionPost("$m", "👍"), "r", AT, "r")
    room.add(reaction)
    assert room.take() is reaction
    late = said("a", "late")
    assert room.add(late) is late
    room.again(reaction)
    assert room.add(late) is reaction
    assert room.take() is late


def test_a_topic_that_waits_gives_way_to_a_newer_one() -> None:
    one = topic("one", instead_of="before")
    assert topic("two").after(one).instead_of == "before"
    assert topic("two", instead_of="one").after(one).instead_of == "before"
    assert topic("two", instead_of="another").after(one).instead_of == "another"


def test_words_go_before_many_reactions() -> None:
    room = SendQueue("matrix")
    for number in range(1, 7):
        room.add(QueuedPost("a", ReactionPost(f"$e{number}", "🗳️"), f"r{number}", AT))
    under_way = room.take()
    room.add(said("a", "one"))
    room.add(QueuedPost("a", ReactionPost("$e7", "🗳️"), "r7", AT))
    room.add(said("a", "two"))
    order = []
    while under_way is not None:
        order.append(under_way.transaction)
        room.done(under_way)
        under_way = room.take()
    assert order == ["r1", "r2", "r3", "one", "two", "r4", "r5", "r6", "r7"]


def asked(target: str, text: str, asker: str) -> QueuedPost:
    return QueuedPost(target, TextPost(text), text, AT, text, asker=asker)


def order_of(queue: SendQueue, count: int) -> list[str]:
    order = []
    for _ in range(count):
        taken = queue.take()
        assert taken is not None
        order.append(taken.transaction)
        queue.done(taken)
    return order


def test_what_goes_first_does_not_wait_for_answers() -> None:
    room = SendQueue("matrix")
    for number in range(120):
        room.add(asked("!a", f"m{number}", "mallory"))
    under_way = room.take()
    assert under_way is not None
    room.add(said("!a", "chair"))
    room.add(said("!b", "elsewhere"))
    room.done(under_way)
    assert order_of(room, 4) == ["chair", "elsewhere", "m1", "m2"]


def test_people_take_turns_in_a_room() -> None:
    room = SendQueue("matrix")
    for number in range(5):
        room.add(asked("!a", f"m{number}", "mallory"))
    assert order_of(room, 2) == ["m0", "m1"]
    for number in range(3):
        room.add(asked("!a", f"r{number}", "rosa"))
    room.add(asked("!a", "l0", "lin"))
    assert order_of(room, 7) == ["m2", "m3", "m4", "r0", "l0", "r1", "r2"]


def test_one_asker_does_not_delay_another() -> None:
    room = SendQueue("matrix")
    for number in range(50):
        room.add(asked("!a", f"m{number}", "mallory"))
    room.add(asked("!a", "rosa's", "rosa"))
    assert "rosa's" in order_of(room, 4)


def test_private_texts_take_turns_with_rooms() -> None:
    queue = SendQueue("matrix")
    for number in range(60):
        queue.add(said(f"@n{number}:x", f"p{number}"))
    for number in range(3):
        queue.add(asked("!a", f"a{number}", "rosa"))
    assert order_of(queue, 6) == ["p0", "a0", "p1", "a1", "p2", "a2"]


def test_a_full_room_drops_answers_before_what_goes_first() -> None:
    room = SendQueue("matrix", most=2)
    answers = [asked("!a", f"m{number}", "mallory") for number in range(3)]
    assert [room.add(answer) for answer in answers] == [None, None, answers[2]]
    assert room.add(said("!a", "chair")) is answers[1]
    assert order_of(room, 2) == ["chair", "m0"]
