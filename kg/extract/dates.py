"""Time expressions of news Spanish and the days they denote.

:func:`find_dates` is a small recursive-descent grammar over the words of a text. A word that names a time (a month, a weekday, "ayer",
"año") starts the search; a window of a few words to its left is tried from the left, so that the longest expression wins
("desde finales de 2024", not "2024"). the ``time_*`` modules read what stands alone ("el 3 de enero", "la semana pasada");
this module reads what goes around it: ends left open, ranges, sets, and the year that is not said.

Rules. ``TimeValue.rule`` is a core ("day", "month-without-year", "weekday", "ago" …), preceded by what opened or bent it, with colons:
``since`` (begin known, end open), ``until`` (end known, begin open), ``before`` (from the anchor to the day before), ``after``,
``for`` ("para marzo"), ``to`` ("aplazaron a marzo"), ``set``, ``compared`` (the term of a comparison: "más que en 2024"; no date of what
is told).

Missing year. A core of :data:`OPEN_CORES` took its year (or week) from the anchor: the anchor's year unless that is over half a year
ahead; a weekday is the latest one. Once the verb is known, :func:`resolve_tense` places it again. ``for``, ``to`` and ``before`` look
forward by themselves and stay.

Without an anchor an expression that needs one keeps its span and rule, with ``begin`` and ``end`` both ``None``, unless another
expression of the text bounds it ("el día 9 de ese mes" after "octubre de 2025").
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final, Literal

from kg.extract import intervals
from kg.extract.comparisons import is_compared
from kg.extract.intervals import Interval, Tense
from kg.extract.numbers import NUMBER_WORDS, ORDINALS
from kg.extract.time_days import day_term, stands_alone
from kg.extract.time_parts import sequel_term
from kg.extract.time_ranges import is_moved, range_term, simple_term, twin_term
from kg.extract.time_words import (
    BEFORE_UNIT,
    DETERMINERS,
    OPEN_CORES,
    PARTS,
    PLURAL_WEEKDAYS,
    TIME_WORDS,
    UNITS,
    Context,
    Term,
    count,
    is_year,
)
from kg.extract.time_years import bare_year_term, year_term
from kg.extract.words import split_words, word_list
from kg.model import Span, TimeValue

_WINDOW: Final = 10
_LOOK_BACK: Final = 4000
_YEARS: Final = range(1000, 9000)  # anchors far enough from the calendar's ends; another is none
_BREAKS: Final = frozenset("\n.;:!?…|()“”«»")
#: What an expression may begin with, besides figures: the words of time, those that tell which one, numbers, and what goes before them.
_OPENINGS: Final = (
    TIME_WORDS
    | DETERMINERS.keys()
    | BEFORE_UNIT.keys()
    | PARTS.keys()
    | ORDINALS.keys()
    | NUMBER_WORDS
    | frozenset(
        word_list(
            "los las estos estas últimos últimas pasados pasadas próximos próximas primeros primeras hace dentro fin navidad nochebuena "
            "nochevieja entre de del desde a al hasta antes después en lo para durante hacia allá cada todos todas ("
        )
    )
)


def find_dates(
    text: str,
    anchor: dt.date | None,
    start: int = 0,
    end: int | None = None,
    *,
    hemisphere: Literal["north", "south"] | None = None,
) -> tuple[TimeValue, ...]:
    """The time expressions of ``text[start:end]`` in order.

    Args:
        text: the article's body. What stands before ``start`` is read only where an expression points back to it ("ese mes").
        anchor: the day from which relative expressions are seen: the publication day, inside a quotation the day of the statement.
        start: where to begin, in code points.
        end: where to stop (exclusive); the end of ``text`` when ``None``.
        hemisphere: where the seasons of the text are; without it "el verano de 2025" is the whole year.

    Returns:
        Values that do not overlap, ordered by start, with absolute offsets. A span holds the article and the preposition that shapes the
        value ("desde finales de 2024", "el 3 de enero"), not a "de" that ties it to a noun ("la llamada del [12 de enero]").

    Durations ("quince minutos") are quantities and not found here; neither are years in the names of laws and treaties.
    """
    if anchor is not None and anchor.year not in _YEARS:
        anchor = None
    words = split_words(text, start, end)

    def earlier() -> tuple[TimeValue, ...]:
        return find_dates(text, anchor, max(0, start - _LOOK_BACK), start, hemisphere=hemisphere) if start else ()

    context = Context(words, anchor, [], earlier, hemisphere)
    low = words.low
    done = 0
    for core, word in enumerate(low):
        if core < done or not (word in TIME_WORDS or (word[:1].isdigit() and (len(word) > 3 or _is_short(context, core)))):
            continue
        low_bound = core
        while low_bound > max(done, core - _WINDOW) and low[low_bound - 1] not in _BREAKS:
            low_bound -= 1
        for first in range(low_bound, core + 1):
            head = low[first]
            if head not in _OPENINGS and not head[:1].isdigit() and head[:1] != "'":
                continue
            term = _expression(context, first)
            if term is not None and term.last > core:
                context.found.append(_value(context, term))
                done = term.last
                break
    return tuple(context.found)


def resolve_tense(value: TimeValue, tense: Tense | None, anchor: dt.date | None) -> TimeValue:
    """Place an expression without its year (or its week) again, now that the tense of its verb is known.

    Args:
        value: a value of :func:`find_dates`.
        tense: ``past`` or ``future``; ``None`` changes nothing.
        anchor: the day from which the expression is seen.

    Returns:
        The value with ``begin`` and ``end`` moved; the same value where the words leave no choice ("el próximo lunes", "en 2025").
    """
    prefix, _, core = value.rule.rpartition(":")
    fixed = {"for", "to", "before", "compared", "ahead"}.intersection(prefix.split(":"))
    known = value.end or value.begin
    if tense is None or anchor is None or anchor.year not in _YEARS or known is None or core not in OPEN_CORES or fixed:
        return value
    if core == "weekdays":
        weeks = max(0, (anchor - known).days // 7 + 1) if tense == "future" else -max(0, ((known - anchor).days + 6) // 7)
        moved = known + dt.timedelta(days=7 * weeks)
    elif core in ("weekday", "this-weekday"):
        if core == "this-weekday" and tense == "future" and known.weekday() == anchor.weekday():
            moved = anchor
        else:
            moved = intervals.weekday(anchor, known.weekday(), tense)
    elif core == "day-of-month":
        step = -1 if tense == "past" else 1
        moved = next((day for n in range(62) if (day := anchor + dt.timedelta(days=step * n)).day == known.day), known)
    else:
        begin, end = value.begin or known, value.end or known

        def build(year: int) -> Interval | None:
            first, last = (intervals.shift_years(side, year - known.year) for side in (begin, end))
            return Interval(first, last, value.granularity) if first is not None and last is not None else None

        place = intervals.missing_year(build, anchor, tense)
        if place is None:
            return value
        return replace(value, begin=place.begin if value.begin else None, end=place.end if value.end else None)
    days = moved - known
    return replace(value, begin=value.begin + days if value.begin else None, end=value.end + days if value.end else None)


# ------------------------------------------------------------------------------------------------------- around a simple term


def _value(c: Context, term: Term) -> TimeValue:
    words = c.words
    rule = f"compared:{term.rule}" if is_compared(words, term.first) else term.rule
    span = Span(words.starts[term.first], words.ends[term.last - 1])
    return TimeValue(span, term.begin, term.end, term.granularity, rule, term.kind, term.inferred)


def _is_short(c: Context, i: int) -> bool:
    """Whether a number of one or two digits may be the heart of an expression: "los 80", "los años 90", "el próximo 15", "el 28"."""
    low = c.words.low
    if low[i - 1] == "el" and stands_alone(c, i - 1):
        return True
    if low[i - 1] in ("próximo", "pasado"):
        return True
    return len(low[i]) == 2 and low[i][1] == "0" and low[i - 1] in ("los", "años", "'", "’", "‘")


def _expression(c: Context, i: int) -> Term | None:
    """The whole expression that begins at word ``i``."""
    low = c.words.low
    head = low[i]
    following = low[i + 1] if head else ""
    if head == "entre":
        return range_term(c, i, ("y", "e"))
    if head in ("de", "del"):
        return None if is_moved(c, i) else range_term(c, i, ("a", "al", "hasta"))
    if head == "desde":
        return range_term(c, i, ("hasta", "a", "al")) or _since(c, i, i + 1)
    if head == "a":
        if following == "partir" and low[i + 2] in ("de", "del"):
            return _since(c, i, i + 3)
        if following == "lo" and low[i + 2 : i + 4] in (["largo", "de"], ["largo", "del"]):
            return _lead(c, i, i + 4)
        if following == "más" and low[i + 2] == "tardar":
            term = simple_term(replace(c, side="future"), i + 3 + (low[i + 3] == "en"))
            return None if term is None else _until_from_anchor(c, replace(term, first=i), term.end)
        return _towards(c, i, i + 1)
    if head == "al":
        return _towards(c, i, i + 1)
    if head == "hasta":
        if following == "entonces":
            return None
        return _towards(c, i, i + 1) if is_moved(c, i) else _until(c, i, i + 1)
    if head == "antes":
        return _before(c, i)
    if head == "después" and following in ("de", "del"):
        return _after(c, i, i + 2)
    if head == "en":
        if following == "lo":
            return _so_far(c, i)
        if following in ("el", "todo") and low[i + 2] in ("transcurso", "curso") and low[i + 3] in ("de", "del"):
            return _lead(c, i, i + 4)
        return _lead(c, i, i + 2 if following == "todo" else i + 1)
    if head == "lo":
        return _so_far(c, i)
    if head == "para":
        term = simple_term(replace(c, side="for"), i + 1) or year_term(c, i + 1)
        return None if term is None else replace(term, first=i, rule=f"for:{term.rule}")
    if head in ("durante", "hacia", "allá"):
        return _lead(c, i, i + 2 if head == "allá" or following in ("todo", "toda") else i + 1)
    if head in ("cada", "todos", "todas"):
        return _set(c, i)
    if head == "los" and following in PLURAL_WEEKDAYS:
        return Term(i, i + 2, None, None, "day", "set", kind="set")
    if head == "(" and is_year(following) and low[i + 2] == ")":
        return None  # the year itself is tried next, without the mark
    if is_year(head):
        return bare_year_term(c, i)
    return twin_term(c, i) or simple_term(c, i)


def _lead(c: Context, first: int, at: int) -> Term | None:
    """An expression after a preposition that does not change its value; it may be a range ("en enero y febrero")."""
    term = twin_term(c, at) or simple_term(c, at) or (year_term(c, at))
    return None if term is None else replace(term, first=first)


def _towards(c: Context, first: int, at: int) -> Term | None:
    """ "a marzo", "al 3 de mayo", "a finales de 2024": with a verb of putting off it looks forward, else it is a plain date."""
    low = c.words.low
    if low[first] == "a" and low[at] in ("los", "las"):
        return sequel_term(c, first)
    moved = is_moved(c, first)
    term = simple_term(replace(c, side="future") if moved else c, at)
    if term is None:
        return None
    if moved:
        return replace(term, first=first, rule=f"to:{term.rule}")
    shaped = term.rule.startswith("part")
    return replace(term, first=first) if shaped or low[at] in UNITS else None


def _since(c: Context, first: int, at: int) -> Term | None:
    low = c.words.low
    if low[at] == "entonces":
        then = c.antecedent(lambda v: v.begin is not None and (c.anchor is None or v.begin <= c.anchor or v.rule in OPEN_CORES))
        begin = then.begin if then else None
        if begin is not None and c.anchor is not None and begin > c.anchor:
            begin = intervals.shift_years(begin, -1)  # "el 21 de agosto …. Desde entonces", told in May
        return Term(first, at + 1, begin, None, then.granularity if then else "day", "since:anaphor", True)
    term = simple_term(c, at) or year_term(c, at)
    if term is None:
        return None
    return replace(term, first=first, end=None, rule=f"since:{term.rule}")


def _until(c: Context, first: int, at: int) -> Term | None:
    term = simple_term(c, at) or year_term(c, at)
    if term is None:
        return None
    return replace(term, first=first, begin=None, rule=f"until:{term.rule}")


def _before(c: Context, i: int) -> Term | None:
    """ "antes de mayo", "antes de fin de año", "antes de que termine el año": from the anchor to the last day that counts."""
    low = c.words.low
    if low[i + 1] not in ("de", "del"):
        return None
    at = i + 2
    ending = None
    if low[at] == "que" and low[at + 1] in _ENDING_VERBS:
        ending = at + 2
    elif low[at] in _ENDING_INFINITIVES:
        ending = at + 1
    if ending is not None:
        after_article = ending + (low[ending] in _ARTICLES)
        name = UNITS.get(low[after_article])
        year = year_term(c, ending)
        if year is not None:
            whole, last = (year.begin, year.end), year.last
        elif name in ("week", "month", "year", "decade", "century"):
            running = intervals.unit(c.anchor, name) if c.anchor else None
            whole, last = ((running.begin, running.end) if running else (None, None)), after_article + 1
        else:
            return None
        return _until_from_anchor(c, Term(i, last, *whole, "day", "year-end", True), whole[1])
    term = simple_term(replace(c, side="future"), at) or year_term(c, at)
    if term is None or (term.rule == "today" and low[term.last - 1] == "ayer"):
        return None
    if term.begin is None or term.end is None:
        return replace(term, first=i, begin=None, end=None, rule=f"before:{term.rule}")
    at_its_end = term.rule.startswith("part") and term.which == 2
    return _until_from_anchor(c, replace(term, first=i), term.end if at_its_end else term.begin - dt.timedelta(days=1))


_ARTICLES: Final = frozenset(("el", "la", "este", "esta"))
_ENDING_VERBS: Final = frozenset(word_list("termine acabe finalice concluya culmine termina acaba finaliza concluye expire"))
_ENDING_INFINITIVES: Final = frozenset(word_list("terminar acabar finalizar concluir"))


def _until_from_anchor(c: Context, term: Term, end: dt.date | None) -> Term:
    begin = c.anchor if c.anchor is not None and end is not None and c.anchor <= end else None
    return replace(term, begin=begin, end=end, rule=f"before:{term.rule}", inferred=True)


def _after(c: Context, first: int, at: int) -> Term | None:
    term = simple_term(c, at) or year_term(c, at)
    if term is None:
        return None
    begin = term.end + dt.timedelta(days=1) if term.end is not None else None
    return replace(term, first=first, begin=begin, end=None, rule=f"after:{term.rule}")


def _so_far(c: Context, i: int) -> Term | None:
    """ "en lo que va de año", "en lo que va del mes", "en lo que va de 2026", "en lo que llevamos de año"."""
    low = c.words.low
    at = i + (low[i] == "en")
    if low[at + 1] != "que" or low[at + 2] not in ("va", "llevamos", "iba") or low[at + 3] not in ("de", "del"):
        return None
    at += 4 + (low[at + 4] in _ARTICLES)
    year = year_term(c, at)
    if year is not None and year.begin is not None:
        end = c.anchor if c.anchor is not None and year.begin <= c.anchor else year.end
        return Term(i, year.last, year.begin, end, "year", "so-far", True)
    name = UNITS.get(low[at])
    if name is None or name == "day":
        return None
    whole = intervals.unit(c.anchor, name) if c.anchor else None
    return Term(i, at + 1, whole.begin if whole else None, c.anchor, name, "so-far", True)


# ------------------------------------------------------------------------------------------------------------------- sets


def _set(c: Context, i: int) -> Term | None:
    """ "cada año", "cada cinco años", "todos los lunes", with the bounds that may follow ("desde 2021")."""
    low = c.words.low
    at = i + 1 + (low[i] != "cada" and low[i + 1] in ("los", "las"))
    if low[i] != "cada" and at == i + 1:
        return None
    if low[i] == "cada" and low[at].isdigit():
        yearly = day_term(c, at)
        if yearly is not None and yearly.rule.startswith("day-without"):
            return Term(i, yearly.last, None, None, "day", "set", kind="set")  # cada 9 de julio
    counted = count(low, at)
    if counted is not None and low[i] == "cada":
        at = counted[1]
    name = UNITS.get(low[at])
    if name is None and low[at] not in PLURAL_WEEKDAYS and low[at] not in ("sábado", "domingo"):
        return None
    granularity = name or "day"
    last = at + 1
    bound = _expression(c, last) if low[last] in ("desde", "hasta", "entre", "durante", "en") else None
    if bound is not None and bound.kind == "date":
        return replace(bound, first=i, kind="set", rule=f"set:{bound.rule}", granularity=granularity)
    return Term(i, last, None, None, granularity, "set", kind="set")
