"""What surrounds a frame and decides what kind of fact it is: factuality, date, evidence, whose word.

Factuality is polarity × modality × tense, read off the clause and off the predicates above it, as in FactBank (Saurí and Pustejovsky
2009): a governor commits to its complement (implicative: "logró"), projects it (commissive: "se comprometió a", "planea"), leaves
it open ("podría", "si …", "amenazó con") or denies it ("evitó", "se negó a").
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final, Literal

from kg.extract.analysis import Analysis
from kg.extract.appointments import new_day, put_off
from kg.extract.attribution import attribution_of
from kg.extract.datelines import dateline
from kg.extract.dates import resolve_tense
from kg.extract.frames import Frame
from kg.extract.said import Attribution
from kg.extract.syntax import SUBJECTS, Tree, case, is_verb, negated, tense
from kg.extract.time_words import WEEKDAYS
from kg.extract.words import word_list
from kg.model import Passage, Span, TimeValue

# The governors of FactBank's classes. They are read as grammar (what they do to their complement's factuality), whatever concept they
# signal; most of them signal one too, and stand in the ontology's lexicon for that.
_PROJECTING: Final = frozenset(
    word_list(
        "comprometer acordar prometer planear prever anunciar pactar convenir decidir ordenar preparar disponer esperar ir quedar"
        " autorizar aprobar programar aceptar permitir"
    )
)
#: Words that may belong to a name in front of where a passage would begin.
_NAME_WORDS: Final = 3
_OPENING: Final = frozenset(
    word_list(
        "amenazar poder querer buscar pretender intentar pedir exigir proponer plantear sugerir ofrecer reclamar solicitar instar"
        " evaluar considerar estudiar contemplar temer deber convenir amagar dudar rechazar recomendar necesitar desear obligar"
        " implicar suponer requerir"
    )
)
PREVENTING: Final = frozenset(word_list("evitar negar rehusar impedir descartar renunciar desistir declinar eludir dejar"))
_IMPLYING: Final = frozenset(
    word_list(
        "lograr conseguir empezar comenzar volver seguir continuar llegar acabar terminar tratar pasar proceder limitar resultar"
    )
)
_BELIEVING: Final = frozenset(
    word_list("creer pensar opinar suponer sospechar temer confiar augurar vaticinar pronosticar imaginar")
)
_MODALS: Final = frozenset({"poder", "deber"})
#: Verbs whose object is still to come ("aplazaron la cumbre").
_SCHEDULING: Final = frozenset(
    word_list("aplazar posponer retrasar postergar suspender prever programar planear convocar preparar anunciar esperar")
)
#: Verbs whose date is not their object's ("las patrullas, suspendidas desde octubre").
_BREAKING_OFF: Final = frozenset(word_list("suspender interrumpir cancelar aplazar romper congelar paralizar"))
#: Verbs that, negated, deny their object ("no hubo reunión", "no ha recibido amenazas"); other negated verbs leave it standing.
_BRINGING_ABOUT: Final = frozenset(
    word_list(
        "haber tener prever producir existir celebrar enviar recibir dar hacer registrar constar lanzar presentar emitir formular anunciar"
    )
)
_PLANNED_WORDS: Final = frozenset(
    word_list("previsto prevista previstos previstas programado programada planeado planeada próximo próxima")
)
_SCHEDULED: Final = frozenset(word_list("previsto prevista previstos programado programada planeado planeada pensado agendado"))
#: Adjectives of a noun of action that leave it open.
_OPEN_WORDS: Final = frozenset(
    word_list("supuesto supuesta presunto presunta eventual posible hipotético hipotética potencial probable futuro futura")
    + word_list(
        "supuestos supuestas presuntos presuntas eventuales posibles hipotéticos hipotéticas potenciales probables futuros futuras"
    )
)
_MARKS_BEFORE: Final = 4  # tokens that "a punto de" stands before its infinitive at most
#: Conjunctions before a subjunctive that leave the clause open, and those that tell it as a fact.
_OPEN_WITH_SUBJUNCTIVE: Final = frozenset(word_list("cuando mientras hasta siempre salvo antes"))
_SETTLED_WITH_SUBJUNCTIVE: Final = frozenset(word_list("que después tras luego"))
#: Saying one of these is the act, even where the verb above tells what for ("llamó para exigir").
_SPOKEN: Final = frozenset({"request", "demand", "petition", "threaten", "accuse"})
_GOVERNED: Final = frozenset({"xcomp", "ccomp", "advcl", "acl", "obj", "obl", "csubj"})
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
_LEVELS: Final = 4  # governors that are asked; further up they speak of something else


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
    if f.form in ("verb", "noun") and f.negated:
        return "possible" if f.form == "verb" and _withheld(t, f.trigger) else "negated"
    if f.form == "noun":
        return _of_noun(t, f)
    if f.form != "verb":
        return "actual"
    own = _own(t, f.trigger, f.tense)
    if own == "actual" and f.tense in ("infinitive", "subjunctive", "present") and scheduled(t, f.trigger):
        return "negated" if negated(t, t.tokens[f.trigger].head) or _narrowly_missed(t, f.trigger) else "planned"
    return _governed(t, f.trigger, f.tense, f.concept in _SPOKEN) if own == "actual" else own


def _withheld(t: Tree, i: int) -> bool:
    """ "no garantice que no volverá a cortar el suministro": who does not promise not to do something may do it."""
    while t.tokens[i].dep == "xcomp" and t.tokens[i].head != i:
        i = t.tokens[i].head
    above = t.tokens[i].head
    return t.tokens[i].dep == "ccomp" and t.tokens[above].lemma in ("garantizar", "prometer", "asegurar") and negated(t, above)


def _of_noun(t: Tree, f: Frame) -> str:
    """What the words beside a noun and the verb above it make of it."""
    tokens, i = t.tokens, f.trigger
    head, dep = tokens[i].head, tokens[i].dep
    value = "planned" if any(x.lower in _PLANNED_WORDS for x in tokens[f.first : f.end]) else "actual"
    if any(tokens[k].lower in _OPEN_WORDS for k in t.kids[i]):
        return "possible"
    if any(t.tokens[k].lemma in _SCHEDULING for k in t.children(i, "acl:relcl")):
        return "planned"  # "la visita que preparaba"
    if f.tense == "past" and any(tense(t, k) == "past" for k in t.children(i, "acl:relcl")):
        return "actual"  # "si retira la queja que presentó el miércoles": that it was made is no part of the condition
    if value == "actual" and f.tense in ("future", "conditional"):
        return "planned" if f.tense == "future" else "possible"  # of the verb it stands with: "la visita que hará"
    if not is_verb(tokens[head]) or dep not in ("nsubj", "obj", "obl", "nsubj:pass"):
        return value
    lemma = tokens[head].lemma
    when = tense(t, head)
    own = _own(t, head, when)
    if own == "actual" and when in ("infinitive", "subjunctive"):
        own = _governed(t, head, when)
    if dep != "obl" and own != "actual":
        value = own
    if dep == "obj" and lemma in _SCHEDULING:
        value = "planned"
    elif dep in ("obj", "obl") and lemma in _OPENING:
        value = "possible"
    elif dep == "obj" and lemma in PREVENTING:
        value = "negated"
    if dep in ("obj", "nsubj") and lemma in _BRINGING_ABOUT and negated(t, head):
        return "negated"
    return value


def scheduled(t: Tree, i: int) -> bool:
    """Whether a clause is told as on its way: "tienen previsto reunirse", "está previsto que …", "a punto de firmar"."""
    head = t.tokens[i].head
    before = {x.lower for x in t.tokens[max(0, i - _MARKS_BEFORE) : i]}
    if {"a", "punto", "de"} <= before or {"a", "paso", "de"} <= before:
        return True
    near = {t.tokens[k].lower for k in (head, *t.kids[head]) if k < i}
    return t.tokens[i].dep in _GOVERNED and bool(near & _SCHEDULED)


def _narrowly_missed(t: Tree, i: int) -> bool:
    """ "estuvieron a un paso de firmar", "estuvo a punto de romper": what almost came about did not."""
    head = t.tokens[i].head
    near = [t.tokens[k] for k in (head, *t.kids[head], *t.kids[i]) if k < i]
    return any(x.lower in ("estuvo", "estuvieron", "estuvimos", "estuve") for x in near)


def _own(t: Tree, i: int, when: str) -> str:
    """What a clause says of itself by tense, mood, modal and conjunction; ``when`` is its tense."""
    auxiliaries = [t.tokens[k] for k in t.children(i, "aux")]
    marks = {t.tokens[k].lower for k in t.children(i, "mark")}
    if when == "conditional" or any(t.tokens[k].lemma in _MODALS for k in t.children(i, "aux", "cop")):
        return "possible"
    if when == "future" or any(x.lemma == "ir" and "Tense=Past" not in x.morph for x in auxiliaries):
        return "possible" if _believed(t, i) or _on_condition(t, i) else "planned"
    if "si" in marks:
        return "possible"
    if when == "subjunctive":
        settled = bool(marks & _SETTLED_WITH_SUBJUNCTIVE) or t.tokens[i].dep == "advcl"
        return "possible" if marks & _OPEN_WITH_SUBJUNCTIVE or not settled else "actual"
    return "actual"


def _believed(t: Tree, i: int) -> bool:
    """ "cree que habrá un acuerdo": what somebody only expects is not planned."""
    return t.tokens[i].dep == "ccomp" and t.tokens[t.tokens[i].head].lemma in _BELIEVING and t.tokens[i].head < i


def _on_condition(t: Tree, i: int) -> bool:
    """ "Lisboa acudirá al arbitraje si en junio no hay avances"."""
    return any(any(t.tokens[m].lower == "si" for m in t.children(k, "mark")) for k in t.children(i, "advcl", "ccomp"))


def _governed(t: Tree, i: int, when: str, spoken: bool = False) -> str:
    """What the predicates above a clause make of it; something ``spoken`` is said even where the verb tells what for."""
    j = i
    for _ in range(_LEVELS):
        dep, head = t.tokens[j].dep, t.tokens[j].head
        if head == j or (dep != "conj" and dep not in _GOVERNED):
            return "actual"
        if dep != "conj":
            value = _by_governor(t, j, when, spoken)
            if value is not None:
                return value
            when = tense(t, head)
        j = head
    return "actual"


def _by_governor(t: Tree, j: int, when: str, spoken: bool) -> str | None:
    """What the predicate above makes of the clause ``j``; ``None`` where the clause is as factual as that predicate itself."""
    head = t.tokens[j].head
    lemma, infinitive = t.tokens[head].lemma, when == "infinitive"
    if when not in ("infinitive", "subjunctive"):
        return "actual"
    if lemma in PREVENTING:
        return "negated"
    if lemma in _PROJECTING:
        return "negated" if negated(t, head) else "planned"
    if lemma in _OPENING:
        return "possible"
    if lemma in ("faltar", "restar") and not infinitive:
        return "planned"  # "falta que lo ratifique La Paz"
    if negated(t, head):
        return "negated"
    own = _own(t, head, tense(t, head))
    if infinitive and t.tokens[j].dep in ("advcl", "acl") and any(t.tokens[k].lower == "para" and k < j for k in t.kids[j]):
        return own if spoken and own != "possible" else "actual" if spoken else "planned"
    if infinitive and lemma in _IMPLYING:
        return own if own != "actual" else None
    return own if infinitive and t.tokens[j].dep == "xcomp" else "actual"


def compared(t: Tree, i: int) -> bool:
    """ "más allá de lo que México ha aceptado": what only measures something else is not told as having happened."""
    head = t.tokens[i].head
    if t.tokens[i].dep != "acl:relcl" or t.tokens[head].lower != "lo":
        return False
    return bool({x.lower for x in t.tokens[max(0, head - 4) : head]} & {"más", "menos", "allá"})


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
    goes_on = token.dep == "conj" and is_verb(t.tokens[other]) and not t.children(i, *SUBJECTS)
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
    settled = resolve_tense(value, side, a.document.article.date)
    if settled.begin is None and settled.end is None:
        return UNDATED
    return Dated(settled.begin, settled.end, a.text[value.span.start : value.span.end])


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
        if f.form == "verb" and j != token and dep in ("amod", "acl") and t.tokens[j].lower in _PLANNED_WORDS | _SCHEDULED:
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


def _whole_name(a: Analysis, start: int) -> int:
    """Where words begin that would else begin inside a name: "Driss | el Amrani, que …"."""
    for m in a.resolution.mentions:
        if m.span.start < start < m.span.end:
            before = a.text[m.span.start : start]
            return m.span.start if before[:1].isupper() and before.count(" ") <= _NAME_WORDS and "," not in before else start
        if m.span.start >= start:
            break
    return start


def passage(a: Analysis, span: Span, attributions: tuple[Attribution, ...] = (), *, own: tuple[str, ...] = ()) -> Passage:
    """The words of ``span`` as evidence, without the white space and loose punctuation at its edges; whose word they are is looked up.

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
    start = _whole_name(a, start)
    source = attribution_of(attributions, Span(start, end))
    who = tuple(x for x in source.source if x not in own) if source else ()
    return Passage(start, end, text[start:end], who, source.via if source else ())
