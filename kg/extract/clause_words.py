"""Words of a clause: a stretch of tokens as plain words, a clause's subject in a few of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.syntax import SUBJECTS, Tree, is_finite, is_verb
from kg.extract.words import word_list
from kg.model import Quantity, TimeValue, Token

LONGEST: Final = 16  # words of a phrase
NEAR: Final = 7  # words of a subject that a phrase can carry
_DANGLING: Final = frozenset(word_list("el la los las un una de del en a al y e o con que por para desde hasta"))


def subject_words(a: Analysis, t: Tree, q: Quantity, verb: int, token: int) -> str:
    """The subject of a clause whose object is counted, where it is short enough; for "que" its antecedent."""
    top = verb
    while (
        t.tokens[top].dep in ("xcomp", "ccomp", "advcl")
        and "VerbForm=Inf" in t.tokens[top].morph
        and is_verb(t.tokens[t.tokens[top].head])
    ):
        top = t.tokens[top].head
    subject = next((k for k in t.kids[top] if t.tokens[k].dep in SUBJECTS and k != token), None)
    if subject is None or not (t.tokens[subject].pos in ("NOUN", "PROPN", "ADJ") or t.tokens[subject].lower in ("el", "los")):
        return ""
    if any(x.start >= q.span.start and x.start < q.span.end for x in t.tokens[t.left[subject] : t.right[subject]]):
        return ""
    phrase = plain_words(t.tokens[t.left[subject] : t.right[subject]])
    return phrase if 0 < len(phrase.split()) <= NEAR else ""


def plain_words(tokens: Sequence[Token], dates: Iterable[TimeValue] = ()) -> str:
    """The words up to the first mark of punctuation, dates left out."""
    out: list[str] = []
    for x in tokens:
        if x.pos == "PUNCT" and out and x.text not in ("-", "'"):
            break
        if x.pos in ("PUNCT", "SPACE") or any(d.span.start <= x.start < d.span.end for d in dates):
            continue
        out.append(x.text)
    while out and out[-1].lower() in _DANGLING:
        out.pop()
    return lowered(tokens, " ".join(out)) if out else ""


def lowered(tokens: Sequence[Token], words: str) -> str:
    """``words`` without the capital of a sentence's first word, where that is no name."""
    first = next((x for x in tokens if words.startswith(x.text)), None)
    if first is None or first.pos == "PROPN" or (not words[1:2].islower() and len(words.split()[0]) > 2):
        return words
    return words[:1].lower() + words[1:]


def finite_of(t: Tree, verb: int) -> Token:
    return next((t.tokens[k] for k in t.children(verb, "aux", "cop") if is_finite(t.tokens[k])), t.tokens[verb])


def subject_at(t: Tree, verb: int) -> int | None:
    return next((k for k in t.kids[verb] if t.tokens[k].dep in SUBJECTS), None)


def is_plural(t: Tree, i: int) -> bool:
    return "Number=Plur" in t.tokens[i].morph


def is_dated(a: Analysis, t: Tree, k: int) -> bool:
    """Whether a word is part of a time expression: "el lunes", "en octubre"."""
    start = t.tokens[k].start
    return any(d.span.start <= start < d.span.end for d in a.dates_in(t.span(t.left[k], t.right[k])))
