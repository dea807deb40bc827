"""A counted thing with what its clause says of it, in as few words as a table's row: "litros decomisados por la ANH".

The verb becomes a participle ("retuvo 52 cisternas" → "cisternas retenidas en Corumbá", "murieron cuatro soldados" → "soldados muertos"),
what stays as it is keeps only its participle ("quedaron atrapadas 1.300 personas" → "personas atrapadas en la frontera"), what somebody
has becomes "con" ("cubanos con orden de expulsión"). ``None`` where the clause has to stay a relative one.
"""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.clause_words import LONGEST, is_dated, plain_words, subject_at, subject_words
from kg.extract.lexicon import ARRIVING, STAYING
from kg.extract.syntax import SUBJECTS, Tree, case, has_se, is_finite, is_verb, negated
from kg.extract.uncounted import DYING
from kg.extract.word_forms import agreeing, is_feminine, nominal, one_of, participle
from kg.extract.words import word_list
from kg.model import Quantity

#: Verbs whose object is not what they do something to.
_NOT_DONE: Final = frozenset(
    {"dejar", "suponer", "representar", "cumplir", "superar", "alcanzar", "llevar", "querer", "necesitar", "costar", "implicar"}
    | {
        "significar",
        "cruzar",
        "pasar",
        "causar",
        "provocar",
        "sufrir",
        "exigir",
        "pedir",
        "prometer",
        "haber",
        "comenzar",
        "empezar",
    }
)
#: Verbs whose object their subject has: "opera catorce vuelos" → "vuelos de AeroIberia".
_HAVING: Final = frozenset({"tener", "mantener", "operar", "poseer", "disponer", "sumar", "acumular"})
#: What follows these says where, to what or against what.
_WHERE: Final = frozenset(
    {"a", "en", "hacia", "ante", "contra", "frente", "por", "desde", "entre", "bajo", "sobre", "durante", "tras"}
)
#: Verbs that are done to nothing: a noun that the parser hangs on them as an object is their subject.
_INTRANSITIVE: Final = frozenset(
    word_list(
        "residir vivir habitar quedar existir faltar esperar aguardar trabajar pasar entrar salir venir ir volver regresar dormir transitar"
        " participar asistir acudir protestar marchar votar emigrar desfilar acampar combatir luchar circular cruzar zarpar partir viajar"
        " llegar arribar aparecer morir fallecer caer atracar nacer huir ingresar figurar"
    )
)
_LEAVING: Final = frozenset(word_list("salir partir zarpar venir llegar regresar huir importar comprar recibir traer obtener"))
#: A place that the parser hung on the counted thing.
_PLACE_IN_PHRASE: Final = re.compile(
    r" (?:(?:cerca de|frente a|a|en|hacia|contra|desde) (?=[A-ZÁÉÍÓÚ]|(?:el|la|los|las) )|al ).*$"
)
_SENDING: Final = frozenset(
    word_list(
        "enviar mandar despachar trasladar desplegar entregar vender exportar donar deportar devolver expulsar repatriar extraditar lanzar"
        " destinar llevar"
    )
)
_TOLD: Final = re.compile(r"\w[ai]d[oa]s? por ")
_TIME: Final = frozenset(word_list("minuto hora día noche semana mes trimestre semestre año década"))
_OFTEN: Final = re.compile(r"\b(?:a diario|diariamente|cada (?:día|noche|semana|mes|año))\b")
#: Units that are no things: what is produced in them is a production.
_UNITS: Final = frozenset(word_list("kilómetros megavatios gigavatios kilovatios teravatios barriles toneladas quintales"))
_PRODUCING: Final = frozenset(
    word_list(
        "recorrer transportar generar producir bombear extraer consumir exportar importar cosechar pescar suministrar almacenar"
    )
)
_PEOPLE: Final = frozenset({"personas", "gente", "individuos", "seres humanos"})


