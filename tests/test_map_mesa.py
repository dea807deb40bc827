"""Who sits where and what lies on the table, and where it is drawn: nothing touches, nothing is stacked, nothing runs through a box."""

from __future__ import annotations

from itertools import combinations

import pytest
from map_samples import SAMPLES, many, sample

from kg.map.content import Content, read
from kg.map.layout import CENTER, LEFT, PORT, RIGHT, SIZE, SMALL, Drawing, draw
from kg.map.lettering import width, wrap
from kg.map.mesa import MOST_CLAIMS, MOST_PROPOSALS, Table, contested, strokes, tables
from kg.map.overview import overview
from kg.map.story import story
from kg.map.wording import wording


def labels(content: Content, table: Table, kind: str) -> list[tuple[str, int, str]]:
    return [
        (content.nodes[row.node].label, row.depth, row.group)
        for board in table.boards
        if board.kind == kind
        for row in board.rows
    ]


# ------------------------------------------------------------------------------------------------------------------- the table


def test_the_side_that_presses_sits_left_and_parts_stand_under_the_whole() -> None:
    content = read(sample("disputa"))
    (table,) = tables(content)
    assert (table.left, table.right) == ("pt", "es")
    assert labels(content, table, "proposals") == [
        ("más agua del Tajo antes del verano", 0, "side:pt"),
        ("caudal mínimo diario en la frontera", 1, "side:pt"),
        ("datos de los embalses en tiempo real", 0, "side:es"),
    ]
    assert labels(content, table, "claims") == [("España incumplió el convenio en 2025", 0, "disputed")]


def test_strokes_are_who_proposes_and_who_takes_which_stance() -> None:
    content = read(sample("disputa"))
    drawn = strokes(content)
    by_label = {
        content.nodes[target].label: [(content.nodes[s.actor].label, s.sign) for s in found] for target, found in drawn.items()
    }
    assert by_label == {
        "más agua del Tajo antes del verano": [("Portugal", "propose"), ("Gobierno español", "minus")],
        "caudal mínimo diario en la frontera": [("Inês Duarte", "propose"), ("Tomás Rey", "minus"), ("Tomás Rey", "plus")],
        "datos de los embalses en tiempo real": [("España", "propose"), ("Inês Duarte", "about")],
        "España incumplió el convenio en 2025": [("Portugal", "plus"), ("España", "minus")],
    }


def test_a_claim_is_contested_when_somebody_denies_what_another_affirms() -> None:
    content = read(sample("seed"))
    assert {content.nodes[target].label for target in contested(content)} == {
        "eficacia de la estrategia mexicana",
        "el retraso de la votación se debe al ataque a Venezuela",
    }


def test_one_country_faces_third_parties() -> None:
    content = read(sample("un-pais"))
    (table,) = tables(content)
    assert (table.left, table.right) == ("uy", None)
    drawing = draw(content, table, table.boards[0], wording(content, "es"))
    assert [column.side for column in drawing.columns] == ["uy", ""]
    assert {content.nodes[p.actor].label for p in drawing.pills if p.x > 480} == {"una asociación de emigrantes"}


def test_a_pair_with_little_on_its_table_joins_a_weightier_one() -> None:
    content = read(sample("tres-paises"))
    (table,) = tables(content)
    assert (table.left, table.right) == ("bo", "br")
    drawing = draw(content, table, table.boards[0], wording(content, "es"))
    assert [(content.nodes[p.actor].label, p.tag) for p in drawing.pills if p.tag] == [("Argentina", "AR")]


def test_pairs_of_countries_have_tables_of_their_own() -> None:
    content = read(sample("five"))
    assert {frozenset((t.left, t.right)) for t in tables(content)} >= {
        frozenset(pair) for pair in (("us", "mx"), ("co", "ve"), ("es", "ma"), ("ar", "br"))
    }


def test_what_has_no_country_of_its_own_lies_on_the_table_of_its_article() -> None:
    content = read(sample("five"))
    spoken = {n.index: {content.citations[c].source for c in n.citations} for n in content.nodes}
    drawn = strokes(content)

    def articles(target: int) -> set[int | None]:
        return spoken[target].union(*(spoken[stroke.fact] for stroke in drawn[target]))

    seen = {(t.left, t.right): [n for b in t.boards for n in (*(r.node for r in b.rows), *b.rest)] for t in tables(content)}
    homes = {pair: {a for n in nodes if content.nodes[n].kind == "proposal" for a in articles(n)} for pair, nodes in seen.items()}
    for pair, nodes in seen.items():
        for node in nodes:
            if not any(content.nodes[s.actor].side for s in drawn[node]) and not content.out(node, "addressee"):
                assert articles(node) & homes[pair], content.nodes[node].label


def test_without_positions_the_countries_are_those_of_the_events() -> None:
    (table,) = tables(read(sample("sin-propuestas")))
    assert {table.left, table.right} == {"cl", "pe"}
    assert table.boards == ()
    (empty,) = tables(read(sample("empty")))
    assert (empty.left, empty.right, empty.boards) == (None, None, ())


def test_boards_have_a_limit_and_nothing_is_lost_beyond_it() -> None:
    content = read(many())
    seen: set[int] = set()
    for table in tables(content):
        for board in table.boards:
            assert len(board.rows) <= (MOST_PROPOSALS if board.kind == "proposals" else MOST_CLAIMS)
            shown = [row.node for row in board.rows] + list(board.rest)
            assert len(shown) == len(set(shown))
            assert seen.isdisjoint(shown)
            seen.update(shown)
    assert seen == set(strokes(content))


