"""What a sum of money is: the cost of a thing, a debt to somebody, what somebody invests, loses or takes in.

"la planta costaría 90 millones" → "costo de la planta", "Caracas les adeuda 3 billones" → "deuda de Caracas", "giró 18 millones a la
comisión" → "giro a la comisión", "han dejado de percibir 214 millones" → "pérdidas de los exportadores".
"""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.clause_phrases import noun_phrase
from kg.extract.clause_words import is_dated, plain_words
from kg.extract.reduced_clauses import doer, of_words
from kg.extract.sizes import antecedent, genitive
from kg.extract.syntax import SUBJECTS, Tree, case, has_se, is_verb
from kg.extract.word_forms import agreeing, is_feminine, nominal, rate_behind
from kg.extract.words import word_list
from kg.model import Quantity

#: Verbs that say what something costs.
COSTING: Final = frozenset(word_list("costar valer salir cotizar pagar vender comprar"))
#: Nouns that are themselves a sum, a price or a rate.
_SUMS: Final = frozenset(
    word_list(
        "precio costo coste tarifa peaje flete valor presupuesto deuda adeudo arancel tasa impuesto multa cuota inversión gasto ingreso"
        " salario sueldo ayuda préstamo crédito fondo pérdida ganancia daño perjuicio exportación importación venta compra comercio"
        " intercambio remesa fianza indemnización subsidio alquiler renta factura recaudación canon déficit superávit saldo partida monto"
        " suma contrato"
    )
)
#: What is sold by these has a price, all else a cost.
_BY_THE_PIECE: Final = frozenset(
    word_list(
        "kilo kilogramo libra litro tonelada quintal barril galón kilovatio megavatio gramo onza saco balón cajetilla docena botella"
        " arroba dosis pasaje billete boleto entrada gasolina diésel harina arroz pan leche carne pollo maíz trigo azúcar café petróleo"
        " crudo gas luz cobre oro litio soya soja tomate jitomate aceite huevo cemento"
    )
)
#: Verbs whose object is a sum that passes from one to another.
_FLOWS: Final = frozenset(
    word_list(
        "exportar importar vender comprar facturar recaudar ingresar invertir gastar ganar perder donar prestar pagar girar transferir"
        " desembolsar financiar ahorrar cobrar aportar adeudar deber enviar multar"
    )
)
_TAXES: Final = frozenset(
    word_list(
        "arancel tasa impuesto gravamen sobretasa cuota cupo tarifa peaje multa recargo tributo salvaguardia contingente derecho"
    )
)
_WORKS: Final = frozenset(
    word_list(
        "obra puente planta carretera autopista gasoducto oleoducto acueducto muelle puerto aeropuerto hospital escuela represa presa"
        " embalse muro valla verja túnel ampliación construcción reparación reconstrucción modernización ferrocarril tren edificio"
        " satélite radar dragado"
    )
)
_ON: Final = frozenset({"a", "al", "sobre", "contra", "para"})
#: What somebody "deja de" is lost to him.
EARNING: Final = frozenset(word_list("ganar percibir ingresar vender facturar exportar recaudar cobrar recibir"))


def sum_of(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None) -> str | None:
    """The phrase for a sum of money that a clause tells; ``None`` where its noun tells it already."""
    if (cost := works_cost(a, t, q, token)) is not None:
        return cost
    if verb is None or not is_verb(t.tokens[verb]) or t.tokens[token].head != verb:
        return None
    tokens, lemma = t.tokens, t.tokens[verb].lemma
    if lemma in COSTING and (priced := _price(a, t, q, token, verb)) is not None:
        return priced
    if lemma == "dejar" or tokens[tokens[verb].head].lemma == "dejar":
        earned = verb if lemma in EARNING else next((k for k in t.kids[verb] if tokens[k].lemma in EARNING), None)
        if earned is None:
            return None
        whose = doer(a, t, q, verb if lemma == "dejar" else tokens[verb].head, token)
        return f"pérdidas {of_words(whose)}" if whose else "pérdidas"
    if tokens[token].dep not in ("obj", "obl", "obl:arg", "nsubj") or (tokens[token].dep == "nsubj" and not has_se(t, verb)):
        return None
    made = nominal(a.document.article.language, lemma) if lemma in _FLOWS else None
    if made is None:
        return None
    whose = doer(a, t, q, verb, token)
    others = (k for k in t.kids[verb] if k != token and tokens[k].pos in ("NOUN", "PROPN") and case(t, k) in ("a", "en", "con"))
    to = next((k for k in others if not is_dated(a, t, k)), None)
    stop = t.right[to] if to is not None else 0
    if to is not None and tokens[to].pos == "PROPN":  # "a Marruecos | bienes por …"
        stop = next((k for k in range(to + 1, stop) if tokens[k].pos == "NOUN"), stop)
    words = plain_words(tokens[t.left[to] : stop]).split(" que ")[0] if to is not None else ""
    words = words[:1].lower() + words[1:]
    if lemma in ("adeudar", "deber"):
        words = re.sub(r"^al? ", lambda m: "con el " if m.group() == "al " else "con ", words)
    own = f" {of_words(whose)}" if whose else ""
    other = f" {words}" if 1 < len(words.split()) < 8 else ""
    return f"{made.noun}{own}{other}" if own or other else None


