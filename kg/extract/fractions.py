"""Numbers of other kinds: parts of a whole, multiples, halves, dozens, and plurals without a number."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kg.extract.counted import Comparator, Read, counted_noun, made_quantity, rule_of, with_unit
from kg.extract.nouns import unit_name
from kg.extract.numerals import SCALES, Number, small_number
from kg.extract.words import Words, word_list
from kg.model import Quantity, Span

COLLECTIVE: Final = {
    "decena": 10, "docena": 12, "quincena": 15, "veintena": 20, "treintena": 30, "cuarentena": 40, "cincuentena": 50, "centena": 100,
    "centenar": 100, "millar": 1000, "decenas": 10, "docenas": 12, "centenares": 100, "centenas": 100, "millares": 1000,
}  # fmt: skip
INDEFINITE: Final = frozenset(
    word_list("varios varias numerosos numerosas cientos miles millones decenas docenas centenares millares")
)
_DENOMINATORS: Final = {
    "tercio": 3, "tercios": 3, "cuarto": 4, "cuartos": 4, "quinto": 5, "quintos": 5, "sexto": 6, "sextos": 6, "séptimo": 7,
    "séptimos": 7, "octavo": 8, "octavos": 8, "noveno": 9, "novenos": 9, "décimo": 10, "décimos": 10, "centésimo": 100,
}  # fmt: skip
FEMININE: Final = {
    "tercera": 3, "cuarta": 4, "quinta": 5, "sexta": 6, "séptima": 7, "octava": 8, "novena": 9, "décima": 10, "vigésima": 20,
    "centésima": 100,
}  # fmt: skip
MULTIPLES: Final = {"doble": 2, "triple": 3, "cuádruple": 4, "cuádruplo": 4, "quíntuple": 5}
_AFTER_MULTIPLE: Final = frozenset(word_list("de del que en a al y con por para respecto frente , . ; ) | ! ?")) | {"\n", ""}


def _percent_of(numerator: int, denominator: int) -> Decimal:
    """A part in percent, with one decimal: a sixth is 16.7."""
    return (Decimal(100 * numerator) / Decimal(denominator)).quantize(Decimal("0.1")).normalize() + Decimal(0)


def fraction(w: Words, i: int) -> Read | None:
    """ "la mitad", "un tercio", "dos tercios", "la tercera parte", "cuatro quintas partes"."""
    low = w.low
    if low[i] == "mitad":
        if low[i - 1] != "la":
            return None
        return made_quantity(w, Number(i - 1, i + 1, Decimal(50), False), "percent", None, "fraction", i + 1, i - 1)
    if low[i] in FEMININE and low[i + 1] == "parte" and low[i - 1] == "la":
        number = Number(i - 1, i + 2, _percent_of(1, FEMININE[low[i]]), False)
        return made_quantity(w, number, "percent", None, "fraction", i + 2, i - 1)
    spelled = small_number(low, i)
    if spelled is None:
        return None
    above, at = spelled
    below = _DENOMINATORS.get(low[at])
    last = at + 1
    if below is None and low[at + 1] in ("parte", "partes"):
        below, last = FEMININE.get(low[at].removesuffix("s")), at + 2
    if (
        below is None
        or above >= below
        or (below == 4 and low[last : last + 2] in (["de", "hora"], ["de", "siglo"], ["de", "final"]))
    ):
        return None
    if (above == 1) == low[at].endswith("s") and last == at + 1:
        return None
    if last == at + 1 and low[last] not in ("de", "del") and w.opens_sentence(i):
        return None  # "Un cuarto, ya retirado, sostiene": the fourth of some people
    if (
        last == at + 1
        and below != 3
        and low[last].isalpha()
        and low[last] not in ("de", "del", "en", "y", "a", "por", "que", "más", "menos")
    ):
        return None  # "un cuarto mandato", "un sexto buque"
    return made_quantity(w, Number(i, last, _percent_of(above, below), False), "percent", None, "fraction", last, i)


def ratio(w: Words, i: int) -> Read | None:
    """ "una de cada cinco", "siete de cada 10": in percent; the noun is what stands after."""
    low = w.low
    first = small_number(low, i)
    if first is None or low[first[1] : first[1] + 2] != ["de", "cada"]:
        return None
    second = small_number(low, first[1] + 2) or ((1000, first[1] + 3) if low[first[1] + 2] in ("mil", "1.000", "1,000") else None)
    if low[first[1] + 2] in ("cien", "100"):
        second = 100, first[1] + 3
    if second is None or second[0] <= first[0]:
        return None
    number = Number(i, second[1], _percent_of(first[0], second[0]), False)
    return made_quantity(w, number, "percent", None, "ratio", second[1], i)


def multiple(w: Words, i: int) -> Read | None:
    """ "el doble", "al triple"."""
    low = w.low
    if low[i] not in MULTIPLES or low[i - 1] not in ("el", "al", "del") or low[i + 1] not in _AFTER_MULTIPLE:
        return None
    number = Number(i, i + 1, Decimal(MULTIPLES[low[i]]), False)
    first = i - 1 if low[i - 1] == "el" else i
    return made_quantity(w, number, "times", None, "times", i + 1, first)


def half(w: Words, i: int) -> Read | None:
    """ "medio millón de personas", "millón y medio", "media hora", "año y medio"."""
    low = w.low
    if low[i] in ("medio", "media"):
        if low[i + 1] in ("millón", "billón"):
            return with_unit(w, Number(i, i + 2, Decimal(SCALES[low[i + 1]]) / 2, False, True))
        if low[i + 1] in ("centenar", "millar"):
            return collective(w, i)
        if low[i + 1] in ("hora", "tonelada", "docena"):
            value, unit = (Decimal(6), None) if low[i + 1] == "docena" else (Decimal("0.5"), unit_name(low[i + 1]))
            if unit is None:
                return with_unit(w, Number(i, i + 2, value, False, True))
            number = Number(i, i + 1, value, False)
            return made_quantity(w, number, unit, Span(w.starts[i + 1], w.ends[i + 1]), rule_of(unit), i + 2, i)
        return None
    noun = i + (low[i] in ("un", "una"))
    if low[noun] in ("año", "hora", "mes", "siglo", "millón") and low[noun + 1] == "y" and low[noun + 2] in ("medio", "media"):
        if low[noun] == "millón":
            return with_unit(w, Number(i, noun + 3, Decimal(1_500_000), False, True))
        unit = unit_name(low[noun])
        number = Number(i, noun + 3, Decimal("1.5"), False)
        return made_quantity(w, number, unit, Span(w.starts[noun], w.ends[noun]), rule_of(unit), noun + 3, i)
    return None


def collective(w: Words, i: int) -> Read | None:
    """ "una docena de barcos", "medio centenar de familias", "una veintena"; round ones are about that many."""
    low = w.low
    halved = low[i] == "medio" and low[i + 1] in ("centenar", "millar")
    counted = (1, i + 1) if halved else small_number(low, i)
    if counted is None or low[counted[1]] not in COLLECTIVE:
        return None
    word = low[counted[1]]
    last = counted[1] + 1
    noun = counted_noun(w, last, True)
    if noun is None:
        return None
    value = Decimal(counted[0] * COLLECTIVE[word])
    number = Number(i, last, value / 2 if halved else value, False, True)
    comparator: Comparator | None = None if halved or word.startswith("docena") else "about"
    return made_quantity(w, number, noun[2], noun[0], rule_of(noun[2]), noun[1], i, comparator)


def indefinite(w: Words, i: int) -> Read | None:
    """ "varias capturas", "cientos de soldados", "miles de millones de dólares": a plural without a number."""
    low = w.low
    if low[i] not in INDEFINITE:
        return None
    linked = low[i] not in ("varios", "varias", "numerosos", "numerosas")
    at = i + 1
    if low[at : at + 2] == ["de", "millones"] and low[i] in ("miles", "cientos"):
        at += 2
    noun = counted_noun(w, at, linked)
    if noun is None or noun[2] == "times" or not low[noun[1] - 1].endswith("s"):
        return None
    start = w.starts[i]
    quantity = Quantity(
        Span(start, w.ends[noun[1] - 1]), None, noun[2], "exact", Span(start, w.ends[at - 1]), noun[0], "indefinite"
    )
    return quantity, noun[1]
