"""Calendar arithmetic: the intervals that time expressions denote.

All days are inclusive. The thirds of a unit ("a principios de", "a mediados de", "a finales de") are this project's convention: months
1–4, 5–8, 9–12 of a year; days 1–10, 11–20, 21–end of a month; years 0–3, 4–6, 7–9 of a decade; years 1–33, 34–66, 67–100 of a century.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

Granularity = Literal["day", "week", "month", "season", "year", "decade", "century"]
Tense = Literal["past", "future"]
Unit = Literal["day", "week", "month", "year", "decade", "century"]


class Interval(NamedTuple):
    """Days from ``begin`` to ``end``, both inclusive, and the precision with which they were named."""

    begin: dt.date
    end: dt.date
    granularity: Granularity


_DAY: Final = dt.timedelta(days=1)
HALF_YEAR: Final = dt.timedelta(days=183)
"""A month without a year lies at most this far ahead when no verb tells; further ahead it is last year's."""


def last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def day(value: dt.date) -> Interval:
    return Interval(value, value, "day")


def months(year: int, first: int, last: int) -> Interval:
    """From the first day of month ``first`` to the last of month ``last`` of one year."""
    granularity: Granularity = "month" if first == last else "year" if (first, last) == (1, 12) else "season"
    return Interval(dt.date(year, first, 1), last_day(year, last), granularity)


def unit(value: dt.date, name: Unit, offset: int = 0) -> Interval | None:
    """The calendar unit that holds ``value``, or the one ``offset`` units later; weeks run from Monday to Sunday.

    ``None`` beyond the calendar's years 1 to 9999.
    """
    try:
        if name == "day":
            return day(value + offset * _DAY)
        if name == "week":
            monday = value - value.weekday() * _DAY + 7 * offset * _DAY
            return Interval(monday, monday + 6 * _DAY, "week")
        if name == "month":
            index = value.year * 12 + value.month - 1 + offset
            return months(index // 12, index % 12 + 1, index % 12 + 1)
        if name == "year":
            return months(value.year + offset, 1, 12)
        if name == "decade":
            first = (value.year // 10 + offset) * 10
            return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")
        return century((value.year - 1) // 100 + 1 + offset)
    except (ValueError, OverflowError):
        return None


def century(number: int) -> Interval:
    """The nineteenth century is 1801 to 1900."""
    return Interval(dt.date(number * 100 - 99, 1, 1), dt.date(number * 100, 12, 31), "century")


def shift(value: dt.date, name: Unit, count: int) -> dt.date | None:
    """``count`` units later, the month's last day where the month is too short; ``None`` beyond the calendar."""
    try:
        if name == "day":
            return value + count * _DAY
        if name == "week":
            return value + 7 * count * _DAY
        index = value.year * 12 + value.month - 1 + count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[name]
        year, month = index // 12, index % 12 + 1
        return dt.date(year, month, min(value.day, last_day(year, month).day))
    except (ValueError, OverflowError):
        return None


def third(whole: Interval, which: int) -> Interval:
    """The beginning (0), middle (1) or end (2) of an interval, by this project's convention; shorter units in thirds of their days."""
    begin, end = whole.begin, whole.end
    if whole.granularity == "year":
        return months(begin.year, 4 * which + 1, 4 * which + 4)
    if whole.granularity == "month":
        first = begin.replace(day=10 * which + 1)
        return Interval(first, end if which == 2 else begin.replace(day=10 * which + 10), "week")
    if whole.granularity in ("decade", "century"):
        bounds = ((0, 3), (4, 6), (7, 9)) if whole.granularity == "decade" else ((0, 32), (33, 65), (66, 99))
        first_year, last_year = bounds[which]
        return Interval(dt.date(begin.year + first_year, 1, 1), dt.date(begin.year + last_year, 12, 31), "year")
    length = (end - begin).days + 1
    return Interval(begin + (length * which // 3) * _DAY, begin + (length * (which + 1) // 3 - 1) * _DAY, "day")


def weekday(anchor: dt.date, number: int, side: Tense | Literal["last", "next", "this"] | None) -> dt.date:
    """The day of the week ``number`` (Monday is 0) seen from ``anchor``.

    ``last`` and ``next`` are strictly before and after the anchor, ``this`` in its week (Monday to Sunday). ``past`` and ``None``: the
    latest one, the anchor's own day included; ``future``: the next one after the anchor.
    """
    if side == "this":
        return anchor + (number - anchor.weekday()) * _DAY
    if side in ("next", "future"):
        return anchor + ((number - anchor.weekday() - 1) % 7 + 1) * _DAY
    if side == "last":
        return anchor - ((anchor.weekday() - number - 1) % 7 + 1) * _DAY
    return anchor - ((anchor.weekday() - number) % 7) * _DAY


def _month_index(value: dt.date) -> int:
    return value.year * 12 + value.month


def missing_year(
    build: Callable[[int], Interval | None], anchor: dt.date, side: Tense | Literal["last", "next", "for"] | None
) -> Interval | None:
    """Put an interval that was named without its year next to the anchor.

    Args:
        build: the interval in a given year (``None`` where it does not exist: 29 February).
        anchor: the day from which the expression is seen.
        side: ``past``: the latest that does not end after the anchor's month; ``future``: the first that does not end before it (a day
            of the running month without a year is this year's, whatever the verb); ``last`` and ``next`` (the words "pasado",
            "próximo"): strictly on that side; ``for`` ("para marzo"): the coming one, unless it was less than two months ago;
            ``None``: in the anchor's year, unless that is more than half a year ahead.
    """
    here = _month_index(anchor)
    first, last = max(anchor.year - 9, 1), min(anchor.year + 9, 9999)
    places = (place for year in range(max(anchor.year - 2, 1), last) if (place := build(year)) is not None)
    backwards = (place for year in range(min(anchor.year + 2, last - 1), first - 1, -1) if (place := build(year)) is not None)
    if side is None:
        near = (
            p for p in backwards if _month_index(p.end) <= here or (p.end.year <= anchor.year and p.begin - anchor <= HALF_YEAR)
        )
        return next(near, None)
    if side == "past":
        return next((p for p in backwards if _month_index(p.end) <= here), None)
    if side == "future":
        return next((p for p in places if _month_index(p.end) >= here), None)
    if side == "for":
        return next((p for p in places if _month_index(p.end) >= here - 1), None)
    if side == "last":
        return next((p for p in backwards if p.end < anchor or (p.begin == p.end == anchor)), None)
    return next((p for p in places if p.begin > anchor or (p.begin == p.end == anchor)), None)


def shift_years(value: dt.date, count: int) -> dt.date | None:
    """The same day ``count`` years later; the last day of February stays the last of February."""
    year = value.year + count
    if not 1 <= year <= 9999:
        return None
    if value == last_day(value.year, value.month):
        return last_day(year, value.month)
    return value.replace(year=year)
