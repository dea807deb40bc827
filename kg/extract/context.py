"""What surrounds a frame and decides what kind of fact it is: factuality, evidence, whose word.

Factuality is polarity × modality × tense, read off the clause and off the predicates above it, as in FactBank (Saurí and Pustejovsky
2009): a governor commits to its complement (implicative: "logró"), projects it (commissive: "se comprometió a", "planea"), leaves
it open ("podría", "si …", "amenazó con") or denies it ("evitó", "se negó a").
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.attribution import attribution_of
from kg.extract.frames import Frame
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, has_se, is_verb, negated, tense
from kg.extract.words import word_list
from kg.model import Passage, Span

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
#: Verbs that keep a meeting from taking place, and the kinds of meeting.
_CALLING_OFF: Final = frozenset(word_list("cancelar anular desconvocar suspender"))
_MEETING: Final = frozenset({"meeting", "summit", "visit", "talks", "consult"})
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
#: Verbs that, negated, deny their object ("no hubo reunión", "no ha recibido amenazas"); other negated verbs leave it standing.
_BRINGING_ABOUT: Final = frozenset(
    word_list(
        "haber tener prever producir existir celebrar enviar recibir dar hacer registrar constar lanzar presentar emitir formular anunciar"
    )
)
PLANNED_WORDS: Final = frozenset(
    word_list("previsto prevista previstos previstas programado programada planeado planeada próximo próxima")
)
SCHEDULED: Final = frozenset(word_list("previsto prevista previstos programado programada planeado planeada pensado agendado"))
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
_LEVELS: Final = 4  # governors that are asked; further up they speak of something else


def factuality(a: Analysis, f: Frame) -> str:
    """``actual``, ``planned``, ``possible`` or ``negated`` for what a frame tells."""
    t = a.trees[f.sentence]
    past = (
        [k for k in t.children(f.trigger, "acl:relcl") if tense(t, k) == "past" and not negated(t, k)] if f.form == "noun" else []
    )
    if past and f.subject is not None:
        return "actual"  # "mientras no se les devuelvan las multas que les puso la Aduana"
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
    value = "planned" if any(x.lower in PLANNED_WORDS for x in tokens[f.first : f.end]) else "actual"
    if any(tokens[k].lower in _OPEN_WORDS for k in t.kids[i]):
        return "possible"
    if any(t.tokens[k].lemma in _SCHEDULING for k in t.children(i, "acl:relcl")):
        return "planned"  # "la visita que preparaba"
    if f.tense == "past" and any(tense(t, k) == "past" for k in t.children(i, "acl:relcl")):
        return "actual"  # "si retira la queja que presentó el miércoles": that it was made is no part of the condition
    if value == "actual" and f.tense == "future" and tokens[head].lemma == "haber" and _believed(t, head):
        return "possible"  # "cree que habrá una tregua"
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
    suffered = has_se(t, head) or any(tokens[k].lemma in ("ser", "quedar") for k in t.children(head, "aux", "aux:pass", "cop"))
    if dep == "obj" and lemma in _SCHEDULING:
        value = "planned"
    elif dep in ("obj", "obl") and lemma in _OPENING:
        value = "possible"
    elif dep == "obj" and lemma in PREVENTING:
        value = "negated"
    elif f.concept in _MEETING and lemma in _CALLING_OFF and (dep == "obj" or (dep != "obl" and suffered)):
        value = "negated" if not negated(t, head) and own == "actual" else value
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
    return t.tokens[i].dep in _GOVERNED and bool(near & SCHEDULED)


def _narrowly_missed(t: Tree, i: int) -> bool:
    """ "estuvieron a un paso de firmar", "estuvo a punto de romper": what almost came about did not."""
    head = t.tokens[i].head
    near = [t.tokens[k] for k in (head, t.tokens[head].head, *t.kids[head], *t.kids[i]) if k < i]
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
    head = t.tokens[i].head
    if t.tokens[i].dep != "ccomp" or head > i:
        return False
    granted = t.tokens[head].lemma == "dar" and any(
        x.lower == "por" for x in t.tokens[head:i]
    )  # "da por hecho que habrá convenio"
    return granted or t.tokens[head].lemma in _BELIEVING


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
        rumoured = tense(t, head) == "conditional"  # "habría ordenado duplicar sus patrullas"
        return "negated" if negated(t, head) else "possible" if rumoured else "planned"
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
