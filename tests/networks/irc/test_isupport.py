from bot.core.events import Power
from bot.networks.irc.isupport import ISupport


def told(*tokens: str) -> ISupport:
    isupport = ISupport()
    isupport.read(tokens)
    return isupport


def test_before_the_server_says_anything_the_standard_holds() -> None:
    isupport = ISupport()
    assert isupport.casemapping == "rfc1459"
    assert isupport.fold("Nick[A]") == "nick{a}"
    assert isupport.line_length == 512
    assert isupport.powers == {"o": Power.MODERATOR, "v": Power.VOICE}


def test_tokens_are_read_and_taken_back() -> None:
    isupport = told("CASEMAPPING=ascii", "LINELEN=1024", "BOT=B")
    assert (isupport.fold("A[]"), isupport.line_length, isupport.bot_mode) == ("a[]", 1024, "B")
    isupport.read(["-CASEMAPPING", "-BOT"])
    assert (isupport.fold("A[]"), isupport.bot_mode) == ("a{}", "")


def test_a_line_is_never_shorter_than_the_standard() -> None:
    assert told("LINELEN=80").line_length == 512
    assert told("LINELEN=x").line_length == 512


def test_everybody_from_half_op_up_is_a_moderator() -> None:
    powers = told("PREFIX=(Yqaohv)!~&@%+").powers
    assert powers == dict.fromkeys("Yqaoh", Power.MODERATOR) | {"v": Power.VOICE}


def test_a_mark_below_op_is_no_power_of_its_own() -> None:
    assert told("PREFIX=(ovx)@+-").powers == {"o": Power.MODERATOR, "v": Power.VOICE}


def test_a_server_without_marks() -> None:
    isupport = told("PREFIX=")
    assert (isupport.marks, isupport.powers) == ({}, {})


def test_mode_changes_take_their_arguments() -> None:
    isupport = told("PREFIX=(ohv)@%+", "CHANMODES=b,k,l,mt")
    changes = list(isupport.mode_changes(["+ob-l+lk-kv", "lin", "*!*@x", "10", "key", "key", "okoye"]))
    assert changes == [
        ("+", "o", "lin"), ("+", "b", "*!*@x"), ("-", "l", ""), ("+", "l", "10"),
        ("+", "k", "key"), ("-", "k", "key"), ("-", "v", "okoye"),
    ]  # fmt: skip


def test_mode_changes_of_nothing() -> None:
    assert list(ISupport().mode_changes([])) == []
    assert list(ISupport().mode_changes(["+o"])) == [("+", "o", "")]


def test_joins_per_line() -> None:
    assert told("TARGMAX=PRIVMSG:4,JOIN:3").joins_per_line() == 3
    assert told("TARGMAX=PRIVMSG:4,JOIN:").joins_per_line() == 0
    assert ISupport().joins_per_line() == 0
