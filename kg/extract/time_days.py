"""Single days: "el 3 de enero", "el pasado día 12", "el martes", "ayer por la noche", "2026-01-16"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from kg.extract import intervals
from kg.extract.intervals import Interval, Tense
from kg.extract.numbers import cardinal
from kg.extract.time_units import unit_term, year_tail
from kg.extract.time_words import (
    ADVERBS,
    AFTER_UNIT,
    BEFORE_UNIT,
    DAY_PARTS,
    FINENESS,
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    Context,
    Side,
    Term,
    is_year,
    made,
    placed,
    relation_after,
)
from kg.extract.words import word_list
from kg.model import TimeValue

_STREETS: Final = frozenset(
    word_list(
        "plaza avenida calle paseo colonia barrio estadio hospital puente presa parque movimiento frente estación bulevar ruta"
    )
)


#: "a los veintiún días del mes de abril de 2026", as communiqués and treaties have it.
_SOLEMN: Final = ["días", "del", "mes", "de"]


def numeric_term(c: Context, i: int) -> Term | None:
    """2026-01-16, 16/01/2026, 16.1.2026; the day stands first where the year stands last."""
    low = c.words.low
    at = i + (low[i] == "el")
    if not low[at][:1].isdigit() or not re.fullmatch(r"\d+([/.-])\d+\1\d+", low[at]):
        return None
    parts = [int(part) for part in re.split(r"[/.-]", low[at])]
    year, month, day = parts if parts[0] > 31 else parts[::-1]
    if not (1400 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= intervals.last_day(year, month).day):
        return None
    return made(i, at + 1, intervals.day(dt.date(year, month, day)), "day", "numeric", inferred=False)


def adverb_term(c: Context, i: int) -> Term | None:
    low = c.words.low
    word = low[i]
    offset, last = ADVERBS.get(word), i + 1
    if word == "antes" and low[i + 1 : i + 3] == ["de", "ayer"]:
        offset, last = -2, i + 3
    elif word == "pasado" and low[i + 1] == "mañana":
        offset, last = 2, i + 2
    elif word == "la" and low[i + 1] == "víspera" and low[i + 2] not in ("de", "del"):
        offset, last = -1, i + 2
    if offset is None:
        return None
    if word == "mañana" and low[i - 1] in ("la", "una", "cada", "media", "toda", "el", "esta", "mañana", "buena", "de", "otra"):
        return None
    if word == "hoy" and (low[i + 1 : i + 3] == ["en", "día"] or low[i + 1] == "por"):
        return None
    if c.words.capital(i) and not c.words.opens_sentence(i):
        return None  # a name: the paper "Hoy"
    last = _after_day(c, last)
    if low[last] == "mismo":
        last += 1
    comma = last + (low[last] == ",")
    if low[comma] in WEEKDAYS:
        last = comma + 1
    place = intervals.unit(c.anchor, "day", offset) if c.anchor else None
    return made(i, last, place, "day", "adverb")


def _after_day(c: Context, i: int) -> int:
    """The index after a part of the day: "por la noche", "de madrugada", "al mediodía"; ``i`` where none stands."""
    low = c.words.low
    if low[i] in ("por", "en", "a") and low[i + 1] == "la" and low[i + 2] in DAY_PARTS:
        return i + 3
    if low[i] in ("de", "al", "a") and low[i + 1] in DAY_PARTS:
        return i + 2
    return i + (low[i] in ("noche", "tarde") and low[i - 1] == "ayer")


def day_part_term(c: Context, i: int) -> Term | None:
    """ "la madrugada del sábado", "la noche de ayer", "la tarde del 3 de enero"."""
    low = c.words.low
    at = i + (low[i] in ("la", "el"))
    if low[at] not in DAY_PARTS or low[at + 1] not in ("de", "del"):
        return None
    inner = adverb_term(c, at + 2) or day_term(c, at + 2) or weekday_term(c, at + 2)
    return None if inner is None else replace(inner, first=i)


def day_term(c: Context, i: int) -> Term | None:
    """A day of a month: "el 3 de enero", "el pasado día 12", "el lunes 12 de enero de 2026", "los días 3 y 4 de mayo"."""
    low = c.words.low
    at = i + (low[i] in ("el", "los", "este"))
    pre = BEFORE_UNIT.get(low[at]) if low[at] in ("pasado", "próximo") else None
    at += pre is not None
    weekday = WEEKDAYS.get(low[at])
    if weekday is not None:
        at += 1 + (low[at + 1] == ",")
    says_day = low[at] in ("día", "días")
    at += says_day
    first_day = _day_number(low, at)
    if first_day is None:
        return None
    day, at = first_day
    number_at = at - 1
    if low[at : at + 4] == _SOLEMN:
        at += 3
    last_day = day
    while low[at] in (",", "y", "e", "o", "al", "a", "-", "–"):
        more = _day_number(low, at + 1 + (low[at + 1] in ("el", "los")))
        if more is None or more[0] <= last_day:
            break
        last_day, at = more
    side: Side | None = "last" if pre == "last" else "next" if pre == "next" else None
    core = "day" if last_day == day else "range"
    month: int | None = None
    if low[at] == "de" and low[at + 1] in MONTHS:
        month, at = MONTHS[low[at + 1]], at + 2
    elif low[at] in MONTHS:
        month, at = MONTHS[low[at]], at + 1
    elif (short := at + (low[at] == "de")) and low[short] in SHORT_MONTHS and _is_short_date(c, i, short):
        month, at = SHORT_MONTHS[low[short]], short + 1 + (low[short + 1] == "." and is_year(low[short + 2]))
    if month is None:
        return _day_of_month(c, i, at, day, last_day, weekday, side, says_day, number_at)
    if c.words.capital(at - 1) and not _is_date_in_capitals(c, i, at):
        return None
    if low[i - 1] in _STREETS:
        return None
    if side is None and AFTER_UNIT.get(low[at]) in ("last", "next"):
        side, at = ("last" if AFTER_UNIT[low[at]] == "last" else "next"), at + 1
    tail = year_tail(c, at)

    def build(year: int) -> Interval | None:
        try:
            return Interval(dt.date(year, month, day), dt.date(year, month, last_day), "day")
        except ValueError:
            return None

    if tail is not None:
        year, last, inferred = tail
        place = build(year) if year is not None else None
        return None if year is not None and place is None else made(i, last, place, "day", core, inferred=inferred)
    if build(2024) is None:  # a day no year has
        return None
    last = _after_day(c, at)
    if weekday is not None and c.anchor is not None and c.year is None:
        anchor = c.anchor
        places = [p for year in range(anchor.year - 2, anchor.year + 3) if (p := build(year)) and p.begin.weekday() == weekday]
        near = min(places, key=lambda p: abs((p.begin - anchor).days), default=None)
        if near is not None and abs((near.begin - anchor).days) <= 200:  # else the weekday is a slip
            return made(i, last, near, "day", "weekday-and-day")
    return placed(c, i, last, build, "day", core, side)


def _day_number(low: Sequence[str], i: int) -> tuple[int, int] | None:
    word = low[i]
    if word == "1" and low[i + 1] in ("ero", "ro", "er"):
        return 1, i + 2
    if len(word) <= 2 and word.isdecimal():
        return (int(word), i + 1) if 1 <= int(word) <= 31 else None
    if word in ("1º", "1.º", "1°", "1.°", "primero"):
        return 1, i + 1
    if word.isalpha():
        spelled = cardinal(low, i)
        if spelled is None or not 1 <= spelled[0] <= 31:
            return None
        behind = spelled[1]
        if low[behind : behind + 4] == _SOLEMN or (spelled[0] > 1 and low[behind] == "de" and low[behind + 1] in MONTHS):
            return spelled
    return None


def _is_short_date(c: Context, first: int, at: int) -> bool:
    """Whether a shortened month is one: with a year after it, or in a dateline ("Rabat, 12 feb (Agencia).-")."""
    low = c.words.low
    after = at + 1 + (low[at + 1] == ".")
    if is_year(low[after]) or (low[after] in ("de", "del") and is_year(low[after + 1])):
        return True
    line = c.words.text.rfind("\n", 0, c.words.starts[first]) + 1
    return low[first - 1] == "," and c.words.starts[first] - line < 40 and low[after] in ("(", ".", "-", "–", "—", ",")


def _is_date_in_capitals(c: Context, first: int, last: int) -> bool:
    """ "el 3 de Enero", "3 de Enero de 2026"; not "25 de Mayo", which is a street or a town."""
    low = c.words.low
    return low[first] in ("el", "los") or low[first - 1] in ("del", "al", "el") or year_tail(c, last) is not None


def _day_of_month(
    c: Context,
    first: int,
    at: int,
    day: int,
    last_day: int,
    weekday: int | None,
    side: Side | None,
    says_day: bool,
    number_at: int,
) -> Term | None:
    """A day without the name of its month: "el día 9 de ese mes", "el pasado 12", "el martes 9"."""
    low = c.words.low
    alone = stands_alone(c, first)
    if low[at] in ("de", "del"):
        whole = unit_term(c, at + 1)
        if whole is not None and whole.granularity == "month":
            if whole.begin is None:
                return made(first, whole.last, None, "day", "day-of-named-month")
            try:
                place = Interval(whole.begin.replace(day=day), whole.begin.replace(day=last_day), "day")
            except ValueError:
                return None
            return made(first, whole.last, place, "day", "day-of-named-month")
    if last_day != day or not (says_day or weekday is not None or side is not None or alone):
        return None
    if (low[at] in ("%", "por", "de", "a", "mil") and not (says_day or (alone and low[at] in ("a", "por", "de")))) or (
        low[at].endswith("s") and low[at].isalpha() and not says_day
    ):
        return None
    if low[number_at + 1] == ":" or (weekday is not None and low[number_at] in ("un", "una", "uno")):
        return None
    last = _after_day(c, at)
    anchor = c.anchor
    if anchor is None:
        return made(first, last, None, "day", "day-of-month")
    if weekday is not None:
        near = [d for n in range(-45, 46) if (d := anchor + dt.timedelta(days=n)).day == day and d.weekday() == weekday]
        if not near:
            return None
        return made(first, last, intervals.day(min(near, key=lambda d: abs((d - anchor).days))), "day", "weekday-and-day")
    towards = side or c.side
    then = c.antecedent(_names_month, first) if alone else None
    if then is not None and then.begin is not None and day <= intervals.last_day(then.begin.year, then.begin.month).day:
        return made(
            first, last, intervals.day(then.begin.replace(day=day)), "day", "anaphor"
        )  # "llegó el 3 de mayo y volvió el 12"
    if towards in ("next", "future", "for"):
        days = [anchor + dt.timedelta(days=n) for n in range(0 if towards != "next" else 1, 62)]
    elif towards in ("last", "past"):
        days = [anchor - dt.timedelta(days=n) for n in range(0 if towards != "last" else 1, 62)]
    else:
        days = [anchor.replace(day=1) + dt.timedelta(days=n) for n in range(62)]
    found = next((d for d in days if d.day == day), None)
    rule = "day-of-month" if side is None else f"day-of-month-{side}"
    return None if found is None else made(first, last, intervals.day(found), "day", rule)


#: What may stand behind a day told by its number only: "se verán el 28 en Cúcuta", "lo detuvo el 15.", and at the beginning: "El 28 se …".
_AFTER_NUMBER: Final = frozenset(word_list("en con tras ante junto durante , . ; ) a")) | {"", "\n"}
_AFTER_FIRST_NUMBER: Final = frozenset(word_list("se , la le lo los les"))
#: What stands before such a day: a verb that tells of the past or the future, or a preposition of time.
_BEFORE_NUMBER: Final = re.compile(
    r"(?:[aeií]?ó|[uia]vo|[iu]jo|uso|hizo|vino|ron|r[áé]n?|remos|[aií]do|[aei]rse)$|^(?:desde|hasta|para)$"
)


def _names_month(v: TimeValue) -> bool:
    return v.begin is not None and v.granularity in FINENESS["month"] and not v.rule.endswith("day-of-month")


def stands_alone(c: Context, first: int) -> bool:
    """Whether "el 28", beginning at word ``first``, is a day by itself: behind a verb or opening a sentence, before what tells where."""
    low = c.words.low
    if first < 0 or low[first] != "el" or not low[first + 1].isdecimal() or len(low[first + 1]) > 2:
        return False
    after = low[first + 2]
    if c.words.opens_sentence(first):
        return after in _AFTER_FIRST_NUMBER
    if after == "a" and low[first + 3][:1].isdigit():
        return False  # "ganó el 3 a 1"
    return after in _AFTER_NUMBER and _BEFORE_NUMBER.search(low[first - 1]) is not None


def weekday_term(c: Context, i: int) -> Term | None:
    """ "el martes", "este jueves", "el próximo lunes", "el domingo pasado", "el lunes que viene", with a part of the day."""
    low = c.words.low
    at = i
    determined = low[i - 1] in ("del", "al")
    this = low[i] in ("este", "esta")
    if low[i] in ("el", "este", "ese", "aquel"):
        at, determined = i + 1, True
    pre = BEFORE_UNIT.get(low[at]) if low[at] in ("pasado", "próximo", "mismo", "siguiente") else None
    at += pre is not None
    weekday = WEEKDAYS.get(low[at])
    if weekday is None or not (determined or pre is not None) or c.words.capital(at):
        return None
    relation, last = relation_after(low, at + 1)
    relation = pre or relation
    last = _after_day(c, last)
    anchor = c.anchor
    week = unit_term(c, last + 1) if low[last] == "de" and relation is None else None
    if week is not None and week.granularity == "week":  # "el lunes de la semana pasada"
        day = None if week.begin is None else intervals.day(week.begin + dt.timedelta(days=weekday))
        return made(i, week.last, day, "day", week.rule.replace("unit", "weekday"))
    if low[last] == "(" and re.fullmatch(r"\d\d?", low[last + 1]) and low[last + 2] == ")":
        dated = _day_of_month(c, i, last + 2, int(low[last + 1]), int(low[last + 1]), weekday, None, False, last + 1)
        if dated is not None:
            return replace(dated, last=last + 3)  # "el sábado (1)"
    if low[i] in ("ese", "aquel") or relation in ("following", "before"):
        then = c.antecedent(lambda v: v.begin is not None and v.granularity in ("day", "week"), i)
        if then is None or then.begin is None:
            return made(i, last, None, "day", "anaphor")
        side: Literal["next", "last", "this"] = "next" if relation == "following" else "last" if relation == "before" else "this"
        return made(i, last, intervals.day(intervals.weekday(then.begin, weekday, side)), "day", "anaphor")
    if relation in ("last", "next"):
        place = intervals.day(intervals.weekday(anchor, weekday, "last" if relation == "last" else "next")) if anchor else None
        return made(i, last, place, "day", f"weekday-{relation}")
    tense: Tense | Literal["this"] | None = "this" if this else "future" if c.side in ("future", "for") else None
    place = intervals.day(intervals.weekday(anchor, weekday, tense)) if anchor else None
    return made(i, last, place, "day", "this-weekday" if this else "weekday")
