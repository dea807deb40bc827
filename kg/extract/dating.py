"""The day that goes with a verb or a noun: which time expression of its words is its own, and on which side of today it lies.

A day is the nearest one that no other clause claims, no noun that it stands behind with "de", no deed that somebody is tried for. A
verb without one takes that of the verb it goes on from ("el martes incautó 300 cajas y detuvo a dos"), or of what opens its sentence.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final, Literal

from kg.extract.analysis import Analysis
from kg.extract.appointments import new_day, put_off
from kg.extract.context import PLANNED_WORDS, SCHEDULED
from kg.extract.datelines import dateline
from kg.extract.dates import resolve_tense
from kg.extract.frames import Frame
from kg.extract.intervals import shift_years
from kg.extract.syntax import SUBJECTS, Tree, case, is_verb, tense
from kg.extract.time_words import WEEKDAYS
from kg.extract.words import word_list
from kg.model import Span, TimeValue

#: Clauses that keep their dates to themselves.
_APART: Final = frozenset({"acl:relcl", "acl", "advcl", "ccomp", "parataxis"})
#: Acts that, in the present with a month, lie ahead: "un contrato que caduca en diciembre".
_COMING: Final = frozenset({"expiry", "summit", "inauguration", "election"})
#: … and with a day of the week: "el comité se reúne el jueves".
_COMING_ON_WEEKDAYS: Final = frozenset({"meeting", "visit", "talks", "appearance", "vote"})
#: Verbs before a colon that only announce what stands behind it.
_ANNOUNCING: Final = frozenset(
    word_list("venir llegar sumar ocurrir suceder producir pasar estallar saltar haber ser tener dar empezar")
)
#: What people are tried, sought and held for.
_DEEDS: Final = ("assault", "coerce")
_FROM_NOW_ON: Final = ("a partir de", "A partir de")
#: Nouns that only say when in a day.
_HOURS: Final = frozenset(word_list("hora mañana tarde noche madrugada jornada mediodía"))
_OPENING_CHARACTERS: Final = 4
_DATELINE: Final = 15  # tokens of an agency's dateline at most
_DEPTH: Final = 12  # arcs between a date and its verb
#: Verbs whose date is not their object's ("las patrullas, suspendidas desde octubre").
_BREAKING_OFF: Final = frozenset(word_list("suspender interrumpir cancelar aplazar romper congelar paralizar"))


@dataclass(frozen=True, slots=True)
class Dated:
    """A day interval with its words; ``None`` where the text gives none."""

    begin: dt.date | None
    end: dt.date | None
    text: str | None


UNDATED = Dated(None, None, None)


def date_of(a: Analysis, f: Frame, factual: str) -> Dated:
    """The date that goes with a frame's own verb: the nearest one in its words that no other clause claims; ``UNDATED`` without one.

    ``factual`` is the frame's factuality: it decides on which side of the publication day a date without a year lies.
    """
    t = a.trees[f.sentence]
    span = _part_of(t, f)
    trigger = t.tokens[f.trigger]
    inner = t.subtree(f.content) if f.content is not None else None
    own = t.subtree(f.trigger)
    interposed = f.concept == "warning" and (trigger.dep == "parataxis" or f.content in t.ancestors(f.trigger))
    candidates: list[tuple[int, TimeValue]] = []
    for value in a.dates_in(span):
        if value.kind != "date":
            continue
        if inner is not None and inner.start <= value.span.start < inner.end and not inner.start <= trigger.start < inner.end:
            continue
        if interposed and not own.start <= value.span.start < own.end:
            continue  # "De lo contrario, avisó, el gravamen subirá en abril"
        if not _claimed(t, value, f) and not _of_the_cause(a, t, value, f):
            candidates.append((max(value.span.start - trigger.end, trigger.start - value.span.end, 0), value))
    if not candidates:
        return UNDATED
    value = min(candidates, key=lambda c: c[0])[1]
    moved = put_off(a, t, f.trigger) if f.form == "noun" else None
    if moved is not None:  # "la ronda, prevista para el 17, se pospuso a fin de mes"
        value = new_day(a, t, moved) or value
    coming = factual in ("planned", "possible") and not _perfect(t, f.trigger)
    if f.form == "verb" and f.tense == "present":
        words = a.text[value.span.start : value.span.end].lower().split()
        on_weekday = f.concept in _COMING_ON_WEEKDAYS and any(x in WEEKDAYS for x in words[:2]) and dateline(a, t) is None
        on_weekday = on_weekday and t.tokens[f.trigger].dep != "ccomp"  # "celebra que se sentaran": a subjunctive, often
        coming = coming or f.concept in _COMING or on_weekday
    return dated(a, value, "future" if coming else "past")


def _part_of(t: Tree, f: Frame) -> Span:
    """The words of a frame up to the semicolons around its trigger: "se niega a levantarlos; desde entonces …"."""
    first = next((k + 1 for k in range(f.trigger, f.first, -1) if t.tokens[k].text == ";"), f.first)
    end = next((k for k in range(f.trigger, f.end) if t.tokens[k].text == ";"), f.end)
    return t.span(first, end)


def _perfect(t: Tree, i: int) -> bool:
    """ "habría sido expulsado el domingo": what is told as possible and past."""
    return any(t.tokens[k].lemma == "haber" and "VerbForm=Fin" in t.tokens[k].morph for k in t.children(i, "aux"))


def date_before(a: Analysis, t: Tree, f: Frame) -> Dated:
    """The date of a verb that has none of its own, from what stands before it in its sentence.

    From the verb it goes on from ("el martes incautó 300 cajas y detuvo a dos", one subject, tense, day), else from the adverbial that its
    stretch opens with ("Dos meses atrás, en Lima, Soto volvió a pedirlo, y la delegación chilena abandonó la sala").
    """
    i = f.trigger
    token = t.tokens[i]
    other = token.head
    told_by = (
        token.dep == "parataxis" and other < i and any(x.text == ":" for x in t.tokens[other:i])
    )  # "replicó ayer: expulsó a …"
    goes_on = (token.dep == "conj" or told_by) and is_verb(t.tokens[other]) and not t.children(i, *SUBJECTS)
    if goes_on and tense(t, other) == tense(t, i) and t.tokens[other].dep in ("ROOT", "conj", "parataxis"):
        values = [
            d
            for d in a.dates_in(t.span(_behind_dateline(t), i))
            if d.kind == "date" and not _claimed(t, d, replace(f, trigger=other))
        ]
        if len(values) == 1:
            return dated(a, values[0], "past")
    return _opening_date(a, t, f) if f.tense == "past" else UNDATED


def _behind_dateline(t: Tree) -> int:
    """The token behind an agency's dateline: "Arica, 23 abr (Austral).- | Chile y Perú …"; 0 without one."""
    return next((k + 1 for k in range(min(_DATELINE, len(t.tokens))) if t.tokens[k].text in (".-", ".–", ".—", "--", "—")), 0)