def costing(a: Analysis, t: Tree, q: Quantity, verb: int) -> str | None:
    """The cost of what a clause is about, or those before it: "quedó descartada la carretera: costaría 90 millones"."""
    if t.tokens[verb].lemma not in ("costar", "salir", "valer"):
        return None
    told = antecedent(t, verb)
    if told is None or t.tokens[told].pos != "NOUN" or a.actors(t, told):
        before = (k for k in range(verb - 1, -1, -1) if t.tokens[k].dep in SUBJECTS and t.tokens[k].pos == "NOUN")
        told = next((k for k in before if not a.actors(t, k)), None)
    if told is None or t.tokens[told].lemma in _SUMS or q.span.start <= t.tokens[told].start < q.span.end:
        return None
    return f"{_price_name(t, told, verb)} {genitive(a, t, q, told)}"


def _price_name(t: Tree, thing: int, verb: int) -> str:
    sold = t.tokens[thing].lemma in _BY_THE_PIECE or t.tokens[verb].lemma not in ("costar", "salir")
    return "precio" if sold else "costo"


def rate_on(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None) -> str | None:
    """A tax and what it is on: "un arancel del 15 % al acero", "gravó con un 25 % la cebolla" → "arancel a la cebolla"."""
    tokens = t.tokens
    above = tokens[token].head
    if tokens[above].lemma in _TAXES and above < token and tokens[token].dep in ("nmod", "appos", "compound", "amod"):
        named = noun_phrase(a, t, q, above, above)
        if " a " not in f" {named} " and " al " not in named and (on := words_behind(a, t, q, _ON)):
            return f"{named} {on}"
        return None
    if verb is None or q.unit != "percent" or tokens[verb].lemma != "gravar":
        return None
    others = (k for k in t.children(verb, "obj", "nsubj:pass", "obl") if k != token and tokens[k].pos in ("NOUN", "PROPN"))
    on_what = next((k for k in others if case(t, k) in ("", "a")), None)
    if on_what is None:
        return None
    words = genitive(a, t, q, on_what).removeprefix("de ").split(" que ")[0]
    return f"arancel al {words[2:]}" if words.startswith("l ") else f"arancel a {words}".replace("a del ", "al ")


def words_behind(a: Analysis, t: Tree, q: Quantity, links: frozenset[str]) -> str:
    """What follows a figure with one of these prepositions: "el arancel del 15 % | al acero venezolano"; "" where nothing does."""
    last = max(i for i, x in enumerate(t.tokens) if x.start < q.span.end)
    if last + 1 >= len(t.tokens) or t.tokens[last + 1].lower not in links:
        return ""
    words = plain_words(t.tokens[last + 1 :], a.dates_in(t.span(last + 1, len(t.tokens)))).replace("todo lo que", "lo que")
    words = re.split(r" (?:(?<!lo )que|y|desde|en vigor|a partir|a cambio|si|durante|para que)\b", words)[0]
    return " ".join(words.split()[:8]) if not any(c.isdigit() for c in words) else ""


def works_cost(a: Analysis, t: Tree, q: Quantity, token: int) -> str | None:
    """ "una obra de 186 millones de dólares": what it costs."""
    above = t.tokens[token].head
    if t.tokens[token].dep not in ("nmod", "appos") or above > token or case(t, token) not in ("de", ""):
        return None
    return f"costo {genitive(a, t, q, above)}".split(" que ")[0] if t.tokens[above].lemma in _WORKS else None


def _price(a: Analysis, t: Tree, q: Quantity, token: int, verb: int) -> str | None:
    """The cost or price of the subject of "costar" and the like."""
    tokens = t.tokens
    if tokens[verb].lemma == "salir" and case(t, token) not in ("por", "a", "en"):
        return None
    if tokens[verb].lemma in ("pagar", "vender", "comprar") and (case(t, token) not in ("a", "por", "en") or not has_se(t, verb)):
        return None
    thing = antecedent(t, verb)
    if thing is None or (tokens[thing].start >= q.span.start and tokens[thing].start < q.span.end):
        thing = next((k for k in t.kids[verb] if k > verb and k != token and tokens[k].pos == "NOUN" and not case(t, k)), None)
    if thing is None:
        return None
    x = tokens[thing]
    if "VerbForm=Inf" in x.morph:
        words = plain_words(tokens[thing : t.right[thing]])
        return f"costo de {words}"
    if x.pos not in ("NOUN", "PROPN") or is_dated(a, t, thing):
        return None
    if x.lemma in _SUMS:
        return None
    return f"{_price_name(t, thing, verb)} {genitive(a, t, q, thing)}"


def with_rate(text: str, q: Quantity, measure: str) -> str:
    """``measure`` with how often the figure comes: ("900.000 dólares diarios", "perjuicio") → "perjuicio diario"."""
    adjective = rate_behind(text, q.span.end)
    if adjective is None or not measure:
        return measure
    stem = adjective.rstrip("o")
    words = [w for w in measure.split() if not w.startswith(stem)]
    if not words or words[0].lower() in ("lo", "cada", "duración") or "que" in words:
        return measure
    plural = words[0].endswith("s")
    return " ".join((words[0], agreeing(adjective, is_feminine(words[0]), plural), *words[1:]))
