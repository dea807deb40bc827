"""A model's answer as text → rows. What surrounds the one JSON object (fences, thoughts, a greeting) is passed over, nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from kg.llm.schema import LISTS

Rows = Mapping[str, list[Mapping[str, Any]]]

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_THOUGHT = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.S)


class UnreadableAnswer(ValueError):
    """No JSON object of the shape asked for; the text says what is wrong with it."""


def read_answer(text: str) -> Rows:
    """The lists of an answer by name; rows that are no objects are kept out, missing lists are empty.

    Raises :class:`UnreadableAnswer` where there is no such object.
    """
    body = _THOUGHT.sub("", text).strip()
    if not body:
        raise UnreadableAnswer("it was empty")
    found = _object(body)
    return {name: [_clean(row) for row in _list(found, name) if isinstance(row, dict)] for name in ("actors", *LISTS)}


def _object(body: str) -> dict[str, Any]:
    decoder = json.JSONDecoder(parse_constant=_refuse, parse_int=_integer)
    fault = "no object in it"
    at = body.find("{")
    while at >= 0:
        try:
            found, _ = decoder.raw_decode(body, at)
        except json.JSONDecodeError as error:
            if fault == "no object in it":
                fault = f"line {error.lineno}, column {error.colno}: {error.msg}"
        except RecursionError:
            raise UnreadableAnswer("it is nested too deep") from None
        else:
            if isinstance(found, dict) and found.keys() & LISTS.keys():
                return found
            fault = "none of the lists asked for is in it"
        at = _next_object(body, at)
    raise UnreadableAnswer(fault)


def _next_object(body: str, at: int) -> int:
    """Where the next object may begin: at a line's start, so that the inside of a broken answer is not taken for the whole."""
    match = re.compile(r"^\s*\{", re.M).search(body, at + 1)
    return match.end() - 1 if match else -1


def _clean(value: Any) -> Any:
    """A value without characters that no text has: halves of pairs and control characters, which JSON can escape and files cannot hold."""
    if isinstance(value, str):
        return _UNWRITABLE.sub(" ", value)
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return {key: _clean(part) for key, part in value.items()} if isinstance(value, dict) else value


def _integer(digits: str) -> int | str:
    """An integer; one of more digits than any figure has stays a text, which Python would refuse to turn into a number."""
    return int(digits) if len(digits) <= 40 else digits


def _refuse(constant: str) -> str:
    """``NaN`` and ``Infinity`` are no JSON, though Python reads them: as words they fail as numbers where they stand."""
    return constant


def _list(found: Mapping[str, Any], name: str) -> list[Any]:
    value = found.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise UnreadableAnswer(f"{name} is no list")
    return value
