"""The story in five to eight steps, chosen from the graph: context, proposal, refusal, alternative, dispute, figures, what comes next.

The steps name facts; the page tells them with their words. What a graph does not have is left out; no step is made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.map.content import FACTS, Content, Node
from kg.map.mesa import Stroke, Table, contested, strokes
from kg.map.telling import own_words

MOST_FACTS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``key`` is its heading in the strings, ``facts`` the nodes it tells, the first one first."""

    key: str
    facts: tuple[int, ...]


def story(content: Content, tables: tuple[Table, ...]) -> tuple[Step, ...]:
    """The steps in order; none for a graph without facts. Of several tables it is the first one's story, told by its articles."""
    content = _first_story(content, tables)
    drawn = strokes(content)
    main = _main_proposal(content, tables)
    answers = drawn.get(main.index, ()) if main else ()
    disputed = contested(content)
    found = [
        Step("step.context", _context(content)),
        Step("step.proposal", (main.index,) if main else ()),
        Step("step.refusal", _facts(content, [s for s in answers if s.sign == "minus"]) or _stances(content, "opposes")),
        Step("step.support", _facts(content, [s for s in answers if s.sign == "plus"]) or _stances(content, "supports")),
        _alternative(content, main),
        Step("step.condition", _stances(content, "conditional")),
        Step("step.disputed", tuple(stroke.fact for target in sorted(disputed) for stroke in drawn[target])[:4]),
        Step("step.figures", tuple(node.index for node in figures(content)[:4])),
        Step("step.next", _ahead(content)),
    ]
    told = [step for step in found if step.facts]
    for dispensable in ("step.support", "step.condition"):
        if len(told) > 8:
            told = [step for step in told if step.key != dispensable]
    return tuple(told)


def _first_story(content: Content, tables: tuple[Table, ...]) -> Content:
    """The content without the facts that none of the articles about the first table tells; all of it where there is one table."""
    if len(tables) < 2:
        return content
    rows = [row for board in tables[0].boards for row in board.rows]
    facts = {fact for row in rows for fact in (row.node, *(stroke.fact for stroke in row.strokes))}
    articles = {content.citations[index].source for fact in facts for index in content.nodes[fact].citations}
    kept = {
        node.index
        for node in content.nodes
        if node.kind not in FACTS or articles & {content.citations[index].source for index in node.citations}
    }
    return replace(content, chosen=frozenset(kept))


def _main_proposal(content: Content, tables: tuple[Table, ...]) -> Node | None:
    rows = (row for table in tables for board in table.boards if board.kind == "proposals" for row in board.rows)
    first = next(rows, None)
    return content.nodes[first.node] if first else None


def _facts(content: Content, drawn: Iterable[Stroke]) -> tuple[int, ...]:
    """The facts of strokes, those in the actor's own words first, then those with more passages."""
    spoken = own_words(content)
    facts = [content.nodes[fact] for fact in dict.fromkeys(stroke.fact for stroke in drawn)]
    ranked = sorted(facts, key=lambda node: (spoken.isdisjoint(node.citations), -len(node.citations), node.index))
    return tuple(node.index for node in ranked[:MOST_FACTS])


def _stances(content: Content, stance: str) -> tuple[int, ...]:
    holding = [node for node in content.of_kind("position") if node.value("stance") == stance]
    drawn = [Stroke(actor, "about", node.index) for node in holding for actor in content.out(node.index, "holder")]
    return _facts(content, drawn)


def _context(content: Content) -> tuple[int, ...]:
    """The event the texts come back to most often, and what caused it."""
    happened = [node for node in content.of_kind("event") if node.value("factuality") in ("actual", None)]
    if not happened:
        return ()
    first = min(happened, key=lambda node: (-len(node.citations), content.place(node)))
    return (first.index, *content.out(first.index, "cause")[:1])


def _alternative(content: Content, main: Node | None) -> Step:
    """What is put forward instead; else what the other side asks for."""
    proposals = sorted(content.of_kind("proposal"), key=content.place)
    instead = [node.index for node in proposals if content.out(node.index, "alternativeTo")]
    if instead or main is None:
        return Step("step.alternative", tuple(instead[:MOST_FACTS]))
    ours = {content.nodes[actor].side for actor in content.out(main.index, "proposer")}
    theirs = [
        node.index
        for node in proposals
        if not content.out(node.index, "isPartOf") and {content.nodes[a].side for a in content.out(node.index, "proposer")} - ours
    ]
    return Step("step.counter", tuple(theirs[:MOST_FACTS]))


def figures(content: Content) -> tuple[Node, ...]:
    """The indicators: those with a number and somebody who stands for it first, then those with more passages."""

    def rank(node: Node) -> tuple[object, ...]:
        return node.value("value") is None, not content.out(node.index, "claimant"), -len(node.citations), content.place(node)

    return tuple(sorted(content.of_kind("indicator"), key=rank))


def _ahead(content: Content) -> tuple[int, ...]:
    """What is planned, the dated first; what has passed when the last article appeared is no longer ahead."""
    today = max((source.date for source in content.sources if source.date), default="")
    planned = [node for node in content.of_kind("event") if node.value("factuality") == "planned"]
    open_ = [node for node in planned if (node.value("endDate") or node.value("startDate") or "9999") >= today]
    return tuple(
        node.index
        for node in sorted(open_, key=lambda node: (node.value("startDate") or "9999", content.place(node)))[:MOST_FACTS]
    )
