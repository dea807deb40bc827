"""Proposals told as the answer to the newspaper's own question, "¿Qué quiere Lima? Que Bolivia libere los camiones.", or behind a copula.

The question names who asks or offers, the fragment behind it what: a clause with "que", an infinitive, a bare noun phrase. So does
"lo que pide Belice es un arbitraje".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.offered import Offered, content_lemmas, label, other_side
from kg.extract.proposal_parts import Stretch
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, negated, trim
from kg.model import Proposal

_WHAT: Final = frozenset({"qué", "cuál", "cuáles"})
_STOPS: Final = frozenset({";", ".", ":", "—", "–"})
_BEFORE_QUE: Final = frozenset({",", ";", "y", "e", ":"})
#: Fragments longer than this are no answer in a few words, in tokens.
_LONGEST: Final = 45


def from_questions(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """What the fragments behind a question say that its subject wants, asks for or offers."""
    for f in frames:
        t = a.trees[f.sentence]
        asks = f.concept in ("offering", "wanting") or a.lexicon.is_a(f.concept, "request")
        open_ = f.content is None and any(x.lower in _WHAT for x in t.tokens[: f.trigger])
        if f.form != "verb" or f.negated or not f.agent or not asks or not open_ or t.tokens[-1].text != "?":
            continue
        who = f.agent[:2], f.patient[:2] or other_side(a, f.agent)
        for number in range(f.sentence + 1, len(a.trees)):
            answer = a.trees[number]
            stretches = list(_fragments(answer))
            if not stretches or (number > f.sentence + 1 and answer.tokens[0].lower != "que"):
                break
            for first, end in stretches:
                fact = Proposal(
                    id=f"p{number}.{first}.answer",
                    label=label(a, answer, first, end),
                    evidence=(passage(a, answer.span(first, end), attributions, own=f.agent),),
                    proposer=who[0],
                    addressee=who[1],
                    rule="proposal-answer",
                    triggers=(t.tokens[f.trigger].text,),
                )
                yield Offered(fact, number, first, end, content_lemmas(answer, first, end), f)


def from_clefts(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """ "Lo que pide Belice es un arbitraje en La Haya": what stands behind the copula."""
    for f in frames:
        t = a.trees[f.sentence]
        tokens = t.tokens
        asks = f.concept in ("offering", "wanting") or a.lexicon.is_a(f.concept, "request")
        lo = tokens[f.trigger].head
        if (
            f.form != "verb"
            or f.negated
            or not f.agent
            or not asks
            or tokens[f.trigger].dep != "acl:relcl"
            or tokens[lo].lower != "lo"
        ):
            continue
        reverse = next(
            (k for k in t.children(lo, "nsubj") if k < lo and any(tokens[c].lemma == "ser" for c in t.children(lo, "cop"))), None
        )
        if reverse is not None and not negated(t, lo) and tokens[reverse].pos == "NOUN" and not a.actors(t, reverse):
            yield _cleft(a, t, f, trim(t, t.left[reverse], t.right[reverse]), attributions)  # "la retirada es lo que pide Lima"
            continue
        said = tokens[lo].head
        copula = next((k for k in t.children(said, "cop") if f.trigger < k < said and tokens[k].lemma == "ser"), None)
        if copula is None or any(x.lower == "no" for x in tokens[f.trigger : copula]) or tokens[said].pos not in ("NOUN", "VERB"):
            continue
        stop = next((k for k in range(said, len(tokens)) if tokens[k].text in _STOPS), len(tokens))
        start = copula + 2 if tokens[copula + 1].lower == "que" else copula + 1
        yield _cleft(a, t, f, trim(t, start, min(stop, max(t.right[said], said + 1))), attributions)


def _cleft(a: Analysis, t: Tree, f: Frame, stretch: Stretch, attributions: tuple[Attribution, ...]) -> Offered:
    """What "lo que" of frame ``f`` is said to be."""
    first, end = stretch
    fact = Proposal(
        id=f"p{f.sentence}.{first}.cleft",
        label=label(a, t, first, end),
        evidence=(passage(a, t.span(first, end), attributions, own=f.agent),),
        proposer=f.agent[:2],
        addressee=f.patient[:2] or other_side(a, f.agent),
        rule="proposal-cleft",
        triggers=(t.tokens[f.trigger].text,),
    )
    return Offered(fact, f.sentence, first, end, content_lemmas(t, first, end), f)


def _fragments(t: Tree) -> Iterator[Stretch]:
    """The stretches of a sentence without a main clause: each "que" clause, the infinitive, the noun phrase."""
    tokens = t.tokens
    if len(tokens) > _LONGEST or tokens[-1].text in ("?", ":"):
        return
    if tokens[0].lower == "que":
        starts = [0, *(i for i in range(1, len(tokens)) if tokens[i].lower == "que" and tokens[i - 1].lower in _BEFORE_QUE)]
        starts = [k for k in starts if k == 0 or not _relative(t, k)]
        for first, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
            yield trim(t, first + 1, _without_and(t, end))
        return
    root = next((x for x in tokens if x.head == x.i), tokens[0])
    clausal = any(
        "VerbForm=Fin" in x.morph and x.dep not in ("acl:relcl", "advcl", "acl") and not _inside(t, x.i) for x in tokens
    )
    if "VerbForm=Inf" in root.morph or (root.pos in ("NOUN", "PROPN") and not clausal):
        yield trim(t, 0, len(tokens))


def _relative(t: Tree, k: int) -> bool:
    """Whether "que" opens a relative clause: "los barcos, que siguen en Ilo"."""
    return t.tokens[t.tokens[k].head].dep == "acl:relcl"


def _inside(t: Tree, i: int) -> bool:
    """Whether a token belongs to a relative or adverbial clause."""
    return any(t.tokens[j].dep in ("acl:relcl", "advcl", "acl") for j in t.ancestors(i))


def _without_and(t: Tree, end: int) -> int:
    while end > 1 and end < len(t.tokens) and t.tokens[end - 1].lower in _BEFORE_QUE:
        end -= 1
    return end
