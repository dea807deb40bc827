"""Reading: front matter, blocks with offsets, pages, and what cannot be read."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import yaml

from conftest import CASES, GOLD, SEED
from kg.article import NO_DATE, NO_FRONT_MATTER, article_from_text, read_article, slug
from kg.blocks import blocks
from kg.errors import InputError

BLOCKS = yaml.safe_load((CASES / "articles" / "blocks.yaml").read_text(encoding="utf-8"))
BAD = yaml.safe_load((CASES / "articles" / "bad.yaml").read_text(encoding="utf-8"))
ARTICLES = [SEED, *sorted(path for path in GOLD.rglob("*.md") if path.with_suffix(".gold.json").exists())]


def described(text: str) -> list[list[object]]:
    rows = []
    for block in blocks(text):
        row: list[object] = [block.kind, text[block.start : block.end], block.lead_in, block.header]
        while row[-1] is None:
            row.pop()
        rows.append(row)
    return rows


@pytest.mark.parametrize("case", BLOCKS, ids=lambda case: case["name"])
def test_blocks_are_those_a_reader_sees(case):
    assert described(case["text"]) == case["blocks"]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_blocks_cover_the_text_without_overlap(path):
    article = read_article(path)
    assert [block.index for block in article.blocks] == list(range(len(article.blocks)))
    left, at = "", 0
    for block in article.blocks:
        assert at <= block.start < block.end
        words = article.text[block.start : block.end]
        assert words == words.strip()
        left += article.text[at : block.start]
        at = block.end
    # what stands in no block marks one: the bullets, numbers and letters of lists, dashes, the bars of tables
    assert re.sub(r"(?:\d+|[a-z])[.)]|[\s\-–—•*#|]", "", left + article.text[at:]) == ""


def test_the_seed_article_has_its_headings_list_and_table():
    article = read_article(SEED)
    texts = {block.index: article.text[block.start : block.end] for block in article.blocks}
    headings = [texts[b.index] for b in article.blocks if b.kind == "heading"]
    assert headings == [
        "La propuesta que México rechaza",
        "La respuesta de Sheinbaum: firme y clara",
        "El fentanilo: el argumento de Trump",
        "Lo que México ofrece como alternativa",
        "Los resultados que México defiende",
        "El contexto político: Venezuela y el Senado mexicano",
        "Reunión de gabinetes la próxima semana",
        "Los riesgos de una escalada",
        "El desafío técnico de encontrar laboratorios",
        "La línea roja de Sheinbaum",
    ]
    items = [b for b in article.blocks if b.kind == "item"]
    assert {texts[b.lead_in] for b in items} == {"La propuesta mexicana incluye:"}
    assert [texts[b.index].split()[0] for b in items] == ["Mayor", "Presencia", "Coordinación", "Acuerdos"]
    header, *rows = [b for b in article.blocks if b.kind == "row"]
    assert header.header is None
    assert {b.header for b in rows} == {header.index}
    assert [article.text[slice(*cell)] for cell in header.cells] == ["Indicador", "Resultado Reportado"]
    assert [article.text[slice(*cell)] for cell in rows[1].cells] == ["Muertes por fentanilo en EE.UU.", "Reducción del 43%"]


def test_cells_keep_their_columns():
    text = "| Indicador | Dato |\n| Gas \\| agua | |\n"
    row = blocks(text)[1]
    assert [text[slice(*cell)] for cell in row.cells] == ["Gas \\| agua", ""]


def test_front_matter_becomes_metadata():
    article = read_article(SEED)
    assert article.id == "2026-01-16-mexico-eeuu-tropas"
    assert article.title == "La presión de Trump para que tropas y la CIA operen en México, y la respuesta de Sheinbaum"
    assert article.date == dt.date(2026, 1, 16)
    assert (article.language, article.countries, article.publisher, article.notices) == ("es", ("MX", "US"), None, ())
    assert article.text.startswith("La relación entre México y Estados Unidos")


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("date: 2026-01-16T08:00:00-06:00", "date", dt.date(2026, 1, 16)),
        ("date: '2026-01-16'", "date", dt.date(2026, 1, 16)),
        ("countries: [no, se]", "countries", ("NO", "SE")),
        ("countries: MX, US", "countries", ("MX", "US")),
        ("language: es-MX", "language", "es"),
        ("Publisher:  El País ", "publisher", "El País"),
        ("title:", "title", None),
        ("tags: [a, {b: c}]\nsource: https://example.org/a", "source", "https://example.org/a"),
    ],
)
def test_front_matter_as_people_write_it(fields, name, value):
    assert getattr(article_from_text(f"---\n{fields}\n---\nTexto."), name) == value


def test_the_body_is_untouched():
    body = "\n\n  Uno.  \n\nDos | tres — “cuatro” 😀.\n\n"
    assert article_from_text(f"---\ndate: 2026-01-16\n---\n{body}").text == body
    assert article_from_text(f"--- \ndate: 2026-01-16\n--- \n{body}").text == body
    assert article_from_text(body).text == body


def test_a_byte_order_mark_and_windows_line_ends_do_not_count():
    article = read_article(io.BytesIO("\ufeff---\r\ndate: 2026-01-16\r\n---\r\nUno.\r\nDos.".encode()))
    assert (article.text, article.date) == ("Uno.\nDos.", dt.date(2026, 1, 16))


def test_without_front_matter_or_date_it_runs_with_a_notice():
    assert article_from_text("Hola.").notices == (NO_FRONT_MATTER, NO_DATE)
    assert article_from_text("---\ntitle: Hola\n---\nHola.").notices == (NO_DATE,)


def test_ids_come_from_the_file_name_the_option_the_title_or_the_text(tmp_path):
    path = tmp_path / "Año nuevo — EE.UU. & México.md"
    path.write_text("---\ntitle: Otro título\n---\nHola.", encoding="utf-8")
    assert read_article(path).id == "ano-nuevo-ee-uu-mexico"
    assert read_article(path, id="mío").id == "mío"
    with path.open("rb") as stream:
        assert read_article(stream).id == "otro-titulo"
    made = read_article(io.StringIO("Hola.")).id
    assert re.fullmatch(r"text-[0-9a-f]{10}", made)
    assert made != read_article(io.StringIO("Adiós.")).id
    assert slug("日本") == slug("日本") != slug("中国")


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["name"])
def test_bad_input_is_one_line_that_says_where_and_what(case, tmp_path):
    path = tmp_path / f"artículo{case.get('suffix', '.md')}"
    path.write_bytes(bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode())
    with pytest.raises(InputError) as error:
        read_article(path)
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert "expected" in message
    for words in case["says"]:
        assert str(words) in message


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(InputError, match=r"nada\.md: no such file; expected"):
        read_article(tmp_path / "nada.md")
    with pytest.raises(InputError, match="is a folder; expected"):
        read_article(tmp_path)


def test_a_page_becomes_the_same_kind_of_article():
    article = read_article(CASES / "articles" / "pagina.html")
    assert (article.id, article.title) == ("pagina", "Chile y Bolivia retoman el diálogo")
    assert (article.date, article.language, article.publisher) == (dt.date(2026, 3, 4), "es", "El Faro del Sur")
    assert article.source == "https://faro.example/chile-bolivia"
    assert "Portada" not in article.text
    assert "Suscríbase" not in article.text
    rows = described(article.text)
    assert [row[0] for row in rows] == [
        "heading",
        "paragraph",
        "heading",
        "paragraph",
        "item",
        "item",
        "row",
        "row",
        "paragraph",
        "paragraph",
    ]
    assert rows[1][1].startswith(
        "La canciller chilena, Marta Riquelme, propuso ayer a su homólogo boliviano una nueva ruta para el gas"
    )
    assert rows[4] == ["item", "Un almacén en Arica.", 3]
    assert rows[7] == ["row", "| 2024 | 1.200 |", None, 6]


def test_a_page_on_standard_input_is_known_by_its_first_tag():
    page = (CASES / "articles" / "pagina.html").read_bytes()
    assert read_article(io.BytesIO(page)).id == "chile-y-bolivia-retoman-el-dialogo"
    assert read_article(io.BytesIO(page), id="x").text == read_article(CASES / "articles" / "pagina.html").text
