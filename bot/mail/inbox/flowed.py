"""Text in format=flowed (RFC 3676): lines that a mail program broke, and that belong together."""

SIGNATURE = "-- "


def joined(text: str, *, delete_space: bool) -> str:
    """`text` with the lines joined that its sender's program broke.

    delete_space: the blank at the end of a broken line is only its mark (DelSp=yes)
    """
    found: list[tuple[str, list[str]]] = []
    goes_on = False
    for line in text.split("\n"):
        rest = line.lstrip(">")
        quotes = line[: len(line) - len(rest)]
        rest = rest.removeprefix(" ")  # it is stuffed before what could be taken for something else
        if goes_on and found[-1][0] == quotes and rest != SIGNATURE:
            pieces = found[-1][1]
            pieces[-1] = pieces[-1][: -1 if delete_space else None]
            pieces.append(rest)
        else:
            found.append((quotes, [rest]))
        goes_on = rest.endswith(" ") and rest != SIGNATURE
    return "\n".join(_quoted(quotes, "".join(pieces)) for quotes, pieces in found)


def _quoted(quotes: str, text: str) -> str:
    return f"{quotes} {text}" if quotes and text else quotes + text
