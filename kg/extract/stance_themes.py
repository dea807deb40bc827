"""The words that a stance is about, where the clause has them elsewhere than behind its verb."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.named_subjects import interposed
from kg.extract.stance_targets import DEFINITE
from kg.extract.stances import finite_of
from kg.extract.syntax import SUBJECTS, Tree

#: What happens to people, as the nouns of its kinds tell it.
_HAPPENING: Final = frozenset({"death", "assault", "killing"})
#: How the parser hangs the first half of a clause on the verb that interrupts it.
_BEFORE: Final = frozenset({"nsubj", "csubj", "ccomp", "advcl"})
#: Pronouns behind a preposition, and the clitic that they are as good as.
_PERSONAL: Final = {"él": "lo", "ella": "la", "ellos": "los", "ellas": "las", "ello": "lo", "eso": "lo", "esto": "lo"}
#: A pronoun behind a preposition, or "lo de …", stands at most this many tokens behind the verb.
_NEAR: Final = 6


def with_theme(known: Known, f: Frame) -> Frame:
    """The frame with the words that it is about as theme, where the clause has them elsewhere than behind the verb.

    "niega lo del dron"; "fórmula que Lisboa dio por buena"; "se opone a ella" has a pronoun and no words.
    """
    t = known.tree(f)
    if f.form != "verb" or f.content is not None:
        return f
    if (named := _article_of(t, f)) is not None:
        return replace(f, theme=named, pronoun=None)
    if f.concept == "claiming" and f.theme is None and f.pronoun is None:
        return _around(t, f)
    if f.theme is not None and t.tokens[f.theme].lower in _PERSONAL and t.tokens[f.theme].pos == "PRON":
        return replace(f, theme=None, pronoun=_PERSONAL[t.tokens[f.theme].lower])
    if f.theme is not None:
        return f
    for k in range(
        f.trigger + 1, min(f.trigger + f.words, len(t.tokens))
    ):  # "lamentó las muertes", a wording that holds its object
        noun = t.tokens[k]
        known_noun = known.takes_up(noun.lemma) or any(v.concept in _HAPPENING for v in known.a.lexicon.nouns.get(noun.lemma, ()))
        if noun.pos == "NOUN" and t.tokens[k - 1].lower in DEFINITE and known_noun:
            return replace(f, theme=k)
    for k in range(f.trigger + 1, min(f.trigger + _NEAR, len(t.tokens) - 2)):
        if t.tokens[k].lower == "lo" and t.tokens[k + 1].lower in ("de", "del"):
            named = next((m for m in range(k + 2, min(k + 6, len(t.tokens))) if t.tokens[m].pos in ("NOUN", "PROPN")), None)
            return f if named is None else replace(f, theme=named)
        if t.tokens[k].pos == "PRON" and t.tokens[k].lower in _PERSONAL and t.tokens[k - 1].pos == "ADP" and not f.patient:
            return replace(f, pronoun=_PERSONAL[t.tokens[k].lower])
        if t.tokens[k].pos == "PUNCT":
            break
    return f if f.pronoun is not None else _with_antecedent(known, t, f)


def _article_of(t: Tree, f: Frame) -> int | None:
    """The participle in "tachó lo firmado de cesión", where "lo" is no pronoun of the verb."""
    k = f.trigger + f.words
    participle = (
        k + 1 < len(t.tokens) and t.tokens[k].lower == "lo" and t.tokens[k + 1].lower.endswith(("ado", "ido", "rito", "cho"))
    )
    return k + 1 if participle else None


def _around(t: Tree, f: Frame) -> Frame:
    """A claim with the clause that it interrupts as content: "todo arrancó, sostiene Quito, por la pasividad colombiana"."""
    above = t.tokens[f.trigger].head
    below = [k for k in t.kids[f.trigger] if k < f.trigger and t.tokens[k].pos == "VERB" and t.tokens[k].dep in _BEFORE]
    clause = next(iter(below), above)
    if clause >= f.trigger or not interposed(t, f.trigger) or "VerbForm=Fin" not in finite_of(t, clause):
        return f
    if any(x.text in (";", ":") for x in t.tokens[clause : f.trigger]):
        return f
    begin = min([clause, *(k for k in t.children(clause, *SUBJECTS) if k < clause)])
    first = next((k + 1 for k in range(begin, -1, -1) if t.tokens[k].text in (";", ":", ",", "—")), 0)
    end = next((k for k in range(f.trigger, len(t.tokens)) if t.tokens[k].text in (";", ":", ".")), len(t.tokens))
    return replace(f, content=clause, first=first, end=end)


def _with_antecedent(known: Known, t: Tree, f: Frame) -> Frame:
    clause = f.trigger
    while t.tokens[clause].dep in ("conj", "xcomp", "aux", "cop") and t.tokens[clause].head != clause:
        clause = t.tokens[clause].head
    antecedent = t.tokens[clause].head
    if t.tokens[clause].dep != "acl:relcl" or antecedent >= clause or t.tokens[antecedent].pos not in ("NOUN", "PRON"):
        return f
    taken = f.subject == antecedent or (f.agent and set(known.a.actors(t, antecedent)) & set(f.agent))
    return f if taken else replace(f, theme=antecedent)
