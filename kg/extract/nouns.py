"""Counted nouns: their singular, and the units that have a name of their own in the graph."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.words import word_list

_INVARIABLE: Final = frozenset(
    word_list(
        "crisis tesis virus análisis dosis oasis campus bonus lunes martes miércoles jueves viernes paréntesis hipótesis énfasis"
    )
)
_IRREGULAR: Final = {
    "gases": "gas",
    "relojes": "reloj",
    "sedes": "sede",
    "cines": "cine",
    "aires": "aire",
    "regímenes": "régimen",
    "especímenes": "espécimen",
    "caracteres": "carácter",
    "cónyuges": "cónyuge",
    "cómplices": "cómplice",
    "índices": "índice",
    "apéndices": "apéndice",
    "vértices": "vértice",
    "enlaces": "enlace",
    "cruces": "cruce",
    "goces": "goce",
    "dulces": "dulce",
    "doces": "doce",
    "peces": "pez",
    "cauces": "cauce",
    "desenlaces": "desenlace",
    "reales": "real",
    "vales": "vale",
    "móviles": "móvil",
    "líderes": "líder",
    "ómnibus": "ómnibus",
}
_PLAIN: Final = str.maketrans("áéíóú", "aeiou")
_ACUTE: Final = str.maketrans("aeiou", "áéíóú")
_VOWELS: Final = "aeiouáéíóúü"


def singular(noun: str) -> str:
    """The singular of a Spanish plural noun or adjective in lower case; a word that is no plural comes back as it is.

    By ending, with the written accent moved where the plural hides it ("camiones" → "camión", "jóvenes" → "joven").
    """
    if noun in _INVARIABLE or len(noun) < 4 or not noun.endswith("s"):
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if not noun.endswith("es"):
        return noun[:-1] if noun[-2] in _VOWELS else noun
    stem = noun[:-2]
    last, before = stem[-1], stem[-2]
    if last in "íú":  # marroquíes
        return stem
    if last == "c":
        return noun[:-1] if re.search(r"(?:an|on|[áéíóú]\w*i)c$", stem) else stem[:-1] + "z"
    if before not in _VOWELS or last not in "lrndsy":
        return noun[:-1]
    if last == "d" and not re.search(r"(?:[aeiu]d|tud)$", stem):
        return noun[:-1]
    if last == "s":
        if before in "ao":  # bases, clases
            return noun[:-1]
        return _accented(stem) if before not in "íú" else stem
    return _accented(stem) if last == "n" else stem


def _accented(stem: str) -> str:
    """A stem in n or s with its accent where the singular wants it."""
    if re.search("[áéíóú]", stem):
        # An accent on an earlier syllable of the plural is not written in the singular: jóvenes, joven; on the last it stays.
        return stem if stem[-2] in "áéíóú" else stem.translate(_PLAIN)
    if len(re.findall(f"[{_VOWELS}]+", stem)) < 2:
        return stem  # trenes, meses
    return stem[:-2] + stem[-2].translate(_ACUTE) + stem[-1]


_NAMED: Final = {
    "persona": "people",
    "muerte": "deaths",
    "muerto": "deaths",
    "muerta": "deaths",
    "fallecido": "deaths",
    "fallecida": "deaths",
    "fallecimiento": "deaths",
    "deceso": "deaths",
    "defunción": "deaths",
    "víctima mortal": "deaths",
    "dólar": "dollars",
    "día": "days",
    "minuto": "minutes",
    "tonelada": "tonnes",
    "vez": "times",
}
_SHORT: Final = {
    "km": "kilómetro",
    "kilómetro": "kilómetro",
    "kg": "kilo",
    "kilogramo": "kilo",
    "ha": "hectárea",
    "usd": "dollars",
    "eur": "euro",
    "t": "tonnes",
    "min": "minutes",
    "h": "hora",
    "hm³": "hectómetro cúbico",
    "m³": "metro cúbico",
    "km²": "kilómetro cuadrado",
    "m²": "metro cuadrado",
    "km³": "kilómetro cúbico",
}
MONEY: Final = frozenset(
    word_list(
        "dollars euro peso real bolívar sol quetzal lempira córdoba colón guaraní libra yen yuan dírham balboa boliviano franco "
        "rublo rupia dinar gourde corona lira shekel won rand naira escudo metical kwanza peseta riyal rial florín cedi birr"
    )
)
"""Units that are currencies."""
DURATIONS: Final = frozenset(word_list("days minutes hora segundo semana mes año década siglo"))
"""Units of time."""
MEASURES: Final = frozenset(
    (
        "tonnes",
        "kilómetro",
        "kilo",
        "hectárea",
        "metro",
        "metro cúbico",
        "metro cuadrado",
        "kilómetro cuadrado",
        "litro",
        "barril",
        "grado",
        "pie",
        "galón",
        "quintal",
        "gramo",
        "onza",
        "nudo",
        "kilovatio",
        "teravatio",
        "kilovatio hora",
        "megavatio hora",
        "gigavatio hora",
        "teravatio hora",
    )
) | frozenset(
    ("pie cúbico", "hectómetro cúbico", "milla", "megavatio", "gigavatio", "punto porcentual", "punto básico", "centímetro")
)
"""Other units of measurement."""
COMPOUND_ENDINGS: Final = frozenset(
    word_list("cúbicos cuadrados cúbicas cuadradas porcentuales básicos mortales náuticas marinas")
)
"""Adjectives that belong to the unit: "metros cúbicos"."""
SHORT_UNITS: Final = frozenset(_SHORT)
"""Abbreviated units."""


def unit_name(noun: str) -> str:
    """The unit of a counted noun or unit words as the text has them ("muertes" → "deaths", "metros cúbicos" → "metro cúbico")."""
    base = " ".join(singular(word) for word in noun.lower().split())
    return _NAMED.get(base) or _SHORT.get(base) or base
