"""Who the text names as the source of words: outlets, relays, owners of an answer, "según X".

Surface constructions A3 and A5 to A7 of the pattern catalogue; nothing here decides which words are meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.syntax import SUBJECTS, Tree, case, is_finite, is_verb

CUE_NOUNS = {
    "respuesta",
    "fórmula",
    "frase",
    "mensaje",
    "palabra",
    "lema",
    "consigna",
    "postura",
    "posición",
    "conclusión",
    "advertencia",
    "explicación",
    "resumen",
    "diagnóstico",
    "balance",
    "réplica",
    "comentario",
    "versión",
    "tesis",
    "promesa",
    "sentencia",
    "condición",
    "aviso",
    "ultimátum",
    "exigencia",
}

#: What an outlet does with its sources, and on what it rests: "con base en", "a partir de", "basándose en". How far behind they stand.
_CITING = frozenset({"citando", "cita", "citó", "consultando", "entrevistando"})
_GROUNDS = frozenset({"base", "testimonio", "partir", "basándose", "basado", "basada", "apoyándose", "apoyado", "fundándose"})
_CITED = 9
#: Concepts of verbs that "según" goes with: "según confirmó el ministro".
_SAID = frozenset({"saying", "claiming", "confirming"})

_RELAYED = {"citar", "consultar", "entrevistar", "recoger", "contactar"}

#: How far behind a verb of saying the outlet spoken to may stand, in tokens.
_REACH = 14
_INTERVIEWED = ("entrevistad", "preguntad", "consultad", "requerid", "interrogad")
_TALK = frozenset({"declaraciones", "entrevista", "conversación", "diálogo", "comparecencia"})
_ON_AIR = frozenset({"micrófonos", "cámaras", "pantallas", "páginas", "web", "antena", "estudios", "programa"})
#: What belongs to an outlet and carries no words: "dijo en la sede de Radio X".
_PREMISES = frozenset({"sede", "puerta", "puertas", "redacción", "edificio", "entrada", "director", "corresponsal", "periodista"})
_OUTLETS = frozenset(
    {"diario", "periódico", "portal", "digital", "agencia", "cadena", "radio", "emisora", "canal", "red", "revista"}
) | {
    "semanario",
    "sitio",
    "televisora",
    "rotativo",
    "matutino",
    "vespertino",
    "noticiero",
}

_SOURCES = ("según", "de acuerdo con", "a juicio de", "en palabras de", "en opinión de", "a decir de", "conforme a", "para")


def venue(a: Analysis, t: Tree, verb: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outlet somebody spoke to or through ("declaró a Radio X", "en la red X"), and whom they addressed."""
    via: list[str] = []
    addressee: list[str] = []
    spoken_to: list[str] = []
    stack = [k for k in t.kids[verb] if t.tokens[k].dep in ("obl", "obl:arg", "obj", "nmod", "iobj", "obl:agent")]
    for k in stack:
        preposition = case(t, k)
        found = a.actors(t, k) or tuple(
            x
            for m in t.kids[k]
            if t.tokens[m].dep in ("nmod", "appos", "flat", "nummod")
            for x in a.resolution.of(t.sentence.index, m)
        )
        for x in found:
            kind = a.resolution.actors[x].kind
            elsewhere = t.tokens[k].lower in _PREMISES
            if preposition in ("a", "en", "con", "ante", "por", "de") and kind == "MediaOutlet" and not elsewhere:
                via.append(x)
                spoken_to += [x] if preposition in ("a", "con", "ante") else []
            elif preposition in ("a", "ante"):
                addressee.append(x)
    if not via:
        via, spoken_to = list(_beside(a, t, verb)), []
        spoken_to += [x for x in via if not _through(a, t, x)]
    return tuple(via), tuple(addressee) or tuple(spoken_to)


def _through(a: Analysis, t: Tree, outlet: str) -> bool:
    """Whether somebody speaks through an outlet of the sentence, "en X", and not to it."""
    named = (
        m.first
        for m, found in zip(a.resolution.mentions, a.resolution.ids, strict=True)
        if m.sentence == t.sentence.index and outlet in found
    )
    return any(outlet_at(a, t, first, ("en",)) for first in named)


def _beside(a: Analysis, t: Tree, verb: int) -> tuple[str, ...]:
    """The outlet beside a verb of saying, wherever the parser hung it: "aseguró el jueves a Radio X", "Entrevistado por X, admitió"."""
    tokens = t.tokens
    for k in range(verb + 1, min(verb + _REACH, len(tokens))):
        other = is_verb(tokens[k]) and is_finite(tokens[k])
        if tokens[k].text in ':;.¿?«“"' or tokens[k].lower in ("que", "como", "según", "y") or other:
            break
        found = outlet_at(a, t, k, ("en", "a", "al", "ante"))
        if found:
            return found
    opened = next((k for k in range(verb) if tokens[k].lower.startswith(_INTERVIEWED) or tokens[k].lower in _TALK), None)
    for k in range(verb) if opened is None else range(opened + 1, verb):
        found = outlet_at(a, t, k, ("por", "a", "al", "en", "con") if opened is not None else ("en",))
        if found and (opened is not None or _opens(t, k)):
            return found
    return ()


