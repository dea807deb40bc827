"""Years in figures: which numbers of four digits are years, and which years are no dates."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from kg.extract.time_words import Context, Term, is_year
from kg.extract.words import Words, word_list

_COUNTED: Final = frozenset(
    word_list(
        "personas millones mil dólares euros pesos reales bolívares soles kilómetros metros toneladas hectáreas barriles litros soldados "
        "efectivos agentes policías militares migrantes hogares casos muertos muertes heridos empleos puestos viviendas familias vuelos "
        "camiones barcos buques trabajadores empresas veces horas días unidades cabezas kilos vacas tropas"
    )
)
_NO_NOUN: Final = frozenset(
    word_list(
        "los las sus más menos tras es nos unos unas dos tres seis entonces después antes mientras además apenas jamás quizás "
        "nuestras nuestros estos estas esos esas todos todas ambos ambas varios varias otros otras algunos algunas muchos muchas "
        "hemos habíamos éramos pues"
    )
)
_LAWS: Final = frozenset(
    word_list(
        "tratado ley leyes acuerdo acuerdos convenio convención constitución protocolo pacto código copa mundial eurocopa juegos agenda "
        "plan carta decreto reglamento estatuto enmienda declaración acta resolución sentencia guerra revolución concordato compromiso "
        "memorando memorándum paz olimpiada olimpiadas panamericanos"
    )
)
_LAWS_IN_LOWER_CASE: Final = frozenset(word_list("tratado ley constitución convenio convención protocolo código decreto"))
_NAME_LINKS: Final = frozenset(word_list("de del la las los el y e para sobre en entre contra por n.º núm"))


def year_term(c: Context, i: int) -> Term | None:
    """A year, or two with a dash, where the words around say that it is one: after "en", "desde", "entre" …"""
    low = c.words.low
    j = i + 1 if low[i] in ("el", "la") else i
    if low[j] == "año":
        j += 1
        if low[j] in ("fiscal", "electoral", "agrícola", "escolar", "hidrológico"):
            j += 1
    if not is_year(low[j]) or low[j + 1] in _COUNTED or low[j + 1] == "%" or low[j + 1 : j + 3] == ["por", "ciento"]:
        return None
    year = int(low[j])
    last = year
    if low[j + 1] in ("-", "–", "/") and re.fullmatch(r"\d\d(?:\d\d)?", low[j + 2]) and c.words.ends[j] == c.words.starts[j + 1]:
        last = int(low[j + 2]) if len(low[j + 2]) == 4 else year - year % 100 + int(low[j + 2])
        if not year < last < year + 100:
            return None
        j += 2
    begin, end = dt.date(year, 1, 1), dt.date(last, 12, 31)
    return Term(i, j + 1, begin, end, "year", "year" if last == year else "range")


#: Verbs whose object is a year: "el país cerró 2025 con 891 homicidios".
_YEARS_LONG: Final = frozenset(
    word_list("cerró cerraron acabó acabaron terminó terminaron concluyó concluyeron empezó empezaron inició iniciaron despidió")
)


def bare_year_term(c: Context, i: int) -> Term | None:
    """A year without a preposition of time: "los 7 mil millones de [2008]", "([2023])", "2024 y [2025]"."""
    low = c.words.low
    term = year_term(c, i)
    if term is None:
        return None
    before = low[i - 1] if i else ""
    after = low[term.last]
    if before in ("de", "del", "a", "al"):
        noun = after.endswith("s") and after.isalpha() and after not in _NO_NOUN
        many = after in ("a", "y", "o") and low[term.last + 1][:1].isdigit() and not is_year(low[term.last + 1])
        if noun or many or (before in ("de", "del") and _in_law_name(c.words, i)):
            return None
        return term
    if before in _YEARS_LONG:
        return term  # "cerró 2025 con 891 homicidios"
    if (i == 0 or before == "\n") and after in (".", ":", "–", "—"):
        return term  # "1969. España cierra el paso": a chronology
    if before in ("(", ",") and after in (")", ",", ";"):
        return term if before == "(" or after == ")" or is_year(low[i - 2]) else None
    if before in ("y", "e", "o", "u", ",") and i > 1 and is_year(low[i - 2]):
        return term
    return term if term.rule == "range" else None


def _in_law_name(words: Words, i: int) -> bool:
    """Whether the year at word ``i`` belongs to a name: "Tratado de Aguas de 1944", "la Ley 1448 de 2011", "la constitución de 1917".

    Read backwards from the "de" before the year over capitalised words, numbers and the small words that link a name.
    """
    low = words.low
    at = i - 2
    if at >= 0 and low[at] in _LAWS_IN_LOWER_CASE:
        return True
    lower_case = 0
    while at >= max(0, i - 16):
        word = low[at]
        if words.capital(at):
            if word in _LAWS:
                return True
        elif word in _NAME_LINKS or word[:1].isdigit():
            pass
        elif lower_case == 0 and word.isalpha() and low[at - 1] == "de":  # "Ley de aguas de 1994"
            lower_case += 1
        else:
            return False
        at -= 1
    return False
