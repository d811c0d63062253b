"""The lists of open questions and of calls to action: a track's, or the whole gathering's."""

from collections.abc import Callable, Sequence

from bot.api import (
    Ask,
    CarriedOver,
    Effect,
    Needs,
    Plugin,
    RecordKept,
    Reply,
    Track,
    backing,
    origin,
    packed,
)
from plugins.questions import phrases
from plugins.questions.kinds import CALL, QUESTION

QUESTIONS = CarriedOver(frozenset({QUESTION.word}))
CALLS = CarriedOver(frozenset({CALL.word}))
IN_A_ROOM, IN_PRIVATE = 2, 10  # lines

Pair = tuple[Track, RecordKept]


def declare(plugin: Plugin) -> None:
    """Add the commands of this file."""
    plugin.command(
        "questions",
        usage="#questions [track | all]",
        says="the open questions, those that most people want to know first",
        example="#questions",
        needs=Needs.NOTHING,
    )(list_questions)
    plugin.command(
        "ctas",
        aliases=("calls",),
        usage="#ctas [track | all]",
        says="the calls to action, and how to join",
        example="#ctas",
        needs=Needs.NOTHING,
    )(list_calls)


def list_questions(ask: Ask) -> Sequence[Effect]:
    """List the questions that nobody answered."""
    tracks = _tracks(ask)
    if isinstance(tracks, str):
        return [Reply(tracks)]
    found = [
        (track, one)
        for track in tracks
        for one in QUESTIONS.of(ask.state, track.slug)
        if one.closed_at is None
    ]
    found.sort(key=lambda pair: -_backing(ask, pair[1]))

    def told(pair: Pair, where: str, age: str) -> str:
        return phrases.listed_question(where, pair[1].n, pair[1].content.text, _backing(ask, pair[1]), age)

    return _listed(ask, tracks, found, told, "question", phrases.HOW_TO_ANSWER)


def list_calls(ask: Ask) -> Sequence[Effect]:
    """List the calls to action that stand."""
    tracks = _tracks(ask)
    if isinstance(tracks, str):
        return [Reply(tracks)]
    found = [(track, one) for track in tracks for one in CALLS.of(ask.state, track.slug) if not one.done]

    def told(pair: Pair, where: str, age: str) -> str:
        track, one = pair
        team = track.team(one.team)
        meeting = team.meeting if team is not None else ""
        return phrases.listed_call(where, one.n, one.content.text, one.team or "", meeting, age)

    lists = list(dict.fromkeys(track.list for track, _ in found if track.list))
    return _listed(ask, tracks, found, told, "call", phrases.how_to_join(lists) if found else "")


def _listed(
    ask: Ask,
    tracks: Sequence[Track],
    found: Sequence[Pair],
    told: Callable[[Pair, str, str], str],
    noun: str,
    tail: str,
) -> Sequence[Effect]:
    names = [track.name for track in tracks]
    if not found:
        return [Reply(phrases.none(noun, names))]
    named = len({track.slug for track, _ in found}) > 1
    today = ask.at.astimezone(ask.setup.gathering.zone).date()

    def item(pair: Pair) -> str:
        track, one = pair
        return told(pair, f"{track.slug} " if named else "", origin(ask.setup, track, one, today))

    typed = (
        f"{noun if noun != 'call' else 'cta'}s {ask.rest or (tracks[0].slug if len(tracks) == 1 else 'all')}"
    )

    def more(rest: int) -> str:
        hidden = ask.room.private or not all(track.public for track, _ in found)
        return phrases.more(rest, "" if hidden else typed)

    head = phrases.head(noun, len(found), list(dict.fromkeys(track.name for track, _ in found)))
    lines = IN_PRIVATE if ask.room.private else IN_A_ROOM
    return [Reply(line) for line in packed(head, found, item, more, lines=lines, tail=tail)]


def _tracks(ask: Ask) -> Sequence[Track] | str:
    """The tracks that are meant, as far as they may be seen here; or what to answer."""
    word = ask.rest.lower()
    here = ask.setup.tracks_of(ask.room.id)
    seen = [track for track in ask.setup.tracks if track.public or track in here]
    if word == "all":
        return seen
    if not word:
        return [ask.track] if ask.track is not None else here or seen
    named = ask.setup.track(word)
    return [named] if named is not None and named in seen else phrases.no_track(ask.rest)


def _backing(ask: Ask, one: RecordKept) -> int:
    return backing(ask.state.persons, one.by, one.supporters, ask.state.session(one.session))
