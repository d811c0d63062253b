"""Whose line is next: with the throttle as shipped, on a clock of the test's own."""

from bot.networks.irc.account_lookups import INTERVAL, MOST_PENDING
from bot.networks.irc.bucket import Bucket
from bot.networks.irc.send_queue import SendQueue

LONG = "x" * 70


class Server:
    """Takes what may be sent, at the time it may.

    heard: (time, target, text)
    """

    def __init__(self) -> None:
        self.queue = SendQueue(Bucket(), hold=60, ready=lambda _: True, room=lambda _: 400)
        self.now = 0.0
        self.heard: list[tuple[float, str, str]] = []

    def until(self, end: float) -> None:
        self._take()
        while (wait := self.queue.wait(self.now)) is not None and self.now + wait <= end:
            self.now += wait
            self._take()
        self.now = end

    def _take(self) -> None:
        for line in self.queue.take(self.now):
            words = line.decode().removesuffix("\r\n").split(" ", 2)
            self.heard.append((self.now, words[1], words[2].removeprefix(":")))

    def say(self, target: str, text: str, asker: str = "", *, private: bool = False) -> None:
        self.queue.add(target, text, self.now, asker=asker, private=private)
        self._take()

    def when(self, text: str) -> float:
        return next(at for at, _, said in self.heard if said == text)


def test_a_chair_is_answered_at_once_while_one_person_asks_120_times_in_a_minute() -> None:
    server = Server()
    for n in range(120):
        server.until(n / 2)
        server.say("#nova", f"{LONG} {n}", "mallory")
        if n % 10 == 5:
            server.say("#nova", f"chair {n}")
        if n % 20 == 0:
            server.queue.charge(server.now)  # a PING was answered
    server.until(61)
    assert max(server.when(f"chair {n}") - n / 2 for n in range(5, 120, 10)) <= 2.0


def test_lookups_of_strangers_without_end_do_not_silence_a_room() -> None:
    """On a server without account tags, each new nick costs a WHOIS, which counts as a line."""
    server, lookups = Server(), Bucket(burst=MOST_PENDING, interval=INTERVAL)
    for second in range(120):
        server.until(second)
        while lookups.take(server.now):
            server.queue.charge(server.now)
        server.say("#nova", f"{LONG} {second}", f"stranger{second}")
        if second % 10 == 5:
            server.say("#nova", f"chair {second}")
    server.until(130)
    assert max(server.when(f"chair {second}") - second for second in range(5, 120, 10)) <= 2.0


def test_sixty_people_with_three_private_words_each_do_not_silence_a_room() -> None:
    server = Server()
    for word in range(3):
        for n in range(60):
            server.say(f"n{n}", f"{LONG} {word}", private=True)
    for n in range(6):
        server.until(n * 10)
        server.say("#nova", f"chair {n}")
        server.say("#nova", f"{LONG} answer {n}", "rosa")
    server.until(400)
    assert max(server.when(f"chair {n}") - 10 * n for n in range(6)) <= 2.0
    assert max(server.when(f"{LONG} answer {n}") - 10 * n for n in range(6)) <= 6.0  # after one private line
    private = [at for at, target, _ in server.heard if target.startswith("n")]
    assert len(private) == 3 + (300 - 2 * 12) // 2  # all that may be said in the five minutes that they wait


def test_one_asker_does_not_delay_another_in_the_same_room() -> None:
    server = Server()
    for n in range(50):
        server.say("#nova", f"{LONG} {n}", "mallory")
    server.say("#nova", "an answer", "rosa")
    server.until(4)
    assert server.when("an answer") <= 4.0


def test_one_asker_does_not_delay_another_in_another_room() -> None:
    server = Server()
    for n in range(50):
        server.say("#nova", f"{LONG} {n}", f"mallory{n}")
    server.say("#kata", "an answer", "rosa")
    server.until(4)
    assert server.when("an answer") <= 4.0


def test_the_answers_of_one_asker_stay_in_order() -> None:
    server = Server()
    for n in range(9):
        server.say("#nova", f"{LONG} {n}", f"asker{n % 3}")
    server.until(60)
    said = [text.removeprefix(f"{LONG} ") for _, _, text in server.heard]
    assert [[n for n in said if int(n) % 3 == asker] for asker in range(3)] == [
        ["0", "3", "6"], ["1", "4", "7"], ["2", "5", "8"],
    ]  # fmt: skip


def test_short_answers_to_many_people_share_a_line() -> None:
    server = Server()
    for n in range(30):
        server.say("#nova", f"n{n} is here", f"n{n}")
    server.until(2)
    assert "; ".join(text for _, _, text in server.heard) == "; ".join(f"n{n} is here" for n in range(30))


def test_a_topic_is_set_while_one_person_asks_on_and_on() -> None:
    server = Server()
    for n in range(30):
        server.say("#nova", f"{LONG} {n}", "mallory")
    server.queue.add_errand("topic #nova", b"TOPIC #nova :Cells\r\n")
    server.until(2)
    assert (0.0, "#nova", "Cells") in server.heard or (2.0, "#nova", "Cells") in server.heard