def _opening_date(a: Analysis, t: Tree, f: Frame) -> Dated:
    """The date of the adverbial that opens the sentence, or its part behind a semicolon or before a colon, for a main verb of it."""
    tokens, i = t.tokens, f.trigger
    j = i
    while tokens[j].head != j:
        if tokens[j].dep not in ("conj", "parataxis"):
            return UNDATED
        j = tokens[j].head
    first = next((k + 1 for k in range(i - 1, -1, -1) if tokens[k].text == ";"), 0)
    colon = next((k for k in range(i - 1, first, -1) if tokens[k].text == ":"), None)
    values = [d for d in a.dates_in(t.span(first, i)) if d.kind == "date" and d.begin is not None and d.end is not None]
    if (
        len(values) != 1
        or not values[0].begin
        or (a.document.article.date is not None and values[0].begin > a.document.article.date)
    ):
        return UNDATED
    value = values[0]
    opens = value.span.start - tokens[first].start <= _OPENING_CHARACTERS
    announced = colon is not None and value.span.end <= tokens[colon].start and not _told_before(t, first, colon)
    if not (opens or announced) or (opens and colon is not None and not announced):
        return UNDATED
    return dated(a, value, "past")


def _told_before(t: Tree, first: int, colon: int) -> bool:
    """Whether what stands before a colon tells more than that something came: "el viernes vino el desquite: …" does not."""
    return not any(t.tokens[k].lemma in _ANNOUNCING for k in range(first, colon) if is_verb(t.tokens[k]))


