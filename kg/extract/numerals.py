"""Numbers in running text: figures or words with their multipliers ("7 mil millones"), and the figures that count nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.extract.nouns import SHORT_UNITS
from kg.extract.numbers import DecimalMark, cardinal, figure
from kg.extract.time_words import MONTHS
from kg.extract.words import Words, word_list

SCALES: Final = {
    "millón": 10**6, "millon": 10**6, "millones": 10**6, "millardo": 10**9, "millardos": 10**9, "billón": 10**12, "billones": 10**12,
    "trillón": 10**18, "trillones": 10**18,
}  # fmt: skip
SHORT_MONEY: Final = {"mdd": (10**6, "dollars"), "mdp": (10**6, "peso"), "mde": (10**6, "euro")}
_NUMBERED: Final = frozenset(
    word_list(
        "ley leyes decreto artículo artículos art arts resolución sentencia capítulo capítulos página páginas núm num número números nº "
        "párrafo inciso carretera ruta vuelo expediente canal apartado anexo fase nivel categoría km kilómetro código teléfono tel calle "
        "avenida edificio versión convenio sección título"
    )
)
_AGED: Final = frozenset(
    word_list(
        "hombre mujer joven jóvenes niño niña niños niñas menor menores mayor mayores adolescente anciano anciana hijo hija ciudadano "
        "ciudadana migrante bebé persona personas político empresario activista periodista dirigente tiene tenía tienen cumple cumplió "
        "cumplirá exmandatario mandatario presidente expresidente ministro exministro canciller senador líder general abogado abogada"
    )
)
_ORDERED: Final = frozenset(word_list("aniversario cumpleaños congreso asamblea edición período"))
_BEFORE_CLOCK: Final = frozenset(word_list("a desde hasta sobre hacia tras entre de"))
_PHONE: Final = re.compile(r"\+\d{1,3}[\d ().-]*$")
FIGURE: Final = re.compile(r"\d+(?:[.,’']\d+)*")
_SPACES: Final = (" ", "\u00a0", "\u2009", "\u202f")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words ``first`` to ``last`` (exclusive); ``scaled``: it ends in "millones", which wants a "de" before its noun."""

    first: int
    last: int
    value: Decimal
    figure: bool
    scaled: bool = False
    unit: str | None = None


def read_number(w: Words, i: int, decimal: DecimalMark | None) -> Number | None:
    """Figures or number words with their multipliers: "7 mil millones", "2 millones 500 mil", "dos millones y medio"."""
    low = w.low
    segment = _segment(w, i, decimal)
    if segment is None:
        return None
    value, at, written = segment
    total = Decimal(0)
    scaled = False
    while low[at] in SCALES:
        total, at, scaled = total + value * SCALES[low[at]], at + 1, True
        value = Decimal(0)
        if low[at] == "y" and low[at + 1] in ("medio", "media"):
            total, at = total + SCALES[low[at - 1]] / Decimal(2), at + 2
            break
        more = _segment(w, at, decimal) if low[at] else None
        if more is None or more[0] >= SCALES[low[at - 1]] or more[0] < 1000:
            break
        value, at, scaled = more[0], more[1], False
    total += value
    unit = None
    if low[at] in SHORT_MONEY:
        factor, unit = SHORT_MONEY[low[at]]
        total, at = total * factor, at + 1
    lone = low[at : at + 2] == ["por", "ciento"] or (low[at] == "punto" and low[at + 1] in ("más", "menos", "porcentual"))
    if not scaled and not written and total <= 1 and not lone and low[i] != "cero":
        return None  # the article "un"
    return Number(i, at, total, written, scaled, unit)