def reduced(a: Analysis, t: Tree, q: Quantity, phrase: str, counted: int, verb: int, *, plural: bool) -> str | None:
    """``phrase``, whose place in the clause of ``verb`` token ``counted`` is, told with its clause; -1 makes it the subject."""
    tokens = t.tokens
    if negated(t, verb) or not (is_verb(tokens[verb]) or tokens[verb].pos == "ADJ"):
        return None
    if _TOLD.search(phrase) is not None:
        return phrase  # "dosis donadas por Brasil": it says enough
    lemma = tokens[verb].lemma
    moving = lemma in _INTRANSITIVE and not any(k != counted and not case(t, k) for k in t.children(verb, "obj", "nsubj"))
    subject = counted < 0 or tokens[counted].dep in SUBJECTS or moving
    others = (k for k in t.children(verb, "obj", "nsubj") if k != counted and not is_dated(a, t, k))
    passive = (subject and has_se(t, verb) and not any(others)) or any(
        tokens[k].lemma == "ser" for k in t.children(verb, "aux:pass", "aux", "cop")
    )
    head = phrase.split()[0]
    token = next((x for x in tokens if x.text == head and x.pos == "NOUN"), None)
    feminine = is_feminine(head, token)
    lex = a.lexicon.classes
    state = _state(t, verb, counted, lex[STAYING], plural)
    if state is not None and (subject or tokens[counted].dep == "obj" or not case(t, counted)):
        at, word = state
        return _told(a, t, q, _bare(phrase), agreeing(_masculine(word), feminine, plural), at, counted)
    if subject and lemma == "tener":
        if any(case(t, k) == "como" for k in t.kids[verb]):
            return None
        had = next((k for k in t.kids[verb] if tokens[k].dep == "obj" and k > verb and k != counted), None)
        words = plain_words(tokens[t.left[had] : t.right[had]]) if had is not None else ""
        return f"{phrase} con {words}" if 0 < len(words.split()) < 8 else None
    if lemma in _INTRANSITIVE and lemma not in lex[ARRIVING]:
        return _being(a, t, q, _bare(phrase), verb, counted, plural)
    made = participle(lemma)
    if made is None or _infinitive_above(t, verb):
        return None
    if lemma in DYING and (passive or not subject or lemma != "matar"):
        return _dead(a, t, q, phrase, counted, verb, subject, lemma, feminine, plural)
    if subject and not passive:
        if lemma not in lex[ARRIVING] or tokens[verb].lemma in ("ser", "estar"):
            return None
        return _told(a, t, q, _bare(phrase), agreeing(made, feminine, plural), verb, counted)
    if (
        not subject
        and tokens[counted].dep not in ("obj", "iobj")
        and not (tokens[counted].dep in ("obl", "nmod") and case(t, counted) in ("", "a"))
    ):
        return None
    if lemma in _NOT_DONE:
        return None
    actor = "" if passive else doer(a, t, q, verb, counted)
    if lemma in _HAVING:
        where = _where(a, t, q, verb, counted)
        return f"{phrase} {where}" if where else f"{phrase} {of_words(actor)}" if actor else phrase
    if head in _UNITS and (flow := nominal(a.document.article.language, lemma)) is not None and lemma in _PRODUCING:
        return f"{flow.noun} {of_words(actor)}" if actor else flow.noun
    return _told(a, t, q, _bare(phrase), agreeing(made, feminine, plural), verb, counted, actor)


def doer(a: Analysis, t: Tree, q: Quantity, verb: int, counted: int) -> str:
    """Who does it, in the words of the clause; for "que" the noun it stands for; "" where that is not said or too long."""
    subject = subject_at(t, verb)
    tokens = t.tokens
    if subject is not None and tokens[subject].lower in ("que", "cual", "quien"):
        above = tokens[verb].head
        if (
            not tokens[verb].dep.startswith("acl")
            or above >= verb
            or tokens[above].pos not in ("NOUN", "PROPN")
            or above == counted
        ):
            return ""
        words = plain_words(tokens[t.left[above] : t.left[verb]])
        words = re.sub(r"^(?:a|de|por|con|en|para|ante|según) ", "", words)
        return words if 0 < len(words.split()) < 7 else ""
    named = subject is not None and (
        tokens[subject].pos == "PROPN" or any(tokens[k].lower in ("el", "la", "los", "las", "su", "sus") for k in t.kids[subject])
    )
    if subject is not None and not named:
        return ""
    if subject is None and tokens[verb].dep == "conj" and is_verb(tokens[tokens[verb].head]):
        return doer(a, t, q, tokens[verb].head, counted)
    words = subject_words(a, t, q, verb, counted)
    return "" if any(c.isdigit() for c in words) else words


def of_words(words: str) -> str:
    """ "de" before a noun with its article: "el consulado" → "del consulado"."""
    words = re.sub(r"^(?:un|una|unos|unas|su|sus|este|esta|ese|esa) ", "", words)
    return f"del {words[3:]}" if words.startswith("el ") else f"de {words}"