def _opens(t: Tree, k: int) -> bool:
    """Whether the phrase with token ``k`` opens the sentence and a comma closes it: "En Radio X, el ministro dijo"."""
    comma = next((m for m in range(k, len(t.tokens)) if t.tokens[m].text == ","), len(t.tokens))
    return comma - k <= 3 and t.tokens[0].lower in ("en", "ante")


def outlet_at(a: Analysis, t: Tree, k: int, prepositions: tuple[str, ...]) -> tuple[str, ...]:
    """The outlet whose name begins at token ``k`` behind one of the prepositions: "en X", "en los micrófonos de X", "a la emisora X"."""
    index = a.resolution.at.get((t.sentence.index, k))
    if index is None or a.resolution.mentions[index].first != k:
        return ()
    found = a.resolution.ids[index]
    if len(found) != 1 or a.resolution.actors[found[0]].kind != "MediaOutlet":
        return ()
    j = k - 1
    if j > 0 and t.tokens[j].lower in ("de", "del") and t.tokens[j - 1].lower in _ON_AIR:
        j -= 2
    elif j > 1 and t.tokens[j].lower == "la" and t.tokens[j - 1].lower == "de" and t.tokens[j - 2].lower in _ON_AIR:
        j -= 3
    while j > 0 and (t.tokens[j].pos in ("DET", "ADJ") or t.tokens[j].lower in _OUTLETS or t.tokens[j].lower in ("el", "la")):
        j -= 1
    return found if j >= 0 and t.tokens[j].lower in prepositions else ()


def cited(a: Analysis, t: Tree, outlet: str, first: int, end: int) -> tuple[str, ...]:
    """Whose word an outlet passes on, told between tokens ``first`` and ``end``: "citando a un asesor", "que cita a dos diputados",
    "con base en el testimonio de tres exministros"; nobody where it is told of documents only."""
    tokens = t.tokens
    for i in range(first, min(end, len(tokens))):
        word = tokens[i].lower
        citing = word in _CITING or (word in _GROUNDS and i + 1 < len(tokens) and tokens[i + 1].lower in ("en", "de", "del"))
        if not citing:
            continue
        for k in range(i + 1, min(i + _CITED, end, len(tokens))):
            if tokens[k].text in (",", ";", ":") or tokens[k].lower == "que":
                break
            found = tuple(x for x in a.actors(t, k) or a.resolution.of(t.sentence.index, k) if x != outlet)
            if found and a.resolution.actors[found[0]].kind in ("Person", "Group"):
                return found
    return ()


def relay_of_subject(a: Analysis, t: Tree, f: Frame) -> tuple[str, ...]:
    return relay(a, t, f.subject) if f.subject is not None and f.subject < len(t.tokens) else ()


