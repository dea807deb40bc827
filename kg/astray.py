"""Hangs clauses where they belong that the parser hung on the noun or the verb nearest to them.

Mistakes that it makes again and again, each known by the form of the words around it:

* the clause of a verb of saying behind an aside: "publicó el lunes, con base en tres fuentes, que hay …", "advirtió por su parte de que …";
* a second verb of saying joined to what the first one tells: "aseguró que la nave había entrado sin permiso y exigió una disculpa";
* a subject taken for a part of the source before it: "Según el diario El Faro, agentes de la policía entraron …";
* a main verb hung on a relative clause before it: "Un asesor que pidió reserva lo admite";
* a verb hung on the adjective of its subject, "la Armada chilena remolcó …", a noun taken for a verb, "el 60 % de la factura", and
  "debe una disculpa" read as if "debe" were a copula.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.lost_verbs import is_tree
from kg.model import Token
from kg.vocabulary import BR, ontology_store

_TELLING: Final = ("saying", "claiming", "confirming", "denies")
_MOVES: Final = (
    *_TELLING,
    "accuse",
    "request",
    "offering",
    "refusal",
    "threaten",
    "acceptance",
    "supports",
    "opposes",
    "promise",
    "doubts",
)
_SMALL: Final = frozenset({"a", "de", "con", "por", "en", "se", "como", "ante", "para"})
#: What a verb of saying has beside it in the way of a turn: "por su parte", "por separado", "por otro lado".
_TURNS: Final = frozenset({"parte", "separado", "lado", "vez", "turno", "cuenta"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_ARTICLES: Final = frozenset({"el", "la", "los", "las", "un", "una"})
_SOURCES: Final = frozenset({"según", "conforme"})
#: What may stand between "y" and the verb that it joins.
_LEANING: Final = frozenset({"le", "les", "lo", "la", "los", "las", "se", "también", "además", "luego", "después", "así"})


def set_right(tokens: list[Token], demonyms: Set[str]) -> list[Token]:
    """The sentence with those clauses and subjects where they belong; ``demonyms`` are the adjectives of countries and places."""
    words = {token.lower for token in tokens}
    for token in tuple(tokens):
        if token.pos == "VERB" and "VerbForm=Fin" in token.morph:
            if _hung_on_adjective(tokens, token, demonyms):
                tokens = _raised(tokens, token.i)
            elif _behind_relative(tokens, token):
                tokens = _main(tokens, token.i)
            elif (
                token.i > 1
                and token.text.islower()
                and tokens[token.i - 1].lower in _ARTICLES
                and _noun_after_all(tokens, token.i)
            ):
                tokens = _as_noun(tokens, token.i)
        elif token.lemma == "deber" and token.dep == "cop":
            tokens = _owing(tokens, token)
    if "que" in words:
        tokens = _told(tokens)
        tokens = _joined(tokens)
    if words & _SOURCES or "acuerdo" in words:
        tokens = _behind_source(tokens)
    return tokens


def _hung_on_adjective(tokens: list[Token], verb: Token, demonyms: Set[str]) -> bool:
    """Whether a verb hangs on the demonym right before it: "la Armada | chilena ← remolcó", "la Aduana | paraguaya ← los conoce"."""
    above = verb.head
    if above >= verb.i or above < 1 or tokens[above].lower not in demonyms or tokens[above - 1].pos not in ("NOUN", "PROPN"):
        return False
    between = tokens[above + 1 : verb.i]
    copula = any(x.head == above and x.dep == "cop" for x in tokens)
    return not copula and all(x.lower in _LEANING or x.pos in ("ADV", "AUX") or x.text in '«“"' for x in between)


def _raised(tokens: list[Token], verb: int) -> list[Token]:
    """The sentence with the verb in the place of the adjective it hung on, and the adjective's noun as its subject."""
    adjective = tokens[verb].head
    noun = adjective - 1
    while tokens[noun].dep == "flat" and tokens[noun].head < noun:
        noun = tokens[noun].head
    top = tokens[adjective].head
    out = []
    for x in tokens:
        if x.i == verb:
            root = top == adjective
            dep = "ROOT" if root else "conj" if tokens[adjective].dep in ("nsubj", "amod", "appos") else tokens[adjective].dep
            out.append(replace(x, dep=dep, head=verb if root else top))
        elif x.i == adjective:
            out.append(replace(x, pos="ADJ", dep="amod", head=noun))
        elif x.i == noun:
            out.append(replace(x, dep="nsubj", head=verb))
        elif x.head == adjective and x.dep not in ("det", "amod"):
            out.append(replace(x, head=verb))
        else:
            out.append(replace(x, head=noun) if x.head == adjective else x)
    return out if is_tree(out) else tokens


