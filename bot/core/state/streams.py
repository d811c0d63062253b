"""The names of streams that do not belong to a session."""

TRACK = "track/"


def track_stream(slug: str) -> str:
    """The stream of a track, for facts that do not belong to a single session."""
    return f"{TRACK}{slug}"


def track_of_stream(stream: str) -> str | None:
    """The slug of the track whose stream this is; None for any other stream."""
    return stream.removeprefix(TRACK) if stream.startswith(TRACK) else None
