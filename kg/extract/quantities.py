"""Quantities of news Spanish: a comparator, a number, its multiplier, and what it counts ("más de 100,000 muertes").

A number begins at a figure or a number word; the comparator is read to its left, the unit to its right. Numbers inside time expressions
(:mod:`kg.extract.dates`), ages, ordinals, times of day, the numbers of laws, and names with a number are none.

``Quantity.rule`` is ``percent``, ``fraction`` ("un tercio", "la mitad": percent), ``ratio`` ("una de cada cinco": percent), ``times``
("4 veces", "el doble"), ``money``, ``measure``, ``duration``, ``count``, ``bare`` (a number alone, its unit stands elsewhere:
:func:`elided_unit`) or ``indefinite`` (no number: "varias capturas", "cientos de soldados"). ``definite-`` before it says that an article
or possessive stands before the number ("los dos países"), ``range-`` that it is the first end of a range ("entre 300 y 400").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kg.extract.counted import Read, with_unit
from kg.extract.dates import find_dates
from kg.extract.fractions import (
    COLLECTIVE,
    FEMININE,
    INDEFINITE,
    MULTIPLES,
    collective,
    fraction,
    half,
    indefinite,
    multiple,
    ratio,
)
from kg.extract.numbers import NUMBER_WORDS, DecimalMark, decimal_mark
from kg.extract.numerals import is_label, read_number
from kg.extract.words import Words, split_words
from kg.model import Quantity, TimeValue

_STARTERS: Final = (
    frozenset(NUMBER_WORDS) | frozenset(INDEFINITE) | frozenset(COLLECTIVE) | frozenset(MULTIPLES) | frozenset(FEMININE)
    | {"mitad", "medio", "media", "millón", "un", "una", "uno", "año", "hora", "mes", "$"}
)  # fmt: skip
#: "desde hace cinco semanas" is a time and tells how long something has lasted.
_SINCE: Final = re.compile(r"desde hace (?!poco|mucho)", re.I)


def find_quantities(
    text: str,
    start: int = 0,
    end: int | None = None,
    locale: str | None = None,
    times: Sequence[TimeValue] | None = None,
) -> tuple[Quantity, ...]:
    """The quantities of ``text[start:end]`` in order, without overlap.

    Args:
        text: the article's body; its figures tell which mark it uses for decimals (:func:`kg.extract.numbers.decimal_mark`).
        start: where to begin, in code points.
        end: where to stop (exclusive); the end of ``text`` when ``None``.
        locale: a country or "es_MX" that decides where the text's figures do not. Leave it out unless the outlet is known to follow its
            country: without it a group of three digits after a mark is thousands ("1.080 millones" and "100,000" both).

        times: the time expressions of the stretch, where they are known already; else they are looked for.

    Returns:
        Quantities with absolute offsets. ``span`` runs from the comparator to the unit. Every number is found, the small ones of
        participants and those of deadlines too: what is an indicator is for the caller to say, by ``value``, ``unit`` and ``rule``.
    """
    words = split_words(text, start, end)
    decimal = _decimal_mark(text, locale)
    values = find_dates(text, None, start, end) if times is None else times
    dated = {
        position
        for value in values
        if not _SINCE.match(text, value.span.start)
        for position in range(value.span.start, value.span.end)
    }
    found: list[Quantity] = []
    at, end_at, low, starts = 0, len(words), words.low, words.starts
    while at < end_at:
        word = low[at]
        last = None
        if (word in _STARTERS or word[0].isdigit()) and starts[at] not in dated:
            read = _quantity(words, at, decimal)
            if read is not None and (not found or read[0].span.start >= found[-1].span.end):
                quantity, last = read
                found.append(quantity)
        at = last if last is not None else at + 1
    return tuple(found)


def elided_unit(text: str, quantities: Sequence[Quantity], index: int) -> str | None:
    """The unit that a ``bare`` number most likely leaves out: that of the latest like quantity of the same paragraph.

    Args:
        text: the article's body.
        quantities: a result of :func:`find_quantities` over the paragraph or more.
        index: which of them.

    Returns:
        The unit ("de 300 policías … se han incorporado 40": ``policía``), or ``None``. Millions take the unit of millions, decimals that
        of money or a measure, whole numbers that of a count; percentages, times and durations lend nothing.
    """
    bare = quantities[index]
    if bare.value is None or not bare.rule.endswith("bare"):
        return None
    paragraph = text.rfind("\n", 0, bare.span.start)
    for other in reversed(quantities[:index]):
        if other.span.start < paragraph:
            break
        kind = other.rule.rpartition("-")[2]
        if other.value is None or kind not in ("money", "measure", "count"):
            continue
        large = bare.value >= 10**6
        like = (other.value >= 10**6) == large if large or kind != "count" else bare.value == bare.value.to_integral_value()
        if like:
            return other.unit
    return None


@lru_cache(maxsize=8)
def _decimal_mark(text: str, locale: str | None) -> DecimalMark | None:
    return decimal_mark(text, locale)


def _quantity(w: Words, i: int, decimal: DecimalMark | None) -> Read | None:
    """The quantity whose number begins at word ``i``, and the index after it."""
    if w.low[i][0].isdigit() and is_label(w, i):
        return None
    for read in (ratio, fraction, multiple, half, collective, indefinite):
        special = read(w, i)
        if special is not None:
            return special
    number = read_number(w, i, decimal)
    return None if number is None else with_unit(w, number)
