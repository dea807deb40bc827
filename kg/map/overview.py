"""Where everything stands in the picture of the whole network: each actor in the middle of the facts that are first of all its own.

A fact belongs to the actor who does, holds or says it; an actor with its facts is a *flower*, its petals on a spiral of equal
steps (Vogel 1979, https://doi.org/10.1016/0025-5564(79)90080-4). Flowers are set down from the largest to the smallest on a widening
spiral, each at the first place where it touches no other. Only sums, products, square roots and a table of rounded directions are
used, so that every machine gives the same whole numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from kg.map.content import FACTS, Content

STEP = 46.0
_OWNERS = ("holder", "proposer", "speaker", "agent", "claimant", "patient", "participant", "addressee")
_GOLDEN = 2.399963229728653
#: Directions of a spiral of equal angles, rounded so that the last bit of a sine does not matter.
_DIRECTIONS = tuple((round(math.cos(i * _GOLDEN), 9), round(math.sin(i * _GOLDEN), 9)) for i in range(512))


def overview(content: Content) -> Mapping[int, tuple[int, int]]:
    """Whole coordinates of every node, the middle of the picture at (0, 0)."""
    flowers = _flowers(content)
    degree = Counter(end for link in content.links for end in (link.source, link.target))
    order = sorted(flowers, key=lambda hub: (-len(flowers[hub]), -degree[hub], hub))
    placed: list[tuple[float, float, float]] = []
    grid: dict[tuple[int, int], list[int]] = {}
    positions: dict[int, tuple[int, int]] = {}
    start = 0
    last = -1
    for hub in order:
        radius = STEP * (math.sqrt(len(flowers[hub]) + 1) + 0.6)
        if len(flowers[hub]) != last:
            start, last = 0, len(flowers[hub])
        start, (x, y) = _room(radius, placed, grid, start)
        placed.append((x, y, radius))
        grid.setdefault(_cell(x, y), []).append(len(placed) - 1)
        positions[hub] = (round(x), round(y))
        for number, petal in enumerate(flowers[hub], 1):
            dx, dy = _DIRECTIONS[number % len(_DIRECTIONS)]
            far = STEP * math.sqrt(number + 0.6)
            positions[petal] = (round(x + dx * far), round(y + dy * far))
    return positions


def _flowers(content: Content) -> dict[int, list[int]]:
    """Hub → its petals. A node without an owner is a hub of its own or goes with the fact that is about it."""
    owner: dict[int, int] = {}
    for fact in content.of_kind(*FACTS):
        found = [actor for relation in _OWNERS for actor in content.out(fact.index, relation)]
        if found:
            owner[fact.index] = found[0]
    for link in content.links:
        if content.nodes[link.target].kind in ("topic", "place") and link.source in owner:
            owner.setdefault(link.target, owner[link.source])
    flowers: dict[int, list[int]] = {}
    for node in content.nodes:
        if node.index in owner:
            flowers.setdefault(owner[node.index], []).append(node.index)
        else:
            flowers.setdefault(node.index, [])
    return flowers


_CELL = 400.0


def _cell(x: float, y: float) -> tuple[int, int]:
    return math.floor(x / _CELL), math.floor(y / _CELL)


def _room(
    radius: float, placed: list[tuple[float, float, float]], grid: Mapping[tuple[int, int], list[int]], start: int
) -> tuple[int, tuple[float, float]]:
    """The first step of the spiral from ``start`` on where a circle touches none of those placed, and that place."""
    widest = placed[0][2] if placed else 0.0
    reach = math.ceil((radius + widest) / _CELL)
    step = start
    while True:
        dx, dy = _DIRECTIONS[step % len(_DIRECTIONS)]
        far = 22.0 * math.sqrt(step)
        x, y = 1.35 * dx * far, dy * far
        column, line = _cell(x, y)
        near = (
            placed[index]
            for i in range(column - reach, column + reach + 1)
            for j in range(line - reach, line + reach + 1)
            for index in grid.get((i, j), ())
        )
        if all((x - px) ** 2 + (y - py) ** 2 >= (radius + pr) ** 2 for px, py, pr in near):
            return step, (x, y)
        step += 1
