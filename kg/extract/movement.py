"""The words that tell how a figure moves."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.analysis import Analysis
from kg.extract.lexicon import LASTING


@dataclass(frozen=True, slots=True)
class Words:
    increase: frozenset[str]
    decrease: frozenset[str]
    more: frozenset[str]
    less: frozenset[str]
    estimating: frozenset[str]
    lasting: frozenset[str]


def movement(a: Analysis) -> Words:
    lex = a.lexicon
    verbs = {
        c: frozenset(lemma for lemma, vs in lex.verbs.items() if any(v.concept == c for v in vs))
        for c in ("increase", "decrease", "estimating")
    }
    nouns = {
        c: frozenset(lemma for lemma, vs in lex.nouns.items() if any(v.concept == c for v in vs))
        for c in ("increase", "decrease")
    }
    adverbs = {c: frozenset(w for w in lex.classes.get(c, ()) if w not in verbs[c] | nouns[c]) for c in ("increase", "decrease")}
    return Words(
        verbs["increase"] | nouns["increase"],
        verbs["decrease"] | nouns["decrease"],
        adverbs["increase"],
        adverbs["decrease"],
        verbs["estimating"],
        lex.classes[LASTING],
    )
