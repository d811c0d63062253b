"""Which line is the rest of the one before, because a client or a bridge cut it at the network's limit."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.people.identity import Identity, relayed_by
from bot.core.words.joint import Joint
from bot.networks.cut_lines import CutLines

ROOM, MASK = "irc/#nova", "okoye@user/okoye"
OKOYE = Identity("irc", "okoye", "okoye")
BRIDGE = Identity("irc", "bridge", "bridge")
ERIN = relayed_by(BRIDGE, "erin")
AT = datetime(2027, 10, 19, 13, tzinfo=UTC)
MOST = 512 - len(f":okoye!{MASK} PRIVMSG #nova :\r\n")  # bytes of text that the network takes from okoye
LEAST = 512 - len(f":{'n' * 16}!{'u' * 10}@{'h' * 63} PRIVMSG #nova :\r\n")
WORDS, NOTHING = Joint(), None


def filled(size: int, word: int = 5) -> str:
    """A line of this size, whose last word has `word` bytes."""
    return ("#info " + "many " * 100)[: size - word - 1].rstrip().ljust(size - word, " ") + "w" * word


@pytest.mark.parametrize(
    ("first", "rest", "seconds", "joint"),
    [
        (filled(MOST), "the rest", 0, WORDS),
        (filled(MOST - 3), "the rest", 2, WORDS),
        (filled(LEAST - 2), "the rest", 1, WORDS),
        (filled(LEAST - 20), "a rest", 1, NOTHING),
        (filled(LEAST - 15), "constitutionally long words", 1, WORDS),
        (filled(348), "the rest", 1, WORDS),
        (filled(340), "the rest", 1, NOTHING),
        (filled(360), "the rest", 1, NOTHING),
        (filled(MOST), "the rest", 3, NOTHING),
        (filled(MOST), "the rest", -1, NOTHING),
        (f"{filled(MOST - 1)} ", "the rest", 1, WORDS),
        (filled(MOST, word=40), "therest", 1, Joint(glue="")),
        ("#info \u00fc" + "\u00fc" * 220, "the rest", 1, WORDS),
        ("#info short", "the rest", 1, NOTHING),
        (f"{filled(400)}...", "... the rest", 1, Joint(drops="...", skips="... ")),
        ("#info a mid <clipped message>", "dle", 4, Joint(glue="")),
        ("#info a mid <clipped message>", "dle", 6, NOTHING),
    ],
)
def test_a_rest_has_no_room_in_the_line_before(
    first: str, rest: str, seconds: int, joint: Joint | None
) -> None:
    cuts = CutLines()
    assert cuts.joint(ROOM, OKOYE, first, AT, sender=OKOYE, mask=MASK) is None
    then = AT + timedelta(seconds=seconds)
    assert cuts.joint(ROOM, OKOYE, rest, then, sender=OKOYE, mask=MASK) == joint


def test_only_the_next_line_of_the_same_person_in_the_same_room() -> None:
    cuts, jbell = CutLines(), Identity("irc", "jbell", "jbell")
    cuts.joint(ROOM, OKOYE, filled(MOST), AT, sender=OKOYE, mask=MASK)
    assert cuts.joint(ROOM, jbell, "words", AT, sender=jbell) is None
    assert cuts.joint("irc/#other", OKOYE, "words", AT, sender=OKOYE) is None
    assert cuts.joint(ROOM, OKOYE, "words", AT, sender=OKOYE) == WORDS
    assert cuts.joint(ROOM, OKOYE, "more words", AT, sender=OKOYE) is None


def test_a_network_without_limit_cuts_nothing() -> None:
    cuts = CutLines(limited=False)
    cuts.joint(ROOM, OKOYE, filled(MOST), AT, sender=OKOYE)
    assert cuts.joint(ROOM, OKOYE, "words", AT, sender=OKOYE) is None


def test_only_so_many_lines_are_remembered() -> None:
    cuts = CutLines()
    for n in range(501):
        person = Identity("irc", f"p{n}", f"p{n}")
        cuts.joint(ROOM, person, filled(MOST), AT, sender=person, mask=MASK)
    first, last = (Identity("irc", f"p{n}", f"p{n}") for n in (0, 500))
    assert cuts.joint(ROOM, first, "words", AT, sender=first) is None
    assert cuts.joint(ROOM, last, "words", AT, sender=last) == WORDS


def test_a_relay_names_its_person_only_once() -> None:
    cuts = CutLines()
    first = f"<erin> {filled(400)}..."
    assert cuts.relayed(ROOM, BRIDGE, first, AT) == (ERIN, first.partition("> ")[2], False)
    cuts.joint(ROOM, ERIN, first, AT, sender=BRIDGE)
    assert cuts.relayed(ROOM, BRIDGE, "... the rest", AT) == (ERIN, "... the rest", False)
    assert cuts.relayed(ROOM, BRIDGE, "I am a bridge", AT) == (BRIDGE, "I am a bridge", True)
    assert cuts.relayed(ROOM, BRIDGE, "... the rest", AT + timedelta(seconds=9)) == (
        BRIDGE,
        "... the rest",
        True,
    )
