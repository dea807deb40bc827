"""How long something lasted, how long, wide or far it is, what it costs: the size named, then the thing, as in "duración de la reunión".

A time beside a verb measures what the verb tells: "bloquearon el puente durante seis horas" → "duración del bloqueo del puente".
"""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.clause_phrases import noun_phrase
from kg.extract.clause_words import is_dated, plain_words, subject_at
from kg.extract.lexicon import STAYING
from kg.extract.movement import Words
from kg.extract.reduced_clauses import doer, of_words
from kg.extract.syntax import SUBJECTS, Tree, case, is_verb
from kg.extract.word_forms import Nominal, article_of, is_feminine, nominal, verb_behind
from kg.extract.words import word_list
from kg.model import Quantity

#: Nouns that are themselves a time, or have one as their size.
_TIMES: Final = frozenset(
    word_list(
        "duración tiempo retraso demora espera silencio plazo pena condena prisión cárcel estadía estancia edad jornada vigencia noche día"
        " hora mes año semana minuto permiso sentencia antelación prórroga período periodo lapso fruto cabo"
    )
)
#: Nouns that are themselves a length, a surface, a height or a move of one.
_LENGTHS: Final = frozenset(
    word_list(
        "longitud largo ancho altura altitud profundidad calado nivel cota caudal volumen superficie extensión distancia radio anillo"
        " recorrido tramo fila cola franja espesor diámetro capacidad cupo cuota carga anchura eslora velocidad peso suelta"
    )
)
_DIMENSIONS: Final = frozenset(
    word_list("altura altitud profundidad longitud ancho alto largo calado extensión superficie diámetro espesor anchura eslora")
)
_LINES: Final = frozenset({"kilómetro", "milla", "legua"})
_SURFACES: Final = frozenset({"kilómetro cuadrado", "hectárea", "metro cuadrado"})
#: Verbs by which a country has a length of something.
_SHARING: Final = frozenset({"tener", "compartir", "haber", "sumar"})
#: Verbs whose subject a time measures; those of the second kind say of somebody for how long he has been at it.
_LASTING: Final = frozenset(word_list("durar extender prolongar bastar transcurrir"))
_AT_IT: Final = frozenset(word_list("llevar cumplir"))
#: Verbs that only say that their object goes on.
_LIGHT: Final = frozenset(word_list("mantener tener guardar celebrar sostener hacer dar realizar vivir sufrir"))


def duration_of(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None) -> str | None:
    """What lasted so long, as "duración de …"; ``None`` where the words do not tell."""
    tokens = t.tokens
    inside = [i for i, x in enumerate(tokens) if q.span.start <= x.start < q.span.end]
    if (late := _delay(a, t, q, inside, verb)) is not None:
        return late
    content = next((k for k in t.kids[token] if k > inside[-1] and tokens[k].dep == "nmod" and case(t, k) == "de"), None)
    if content is not None and tokens[content].pos == "NOUN":  # "tres horas de conversación"
        return None if tokens[content].lemma in _TIMES else _lasting(a, t, q, content)
    above = tokens[token].head
    if (
        tokens[token].dep in ("nmod", "appos")
        and tokens[above].pos == "NOUN"
        and above < inside[0]
        and case(t, token) in ("de", "")
    ):
        return noun_phrase(a, t, q, above, above) if tokens[above].lemma in _TIMES else _lasting(a, t, q, above)
    if verb is None:
        return None
    lemma, language = tokens[verb].lemma, a.document.article.language
    if lemma in _AT_IT:
        doing = next(
            (
                k
                for k in (*t.kids[verb], *t.kids[token])
                if k > inside[-1] and (tokens[k].pos == "ADJ" or re.search(r"VerbForm=(?:Ger|Part)", tokens[k].morph))
            ),
            None,
        )
        made = nominal(language, verb_behind(language, tokens[doing])) if doing is not None else None
        if made is not None and doing is not None:
            return _deed(a, t, q, made, doing, verb)
        if doing is not None and "VerbForm=Ger" in tokens[doing].morph:
            whose, words = doer(a, t, q, verb, -1), plain_words(tokens[doing : t.right[doing]])
            return " ".join(f"tiempo {of_words(whose) if whose else ''} {words}".split()[:12])
        state = next((k for k in t.kids[verb] if k > inside[-1] and tokens[k].pos == "NOUN" and case(t, k) in ("en", "de")), None)
        if state is not None:
            return _lasting(a, t, q, state)
    if lemma in a.lexicon.classes[STAYING]:
        held = next(
            (k for k in t.kids[verb] if k > verb and (tokens[k].pos == "ADJ" or "VerbForm=Part" in tokens[k].morph)), None
        )
        made = nominal(language, verb_behind(language, tokens[held])) if held is not None else None
        if made is not None and held is not None:
            return _deed(a, t, q, made, held, verb)
    if lemma in _LASTING | _AT_IT:
        subject = antecedent(t, verb)
        return (
            _lasting(a, t, q, subject)
            if subject is not None and tokens[subject].pos == "NOUN" and not a.actors(t, subject)
            else None
        )
    if lemma in _LIGHT:
        done = next((k for k in t.kids[verb] if tokens[k].dep == "obj" and tokens[k].pos == "NOUN" and k not in inside), None)
        if done is not None:
            whose = doer(a, t, q, verb, done)
            named = noun_phrase(a, t, q, done, done) if tokens[done].lemma in _TIMES else _lasting(a, t, q, done)
            return f"{named} {of_words(whose)}" if whose and tokens[done].lemma in _TIMES else named
    made = nominal(language, lemma)
    return _deed(a, t, q, made, verb, verb) if made is not None else None


