"""Spanish number words and written figures: "dos mil quinientos", "17.800", "1,5".

Only the arithmetic of numbers stands here; what is counted is read by :mod:`kg.extract.quantities`, and dates by
:mod:`kg.extract.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal

from kg.extract.words import word_list

DecimalMark = Literal[".", ","]

_ONES: Final = {
    word: value
    for value, words in enumerate(
        word_list(
            "cero un,uno,una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis,dieciseis "
            "diecisiete dieciocho diecinueve veinte veintiuno,veintiún,veintiuna,veintiun veintidós,veintidos veintitrés,veintitres "
            "veinticuatro veinticinco veintiséis,veintiseis veintisiete veintiocho veintinueve"
        )
    )
    for word in words.split(",")
}
_TENS: Final = {
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "sesenta": 60,
    "setenta": 70,
    "ochenta": 80,
    "noventa": 90,
}
_HUNDREDS: Final = {
    stem + ending: value
    for stem, value in {
        "doscient": 200,
        "trescient": 300,
        "cuatrocient": 400,
        "quinient": 500,
        "seiscient": 600,
        "setecient": 700,
        "novecient": 900,
        "ochocient": 800,
    }.items()
    for ending in ("os", "as")
} | {"cien": 100, "ciento": 100}
NUMBER_WORDS: Final = frozenset(_ONES) | frozenset(_TENS) | frozenset(_HUNDREDS) | {"mil"}
"""Words that may begin a cardinal number."""

ORDINALS: Final = {
    form: value
    for value, forms in enumerate(
        (
            (),
            ("primer", "primero", "primera", "primeros", "primeras"),
            ("segundo", "segunda"),
            ("tercer", "tercero", "tercera"),
            ("cuarto", "cuarta"),
            ("quinto", "quinta"),
            ("sexto", "sexta"),
            ("séptimo", "séptima"),
            ("octavo", "octava"),
            ("noveno", "novena"),
            ("décimo", "décima"),
        )
    )
    for form in forms
}

_FIGURE: Final = re.compile(r"\d+(?:[.,’']\d+)*")
_GROUPED: Final = {".": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"), ",": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")}


def cardinal(words: Sequence[str], start: int) -> tuple[int, int] | None:
    """A cardinal in words below one million ("dos mil quinientos", "treinta y cinco").

    Args:
        words: words in lower case; must not be empty at ``start``.
        start: index of the first word.

    Returns:
        The value and the index after its last word, or ``None`` where no number begins. Millions are multipliers and left standing.
    """
    below = _below_thousand(words, start)
    if below is None:
        if words[start] != "mil":
            return None
        value, at = 1000, start + 1
    else:
        value, at = below
        if at >= len(words) or words[at] != "mil" or value == 0:
            return value, at
        value, at = value * 1000, at + 1
    rest = _below_thousand(words, at) if at < len(words) else None
    if rest is not None and rest[0] > 0 and not (words[at] in ("un", "una", "uno") and rest[1] == at + 1):
        return value + rest[0], rest[1]
    return value, at


def _below_thousand(words: Sequence[str], start: int) -> tuple[int, int] | None:
    at, value, found = start, 0, False
    word = words[at]
    if word in _HUNDREDS:
        value, at, found = _HUNDREDS[word], at + 1, True
        if word == "cien" or at >= len(words):
            return value, at
        word = words[at]
        if word in ("un", "una", "uno") and value != 100:  # "doscientos un barcos", but not "doscientos. Una"
            return value + 1, at + 1
    if word in _TENS:
        value, at = value + _TENS[word], at + 1
        if at + 1 < len(words) and words[at] == "y" and 1 <= _ONES.get(words[at + 1], 0) <= 9:
            return value + _ONES[words[at + 1]], at + 2
        return value, at
    if word in _ONES:
        return value + _ONES[word], at + 1
    return (value, at) if found else None


def figure(token: str, decimal: DecimalMark | None = None) -> Decimal | None:
    """The value of a written figure ("17.800", "1,5", "1'5").

    Args:
        token: digits with separators, without sign or unit.
        decimal: the mark the document uses for decimals; ``None`` where nothing tells.

    Returns:
        The value. A mark before one group of exactly three digits parts thousands, unless it is the document's decimal mark; before any
        other group it is a decimal mark; where two different marks stand, the last is the decimal one. ``None`` where the token is no
        number ("1.2.3").
    """
    if not _FIGURE.fullmatch(token):
        return None
    token, quotes = _APOSTROPHE.subn(",", token)
    marks = [letter for letter in token if letter in ".,"]
    if not marks:
        return Decimal(token)
    mark = marks[-1]
    if len(set(marks)) == 2:
        other = "," if mark == "." else "."
        return Decimal(token.replace(other, "").replace(mark, ".")) if _GROUPED[other].fullmatch(token) else None
    grouped = _GROUPED[mark].fullmatch(token) is not None
    if len(marks) > 1:
        return Decimal(token.replace(mark, "")) if grouped else None
    if grouped and mark != decimal and not token.startswith("0") and not quotes:
        return Decimal(token.replace(mark, ""))
    return Decimal(token.replace(mark, "."))


def is_ambiguous(token: str) -> bool:
    """Whether a figure reads as thousands or as decimals ("1.500", "11,400"): one mark and one group of exactly three digits."""
    return re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", token) is not None


def decimal_mark(text: str, locale: str | None = None) -> DecimalMark | None:
    """The decimal mark of a document: by the figures in it that can be read one way only, else by ``locale``, else ``None``.

    Args:
        text: the whole document.
        locale: a country ("MX") or a language with a country ("es_MX", "es-MX") where it is known that the outlet follows it.

    A figure can be read one way only when the group after its last mark has other than three digits, or when it has several marks.
    Mexico, the United States, Central America without Costa Rica, the Dominican Republic, and Peru write 1,000.5; the others
    1.000,5 (CLDR's number patterns for Spanish).
    """
    points = commas = 0
    for match in _EVIDENCE.finditer(text):
        token = match.group()
        marks = [letter for letter in token if letter in ".,"]
        if len(set(marks)) == 2:
            decimal = marks[-1]
        elif len(marks) == 1 and (len(token.rpartition(marks[0])[2]) != 3 or token.startswith("0")):
            decimal = marks[0]
        elif len(marks) > 1 and _GROUPED[marks[0]].fullmatch(token):
            decimal = "," if marks[0] == "." else "."
        else:
            continue
        points += decimal == "."
        commas += decimal == ","
    if points != commas:
        return "." if points > commas else ","
    if locale is None:
        return None
    return "." if locale.replace("-", "_").rpartition("_")[2].upper() in _POINT_COUNTRIES else ","


_APOSTROPHE: Final = re.compile("['’]")
_POINT_COUNTRIES: Final = frozenset(word_list("MX US PR GT HN SV NI PA DO PE"))
_EVIDENCE: Final = re.compile(r"(?<![\d/.,:-])(?<!las )\d+(?:[.,]\d+)+(?![\d/:-])")
