"""The words that tell how a figure moves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.extract.analysis import Analysis
from kg.extract.lexicon import LASTING, lemmas_of, lexicon


@dataclass(frozen=True, slots=True)
class Words:
    increase: frozenset[str]
    decrease: frozenset[str]
    more: frozenset[str]
    less: frozenset[str]
    estimating: frozenset[str]
    lasting: frozenset[str]
    lesser: frozenset[str]


def movement(a: Analysis) -> Words:
    """The words of movement of the document's language."""
    return _movement(a.document.article.language)


@lru_cache(maxsize=2)
def _movement(language: str) -> Words:
    lex = lexicon(language)
    verbs = {c: lemmas_of(language, c, "verb") for c in ("increase", "decrease", "estimating")}
    nouns = {c: lemmas_of(language, c, "noun") for c in ("increase", "decrease")}
    adverbs = {c: frozenset(w for w in lex.classes.get(c, ()) if w not in verbs[c] | nouns[c]) for c in ("increase", "decrease")}
    return Words(
        verbs["increase"] | nouns["increase"],
        verbs["decrease"] | nouns["decrease"],
        adverbs["increase"],
        adverbs["decrease"],
        verbs["estimating"],
        lex.classes[LASTING],
        lex.classes["lesser"],
    )
