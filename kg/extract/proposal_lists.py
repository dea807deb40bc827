"""Proposals as lists: a cue line and what it introduces, item by item (B7 of the pattern catalogue).

"La propuesta mexicana incluye:" with bullets, "Lo que pide cada uno:" with sentences that begin with "Que", items that name their side
before a colon. The whole is the proposal the line takes up, if the same side has put one forward shortly before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.frames import Frame
from kg.extract.homes import country_of
from kg.extract.offered import PROPOSAL_NOUNS, Offered, content_lemmas, label, other_side
from kg.extract.said import Attribution
from kg.extract.syntax import Tree
from kg.model import Proposal, Span

_GENERIC = (
    "propue",
    "altern",
    "esquem",
    "plan",
    "oferta",
    "inicia",
    "paquet",
    "docume",
    "pliego",
    "fórmul",
    "planteamiento"[:6],
    "exigen",
    "demand",
    "petici",
)
_REACH = 14  # sentences back to the proposal that a list spells out


def add_lists(
    a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...], found: list[Offered]
) -> list[Offered]:
    """``found`` with the wholes and parts of the document's lists; the offer in a list's own cue line gives way to the list."""
    out = list(found)
    for lead, blocks in _lists(a).items():
        trees = [t for t in a.trees if t.sentence.block == lead]
        parts = list(_items(a, blocks))
        if not trees or not parts:
            continue
        t = trees[-1]
        verb = next((f for f in frames if f.sentence == t.sentence.index and f.form == "verb" and _asks(a, f)), None)
        cue = next((i for i, x in enumerate(t.tokens) if x.lemma in PROPOSAL_NOUNS and x.pos == "NOUN"), None)
        whole = next((o for o in out if o.sentence == t.sentence.index and o.fact.rule == "proposal-promise-if"), None)
        proposer = whole.fact.proposer if whole is not None else _owner_of(a, t, cue, verb)
        named = [_named_before_colon(a, a.trees[s]) for s, *_ in parts]
        if not proposer and not all(named):
            continue
        if whole is not None:  # "abrirá si X cumple tres condiciones:": the items take the place of the condition
            out = [o for o in out if o.sentence != t.sentence.index or o is whole]
        elif not all(named):
            out = [o for o in out if o.sentence != t.sentence.index]
            whole = _whole(a, out, t, proposer, attributions, verb, cue)
        for (sentence, first, end, item), own in zip(parts, named, strict=True):
            p = a.trees[sentence]
            who, start = own if own is not None else (proposer, first)
            fact = Proposal(
                id=f"p{sentence}.item",
                label=label(a, p, start, end),
                evidence=(passage(a, item, attributions),),
                proposer=who,
                addressee=whole.fact.addressee if whole is not None and own is None else other_side(a, who),
                part_of=whole.fact.id if whole is not None else None,
                rule="proposal-list-item",
            )
            out.append(Offered(fact, sentence, start, end, content_lemmas(p, start, end), None))
    return out


def _asks(a: Analysis, f: Frame) -> bool:
    return f.concept == "offering" or a.lexicon.is_a(f.concept, "request")


def _whole(
    a: Analysis,
    out: list[Offered],
    t: Tree,
    proposer: tuple[str, ...],
    attributions: tuple[Attribution, ...],
    verb: Frame | None,
    cue: int | None,
) -> Offered:
    """The proposal that the cue line of a list takes up, with the line as a further passage, or a new one; it stands in ``out``."""
    line = passage(a, Span(t.tokens[0].start, t.tokens[-1].end), attributions, own=proposer)
    known = _taken_up(a, out, t, proposer)
    if known is not None:
        out[known] = replace(out[known], fact=replace(out[known].fact, evidence=(*out[known].fact.evidence, line)))
        return out[known]
    fact = Proposal(
        id=f"p{t.sentence.index}.list",
        label=line.quote.rstrip(": "),
        evidence=(line,),
        proposer=proposer,
        addressee=verb.patient[:2] if verb is not None and verb.patient else other_side(a, proposer),
        rule="proposal-list",
        triggers=(t.tokens[cue].text if cue is not None else "",),
    )
    out.append(Offered(fact, t.sentence.index, 0, len(t.tokens), content_lemmas(t, 0, len(t.tokens)), verb))
    return out[-1]


def _taken_up(a: Analysis, found: list[Offered], t: Tree, proposer: tuple[str, ...]) -> int | None:
    """The proposal of the same side that a cue line takes up: the last one before it that was told in general words."""
    mine = country_of(a, proposer[0])
    for k in range(len(found) - 1, -1, -1):
        o = found[k]
        if (
            not 0 < t.sentence.index - o.sentence <= _REACH
            or not o.fact.proposer
            or country_of(a, o.fact.proposer[0]) != mine
            or mine is None
        ):
            continue
        if any(w.startswith(_GENERIC) for w in o.words) and o.fact.part_of is None:
            return k
    return None


def _lists(a: Analysis) -> dict[int, list[int]]:
    """Lead-in block → its item blocks."""
    out: dict[int, list[int]] = {}
    for block in a.document.article.blocks:
        if block.lead_in is not None and block.kind in ("item", "paragraph"):
            out.setdefault(block.lead_in, []).append(block.index)
    return out


def _items(a: Analysis, items: list[int]) -> Iterator[tuple[int, int, int, Span]]:
    for index in items:
        block = a.document.article.blocks[index]
        trees = [t for t in a.trees if t.sentence.block == index]
        if block.kind == "item" and trees:
            yield trees[0].sentence.index, 0, len(trees[0].tokens), Span(block.start, block.end)
        elif block.kind == "paragraph":
            for t in trees:
                first = t.tokens[0]
                if first.lower == "que" or "VerbForm=Inf" in first.morph:
                    yield t.sentence.index, 0, len(t.tokens), Span(first.start, t.tokens[-1].end)


def _named_before_colon(a: Analysis, t: Tree) -> tuple[tuple[str, ...], int] | None:
    """The side a list item names before a colon, and where its content begins."""
    colon = next((i for i, x in enumerate(t.tokens[:8]) if x.text == ":"), None)
    if colon is None or colon + 1 >= len(t.tokens):
        return None
    for i in range(colon):
        found = a.resolution.of(t.sentence.index, i)
        if found:
            return found[:2], colon + 1
    if t.tokens[0].lower in ("ambos", "ambas"):
        return a.resolution.pair, colon + 1
    return None


def _owner_of(a: Analysis, t: Tree, cue: int | None, verb: Frame | None) -> tuple[str, ...]:
    if verb is not None and verb.negated:
        return ()  # "no pide nada de lo siguiente:"
    if verb is not None and verb.agent:
        return verb.agent[:1]
    if cue is None:
        return ()
    country = a.demonym(t, cue)
    if country:
        return (a.government(country),)
    for i, token in enumerate(t.tokens):
        if token.dep in ("nsubj", "nmod") and a.actors(t, i):
            return a.actors(t, i)[:1]
    return ()
