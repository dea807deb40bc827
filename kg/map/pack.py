"""A long script in two thirds of its length: the pieces of ``pieces.json`` that it repeats are single letters that it does not use.

The page carries vis-network so, and puts it together again when the network is first drawn. It is not a compression that any library
could do better and differently on another machine: the same text gives the same letters everywhere, and a line of script undoes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from kg.errors import InputError

#: The first of the letters that stand for pieces: Latin letters with strokes and hooks, two bytes each.
FIRST = 0x180


@dataclass(frozen=True, slots=True)
class Packed:
    """``pieces[i]`` is what the letter ``FIRST + i`` of ``text`` stands for."""

    text: str
    pieces: tuple[str, ...]

    def unpacked(self) -> str:
        return self.text.translate({FIRST + number: piece for number, piece in enumerate(self.pieces)})


def pack(text: str) -> Packed:
    """The text with a letter for each piece; raises :class:`InputError` where it holds one of these letters itself."""
    known = pieces()
    letters = {chr(FIRST + number) for number in range(len(known))}
    if letters & set(text):
        raise InputError(
            f"a script: holds the letter {min(letters & set(text))!r}; expected one without the letters of its packing"
        )
    left = list(known)  # a piece may hold earlier ones
    for number in range(len(left)):
        piece, letter = left[number], chr(FIRST + number)
        text = text.replace(piece, letter)
        left[number + 1 :] = [later.replace(piece, letter) for later in left[number + 1 :]]
    return Packed(text, known)


@lru_cache(maxsize=1)
def pieces() -> tuple[str, ...]:
    """What vis-network repeats most, in the order in which it is replaced."""
    return tuple(json.loads(resources.files("kg.map").joinpath("pieces.json").read_text("utf-8")))