def _delay(a: Analysis, t: Tree, q: Quantity, inside: list[int], verb: int | None) -> str | None:
    """ "llegó con ocho días de retraso", "retrasaría dos años las obras": the delay of what is late."""
    tokens = t.tokens
    behind = [x.lower for x in tokens[inside[-1] + 1 : inside[-1] + 4]]
    if verb is None:
        return None
    if behind[:2] in (["de", "retraso"], ["de", "atraso"], ["de", "demora"]) or behind[:3] == ["más", "tarde", "de"]:
        thing = antecedent(t, verb)
    elif nominal(a.document.article.language, tokens[verb].lemma) == nominal(a.document.article.language, "retrasar"):
        thing = next((k for k in t.children(verb, "obj", "nsubj") if k > inside[-1] and _thing(a, t, q, k)), None)
    else:
        return None
    return f"retraso {genitive(a, t, q, thing)}".split(" que ")[0] if thing is not None and _thing(a, t, q, thing) else "retraso"


def _deed(a: Analysis, t: Tree, q: Quantity, made: Nominal, verb: int, clause: int) -> str:
    """ "duración del bloqueo del puente": the noun of a verb with its object, else with its subject where that is one."""
    tokens = t.tokens
    label = f"duración {made.of} {made.noun}"
    done = next((k for k in t.kids[verb] if tokens[k].dep == "obj" and _thing(a, t, q, k)), None)
    if done is None and (tokens[verb].pos == "ADJ" or "VerbForm=Part" in tokens[verb].morph):
        done = next((k for k in t.children(clause, *SUBJECTS) if _thing(a, t, q, k)), None)
    if done is not None:
        return re.split(r" (?:por|para|que|desde) ", f"{label} {genitive(a, t, q, done)}", maxsplit=1)[0]
    whose = doer(a, t, q, clause, -1)
    both = " y " in whose
    return f"{label} {'entre ' + whose if both else of_words(whose)}" if whose else label


def _thing(a: Analysis, t: Tree, q: Quantity, k: int) -> bool:
    """Whether a word names a thing, and neither a day nor the figure itself."""
    start = t.tokens[k].start
    if t.tokens[k].pos not in ("NOUN", "PROPN") or q.span.start <= start < q.span.end:
        return False
    return not is_dated(a, t, k)


def _lasting(a: Analysis, t: Tree, q: Quantity, noun: int) -> str:
    return f"duración {genitive(a, t, q, noun)}".split(" que ")[0]


