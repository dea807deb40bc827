"""What a sum of money is: the cost of a thing, a debt to somebody, what somebody invests, loses or takes in.

"la planta costaría 90 millones" → "costo de la planta", "Caracas les adeuda 3 billones" → "deuda de Caracas", "giró 18 millones a la
comisión" → "giro a la comisión", "han dejado de percibir 214 millones" → "pérdidas de los exportadores".
"""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.clause_words import is_dated, plain_words
from kg.extract.reduced_clauses import doer, of_words
from kg.extract.sizes import antecedent, genitive
from kg.extract.syntax import Tree, case, has_se, is_verb
from kg.extract.word_forms import agreeing, is_feminine, nominal, rate_behind
from kg.extract.words import word_list
from kg.model import Quantity

#: Verbs that say what something costs.
_COSTING: Final = frozenset(word_list("costar valer salir cotizar pagar vender comprar"))
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
        " desembolsar financiar ahorrar cobrar aportar adeudar deber enviar"
    )
)
#: What somebody "deja de" is lost to him.
_EARNING: Final = frozenset(word_list("ganar percibir ingresar vender facturar exportar recaudar cobrar recibir"))


def sum_of(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None) -> str | None:
    """The phrase for a sum of money that a clause tells; ``None`` where its noun tells it already."""
    if verb is None or not is_verb(t.tokens[verb]) or t.tokens[token].head != verb:
        return None
    tokens, lemma = t.tokens, t.tokens[verb].lemma
    if lemma in _COSTING and (priced := _price(a, t, q, token, verb)) is not None:
        return priced
    if lemma == "dejar" or tokens[tokens[verb].head].lemma == "dejar":
        earned = verb if lemma in _EARNING else next((k for k in t.kids[verb] if tokens[k].lemma in _EARNING), None)
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
    words = plain_words(tokens[t.left[to] : t.right[to]]).split(" que ")[0] if to is not None else ""
    words = words[:1].lower() + words[1:]
    if lemma in ("adeudar", "deber"):
        words = re.sub(r"^al? ", lambda m: "con el " if m.group() == "al " else "con ", words)
    own = f" {of_words(whose)}" if whose else ""
    other = f" {words}" if 1 < len(words.split()) < 8 else ""
    return f"{made.noun}{own}{other}" if own or other else None


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
    name = "precio" if x.lemma in _BY_THE_PIECE or (tokens[verb].lemma != "costar" and tokens[verb].lemma != "salir") else "costo"
    return f"{name} {genitive(a, t, q, thing)}"


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
