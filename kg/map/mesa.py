"""Who sits at which table and what lies on it: the choice and the order of what the *mesa* shows, without any geometry.

A *table* stands for two countries. It has up to two *boards*: the proposals, and the matters, claims and facts on which positions
are taken. A *row* is what is talked about, a *stroke* what one actor has to do with it: it proposes it or takes a stance on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from kg.map.content import Content, Node

Sign = Literal["propose", "plus", "minus", "about"]
BoardKind = Literal["proposals", "claims"]

#: How the stances are drawn. Only these three differences are drawn; the words say the rest.
SIGNS: Mapping[str, Sign] = {
    "supports": "plus",
    "affirms": "plus",
    "opposes": "minus",
    "denies": "minus",
    "conditional": "about",
    "doubts": "about",
}
MOST_PROPOSALS = 24
MOST_CLAIMS = 12
MOST_TABLES = 6
SMALL_TABLE = 3  # rows; a pair of countries with fewer gets no table of its own


@dataclass(frozen=True, slots=True)
class Stroke:
    """What an actor has to do with a row. ``fact`` is the position, or the proposal itself where the actor proposes it."""

    actor: int
    sign: Sign
    fact: int


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal or another target of positions. ``depth`` is 1 for a part of the proposal above; ``group`` the heading's key."""

    node: int
    depth: int
    group: str
    strokes: tuple[Stroke, ...]
    contested: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Rows in the order shown; ``rest`` are the nodes for which there is no room."""

    kind: BoardKind
    rows: tuple[Row, ...]
    rest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A pair of countries (keys; ``None`` where there is no second or no first) and the boards between them."""

    left: str | None
    right: str | None
    boards: tuple[Board, ...]

    @property
    def key(self) -> str:
        return "-".join(side or "x" for side in (self.left, self.right))


def contested(content: Content) -> frozenset[int]:
    """The targets that one actor affirms and another denies."""
    holders: dict[tuple[int, str], set[int]] = {}
    for position in content.of_kind("position"):
        for target in content.out(position.index, "target"):
            holders.setdefault((target, position.value("stance") or ""), set()).update(content.out(position.index, "holder"))
    return frozenset(
        target
        for target, stance in holders
        if stance == "affirms" and holders.get((target, "denies"), set()) - holders[target, stance]
    )


def strokes(content: Content) -> dict[int, tuple[Stroke, ...]]:
    """Every target of a position and every proposal, with the strokes that lead to it: who proposes it first, then the rest."""
    found: dict[int, list[Stroke]] = {node.index: [] for node in content.of_kind("proposal")}
    for proposal in content.of_kind("proposal"):
        found[proposal.index] += [Stroke(actor, "propose", proposal.index) for actor in content.out(proposal.index, "proposer")]
    for position in sorted(content.of_kind("position"), key=content.place):
        sign = SIGNS.get(position.value("stance") or "", "about")
        for target in content.out(position.index, "target"):
            for holder in content.out(position.index, "holder"):
                found.setdefault(target, []).append(Stroke(holder, sign, position.index))
    return {target: tuple(dict.fromkeys(drawn)) for target, drawn in sorted(found.items())}


def tables(content: Content) -> tuple[Table, ...]:
    """The tables, the weightiest first; one empty table where the graph has neither proposals nor positions.

    A target lies on the table most of whose countries it concerns, then on that which the same articles have most to say about.
    """
    drawn = strokes(content)
    sides = {target: _sides(content, target, drawn[target]) for target in drawn}
    weights = _weights(content, sides)
    pairs = sorted(weights, key=lambda pair: (-weights[pair], pair))[:MOST_TABLES] or [_alone(content)]
    members: dict[tuple[str | None, ...], list[int]] = {}
    told = {target: _articles(content, target, drawn[target]) for target in drawn}
    at_home: dict[tuple[str | None, ...], Counter[int]] = {pair: Counter() for pair in pairs}
    for target in drawn:
        for pair in pairs:
            if sides[target].issuperset(pair):
                at_home[pair].update(told[target])
    for target in drawn:
        best = max(
            pairs,
            key=lambda pair: (
                len(sides[target].intersection(pair)),
                sum(at_home[pair][article] for article in told[target]),
                -pairs.index(pair),
            ),
        )
        members.setdefault(best, []).append(target)
    _join_small(pairs, members)
    made = [_table(content, pair, members[pair], drawn) for pair in pairs if pair in members]
    return tuple(made) or (Table(pairs[0][0], pairs[0][1], boards=()),)


