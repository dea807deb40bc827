"""What is known of a document before facts are made: trees, quotations, actors, dates, quantities, each at its place.

The bundle that every later step reads; building it is the first half of the cascade. Look-ups by token are by (sentence, token index).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from kg.extract.agendas import placed_ahead
from kg.extract.dates import find_dates
from kg.extract.gazetteer import Gazetteer, gazetteer
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.mentions import find_mentions
from kg.extract.quantities import find_quantities
from kg.extract.quotes import find_quotes
from kg.extract.resolution import Resolution, resolve
from kg.extract.syntax import Tree, conjuncts, tree
from kg.extract.turns import find_turns
from kg.model import Document, Quantity, Quote, Span, TimeValue

_Found = TypeVar("_Found", TimeValue, Quantity)
_REACH = 2  # sentences back to whom "según ella" means


@dataclass(frozen=True)
class Analysis:
    """A document with everything that was found in it, and the lexicon and gazetteer it was found with."""

    document: Document
    trees: tuple[Tree, ...]
    quotes: tuple[Quote, ...]
    dates: tuple[TimeValue, ...]
    quantities: tuple[Quantity, ...]
    resolution: Resolution
    lexicon: Lexicon
    gazetteer: Gazetteer
    first_of_block: Mapping[int, int]  # block → its first sentence

    @cached_property
    def subjects(self) -> dict[tuple[int, int], Any]:
        """What :func:`kg.extract.subjects.subject_of` found in a sentence by itself, by sentence and verb; filled as it is asked."""
        return {}

    @property
    def text(self) -> str:
        return self.document.article.text

    def actors(self, t: Tree, i: int) -> tuple[str, ...]:
        """The actors that the noun phrase headed by token ``i`` stands for, its conjuncts included, in order."""
        found: dict[str, None] = {}
        for c in conjuncts(t, i):
            if t.tokens[c].pos in ("VERB", "AUX") and c != i:
                continue
            for actor in self._one(t, c):
                found[actor] = None
        return tuple(found)

    def _one(self, t: Tree, i: int) -> tuple[str, ...]:
        number = t.sentence.index
        here = self.resolution.of(number, i)
        if here:
            return here
        if (number, i) in self.resolution.at:
            return ()
        token = t.tokens[i]
        if token.lower in ("él", "ella") and i and t.tokens[i - 1].lower == "según":
            return self.resolution.person_before(number, i, "Fem" if token.lower == "ella" else "Masc", _REACH)
        # "un máximo de 70 buques", "un grupo del Gabinete", "parte de los cárteles": the measure noun gives way to what is measured
        counts = token.pos == "NUM" or token.lower in _SOME  # "uno de los presuntos autores", "320 de sus miembros"
        if (token.pos in ("NOUN", "PRON", "SYM") and token.lemma in _MEASURES) or counts:
            for k in t.kids[i]:
                if t.tokens[k].dep == "nmod" and k > i and not (counts and t.tokens[k - 1].pos == "NUM"):
                    found = self._one(t, k)
                    if found:
                        return found
        # the name may hang on the noun: "la petroquímica Orinquia", "el grupo X"
        if token.pos in ("NOUN", "PROPN", "ADJ", "PRON"):
            for k in t.kids[i]:
                if t.tokens[k].dep in ("appos", "flat") and abs(k - i) <= 3:
                    found = self.resolution.of(number, k)
                    if found:
                        return found
        return ()

    def demonym(self, t: Tree, i: int) -> str | None:
        """The country of a demonym adjective that modifies token ``i`` ("la presión estadounidense")."""
        for k in t.kids[i]:
            if t.tokens[k].pos in ("ADJ", "NOUN", "ADV", "PROPN") and k > i:
                country = self.gazetteer.demonyms.get(t.tokens[k].lower)
                if country:
                    return country
        if i + 1 < len(t.tokens):
            return self.gazetteer.demonyms.get(t.tokens[i + 1].lower)
        return None

    def government(self, country: str) -> str:
        return self.gazetteer.governments.get(country, country)

    def quotes_in(self, span: Span) -> list[Quote]:
        return [q for q in self.quotes if q.depth == 0 and q.outer.overlaps(span)]

    def quote_at(self, offset: int) -> Quote | None:
        """The outermost quotation that covers a character."""
        for quote in self.quotes:
            if quote.depth == 0 and quote.inner.start <= offset < quote.inner.end:
                return quote
            if quote.outer.start > offset:
                return None
        return None

    def dates_in(self, span: Span) -> list[TimeValue]:
        return _within(self.dates, span)

    def date_at(self, offset: int) -> TimeValue | None:
        """The time expression that covers a character."""
        k = bisect_right(self.dates, offset, key=_begins) - 1
        return self.dates[k] if k >= 0 and offset < self.dates[k].span.end else None

    def quantities_in(self, span: Span) -> list[Quantity]:
        return _within(self.quantities, span)


_MEASURES = {
    "máximo",
    "mínimo",
    "grupo",
    "parte",
    "mayoría",
    "número",
    "total",
    "serie",
    "docena",
    "decena",
    "quincena",
    "veintena",
    "treintena",
    "cuarentena",
    "cincuentena",
    "centena",
    "centenar",
    "ciento",
    "mil",
    "millar",
    "puñado",
    "columna",
    "oleada",
    "millón",
    "tipo",
    "par",
    "conjunto",
    "mitad",
    "tercio",
    "resto",
    # "la bancada de Alianza Verde" acts as the party
    "bancada",
    "fracción",
    "bloque",
    "interbloque",
    "oficina",
    "cúpula",
    "dirección",
}


def _begins(found: TimeValue | Quantity) -> int:
    return found.span.start


def _within(found: tuple[_Found, ...], span: Span) -> list[_Found]:
    """Those of what stands in order, without overlap, that lie in a stretch."""
    out: list[_Found] = []
    for k in range(bisect_left(found, span.start, key=_begins), len(found)):
        if found[k].span.start >= span.end:
            break
        if found[k].span.end <= span.end:
            out.append(found[k])
    return out


#: Words for some of those that "de" names behind them.
_SOME = frozenset({"uno", "una", "algunos", "algunas", "varios", "varias", "otro", "otra", "otros", "otras", "cualquiera"})


def analyse(document: Document) -> Analysis:
    """Find everything that facts are made of in a parsed document. Pure: the same document gives the same analysis."""
    article = document.article
    gaz, lex = gazetteer(), lexicon(article.language)
    mentions = find_mentions(document, gaz, lex)
    dates: list[TimeValue] = []
    quantities: list[Quantity] = []
    quotes: list[Quote] = []
    turns = find_turns(document)
    for block in article.blocks:
        # "más que el año anterior" dates what is compared with, not the fact
        times = find_dates(article.text, article.date, block.start, block.end)
        dates.extend(d for d in times if "compared" not in d.rule)
        quantities.extend(find_quantities(article.text, block.start, block.end, times=times))
        quotes.extend(turns.get(block.index) or find_quotes(article.text, block.start, block.end))
    first: dict[int, int] = {}
    for sentence in document.sentences:
        first.setdefault(sentence.block, sentence.index)
    return Analysis(
        document,
        tuple(tree(s) for s in document.sentences),
        tuple(quotes),
        tuple(placed_ahead(article, dates, lex)),
        tuple(quantities),
        resolve(document, mentions, gaz, lex),
        lex,
        gaz,
        first,
    )
