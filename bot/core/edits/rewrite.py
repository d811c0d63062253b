"""An edit, line by line: records are revised, added or withdrawn, commands are run, and the answers are collected.

Rights are checked at the time of the edit; the words are understood as of the time of the message. A record whose edit is
refused stays as it was, and the answer says so.
"""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core import effects, facts, phrases
from bot.core.edits import answers
from bot.core.edits.lines import EditedLine, changed, same, unchanged
from bot.core.edits.message_records import Made, place_of, said_at
from bot.core.events import Edited
from bot.core.plugin.ask import Ask
from bot.core.plugin.kind import Kind
from bot.core.plugin.recording import understood, why_not
from bot.core.session.session import Session
from bot.core.state.limits import Limits
from bot.core.turn.commands import ask_of, helping, refusal, run_command
from bot.core.turn.decision import Context, carry_out
from bot.core.words.text import near_miss


class Former(Struct, frozen=True):
    """A message before the edit: its lines, the cause of the facts of each line, and their records."""

    lines: tuple[EditedLine, ...]
    causes: tuple[str, ...]
    records: tuple[Made, ...]


class Rewriting(Struct):
    """One edit while it is being decided.

    context: the context of the edit; its stream is the session of the message
    """

    event: Edited
    context: Context
    former: Former
    _left: dict[int, EditedLine] = field(default_factory=dict)
    _spare: list[Made] = field(default_factory=list)
    _commands: dict[int, str] = field(default_factory=dict)
    _ran: int = 0

    @property
    def session(self) -> Session:
        """The session as the edit has left it so far."""
        found = self.context.state.session(self.context.stream)
        assert found is not None
        return found

    @property
    def has_written(self) -> bool:
        """Whether the edit has led to a fact other than attendance."""
        return any(entry.by is not None for entry in self.context.decision.entries)

    def rewrite(self, lines: Sequence[EditedLine]) -> tuple[str, ...]:
        """Carry out the new lines; returns the cause of the facts of each, now or before."""
        lines = [self._settled(line) for line in lines]
        kept = same(lines, self.former.records)
        paired = changed(lines, self.former.records, kept)
        taken = {record.n: record.place for record in (*kept.values(), *paired.values())}
        self._spare = [record for record in self.former.records if record.n not in taken]
        places = set(taken.values())
        self._left = {place: line for place, line in enumerate(self.former.lines) if place not in places}
        others = [place for place in range(len(lines)) if place not in kept and place not in paired]
        before = unchanged(lines, others, self.former.lines, list(self._left))
        for place in before.values():
            del self._left[place]
        found = set(before.values())
        self._spare = [record for record in self._spare if record.place not in found]
        self._commands = {place: line.word for place, line in self._left.items() if line.word}
        causes = []
        for place, line in enumerate(lines):
            if place in kept:
                causes.append(kept[place].cause)
            elif place in paired:
                causes.append(self._revise(line, paired[place]))
            elif place in before:  # it was answered when it was said
                causes.append(self._cause(before[place]))
            else:
                causes.append(self._other(place, line))
        self._withdraw()
        self._stays_done()
        return tuple(causes)

    def _settled(self, line: EditedLine) -> EditedLine:
        """The line, as talk if it only looks like a record."""
        if line.kind is None or line.is_record or not line.rest:
            return line
        is_talk = isinstance(understood(self._ask(line), line.kind, line.rest), str)
        return replace(line, kind=None) if is_talk else line

    def _revise(self, line: EditedLine, made: Made) -> str:
        kind, item = line.kind, made.item
        assert kind is not None
        if item is None:
            self._reply(phrases.EDITED_RECORD_GONE(n=made.n))
            return made.cause
        then = replace(self._ask(line), speaker=item.by, at=item.at)
        content = self._refusal(line, kind) or understood(then, kind, line.rest)
        if isinstance(content, str):
            self._reply(phrases.EDIT_REFUSED(why=content, n=made.n))
        elif content != item.content:
            self._write(facts.Revised(made.n, content, whole=True), line.cause)
            self._order(answers.revised(then, made.n, kind, content, self._who))
        return made.cause

    def _other(self, place: int, line: EditedLine) -> str:
        """Carry out a line that matches no former record."""
        if line.is_off or not line.read.text.strip():
            return ""
        if line.kind is None and line.spoken is None:
            return ""
        self._ran += 1
        if self._ran > self._limits.message_commands:
            return self._stays(line.rest, phrases.TOO_MANY_COMMANDS(most=self._limits.message_commands))
        if line.kind is not None:
            return self._record(line, line.kind)
        assert line.spoken is not None
        if line.spoken.known:
            return self._run(place, line)
        return self._unknown(line, line.spoken.word, addressed=line.spoken.addressed)

    def _record(self, line: EditedLine, kind: Kind) -> str:
        ask = replace(self._ask(line), at=said_at(self.event))
        content = why_not(self.session, ask) or self._refusal(line, kind) or understood(ask, kind, line.rest)
        if isinstance(content, str):
            return self._stays(line.rest, content)
        n = self.context.state.last_number(self.session.track) + 1
        stood = place_of(self.event, self.session, self.former.records)
        now = (self.session.topic_id, self.session.team, self.session.subtopic)
        self._write(facts.Recorded(n, kind.word, content), line.cause)
        if stood is not None and stood != now:
            self._write(facts.Moved(n, *stood), line.cause)
        if kind.decision:
            self._announce(
                phrases.DECISION_MADE_BY_EDIT(n=n, kind=kind.word, who=self._who, text=content.text)
            )
        elif kind.answer is not None:
            self._reply(kind.answer(ask, n, content))
        else:
            self._order(effects.Acknowledge(f"#{n} {kind.word}", kind.emoji))
        return line.cause

    def _run(self, place: int, line: EditedLine) -> str:
        """Run a command that the edit added or changed, if it supports edits."""
        ask = self._ask(line)
        command = ask.command
        assert command is not None
        replaced = next((at for at, word in self._commands.items() if word == command.word), None)
        if replaced is None and place in self._left and not self._left[place].word:
            replaced = place
        if replaced is not None:
            del self._left[replaced]
            self._commands.pop(replaced, None)
        before = self._cause(replaced) if replaced is not None else ""
        if command.on_line_edited is None:
            is_talk = ask.bare and command.is_talk is not None and command.is_talk(ask)
            if not is_talk:
                typed = line.read.text.strip() if ask.bare else ""
                refused = phrases.EDIT_DOES_NOT_RUN_LINE(line=typed) if typed else ""
                self._reply(refused or phrases.EDIT_DOES_NOT_RUN(word=command.word))
            return before
        asked = replace(ask, command=replace(command, handler=command.on_line_edited), edits=before)
        here = replace(self.context, cause=line.cause, handler=command.on_line_edited)
        carry_out(run_command(asked), here)
        return before if self._did(before) else line.cause

    def _unknown(self, line: EditedLine, word: str, *, addressed: bool) -> str:
        meant = near_miss(word, self.context.register.vocabulary.words)
        if meant is not None and self.context.register.vocabulary.words[meant] in self.context.register.kinds:
            return self._stays(line.rest, phrases.UNKNOWN(word=word, meant=meant))
        help_given = helping(word, self.context.register)
        if help_given is not None:
            self._reply(help_given)
        elif addressed:
            self._reply(phrases.NOT_UNDERSTOOD)
        return ""

    def _stays(self, words: str, why: str) -> str:
        """Leave the record of a refused line as it was."""
        present = [record for record in self._spare if record.item is not None]
        same_words = [record for record in present if record.said.text == words]
        made = next(iter([*same_words, *present]), None)
        if made is None:
            self._reply(why)
            return ""
        self._spare.remove(made)
        self._left.pop(made.place, None)
        self._commands.pop(made.place, None)
        self._reply(phrases.EDIT_REFUSED(why=why, n=made.n))
        return made.cause

    def _withdraw(self) -> None:
        """Withdraw the records that have no line any more."""
        for made in self._spare:
            self._left.pop(made.place, None)
            if made.item is None:
                continue
            self._write(facts.Withdrawn(made.n), self.context.cause)
            kind = self.context.register.kinds.get(made.kind)
            if kind is not None and kind.decision:
                self._announce(phrases.DECISION_WITHDRAWN(n=made.n, kind=made.kind, who=self._who))
            else:
                self._order(effects.Acknowledge(phrases.RECORD_WITHDRAWN(n=made.n), answers.CHANGED))

    def _stays_done(self) -> None:
        """Answer for removed commands, some of which can undo what they did."""
        for place, line in self._left.items():
            if line.word and self._did(cause := self._cause(place)):
                handler = self.context.register.commands[line.word].on_line_removed
                if handler is None:
                    self._reply(phrases.EDIT_DOES_NOT_TAKE_BACK(word=line.word))
                else:
                    ask = replace(self._ask(line), edits=cause)
                    carry_out(handler(ask), replace(self.context, handler=handler))

    def _refusal(self, line: EditedLine, kind: Kind) -> str | None:
        ask = self._ask(line)
        return refusal(ask, self.context.register.commands[kind.word]) if ask.role < kind.role else None

    def _ask(self, line: EditedLine) -> Ask:
        return ask_of(line.read, self.session, replace(self.context, cause=line.cause))

    @property
    def _limits(self) -> Limits:
        return self.context.state.setup.limits

    @property
    def _who(self) -> str:
        return self.event.speaker.name

    def _cause(self, place: int) -> str:
        return self.former.causes[place] if place < len(self.former.causes) else ""

    def _did(self, cause: str) -> bool:
        """Whether any fact of this cause is still valid."""
        return bool(cause) and any(entry.cause == cause for entry in self.session.live())

    def _write(self, fact: object, cause: str) -> None:
        self.context.write(fact, cause=cause)

    def _reply(self, text: str) -> None:
        self._order(effects.Reply(text))

    def _announce(self, text: str) -> None:
        self._order(effects.Announce(text))

    def _order(self, order: effects.Effect) -> None:
        self.context.decision.orders.append(order)