def _sends(t: Tree, verb: int) -> bool:
    """Whether a verb sends what it is done to somewhere: a "vuelo a Caracas" is cancelled as such, a "soldado a Haití" is none."""
    return t.tokens[verb].lemma in _SENDING


def _told(a: Analysis, t: Tree, q: Quantity, phrase: str, made: str, verb: int, counted: int, actor: str = "") -> str:
    where = _where(a, t, q, verb, counted)
    found = _PLACE_IN_PHRASE.search(phrase) if not where else None
    if found is not None and (not found.group().startswith(" a") or _sends(t, verb)):
        phrase, where = phrase[: found.start()], found.group().strip()  # "viviendas | demolidas | en Jericó"
    tail = where or (f"por {actor}" if actor else "")
    if phrase in ("hectáreas", "hectómetros cúbicos"):
        phrase, made = (
            ("superficie", made.removesuffix("s")) if phrase == "hectáreas" else ("agua", made.removesuffix("os") + "a")
        )
    return " ".join(f"{phrase} {made} {tail}".split()[:LONGEST])


def _being(a: Analysis, t: Tree, q: Quantity, phrase: str, verb: int, counted: int, plural: bool) -> str | None:
    """What is somewhere or goes along somewhere: "En España residen 412.000 venezolanos" → "venezolanos residentes en España"."""
    x = t.tokens[verb]
    where = _where(a, t, q, verb, counted)
    if x.lemma in ("quedar", "existir", "faltar"):
        return f"{phrase} {where}".strip()
    if x.lemma == "residir":
        return f"{phrase} residente{'s' if plural else ''} {where}".strip()
    often = _OFTEN.search(a.text, t.tokens[t.left[verb]].start, t.tokens[t.right[verb] - 1].end)
    aux = next((t.tokens[k] for k in t.children(verb, "aux") if is_finite(t.tokens[k])), None)
    finite = aux or x
    if not is_finite(finite) or not (where or often) or (plural and "Number=Plur" not in finite.morph):
        return None
    crossed = next(
        (k for k in t.children(verb, "obj") if k != counted and any(t.tokens[i].pos == "DET" for i in t.kids[k])), None
    )
    if crossed is not None:
        where = f"{plain_words(t.tokens[t.left[crossed] : t.right[crossed]])} {where}"
    if phrase == "hectómetros cúbicos":
        phrase, plural = "agua", False
    form = finite.lower if plural or "Number=Plur" not in finite.morph else one_of(finite.lower)
    form = f"{form} {x.lower}" if aux is not None else form
    return " ".join(f"{phrase} que {form} {often.group() if often else ''} {where}".split()[:LONGEST])


def _dead(
    a: Analysis,
    t: Tree,
    q: Quantity,
    phrase: str,
    counted: int,
    verb: int,
    subject: bool,
    lemma: str,
    feminine: bool,
    plural: bool,
) -> str:
    """ "murieron siete personas en el incendio" → "muertos en el incendio", "asesinaron a tres jueces" → "jueces asesinados"."""
    cause = next((k for k in t.kids[verb] if k > verb and case(t, k) in ("por", "a causa de") and k != counted), None)
    tail = plain_words(t.tokens[t.left[cause] : t.right[cause]]) if cause is not None else _where(a, t, q, verb, counted)
    upon = next((k for k in t.kids[verb] if k > verb and t.tokens[k].dep == "advcl" and case(t, k) in ("al", "tras")), None)
    if not tail and upon is not None and "VerbForm=Inf" in t.tokens[upon].morph:
        tail = " ".join(plain_words(t.tokens[t.left[upon] : t.right[upon]]).split()[:8])
    if not tail and not subject and (actor := doer(a, t, q, verb, counted)):
        tail = f"por {actor}"
    if lemma in ("morir", "matar", "perecer", "fallecer", "ahogar") and phrase.split()[0] in _PEOPLE:
        return " ".join(f"{agreeing(participle(lemma) or 'muerto', False, plural)} {tail}".split()[:LONGEST]).replace(
            "fallecid", "muert"
        )
    return " ".join(f"{_bare(phrase)} {agreeing(participle(lemma) or 'muerto', feminine, plural)} {tail}".split()[:LONGEST])


