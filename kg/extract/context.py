"""What surrounds a frame and decides what kind of fact it is: factuality, date, evidence, whose word.

Factuality is polarity × modality × tense, read off the clause and off the predicates above it, as in FactBank (Saurí and Pustejovsky
2009): a governor commits to its complement (implicative: "logró"), projects it (commissive: "se comprometió a", "planea"), leaves
it open ("podría", "si …", "amenazó con") or denies it ("evitó", "se negó a").
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kg.extract.analysis import Analysis
from kg.extract.dates import resolve_tense
from kg.extract.frames import Frame
from kg.extract.statements import Attribution, attribution_of
from kg.extract.syntax import Tree, is_verb, negated, tense
from kg.model import Passage, Span, TimeValue

_PROJECTING = {"comprometer", "acordar", "prometer", "planear", "prever", "anunciar", "pactar", "convenir", "decidir", "ordenar", "preparar", "disponer", "esperar", "ir", "quedar", "autorizar", "aprobar", "programar", "aceptar", "permitir"}  # fmt: skip
_OPENING = {"amenazar", "poder", "querer", "buscar", "pretender", "intentar", "pedir", "exigir", "proponer", "plantear", "sugerir", "ofrecer", "reclamar", "solicitar", "instar", "evaluar", "considerar", "estudiar", "contemplar", "temer", "deber", "convenir", "amagar", "dudar", "rechazar", "recomendar", "necesitar", "desear", "obligar", "implicar", "suponer", "requerir"}  # fmt: skip
_PREVENTING = {"evitar", "negar", "rehusar", "impedir", "descartar", "renunciar", "desistir", "declinar", "eludir", "dejar"}
_IMPLYING = {"lograr", "conseguir", "empezar", "comenzar", "volver", "seguir", "continuar", "llegar", "acabar", "terminar", "tratar", "pasar", "proceder", "limitar", "resultar"}
_HYPOTHESIS = {"si", "siempre", "salvo", "cuando", "mientras", "hasta"}
_MODALS = {"poder", "deber"}
_PLANNED_WORDS = {"previsto", "prevista", "previstos", "previstas", "programado", "programada", "planeado", "planeada", "próximo", "próxima"}


@dataclass(frozen=True, slots=True)
class Dated:
    """A day interval with its words; ``None`` where the text gives none."""

    begin: dt.date | None
    end: dt.date | None
    text: str | None


UNDATED = Dated(None, None, None)


def factuality(a: Analysis, f: Frame) -> str:
    """``actual``, ``planned``, ``possible`` or ``negated`` for what a frame tells."""
    t = a.trees[f.sentence]
    tokens = t.tokens
    value = "actual"
    i = f.trigger
    if f.form == "verb":
        if f.negated:
            return "negated"
        value = _own(t, i, f.tense)
    elif f.form == "noun":
        if f.negated:
            return "negated"
        head = tokens[i].head
        near = tokens[max(0, f.first) : f.end]
        if any(x.lower in _PLANNED_WORDS for x in near):
            value = "planned"
        if is_verb(tokens[head]) and tokens[i].dep in ("nsubj", "obj", "obl", "nsubj:pass"):
            lemma = tokens[head].lemma
            own = _own(t, head, tense(t, head))
            if tokens[i].dep in ("nsubj", "obj", "nsubj:pass") and own != "actual":
                value = "negated" if negated(t, head) and own == "actual" else own
            if tokens[i].dep == "obj" and lemma in {"aplazar", "posponer", "retrasar", "postergar", "suspender", "prever", "programar", "convocar", "preparar", "anunciar", "esperar"}:
                value = "planned"
            elif tokens[i].dep in ("obj", "obl") and lemma in _OPENING:
                value = "possible"
            elif tokens[i].dep == "obj" and lemma in _PREVENTING:
                value = "negated"
            if negated(t, head) and tokens[i].dep in ("obj", "nsubj") and lemma in {"haber", "tener", "prever", "producir", "existir", "celebrar", "enviar", "recibir", "dar", "hacer", "registrar", "constar", "lanzar", "presentar", "emitir", "formular", "anunciar"}:
                return "negated"
    if value == "actual" and f.form == "verb":
        value = _governed(t, i, f.tense, f.concept in ("request", "demand", "petition", "threaten", "accuse"))
    return value


def _own(t: Tree, i: int, when: str) -> str:
    tokens = t.tokens
    modal = any(tokens[k].lemma in _MODALS and tokens[k].dep in ("aux", "cop") for k in t.kids[i])
    if when == "conditional":
        return "possible"
    if modal:
        return "possible"
    if when == "future":
        return "planned"
    if any(tokens[k].lemma == "ir" and tokens[k].dep == "aux" and "Tense=Pres" in tokens[k].morph for k in t.kids[i]):
        return "planned"
    marks = {tokens[k].lower for k in t.kids[i] if tokens[k].dep == "mark"}
    if marks & {"si"} or (when == "subjunctive" and marks & {"cuando", "mientras", "hasta", "siempre", "salvo", "antes"}):
        return "possible"
    if when == "subjunctive" and not marks & {"que", "después", "tras", "luego"} and tokens[i].dep != "advcl":
        return "possible"
    return "actual"


def _governed(t: Tree, i: int, when: str, spoken: bool = False) -> str:
    """What the predicates above a clause make of it; something ``spoken`` is said even where the verb tells what for ("llamó para exigir")."""
    tokens = t.tokens
    steps, j = 0, i
    while tokens[j].head != j and steps < 4:
        dep, head = tokens[j].dep, tokens[j].head
        if dep in ("xcomp", "ccomp", "advcl", "acl", "obj", "obl", "csubj"):
            lemma = tokens[head].lemma
            if when in ("infinitive", "subjunctive"):
                if lemma in _PREVENTING:
                    return "negated"
                if lemma in _PROJECTING:
                    return "planned"
                if lemma in _OPENING:
                    return "possible"
                if negated(t, head):
                    return "negated"
                if when == "infinitive" and dep in ("advcl", "acl") and any(tokens[k].lower == "para" and k < j for k in t.kids[j]):
                    return "actual" if spoken else "planned"
                if when == "infinitive" and lemma in _IMPLYING:
                    j, when = head, tense(t, head)
                    own = _own(t, head, when)
                    if own != "actual":
                        return own
                    steps += 1
                    continue
                if when == "infinitive" and dep == "xcomp":
                    return _own(t, head, tense(t, head))
            return "actual"
        if dep == "conj":
            j = head
            steps += 1
            continue
        break
    return "actual"


def compared(t: Tree, i: int) -> bool:
    """"más allá de lo que México ha aceptado": what only measures something else is not told as having happened."""
    head = t.tokens[i].head
    if t.tokens[i].dep != "acl:relcl" or t.tokens[head].lower != "lo":
        return False
    return bool({x.lower for x in t.tokens[max(0, head - 4) : head]} & {"más", "menos", "allá"})


def date_of(a: Analysis, f: Frame, factual: str) -> Dated:
    """The date that goes with a frame's own verb: the nearest one in its words that no other clause claims."""
    t = a.trees[f.sentence]
    span = t.span(f.first, f.end)
    trigger = t.tokens[f.trigger]
    inner: Span | None = None
    if f.content is not None:
        inner = t.span(t.left[f.content], t.right[f.content])
    candidates: list[tuple[int, TimeValue]] = []
    for value in a.dates_in(span):
        if value.kind != "date":
            continue
        if inner is not None and inner.start <= value.span.start < inner.end and not inner.start <= trigger.start < inner.end:
            continue
        distance = max(value.span.start - trigger.end, trigger.start - value.span.end, 0)
        other = _claimed(t, value, f)
        if other:
            continue
        candidates.append((distance, value))
    if not candidates:
        return UNDATED
    value = min(candidates, key=lambda c: c[0])[1]
    return dated(a, value, "future" if factual in ("planned", "possible") else "past")