def _behind_relative(tokens: list[Token], verb: Token) -> bool:
    """Whether a verb hangs on that of a relative clause whose noun heads the sentence: "Un asesor que pidió reserva ← lo admite"."""
    relative = tokens[verb.head]
    noun = tokens[relative.head]
    return (
        verb.dep in ("xcomp", "obj")
        and relative.dep == "acl:relcl"
        and noun.i < relative.i < verb.i
        and noun.head == noun.i
        and not any(x.lower in ("que", "y", "o", "si") or x.text == "," for x in tokens[relative.i + 1 : verb.i])
    )


def _main(tokens: list[Token], verb: int) -> list[Token]:
    """The sentence with ``verb`` as its main verb and the noun that headed it as the subject."""
    relative = tokens[verb].head
    noun = tokens[relative].head
    out = []
    for x in tokens:
        if x.i == verb:
            out.append(replace(x, dep="ROOT", head=verb))
        elif x.i == noun:
            out.append(replace(x, dep="nsubj", head=verb))
        elif x.i == verb - 1 and x.lower in _LEANING and x.head == verb:
            out.append(replace(x, pos="PRON", dep="obl:arg" if x.lower in ("le", "les") else "obj"))
        elif x.i > verb and x.head in (noun, relative):
            out.append(replace(x, head=verb))
        else:
            out.append(x)
    return out if is_tree(out) else tokens


def _noun_after_all(tokens: list[Token], i: int) -> bool:
    """Whether a "verb" stands behind a preposition and an article, where only a noun can: "a la espera", "el 60 % de la factura"."""
    return tokens[i - 2].pos == "ADP" and tokens[i - 2].lower not in ("como", "según", "que")


def _as_noun(tokens: list[Token], i: int) -> list[Token]:
    """The sentence with the word ``i`` as a noun of its preposition."""
    before = i - 3
    nominal = before >= 0 and tokens[before].pos in (*_NOMINAL, "SYM")
    verb = next((x.i for x in reversed(tokens[: max(before, 0)]) if x.pos == "VERB"), None)
    out = list(tokens)
    out[i] = replace(tokens[i], pos="NOUN", lemma=tokens[i].lower, morph="")
    out[i - 1] = replace(tokens[i - 1], pos="DET", dep="det", head=i)
    out[i - 2] = replace(tokens[i - 2], dep="case", head=i)
    if nominal and verb is not None:
        out[i] = replace(out[i], dep="nmod", head=before)
        if tokens[before].head == i:
            out[before] = replace(tokens[before], dep="obj", head=verb)
        for x in tokens:
            if x.head == i and x.i not in (i - 1, i - 2, before, i):
                out[x.i] = replace(x, head=verb)
    return out if is_tree(out) else tokens


def _owing(tokens: list[Token], verb: Token) -> list[Token]:
    """The sentence in which "su país debe una disculpa" has a verb and an object."""
    owed = tokens[verb.head]
    out = []
    for x in tokens:
        if x.i == verb.i:
            out.append(replace(x, pos="VERB", dep=owed.dep, head=verb.i if owed.head == owed.i else owed.head))
        elif x.i == owed.i:
            out.append(replace(x, dep="obj", head=verb.i))
        elif x.head == owed.i and (x.i < verb.i or x.dep in ("punct", "advcl", "conj", "cc", "parataxis")):
            out.append(replace(x, head=verb.i))
        else:
            out.append(x)
    return out if is_tree(out) else tokens


