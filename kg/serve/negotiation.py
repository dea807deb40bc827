"""``Accept`` → the format of the answer, as HTTP has it (https://www.rfc-editor.org/rfc/rfc9110#name-accept)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.serve.jobs import FORMATS, Format

_RANGE = re.compile(r"\s*([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)\s*((?:;[^;]*)*)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


class Range(NamedTuple):
    """A media range of an ``Accept`` with its weight, from 0 (not acceptable) to 1."""

    type: str
    subtype: str
    quality: float

    def fits(self, media_type: str) -> int:
        """How closely it fits: 3 exactly, 2 by its type, 1 as ``*/*``, 0 not at all."""
        main, _, sub = media_type.partition("/")
        if (self.type, self.subtype) == (main, sub):
            return 3
        return 2 * (self.type == main and self.subtype == "*") or int(self.type == self.subtype == "*")


def ranges(accept: str | None) -> list[Range]:
    """The media ranges of an ``Accept``. None is everything; what cannot be read is left out."""
    if accept is None or not accept.strip():
        return [Range("*", "*", 1.0)]
    return list(_ranges(accept))


def _ranges(accept: str) -> Iterator[Range]:
    for part in accept.split(","):
        if match := _RANGE.fullmatch(part.rstrip()):
            weight = _QUALITY.search(match[3])
            yield Range(match[1].lower(), match[2].lower(), min(1.0, float(weight[1])) if weight else 1.0)


def choose(accept: str | None, media_types: Iterable[str]) -> str | None:
    """The best of ``media_types``: of the highest weight, then the first offered. ``None`` where none is acceptable."""
    wanted = ranges(accept)
    best, best_quality = None, 0.0
    for media_type in media_types:
        close = max(((found.fits(media_type), found.quality) for found in wanted), default=(0, 0.0), key=lambda pair: pair[0])
        if close[0] and close[1] > best_quality:
            best, best_quality = media_type, close[1]
    return best


def result_format(accept: str | None, *, graph: bool) -> tuple[Format, str] | None:
    """The format of an answer, for graphs or for rows, and the media type by which it was asked for; ``None``: not acceptable."""
    offered = [known for known in FORMATS if known.graph == graph]
    names = {known.media_type: known for known in offered}
    for known in offered:
        for name in known.also:
            names.setdefault(name, known)
    media_type = choose(accept, names)
    return None if media_type is None else (names[media_type], media_type)


def named_format(name: str, *, graph: bool) -> Format | None:
    """The format of ``?format=NAME``."""
    return next((known for known in FORMATS if known.name == name and known.graph == graph), None)
