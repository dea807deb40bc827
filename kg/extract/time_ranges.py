"""One term, or an interval of two: "entre enero y junio", "del 3 al 5 de mayo", "enero-mayo de 2026"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.extract import intervals
from kg.extract.time_days import adverb_term, day_part_term, day_term, numeric_term, weekday_term
from kg.extract.time_parts import distance_term, fraction_term, holiday_term, part_term, sequel_term, window_term
from kg.extract.time_units import epoch_term, month_term, unit_term
from kg.extract.time_words import MONTHS, Context, Term
from kg.extract.time_years import year_term

_MOVED: Final = re.compile(
    r"(?:aplaz|pospon|pospus|pospues|posterg|retras|demor|adelant|traslad|difer|difir|reprogram)\w*[^.;:\n]{0,60}$"
)

_SIMPLE: Final[tuple[Callable[[Context, int], Term | None], ...]] = (
    numeric_term,
    holiday_term,
    adverb_term,
    day_part_term,
    day_term,
    part_term,
    fraction_term,
    weekday_term,
    unit_term,
    month_term,
    window_term,
    distance_term,
    sequel_term,
    epoch_term,
)


def simple_term(c: Context, i: int) -> Term | None:
    """The longest term that begins exactly at word ``i``, with its article; ``None`` where none does."""
    for read in _SIMPLE:
        term = read(c, i)
        if term is not None:
            return term
    return None


def range_term(c: Context, i: int, links: tuple[str, ...]) -> Term | None:
    """ "entre A y B", "de A a B", "desde A hasta B", from the word that opens it."""
    low = c.words.low
    days = simple_term(c, i + 1)
    if (
        days is not None
        and days.rule.startswith("range")
        and (low[i] == "entre" or {"a", "al"}.intersection(low[i + 1 : days.last]))
    ):
        return replace(days, first=i)
    left = days or year_term(c, i + 1)
    if left is None or low[left.last] not in links:
        return None
    return _joined(c, i, i + 1, left, left.last + 1)


def twin_term(c: Context, i: int) -> Term | None:
    """Two months or thirds of one year that stand side by side: "enero-mayo de 2026", "enero y febrero de 2025"."""
    low = c.words.low
    if low[i] not in MONTHS or c.words.capital(i):
        return None
    if low[i + 1] in ("-", "–", "y", "e", "a") and low[i + 2] in MONTHS:
        left = simple_term(c, i)
        if left is None or left.last != i + 1:
            return None
        joined = _joined(c, i, i, left, i + 2)
        if joined is None or low[i + 1] in ("-", "–", "a"):
            return joined
        # "enero y febrero" is one interval, "enero y octubre" are two dates of one year.
        return joined if (MONTHS[low[i + 2]] - MONTHS[low[i]]) % 12 == 1 else _with_year_of(c, i, i + 2)
    return None


def _with_year_of(c: Context, i: int, other: int) -> Term | None:
    right = simple_term(c, other)
    if right is None or right.begin is None or right.core_is_open:
        return None
    return simple_term(replace(c, year=right.begin.year), i)


def _joined(c: Context, first: int, at_left: int, left: Term, at_right: int) -> Term | None:
    """One interval of two terms; the one without a year takes it from the other."""

    def read(at: int, year: int | None) -> Term | None:
        with_year = replace(c, year=year)
        return simple_term(with_year, at) or year_term(with_year, at)

    right = read(at_right, None)
    bare_day = at_right + (c.words.low[at_right] == "el")
    if right is None and left.begin is not None and left.begin == left.end and re.fullmatch(r"\d\d?", c.words.low[bare_day]):
        # "entre el 1 de junio y el 15"
        later = int(c.words.low[bare_day])
        if (
            left.begin.day < later <= intervals.last_day(left.begin.year, left.begin.month).day
            and c.words.low[bare_day + 1] != "%"
        ):
            core = "range-without-year" if left.core_is_open else "range"
            return replace(left, first=first, last=bare_day + 1, end=left.begin.replace(day=later), rule=core)
    if right is None or right.rule.startswith(("range", "set")):
        return None
    rule = "range"
    if left.core_is_open and left.rule not in ("weekday", "this-weekday") and right.begin is not None:
        again = read(at_left, right.begin.year)
        if again is not None and again.begin is not None and again.begin > right.begin:
            again = read(at_left, right.begin.year - 1)
        left = again or left
        rule = "range-without-year" if right.core_is_open else "range"
    elif right.core_is_open and left.begin is not None and right.rule not in ("weekday", "this-weekday"):
        again = read(at_right, left.begin.year)
        if again is not None and again.end is not None and again.end < left.begin:
            again = read(at_right, left.begin.year + 1)
        right = again or right
    begin, end = left.begin, right.end
    if begin is None or end is None:
        return Term(first, right.last, None, None, right.granularity, "range-without-year", True)
    if left.rule == right.rule == "weekday":
        rule = "weekdays"
        begin -= dt.timedelta(days=7 if begin > end else 0)
    if begin > end:
        return None
    return Term(first, right.last, begin, end, right.granularity, rule, left.inferred or right.inferred)


def is_moved(c: Context, i: int) -> bool:
    """Whether a verb of putting off or bringing forward stands before: "aplazaron [a marzo]" is where it goes, not since when."""
    words = c.words
    begin = words.starts[i]
    return _MOVED.search(words.text[max(0, begin - 90) : begin].lower()) is not None
