"""The server's limits and rules, from numeric 005."""

from collections.abc import Iterator, Sequence

from bot.core.events import Power
from bot.core.people.identity import casefold

# https://modern.ircdocs.horse/#rplisupport-005
DEFAULTS = {
    "CASEMAPPING": "rfc1459",
    "CHANMODES": "beI,k,l,imnpst",
    "CHANTYPES": "#&",
    "PREFIX": "(ov)@+",
    "LINELEN": "512",
    "NICKLEN": "30",
}

LONGEST_LINE = 8192
MOST_DIGITS = 9
MOST_TOKENS = 200


class ISupport:
    """The tokens of 005, and values derived from them."""

    def __init__(self) -> None:
        self.tokens = dict(DEFAULTS)
        self._derive()

    def read(self, tokens: Sequence[str]) -> None:
        """Read the tokens of one 005 line; "-TOKEN" removes one."""
        for token in tokens:
            key, _, value = token.partition("=")
            if key.startswith("-"):
                self.tokens.pop(key[1:], None)
                if key[1:] in DEFAULTS:
                    self.tokens[key[1:]] = DEFAULTS[key[1:]]
            elif key in self.tokens or len(self.tokens) < MOST_TOKENS:
                self.tokens[key] = value
        self._derive()

    def _derive(self) -> None:
        self.casemapping = self.tokens["CASEMAPPING"]
        letters, _, marks = self.tokens["PREFIX"].removeprefix("(").partition(")")
        self.marks = dict(zip(marks, letters, strict=False))
        lowest = letters.find("h") if "h" in letters else letters.find("o")
        self.powers = dict.fromkeys(letters[: lowest + 1], Power.MODERATOR)
        if "v" in letters:
            self.powers["v"] = Power.VOICE
        lists, always, on_setting, _ = (*self.tokens["CHANMODES"].split(","), "", "", "", "")[:4]
        self._with_argument = set(lists + always + letters)
        self._with_argument_when_set = set(on_setting)
        self.channel_types = self.tokens["CHANTYPES"]
        self.status_marks = self.tokens.get("STATUSMSG", "") or marks

    def number(self, token: str, default: int = 0) -> int:
        """The value of a token that is a number."""
        return _number(self.tokens.get(token, ""), default)

    @property
    def line_length(self) -> int:
        """Bytes of a line with its CR LF; never less than the standard's, and no server takes much longer ones."""
        return min(max(self.number("LINELEN", 512), 512), LONGEST_LINE)

    @property
    def bot_mode(self) -> str:
        """The letter of the user mode that marks bots; empty where there is none."""
        return self.tokens.get("BOT", "")

    def fold(self, name: str) -> str:
        """`name` as this server compares it."""
        return casefold(name, self.casemapping)

    def joins_per_line(self) -> int:
        """How many channels one JOIN may name; 0 for no limit."""
        for limit in self.tokens.get("TARGMAX", "").split(","):
            command, _, value = limit.partition(":")
            if command == "JOIN":
                return _number(value)
        return 0

    def mode_changes(self, params: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """The changes of a MODE line after its target: "+" or "-", the letter, its argument or ""."""
        arguments = iter(params[1:])
        sign = "+"
        for letter in params[0] if params else "":
            if letter in "+-":
                sign = letter
            elif letter in self._with_argument or (letter in self._with_argument_when_set and sign == "+"):
                yield sign, letter, next(arguments, "")
            else:
                yield sign, letter, ""


def _number(value: str, default: int = 0) -> int:
    return int(value) if value.isdecimal() and len(value) <= MOST_DIGITS else default