@lru_cache(maxsize=2)
def _verbs_of(concepts: tuple[str, ...]) -> frozenset[str]:
    """The verbs of the lexicon's entries of one verb under these concepts."""
    store = ontology_store()
    found = set()
    for concept in concepts:
        for quad in store.quads_for_pattern(ox.NamedNode(BR + concept), ox.NamedNode(BR + "verb"), None, None):
            entry = quad.object.value if isinstance(quad.object, ox.Literal) else ""
            words = [w for w in entry.split() if w.islower() and w not in _SMALL]
            if len(words) == 1:
                found.add(words[0])
    return frozenset(found)


def _finite(tokens: list[Token], i: int) -> Token | None:
    """The finite word of the verb ``i``: itself or its auxiliary; None for infinitives, participles and gerunds."""
    if "VerbForm=Fin" in tokens[i].morph:
        return tokens[i]
    return next((x for x in tokens if x.head == i and x.dep in ("aux", "aux:pass", "cop") and "VerbForm=Fin" in x.morph), None)


def _feature(token: Token, name: str) -> str:
    return token.morph.partition(name + "=")[2].partition("|")[0]


def _told(tokens: list[Token]) -> list[Token]:
    """Clauses behind asides, on the verb of saying that they are told by."""
    telling = _verbs_of(_TELLING)
    for clause in tuple(tokens):
        noun = clause.head
        if clause.dep not in ("acl", "acl:relcl") or noun >= clause.i or tokens[noun].pos not in _NOMINAL:
            continue
        que = next((x.i for x in tokens[noun + 1 : clause.i] if x.lower == "que" and x.head == clause.i), None)
        if que is None or _finite(tokens, clause.i) is None:
            continue
        verb = _above(tokens, noun, telling)
        if verb is None or not _parted(tokens, verb, que) or _has_content(tokens, verb):
            continue
        tokens = list(tokens)
        tokens[clause.i] = replace(clause, dep="ccomp", head=verb)
        tokens[que] = replace(tokens[que], pos="SCONJ", dep="mark")
    return tokens


def _above(tokens: list[Token], i: int, verbs: frozenset[str]) -> int | None:
    """The verb of ``verbs`` that a phrase behind it hangs on."""
    while tokens[i].head < i:
        i = tokens[i].head
        # "publicó, citando a un asesor, que …", "aseguró, tras recibir a los alcaldes, que …"
        aside = tokens[i].dep == "acl" or any(f"VerbForm={form}" in tokens[i].morph for form in ("Ger", "Inf"))
        if tokens[i].pos in ("VERB", "AUX") and not aside:
            return i if tokens[i].lemma in verbs else None
    return None


def _parted(tokens: list[Token], verb: int, que: int) -> bool:
    """Whether what stands between a verb of saying and "que" is an aside between commas or a turn: "por su parte de que"."""
    before = tokens[verb + 1 : que]
    if before and before[-1].text == ",":
        return [x.text for x in before].count(",") > 1 and not any(_is_finite(x) for x in before)
    return len(before) > 2 and before[-1].lower == "de" and before[-2].lower in _TURNS


