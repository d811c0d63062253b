"""What can wait is said when nothing else waits."""

from bot.networks.irc.bucket import Bucket
from bot.networks.irc.send_queue import SendQueue


def queue(tokens: float, room: int = 100, *, ready: str = "#a #b") -> SendQueue:
    return SendQueue(
        Bucket(tokens, 2.0), hold=60, ready=lambda target: target in ready.split(), room=lambda _: room
    )


def said(speech: SendQueue, now: float) -> list[str]:
    told = (line.decode().removeprefix("PRIVMSG ").rstrip().partition(" ") for line in speech.take(now))
    return [f"{target} {text.removeprefix(':')}" for target, _, text in told]


def test_an_answer_overtakes_what_is_patient_in_its_room() -> None:
    speech = queue(10)
    speech.add("#a", "carried one", 0, patient=True)
    speech.add("#a", "carried two", 0, patient=True)
    speech.add("#a", "an answer\nof two lines", 0)
    speech.add("#a", "carried three", 0, patient=True)
    speech.add("#a", "another answer", 0)
    assert said(speech, 0) == [
        "#a an answer",
        "#a of two lines",
        "#a another answer",
        "#a carried one",
        "#a carried two",
        "#a carried three",
    ]


def test_an_answer_in_another_room_goes_first_too() -> None:
    speech = queue(1)
    speech.add("#a", "carried", 0, patient=True)
    speech.add("#b", "an answer", 0)
    assert said(speech, 0) == ["#b an answer"]
    assert said(speech, 2) == ["#a carried"]


def test_a_room_that_cannot_be_spoken_to_keeps_nobody_waiting() -> None:
    speech = queue(10, ready="#a")
    speech.add("#a", "carried", 0, patient=True)
    speech.add("#b", "an answer", 0)
    assert said(speech, 0) == ["#a carried"]


def test_what_is_half_said_is_finished_first() -> None:
    speech = queue(1, room=10)
    speech.add("#a", "carried, in two pieces", 0, patient=True)
    (first,) = said(speech, 0)
    speech.add("#a", "an answer", 0, asker="rosa")
    rest = [line for second in range(1, 5) for line in said(speech, 2 * second)]
    assert [first, *rest] == ["#a carried,", "#a in two", "#a pieces", "#a an answer"]


def test_what_is_carried_is_never_put_together() -> None:
    speech = queue(1)
    for text in ("<rosa> one", "<amaru> two"):
        speech.add("#a", text, 0, patient=True)
    assert said(speech, 0) == ["#a <rosa> one"]
    assert said(speech, 2) == ["#a <amaru> two"]


def test_what_goes_first_does_not_wait_for_what_is_half_said() -> None:
    speech = queue(1, room=10)
    speech.add("#a", "an answer of four pieces", 0, asker="rosa")
    (first,) = said(speech, 0)
    speech.add("#a", "a chair's", 0)
    rest = [line for second in range(1, 5) for line in said(speech, 2 * second)]
    assert [first, *rest] == ["#a an answer", "#a a chair's", "#a of four", "#a pieces"]
