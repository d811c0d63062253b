"""Faults of a configuration: the path of a key and a message in plain words."""

import difflib
import re
import typing
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field
from pydantic import BaseModel, ValidationError

from bot.core.words.sentences import listed

M = TypeVar("M", bound=BaseModel)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

KINDS = {
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "date_type": "must be a day like 2027-10-19, without quotes",
    "date_from_datetime_inexact": "must be a day like 2027-10-19, without a time",
    "datetime_type": "must be a day and a time like 2027-10-19T13:00:00Z, without quotes",
    "list_type": "must be a list in brackets",
    "tuple_type": "must be a list in brackets",
    "set_type": "must be a list in brackets",
    "frozen_set_type": "must be a list in brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "missing": "is missing",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
}


class ConfigError(Exception):
    """A configuration cannot be used; `faults` lists all faults, a line each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


class Findings(Struct):
    """The faults and notes found so far.

    folder: the base of relative paths, available to the models' validators as `info.context["folder"]`
    has_left_out: whether an installed plugin cannot be used
    """

    folder: Path = field(default_factory=Path)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    has_left_out: bool = False

    def fault(self, path: str, text: str) -> None:
        """Add a fault, which makes the configuration unusable."""
        self.faults.append(_one_line(path, text))

    def note(self, path: str, text: str) -> None:
        """Add a note, which does not."""
        self.notes.append(_one_line(path, text))

    def unknown(self, path: str, key: str, known: Iterable[str]) -> None:
        """Add a fault for an unknown key."""
        self.fault(joined(path, key), unknown(key, known))

    def unclaimed(self, path: str, key: str, known: Iterable[str]) -> None:
        """Report a key that neither the engine nor a plugin reads; it may belong to a plugin that was left out."""
        if self.has_left_out:
            self.note(joined(path, key), "is ignored; it may belong to the plugin that is left out")
        else:
            self.unknown(path, key, known)

    def read(self, model: type[M], values: object, path: str) -> M | None:
        """Validate a table; None if it has faults, which are added."""
        if not isinstance(values, Mapping):
            self.fault(path, "must be a table")
            return None
        try:
            return model.model_validate(values, context={"folder": self.folder})
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                self.fault(joined(path, *fault["loc"]), _in_words(fault, model))
            return None


def _one_line(path: str, text: str) -> str:
    """Format a finding; control characters quoted from the file are replaced."""
    return CONTROLS.sub(" ", f"{path}: {text}" if path else text)


def joined(path: str, *keys: str | int) -> str:
    """Append keys to a path: track[0].rooms[1]."""
    for key in keys:
        path += f"[{key}]" if isinstance(key, int) else f".{key}" if path else key
    return path


def known_keys(model: type) -> list[str]:
    """Return the keys of a model as written in the file."""
    fields = model.model_fields if issubclass(model, BaseModel) else {}
    return [field_info.alias or name for name, field_info in fields.items()]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the most similar known word; empty if none is similar."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.7)), "")


def unknown(key: str, known: Iterable[str]) -> str:
    """Return the message for a key that is not in `known`."""
    names = sorted(known)
    if key in {"password", "token"} and f"{key}_file" in names:
        return (
            f"secrets don't belong in the configuration; put it into a file and name the file in {key}_file"
        )
    near = nearest(key, names)
    if near:
        return f"is not a known key; did you mean {near}?"
    return f"is not a known key; the known keys are {listed(names)}" if names else "is not a known key"


def _in_words(error: Any, model: type[BaseModel]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return unknown(str(error["loc"][-1]), known_keys(_model_at(model, error["loc"][:-1])))
    if kind == "literal_error":
        return f"must be {context['expected'].replace(chr(39), chr(34))}"
    if kind in {"string_too_long", "too_long"}:
        return f"is too long; the limit is {context['max_length']}"
    if kind == "value_error":
        return str(context["error"])
    return KINDS.get(kind) or str(error["msg"]).replace("Input should", "must").replace("valid ", "")


def _model_at(model: type, location: Sequence[str | int]) -> type:
    """Return the model nested in another one at a location; `object` if there is none."""
    for key in location:
        if isinstance(key, int):
            continue
        found = next(
            (f for name, f in getattr(model, "model_fields", {}).items() if key in {name, f.alias}), None
        )
        inner = _model_in(found.annotation) if found is not None else None
        if inner is None:
            return object
        model = inner
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model in annotations such as list[Model] and Model | None."""
    inners = typing.get_args(annotation)
    if inners:
        return next((found for inner in inners if (found := _model_in(inner))), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
