"""The lists of open questions and calls to action, of a track or of the whole gathering."""

from collections.abc import Callable, Sequence

from bot.api import Ask, Effect, Needs, Reply, Track
from bot.api.facts import RecordKept
from bot.api.people import open_tracks, track_called
from bot.api.records import backing, origin
from bot.api.words import packed
from plugins.questions import phrases
from plugins.questions.declaration import plugin
from plugins.questions.kinds import CALLS, QUESTIONS

IN_A_ROOM, IN_PRIVATE = 2, 10  # lines

Pair = tuple[Track, RecordKept]


@plugin.command(
    "questions",
    usage="#questions [track | all]",
    says="lists the open questions, most wanted first",
    example="#questions",
    needs=Needs.NOTHING,
)
def list_questions(ask: Ask) -> Sequence[Effect]:
    """List the questions without an answer."""
    tracks = _tracks(ask)
    if isinstance(tracks, str):
        return [Reply(tracks)]
    found = [
        (track, question)
        for track in tracks
        for question in QUESTIONS.of(ask.state, track.slug)
        if question.closed_at is None
    ]
    found.sort(key=lambda pair: -_backing(ask, pair[1]))

    def describe(pair: Pair, where: str, age: str) -> str:
        question = pair[1]
        people = _backing(ask, question)
        return phrases.listed_question(where, question.n, question.content.text, people, age)

    return _listed(ask, tracks, found, describe, "question", phrases.HOW_TO_ANSWER)


@plugin.command(
    "ctas",
    aliases=("calls",),
    usage="#ctas [track | all]",
    says="lists the calls to action, and how to join",
    example="#ctas",
    needs=Needs.NOTHING,
)
def list_calls(ask: Ask) -> Sequence[Effect]:
    """List the open calls to action."""
    tracks = _tracks(ask)
    if isinstance(tracks, str):
        return [Reply(tracks)]
    found = [(track, call) for track in tracks for call in CALLS.of(ask.state, track.slug) if not call.done]

    def describe(pair: Pair, where: str, age: str) -> str:
        track, call = pair
        team = track.team(call.team)
        meeting = team.meeting if team is not None else ""
        return phrases.listed_call(where, call.n, call.content.text, call.team or "", meeting, age)

    lists = list(dict.fromkeys(track.list for track, _ in found if track.list))
    how_to_join = phrases.JOIN_BY_MAIL(lists=lists) if lists else phrases.JOIN_HERE
    return _listed(ask, tracks, found, describe, "call", how_to_join)


def _listed(
    ask: Ask,
    tracks: Sequence[Track],
    found: Sequence[Pair],
    describe: Callable[[Pair, str, str], str],
    noun: str,
    tail: str,
) -> Sequence[Effect]:
    names = [track.name for track in tracks]
    if not found:
        return [Reply(phrases.NONE(nouns=phrases.NOUNS[noun], tracks=names))]
    named = len({track.slug for track, _ in found}) > 1
    today = ask.at.astimezone(ask.setup.gathering.zone).date()

    def item(pair: Pair) -> str:
        track, kept = pair
        return describe(pair, f"{track.slug} " if named else "", origin(ask.setup, track, kept, today))

    typed = (
        f"{noun if noun != 'call' else 'cta'}s {ask.rest or (tracks[0].slug if len(tracks) == 1 else 'all')}"
    )

    def more(rest: int) -> str:
        hidden = ask.room.private or not all(track.public for track, _ in found)
        return phrases.MORE(number=rest, typed="" if hidden else typed)

    head = phrases.HEADS[noun](n=len(found), tracks=list(dict.fromkeys(track.name for track, _ in found)))
    lines = IN_PRIVATE if ask.room.private else IN_A_ROOM
    return [Reply(line) for line in packed(head, found, item, more, lines=lines, tail=tail)]


def _tracks(ask: Ask) -> Sequence[Track] | str:
    """Return the requested tracks that are visible here, or the answer if there is none."""
    word = ask.rest.lower()
    if word == "all":
        return open_tracks(ask)
    if not word:
        here = ask.setup.tracks_of(ask.room.id)
        return [ask.track] if ask.track is not None else here or open_tracks(ask)
    named = track_called(word, open_tracks(ask))
    return [named] if named is not None else phrases.NO_TRACK(typed=ask.rest)


def _backing(ask: Ask, question: RecordKept) -> int:
    return backing(ask.state.persons, question.by, question.supporters, ask.state.session(question.session))
