"""What a language model answers → facts, each with words that stand in the article. Everything else is dropped and counted.

A fact passes whole or not at all where its substance is concerned: its quotes, who acts, speaks or holds, whose word it is, its
concepts, its dates, its number. What only adorns it (the words of a date, a topic, a condition, a link to another fact) is dropped by
itself where it is wrong. Nothing is corrected by guessing. In the order of the questions
(1 to 6 about each fact by itself in reading.py, 7 here):

1. evidence      every quote stands in the article; the passage holds the article's own characters      (anchoring.py)
2. actors        the rules' resolution, the gazetteer, or a name that the article has                    (naming.py)
3. concepts      of the scheme that the slot asks for
4. dates         days, in order, and given by words of the article; numbers stand in the quotes
5. words         labels, measures and matters are made of the article's words; quotes of persons are verbatim
6. context       no quote is cut out behind its "no", put into another mouth, or given by an order to the reader; what the rules read
                 off the same words is not the opposite                                                          (context.py)
7. links         between facts that passed, of the right classes, without circles; nothing is told twice
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kg.extract.analysis import Analysis
from kg.identity import fold, topic_path
from kg.llm.account import Drop
from kg.llm.anchoring import Anchors
from kg.llm.answers import Rows
from kg.llm.context import Context
from kg.llm.naming import Named, Names
from kg.llm.reading import Dropped, Reader, Row, many
from kg.llm.schema import LISTS, slots
from kg.model import Actor, Event, Fact, Passage, Position, Proposal, Span, Statement

_LINKS: Mapping[str, type[Fact]] = {"partOf": Proposal, "alternativeTo": Proposal, "expressedIn": Statement, "cause": Event}


@dataclass
class Gate:
    """One article's gate: open it for each portion's answer in turn; facts, actors and what was dropped pile up inside."""

    analysis: Analysis
    model: str
    facts: list[Fact] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.anchors = Anchors(self.analysis.text)
        self.names = Names(self.analysis, self.anchors)
        self.context = Context(self.analysis)
        self.article = self.analysis.document.article

    def actors(self) -> tuple[Actor, ...]:
        """Everybody whom the facts that passed name."""
        return self.names.taking_part(self.facts)

    def admit(self, rows: Rows, portion: Span) -> None:
        """Let the facts of one answer in that pass."""
        said = self._said(rows["actors"], portion)
        ids: dict[str, str] = {fact.id: fact.id for fact in self.facts}  # the model's ids → ours
        passed: list[tuple[Row, Fact]] = []
        for name, (cls, letter) in LISTS.items():
            for row in rows[name]:
                own = str(row.get("id") or "?")[:40]
                try:
                    reader = Reader(self.names, self.anchors, self.model, row, cls, said, portion, own, self.drops, self.context)
                    fact = reader.fact(f"l{letter}{self._next(letter, passed)}")
                except Dropped as dropped:
                    self.drops.append(Drop("fact", cls.__name__, own, dropped.reason, dropped.detail[:200]))
                else:
                    ids[own] = fact.id
                    passed.append((row, fact))
        self._link(passed, ids)

    def _next(self, letter: str, passed: Sequence[tuple[Row, Fact]]) -> int:
        taken = [int(f.id[2:]) for f in (*self.facts, *(fact for _, fact in passed)) if f.id[1] == letter]
        return max(taken, default=0) + 1

    def _said(self, rows: Sequence[Row], portion: Span) -> dict[str, Named]:
        found: dict[str, Named] = {}
        for row in rows:
            name, kind, country = (row.get(key) for key in ("name", "class", "country"))
            if not isinstance(name, str):
                continue
            named = Named(name, kind if isinstance(kind, str) else None, country if isinstance(country, str) else None)
            found.setdefault(fold(name), named)
            if not self.names.find(named, portion):
                self.drops.append(Drop("actor", "Actor", name[:40], "unknown-actor", str(kind or "")[:40]))
        return found

    # ---- links

    def _link(self, passed: Sequence[tuple[Row, Fact]], ids: Mapping[str, str]) -> None:
        """Facts refer to each other by our ids; a position without its target goes, a link to nothing or in a circle is left out."""
        by_id = {fact.id: fact for fact in (*self.facts, *(fact for _, fact in passed))}
        same: dict[str, str] = {}
        for row, fact in passed:
            own = str(row.get("id") or "?")[:40]
            linked: Fact | None = self._with_links(fact, row, own, ids, by_id)
            linked = self._with_target(linked, row, own, ids, by_id, same) if isinstance(linked, Position) else linked
            if linked is None:
                continue
            twin = next((f for f in self.facts if _is_same(f, linked, self.article.id)), None)
            if twin is None:
                self.facts.append(linked)
            else:
                same[linked.id] = twin.id
                self.facts[self.facts.index(twin)] = replace(twin, evidence=_together(twin.evidence, linked.evidence))
                self.drops.append(Drop("fact", type(fact).__name__, own, "duplicate", twin.id))
            by_id[linked.id] = linked
        kept = {f.id for f in self.facts}
        self.facts = [self._settled(f, same, kept) for f in self.facts]

    def _with_links(self, fact: Fact, row: Row, own: str, ids: Mapping[str, str], by_id: dict[str, Fact]) -> Fact:
        for slot in slots(type(fact)):
            wanted = _LINKS.get(slot.name)
            if wanted is None:
                continue
            found = []
            for name in many(row.get(slot.name)):
                id = ids.get(name, "")
                if not isinstance(by_id.get(id), wanted):
                    self.drops.append(Drop("value", type(fact).__name__, own, "unknown-fact", f"{slot.name} {name}"[:200]))
                elif id == fact.id or _leads_back(by_id, slot.field, id, fact.id):
                    self.drops.append(Drop("value", type(fact).__name__, own, "circle", f"{slot.name} {name}"[:200]))
                elif id not in found:
                    found.append(id)
            value: Any = tuple(found) if slot.many else (found[0] if found else None)
            fact = replace(fact, **{slot.field: value})
            by_id[fact.id] = fact
        return fact

    def _with_target(
        self, fact: Position, row: Row, own: str, ids: Mapping[str, str], by_id: Mapping[str, Fact], same: Mapping[str, str]
    ) -> Position | None:
        name = row.get("target")
        if isinstance(name, str) and name.strip():
            target = by_id.get(ids.get(name, ""))
            if target is not None and not isinstance(target, Position):
                return replace(fact, target=same.get(target.id, target.id), target_actor=None, matter=None)
            if fact.target_actor is None and fact.matter is None:
                self.drops.append(Drop("fact", "Position", own, "unknown-fact", f"target {name}"[:200]))
                return None
            self.drops.append(Drop("value", "Position", own, "unknown-fact", f"target {name}"[:200]))
        if fact.target_actor is not None:
            return replace(fact, matter=None)
        if fact.matter is not None:
            return fact
        self.drops.append(Drop("fact", "Position", own, "shape", "no target"))
        return None

    def _settled(self, fact: Fact, same: Mapping[str, str], kept: set[str]) -> Fact:
        """Links lead to the facts that were kept, also where a fact was found to be another one."""
        changes: dict[str, Any] = {}
        for slot in ("part_of", "alternative_to", "expressed_in", "target"):
            id = getattr(fact, slot, None)
            if id is not None:
                id = same.get(id, id)
                changes[slot] = id if id in kept and id != fact.id else None
        if isinstance(fact, Event):
            causes = (same.get(id, id) for id in fact.cause)
            changes["cause"] = tuple(dict.fromkeys(id for id in causes if id in kept and id != fact.id))
        return replace(fact, **changes)


# ------------------------------------------------------------------------------------------------------------- small parts


def _leads_back(by_id: Mapping[str, Fact], field_name: str, start: str, to: str) -> bool:
    """Whether following one kind of link from ``start`` comes to ``to``."""
    seen, queue = set(), [start]
    while queue:
        id = queue.pop()
        if id == to:
            return True
        if id in seen or id not in by_id:
            continue
        seen.add(id)
        value = getattr(by_id[id], field_name, None)
        queue += list(value) if isinstance(value, tuple) else [value] if value else []
    return False


def _is_same(a: Fact, b: Fact, article_id: str) -> bool:
    """Whether a model told one fact twice: the same values, or for positions the same stance on the same thing."""
    if type(a) is not type(b) or (a.start_date, a.end_date) != (b.start_date, b.end_date):
        return False
    if isinstance(a, Position) and isinstance(b, Position):
        return _aim(a, article_id) == _aim(b, article_id)
    blank: dict[str, Any] = {"id": "", "label": "", "evidence": a.evidence, "topics": (), "date_text": None}
    overlap = any(Span(p.start, p.end).overlaps(Span(q.start, q.end)) for p in a.evidence for q in b.evidence)
    return overlap and replace(a, **blank) == replace(b, **blank)


def _aim(p: Position, article_id: str) -> tuple[object, ...]:
    return p.holder, p.stance, p.target, p.target_actor, topic_path(p.matter, article_id) if p.matter else None


def _together(a: tuple[Passage, ...], b: tuple[Passage, ...]) -> tuple[Passage, ...]:
    return tuple(sorted(dict.fromkeys((*a, *b)), key=lambda p: (p.start, p.end, p.attributed_to, p.via)))
