"""What stands around a number: the comparator before it, the unit or counted noun after it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from kg.extract.nouns import COMPOUND_ENDINGS, DURATIONS, MEASURES, MONEY, SHORT_UNITS, unit_name
from kg.extract.numerals import SCALES, Number, is_age, read_number
from kg.extract.time_words import MONTHS
from kg.extract.words import Words, word_list
from kg.model import Quantity, Span

Comparator = Literal["exact", "about", "more", "less", "almost"]
Read = tuple[Quantity, int]
_SIGNS: Final = {"€": "euro", "£": "libra", "usd": "dollars", "eur": "euro"}
_PHRASES: Final[tuple[tuple[Comparator, str], ...]] = (  # the longer before the shorter that ends it: "no más de", "más de"
    (
        "less",
        "no más de|poco menos de|un máximo de|máximo de|como máximo|por debajo de|no llega a|no llegan a|no supera|no superan",
    ),
    ("more", "no menos de|poco más de|un mínimo de|mínimo de|como mínimo|por encima de|al menos|por lo menos|cuando menos"),
    ("about", "más o menos|en torno a|alrededor de|cerca de|cercano a|cercana a|próximo a|aproximadamente|unos|unas|cosa de"),
    ("about", "ronda|rondan|rondó|rondaron|rondaba|rondaría"),
    (
        "more",
        "más de|mayor a|mayor de|mayores a|superior a|superiores a|supera|superan|superó|superaron|superaba|superaría|supere|superen",
    ),
    ("more", "rebasa|rebasan|rebasó|rebasaron|excede|exceden|excedió|sobrepasa|sobrepasó"),
    ("less", "menos de|menor a|menor de|menores a|inferior a|inferiores a"),
    ("almost", "casi|prácticamente"),
)
_CONTRACTED: Final = {"de": "del", "a": "al"}
_COMPARATORS: Final = tuple(
    (tuple(words.split()), comparator) for comparator, phrases in _PHRASES for words in phrases.split("|")
)
#: The same by the word that stands before the number: "de", or its contraction.
_ENDING_IN: Final = {
    word: tuple((words, comparator) for words, comparator in _COMPARATORS if word in (words[-1], _CONTRACTED.get(words[-1])))
    for last in {words[-1] for words, _ in _COMPARATORS}
    for word in (last, _CONTRACTED.get(last, last))
}
#: How the forms begin of verbs that put a figure at so much.
_ESTIMATES: Final = (
    "sitú",
    "situ",
    "deja",
    "dejó",
    "eleva",
    "elev",
    "cifr",
    "rebaj",
    "calcul",
    "estim",
    "cuantific",
    "fija",
    "fijó",
)
#: Behind "nueve de": the whole that a small number is part of.
_PARTITIVE: Final = frozenset(("ellos", "ellas", "los", "las", "sus", "estos", "estas", "esos", "esas"))
#: What the figure before is compared with follows these.
_SET_AGAINST: Final = (("frente", "a"), ("contra",), ("en", "lugar", "de"), ("en", "vez", "de"), ("y", "no"))
#: Verbs right before a small number that counts something named before: "hoy quedan siete".
_COUNTING: Final = frozenset(
    word_list("hay había hubo quedan quedaban son eran fueron murieron aparecido muerto suman sumaban reconoce registra registró")
)
_ARTICLES: Final = frozenset(("el", "la", "los", "las", "un", "una"))
_DEFINITE: Final = frozenset(word_list("los las estos estas esos esas aquellos aquellas sus nuestros nuestras ambos ambas"))
_ADJECTIVES: Final = frozenset(
    word_list(
        "nuevos nuevas presuntos presuntas supuestos supuestas grandes principales otros otras posibles altos altas antiguos antiguas "
        "distintos distintas diferentes pequeños pequeñas simples primeros primeras últimos últimas potenciales importantes buenos buenas "
        "jóvenes diversos diversas propios propias únicos únicas"
    )
)
_NO_NOUN: Final = frozenset(
    word_list(
        "los las sus más menos tras es nos unos unas entonces después antes mientras además apenas jamás quizás nuestras nuestros estos "
        "estas esos esas todos todas ambos ambas varios varias otros otras algunos algunas muchos muchas hemos les pues dos tres seis "
        "cuales quienes ellos ellas nosotros ustedes lejos dentro mas través detrás incluidos incluidas vigentes actuales restantes "
        "previstos previstas habituales"
    )
) | frozenset(MONTHS)


def with_unit(w: Words, number: Number) -> tuple[Quantity, int] | None:
    """The quantity of a number: what it counts is read to its right (or, a sign of money, to its left)."""
    low = w.low
    at = number.last
    first = number.first
    after = w.text[w.ends[at - 1] : w.ends[at - 1] + 1]
    if low[at] in ("%", "٪") or low[at : at + 2] in (["por", "ciento"], ["por", "100"]):
        last = at + (1 if low[at] == "%" else 2)
        return made_quantity(w, number, "percent", Span(w.starts[at], w.ends[last - 1]), "percent", last, first)
    if low[at] in _SIGNS and not low[at].isalpha():
        return made_quantity(w, number, _SIGNS[low[at]], Span(w.starts[at], w.ends[at]), "money", at + 1, first)
    if low[at] in ("-", "–", "y", "a", "al"):
        shared = _range_unit(w, number, at)
        if shared is not None:
            return shared
    sign = _money_sign(w, first)
    if sign is not None:
        first, unit = sign
        word_at = at + (low[at] == "de")
        if unit_name(low[word_at]) in MONEY:
            unit = unit_name(low[word_at])
            return made_quantity(w, number, unit, Span(w.starts[word_at], w.ends[word_at]), "money", word_at + 1, first)
        return made_quantity(w, number, unit, Span(w.starts[first], w.ends[number.first - 1]), "money", at, first)
    if number.unit is not None:
        return made_quantity(w, number, number.unit, Span(w.starts[at - 1], w.ends[at - 1]), "money", at, first)
    noun = counted_noun(w, at, number.scaled)
    if noun is None and number.value == 1 and low[at] == "punto":
        noun = Span(w.starts[at], w.ends[at]), at + 1, "punto"  # "un punto menos que"
    if noun is None:
        return _bare(w, number, after)
    span, last, unit = noun
    if unit == "times" and number.value == 1:
        return None
    if unit == "año" and not number.figure and is_age(w, first):
        return None
    if low[last : last + 2] == ["y", "medio"] or low[last : last + 2] == ["y", "media"]:
        number = Number(number.first, number.last, number.value + Decimal("0.5"), number.figure)
        last += 2
    return made_quantity(w, number, unit, span, rule_of(unit), last, first)


def rule_of(unit: str) -> str:
    if unit == "times":
        return "times"
    return "money" if unit in MONEY else "duration" if unit in DURATIONS else "measure" if unit in MEASURES else "count"


def counted_noun(w: Words, i: int, scaled: bool) -> tuple[Span, int, str] | None:
    """The counted noun at word ``i``: its span, the index after it, and the unit; after "millones" it stands behind "de"."""
    low = w.low
    at = i
    if scaled:
        if low[at] != "de":
            return None
        at += 1
    skipped = low[at] in _ADJECTIVES and low[at + 1].endswith("s") and low[at + 1].isalpha() and low[at + 1] not in _NO_NOUN
    at += skipped
    word = low[at]
    power = low[at + 1] if word in ("km", "m", "hm") and w.starts[at + 1] == w.ends[at] else ""
    if power in ("2", "3"):
        return Span(w.starts[at], w.ends[at + 1]), at + 2, unit_name(f"{word}{'²' if power == '2' else '³'}")
    if word in SHORT_UNITS and (word != "h" or w.ends[at - 1] == w.starts[at]) and (word != "t" or not scaled):
        return Span(w.starts[at], w.ends[at]), at + 1, unit_name(word)
    if not word.isalpha() or word in _NO_NOUN or (not scaled and not word.endswith("s")):
        return None
    if w.capital(at) and not scaled:
        return None
    if scaled and (word in _ARTICLES or len(word) < 3):
        return None
    last = at + 1 + (low[at + 1] in COMPOUND_ENDINGS or (word.endswith("vatios") and low[at + 1] in ("hora", "horas")))
    span = Span(w.starts[at], w.ends[last - 1])
    written = w.text[span.start : span.end]
    return span, last, written if written.isupper() else unit_name(written)


def _bare(w: Words, number: Number, after: str) -> tuple[Quantity, int] | None:
    """A number whose noun stands elsewhere ("327 en octubre", "los 92 que amparaba"); not every lone number is one."""
    low = w.low
    i = number.first
    if not number.figure and number.value < 10 and not _told(w, number):
        return None
    if number.figure and re.fullmatch(r"(?:1[4-9]|20)\d\d", low[i]) and number.last == i + 1:
        return None  # a year
    if number.last == i + 1 and w.capital(i - 1) and i and not w.opens_sentence(i - 1) and number.figure:
        return None  # a name: Canal 13, Boeing 737
    if after in ("-", "–") and number.figure:
        return None
    if (
        w.text[w.starts[i] - 1 : w.starts[i]] in ("-", "–")
        and number.figure
        and w.text[w.starts[i] - 2 : w.starts[i] - 1].strip()
    ):
        return None  # the other end of 3-2, 555-1234
    return made_quantity(w, number, None, None, "bare", number.last, i)


def _told(w: Words, number: Number) -> bool:
    """Whether a small number in words is a figure all the same: "tres más que", "las sitúa en cuatro", "otros nueve quedaron heridos".

    So are more than three behind "frente a los", before "de ellos", and behind a verb that counts.
    """
    low, i, at = w.low, number.first, number.last
    if number.value < 2:
        return False
    if low[at] in ("más", "menos") and low[at + 1] in ("que", "de"):
        return True
    if low[i - 1] in ("en", "a") and any(word.startswith(_ESTIMATES) for word in low[max(0, i - 6) : i - 1]):
        return True
    if number.value <= 3:
        return False
    if low[i - 1] in ("otros", "otras") and low[at].isalpha():
        return True
    if low[at] == "de" and low[at + 1] in _PARTITIVE:
        return True
    if low[i - 1] in ("los", "las") and any(low[: i - 1][-len(words) :] == list(words) for words in _SET_AGAINST):
        return True
    sourced = low[at] == "," and low[at + 1] in ("según", "dice", "afirma", "calcula", "asegura")
    return sourced or (low[i - 1] in _COUNTING and low[at] in (",", ".", ";", ":", ")", "y", "\n", ""))


def _range_unit(w: Words, number: Number, link: int) -> tuple[Quantity, int] | None:
    """The first end of "10-15 %", "entre 300 y 400 soldados": it takes the unit of the second; the second is read for itself."""
    low = w.low
    opens = low[number.first - 1 - (low[number.first - 1] in ("el", "los", "las"))]
    hyphen = low[link] in ("-", "–") and number.figure and low[link + 1].isdigit()
    if not hyphen and not ((opens == "entre" and low[link] == "y") or (opens in ("de", "del") and low[link] in ("a", "al"))):
        return None
    second = read_number(w, link + 1 + (low[link + 1] in ("el", "los", "las")), None) if low[link + 1] else None
    if second is None:
        return None
    at = second.last
    if low[at] == "%" or low[at : at + 2] == ["por", "ciento"]:
        return made_quantity(w, number, "percent", None, "range-percent", number.last, number.first)
    noun = counted_noun(w, at, second.scaled)
    value = number.value
    if second.scaled and not number.scaled and second.value >= 10**6 > number.value:
        scale = next(SCALES[low[k]] for k in range(link + 1, at) if low[k] in SCALES)
        value = value * scale  # "entre 2 y 3 millones"
    if noun is None and value == number.value:
        return None
    number = Number(number.first, number.last, value, number.figure)
    if noun is None:
        return made_quantity(w, number, None, None, "range-bare", number.last, number.first)  # "cayeron de 31 a 24 millones"
    return made_quantity(w, number, noun[2], None, f"range-{rule_of(noun[2])}", number.last, number.first)


def _money_sign(w: Words, i: int) -> tuple[int, str | None] | None:
    """A sign of money before a figure: the index of its first word and the unit; "$" alone is some peso or dollar: no unit."""
    low = w.low
    if low[i - 1] == "$":
        if low[i - 2] in ("us", "r", "usd") and w.ends[i - 2] == w.starts[i - 1]:
            return i - 2, "real" if low[i - 2] == "r" else "dollars"
        return i - 1, None
    if low[i - 2 : i] == ["$", "us"]:
        return i - 2, "dollars"
    if low[i - 1] == "s" and low[i - 3 : i - 1] == ["u", "$"]:
        return i - 3, "dollars"
    if low[i - 1] in _SIGNS and not low[i - 2][:1].isdigit():  # "30 € 20": the sign is the first one's
        return i - 1, _SIGNS[low[i - 1]]
    return None


def made_quantity(
    w: Words,
    number: Number,
    unit: str | None,
    noun: Span | None,
    rule: str,
    last: int,
    first: int,
    comparator: Comparator | None = None,
) -> tuple[Quantity, int]:
    """The quantity with the comparator that stands before word ``first`` (or right after the unit)."""
    before, begin = _comparator(w, first)
    low = w.low
    if low[last : last + 2] == ["o", "más"]:
        before, last = "more", last + 2
    value = _plain(number.value)
    sign = w.text[w.starts[number.first] - 1 : w.starts[number.first]]
    if sign in ("-", "−") and number.figure and not w.text[w.starts[number.first] - 2 : w.starts[number.first] - 1].strip():
        value, begin = -value, begin - (begin == number.first)
    end = max(w.ends[last - 1], noun.end if noun is not None else 0)
    definite = before == "exact" and low[first - 1] in _DEFINITE and rule in ("count", "bare", "duration")
    span = Span(w.starts[begin], end)
    number_span = Span(w.starts[number.first], w.ends[number.last - 1])
    return Quantity(span, value, unit, comparator or before, number_span, noun, f"definite-{rule}" if definite else rule), last


def _plain(value: Decimal) -> Decimal:
    """The value without idle zeros or exponent: 3200000000000.0 → 3200000000000, 1.90 → 1.9."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _comparator(w: Words, first: int) -> tuple[Comparator, int]:
    """The comparator before word ``first`` and the index at which it begins; articles and a "de" may stand between."""
    low = w.low
    at = first
    if low[at - 1] in _ARTICLES:
        at -= 1
    if low[at - 1] in ("a", "al") and low[at - 2] in ("casi", "prácticamente"):
        at -= 1
    for phrase, comparator in _ENDING_IN.get(low[at - 1], ()):
        if _ends_with(low, at, phrase):
            return comparator, at - len(phrase)
    return "exact", first


def _ends_with(low: list[str], at: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words before ``at`` are those of ``phrase``, the last of which is known to be."""
    begin = at - len(phrase)
    return begin >= 0 and all(low[begin + offset] == word for offset, word in enumerate(phrase[:-1]))