def relay(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """The outlet in "funcionarios citados por el NYT": a participle behind the noun, wherever the parser hung it."""
    right = max(t.right[noun], noun + 1)
    for j in range(noun + 1, min(right + 1, len(t.tokens))):
        if t.tokens[j].lemma in _RELAYED or t.tokens[j].lower.startswith(("citad", "consultad", "entrevistad", "recogid")):
            for k in range(j + 1, min(j + 9, len(t.tokens))):
                for x in a.resolution.of(t.sentence.index, k):
                    if a.resolution.actors[x].kind == "MediaOutlet":
                        return (x,)
                if t.tokens[k].text == ",":
                    break
    return ()


def owner(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """Whose "respuesta" or "fórmula" it is: its "de", its demonym, or the subject of the clause it is the object of."""
    for k in t.kids[noun]:
        if t.tokens[k].dep == "nmod" and case(t, k) == "de" and a.actors(t, k):
            return a.actors(t, k)
    head = t.tokens[noun].head
    while not is_verb(t.tokens[head]) and t.tokens[head].head != head and t.tokens[head].dep in ("obj", "obl", "nmod", "conj"):
        head = t.tokens[head].head  # "ha elevado la reclamación a condición: …"
    for k in t.kids[head]:
        if t.tokens[k].dep == "nsubj" and k != noun and a.actors(t, k):
            return a.actors(t, k)
    country = a.demonym(t, noun)
    return (a.government(country),) if country else ()


def _taken_up(a: Analysis, t: Tree, first: int, pronoun: int) -> tuple[str, ...]:
    """Whom "quien" takes up: "La presidenta, para quien Colombia «…»", "el ministro, según el cual …"."""
    tokens = t.tokens
    if pronoun < len(tokens) and tokens[pronoun].lower in ("el", "la", "los", "las"):
        pronoun += 1
    if pronoun >= len(tokens) or tokens[pronoun].lower not in ("quien", "quienes", "cual", "cuales") or first < 2:
        return ()
    if tokens[first - 1].text != ",":
        return ()
    return a.resolution.of(t.sentence.index, first - 2)


def _pronoun(a: Analysis, t: Tree, i: int) -> tuple[str, ...]:
    """Whom "él", "ella", "ellos" behind "según" mean: the person, or the group, named last before it."""
    if i >= len(t.tokens) or t.tokens[i].lower not in ("él", "ella", "ellos", "ellas"):
        return ()
    kind = "Group" if t.tokens[i].lower.endswith("s") else "Person"
    for m, ids in zip(reversed(a.resolution.mentions), reversed(a.resolution.ids), strict=True):
        if m.span.start < t.tokens[i].start and ids and a.resolution.actors[ids[0]].kind == kind:
            return ids
        if m.sentence < t.sentence.index - 3:
            break
    return ()


def according(a: Analysis, t: Tree, behind: int = 0) -> tuple[tuple[str, ...], tuple[str, ...], int, int] | None:
    """The first source of "según X", "de acuerdo con X" from token ``behind`` on: source, relaying outlet, first token, end token."""
    tokens = t.tokens
    for i in range(behind, len(tokens)):
        lower = tokens[i].lower
        phrase = None
        if lower in ("según", "conforme"):
            phrase = 1
        elif (lower == "de" and i + 2 < len(tokens) and tokens[i + 1].lower == "acuerdo" and tokens[i + 2].lower == "con") or (
            lower in ("a", "en")
            and i + 2 < len(tokens)
            and tokens[i + 1].lower in ("juicio", "palabras", "opinión", "decir")
            and tokens[i + 2].lower in ("de", "del")
        ):
            phrase = 3
        elif lower == "para" and i == 0 and len(tokens) > 3:
            phrase = 1
        if phrase is not None or lower == "para":
            pronoun = i + (phrase or 1)
            who = _taken_up(a, t, i, pronoun) or (_pronoun(a, t, pronoun) if phrase is not None else ())
            if who:
                return who, (), i, pronoun + 1
        if phrase is None:
            continue
        said = _said(a, t, i + phrase) if lower in ("según", "conforme") else None
        if said is not None:
            who, outlets, end = said
            return who, outlets, i, end
        for j in range(i + phrase, min(i + phrase + 9, len(tokens))):
            if tokens[j].text == "," and j + 1 < len(tokens) and a.resolution.of(t.sentence.index, j + 1) and j > i + phrase:
                continue  # "según la empresa promotora, Interconexión del Istmo"
            if tokens[j].text == "," or (is_verb(tokens[j]) and tokens[j].lemma not in _RELAYED):
                break
            found = a.resolution.of(t.sentence.index, j)
            if found:
                index = a.resolution.at[(t.sentence.index, j)]
                end = a.resolution.mentions[index].last
                if lower == "para" and a.resolution.actors[found[0]].kind not in ("Person", "Group"):
                    break
                outlets = relay(a, t, j)
                if all(a.resolution.actors[x].kind == "MediaOutlet" for x in found):
                    outlets = found
                return found, outlets, i, end
    return None


def _said(a: Analysis, t: Tree, first: int) -> tuple[tuple[str, ...], tuple[str, ...], int] | None:
    """The source of "según informó ayer a la prensa la Cancillería" from the word behind "según" on: source, relaying outlet, end token."""
    tokens = t.tokens
    verb = first
    while verb + 1 < len(tokens) and tokens[verb].lower in ("lo", "le", "les", "se", "ya", "ha", "han", "había", "habían"):
        verb += 1
    if verb >= len(tokens) or not any(v.concept in _SAID for v in a.lexicon.verbs.get(tokens[verb].lemma, ())):
        return None
    j = verb + 1
    while j < min(verb + _REACH, len(tokens)):
        if tokens[j].text in ",;:." or tokens[j].lower == "que" or (is_verb(tokens[j]) and is_finite(tokens[j])):
            return None
        index = a.resolution.at.get((t.sentence.index, j))
        if index is None:
            j += 1
            continue
        mention, found = a.resolution.mentions[index], a.resolution.ids[index]
        before = mention.first - 1
        while before > verb and tokens[before].pos in ("DET", "ADJ", "NUM"):
            before -= 1
        if found and (before == verb or tokens[before].pos != "ADP"):
            outlet = all(a.resolution.actors[x].kind == "MediaOutlet" for x in found)
            sources = cited(a, t, found[0], mention.last, len(tokens)) if outlet else ()
            return sources or found, found if outlet else relay(a, t, j), mention.last
        j = max(mention.last, j + 1)
    return None


def appearances(a: Analysis, block: int) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """Who appeared in which outlet in a paragraph, from which character on: "redobló anoche la apuesta en Canal Federal"."""
    for t in a.trees:
        if t.sentence.block != block:
            continue
        root = next((k for k, x in enumerate(t.tokens) if x.head == k), 0)
        who = next((found for k in t.children(root, *SUBJECTS) if (found := a.actors(t, k))), ())
        for k, token in enumerate(t.tokens):
            outlet = outlet_at(a, t, k, ("en", "ante")) if who else ()
            if outlet and a.quote_at(token.start) is None:
                yield token.start, who, outlet
