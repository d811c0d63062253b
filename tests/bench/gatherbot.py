"""Gatherbot under the harness: one configuration, one session in every channel."""

import compileall
import json
import sqlite3
import sys
from pathlib import Path

from adapters import TOKEN, Adapter, Launch

ROOT = Path(__file__).resolve().parents[2]
for package in ("bot", "plugins"):  # as the peers are: installers compile what they install
    compileall.compile_dir(ROOT / package, quiet=1)


class Bot(Adapter):
    name = "gatherbot"
    answers = True

    def launch(self, work: Path, port: int, channels: list[str]) -> Launch:
        config = work / "config.toml"
        tracks = "\n".join(
            f'[[track]]\nslug = "{channel[1:]}"\nname = "{channel[1:]}"\nlist = "{channel[1:]}@lists.example.org"\n'
            f'rooms = ["bench/{channel}"]\n'
            for channel in channels
        )
        config.write_text(
            f'[bot]\nnick = "{self.nick}"\ndata = {json.dumps(str(work / "data"))}\n'
            '[gathering]\nslug = "bench"\nname = "Bench PTG"\n'
            f'[[network]]\nname = "bench"\nkind = "irc"\nhost = "127.0.0.1"\nport = {port}\ntls = false\n'
            f"throttle = {str(self.throttled).lower()}\n[recap]\nsettle = \"0s\"\n{tracks}"
        )
        return Launch([sys.executable, "-m", "bot.commandline", "run", str(config)], {"PYTHONPATH": str(ROOT)}, str(ROOT))

    def start(self, channel: str) -> str:
        return "#startmeeting bench"

    def started(self, channel: str, line: str) -> bool:
        return f"PRIVMSG {channel} :bench is open" in line

    def probe(self, token: str) -> str:
        return f"#bothelp {token}"

    def barrier(self, token: str) -> str:
        return self.record(token)

    def topic(self, token: str) -> str:
        return f"#topic {token}"

    def record(self, token: str) -> str:
        return f"#action {token} to look after it"

    def end(self, channel: str) -> str:
        return "#endmeeting"

    def ended(self, channel: str, line: str) -> bool:
        """The recap, readable minutes, is in the outbox: later than the answer to the command."""
        return f"PRIVMSG {channel} :the recap" in line

    def survivors(self, work: Path, tokens: list[str]) -> list[str]:
        with sqlite3.connect(work / "data" / "gatherbot.sqlite") as db:
            bodies = " ".join(body for (body,) in db.execute("SELECT body FROM fact WHERE kind = 'Recorded'"))
        found = set(TOKEN.findall(bodies.encode()))
        return [token for token in tokens if token.encode() in found]

    def resumed(self, channel: str, token: str) -> tuple[str, str]:
        return f"#topic {token}", token
