"""Weeks, months, years, seasons, decades and centuries: "la semana pasada", "octubre", "ese mismo año", "los años noventa"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from kg.extract import intervals
from kg.extract.intervals import Interval, Unit
from kg.extract.time_words import (
    BEFORE_UNIT,
    DAY_PARTS,
    DETERMINERS,
    FINENESS,
    MONTHS,
    SEASONS,
    UNITS,
    Context,
    Relation,
    Side,
    Term,
    is_year,
    made,
    placed,
    relation_after,
)
from kg.extract.words import word_list
from kg.model import TimeValue

_ROMAN: Final = {
    name: number
    for number, name in enumerate(
        word_list("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii"), 1
    )
}
_PARAGRAPH: Final = 500  # characters between "al día siguiente" and the day that it follows
_TENS: Final = {
    "veinte": 20,
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "sesenta": 60,
    "setenta": 70,
    "ochenta": 80,
    "noventa": 90,
}


def unit_term(c: Context, i: int) -> Term | None:
    """A week, month, year … told by where it lies: "la semana pasada", "este año", "el mes que viene", "ese mismo mes"."""
    low = c.words.low
    at = i
    determiner: Relation | None = None
    if low[i] in DETERMINERS:
        determiner, at = DETERMINERS[low[i]], i + 1
    pre = BEFORE_UNIT.get(low[at])
    at += pre is not None
    if pre is not None and low[at] in ("mismo", "misma"):
        at += 1
    word = low[at]
    if word == "fin" and low[at + 1 : at + 3] == ["de", "semana"]:
        return _weekend(c, i, at + 3, determiner, pre)
    if word in DAY_PARTS:
        return _this_part_of_day(c, i, at, determiner, pre)
    if word in SEASONS:
        return _season(c, i, at, determiner, pre)
    name = UNITS.get(word)
    if name is None or (word.endswith("s") and word != "mes"):
        return None
    if name == "month" and low[at + 1] == "de" and low[at + 2] in MONTHS:
        return month_term(c, i)
    post, last = relation_after(low, at + 1)
    relation: Relation | None = post or ("this" if determiner == "this" else pre or determiner)
    if relation == "same" and determiner == "that":
        relation = "that"
    if relation is None or (name == "day" and relation in ("last", "next", "window")):
        return None
    if relation == "window":
        if c.anchor is None:
            return made(i, last, None, name, "window")
        begin = intervals.shift(c.anchor, name, -1)
        return None if begin is None else Term(i, last, begin, c.anchor, name, "window", True)
    if relation in ("last", "next", "this"):
        offset = {"last": -1, "next": 1, "this": 0}[relation]
        place = intervals.unit(c.anchor, name, offset) if c.anchor else None
        return made(i, last, place, name, f"unit-{relation}")
    return _anaphor(c, i, last, name, relation)


def _anaphor(c: Context, first: int, last: int, name: Unit, relation: Relation) -> Term | None:
    """ "ese mes", "el mismo día", "el año anterior", "al día siguiente": seen from a date that the text named before."""
    fine = FINENESS.get(name)

    def fits(value: TimeValue) -> bool:
        known = value.begin or value.end
        return known is not None and value.kind == "date" and (fine is None or value.granularity in fine)

    near = relation in ("before", "following", "same")
    then = c.antecedent(fits, first if near else None)
    if then is None and name == "day" and relation == "following":
        then = _just_before(c, first, fits)
    known = (then.begin or then.end) if then is not None else None
    if known is None and relation == "before" and name in ("year", "month", "week"):
        known = c.anchor
    if relation == "same" and known is None:
        return None
    offset = {"before": -1, "following": 1}.get(relation, 0)
    place = intervals.unit(known, name, offset) if known is not None else None
    return made(first, last, place, name, "anaphor")


def _just_before(c: Context, first: int, fits: Callable[[TimeValue], bool]) -> TimeValue | None:
    """The last day of the paragraph before, which "Al día siguiente …" goes on from."""
    here = c.words.starts[first]
    return next((v for v in reversed(c.found) if here - v.span.start < _PARAGRAPH and fits(v)), None)


def _weekend(c: Context, first: int, last: int, determiner: Relation | None, pre: Relation | None) -> Term | None:
    post, last = relation_after(c.words.low, last)
    relation = post or pre or determiner
    if relation is None and c.words.low[last] == "del" and c.words.low[last + 1].isdigit():
        return None  # "el fin de semana del 14 y 15 de junio": the days are read
    if first == last - 3 and relation is None and c.words.low[first - 1] not in ("el", "del", "al"):
        return None
    rule = f"weekend-{relation or 'this'}"
    if c.anchor is None or relation in ("that", "same", "before", "following"):
        return made(first, last, None, "day", rule)
    saturday = intervals.weekday(c.anchor, 5, "this")
    running = c.anchor.weekday() >= 5
    if relation == "last" or (relation is None and not running and c.side not in ("future", "for")):
        saturday -= dt.timedelta(days=7)
    elif relation == "next" and running:
        saturday += dt.timedelta(days=7)
    return made(first, last, Interval(saturday, saturday + dt.timedelta(days=1), "day"), "day", rule)


def _this_part_of_day(c: Context, first: int, at: int, determiner: Relation | None, pre: Relation | None) -> Term | None:
    """ "esta mañana", "la pasada madrugada", "la noche pasada", "esa misma noche"."""
    word = c.words.low[at]
    post, last = relation_after(c.words.low, at + 1)
    relation = post or pre or determiner
    if "that" in (relation, determiner) or relation == "same":
        return _anaphor(c, first, last, "day", "that")
    if relation not in ("this", "last"):
        return None
    offset = -1 if relation == "last" and word in ("noche", "tarde") else 0
    place = intervals.unit(c.anchor, "day", offset) if c.anchor else None
    return made(first, last, place, "day", "part-of-day")


def _season(c: Context, first: int, at: int, determiner: Relation | None, pre: Relation | None) -> Term | None:
    """A season of a year; three calendar months (June to August is the northern summer), or the year where no hemisphere is given."""
    words = c.words
    start = SEASONS[words.low[at]]
    post, last = relation_after(words.low, at + 1)
    relation = post or pre or determiner
    tail = year_tail(c, last) if relation is None else None
    if (tail is None and relation not in ("this", "last", "next")) or words.capital(at):
        return None
    if c.hemisphere == "south":
        start = (start + 5) % 12 + 1

    def build(year: int) -> Interval:
        # December to February belongs to the year of its last two months.
        begin = dt.date(year - (start == 12), start, 1)
        return Interval(begin, intervals.last_day(year, (start + 1) % 12 + 1), "season")

    if tail is not None:
        year, last, inferred = tail
        place = None if year is None else build(year) if c.hemisphere else intervals.months(year, 1, 12)
        return made(first, last, place, "season", "season", inferred=inferred)
    if c.anchor is None or c.hemisphere is None:
        return made(first, last, None, "season", f"season-{relation}")
    anchor = c.anchor
    places = [build(year) for year in range(anchor.year - 2, anchor.year + 3)]
    if relation == "last":
        place = max((p for p in places if p.end < anchor), default=None)
    elif relation == "next":
        place = min((p for p in places if p.begin > anchor), default=None)
    else:
        place = min(places, key=lambda p: max((p.begin - anchor).days, (anchor - p.end).days, 0))
    return made(first, last, place, "season", f"season-{relation}")


def month_term(c: Context, i: int) -> Term | None:
    """ "octubre", "el pasado octubre", "el mes de marzo de 2025", "enero del año que viene"."""
    words, low = c.words, c.words.low
    at = i + (low[i] in ("el", "este"))
    this = low[i] == "este"
    pre = BEFORE_UNIT.get(low[at]) if low[at] in ("pasado", "próximo", "presente") else None
    at += pre is not None
    says_month = low[at] == "mes" and low[at + 1] == "de"
    at += 2 * says_month
    month = MONTHS.get(low[at])
    if month is None or (at != i and not (pre or this or says_month) and low[i] == "el" and year_tail(c, at + 1) is None):
        return None
    last = at + 1
    post, after = relation_after(low, last)
    relation = pre or post
    if relation in ("last", "next", "this"):
        last = after if post == relation and pre is None else last
    else:
        relation = "this" if this else None
    tail = year_tail(c, last)
    if words.capital(at) and (tail is None or tail[2]) and not says_month:
        return None  # a person or a place: Julio, Mayo
    if low[at] == "agosto" and low[at - 1] == "su":
        return None
    if low[i - 1] == "de" and low[i - 2].isdigit():  # a day this month has not
        return None

    def build(year: int) -> Interval:
        return intervals.months(year, month, month)

    if tail is not None:
        year, last, inferred = tail
        return made(i, last, build(year) if year is not None else None, "month", "month", inferred=inferred)
    side: Side | None = "last" if relation == "last" else "next" if relation == "next" else None
    return placed(c, i, last, build, "month", "month", side)


def year_tail(c: Context, i: int) -> tuple[int | None, int, bool] | None:
    """The year after a month or a part of the year: "de 2025", "del año pasado", "de este año", "2025".

    The year (``None`` without an anchor), the index after it and whether it was inferred; ``None`` where no year is named.
    """
    low = c.words.low
    if is_year(low[i]):
        return int(low[i]), i + 1, False
    if low[i] not in ("de", "del"):
        return None
    if is_year(low[i + 1]):
        return int(low[i + 1]), i + 2, False
    if low[i + 1] == "año" and is_year(low[i + 2]):
        return int(low[i + 2]), i + 3, False
    whole = unit_term(c, i + 1)
    if whole is not None and whole.granularity == "year" and not whole.rule.startswith("window"):
        return (whole.begin.year if whole.begin else None), whole.last, True
    if low[i] == "del" and low[i + 1] == "año":
        return (c.anchor.year if c.anchor else None), i + 2, True
    return None


def epoch_term(c: Context, i: int) -> Term | None:
    """ "la década de 1990", "los años noventa", "los años 90", "el siglo XIX", "los siglos XVIII y XIX"."""
    low = c.words.low
    at = i + (low[i] in ("el", "la", "los"))
    if low[at] in ("siglo", "siglos"):
        number = _ROMAN.get(low[at + 1])
        if number is None:
            return None
        last = at + 2
        place = intervals.century(number)
        if low[last] in ("y", "a", "-", "–") and _ROMAN.get(low[last + 1], 0) > number:
            place = Interval(place.begin, intervals.century(_ROMAN[low[last + 1]]).end, "century")
            last += 2
        return made(i, last, place, "century", "century", inferred=False)
    if low[at] == "década" and low[at + 1] in ("de", "del"):
        at += 2
        at += low[at] == "los"
        at += low[at] == "años"
    elif low[at] == "años":
        at += 1
    elif not (
        low[i] == "los" and low[i - 2 : i] in (["finales", "de"], ["mediados", "de"], ["principios", "de"], ["fines", "de"])
    ):
        return None
    at += low[at] in ("'", "’", "‘")
    word = low[at].strip("'’")
    decade = _TENS.get(word)
    if word.isdigit() and len(word) in (2, 4) and word.endswith("0"):
        decade = int(word)
    if (
        decade is None
        or low[at + 1] == "%"
        or (low[at + 1] == "y" and word.isalpha())
        or (low[at - 1] != "años" and low[at - 1] not in ("de", "los", "'", "’", "‘"))
    ):
        return None
    if decade < 100:
        decade += 1900
    if not is_year(str(decade)) or low[at + 1] in UNITS:
        return None
    return made(
        i, at + 1, Interval(dt.date(decade, 1, 1), dt.date(decade + 9, 12, 31), "decade"), "decade", "decade", inferred=False
    )