def _is_finite(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") and "VerbForm=Fin" in token.morph


def _has_content(tokens: list[Token], verb: int) -> bool:
    """Whether the verb has an object or a clause of its own: "publicó una nota, con fotos, que …"."""
    return any(
        x.head == verb and (x.dep == "ccomp" or (x.dep == "obj" and x.i > verb and not _is_day(tokens, x.i))) for x in tokens
    )


def _is_day(tokens: list[Token], i: int) -> bool:
    """Whether a noun is a day of the week or the like, which the parser takes for an object: "publicó el miércoles"."""
    return tokens[i].lower in _DAYS


_DAYS: Final = frozenset(
    {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "día", "semana", "mes", "año", "víspera", "fecha"}
)


def _joined(tokens: list[Token]) -> list[Token]:
    """Verbs of saying and other moves joined with "y" to what is told, on the verb that tells it where their tenses say so."""
    telling, moves = _verbs_of(_TELLING), _verbs_of(_MOVES)
    for verb, inner, outer in _chains(tokens):
        joined, told, tells = (_finite(tokens, i) for i in (verb.i, inner, outer))
        if joined is None or told is None or tells is None or tokens[outer].lemma not in telling:
            continue
        if "Person=1" in tells.morph or _feature(joined, "Number") != _feature(tells, "Number"):
            continue
        if _time(tokens, verb.i, joined) != _time(tokens, outer, tells) or _time(tokens, inner, told) == _time(
            tokens, outer, tells
        ):
            continue
        later = _feature(told, "Tense") == "Fut" or _feature(told, "Mood") == "Cnd"
        if tokens[verb.i].lemma in moves or later:
            tokens = list(tokens)
            tokens[verb.i] = replace(verb, head=outer)
    return tokens


def _chains(tokens: list[Token]) -> Iterator[tuple[Token, int, int]]:
    """Verbs right behind "y" that hang on a clause behind "que": the verb, the clause's, and that of the clause above."""
    for verb in tokens:
        inner = verb.head
        if verb.dep != "conj" or verb.pos != "VERB" or tokens[inner].dep != "ccomp" or tokens[inner].head >= inner:
            continue
        first = verb.i - 1
        while first > inner and (tokens[first].lower in _LEANING or tokens[first].pos == "AUX"):
            first -= 1
        if tokens[first].lower in ("y", "e", "pero") and not any(x.head == verb.i and x.lower == "que" for x in tokens[: verb.i]):
            yield verb, inner, tokens[inner].head


def _time(tokens: list[Token], verb: int, finite: Token) -> str:
    """The tense of a verb; a perfect counts as another than the tense of its auxiliary."""
    compound = "+" if finite.i != verb else ""
    return f"{_feature(finite, 'Mood')}{_feature(finite, 'Tense')}{compound}"


def _behind_source(tokens: list[Token]) -> list[Token]:
    """The subject behind "Según X," that the parser took for an apposition of X."""
    opens = tokens[0].lower in _SOURCES or (tokens[0].lower == "de" and len(tokens) > 2 and tokens[1].lower == "acuerdo")
    comma = next((x.i for x in tokens if x.text == ","), 0) if opens else 0
    if not comma or comma + 1 >= len(tokens):
        return tokens
    verb = next((x.i for x in tokens[comma:] if x.head == x.i and _is_finite(x)), None)
    apposed = next(
        (
            x
            for x in tokens[comma + 1 : verb or 0]
            if x.dep in ("appos", "conj", "nmod") and x.head < comma and x.pos in ("NOUN", "PROPN") and not _governed(tokens, x.i)
        ),
        None,
    )
    if verb is None or apposed is None or any(x.text == "," for x in tokens[comma + 1 : verb]):
        return tokens
    if any(x.head == verb and x.dep == "nsubj" and x.i > comma for x in tokens):
        return tokens
    source = next((x.i for x in tokens[:comma] if x.head == verb and x.pos in ("NOUN", "PROPN")), verb)
    out = [
        replace(x, dep="obl" if source in (verb, x.i) else "appos", head=verb if source in (verb, x.i) else source)
        if x.head == verb and x.dep == "nsubj" and x.i < comma
        else x
        for x in tokens
    ]
    out[apposed.i] = replace(apposed, dep="nsubj", head=verb)
    return out


def _governed(tokens: list[Token], i: int) -> bool:
    return any(x.head == i and x.dep == "case" for x in tokens[:i])
