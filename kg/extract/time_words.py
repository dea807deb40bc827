"""The words of the grammar of dates, and what its rules pass on: a :class:`Term` read against a :class:`Context`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.extract.intervals import Granularity, Interval, Tense, Unit, missing_year
from kg.extract.numbers import cardinal
from kg.extract.words import Words, word_list
from kg.model import TimeValue

Side = Tense | Literal["last", "next", "for"]
Relation = Literal["last", "next", "this", "that", "same", "before", "following", "window"]

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        word_list("enero febrero marzo abril mayo junio julio agosto septiembre,setiembre octubre noviembre diciembre"), 1
    )
    for name in names.split(",")
}
SHORT_MONTHS: Final = dict(
    zip(
        word_list("ene feb mar abr may jun jul ago sep sept set oct nov dic"),
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 10, 11, 12),
        strict=True,
    )
)
WEEKDAYS: Final = {name: number for number, name in enumerate(word_list("lunes martes miércoles jueves viernes sábado domingo"))}
UNITS: Final[dict[str, Unit]] = {
    "día": "day", "días": "day", "jornada": "day", "fecha": "day", "semana": "week", "semanas": "week", "mes": "month", "meses": "month",
    "año": "year", "años": "year", "década": "decade", "décadas": "decade", "siglo": "century", "siglos": "century",
}  # fmt: skip
PERIODS: Final = {"bimestre": 2, "trimestre": 3, "cuatrimestre": 4, "semestre": 6}
SEASONS: Final = {"primavera": 3, "verano": 6, "otoño": 9, "invierno": 12}
ADVERBS: Final = {
    "hoy": 0, "ayer": -1, "anoche": -1, "anteayer": -2, "antier": -2, "anteanoche": -2, "antenoche": -2, "mañana": 1,
}  # fmt: skip
PARTS: Final = {
    "principios": 0, "principio": 0, "comienzos": 0, "comienzo": 0, "inicios": 0, "inicio": 0, "mediados": 1,
    "finales": 2, "final": 2, "fines": 2, "fin": 2, "cierre": 2,
}  # fmt: skip
DAY_PARTS: Final = frozenset(word_list("madrugada mañana tarde noche mediodía tardenoche medianoche"))
PLURAL_WEEKDAYS: Final = frozenset(word_list("lunes martes miércoles jueves viernes sábados domingos"))
TIME_WORDS: Final = (
    frozenset(MONTHS) | frozenset(SHORT_MONTHS) | frozenset(WEEKDAYS) | PLURAL_WEEKDAYS | frozenset(UNITS) | frozenset(PERIODS)
    | frozenset(ADVERBS) | frozenset(SEASONS) | DAY_PARTS | {"quincena", "mitad", "entonces", "víspera", "noventa", "ochenta",
    "setenta", "sesenta", "cincuenta", "cuarenta", "treinta", "veinte", "horas", "minutos", "rato", "momentos",
    "navidad", "nochebuena", "nochevieja"}
)  # fmt: skip
"""The words that may be the heart of a time expression; numbers of four digits and numeric dates besides."""
OPEN_CORES: Final = frozenset(
    (
        "day-without-year",
        "month-without-year",
        "part-without-year",
        "range-without-year",
        "season-without-year",
        "weekday",
        "weekdays",
        "this-weekday",
        "day-of-month",
    )
)
"""Rules that took a year, a month or a week from the anchor."""
BEFORE_UNIT: Final[dict[str, Relation]] = {
    "pasado": "last", "pasada": "last", "próximo": "next", "próxima": "next", "presente": "this", "actual": "this", "corriente": "this",
    "mismo": "same", "misma": "same", "siguiente": "following", "anterior": "before", "último": "window", "última": "window",
}  # fmt: skip
AFTER_UNIT: Final[dict[str, Relation]] = {
    "pasado": "last", "pasada": "last", "último": "last", "última": "last", "próximo": "next", "próxima": "next", "entrante": "next",
    "venidero": "next", "venidera": "next", "corriente": "this", "actual": "this", "anterior": "before", "previo": "before",
    "previa": "before", "siguiente": "following", "posterior": "following",
}  # fmt: skip
DETERMINERS: Final[dict[str, Relation | None]] = {
    "el": None, "la": None, "este": "this", "esta": "this", "ese": "that", "esa": "that", "aquel": "that", "aquella": "that",
}  # fmt: skip
FINENESS: Final[dict[str, frozenset[str]]] = {
    "day": frozenset({"day"}),
    "week": frozenset({"day", "week"}),
    "month": frozenset({"day", "week", "month"}),
}
_YEAR: Final = re.compile(r"(?:1[4-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Term:
    """Words ``first`` to ``last`` (exclusive) and the days they denote; ``which`` is the third of "finales de"."""

    first: int
    last: int
    begin: dt.date | None
    end: dt.date | None
    granularity: Granularity
    rule: str
    inferred: bool = False
    kind: Literal["date", "set"] = "date"
    which: int | None = None

    @property
    def core_is_open(self) -> bool:
        return self.rule.rpartition(":")[2] in OPEN_CORES


@dataclass(frozen=True, slots=True)
class Context:
    """What a term is read against: the anchor, the values found before it, a ``year`` another term lends, the ``side`` that words give."""

    words: Words
    anchor: dt.date | None
    found: list[TimeValue]
    earlier: Callable[[], tuple[TimeValue, ...]]
    hemisphere: Literal["north", "south"] | None = None
    year: int | None = None
    side: Side | None = None

    def antecedent(self, fits: Callable[[TimeValue], bool], line_of: int | None = None) -> TimeValue | None:
        """The latest value before that ``fits``; with ``line_of`` (a word) only one of the same line."""
        if line_of is not None:
            begin = self.words.text.rfind("\n", 0, self.words.starts[line_of])
            return next((v for v in reversed(self.found) if v.span.start > begin and fits(v)), None)
        return next((v for v in reversed(self.found) if fits(v)), None) or next(
            (v for v in reversed(self.earlier()) if fits(v)), None
        )


def is_year(word: str) -> bool:
    return _YEAR.fullmatch(word) is not None


def count(low: Sequence[str], i: int) -> tuple[int, int] | None:
    """A small number in figures or words, and the index after it."""
    if low[i].isdigit() and len(low[i]) <= 4:
        return int(low[i]), i + 1
    return cardinal(low, i) if low[i] else None


def made(first: int, last: int, place: Interval | None, granularity: Granularity, rule: str, *, inferred: bool = True) -> Term:
    """A term of an interval; without one (no anchor) its ends stay unknown."""
    if place is None:
        return Term(first, last, None, None, granularity, rule, inferred)
    return Term(first, last, place.begin, place.end, place.granularity, rule, inferred)


def placed(
    c: Context,
    first: int,
    last: int,
    build: Callable[[int], Interval | None],
    granularity: Granularity,
    core: str,
    side: Side | None,
) -> Term | None:
    """A term whose words leave the year out."""
    if c.year is not None:
        place = build(c.year)
        return None if place is None else made(first, last, place, granularity, core, inferred=False)
    place = missing_year(build, c.anchor, side or c.side) if c.anchor is not None else None
    rule = f"{core}-{side}" if side in ("last", "next") else f"{core}-without-year"
    return made(first, last, place, granularity, rule)


def relation_after(low: Sequence[str], i: int) -> tuple[Relation | None, int]:
    """What stands after a unit: "pasado", "que viene", "en curso" … and the index after it."""
    if low[i] == "que" and low[i + 1] in ("viene", "entra"):
        return "next", i + 2
    if low[i] == "en" and low[i + 1] == "curso":
        return "this", i + 2
    if low[i] in AFTER_UNIT:
        return AFTER_UNIT[low[i]], i + 1
    return None, i
