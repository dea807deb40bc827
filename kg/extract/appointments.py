"""What stands on a calendar: the meeting, vote or ruling that is fixed for a day, put off to another, or not fixed at all.

Its noun is the subject (or object) of a predicate that tells no more than when it is to be: "la cita está prevista para el 3", "quedó
para abril", "será el 4 de mayo", "el fallo se espera para febrero", "la ronda se corrió a mayo", "no hay fecha para el encuentro".
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.syntax import Tree, case, has_se, is_verb, negated
from kg.extract.triggers import participle_lemma
from kg.extract.words import word_list
from kg.model import TimeValue

#: Verbs whose participle says by itself that something is to be.
_PLANNING: Final = frozenset(word_list("prever programar agendar planear"))
#: Verbs whose participle says so with the day that it is for: "fijada para el lunes".
_FIXING: Final = _PLANNING | frozenset(
    word_list("fijar señalar pactar acordar convocar pensar concertar citar anunciar reservar")
)
_PUTTING_OFF: Final = frozenset(word_list("aplazar posponer postergar retrasar diferir demorar reprogramar reagendar"))
#: Verbs that move something to another day only where a day is named: "se corrió a mediados de mayo".
_MOVING: Final = frozenset(word_list("correr mover trasladar pasar adelantar anticipar atrasar recorrer cambiar dejar quedar"))
_BEING: Final = frozenset({"ser", "estar", "quedar", "seguir", "continuar"})
_CALENDARS: Final = frozenset(word_list("agenda calendario fecha programa"))
_TO: Final = frozenset({"a", "al", "para", "hasta"})
_SUBJECT: Final = frozenset({"nsubj", "nsubj:pass"})
#: A new day begins no further behind its verb than this, in tokens.
_NEAR: Final = 12


def appointed(a: Analysis, t: Tree, i: int) -> int | None:
    """The predicate that says of the noun ``i`` when it is to be, or that it is not on the calendar; ``None`` if there is none."""
    head, dep = t.tokens[i].head, t.tokens[i].dep
    if dep == "nmod" and case(t, i) == "para" and t.tokens[head].lemma == "fecha":
        above = t.tokens[head].head
        return above if t.tokens[above].lemma in ("haber", "tener") and negated(t, above) else None
    if dep not in _SUBJECT or head == i:
        return None
    token = t.tokens[head]
    if t.children(head, "cop") and t.tokens[t.children(head, "cop")[0]].lemma in _BEING:
        return head if _is_day(a, t, head) or (token.lemma in _CALENDARS and case(t, head) == "en") else None
    if token.lemma == "esperar" and has_se(t, head):
        return head if new_day(a, t, head) is not None else None
    if token.lemma == "quedar" and any(case(t, k) == "para" and _is_day(a, t, k) for k in t.kids[head]):
        return head
    if token.lemma == "estar" and any(t.tokens[k].lemma in _CALENDARS and case(t, k) == "en" for k in t.kids[head]):
        return head
    return head if _fixed(a, t, head) else None


def _fixed(a: Analysis, t: Tree, head: int) -> bool:
    """Whether ``head`` is a participle of fixing with "estar", "ser", "quedar", or one of those verbs with such a participle."""
    for k in (head, *t.children(head, "xcomp")):
        lemma = participle_lemma(t.tokens[k].lower) or ""
        linked = k != head or any(t.tokens[m].lemma in _BEING for m in t.children(k, "aux", "aux:pass", "cop"))
        if not linked or (k != head and t.tokens[head].lemma not in _BEING):
            continue
        made = any(t.tokens[m].lemma == "ser" for m in t.children(k, "aux", "aux:pass"))  # "el ataque fue planeado desde Apure"
        if (lemma in _PLANNING and not made) or (lemma in _FIXING and new_day(a, t, k) is not None):
            return True
    return False


def put_off(a: Analysis, t: Tree, i: int) -> int | None:
    """The verb that puts what noun ``i`` names off, or moves it, to another day; ``None`` if there is none."""
    head, dep = t.tokens[i].head, t.tokens[i].dep
    if head == i or dep not in (*_SUBJECT, "obj"):
        return None
    suffers = dep != "nsubj" or has_se(t, head) or t.children(head, "aux:pass")
    for k in (head, *t.children(head, "xcomp")):
        token = t.tokens[k]
        lemma = (participle_lemma(token.lower) or token.lemma) if token.pos == "ADJ" or k != head else token.lemma
        if k != head and t.tokens[head].lemma not in _BEING:
            continue
        moved = lemma in _MOVING and is_verb(token) and new_day(a, t, k) is not None
        if (suffers or k != head) and (lemma in _PUTTING_OFF or moved):
            return head
    return None


def new_day(a: Analysis, t: Tree, verb: int) -> TimeValue | None:
    """The day behind a verb that something is fixed for or moved to: "a mediados de mayo", "para el 3", "hasta agosto"."""
    for value in a.dates_in(t.span(verb, len(t.tokens))):
        if value.kind != "date":
            continue
        first = next((k for k in range(verb + 1, len(t.tokens)) if t.tokens[k].start >= value.span.start), None)
        if first is None or first - verb > _NEAR or any(x.text in ".;:" for x in t.tokens[verb:first]):
            return None
        if t.tokens[first].lower in _TO or t.tokens[first - 1].lower in _TO:
            return value
    return None


def _is_day(a: Analysis, t: Tree, k: int) -> bool:
    """Whether token ``k`` stands in a date."""
    return any(d.kind == "date" and d.span.start <= t.tokens[k].start < d.span.end for d in a.dates)
