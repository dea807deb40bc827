"""Subjects that stand before verbs without one of their own: in the clause before a comma or a colon, and in the name of a capital.

Verbs of one subject are listed with commas ("La Xunta lo niega, ha retirado a 120 hombres y avisa de que …"); parsers take the first
for what the second says. "En Caracas acusan a Georgetown": who does is the government there.
"""

from __future__ import annotations

from kg.extract.analysis import Analysis
from kg.extract.named_subjects import Subject, agree
from kg.extract.syntax import SUBJECTS, Tree, finite_morph, is_finite, is_verb


def joined_by_comma(a: Analysis, t: Tree, i: int) -> Subject | None:
    """The subject of the clause right before verb ``i`` that only a comma parts from it; not of what a verb of saying tells."""
    tokens = t.tokens
    if any(v.concept == "saying" and len(v.words) == 1 for v in a.lexicon.verbs.get(tokens[i].lemma, ())):
        return None
    for k in t.children(i, "ccomp", "parataxis", "advcl"):
        told = a.quote_at(tokens[k].start) is not a.quote_at(tokens[i].start)
        if k > i or not is_verb(tokens[k]) or told or t.children(k, "mark") or not agree(finite_morph(t, k), finite_morph(t, i)):
            continue
        if "," not in (tokens[t.right[k] - 1].text, tokens[t.right[k]].text):
            continue
        subject = next((m for m in t.children(k, "nsubj") if m < k and a.actors(t, m)), None)
        if subject is not None:
            return Subject(subject, a.actors(t, subject))
    return None


def in_capital(a: Analysis, t: Tree, i: int) -> Subject | None:
    """The government of the capital that opens the sentence of a plural verb without a subject: "En Caracas acusan a …"."""
    morph = finite_morph(t, i)
    if t.tokens[0].lower != "en" or "Number=Plur" not in morph or "Person=3" not in morph or t.children(i, "nsubj"):
        return None
    index = a.resolution.at.get((t.sentence.index, 1))
    if index is None or a.resolution.ids[index] or i != a.resolution.mentions[index].last:
        return None
    country = next((n.actor for n in a.resolution.mentions[index].known if n.kind == "capital"), None)
    if country is None or country not in a.resolution.pair:
        return None
    government = a.government(country)
    return Subject(None, (government,)) if government in a.resolution.actors else None


def before_colon(a: Analysis, t: Tree, i: int) -> int | None:
    """The verb before the colon behind which verb ``i`` tells what was done: "Madrid replicó: | declaró persona non grata a …"."""
    tokens = t.tokens
    first = t.left[i]
    colon = next((k for k in (first, first - 1) if k >= 0 and tokens[k].text == ":"), None)
    if colon is not None and a.quote_at(tokens[i].start) is not a.quote_at(tokens[colon].start):
        return None
    if colon is None or tokens[i].lemma == "haber" or any(k < i for k in t.children(i, *SUBJECTS)):
        return None
    if tokens[i].dep not in ("parataxis", "conj", "ROOT", "appos", "advcl"):
        return None
    above = tokens[i].head if tokens[i].head < colon else None
    verb = above if above is not None and is_verb(tokens[above]) else _last_verb(t, colon)
    return verb if verb is not None and agree(finite_morph(t, verb), finite_morph(t, i)) else None


def _last_verb(t: Tree, end: int) -> int | None:
    """The finite verb of a main clause before token ``end``."""
    main = ("ROOT", "conj", "parataxis", "ccomp")
    return next(
        (k for k in range(end - 1, -1, -1) if is_verb(t.tokens[k]) and is_finite(t.tokens[k]) and t.tokens[k].dep in main), None
    )
