"""Words made from other words: the participle of a verb, the noun for what a verb tells, an adjective's agreement with its noun.

"retener" → "retenido", "bloquear" → "bloqueo". The nouns come from the lexicon (``br:nominal``), the participles are made by rule.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from kg.extract.lexicon import lexicon
from kg.extract.nouns import singular
from kg.extract.words import word_list
from kg.model import Token

#: Ends of infinitives with an irregular participle.
_IRREGULAR: Final = (
    ("abrir", "abierto"),
    ("cubrir", "cubierto"),
    ("decir", "dicho"),
    ("scribir", "scrito"),
    ("facer", "fecho"),
    ("hacer", "hecho"),
    ("imprimir", "impreso"),
    ("morir", "muerto"),
    ("matar", "muerto"),
    ("olver", "uelto"),
    ("poner", "puesto"),
    ("prever", "previsto"),
    ("romper", "roto"),
)
_FEMININE: Final = re.compile(r"(?:a|as|[cgnstx]ión|[cgnstx]iones|dad|tad|tud|umbre|dades|tades|tudes)$")
#: In -ista, and nobody's trade.
_NOBODY: Final = frozenset(word_list("pista lista vista revista conquista reconquista entrevista autopista arista"))
#: Endings that outweigh the tagger.
_SURE: Final = re.compile(r"(?:[cgnstx]ión|[cgnstx]iones|dad|dades|[^i]ones|[^i]ón)$")
_MASCULINE: Final = frozenset(
    word_list("día mapa problema sistema programa clima tema idioma planeta gas mes país pez juez paz policía guardia migrante")
)
#: How often a figure comes, by its words behind it.
_RATES: Final = (
    (re.compile(r"\s*(?:diari[oa]s?\b|al día\b|por día\b|cada día\b|a diario\b)"), "diario"),
    (re.compile(r"\s*(?:semanal(?:es)?\b|a la semana\b|por semana\b|cada semana\b)"), "semanal"),
    (re.compile(r"\s*(?:mensual(?:es)?\b|al mes\b|por mes\b|cada mes\b)"), "mensual"),
    (re.compile(r"\s*(?:anual(?:es)?\b|al año\b|por año\b|cada año\b)"), "anual"),
)


class Nominal(NamedTuple):
    """The noun for what a verb tells, and its definite article with "de": "del bloqueo", "de las pérdidas"."""

    noun: str
    of: str


def participle(infinitive: str) -> str | None:
    """The participle, masculine and singular ("traer" → "traído"); ``None`` for what is no infinitive."""
    if infinitive == "ver":
        return "visto"
    for end, made in _IRREGULAR:
        if infinitive.endswith(end):
            return infinitive.removesuffix(end) + made
    stem, ending = infinitive[:-2], infinitive[-2:]
    if not stem or ending not in ("ar", "er", "ir", "ír"):
        return None
    if ending == "ar":
        return stem + "ado"
    return stem + ("ído" if stem[-1] in "aeo" else "ido")


def agreeing(adjective: str, feminine: bool, plural: bool) -> str:
    """An adjective or participle in the masculine singular, in the form of its noun: ("diario", True, True) → "diarias"."""
    if feminine and adjective.endswith("o"):
        adjective = adjective[:-1] + "a"
    if not plural:
        return adjective
    return adjective + ("s" if adjective[-1] in "aeo" else "es")


def one_of(form: str) -> str:
    """The singular of a verb form in the third person plural: "salen" → "sale", "cruzaron" → "cruzó"."""
    for ending, one in (("jeron", "jo"), ("ieron", "ió"), ("aron", "ó")):
        if form.endswith(ending):
            return form.removesuffix(ending) + one
    return form.removesuffix("n")


def is_feminine(word: str, token: Token | None = None) -> bool:
    """Whether a noun is feminine: by what the tagger says, else by its ending ("vainillas", "embarcaciones")."""
    bare = word.lower()
    if bare.removesuffix("s").endswith(("ista", "cida", "crata")) and bare.removesuffix("s") not in _NOBODY:
        return False  # "brigadistas retirados"
    if token is not None and "Gender=" in token.morph and _SURE.search(bare) is None:
        return "Gender=Fem" in token.morph
    return bare not in _MASCULINE and bare.removesuffix("s") not in _MASCULINE and _FEMININE.search(bare) is not None


def article_of(feminine: bool, plural: bool) -> str:
    """ "de" with the definite article: "del", "de la", "de los", "de las"."""
    if plural:
        return "de las" if feminine else "de los"
    return "de la" if feminine else "del"


@lru_cache(maxsize=2)
def _nominals(language: str) -> dict[str, Nominal]:
    out: dict[str, Nominal] = {}
    for entry in sorted(lexicon(language).classes["nominal"]):
        verb, noun = entry.split(" ", 1)
        head = noun.split()[0]
        out[verb] = Nominal(noun, article_of(is_feminine(head), singular(head) != head))
    return out


def nominal(language: str, lemma: str) -> Nominal | None:
    """The noun for what a verb tells, where the lexicon has one: "cerrar" → "cierre"."""
    return _nominals(language).get(lemma)


@lru_cache(maxsize=2)
def _verbs(language: str) -> dict[str, str]:
    return {made.noun: verb for verb, made in _nominals(language).items()}


def verb_of_nominal(language: str, noun: str) -> str | None:
    """The verb whose deed a noun names: "envío" → "enviar"."""
    return _verbs(language).get(noun)


@lru_cache(maxsize=2)
def _participles(language: str) -> dict[str, str]:
    return {made: verb for verb in sorted(_nominals(language)) if (made := participle(verb)) is not None}


def verb_behind(language: str, token: Token) -> str:
    """The verb of a participle that the tagger took for an adjective ("cerrada" → "cerrar"), else the token's lemma."""
    bare = token.lower.removesuffix("s")
    return _participles(language).get(bare[:-1] + "o" if bare.endswith("a") else bare, token.lemma)


def rate_behind(text: str, at: int) -> str | None:
    """How often a figure that ends at ``at`` comes: "900 mil dólares | diarios" → "diario"."""
    return next((adjective for pattern, adjective in _RATES if pattern.match(text, at)), None)