def _segment(w: Words, i: int, decimal: DecimalMark | None) -> tuple[Decimal, int, bool] | None:
    """A number below a million, "mil" included: its value, the index after it, and whether it was written in figures."""
    low = w.low
    if not low[i][:1].isdigit():
        if low[i] in ("ciento", "cien") and low[i - 1] == "por":
            return None
        spelled = cardinal(low, i) if low[i] else None
        if spelled is None:
            return None
        words, at = spelled
        if low[at - 1] == "mil" and re.fullmatch(r"\d{3}", low[at]) and w.text[w.ends[at - 1] : w.starts[at]] == " ":
            return Decimal(words + int(low[at])), at + 1, True  # mil 350
        return Decimal(words), at, False
    if not FIGURE.fullmatch(low[i]):
        return None
    token, at = low[i], i + 1
    while len(token) <= 3 * (at - i) and re.fullmatch(r"\d{3}", low[at]) and w.text[w.ends[at - 1] : w.starts[at]] in _SPACES:
        token, at = token + low[at], at + 1  # 12 000
    value = figure(token, decimal)
    if value is None:
        return None
    if low[at] == "mil":
        value, at = value * 1000, at + 1
        if low[at].isdigit() and len(low[at]) <= 3 and w.text[w.ends[at - 1] : w.starts[at]] == " " and value % 1000 == 0:
            value, at = value + int(low[at]), at + 1  # 5 mil 300
    return value, at, True


def small_number(low: list[str], i: int) -> tuple[int, int] | None:
    """A number up to 99 in words or figures."""
    if low[i].isdigit() and len(low[i]) < 3:
        return int(low[i]), i + 1
    spelled = cardinal(low, i) if low[i].isalpha() else None
    return spelled if spelled is not None and spelled[0] < 100 else None


def is_label(w: Words, i: int) -> bool:
    """Whether a figure names or orders instead of counting: ordinals, laws, times of day, list numbers, "G20", phone numbers."""
    low, text = w.low, w.text
    start, end = w.starts[i], w.ends[i]
    before = text[start - 1] if start else "\n"
    after = text[end : end + 1]
    two_after = text[end : end + 2]
    if low[i][-1] in "ºª°" or not FIGURE.fullmatch(low[i]) or before.isalpha() or low[i].endswith(".0"):
        return True
    if after.isalpha() and low[i + 1] not in SHORT_UNITS and low[i + 1] not in SHORT_MONEY:
        return True
    if (after in ":/" and after and two_after[1:].isdigit()) or (before in ":/" and text[start - 2 : start - 1].isdigit()):
        return True  # 15:30, 24/7
    if before in "-–" and text[start - 2 : start - 1].isalnum() and not text[start - 2 : start - 1].isdigit():
        return True  # covid-19
    if after in ("-", "–") and two_after[1:].isalpha():
        return True  # 11-S
    if before in "+#" or _PHONE.search(text, max(0, start - 20), start):
        return True
    previous = low[i - 1]
    if previous in _NUMBERED or (previous in (".", "º") and low[i - 2] in ("núm", "art", "n", "no", "nº", "tel")):
        return True
    if previous == ":" and low[i - 2] in ("teléfono", "tel", "whatsapp"):
        return True
    if (i == 0 or previous == "\n") and after in (".", ")") and text[end + 1 : end + 2].isspace():
        return True  # a numbered list
    if previous == "las" and re.fullmatch(r"(?:1?\d|2[0-4])(?:[.,]\d\d)?", low[i]):
        following = low[i + 1]
        counted = following.endswith("s") and following.isalpha() and following != "horas"
        if not counted and (low[i - 2] in _BEFORE_CLOCK or following == "horas" or "." in low[i]):
            return True
    if (low[i + 1] == "de" and low[i + 2] in MONTHS and len(low[i]) <= len("31")) or low[i + 1] in _ORDERED:
        return True
    if low[i + 1] == "años" and is_age(w, i):
        return True
    if low[i - 1] == "," and low[i + 1] in (",", ")") and w.capital(i - 2) and len(low[i]) == 2:
        return True  # Juan Pérez, 45,
    return low[i - 1] in ("mayores", "menores") and low[i + 1] == "años"


def is_age(w: Words, i: int) -> bool:
    """ "un hombre de 45 años", "Juan Pérez, de 45 años", "tiene 45 años", "a los 83 años", "mayores de 18 años"."""
    low = w.low
    if low[i - 1] in ("tiene", "tenía", "tienen", "tenían", "cumple", "cumplió", "cumplirá", "(", "con") or low[i - 2 : i] == [
        "a",
        "los",
    ]:
        return True
    if low[i - 1] == ",":
        return w.capital(i - 2)
    if low[i - 1] != "de":
        return False
    return low[i - 2] in _AGED or low[i - 2] == "," or (w.capital(i - 2) and not w.opens_sentence(i - 2))
