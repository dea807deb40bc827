"""Where everything stands in the drawing of a board: boxes, ports and lines in the units of the SVG, from a :class:`Board`.

Three columns: the actors of one country, what is talked about, the actors of the other. Third parties sit below the shorter column.
Actors stand near what they talk about (the mean height of their rows), so that few lines cross; lines run only in the two gutters
between the columns, and each ends at a port of its own, where its sign is. Nothing here depends on a browser or on chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.headline import capital
from kg.map.content import Content, Node
from kg.map.lettering import width, wrap
from kg.map.mesa import Board, Row, Stroke, Table, actors
from kg.map.telling import shown_name
from kg.map.wording import LANGUAGES, Wording

WIDTH = 960.0
LEFT = (0.0, 190.0)
CENTER = (300.0, 660.0)
RIGHT = (770.0, 960.0)
SIZE = 14.0  # the labels' font size; nothing is smaller than SMALL
SMALL = 13.0
LINE = 17.0
SMALL_LINE = 15.0
PORT = 18.0  # the distance between two ports of a box
HEAD = 46.0  # the columns' headings
GAP = 9.0


@dataclass(frozen=True, slots=True)
class Pill:
    """An actor's box. ``lines`` are its name in the page's language and in the other (empty where it is the same), ``title`` the
    lines of its office; ``tag`` is a country code for those of third countries."""

    actor: int
    x: float
    y: float
    w: float
    h: float
    lines: tuple[str, ...]
    other: tuple[str, ...]
    title: tuple[str, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class Box:
    """The box of a row; ``chip`` is the word at its right end (a status or ``disputed``), empty for none. The parts of a proposal
    stand right below it in one frame."""

    row: Row
    x: float
    y: float
    w: float
    h: float
    lines: tuple[str, ...]
    other: tuple[str, ...]
    chip: str
    chip_w: float


@dataclass(frozen=True, slots=True)
class Wire:
    """A stroke as drawn: from the actor's edge to the port, where the sign stands. ``left`` says which side of the row."""

    stroke: Stroke
    row: int
    left: bool
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def path(self) -> str:
        bend = (self.x0 + self.x1) / 2
        points = ((self.x0, self.y0), (bend, self.y0), (bend, self.y1), (self.x1, self.y1))
        start, *curve = (f"{number(x)} {number(y)}" for x, y in points)
        return f"M{start}C{' '.join(curve)}"


@dataclass(frozen=True, slots=True)
class Column:
    """A panel behind actors. ``side`` is a country's key, ``""`` for third parties."""

    side: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group of rows; ``key`` as in :class:`~kg.map.mesa.Row`."""

    key: str
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A board with positions. The wires stand in reading order: row by row, left before right."""

    board: Board
    height: float
    columns: tuple[Column, ...]
    headings: tuple[Heading, ...]
    frames: tuple[tuple[float, float], ...]
    pills: tuple[Pill, ...]
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]

    def wires_of(self, row: int, left: bool) -> tuple[Wire, ...]:
        """The wires of the row with that number that come from one side."""
        return tuple(wire for wire in self.wires if wire.row == row and wire.left == left)


def draw(content: Content, table: Table, board: Board, wording: Wording) -> Drawing:
    """Place a board so that its words fit in both languages."""
    seats = _seats(content, table, board)
    counts = {row.node: [sum(seats[s.actor] == seat for s in row.strokes) for seat in ("left", "right")] for row in board.rows}
    boxes, headings, bottom = _boxes(content, board, counts, wording)
    middle = {box.row.node: box.y + box.h / 2 for box in boxes}
    people = actors(board, content)
    for titled in (True, False):  # offices are shown where there is room for them
        pills = [_pill(content, node, seats, table, board, wording, titled) for node in people]
        sides = {
            seat: _stack(content, table, seat, [p for p in pills if seats[p.actor] == seat], board, middle, bottom)
            for seat in ("left", "right")
        }
        height = max([bottom, *(end for _, _, end in sides.values())])
        if height <= bottom + 1:
            break
    placed = [pill for seat in ("left", "right") for pill in sides[seat][0]]
    columns = [column for seat in ("left", "right") for column in sides[seat][1]]
    columns = [replace(c, h=height - c.y) if c.h < 0 else c for c in columns]
    return Drawing(
        board, height, tuple(columns), tuple(headings), _frames(boxes), tuple(placed), tuple(boxes), _wires(boxes, placed, seats)
    )


