"""Checks of mail addresses and of text for headers."""

import re

BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
OVERRIDES = re.compile("[\u202a-\u202e]")  # would reverse the following text in a mail reader's list
SURROGATES = re.compile("[\ud800-\udfff]")
LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def one_line(text: str) -> str:
    """`text` made safe for a header: line breaks, controls and runs of blanks become single blanks."""
    whole = SURROGATES.sub("\ufffd", OVERRIDES.sub("", BREAKS.sub(" ", text)))
    return re.sub(" {2,}", " ", whole).strip(" ")


def valid_address(text: str) -> str:
    """`text`, stripped. Raises ValueError if it is not a bare mail address."""
    address = text.strip(" ")
    local, at, domain = address.rpartition("@")
    good = at and LOCAL_PART.fullmatch(local) and all(LABEL.fullmatch(label) for label in domain.split("."))
    if not good or len(local) > 64 or len(address) > 254:
        raise ValueError(f"{one_line(text)[:80]!r} is not a mail address")
    return address


def split_sender(text: str) -> tuple[str, str]:
    """Split `Name <address>` or `address` into display name (perhaps empty) and address. Raises ValueError if invalid."""
    bare = text.strip()
    if not bare.endswith(">"):
        return "", valid_address(bare)
    name, bracket, address = bare[:-1].rpartition("<")
    if not bracket:
        return "", valid_address(bare)  # raises
    name = one_line(name)
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = one_line(re.sub(r"\\(.)", r"\1", name[1:-1]))
    return name, valid_address(address)