def dated(a: Analysis, value: TimeValue, side: str) -> Dated:
    """A time expression as a date, its missing year or side settled by the tense of its verb."""
    settled = resolve_tense(value, side, a.document.article.date)  # type: ignore[arg-type]
    if settled.begin is None and settled.end is None:
        return UNDATED
    return Dated(settled.begin, settled.end, a.text[value.span.start : value.span.end])


def _claimed(t: Tree, value: TimeValue, f: Frame) -> bool:
    """Whether a date hangs on another verb than the frame's own (a relative clause, a subordinate one)."""
    token = next((i for i, x in enumerate(t.tokens) if x.start >= value.span.start and x.pos not in ("DET", "ADP")), None)
    if token is None:
        return False
    j, steps = token, 0
    while t.tokens[j].head != j and steps < 12:
        if j == f.trigger:
            return False
        if t.tokens[j].dep == "acl" and t.tokens[j].head == f.trigger and f.form == "noun":
            return False  # "una votación prevista para el 5 de enero"
        if is_verb(t.tokens[j]) and j != token and t.tokens[j].dep in ("acl:relcl", "acl", "advcl", "ccomp", "parataxis") and j != f.trigger:
            return not (t.left[j] <= f.trigger < t.right[j]) or _deeper(t, f.trigger, j)
        j = t.tokens[j].head
        steps += 1
    return False


def _deeper(t: Tree, trigger: int, verb: int) -> bool:
    """Whether ``trigger`` lies in a clause below ``verb`` of its own, so that the verb's date is not the trigger's."""
    return verb in t.ancestors(trigger) and is_verb(t.tokens[trigger])


def passage(a: Analysis, span: Span, attributions: tuple[Attribution, ...] = (), *, own: tuple[str, ...] = ()) -> Passage:
    """The words of ``span`` as evidence, without the white space and loose punctuation at its edges.

    ``own`` are actors who do not count as source because the fact is about their saying so.
    """
    text = a.text
    start, end = span
    while start < end and text[start] in " ,;:.\n\t—–-|":
        start += 1
    while end > start and text[end - 1] in " ,;:\n\t—–-|":
        end -= 1
    if end > start + 1 and text[end - 1] == "." and not text[end - 2].isupper():
        end -= 1
    source = attribution_of(attributions, Span(start, end))
    who = tuple(x for x in source.source if x not in own) if source else ()
    return Passage(start, end, text[start:end], who, source.via if source else ())