def length_of(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None, words: Words) -> str | None:
    """What is so long, so wide, so high: "un muro de 12 kilómetros" → "longitud del muro", "2.000 metros de altura" → "altura"."""
    tokens = t.tokens
    inside = [i for i, x in enumerate(tokens) if q.span.start <= x.start < q.span.end]
    unit = q.unit or ""
    size = "longitud" if unit in _LINES else "superficie" if unit in _SURFACES else None
    behind = inside[-1] + 1
    if behind + 1 < len(tokens) and tokens[behind].lower == "de" and tokens[behind + 1].lower in _DIMENSIONS:
        whose = _measured(a, t, token, verb, inside)
        name = tokens[behind + 1].lower
        return f"{name} {genitive(a, t, q, whose)}" if whose is not None else name
    if size is None:
        return None
    of = tokens[behind].head if behind < len(tokens) and tokens[behind].lower == "de" else 0
    if verb is not None and tokens[verb].lemma in _SHARING and behind < of < behind + 3 and tokens[of].pos == "NOUN":
        return f"{size} {genitive(a, t, q, of)}"  # "Perú tiene 1.047 kilómetros de frontera con Bolivia"
    above = tokens[token].head
    thing: int | None = None
    if (
        tokens[token].dep in ("nmod", "appos")
        and tokens[above].pos == "NOUN"
        and above < inside[0]
        and case(t, token) in ("de", "")
    ):
        thing = above
    elif (
        verb is not None
        and tokens[verb].lemma in ("medir", "tener", "extender", "ocupar", "abarcar")
        and tokens[token].head == verb
    ):
        thing = antecedent(t, verb)
    if thing in inside and verb is not None:  # "850 kilómetros mide la frontera"
        thing = next((k for k in t.kids[verb] if k not in inside and tokens[k].dep in ("nsubj", "obj")), None)
    if (
        thing is None
        or thing in inside
        or tokens[thing].pos not in ("NOUN", "PROPN")
        or tokens[thing].lemma in words.increase | words.decrease
    ):
        return None
    if tokens[thing].lemma in _LENGTHS:
        return noun_phrase(a, t, q, thing, thing)
    return f"{size} {genitive(a, t, q, thing)}"


def _measured(a: Analysis, t: Tree, token: int, verb: int | None, inside: list[int]) -> int | None:
    """The thing whose dimension is told: the noun the figure hangs on, else the subject of its clause."""
    above = t.tokens[token].head
    if t.tokens[above].pos in ("NOUN", "PROPN") and above not in inside and t.tokens[token].dep in ("nmod", "appos"):
        return above
    subject = antecedent(t, verb) if verb is not None else None
    return subject if subject is not None and t.tokens[subject].pos in ("NOUN", "PROPN") and subject not in inside else None


def antecedent(t: Tree, verb: int) -> int | None:
    """The subject of a clause; of a relative one the noun that it is about."""
    subject = subject_at(t, verb)
    if subject is not None and t.tokens[subject].lower in ("que", "cual"):
        return t.tokens[verb].head if t.tokens[verb].dep.startswith("acl") else None
    above = t.tokens[verb].head
    if subject is None and t.tokens[verb].dep == "conj" and above != verb and is_verb(t.tokens[above]):
        return antecedent(t, above)
    return subject


def genitive(a: Analysis, t: Tree, q: Quantity, noun: int) -> str:
    """ "de" with a noun and what belongs to it: "una reunión en Lima" → "de la reunión en Lima", "Guyana" → "de Guyana"."""
    tokens = t.tokens
    x = tokens[noun]
    words = noun_phrase(a, t, q, noun, noun)
    words = re.sub(r"^tod[oa]s? (?:el |la |los |las )?", "", words)
    article = next((tokens[k] for k in reversed(t.kids[noun]) if k < noun and tokens[k].pos == "DET"), None)
    if x.pos == "PROPN" and article is None:
        return f"de {words}"
    if article is not None and article.lower == "cada":
        return f"de {article.lower} {words}"
    feminine = "Gender=Fem" in article.morph if article is not None and "Gender=" in article.morph else is_feminine(x.lower, x)
    plural = "Number=Plur" in x.morph
    if article is not None and article.lower in ("el", "al", "del"):
        feminine = False  # "el agua"
    return f"{article_of(feminine, plural)} {words}"
