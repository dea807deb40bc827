"""Quantities: comparator, number, multiplier, unit; decimal marks; what is no quantity; units left out; singulars."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from kg.extract.nouns import singular, unit_name
from kg.extract.numbers import cardinal, decimal_mark, figure, is_ambiguous
from kg.extract.quantities import elided_unit, find_quantities
from kg.model import Quantity

HERE = Path(__file__).parent


def _cases() -> list[tuple[str, str | None, list[str]]]:
    lines = (HERE / "cases" / "quantities_es.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(lines[1:])
    return [
        (row["text"].replace("\\n", "\n"), row["locale"] or None, row["quantities"].split(" || ") if row["quantities"] else [])
        for row in rows
    ]


def _written(text: str, quantity: Quantity) -> str:
    value = "-" if quantity.value is None else str(quantity.value)
    words = text[quantity.span.start : quantity.span.end]
    return f"{words}={value}/{quantity.unit or '-'}/{quantity.comparator}/{quantity.rule}"


@pytest.mark.parametrize(("text", "locale", "expected"), _cases())
def test_quantities_of_a_text(text: str, locale: str | None, expected: list[str]) -> None:
    assert [_written(text, quantity) for quantity in find_quantities(text, locale=locale)] == expected


def test_number_and_noun_have_their_own_spans() -> None:
    text = "Costó unos 85 millones de euros, más de un tercio, el 30 %."
    spans = [
        (text[q.number.start : q.number.end], text[q.noun.start : q.noun.end] if q.noun else None) for q in find_quantities(text)
    ]
    assert spans == [("85 millones", "euros"), ("un tercio", None), ("30", "%")]


def test_a_stretch_keeps_the_offsets_and_the_marks_of_the_whole_text() -> None:
    text = "Subió 1.5 % en un año.\nSon 1.250 vacas.\nY 20 toros."
    (quantity,) = find_quantities(text, 23, 39)
    assert text[quantity.span.start : quantity.span.end] == "1.250 vacas"
    assert quantity.value == Decimal("1.25")  # the text writes decimals with a point
    (other,) = find_quantities(text.replace("1.5", "1,5"), 23, 39)
    assert other.value == 1250


def test_a_lone_number_takes_the_unit_of_a_like_one_before() -> None:
    text = (
        "Debe 1.080 millones de metros cúbicos, el 14%; otros lo dejan en 865 millones.\n"
        "De 300 policías llegaron 40, en 12 días.\nBajó a 327."
    )
    quantities = find_quantities(text)
    units = {text[q.span.start : q.span.end]: elided_unit(text, quantities, i) for i, q in enumerate(quantities)}
    assert (units["865 millones"], units["40"], units["327"]) == ("metro cúbico", "policía", None)
    assert units["14%"] is None


@pytest.mark.parametrize(
    ("token", "mark", "value"),
    [
        ("17.800", None, "17800"),
        ("100,000", None, "100000"),
        ("11,4", None, "11.4"),
        ("1.5", ",", "1.5"),
        ("1.500", ".", "1.5"),
        ("1.500", ",", "1500"),
        ("1.234.567", ".", "1234567"),
        ("1.234,5", None, "1234.5"),
        ("1,234.5", None, "1234.5"),
        ("0.500", None, "0.5"),
        ("1'5", None, "1.5"),
        ("1.2.3", None, None),
    ],
)
def test_figures(token: str, mark: str | None, value: str | None) -> None:
    assert figure(token, mark) == (None if value is None else Decimal(value))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "locale", "mark"),
    [
        ("Subió 11,4 % y son 17.800 personas.", None, ","),
        ("Subió 11.4 % y son 17,800 personas.", "ES", "."),
        ("Son 17.800 personas.", None, None),
        ("Son 17.800 personas.", "es_MX", "."),
        ("Son 17.800 personas.", "AR", ","),
        ("Son 1,234,567 personas.", None, "."),
        ("Llegó a las 15.30 el 12.05.2026.", None, None),
    ],
)
def test_the_decimal_mark_of_a_text(text: str, locale: str | None, mark: str | None) -> None:
    assert decimal_mark(text, locale) == mark


def test_some_figures_can_be_read_two_ways() -> None:
    assert [is_ambiguous(token) for token in ("1.500", "11,400", "1.50", "1.500.000", "0.500")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("cero", 0),
        ("veintidós", 22),
        ("treinta y cinco", 35),
        ("ciento veinte", 120),
        ("quinientas una", 501),
        ("mil", 1000),
        ("dos mil quinientos", 2500),
        ("trescientos mil cuarenta y dos", 300042),
        ("novecientos noventa y nueve mil novecientos noventa y nueve", 999999),
    ],
)
def test_number_words(words: str, value: int) -> None:
    tokens = words.split()
    assert cardinal([*tokens, ""], 0) == (value, len(tokens))


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("camiones", "camión"),
        ("policías", "policía"),
        ("soldados", "soldado"),
        ("migrantes", "migrante"),
        ("países", "país"),
        ("meses", "mes"),
        ("jueces", "juez"),
        ("veces", "vez"),
        ("cruces", "cruce"),
        ("leyes", "ley"),
        ("jóvenes", "joven"),
        ("imágenes", "imagen"),
        ("rehenes", "rehén"),
        ("planes", "plan"),
        ("franceses", "francés"),
        ("autobuses", "autobús"),
        ("barriles", "barril"),
        ("cárteles", "cártel"),
        ("buques", "buque"),
        ("hombres", "hombre"),
        ("mujeres", "mujer"),
        ("bases", "base"),
        ("avances", "avance"),
        ("ciudades", "ciudad"),
        ("solicitudes", "solicitud"),
        ("alcaldes", "alcalde"),
        ("viajes", "viaje"),
        ("crisis", "crisis"),
        ("héroes", "héroe"),
        ("jardines", "jardín"),
    ],
)
def test_singulars(plural: str, expected: str) -> None:
    assert singular(plural) == expected


def test_units_with_a_name_of_their_own() -> None:
    names = [
        unit_name(noun) for noun in ("personas", "muertes", "víctimas mortales", "dólares", "metros cúbicos", "toneladas", "km")
    ]
    assert names == ["people", "deaths", "deaths", "dollars", "metro cúbico", "tonnes", "kilómetro"]
