"""Parts of months and years, and distances: "mediados de 2025", "primera quincena de enero", "hace dos semanas"."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final, Literal

from kg.extract import intervals
from kg.extract.intervals import Granularity, Interval, Unit
from kg.extract.numbers import ORDINALS
from kg.extract.time_units import epoch_term, month_term, unit_term, year_tail
from kg.extract.time_words import FINENESS, PARTS, PERIODS, UNITS, Context, Term, count, is_year, made, placed
from kg.extract.words import word_list

_VAGUE: Final = frozenset(word_list("casi unos unas apenas solo sólo ya exactamente aproximadamente"))


def part_term(c: Context, i: int) -> Term | None:
    """ "principios de 2025", "a mediados de octubre", "finales del mes pasado", "a fin de año", "los últimos días de enero"."""
    low = c.words.low
    at = i
    if low[i] in ("a", "al", "el", "los", "desde"):
        at = i + 1
    which = PARTS.get(low[at])
    if which is None or low[i] == "desde":
        return None
    if low[at + 1] not in ("de", "del"):
        return None
    if low[at] == "cierre" and low[at - 1] not in ("a", "al"):
        return None
    if low[at] in ("fin", "final", "inicio", "comienzo", "principio") and low[at + 2] == "semana":
        return None
    whole = _whole(c, at + 2)
    if whole is None:
        return None
    if whole.rule == "running-unit" and whole.granularity == "year":
        rule = "part-without-year"  # "a finales de año": the verb may put it into the year before or after
    else:
        rule = whole.rule.replace("month", "part") if "month" in whole.rule else "part"
    granularity: Granularity = "week" if whole.granularity == "month" else "season"
    if whole.begin is None or whole.end is None:
        return Term(i, whole.last, None, None, granularity, rule, True, which=which)
    part = intervals.third(Interval(whole.begin, whole.end, whole.granularity), which)
    finer = part.granularity if whole.granularity != "year" else "season"
    return Term(i, whole.last, part.begin, part.end, finer, rule, whole.inferred, which=which)


def _whole(c: Context, i: int) -> Term | None:
    """What a part is a part of: a month, a year, "año", "mes", "la década de los noventa" …"""
    low = c.words.low
    named = month_term(c, i) or unit_term(c, i) or epoch_term(c, i)
    if named is not None:
        return named
    at = i + (low[i] in ("el", "la", "los"))
    if is_year(low[at]):
        year = int(low[at])
        return made(i, at + 1, intervals.months(year, 1, 12), "year", "year", inferred=False)
    if low[at] == "año" and is_year(low[at + 1]):
        return made(i, at + 2, intervals.months(int(low[at + 1]), 1, 12), "year", "year", inferred=False)
    name = UNITS.get(low[at])
    if name in ("week", "month", "year", "decade", "century") and low[at] != "años":
        side = 1 if name == "year" and c.side == "next" else 0
        place = intervals.unit(c.anchor, name, side) if c.anchor else None
        return made(i, at + 1, place, name, "running-unit")
    return None


def fraction_term(c: Context, i: int) -> Term | None:
    """ "primera quincena de enero", "tercer trimestre de 2025", "los primeros seis meses del año", "la última semana de marzo"."""
    low = c.words.low
    at = i + (low[i] in ("el", "la", "los", "las"))
    plural = _first_months(c, i, at)
    if plural is not None:
        return plural
    last_one = low[at] in ("último", "última")
    ordinal = ORDINALS.get(low[at])
    if ordinal is None and not last_one:
        return None
    noun = low[at + 1]
    tail_at = at + 2
    if noun in PERIODS or (noun == "mitad" and low[tail_at] in ("de", "del")):
        length = PERIODS.get(noun, 6)
        pieces = 12 // length
        number = pieces if last_one else ordinal or 0
        if not 1 <= number <= pieces:
            return None
        tail = year_tail(c, tail_at)
        if noun == "mitad" and tail is None:
            return _piece_of_month(c, i, low, tail_at, noun, number)

        def build(year: int) -> Interval:
            return intervals.months(year, (number - 1) * length + 1, number * length)

        if tail is not None:
            year, last, inferred = tail
            return made(i, last, build(year) if year is not None else None, "season", "season", inferred=inferred)
        return None if last_one else placed(c, i, tail_at, build, "season", "season", None)
    if noun in ("quincena", "semana"):
        return _piece_of_month(c, i, low, tail_at, noun, -1 if last_one else ordinal or 0)
    return None


def _piece_of_month(c: Context, i: int, low: list[str], at: int, noun: str, number: int) -> Term | None:
    """A half ("quincena", "mitad") or a week (days 1–7, 8–14 …; the last: the last seven days) of a named month."""
    if low[at] not in ("de", "del"):
        return None
    month = month_term(c, at + 1) or unit_term(c, at + 1)
    if month is None and low[at + 1] == "mes":
        month = made(at + 1, at + 2, intervals.unit(c.anchor, "month") if c.anchor else None, "month", "running-unit")
    if month is None or month.granularity != "month":
        return None
    rule = month.rule.replace("month", "part")
    if month.begin is None or month.end is None:
        return made(i, month.last, None, "week", rule)
    first, last = month.begin, month.end
    if noun == "semana":
        begin = last - dt.timedelta(days=6) if number == -1 else first + dt.timedelta(days=7 * (number - 1))
        if not 0 < abs(number) <= 5 or begin > last:
            return None
        place = Interval(begin, min(begin + dt.timedelta(days=6), last), "week")
    elif number == 1:
        place = Interval(first, first.replace(day=15), "week")
    elif number in (2, -1):
        place = Interval(first.replace(day=16), last, "week")
    else:
        return None
    return made(i, month.last, place, "week", rule, inferred=month.inferred)


def _first_months(c: Context, i: int, at: int) -> Term | None:
    """ "los primeros seis meses del año", "los cinco primeros meses de 2026", "los primeros días de enero"."""
    low = c.words.low
    early = low[at] in ("primeros", "primeras")
    late = low[at] in ("últimos", "últimas")
    number = count(low, at + 1) if early or late else count(low, at)
    noun_at = at + 1
    if early or late:
        noun_at = number[1] if number else at + 1
    elif number is not None and low[number[1]] in ("primeros", "primeras"):
        early, noun_at = True, number[1] + 1
    if not (early or late) or low[noun_at] not in ("meses", "días"):
        return None
    if low[noun_at] == "días":
        if low[noun_at + 1] not in ("de", "del"):
            return None
        month = month_term(c, noun_at + 2)
        if month is None:
            return None
        if month.begin is None or month.end is None:
            return made(i, month.last, None, "week", month.rule.replace("month", "part"))
        part = intervals.third(Interval(month.begin, month.end, "month"), 0 if early else 2)
        return made(i, month.last, part, "week", month.rule.replace("month", "part"), inferred=month.inferred)
    if number is None or not 1 <= number[0] <= 12:
        return None
    tail = year_tail(c, noun_at + 1)
    if tail is None:
        return None
    year, last, inferred = tail
    months = (1, number[0]) if early else (13 - number[0], 12)
    return made(i, last, intervals.months(year, *months) if year is not None else None, "season", "season", inferred=inferred)


def window_term(c: Context, i: int) -> Term | None:
    """A stretch up to or from the anchor: "los últimos cinco años", "las próximas semanas", "las últimas 24 horas"."""
    low = c.words.low
    at = i + (low[i] in ("los", "las", "estos", "estas"))
    number = count(low, at)
    if number is not None:
        at = number[1]
    word = low[at]
    back = word in ("últimos", "últimas", "pasados", "pasadas")
    ahead = word in ("próximos", "próximas")
    if not (back or ahead):
        return None
    at += 1
    if number is None:
        number = count(low, at)
        at = number[1] if number is not None else at
    name = UNITS.get(low[at])
    hours = low[at] == "horas"
    if (name is None or not low[at].endswith("s") or low[at] == "mes") and not hours:
        return None
    granularity: Granularity = name or "day"
    begin = end = c.anchor
    if c.anchor is not None:
        far = None
        if number is not None:
            amount = math.ceil(number[0] / 24) if hours else number[0]
            far = intervals.shift(c.anchor, name or "day", -amount if back else amount)
        begin, end = (far, c.anchor) if back else (c.anchor, far)
    return Term(i, at + 1, begin, end, granularity, "window", True)


def holiday_term(c: Context, i: int) -> Term | None:
    """A feast by its name, behind a preposition of time: "antes de Navidad", "en Semana Santa", "después de Año Nuevo"."""
    low = c.words.low
    name = next((x for x in _FEASTS if tuple(low[i + (low[i] in ("la", "el")) :][: len(x)]) == x), None)
    if name is None or c.anchor is None:
        return None
    before = low[i - 1] if i else ""
    if before not in _BEFORE_FEASTS and not (before == "de" and low[i - 2] in ("antes", "después", "luego")):
        return None  # "el mensaje de Navidad"
    at = i + (low[i] in ("la", "el")) + len(name)
    tail = year_tail(c, at)
    if tail is not None:
        year, last, inferred = tail
        return None if year is None else made(i, last, feast(name, year), "day", "day", inferred=inferred)
    return placed(c, i, at, lambda year: feast(name, year), "day", "day", None)


_FEASTS: Final[dict[tuple[str, ...], tuple[int, int] | None]] = {
    ("navidad",): (12, 25),
    ("nochebuena",): (12, 24),
    ("nochevieja",): (12, 31),
    ("año", "nuevo"): (1, 1),
    ("semana", "santa"): None,
}
_BEFORE_FEASTS: Final = frozenset(word_list("en por para tras desde hasta hacia durante pasada próxima"))


def feast(name: tuple[str, ...], year: int) -> Interval:
    """The days of a feast in a year; Holy Week is the one that ends on Easter Sunday (Gauss's rule for the Gregorian calendar)."""
    fixed = _FEASTS[name]
    if fixed is not None:
        return intervals.day(dt.date(year, *fixed))
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    offset = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (offset + 40) // 44
    easter = dt.date(year, month, offset + 28 - 31 * (month // 4))
    return Interval(easter - dt.timedelta(days=6), easter, "week")


def distance_term(c: Context, i: int) -> Term | None:
    """ "hace dos semanas", "hace más de un año", "hace años", "dentro de tres días", "tres meses atrás": the whole unit they fall in."""
    low = c.words.low
    if low[i] == "hace":
        at, sign = i + 1, -1
    elif low[i] == "dentro" and low[i + 1] == "de":
        at, sign = i + 2, 1
    else:
        return _back(c, i)
    bound: Literal["more", "less"] | None = None
    if low[at] in ("más", "menos") and low[at + 1] == "de":
        bound, at = ("more" if low[at] == "más" else "less"), at + 2
    while low[at] in _VAGUE or low[at : at + 2] in (["cerca", "de"], ["alrededor", "de"], ["al", "menos"], ["poco", "más"]):
        at += 1 if low[at] in _VAGUE else 2
    number = count(low, at)
    if number is not None:
        at = number[1]
    elif low[at] in ("varios", "varias", "algunos", "algunas", "pocos", "pocas", "muchos", "muchas"):
        at += 1
    name = UNITS.get(low[at])
    hours = low[at] in ("hora", "horas", "minutos", "rato", "momentos")
    if name is None and not hours:
        return None
    if number is None and not low[at].endswith("s"):
        return None
    last = at + 1
    half = low[last : last + 2] in (["y", "medio"], ["y", "media"])
    last += 2 * half
    rule = "ago" if sign < 0 else "ahead"
    return _distant(c, i, last, number[0] if number else None, name, half, sign, bound, rule)


def _back(c: Context, i: int) -> Term | None:
    """ "dos años atrás", "años atrás"."""
    low = c.words.low
    number = count(low, i)
    at = number[1] if number is not None else i
    name = UNITS.get(low[at])
    if name is None or low[at + 1] != "atrás":
        return None
    return _distant(c, i, at + 2, number[0] if number else None, name, False, -1, None, "ago")


def _distant(
    c: Context, first: int, last: int, number: int | None, name: Unit | None, half: bool, sign: int, bound: str | None, rule: str
) -> Term | None:
    granularity: Granularity = name or "day"
    if c.anchor is None:
        return made(first, last, None, granularity, rule)
    if number is None and name is None:
        return made(first, last, intervals.unit(c.anchor, "day", 0), granularity, rule)  # "hace unos minutos"
    if number is None:
        return Term(first, last, None if sign < 0 else c.anchor, c.anchor if sign < 0 else None, granularity, rule, True)
    if name is None:  # hours and minutes stay within days
        place = intervals.unit(c.anchor, "day", sign * (number // 24))
    elif half and name in ("year", "month"):
        point = intervals.shift(c.anchor, "month", sign * (number * 12 + 6)) if name == "year" else None
        place = intervals.unit(point, "month") if point else intervals.unit(c.anchor, name, sign * number)
    else:
        place = intervals.unit(c.anchor, name, sign * number)
    if place is None:
        return None
    if bound == "more":
        return Term(first, last, None, place.end, granularity, rule, True)
    if bound == "less":
        return Term(first, last, place.begin, c.anchor, granularity, rule, True)
    return made(first, last, place, granularity, rule)


def sequel_term(c: Context, i: int) -> Term | None:
    """ "Tres años después de que se retiraran …": the day of that event, seen from a sentence that tells of now.

    "un año antes", "dos días más tarde", "a los tres días": seen from the date that the same paragraph named before, unknown without one.
    """
    low = c.words.low
    within = low[i] == "a" and low[i + 1] in ("los", "las")
    number = count(low, i + 2 if within else i)
    if number is None:
        return None
    at = number[1]
    name = UNITS.get(low[at])
    if name is None:
        return None
    if within:
        if low[at + 1] in ("de", "del") or not c.words.opens_sentence(i):
            return None  # "a los tres días de la firma"; "los soltaron a los tres días" tells how long
        later, last = True, at + 1
    elif low[at + 1 : at + 3] == ["más", "tarde"]:
        later, last = True, at + 3
    elif low[at + 1] in ("antes", "después"):
        later, last = low[at + 1] == "después", at + 2
    else:
        return None
    if low[last] in ("de", "del"):
        if not later or name not in ("year", "month", "decade") or is_year(low[last + 1]) or not c.words.opens_sentence(i):
            return None
        place = intervals.unit(c.anchor, name, -number[0]) if c.anchor else None
        return made(i, last + 1, place, name, "after-event")
    fine = FINENESS.get(name)
    then = c.antecedent(lambda v: v.begin is not None and (fine is None or v.granularity in fine), i)
    if then is None or then.begin is None:
        return made(i, last, None, name, "anaphor")
    steps = number[0] if later else -number[0]
    begin, end = intervals.shift(then.begin, name, steps), intervals.shift(then.end or then.begin, name, steps)
    if begin is None or end is None:
        return None
    return Term(i, last, begin, end, then.granularity, "anaphor", True)
