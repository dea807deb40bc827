"""What the article has been found to say so far: the bundle that the search for positions, and for what they are about, reads."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from kg.extract.analysis import Analysis
from kg.extract.attribution import attribution_of
from kg.extract.frame import Frame
from kg.extract.offered import Offered, same_side
from kg.extract.said import Attribution, Said
from kg.extract.syntax import Tree
from kg.model import Event, Indicator, Passage, Span, Token


@dataclass(frozen=True)
class Known:
    """The document with its frames, what is said in it, and the facts that a stance may be about."""

    a: Analysis
    frames: tuple[Frame, ...]
    said: tuple[Said, ...]
    attributions: tuple[Attribution, ...]
    offered: tuple[Offered, ...]
    events: tuple[Event, ...]
    indicators: tuple[Indicator, ...]

    def tree(self, f: Frame) -> Tree:
        """The tree of a frame's sentence."""
        return self.a.trees[f.sentence]

    def speech(self, offset: int) -> Said | None:
        """The statement that a character stands in, if its words are told."""
        return next((s for s in self.said if s.quote.start <= offset < s.quote.end), None)

    def source(self, span: Span) -> tuple[str, ...]:
        """Whose word a stretch is; nobody for the newspaper's own."""
        found = attribution_of(self.attributions, span)
        return found.source if found is not None else ()

    def told(self, e: Event) -> list[list[Token]]:
        """The tokens of an event's first two passages."""
        return self._told[e.id]

    @cached_property
    def _told(self) -> dict[str, list[list[Token]]]:
        return {e.id: [self._tokens(p) for p in e.evidence[:2]] for e in self.events}

    def _tokens(self, p: Passage) -> list[Token]:
        """The tokens of a passage, which may begin in one sentence and end in another."""
        trees = self.a.trees
        found: list[Token] = []
        for k in range(max(0, bisect_right(trees, p.start, key=_begins) - 1), len(trees)):
            if _begins(trees[k]) >= p.end:
                break
            found += [x for x in trees[k].tokens if p.start <= x.start < p.end]
        return found

    def before(self, f: Frame) -> list[Offered]:
        """The proposals whose words begin before a frame."""
        return [o for o in self.offered if (o.sentence, o.first) <= (f.sentence, f.trigger)]

    def own(self, f: Frame, o: Offered) -> bool:
        """Whether a proposal is of the side of a frame's agent."""
        return any(same_side(self.a, x, y) for x in o.fact.proposer for y in f.agent)

    def takes_up(self, lemma: str) -> bool:
        """Whether a noun only points at something put forward or told, as "propuesta", "extremo", "posibilidad" do."""
        lex = self.a.lexicon
        if lemma in lex.classes["summing-up"]:
            return True
        return any(
            v.concept == "offering" or lex.is_a(v.concept, "request") for v in lex.nouns.get(lemma, ()) if len(v.words) == 1
        )


def _begins(t: Tree) -> int:
    return t.tokens[0].start