# ----------------------------------------------------------------------------------------------------------------------- seats


def _seats(content: Content, table: Table, board: Board) -> dict[int, str]:
    """On which side of the table each actor sits. Third parties all sit on the side with fewer actors of its own."""
    people = actors(board, content)
    left = [node for node in people if node.side == table.left and table.left]
    right = [node for node in people if node.side == table.right and table.right]
    others = "right" if len(right) <= len(left) else "left"
    seats = {node.index: others for node in people}
    seats.update({node.index: "left" for node in left})
    seats.update({node.index: "right" for node in right})
    return seats


# ------------------------------------------------------------------------------------------------------------------------ rows


def _boxes(
    content: Content, board: Board, counts: Mapping[int, Sequence[int]], wording: Wording
) -> tuple[list[Box], list[Heading], float]:
    boxes: list[Box] = []
    headings: list[Heading] = []
    y, group, above = HEAD, "", ""
    for row in board.rows:
        if row.depth == 0 and boxes:
            y += GAP
        if row.group != group:
            group = row.group
            y += 4 if headings else 0
            headings.append(Heading(group, y + 13))
            y += 22
        node = content.nodes[row.node]
        status = node.value("status") or ""
        chip = "disputed" if row.contested else status if status not in ("proposed", above if row.depth else "") else ""
        above = above if row.depth else status
        said = (
            [wording.text(chip, lang=lang) if row.contested else wording.concept(chip, lang) for lang in LANGUAGES]
            if chip
            else []
        )
        chip_w = max((width(word, SMALL) for word in said), default=0.0) + 14 if chip else 0.0
        room = CENTER[1] - CENTER[0] - 26 - 14 * row.depth - (chip_w + 8 if chip else 0)
        lines, other = _both(content, node, wording, room, 3, row.depth == 0)
        pad = 17 if row.depth == 0 else 11
        h = max(max(len(lines), len(other)) * LINE + pad, max(counts[row.node]) * PORT + 6)
        boxes.append(Box(row, CENTER[0], y, CENTER[1] - CENTER[0], h, lines, other, chip, chip_w))
        y += h
    return boxes, headings, y + 16


def _frames(boxes: Sequence[Box]) -> tuple[tuple[float, float], ...]:
    """Top and height of each proposal with its parts."""
    frames: list[tuple[float, float]] = []
    for box in boxes:
        if box.row.depth and frames:
            frames[-1] = (frames[-1][0], box.y + box.h - frames[-1][0])
        else:
            frames.append((box.y, box.h))
    return tuple(frames)