def dated(a: Analysis, value: TimeValue, side: Literal["past", "future"]) -> Dated:
    """A time expression as a date, its missing year or side settled by the tense of its verb."""
    if side == "past" and a.text.startswith(_FROM_NOW_ON, value.span.start):
        return Dated(
            value.begin, value.end, a.text[value.span.start : value.span.end]
        )  # "suspendió la venta a partir del 1 de abril"
    published = a.document.article.date
    settled = resolve_tense(value, side, published)
    if side == "past" and value.rule.endswith("anaphor") and published and settled.begin and settled.begin > published:
        settled = _year_before(settled)  # "el 21 de agosto lo imputó …; salió esa misma noche", told in May
    if settled.begin is None and settled.end is None:
        return UNDATED
    return Dated(settled.begin, settled.end, a.text[value.span.start : value.span.end])


def _year_before(value: TimeValue) -> TimeValue:
    begin, end = (None if x is None else shift_years(x, -1) for x in (value.begin, value.end))
    return replace(value, begin=begin, end=end)


def _claimed(t: Tree, value: TimeValue, f: Frame) -> bool:
    """Whether a date hangs on another verb than the frame's own (a relative clause, a subordinate one)."""
    token = next((i for i, x in enumerate(t.tokens) if x.start >= value.span.start and x.pos not in ("DET", "ADP")), None)
    if token is None:
        return False
    if f.form == "verb" and _of_a_noun(t, token, value, f.trigger):
        return True
    j = token
    for _ in range(_DEPTH):
        head, dep = t.tokens[j].head, t.tokens[j].dep
        if head == j or j == f.trigger:
            return False
        if f.form == "verb" and j != token and dep in ("amod", "acl") and t.tokens[j].lower in PLANNED_WORDS | SCHEDULED:
            return True  # "suspendió el vuelo previsto para el sábado"
        if dep in ("acl", "acl:relcl") and head == f.trigger and f.form == "noun" and t.tokens[j].lemma not in _BREAKING_OFF:
            return False  # "una votación prevista para el 5 de enero"
        if j != token and is_verb(t.tokens[j]) and dep in _APART:
            return not t.left[j] <= f.trigger < t.right[j] or _deeper(t, f.trigger, j)
        j = head
    return False


def _of_a_noun(t: Tree, token: int, value: TimeValue, trigger: int) -> bool:
    """Whether a day belongs to a noun that it stands behind with "de": "condenó el ataque del lunes"; not to what is done during it."""
    head = t.tokens[token].head
    before = next((k for k in range(token, -1, -1) if t.tokens[k].end <= value.span.start), None)
    tied = t.tokens[token].dep == "nmod" and head < token and (before is not None and t.tokens[before].lower in ("de", "del"))
    if not tied or head == trigger or t.tokens[head].pos != "NOUN":
        return False
    if t.tokens[head].lemma in _HOURS or (t.tokens[head].head == trigger and t.tokens[head].dep in SUBJECTS):
        return False  # "a última hora del martes"; "la marcha del 24 paralizó el puente"
    return case(t, head) not in ("en", "durante")


def _of_the_cause(a: Analysis, t: Tree, value: TimeValue, f: Frame) -> bool:
    """Whether a year ends what somebody is tried, sought, held or accused for: "condenado por el asesinato de un juez en 2019"."""
    if f.form == "noun" or value.granularity != "year" or value.span.start < t.tokens[f.trigger].end:
        return False
    last = next((k for k, x in enumerate(t.tokens) if x.start >= value.span.start), len(t.tokens))
    for k in range(last - 1, f.trigger, -1):
        if t.tokens[k].pos == "PUNCT":
            return False
        deed = t.tokens[k].pos == "NOUN" and case(t, k) in ("por", "de", "del")
        if deed and any(a.lexicon.is_a(x.concept, c) for x in a.lexicon.nouns.get(t.tokens[k].lower, ()) for c in _DEEDS):
            return True
    return False


def _deeper(t: Tree, trigger: int, verb: int) -> bool:
    """Whether ``trigger`` lies in a clause below ``verb`` of its own, so that the verb's date is not the trigger's."""
    return verb in t.ancestors(trigger) and is_verb(t.tokens[trigger])
