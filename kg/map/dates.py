"""When a fact holds: its own date, or one that it inherits from the statement, event or proposal told in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.map.content import FACTS, Content, Node


@dataclass(frozen=True, slots=True)
class When:
    """An interval of ISO days; an open end is ``None``. ``inherited`` says that the fact itself gives no date."""

    start: str | None
    end: str | None
    inherited: bool


def dates(content: Content) -> Mapping[int, When]:
    """The date of each fact that has or inherits one.

    A position inherits from the statement it is expressed in, then from the event or proposal it is about; any undated fact from a
    dated event or statement with which it shares words and an actor.
    """
    own = {
        node.index: When(node.value("startDate"), node.value("endDate"), False)
        for node in content.of_kind(*FACTS)
        if _dated(node)
    }
    found = dict(own)
    givers = [node for node in content.of_kind("event", "statement") if node.index in own]
    by_source: dict[int, list[tuple[int, int, Node]]] = {}
    for giver in givers:
        for cited in (content.citations[index] for index in giver.citations):
            if cited.source is not None:
                by_source.setdefault(cited.source, []).append((cited.begin, cited.end, giver))
    people = {node.index: _people(content, node) for node in content.of_kind(*FACTS)}
    for node in content.of_kind("position", "proposal", "statement"):
        if node.index in own:
            continue
        linked = [t for relation in ("expressedIn", "target") for t in content.out(node.index, relation) if t in own]
        sharing = [
            giver.index
            for cited in (content.citations[index] for index in node.citations)
            for begin, end, giver in by_source.get(-1 if cited.source is None else cited.source, ())
            if begin < cited.end and cited.begin < end and people[giver.index] & people[node.index]
        ]
        if giver_index := next(iter([*linked, *sharing]), None):
            found[node.index] = When(own[giver_index].start, own[giver_index].end, True)
    return found


def _dated(node: Node) -> bool:
    return bool(node.value("startDate") or node.value("endDate"))


def _people(content: Content, node: Node) -> frozenset[int]:
    roles = ("agent", "patient", "speaker", "holder", "proposer", "participant")
    return frozenset(actor for role in roles for actor in content.out(node.index, role))