def _both(
    content: Content, node: Node, wording: Wording, room: float, most: int, bold: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A node's name in lines, in the page's language and, where it differs, in the other."""
    here, there = (capital(shown_name(content, node, lang)) for lang in (wording.lang, wording.other))
    return wrap(here, SIZE, room, most, bold=bold), wrap(there, SIZE, room, most, bold=bold) if there != here else ()


# ---------------------------------------------------------------------------------------------------------------------- actors


def _pill(
    content: Content, node: Node, seats: Mapping[int, str], table: Table, board: Board, wording: Wording, titled: bool
) -> Pill:
    x0, x1 = LEFT if seats[node.index] == "left" else RIGHT
    w = x1 - x0 - 20
    lines, other = _both(content, node, wording, w - 20, 3, True)
    office = node.value("title") or ""
    title = wrap(office, SMALL, w - 20, 3) if titled and office and office.lower() != node.label.lower() else ()
    if title and title[-1].endswith("…"):
        title = ()
    strokes = sum(stroke.actor == node.index for row in board.rows for stroke in row.strokes)
    tag = node.side.upper() if node.side and node.side not in (table.left, table.right) else ""
    h = max(max(len(lines), len(other)) * LINE + len(title) * SMALL_LINE + 13, min(strokes * 5.0 + 10, 90))
    return Pill(node.index, x0 + 10, 0, w, h, lines, other, title, tag)


def _stack(
    content: Content, table: Table, seat: str, pills: Sequence[Pill], board: Board, middle: Mapping[int, float], bottom: float
) -> tuple[list[Pill], list[Column], float]:
    """The pills of one side with their heights, the panels behind them, and where they end."""
    side = table.left if seat == "left" else table.right
    own = [pill for pill in pills if side and content.nodes[pill.actor].side == side]
    others = [pill for pill in pills if pill not in own]
    x0, x1 = LEFT if seat == "left" else RIGHT
    below = sum(pill.h + GAP for pill in others) + HEAD if others and (own or side) else 0.0
    wish = {pill.actor: _wish(pill.actor, board, middle) for pill in pills}
    top = HEAD + 4
    placed, end = _settle(own, wish, top, max(top, bottom - below - 14))
    columns: list[Column] = []
    if side:
        columns.append(Column(side, x0, 0, x1 - x0, (max(end + 14, bottom - below - 4)) if others else -1))
    if others:
        start = columns[0].h + 10 if columns else 0.0
        settled, end = _settle(others, wish, start + HEAD - 2, bottom - 14)
        placed += settled
        columns.append(Column("", x0, start, x1 - x0, -1))
    return placed, columns, max(end + 14, bottom if not others else end + 14)


def _wish(actor: int, board: Board, middle: Mapping[int, float]) -> float:
    heights = [middle[row.node] for row in board.rows for stroke in row.strokes if stroke.actor == actor]
    return sum(heights) / len(heights) if heights else 0.0


def _settle(pills: Sequence[Pill], wish: Mapping[int, float], top: float, bottom: float) -> tuple[list[Pill], float]:
    """Pills in the order of the heights they wish for, as near to them as they can stand without touching.

    Neighbours that would touch form a block that stands at the mean of its wishes; blocks that touch melt into one.
    """
    blocks: list[tuple[list[Pill], float, float]] = []  # pills, height with gaps, wished top
    for pill in sorted(pills, key=lambda pill: (wish[pill.actor], pill.actor)):
        block = ([pill], pill.h + GAP, wish[pill.actor] - pill.h / 2)
        while blocks and blocks[-1][2] + blocks[-1][1] > block[2]:
            above, high, want = blocks.pop()
            shifted = block[2] - high
            weight = len(above), len(block[0])
            block = (above + block[0], high + block[1], (want * weight[0] + shifted * weight[1]) / sum(weight))
            block = (block[0], block[1], max(top, min(block[2], bottom - block[1])))
        blocks.append((block[0], block[1], max(top, min(block[2], bottom - block[1]))))
    placed: list[Pill] = []
    y = top
    for members, _, want in blocks:
        y = max(y, want)
        for pill in members:
            placed.append(replace(pill, y=y))
            y += pill.h + GAP
    return placed, y - GAP


# ----------------------------------------------------------------------------------------------------------------------- wires


def _wires(boxes: Sequence[Box], pills: Sequence[Pill], seats: Mapping[int, str]) -> tuple[Wire, ...]:
    """A wire for each stroke. Ports of a box stand in the order of the actors' heights, ends at an actor in that of the rows."""
    pill_of = {pill.actor: pill for pill in pills}
    ends: dict[int, list[tuple[float, int, int]]] = {}
    ports: dict[tuple[int, int], float] = {}
    for number, box in enumerate(boxes):
        for seat in ("left", "right"):
            side = [(pill_of[s.actor].y, index) for index, s in enumerate(box.row.strokes) if seats[s.actor] == seat]
            for place, (_, index) in enumerate(sorted(side)):
                ports[number, index] = box.y + box.h / 2 + (place - (len(side) - 1) / 2) * PORT
                ends.setdefault(box.row.strokes[index].actor, []).append((ports[number, index], number, index))
    starts: dict[tuple[int, int], float] = {}
    for actor, reached in ends.items():
        pill = pill_of[actor]
        step = min(7.0, (pill.h - 12) / max(1, len(reached) - 1))
        for place, (_, number, index) in enumerate(sorted(reached)):
            starts[number, index] = pill.y + pill.h / 2 + (place - (len(reached) - 1) / 2) * step
    wires: list[Wire] = []
    for number, box in enumerate(boxes):
        drawn = sorted(
            range(len(box.row.strokes)), key=lambda index: (seats[box.row.strokes[index].actor] != "left", ports[number, index])
        )
        for index in drawn:
            stroke = box.row.strokes[index]
            left = seats[stroke.actor] == "left"
            pill = pill_of[stroke.actor]
            x0 = pill.x + pill.w if left else pill.x
            x1 = CENTER[0] - 10 if left else CENTER[1] + 10
            wires.append(Wire(stroke, number, left, x0, starts[number, index], x1, ports[number, index]))
    return tuple(wires)


def number(value: float) -> str:
    """A coordinate with at most one decimal, without a trailing zero."""
    return f"{value:.1f}".removesuffix(".0")
