"""Which proposal is put forward in the place of another: a counter-offer meets what the other side put forward before it.

Only the words of an alternative tell one (``br:alternative``: "contraoferta", "en cambio", "en su lugar" …), in the sentence that puts
it forward or in the heading above it, and only who was asked answers with one: two proposals of two sides are no alternatives by
themselves.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.homes import country_of
from kg.extract.offered import STEM, Offered
from kg.model import Proposal

#: What parts a sentence's clauses: "discrepan, en cambio, sobre X —ella lo apoya; él, no—, una fórmula que …".
_PARTING = ";—–"
#: How many content words two proposals of one matter have in common.
_SHARED = 2


def with_alternatives(a: Analysis, proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """The proposals, each counter-offer with the whole proposal that it answers: a list answers a list, and of several that fit it is
    one that was refused, the last one before it."""
    lists = {p.part_of for p in proposals}
    wholes = sorted((p for p in proposals if p.part_of is None), key=lambda p: p.evidence[0].start)
    out = []
    for p in proposals:
        if p.part_of is None and p.alternative_to is None and p.proposer and _is_alternative(a, p):
            before = [x for x in wholes if x.evidence[0].start < p.evidence[0].start and _answers(a, p, x)]
            if before:
                fits = [(x.id in lists and p.id in lists, x.status == "rejected", x.evidence[0].start, x.id) for x in before]
                p = replace(p, alternative_to=max(fits)[-1])
        out.append(p)
    return tuple(out)


def taken_up(a: Analysis, offered: tuple[Offered, ...], proposals: tuple[Proposal, ...]) -> frozenset[str]:
    """The parts of a proposal that a part of its counter-offer repeats: whoever puts them forward too has not refused them.

    Two parts say the same where they share two content words at least, adjectives of countries not counted.
    """
    of_countries = {name[:STEM] for name in a.gazetteer.demonyms}
    words = {o.fact.id: o.words - of_countries for o in offered}
    parts: dict[str, list[str]] = {}
    for p in proposals:
        if p.part_of is not None:
            parts.setdefault(p.part_of, []).append(p.id)
    return frozenset(
        part
        for counter in proposals
        if counter.alternative_to is not None
        for part in parts.get(counter.alternative_to, ())
        if any(len(words[part] & words[other]) >= _SHARED for other in parts.get(counter.id, ()))
    )


def _is_alternative(a: Analysis, p: Proposal) -> bool:
    """Whether the clause that puts the proposal forward, or the heading of its section, calls it one."""
    words = a.lexicon.classes["alternative"]
    at = p.evidence[0].start
    sentence = next((t.sentence for t in a.trees if t.sentence.start <= at < t.sentence.end), None)
    if sentence is None:
        return False
    blocks = a.document.article.blocks
    above = next((b for b in reversed(blocks[: sentence.block]) if b.kind == "heading"), None)
    first = above is not None and not any(b.kind != "heading" for b in blocks[above.index + 1 : sentence.block])
    stop = max((a.text.rfind(mark, sentence.start, at) for mark in _PARTING), default=-1)
    told = [
        a.text[max(sentence.start, stop) : sentence.end],
        *([a.text[above.start : above.end]] if above is not None and first else []),
    ]
    # as words, not as parts of words
    padded = [f" {' '.join(''.join(c if c.isalnum() else ' ' for c in text.lower()).split())} " for text in told]
    return any(f" {word} " in text for word in words for text in padded)


def _answers(a: Analysis, answer: Proposal, asked: Proposal) -> bool:
    """Whether the side that puts ``answer`` forward is another than the one that asked, and the one that was asked."""
    mine, theirs, wanted = (
        {country_of(a, x) for x in actors} - {None} for actors in (answer.proposer, asked.proposer, asked.addressee)
    )
    return bool(mine and theirs) and not mine & theirs and (not wanted or bool(mine & wanted))