def _join_small(pairs: Sequence[tuple[str | None, ...]], members: dict[tuple[str | None, ...], list[int]]) -> None:
    """A pair with next to nothing on its table joins a weightier one that shares a country with it, as third parties there."""
    for place, pair in reversed(list(enumerate(pairs))):
        host = next((other for other in pairs[:place] if other in members and set(other) & set(pair)), None)
        if host is not None and 0 < len(members.get(pair, ())) < SMALL_TABLE:
            members[host] = sorted(members[host] + members.pop(pair))


# ------------------------------------------------------------------------------------------------------------------- countries


def _sides(content: Content, target: int, drawn: Iterable[Stroke]) -> frozenset[str]:
    actors = [stroke.actor for stroke in drawn] + list(content.out(target, "addressee"))
    return frozenset(side for actor in actors if (side := content.nodes[actor].side))


def _articles(content: Content, target: int, drawn: Iterable[Stroke]) -> frozenset[int]:
    """The articles that tell of a target: what has no side of its own lies on the table that they are about."""
    facts = (target, *(stroke.fact for stroke in drawn))
    cited = (content.citations[index] for fact in facts for index in content.nodes[fact].citations)
    return frozenset(passage.source for passage in cited if passage.source is not None)


def _weights(content: Content, sides: Mapping[int, frozenset[str]]) -> Counter[tuple[str | None, ...]]:
    """How much goes on between two countries: three for a proposal or position between them, one for an event."""
    weights: Counter[tuple[str | None, ...]] = Counter()
    for both in sides.values():
        weights.update(dict.fromkeys(combinations(sorted(both), 2), 3))
    if not weights:
        for event in content.of_kind("event", "statement"):
            actors = [
                actor for role in ("agent", "patient", "participant", "speaker") for actor in content.out(event.index, role)
            ]
            present = sorted({side for actor in actors if (side := content.nodes[actor].side)})
            weights.update(combinations(present, 2))
    return weights


def _alone(content: Content) -> tuple[str | None, None]:
    """The country most actors belong to, for a graph in which no two countries meet."""
    counted = Counter(node.side for node in content.of_kind("actor") if node.side)
    return (min(counted, key=lambda side: (-counted[side], side)) if counted else None, None)


def _table(
    content: Content, pair: tuple[str | None, ...], members: Sequence[int], drawn: Mapping[int, tuple[Stroke, ...]]
) -> Table:
    left, right = _by_pressure(content, pair, members, drawn)
    boards = (_proposals(content, (left, right), members, drawn), _claims(content, members, drawn))
    return Table(left, right, tuple(board for board in boards if board.rows))


def _by_pressure(
    content: Content, pair: tuple[str | None, ...], members: Sequence[int], drawn: Mapping[int, tuple[Stroke, ...]]
) -> tuple[str | None, str | None]:
    """The side whose proposals meet more refusals sits on the left, for it is read first; then the side that proposes more."""
    left, right = pair
    pressed: Counter[str | None] = Counter()
    for target in members:
        signs = [stroke.sign for stroke in drawn[target]]
        for side in {content.nodes[stroke.actor].side for stroke in drawn[target] if stroke.sign == "propose"}:
            pressed[side] += 1 + 1000 * signs.count("minus")
    return (right, left) if right is not None and pressed[right] > pressed[left] else (left, right)


# ---------------------------------------------------------------------------------------------------------------------- boards


def _rank(content: Content, target: int, drawn: Sequence[Stroke]) -> tuple[int, int, int, tuple[int, int, str]]:
    """Sort key: number of positions, then whether they conflict, then the number of passages, then the place in the text."""
    stances = [stroke.sign for stroke in drawn if stroke.sign != "propose"]
    conflict = "minus" in stances and ("plus" in stances or len(stances) < len(drawn))
    node = content.nodes[target]
    return -len(stances), -int(conflict), -len(node.citations), content.place(node)


