"""The words of a measure put right, whichever rule found them: no leading article, no "que siguen", "ambos países" by their names."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.clause_words import is_dated, plain_words
from kg.extract.syntax import Tree, case
from kg.model import Quantity

_LEADING: Final = re.compile(
    r"^(?:(?:tod[oa]s?|el|la|los|las|un|una|unos|unas|est[ae]s?|es[aeo]s?|aquel\w*|dich[oa]s?|sus?) )+(?=\w)", re.I
)
#: A relative clause that only says that something is or stays as its participle says.
_STAYING: Final = re.compile(
    r" que (?:ya |aún |todavía )?(?:permanec|contin[uú]|qued|est[aá]|fue|ha sido|han sido|se encuentr|se hall|result)\w*"
    r" (?=\w+[ao]s?\b(?! que))"
)
_BOTH: Final = re.compile(
    r"\b(?:(entre) (?:ambos|los dos)(?: países| gobiernos| vecinos)?|(de|en) (?:ambos|los dos) países)(?=$| (?:en|de|del|a|al|por|desde)\b)"
)
_TAIL: Final = re.compile(r" (?:desde|desde que|hasta que|según .*|frente a.* lapso.*|respecto (?:de|a) \d{4})$")
_CHANGE_OF: Final = re.compile(r"^(?:variación|cambio|evolución|variación porcentual) (?:de la |del |de los |de las |de )")


#: A measure of more words has no place for a place.
_PLACEABLE: Final = 7
#: What stands right before a figure that says the same as the last one.
_ANEW: Final = re.compile(
    r"(?:, (?:hasta|a)|\bhasta(?: sumar| rozar| alcanzar| superar| llegar a| situarse en)?|\bequivalentes? a|\bes decir,?|\bo sea,?)"
    r"(?: los| las| unos| unas| US)? ?$"
)


def worded(a: Analysis, measure: str) -> str:
    """``measure`` as it stands under a figure."""
    words = _CHANGE_OF.sub("", measure)
    stripped = _LEADING.sub("", words)
    words = stripped if stripped and not words.startswith(("lo que", "Lo que")) else words
    words = _TAIL.sub("", _STAYING.sub(" ", words))
    if _BOTH.search(words) is not None and (names := _pair(a)) is not None:
        words = _BOTH.sub(lambda m: f"{m.group(1) or m.group(2)} {names[0]} y {names[1]}", words)
    return words or measure


def thing_moved(measure: str, moves: frozenset[str]) -> str:
    """What rose or fell, without the noun that says so: "incremento en los peajes" → "peajes"."""
    match = re.match(r"(?:el |la |un |una )?(\w+) (?:de|en)(?:l| el| la| los| las)? (?=\w)", measure, re.I)
    return measure[match.end() :] if match is not None and match.group(1).lower() in moves else measure


def placed(a: Analysis, t: Tree, q: Quantity, verb: int | None, measure: str, verbs: frozenset[str]) -> str:
    """``measure`` with the place that the clause of one of these verbs names: "El arroz subió en Dajabón un 12 %" → "arroz en Dajabón"."""
    if verb is None or t.tokens[verb].lemma not in verbs or len(measure.split()) > _PLACEABLE or " en " in measure:
        return measure
    here = a.quantities_in(t.span(0, len(t.tokens)))
    found = [
        k
        for k in t.kids[verb]
        if t.tokens[k].pos == "PROPN" and case(t, k) == "en" and not is_dated(a, t, k) and t.tokens[k].text not in measure
    ]
    for k in sorted(found, key=lambda k: abs(t.tokens[k].start - q.span.start)):
        low, high = sorted((t.tokens[k].start, q.span.start))
        if not any(o.span != q.span and low < o.span.start < high for o in here):
            words = plain_words(t.tokens[t.left[k] : t.right[k]])
            return f"{measure} {words[:1].lower()}{words[1:]}" if len(words.split()) < _PLACEABLE else measure
    return measure


def restates(a: Analysis, q: Quantity) -> bool:
    """Whether a figure says anew what the one before it measures: "creció un 12 %, a 640 millones", "equivalente a 300 toneladas"."""
    return _ANEW.search(a.text, max(0, q.span.start - 40), q.span.start) is not None


def borrows(a: Analysis, t: Tree, q: Quantity, first: int, end: int) -> bool:
    """Whether the words ``first`` to ``end`` that a figure would measure belong to the figure before it."""
    if q.noun is not None or q.rule.endswith("duration") or a.text[q.span.end : q.span.end + 4] in (" de ", " del"):
        return False
    head = next((x for x in t.tokens[first:end] if x.pos in ("NOUN", "SYM")), None)
    here = a.quantities_in(t.span(0, len(t.tokens)))
    return head is not None and any(o.span.end <= q.span.start and o.span.start <= head.start < o.span.end for o in here)


def _pair(a: Analysis) -> tuple[str, str] | None:
    """The names of the article's two countries."""
    known = a.gazetteer.actors
    names = [known[c.lower()].label for c in a.document.article.countries if c.lower() in known]
    return (names[0], names[1]) if len(names) == 2 else None
