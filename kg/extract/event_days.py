"""The day of an event, and what that day makes of it: what is told of a day to come is planned, a threat has no day of the future.

"El martes pidió …" has its own day; "habló el domingo para reclamar …" that of the verb above it; "la próxima semana, cuando se reúnan"
the one that its clause explains; an entry of a chronology the one that the entry opens with.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.datelines import dateline, is_agenda
from kg.extract.dating import UNDATED, Dated, date_before, date_of, dated
from kg.extract.frames import Frame
from kg.extract.homes import country_of
from kg.extract.retelling import Told
from kg.extract.syntax import Tree, case, clause_span, first_conjunct, is_verb
from kg.model import Span

#: Moves made by saying so: a day to come, or one since when, is that of what is said.
_SAID: Final = frozenset({"request", "reject", "threaten", "accuse", "agree"})


def day_of(a: Analysis, t: Tree, f: Frame, kind: str, plover: str, fact: str, passive: bool) -> tuple[Dated, str]:
    """The day of the event that frame ``f`` tells as ``fact``, and the factuality that it has by that day.

    ``passive``: whether it is an infinitive that nobody is said to do ("tras detectarse un caso").
    """
    coming = fact == "actual" and f.tense != "past" and dateline(a, t)
    if coming and is_agenda(a, t):
        fact = "planned"
        when = dated(a, coming, "future")
    else:
        when = date_of(a, f, fact)
    if kind == "postponement" and when.text is not None and when.text.split()[0].lower() in ("a", "al", "hasta", "para"):
        when = UNDATED  # the day it is put off to is the other event's
    if when == UNDATED and f.form == "verb" and f.tense in ("infinitive", "gerund") and not passive and _in_doing(plover, fact):
        when = _date_above(a, f, fact)
    if when == UNDATED and f.form == "verb" and any(t.tokens[k].lower == "cuando" for k in t.kids[first_conjunct(t, f.trigger)]):
        when = _date_before_when(a, t, f)
        if f.tense == "subjunctive" and when != UNDATED:
            fact = "planned"
    if when == UNDATED and f.form == "verb" and fact == "actual" and f.tense in ("past", "present"):
        when = date_before(a, t, f)
    if when == UNDATED and fact == "actual" and f.form in ("verb", "noun") and not _aside(t, f.trigger):
        day = dateline(a, t)
        when = UNDATED if day is None else dated(a, day, "past")
    if f.form == "noun" and when == UNDATED and fact == "actual":
        when = _year_behind(a, t, f)
    if fact == "actual" and plover in _SAID and _to_come(a, when):
        when = UNDATED  # "amenazó con un paro desde el lunes 25", "prometió recibirlos el próximo lunes"
    if fact == "actual" and f.tense == "past" and when.text is not None and when.text.startswith("para ") and _to_come(a, when):
        fact = "planned"  # "convocó para el sábado una marcha"
    if fact == "actual" and (f.form == "verb" or f.subject is not None) and f.tense == "present" and _to_come(a, when):
        fact = "planned"  # "los empleados empiezan mañana una huelga"
    if fact == "actual" and when.end is not None and when.begin == a.document.article.date and when.begin != when.end:
        when = UNDATED  # "se comprometen a retirarla antes de mayo": the day is that of the deed
    if fact == "planned" and _gone(a, when) and not _was_to_be(t, f):
        when = UNDATED  # "reanudar las patrullas, suspendidas desde octubre": the day of something else
    return when, fact


def _in_doing(plover: str, fact: str) -> bool:
    """Whether an infinitive tells what is done in doing something else: "marcharán el miércoles para reclamar un fondo"."""
    return fact == "actual" or (fact == "planned" and plover in ("request", "accuse"))


def _year_behind(a: Analysis, t: Tree, f: Frame) -> Dated:
    """ "condenado por el asesinato de un juez en 2019": the year right behind what somebody is tried for is that of the deed."""
    if case(t, f.trigger) != "por":
        return UNDATED
    end = t.tokens[f.end - 1].end
    value = next((d for d in a.dates_in(Span(end, end + 1 + len(" en 2019"))) if d.kind == "date"), None)
    if value is None or value.granularity != "year" or a.text[end : value.span.start].strip():
        return UNDATED
    return dated(a, value, "past")


def _aside(t: Tree, i: int) -> bool:
    """Whether the clause of token ``i`` is a relative or adverbial one, which tells of another time than the sentence."""
    while t.tokens[i].head != i:
        if t.tokens[i].dep in ("acl:relcl", "advcl", "acl"):
            return True
        i = t.tokens[i].head
    return False


def _was_to_be(t: Tree, f: Frame) -> bool:
    """ "una votación prevista para el 5 de enero", put off since: the day stays its own."""
    return f.form == "noun" and any(t.tokens[k].lower.startswith(("previst", "programad", "fijad")) for k in t.kids[f.trigger])


def _gone(a: Analysis, when: Dated) -> bool:
    """Whether a time ends before the day of publication."""
    published = a.document.article.date
    return published is not None and when.end is not None and when.end < published


def _to_come(a: Analysis, when: Dated) -> bool:
    """Whether a day lies behind the day of publication."""
    published = a.document.article.date
    return published is not None and when.begin is not None and when.begin > published


def _date_before_when(a: Analysis, t: Tree, f: Frame) -> Dated:
    """ "la próxima semana, cuando los gabinetes se reúnan": the date that the clause explains."""
    start = t.tokens[t.left[first_conjunct(t, f.trigger)]].start
    near = [d for d in a.dates_in(Span(t.tokens[0].start, start)) if d.kind == "date" and start - d.span.end <= 4]
    return dated(a, near[-1], "future" if f.tense == "subjunctive" else "past") if near else UNDATED


def _date_above(a: Analysis, f: Frame, fact: str) -> Dated:
    """ "habló el domingo para reclamar …": what is done in doing something else is done on its day."""
    t = a.trees[f.sentence]
    head = t.tokens[f.trigger].head
    if not is_verb(t.tokens[head]) or head == f.trigger:
        return UNDATED
    first, end = clause_span(t, head)
    return date_of(a, replace(f, trigger=head, first=first, end=end, content=f.trigger), fact)


def backing(a: Analysis, told: list[Told], new: Told) -> Told:
    """A threat with the addressee and the day of the demand just before it that it backs, where it names none itself.

    "… exigió el jueves que México limite sus envíos. De lo contrario, avisó, el gravamen subirá": to Mexico, on Thursday.
    """
    fact = new.fact
    if new.plover != "threaten" or fact.factuality != "actual" or new.form != "verb" or new.frame.tense != "past":
        return new
    demand = next((x.fact for x in reversed(told) if x.plover == "request" and x.sentence >= new.sentence - 1), None)
    if demand is None or not {country_of(a, x) for x in demand.agent} & {country_of(a, x) for x in fact.agent} - {None}:
        return new
    if not fact.patient:
        fact = replace(fact, patient=tuple(x for x in demand.patient if x not in fact.agent))
    if not (fact.start_date or fact.end_date) and demand.end_date is not None:
        fact = replace(fact, start_date=demand.start_date, end_date=demand.end_date)
    return replace(new, fact=fact)
