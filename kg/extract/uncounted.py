"""Figures that are no indicators: ages, deadlines, labels, participants, and what is only asked for, intended or denied (convention 19)."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import PREVENTING
from kg.extract.measures import COMPARISON, token_of, verb_of
from kg.extract.movement import Words
from kg.extract.syntax import SUBJECTS, Tree, case, is_verb, negated, tense
from kg.extract.word_forms import nominal
from kg.extract.words import word_list
from kg.model import Quantity, Span

_NOT_COUNTED = {
    "demanda",
    "punto",
    "tramo",
    "propuesta",
    "país",
    "gobierno",
    "delegación",
    "capital",
    "parte",
    "vez",
    "ocasión",
    "cuestión",
    "razón",
    "motivo",
    "opción",
    "acuerdo",
    "documento",
    "ministro",
    "presidente",
    "canciller",
    "lado",
    "frente",
    "paso",
    "etapa",
    "fase",
    "ronda",
    "versión",
    "condición",
    "asesor",
    "funcionario",
    "fuente",
    "hermano",
    "autor",
    "cifra",
    "dato",
    "palabra",
    "línea",
    "página",
    "pregunta",
    "petición",
    "exigencia",
    "objetivo",
    "principio",
    "asunto",
    "tema",
}
_DEADLINE = re.compile(
    r"(?:plazo|dentro|hace|en|cada|tras|últim[oa]s?|próxim[oa]s?|por|primer[oa]?s?) "
    r"(?:de |los |las |unos |otros )?$",
    re.I,
)
#: Clauses that are told whatever the clause above them says of itself.
_TOLD_APART = frozenset({"acl:relcl", "advcl", "parataxis", "conj", "acl", "appos"})
_REACHING = {"llegar", "alcanzar", "superar", "pasar", "exceder", "rebasar"}
_RULING_OUT = PREVENTING - {"dejar"}  # "dejó 20 heridos" is told
DYING = {"morir", "fallecer", "perecer", "matar", "asesinar", "ahogar"}
#: Verbs whose subject a figure measures.
MEASURING: Final = frozenset(
    {
        "ascender",
        "sumar",
        "alcanzar",
        "costar",
        "valer",
        "medir",
        "pesar",
        "representar",
        "equivaler",
        "superar",
        "rondar",
        "cubrir",
    }
    | {"totalizar", "situar", "ubicar", "promediar", "rozar", "durar"}
)
_LABELLED: Final = re.compile(r"\b(?:día|hito|ruta|puerta|grupo|canal|calle|zona|puesto|bloque|lote|pozo)\s+$", re.I)
#: Behind these a lone figure is a number in a row.
_NUMBERED: Final = re.compile(r"(?:\$|\bartículos?|\bnúm(?:ero)?\.?|\bpáginas?|\bresolución|\bley)\s*$", re.I)
_DAYS_OF_A_MONTH: Final = 31
#: Figures that name a thing have no mark of thousands.
_WRITTEN_AS_NAME: Final = re.compile(r"\d{3,}")
#: "pide rebajar el arancel del 15 %" takes the rate for granted; "amenaza con un arancel del 15 %" does not.
_RATE_IN_FORCE: Final = re.compile(r"\b(?:el|los|al|del|su|sus)\s+arancel(?:es)?(?: \w+)?\s+(?:del|de)\s*$", re.I)
#: "lleva dos años en el cargo" is somebody's time, no measure of anything.
_IN_OFFICE: Final = re.compile(
    r"\s+(?:en el (?:cargo|puesto|poder)|al (?:frente|mando)|en la (?:presidencia|cartera|jefatura))\b"
)
#: A time so late: "con ocho días de retraso", "cuarenta minutos más tarde de lo previsto".
_LATE: Final = re.compile(
    r"\s+(?:de (?:retraso|atraso|demora)\b|(?:más tarde|después) de lo (?:previsto|anunciado|programado|acordado)\b)"
)
_AWAY: Final = re.compile(r"\ba (?:unos |unas |solo |apenas |casi )?$")
_DELAYING: Final = frozenset({"retrasar", "demorar", "atrasar", "aplazar"})
#: "N meses de …" is no duration of these.
_NO_LASTING: Final = frozenset(
    {"plazo", "edad", "antelación", "anticipación", "antigüedad", "retraso", "margen", "vigencia", "prórroga"}
)
_SENTENCES: Final = frozenset(
    {"prisión", "cárcel", "reclusión", "condena", "inhabilitación", "presidio", "destierro", "exilio", "guerra"}
)
#: What is so is there already: "pagará más que los 19,28 vigentes", "pide soltar a los once choferes presos".
_IN_FORCE: Final = frozenset(word_list("vigente actual preso encarcelado detenido retenido pendiente restante varado existente"))
#: What is only promised or wanted is no figure: "los quince escáneres que prometió el Ejército".
_PROMISING: Final = frozenset(
    {"prometer", "ofrecer", "pedir", "exigir", "reclamar", "solicitar", "querer", "proponer", "plantear", "esperar", "necesitar"}
)
#: What these govern in the subjunctive has happened, or is thought likely.
_FELT: Final = frozenset(
    word_list(
        "lamentar celebrar criticar extrañar doler temer creer dudar denunciar preocupar alegrar sorprender negar probable posible hecho"
    )
)
#: With these an infinitive has come true: "logró exportar 300 toneladas".
_ACHIEVING: Final = frozenset(
    {"lograr", "conseguir", "dejar", "llegar", "permitir", "hacer", "alcanzar", "venir", "acabar", "terminar", "volver"}
)
#: "dos veces" that compares nothing is how often something was done.
_OCCASIONS: Final = re.compile(
    r"veces\b(?!\s+(?:más|menos|superior|inferior|mayor|menor|el|la|lo|los|las|su|sus|por encima|por debajo|que))", re.I
)


def left_out(a: Analysis, t: Tree, q: Quantity, contents: list[Span], words: Words) -> bool:
    """Whether a figure is no indicator; ``contents`` are the stretches of what is only proposed or threatened."""
    if q.value is None:
        return True
    token = token_of(t, q)
    around = [c for c in contents if c.start <= q.span.start < c.end]
    offered = bool(around) and not (
        token is not None and _told_apart(t, token, words, min(around, key=lambda c: c.end - c.start))
    )
    if offered and (q.unit != "percent" or _RATE_IN_FORCE.search(a.text, max(0, q.span.start - 30), q.span.start) is None):
        return True
    before = a.text[max(0, q.span.start - 25) : q.span.start]
    rule = q.rule.removeprefix("definite-").removeprefix("range-")
    noun = (q.unit or "").split(" ")[0]
    compared = COMPARISON.match(a.text, q.span.end) is not None
    moved = noun == "punto" and (compared or _moved(t, token, words))
    dying = token is not None and (verb := verb_of(t, token)) is not None and t.tokens[verb].lemma in DYING
    if q.rule == "times" and _OCCASIONS.search(a.text, q.span.start, min(len(a.text), q.span.end + 16)) is not None:
        return True
    if rule == "measure" and re.search(r"\b(?:las|los)\s$", before) and not _measured(t, token, words):
        return True  # "faenó dentro de las cinco millas": a known distance, not one measured here
    if (
        rule == "count"
        and not moved
        and not dying
        and ((q.value <= 3 and q.unit not in ("deaths",) and not compared) or noun in _NOT_COUNTED)
    ):
        return True
    if rule == "duration":
        return (token is not None and _to_come(t, token, rule, words)) or not _lasts(a, t, q, before, words)
    if rule == "bare" and q.value < 10 and not compared and a.text[q.number.start : q.number.end].isdigit():
        return True
    if re.search(r"\bpor cada\s$", before):
        return True  # "22 homicidios por cada 100.000 habitantes"
    if rule == "bare" and _LABELLED.search(a.text, max(0, q.span.start - 30), q.span.start):
        return True
    if rule == "bare" and token is not None and _is_label(t, q, token):
        return True
    if rule == "bare" and q.rule == "bare" and _NUMBERED.search(before):
        return True
    if token is not None and _given(t, token):
        return False
    if token is not None and _to_come(t, token, rule, words):
        return True
    if token is not None and (_denied(t, token) or (rule in ("count", "measure") and _intended(t, token))):
        return True
    if token is None or not _possible(t, token) or rule in ("money", "measure"):
        return False
    if (
        rule == "count"
    ):  # "que se entrenen 400 infantes": asked for; not what stands further off, nor "las 26 plantas", which there are
        if q.rule.startswith("definite-") or re.search(r"\b(?:las|los)\s$", before):
            return False
        return "Mood=Sub" in t.tokens[t.tokens[token].head].morph and t.tokens[token].dep in (
            "nsubj",
            "obj",
            "nsubj:pass",
        )
    return q.unit != "percent"


def _measured(t: Tree, i: int | None, words: Words) -> bool:
    """Whether the verb over the figure measures or moves something."""
    verb = verb_of(t, i) if i is not None else None
    if i is not None and t.children(i, "acl:relcl"):
        return True
    return verb is not None and t.tokens[verb].lemma in words.increase | words.decrease | MEASURING | _REACHING


def _moved(t: Tree, i: int | None, words: Words) -> bool:
    """Whether the verb over the figure moves it: "el riesgo país subió 64 puntos"."""
    verb = verb_of(t, i) if i is not None else None
    return verb is not None and t.tokens[verb].lemma in words.increase | words.decrease


def _is_label(t: Tree, q: Quantity, token: int) -> bool:
    """Whether a lone figure names what stands before it, or is a day: "el hito 41", "detuvo el 15"."""
    first = next((i for i, x in enumerate(t.tokens) if x.start >= q.number.start), token)
    if not first or not t.tokens[first].text[:1].isdigit() or q.value is None:
        return False
    before = t.tokens[first - 1]
    if before.pos == "NOUN" and not before.lower.endswith("s"):
        return True
    if _WRITTEN_AS_NAME.fullmatch(t.tokens[first].text) and (
        before.lower in ("el", "la", "del", "al") or (before.pos == "ADJ" and t.tokens[first].head == before.head)
    ):
        return True  # "embistió a la 5209", "la patrullera china 5209"
    return before.lower in ("el", "del", "al") and q.value <= _DAYS_OF_A_MONTH


def _lasts(a: Analysis, t: Tree, q: Quantity, before: str, words: Words) -> bool:
    """Whether a time tells how long something lasted, and is no age, deadline or distance in time."""
    after = a.text[q.span.end : q.span.end + 40]
    token = token_of(t, q)
    verb = verb_of(t, token) if token is not None else None
    lasting = verb is not None and t.tokens[verb].lemma in words.lasting and tense(t, verb) in ("past", "present", "participle")
    if token is not None and verb is not None and (_been(t, token, verb) or _held_up(a, t, token, verb)):
        return True
    if _LATE.match(after):
        return verb is None or tense(t, verb) in ("past", "present", "participle")
    if _AWAY.search(before) and re.match(r"\s+de(?:l| (?:la|los|las|el|su|sus))\b", after):
        return False  # "a tres semanas de la cumbre"
    person = verb is not None and t.tokens[verb].lemma == "llevar" and any(a.actors(t, k) for k in t.children(verb, "nsubj"))
    if (
        person
        or (lasting and _IN_OFFICE.match(after))
        or re.match(r"\s*(?:antes|después|más tarde|atrás|previos?|siguientes|restantes|hábiles|consecutiv)", after)
    ):
        return False
    if re.search(r"\bpor\s*$", before):
        return lasting
    if re.search(r"\bdesde hace\s*$", before):
        return verb is not None and tense(t, verb) in ("past", "present", "participle")
    if _DEADLINE.search(before):
        return False
    if re.search(r"(?:\bde|durante|duró|duraron|duran|dura|fue|a los)\s*$", before):
        return True
    content = re.match(r"\s+de\s+(\w+)", after)
    if content is not None and content.group(1) not in _NO_LASTING and q.unit != "año":
        return True
    if content is not None and content.group(1) in _SENTENCES:
        return True
    governed = re.search(r"\b(?:a|en|de|tras|hace|desde|hasta|con|para|contra|sobre)\s+(?:\w+\s)?$", before)
    return lasting and not governed


def _been(t: Tree, token: int, verb: int) -> bool:
    """Whether a time tells for how long something has been so: "llevan tres semanas discutiendo", "van nueve días de huelga"."""
    v = t.tokens[verb]
    if v.lemma == "ir" and v.lower in ("van", "iban") and t.tokens[token].dep in ("obj", "nsubj", "obl") and token > verb:
        return any(case(t, k) == "de" for k in t.children(token, "nmod"))
    if v.lemma != "llevar" or t.tokens[token].head != verb:
        return False
    if any(t.tokens[k].lower == "sin" for j in t.children(token, "nmod", "acl") for k in t.kids[j]):
        return True
    states = (*t.children(verb, "xcomp", "acl", "advcl", "ccomp", "amod"), *t.children(token, "acl", "amod"))
    return any(x > token and ("VerbForm=Ger" in t.tokens[x].morph or "VerbForm=Part" in t.tokens[x].morph) for x in states)


def _held_up(a: Analysis, t: Tree, token: int, verb: int) -> bool:
    """Whether a bare time tells for how long something was done: "bloquearon tres horas el puente", "retrasó dos años las obras"."""
    x = t.tokens[token]
    if x.head != verb or x.dep not in ("obj", "obl", "advmod", "nsubj") or case(t, token) or token < verb:
        return False
    when = tense(t, verb)
    if t.tokens[verb].lemma in _DELAYING:
        return when in ("past", "present", "conditional", "future")
    if when != "past" or nominal(a.document.article.language, t.tokens[verb].lemma) is None:
        return False
    return any(
        k > token and t.tokens[k].pos in ("NOUN", "PROPN") for k in t.children(verb, "obj", "nsubj", "obl") if not case(t, k)
    )


def _intended(t: Tree, i: int) -> bool:
    """Whether the figure belongs to an infinitive that somebody only wants, plans or approves: "aprobó levantar 23 kilómetros de verja"."""
    verb = verb_of(t, i)
    if verb is None or "VerbForm=Inf" not in t.tokens[verb].morph or t.children(verb, "aux"):
        return False
    head = t.tokens[verb].head
    if t.tokens[verb].dep == "advcl" and not any(t.tokens[k].lower == "para" for k in t.children(verb, "mark")):
        return False  # "tras detectarse un caso a 600 kilómetros"
    if head == verb or t.tokens[verb].dep not in ("xcomp", "ccomp", "obj", "csubj", "advcl", "acl", "conj"):
        return False
    return not is_verb(t.tokens[head]) or t.tokens[head].lemma not in _ACHIEVING


def _denied(t: Tree, i: int) -> bool:
    """Whether the clause of the figure, or one above it, is negated or ruled out ("no cayeron un 8 %", "descartó un alza del 6 %")."""
    if t.children(i, "cop") and negated(t, i):
        return True
    while t.tokens[i].head != i and t.tokens[i].dep not in _TOLD_APART:
        below, i = i, t.tokens[i].head
        if t.tokens[i].pos == "NOUN" and any(t.tokens[k].lower in ("el", "la", "los", "las") for k in t.kids[i]):
            return False  # "no rebajará el arancel del 15 %" takes the rate for granted
        if t.tokens[i].lemma in _REACHING:
            return False  # "no llegó a 3.000 toneladas" bounds the figure
        predicate = is_verb(t.tokens[i]) or bool(t.children(i, "cop"))
        if predicate and below < i and t.tokens[below].dep in SUBJECTS and negated(t, i) and not _none(t, below):
            continue  # "un tercio no publica sus precios": as many do not
        if _left_undone(t, i):
            return False
        if predicate and (
            negated(t, i) or (t.tokens[i].lemma in _RULING_OUT and t.tokens[below].dep in ("obj", "xcomp", "ccomp", "nsubj:pass"))
        ):
            return True
    return False


def _to_come(t: Tree, i: int, rule: str, words: Words) -> bool:
    """Whether a figure only stands in what is planned or wanted: "traerán seis aviones", "que reduzca la cuota a 900 toneladas".

    What something will cost, and by how much it will rise, is a forecast, and that is a figure.
    """
    verb = _clause(t, i)
    if verb is None or _given(t, i):
        return False
    lemma, when = t.tokens[verb].lemma, tense(t, verb)
    if when == "future":
        forecast = lemma in words.increase | words.decrease | MEASURING | _REACHING | DYING | {"restar", "durar", "dejar"}
        return rule in ("count", "measure", "duration") and not forecast
    wanted = when == "subjunctive" and "Tense=Imp" not in t.tokens[verb].morph and rule in ("measure", "percent", "money", "bare")
    if not wanted or t.tokens[i].dep not in ("obj", "obl", "obl:arg", "nsubj") or t.tokens[i].head != verb:
        return False
    marks = {t.tokens[k].lower for k in t.children(verb, "mark")}
    over = t.tokens[t.tokens[verb].head]
    return (marks == {"que"} or (not marks and t.tokens[verb].dep in ("conj", "acl:relcl"))) and over.lemma not in _FELT


def _left_undone(t: Tree, i: int) -> bool:
    """ "han dejado sin sembrar 6.200 hectáreas": so many there are."""
    over = t.tokens[t.tokens[i].head].lemma
    return over in ("dejar", "quedar", "seguir") and any(t.tokens[k].lower == "sin" for k in t.children(i, "mark", "case"))


def _none(t: Tree, subject: int) -> bool:
    """Whether a subject is denied itself: "ni el 45 % de los envíos", "ninguno de los 30 barcos"."""
    return any(t.tokens[k].lower in ("ni", "no", "ninguno", "ninguna", "ningún", "tampoco") for k in (subject, *t.kids[subject]))


def _clause(t: Tree, i: int) -> int | None:
    """The head of the clause of a figure: itself where it is the predicate ("los cortadores, que son 11.000"), else its verb."""
    return i if t.children(i, "cop") else verb_of(t, i)


def _possible(t: Tree, i: int) -> bool:
    verb = _clause(t, i)
    return verb is not None and tense(t, verb) in ("subjunctive",)


def _told_apart(t: Tree, i: int, words: Words, offered: Span) -> bool:
    """Whether a relative clause in what is offered tells the figure as a fact: "si no baja el precio, que ha trepado a 68 soles"."""
    if _given(t, i):
        return True
    for verb in (i, *t.ancestors(i)):
        if t.tokens[verb].dep == "acl:relcl" and is_verb(t.tokens[verb]) and offered.start < t.tokens[verb].start < offered.end:
            when = tense(t, verb)
            told = t.tokens[verb].lemma in words.increase | words.decrease | MEASURING
            aside = t.left[verb] > 0 and "," in (t.tokens[t.left[verb]].text, t.tokens[t.left[verb] - 1].text)
            return when == "past" or (when == "present" and (told or aside))
        if t.tokens[verb].dep == "parataxis" and is_verb(t.tokens[verb]) and offered.start <= t.tokens[verb].start < offered.end:
            return tense(t, verb) in ("past", "present")  # "urge a abrir el paso: 68 contenedores esperan en Jimaní"
    return False


def _given(t: Tree, i: int) -> bool:
    """Whether a figure has the definite article and words that tell which one it is: "los 337 millones que le debe al fisco"."""
    if t.tokens[i].dep == "nummod":
        i = t.tokens[i].head
    if not any(t.tokens[k].lower in ("los", "las") for k in t.kids[i]):
        return False
    if t.tokens[i].lemma in _IN_FORCE or any(t.tokens[k].lemma in _IN_FORCE for k in t.children(i, "amod") if k > i):
        return True
    clauses = [k for k in t.children(i, "acl:relcl", "acl", "amod") if k > i]
    return any(
        tense(t, k) in ("past", "present", "participle") and t.tokens[k].lemma not in _PROMISING and is_verb(t.tokens[k])
        for k in clauses
    )
