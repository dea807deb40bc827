"""Who the text names as the source of words: outlets, relays, owners of an answer, "según X".

Surface constructions A3 and A5 to A7 of the pattern catalogue; nothing here decides which words are meant.
"""

from __future__ import annotations

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.syntax import Tree, case, is_verb

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

_RELAYED = {"citar", "consultar", "entrevistar", "recoger", "contactar"}

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
            if preposition in ("a", "en", "con", "ante", "por", "de") and kind == "MediaOutlet":
                via.append(x)
                spoken_to += [x] if preposition in ("a", "con", "ante") else []
            elif preposition in ("a", "ante"):
                addressee.append(x)
    return tuple(via), tuple(addressee) or tuple(spoken_to)


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


def according(a: Analysis, t: Tree) -> tuple[tuple[str, ...], tuple[str, ...], int, int] | None:
    """The source of "según X", "de acuerdo con X": source, relaying outlet, first token, end token."""
    tokens = t.tokens
    for i, token in enumerate(tokens):
        lower = token.lower
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
        for j in range(i + phrase, min(i + phrase + 9, len(tokens))):
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
