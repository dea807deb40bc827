"""Which proposal is put forward in the place of another: a counter-offer meets what the other side put forward before it.

Only the words of an alternative tell one (``br:alternative``: "contraoferta", "en cambio", "en su lugar" …), in the sentence that puts
it forward or in the heading above it, and only who was asked answers with one: two proposals of two sides are no alternatives by
themselves.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.offered import country_of
from kg.model import Proposal


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


def _is_alternative(a: Analysis, p: Proposal) -> bool:
    """Whether the sentence that puts the proposal forward, or the heading of its section, calls it one."""
    words = a.lexicon.classes["alternative"]
    at = p.evidence[0].start
    sentence = next((t.sentence for t in a.trees if t.sentence.start <= at < t.sentence.end), None)
    if sentence is None:
        return False
    blocks = a.document.article.blocks
    above = next((b for b in reversed(blocks[: sentence.block]) if b.kind == "heading"), None)
    first = above is not None and not any(b.kind != "heading" for b in blocks[above.index + 1 : sentence.block])
    told = [a.text[sentence.start : sentence.end], *([a.text[above.start : above.end]] if above is not None and first else [])]
    # as words, not as parts of words
    padded = [f" {' '.join(''.join(c if c.isalnum() else ' ' for c in text.lower()).split())} " for text in told]
    return any(f" {word} " in text for word in words for text in padded)


def _answers(a: Analysis, answer: Proposal, asked: Proposal) -> bool:
    """Whether the side that puts ``answer`` forward is another than the one that asked, and the one that was asked."""
    mine, theirs, wanted = (
        {country_of(a, x) for x in actors} - {None} for actors in (answer.proposer, asked.proposer, asked.addressee)
    )
    return bool(mine and theirs) and not mine & theirs and (not wanted or bool(mine & wanted))
