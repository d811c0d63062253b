"""Replays logs: their record or recap as text, and what of them was not understood."""

from collections.abc import Callable
from datetime import date, tzinfo
from pathlib import Path

from bot.app.errors import CannotError
from bot.app.log_player import BeforeLine, contents, dialogue_of, network_of, player, rooms_of, transcript_of
from bot.app.talk_sessions import open_where_people_talk
from bot.app.views import MINUTES, document, recap_text
from bot.bundled import bundled_plugins
from bot.config import Config, default_config
from bot.networks.transcript.log_entry import UTC_ZONE, Options, TranscriptError
from bot.networks.transcript.reader import Transcript


async def replay(
    files: list[Path],
    *,
    config: Config | None,
    channel: str,
    date: date | None,
    zone: tzinfo | None,
    form: str,
    note: Callable[[str], None] = lambda _: None,
) -> str:
    """Play logs with a database in memory; returns the result in the given form.

    note: is told of lines that were not understood

    Raises CannotError if a log cannot be read or holds no session.
    """
    read = contents(files)
    options = Options(channel=channel, day=date, zone=zone or UTC_ZONE)
    log = transcript_of(read, options, config)
    if config is None:
        config = default_config(bundled_plugins(), rooms_of(log))
    network = network_of(config, log.unnamed)
    log = transcript_of(read, Options(channel=channel, day=date, zone=options.zone, network=network), config)
    try:
        if form == "dialogue":
            text = await dialogue_of(config, log, options.zone, network)
            log.check_heard()
        else:
            text = await _replayed(config, log, form, network)
    except TranscriptError as error:
        raise CannotError(str(error)) from error
    if unread := log.unread_note():
        note(unread)
    return text


async def _replayed(config: Config, log: Transcript, form: str, network: str) -> str:
    text = await _played(config, log, form, network)
    if text is None and form == MINUTES:
        text = await _played(config, log, form, network, before=open_where_people_talk)
    if text is None:
        no_session = "this log has no session, and nobody talks in it"
        if form != MINUTES:
            no_session = "this log has no session; a session starts with #startmeeting, and --minutes takes a log without one"
        raise CannotError("; ".join(filter(None, (no_session, log.unread_note()))))
    return text


async def _played(
    config: Config, log: Transcript, form: str, network: str, before: BeforeLine | None = None
) -> str | None:
    """The result in this form; None if there was no session."""
    async with player(config, network=network) as stage:
        await stage.play(log, before=before)
        log.check_heard()
        await stage.end_sessions()
        if form == "json":
            unread = {"lines_not_understood": len(log.unread)} if log.unread else {}
            return await document(stage.engine, unread)
        tracks = [track.slug for track in config.setup.tracks]
        written = [await recap_text(stage.engine, slug, None, form, stage.at) for slug in tracks]
    texts = [text for text in written if text is not None]
    return "\n\n".join(texts) or None