def _proposals(
    content: Content, pair: tuple[str | None, str | None], members: Sequence[int], drawn: Mapping[int, tuple[Stroke, ...]]
) -> Board:
    own = [target for target in members if content.nodes[target].kind == "proposal"]
    families: dict[int, list[int]] = {}
    for target in own:
        families.setdefault(_root(content, target, own), []).append(target)
    ranks = {target: _rank(content, target, drawn[target]) for target in own}
    order = sorted(families, key=lambda root: (min(ranks[member][:2] for member in families[root]), ranks[root]))
    chosen: list[int] = []
    for root in order:
        parts = sorted(
            (member for member in families[root] if member != root), key=lambda member: content.place(content.nodes[member])
        )
        room = MOST_PROPOSALS - len(chosen)
        kept = set(sorted(parts, key=lambda member: ranks[member])[: max(0, room - 1)])
        chosen += ([root] if room > 0 else []) + [part for part in parts if part in kept]
    groups = _groups(content, [root for root in order if root in chosen], pair, drawn)
    heads = list(dict.fromkeys(groups.values()))
    group_of = {member: groups[root] for root in groups for member in families[root]}
    roots = set(order)
    rows = [
        Row(target, int(target not in roots), group_of[target], _own_strokes(content, target, drawn, roots), False)
        for target in sorted(chosen, key=lambda target: (heads.index(group_of[target]), chosen.index(target)))
    ]
    return Board("proposals", tuple(rows), tuple(target for target in own if target not in chosen))


def _root(content: Content, target: int, own: Sequence[int]) -> int:
    """The proposal that a part belongs to in the end; a circle ends where it began."""
    seen = [target]
    while above := [whole for whole in content.out(seen[-1], "isPartOf") if whole in own and whole not in seen]:
        seen.append(above[0])
    return seen[-1]


def _own_strokes(content: Content, target: int, drawn: Mapping[int, tuple[Stroke, ...]], roots: set[int]) -> tuple[Stroke, ...]:
    """A part's strokes without those that say again who proposes the whole."""
    if target in roots:
        return drawn[target]
    whole = {content.nodes[s.actor].side for s in drawn[_root(content, target, list(drawn))] if s.sign == "propose"}
    return tuple(s for s in drawn[target] if s.sign != "propose" or content.nodes[s.actor].side not in whole)


def _groups(
    content: Content, roots: Sequence[int], pair: tuple[str | None, str | None], drawn: Mapping[int, tuple[Stroke, ...]]
) -> dict[int, str]:
    """Root → heading: its topic (of several the commonest), or the side that proposes it where most proposals, or the first one, have
    no topic."""
    topics = {root: content.nodes[root].values.get("topic", ()) for root in roots}
    if roots and topics[roots[0]] and 2 * sum(map(bool, topics.values())) > len(roots):
        common = Counter(topic for found in topics.values() for topic in found)
        best = {root: min(found, key=lambda t: (-common[t], t)) if found else "" for root, found in topics.items()}
        return {root: f"topic:{topic}" if topic else "rest" for root, topic in best.items()}
    grouped: dict[int, str] = {}
    for root in roots:
        proposing = [content.nodes[s.actor].side for s in drawn[root] if s.sign == "propose"]
        side = next((side for side in proposing if side in pair and side is not None), None)
        grouped[root] = f"side:{side}" if side else "rest"
    first = {f"side:{side}": number for number, side in enumerate(pair)}
    return dict(sorted(grouped.items(), key=lambda item: (first.get(item[1], 2), roots.index(item[0]))))


def _claims(content: Content, members: Sequence[int], drawn: Mapping[int, tuple[Stroke, ...]]) -> Board:
    disputed = contested(content)
    own = [target for target in members if content.nodes[target].kind != "proposal"]
    order = sorted(own, key=lambda target: (target not in disputed, _rank(content, target, drawn[target])))
    rows = [
        Row(target, 0, "disputed" if target in disputed else "voices", drawn[target], target in disputed)
        for target in order[:MOST_CLAIMS]
    ]
    return Board("claims", tuple(rows), tuple(order[MOST_CLAIMS:]))


def actors(board: Board, content: Content) -> tuple[Node, ...]:
    """The actors with a stroke on a board, each once, in order of their first stroke."""
    return tuple(content.nodes[actor] for actor in dict.fromkeys(stroke.actor for row in board.rows for stroke in row.strokes))