def _state(t: Tree, verb: int, counted: int, staying: frozenset[str], plural: bool) -> tuple[int, str] | None:
    """The participle that tells how something is or stays, and whose complements tell where."""
    tokens = t.tokens
    x = tokens[verb]
    if "VerbForm=Part" in x.morph or x.pos == "ADJ":
        held = [k for k in t.kids[verb] if tokens[k].dep in ("aux", "aux:pass", "cop") and tokens[k].lemma in staying]
        if held or (x.pos == "ADJ" and t.children(verb, "cop")):
            return verb, x.lower
        return None
    if x.lemma not in staying and x.lemma != "tener":
        return None
    found = next(
        (
            k
            for k in t.kids[verb]
            if k != counted
            and k > verb
            and tokens[k].dep in ("xcomp", "amod", "obj", "advcl", "acl", "obl", "ccomp", "nsubj")
            and tokens[k].lower.endswith("s") == plural
            and not t.children(k, "aux")
            and (
                "VerbForm=Part" in tokens[k].morph
                or (tokens[k].pos == "ADJ" and x.lemma in staying)
                or (tokens[k].dep == "xcomp" and not t.kids[k])
            )
        ),
        None,
    )
    if found is None and counted >= 0:
        found = next((k for k in t.kids[counted] if verb < k < counted and "VerbForm=Part" in tokens[k].morph), None)
    return (found, tokens[found].lower) if found is not None else None


def _masculine(word: str) -> str:
    """A participle or adjective as the text has it, in the masculine singular: "heridas" → "herido"."""
    bare = word.removesuffix("s")
    return bare[:-1] + "o" if bare.endswith("a") else bare.removesuffix("e") if word.endswith("les") else bare


def _infinitive_above(t: Tree, verb: int) -> bool:
    """Whether the verb only completes another, which says that it is not simply so: "ha dejado de exportar"."""
    x = t.tokens[verb]
    return "VerbForm=Inf" in x.morph and not any(t.tokens[k].lemma == "haber" for k in t.children(verb, "aux"))


def _bare(phrase: str) -> str:
    """A noun phrase without what it carries and without its relative clause: "camiones argentinos | con peras"."""
    return re.split(r"(?<=\w) (?:que|con) ", phrase, maxsplit=1)[0]


def _where(a: Analysis, t: Tree, q: Quantity, verb: int, counted: int) -> str:
    """The complement that says where, to whom or against what, first behind the verb, then before it."""
    tokens = t.tokens
    found = [
        k
        for k in t.kids[verb]
        if k != counted
        and (tokens[k].dep in ("obl", "obl:arg", "iobj", "xcomp", "nmod") or (tokens[k].dep == "obj" and case(t, k) == "a"))
        and tokens[k].pos in ("NOUN", "PROPN")
        and (case(t, k) in _WHERE or (case(t, k) == "de" and tokens[verb].lemma in _LEAVING))
    ]
    relative = (k for k in t.kids[verb] if k < verb and tokens[k].lower in ("que", "cual", "donde"))
    led = next((k for k in relative if case(t, k) in _WHERE or tokens[k].lower == "donde"), None)
    above = tokens[verb].head
    if led is not None and tokens[verb].dep.startswith("acl") and above < led and tokens[above].pos in ("NOUN", "PROPN"):
        words = re.sub(r"^(?:a|ante|con|de|en|para|por) ", "", plain_words(tokens[t.left[above] : min(t.left[verb], led)]))
        link = case(t, led) or "en"
        return f"{link} {words}".replace("en un ", "en el ").replace("en una ", "en la ") if 0 < len(words.split()) < 7 else ""
    for k in sorted(found, key=lambda k: (k < verb, k)):
        first, last = t.left[k], t.right[k]
        if t.tokens[k].end <= q.span.start < t.tokens[last - 1].end:  # the parser hung the figure on it
            last = next(i for i in range(k, last) if t.tokens[i].end > q.span.start)
        if any(tokens[i].pos == "PUNCT" for i in range(verb + 1, first)) and k > verb:
            break
        span = t.span(first, last)
        if any(d.span.start <= tokens[k].start < d.span.end for d in a.dates_in(span)):
            continue
        if any(o.value is not None for o in a.quantities_in(span)) or tokens[k].lemma in _TIME:
            continue
        if not (tokens[k].pos == "PROPN" or any(tokens[i].pos == "DET" for i in t.kids[k])):
            continue
        words = plain_words(tokens[first:last], a.dates_in(span)).split(" que ")[0]
        if 1 < len(words.split()) < 8:
            return words[:1].lower() + words[1:]
    return ""
