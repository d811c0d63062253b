"""Hints: a line in which a command was meant in vain is answered in private, once for each habit, person and session."""

import re
from collections.abc import Sequence

from bot.api import Ask, Effect, Entry, Folding, Identity, Session, Tell, Write
from bot.api.people import is_relayed
from plugins.habits import phrases
from plugins.habits.advice import OF_SCRIBES
from plugins.habits.declaration import plugin
from plugins.habits.facts import HintGiven
from plugins.habits.settings import HabitsSettings
from plugins.habits.synonyms import LABELS

INSIDE = re.compile(r"\s([^\w\s])([A-Za-z]{3,20})[ :]\s*+\S")  # ok #action rosa to ask
APART = re.compile(r"([^\w\s]) ([a-z]{3,20})(?:\s|$)")  # `# next`; a capital begins a heading
LABEL = re.compile(r"([A-Za-z]{4,12}) ?[:\uff1a]\s*+\S")  # action: rosa to ask
NO_COLON = re.compile(r"(ACTION|TODO) (?:on )?[^\s:]++(?:: | to | will )")  # ACTION rosa to ask
LINES = {label.casefold(): (word, labels[0]) for word, labels in LABELS.items() for label in labels}
OFTEN_TALK = frozenset({"note", "question", "idea"})
TOPIC = "topic"
QUOTES = (">", "<", '"', "\u201c", "`")
HINTED: Folding[frozenset[tuple[Identity, str]]] = Folding(frozenset())


@HINTED.on(HintGiven)
def _given(
    known: frozenset[tuple[Identity, str]], _: Entry, fact: HintGiven
) -> frozenset[tuple[Identity, str]]:
    return known | {(fact.person, fact.about)}


def _was_hinted(ask: Ask, session: Session, about: str) -> bool:
    hinted = [person for person, habit in HINTED.of(session) if habit == about]
    me = ask.state.person_of(ask.speaker, session)
    return ask.speaker in hinted or any(ask.state.person_of(person, session) == me for person in hinted)


def _hinted(ask: Ask, about: str, said: str) -> Sequence[Effect]:
    """Tell the speaker, unless they got this hint in the session; a relay cannot be told anything."""
    session = ask.session
    if session is None or is_relayed(ask.speaker) or not ask.setup.of(HabitsSettings).hints:
        return ()
    if _was_hinted(ask, session, about):
        return ()
    return [Write(HintGiven(ask.speaker, about), keep_on_undo=True), Tell(ask.speaker, said)]


@plugin.talk(having=INSIDE)
def command_inside(ask: Ask) -> Sequence[Effect]:
    """Hint that a command stands at the start of its line; a quotation gets none."""
    if ask.rest.startswith(QUOTES):
        return ()
    for found in INSIDE.finditer(ask.text):
        meant = ask.register.vocabulary.words.get(found[2].lower())
        if found[1] in ask.setup.prefixes and (meant in ask.register.kinds or meant == TOPIC):
            word = f"{found[1]}{found[2].lower()}"
            return _hinted(ask, "inside", phrases.INSIDE(line=ask.text, word=word))
    return ()


@plugin.talk(like=APART)
def command_apart(ask: Ask) -> Sequence[Effect]:
    """Hint that no blank stands between the sign and the word; for records it may."""
    found = APART.match(ask.rest)
    if found is None or found[1] not in ask.setup.prefixes:
        return ()
    meant = ask.register.vocabulary.words.get(found[2])
    if meant is None or meant in ask.register.kinds:
        return ()
    return _hinted(ask, "apart", phrases.APART(line=ask.text, word=f"{found[1]}{found[2]}"))


@plugin.talk(like=LABEL)
def label_as_talk(ask: Ask) -> Sequence[Effect]:
    """Hint how a line with a label is recorded: labels that are no commands, or are not in capitals."""
    found = LABEL.match(ask.rest)
    typed = found[1].casefold() if found is not None else ""
    if typed in OF_SCRIBES:
        return _hinted(ask, typed, phrases.INSTEAD(line=ask.text, advice=OF_SCRIBES[typed]))
    word, label = LINES.get(typed, ("", ""))
    if not word or typed in OFTEN_TALK or word not in ask.register.commands:
        return ()
    return _hinted(ask, typed, _how(ask, word, label))


@plugin.talk(like=NO_COLON)
def label_without_colon(ask: Ask) -> Sequence[Effect]:
    """Hint that a colon follows a label."""
    found = NO_COLON.match(ask.rest)
    return _hinted(ask, found[1], _how(ask, *LINES[found[1].casefold()])) if found is not None else ()


def _how(ask: Ask, word: str, label: str) -> str:
    return phrases.LABEL(
        line=ask.text, word=word, label=label if label in ask.register.vocabulary.labels else ""
    )
