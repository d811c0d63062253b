"""The commands that say what is on and next in a track, and what follows when a session says it."""

from collections.abc import Iterator, Sequence

from bot.api import Ask, Effect, Needs, Occasion, Reply, Write, track_stream, voided_causes
from bot.api.facts import BoardCleaned, NextSaid, NowSaid, SessionClosed, TopicOpened
from plugins.board import limits, phrases
from plugins.board.declaration import plugin
from plugins.board.facts import SaidPassed, SaidReworded
from plugins.board.now import now_of
from plugins.board.state import board_of
from plugins.board.tracks import (
    done,
    done_today,
    gathering_of,
    too_long,
    track_of,
    words_in,
    written,
)


@plugin.command(
    "now",
    about_track=True,
    usage="#TRACK now text",
    says="says on the board what is on in a track; clears what was next",
    example="#nova now discussing ring placement",
    needs=Needs.GATHERING,
)
def say_now(ask: Ask) -> Sequence[Effect]:
    """Put on the board what is on."""
    track, text = track_of(ask), words_in(ask.rest)
    if not text:
        return [Reply(ask.usage)]
    refused = too_long(text, limits.TEXT)
    if refused is not None:
        return [refused]
    fact = NowSaid(gathering_of(ask), text)
    return [written(track, fact), done_today(ask, track, phrases.NOW(track=track.slug, text=text))]


@plugin.command(
    "next",
    about_track=True,
    usage="#TRACK next text",
    says="adds to what is next in a track",
    example="#nova next at 2pm we plan to discuss cells",
    needs=Needs.GATHERING,
)
def say_next(ask: Ask) -> Sequence[Effect]:
    """Put on the board what is next, after what is there."""
    track, text = track_of(ask), words_in(ask.rest)
    if not text:
        return [Reply(ask.usage)]
    refused = too_long(text, limits.TEXT)
    if refused is not None:
        return [refused]
    there = [said.text.casefold() for said in board_of(ask.state, track.slug).next]
    if text.casefold() in there:
        return [Reply(phrases.NEXT_ALREADY(track=track.slug))]
    if len(there) >= limits.NEXT:
        return [Reply(phrases.TOO_MANY_NEXT(most=limits.NEXT, track=track.slug))]
    fact = NextSaid(gathering_of(ask), text)
    return [written(track, fact), done_today(ask, track, phrases.NEXT(track=track.slug, text=text))]


@plugin.command(
    "clean",
    about_track=True,
    aliases=("clear",),
    usage="#TRACK clean",
    says="takes off the board what is on and next in a track",
    example="#nova clean",
    before=("#nova now discussing ring placement",),
    needs=Needs.GATHERING,
)
def clean(ask: Ask) -> Sequence[Effect]:
    """Take what is on and next off the board."""
    track = track_of(ask)
    if ask.rest:
        return [Reply(phrases.CLEAN_ALONE(track=track.slug))]
    if not has_something(ask, track.slug):
        return [Reply(phrases.NOTHING_TO_CLEAN(track=track.slug))]
    fact = BoardCleaned(gathering_of(ask))
    return [written(track, fact), done(ask, phrases.CLEANED(track=track.slug))]


def has_something(ask: Ask, track: str) -> bool:
    """Whether something can be cleaned: what is on, or what was said by hand to be next."""
    return bool(board_of(ask.state, track).next) or now_of(ask.state, track) is not None


@plugin.edits.line_edited("TRACK now")
def edit_now(ask: Ask) -> Sequence[Effect]:
    """Change the words that somebody said to be on; if the message said none before, say them now."""
    return _edited(ask, NowSaid) or say_now(ask)


@plugin.edits.line_edited("TRACK next")
def edit_next(ask: Ask) -> Sequence[Effect]:
    """Change the words that somebody said to be next; if the message said none before, say them now."""
    return _edited(ask, NextSaid) or say_next(ask)


def _edited(ask: Ask, kind: type[NowSaid | NextSaid]) -> Sequence[Effect]:
    """The orders for new words of what a line said before its edit; none if it said nothing of this kind."""
    track, text = track_of(ask), words_in(ask.rest)
    entries = ask.state.stream(track_stream(track.slug))
    wanted = {ask.edits, f"{ask.edits}/apart"} - voided_causes(entries) if ask.edits else set()
    said = [entry.cause for entry in entries if isinstance(entry.fact, kind) and entry.cause in wanted]
    if not said or not text:
        return ()
    refused = too_long(text, limits.TEXT)
    if refused is not None:
        return [refused]
    fact = SaidReworded(gathering_of(ask), said[0], text)
    return [written(track, fact), done(ask, phrases.NOW(track=track.slug, text=text))]


@plugin.upon(TopicOpened)
def topic_opened(occasion: Occasion, _: TopicOpened) -> Iterator[Effect]:
    """What was said by hand gives way to a topic."""
    yield from _passes(occasion, next_too=True)


@plugin.upon(SessionClosed)
def session_closed(occasion: Occasion, _: SessionClosed) -> Iterator[Effect]:
    """What was said by hand to be on ends with a session; what is next stays."""
    yield from _passes(occasion, next_too=False)


def _passes(occasion: Occasion, *, next_too: bool) -> Iterator[Effect]:
    track, gathering = occasion.track, occasion.state.setup.gathering.slug
    if track is None:
        return
    board = board_of(occasion.state, track.slug)
    if board.now is not None or (next_too and board.next):
        yield Write(SaidPassed(gathering, next_too), stream=track_stream(track.slug))