def test_the_story_of_the_seed_article() -> None:
    content = read(sample("seed"))
    steps = story(content, tables(content))
    assert [step.key for step in steps] == [
        "step.context", "step.proposal", "step.refusal", "step.alternative",
        "step.condition", "step.disputed", "step.figures", "step.next",
    ]  # fmt: skip
    told = {step.key: content.nodes[step.facts[0]] for step in steps}
    assert told["step.context"].label == "captura de Nicolás Maduro por fuerzas de EE.UU."
    assert told["step.proposal"].label == "operación de tropas de EE.UU. y agentes de la CIA en México contra los cárteles"
    assert content.nodes[content.out(told["step.refusal"].index, "holder")[0]].label == "Claudia Sheinbaum"
    assert told["step.alternative"].label == "alternativas mexicanas: cooperación sin tropas extranjeras"
    assert told["step.next"].label == "reunión de gabinetes de seguridad en Washington"


@pytest.mark.parametrize("name", ["five", "seed", "disputa"])
def test_a_story_has_five_to_eight_steps(name: str) -> None:
    content = read(sample(name))
    assert 5 <= len(story(content, tables(content))) <= 8


def test_of_several_tables_the_story_is_the_first_ones() -> None:
    content = read(sample("five"))
    seen = tables(content)
    told = [fact for step in story(content, seen) for fact in step.facts]
    articles = {content.sources[content.citations[c].source or 0].key for fact in told for c in content.nodes[fact].citations}
    pair = {seen[0].left, seen[0].right}
    assert pair == {"us", "mx"}
    assert articles <= {"article/2026-01-16-mexico-eeuu-tropas", "article/eeuu-mexico-agua"}


def test_an_empty_graph_has_no_story() -> None:
    assert story(read(sample("empty")), ()) == ()


# ------------------------------------------------------------------------------------------------------------------ the drawing


def drawings(name: str, lang: str = "es") -> list[Drawing]:
    content = read(many() if name == "many" else sample(name))
    words = wording(content, lang)
    return [draw(content, table, board, words) for table in tables(content) for board in table.boards]


SHOWN = [*SAMPLES[:2], "tres-paises", "seed", "five", "many"]


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_no_two_boxes_touch_and_all_stand_in_their_column(name: str, lang: str) -> None:
    for drawing in drawings(name, lang):
        places = [*drawing.pills, *drawing.boxes]
        for one, two in combinations(places, 2):
            apart = (
                one.x + one.w <= two.x or two.x + two.w <= one.x or one.y + one.h <= two.y + 0.01 or two.y + two.h <= one.y + 0.01
            )
            assert apart, (one, two)
        for pill in drawing.pills:
            column = LEFT if pill.x < 480 else RIGHT
            assert column[0] < pill.x
            assert pill.x + pill.w < column[1]
            assert pill.y >= 40
            assert pill.y + pill.h <= drawing.height


@pytest.mark.parametrize("name", SHOWN)
def test_words_fit_their_boxes(name: str) -> None:
    for drawing in drawings(name):
        for box in drawing.boxes:
            for line in (*box.lines, *box.other):
                assert width(line, SIZE, bold=not box.row.depth) <= box.w - 26 - box.chip_w
            assert max(len(box.lines), len(box.other)) * 16.5 <= box.h
        for pill in drawing.pills:
            assert all(width(line, SIZE, bold=True) <= pill.w - 18 for line in (*pill.lines, *pill.other))
            assert all(width(line, SMALL) <= pill.w - 18 for line in pill.title)


@pytest.mark.parametrize("name", SHOWN)
def test_every_wire_runs_in_a_gutter_to_a_port_of_its_own(name: str) -> None:
    for drawing in drawings(name):
        ports = [(wire.left, wire.y1) for wire in drawing.wires]
        for one, two in combinations(sorted(ports), 2):
            assert one[0] != two[0] or abs(one[1] - two[1]) >= PORT - 0.01, "two signs are stacked"
        for wire in drawing.wires:
            gutter = (LEFT[1] - 11, CENTER[0]) if wire.left else (CENTER[1], RIGHT[0] + 11)
            assert gutter[0] <= min(wire.x0, wire.x1)
            assert max(wire.x0, wire.x1) <= gutter[1]
            box = drawing.boxes[wire.row]
            assert box.y <= wire.y1 - 7
            assert wire.y1 + 7 <= box.y + box.h
        assert len(drawing.wires) == sum(len(box.row.strokes) for box in drawing.boxes)


def test_a_part_does_not_repeat_who_proposes_the_whole() -> None:
    content = read(sample("disputa"))
    (table,) = tables(content)
    part = table.boards[0].rows[1]
    assert [stroke.sign for stroke in part.strokes] == ["minus", "plus"]  # Inês Duarte is of the side that proposes the whole


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 100, ("",)),
        ("Marina", 100, ("Marina",)),
        ("cooperación sin tropas", 90, ("cooperación", "sin tropas")),
        ("uno dos tres cuatro cinco seis siete", 40, ("uno", "dos", "tres", "cuatr…")),
        ("Donaudampfschifffahrt", 60, ("Donaudam", "pfschifffahr", "t")),
    ],
)
def test_wrapping(text: str, room: float, lines: tuple[str, ...]) -> None:
    found = wrap(text, 13, room)
    assert all(width(line, 13) <= room for line in found)
    assert len(found) == len(lines)
    if not any("…" in line for line in lines):
        assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_the_overview_has_a_place_of_its_own_for_everything() -> None:
    content = read(sample("five"))
    places = overview(content)
    assert set(places) == {node.index for node in content.nodes}
    assert all((ax - bx) ** 2 + (ay - by) ** 2 > 30**2 for (ax, ay), (bx, by) in combinations(places.values(), 2))
