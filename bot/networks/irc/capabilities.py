"""Negotiates capabilities: https://ircv3.net/specs/extensions/capability-negotiation."""

from irctokens.line import Line

from bot.networks.irc.link_state import LinkState, Notify

WANTED = (
    "account-notify",
    "account-tag",
    "batch",
    "chghost",
    "extended-join",
    "message-tags",
    "multi-prefix",
    "server-time",
)


class Capabilities:
    """Requests the wanted capabilities; calls `settled` whenever all requests are answered."""

    def __init__(self, state: LinkState, *, sasl: bool, settled: Notify) -> None:
        self._state = state
        self._wanted = (*WANTED, "sasl") if sasl else WANTED
        self._settled = settled
        self._open = True
        self._unanswered = 0
        self.offered: dict[str, str] = {}

    def ask(self) -> None:
        """Open the negotiation."""
        self._state.send("CAP", "LS", "302")

    def on_cap(self, line: Line) -> None:
        """The server says something about capabilities."""
        if len(line.params) < 3:
            return
        names = line.params[-1].split()
        match line.params[1].upper():
            case "LS":
                self._offer(names)
                if line.params[2] != "*":  # else more of the list follows
                    self._request(names)
            case "NEW":
                self._offer(names)
                self._request(names)
            case "ACK":
                self._acknowledge(names)
            case "NAK":
                self._refuse(names)
            case "DEL":
                self._state.caps.difference_update(names)
                for name in names:
                    self.offered.pop(name, None)

    def close(self) -> None:
        """End the negotiation; the greeting follows."""
        if self._open:
            self._open = False
            self._state.send("CAP", "END")

    def _offer(self, names: list[str]) -> None:
        for name in names:
            key, _, value = name.partition("=")
            if key in self._wanted:  # a server may offer endlessly many
                self.offered[key] = value

    def _request(self, names: list[str]) -> None:
        pool = self.offered if self._open else {name.partition("=")[0] for name in names}
        asked = [name for name in self._wanted if name in pool and name not in self._state.caps]
        if asked:
            self._unanswered += 1
            self._state.send("CAP", "REQ", " ".join(asked))
        self._settle()

    def _acknowledge(self, names: list[str]) -> None:
        for name in names:
            if name.startswith("-"):
                self._state.caps.discard(name[1:])
            elif name in self._wanted:
                self._state.caps.add(name)
        self._unanswered -= 1
        self._settle()

    def _refuse(self, names: list[str]) -> None:
        self._unanswered -= 1
        names = [name for name in self._wanted if name in names] if len(names) > 1 else []
        if names:  # a request is granted or refused as a whole; ask for each to find the refused one
            self._unanswered += len(names)
            for name in names:
                self._state.send("CAP", "REQ", name)
        self._settle()

    def _settle(self) -> None:
        if self._unanswered <= 0:
            self._settled()
