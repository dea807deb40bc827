"""What a figure counts when it stands without its noun, and what its clause is about when that names no thing."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.clause_phrases import told_of
from kg.extract.measure_labels import clause_as_measure, lasting, owned, priced, whole_of_a_cut
from kg.extract.measures import fallback_words, measure_words
from kg.extract.movement import Words
from kg.extract.nouns import unit_name
from kg.extract.reduced_clauses import doer, of_words
from kg.extract.syntax import SUBJECTS, Tree
from kg.extract.uncounted import MEASURING
from kg.extract.word_forms import nominal
from kg.model import Quantity

#: "Son 6 mil 240 los paisanos", "31 de los pasajeros", "ocho de los diez acusados".
_NOUN_BEHIND: Final = re.compile(
    r" (?:de )?(?:los|las|sus|esos|esas) (?:[\d.,]+ |(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|\w+nta|cien) )?(\w+s)\b"
)
_COMPARED_WITH: Final = re.compile(
    r"\b(?:frente a|contra|respecto (?:de|a)|en (?:lugar|vez) de|por (?:debajo|encima) de|comparad[oa]s? con|(?:más|menos) que)"
    r" (?:los |las |el |la )?(?=\d|\w)",
    re.I,
)
#: How far before its figure such a comparison begins at most, in characters.
_NEAR: Final = 22


def counted_before(a: Analysis, t: Tree, q: Quantity, unit: str | None) -> str | None:
    """The plural noun that a lone number counts: the one behind its "de los", else that of the last figure with its unit."""
    match = _NOUN_BEHIND.match(a.text, q.span.end)
    if match is not None:
        return match.group(1)
    units = ("deaths", "people") if unit == "deaths" else (unit,)
    nouns = [o for o in a.quantities if o.span.end <= q.span.start and o.unit in units and o.noun is not None]
    noun = nouns[-1].noun if nouns and unit is not None else None
    return a.text[noun.start : noun.end] if noun is not None and nouns[-1].rule.endswith("count") else None


def unit_before(a: Analysis, q: Quantity, previous: Quantity | None) -> str | None:
    """The unit of the figure that a lone one starts from: "de 70 horas en julio a 44 en agosto"."""
    if previous is None or previous.unit in (None, "percent"):
        return None
    led = re.search(r"\bde(?:sde)?\s+$", a.text[max(0, previous.span.start - 7) : previous.span.start]) is not None
    to = re.fullmatch(r"[^,;.]{0,30}\b(?:a|hasta)\s+(?:los|las)?\s*", a.text[previous.span.end : q.span.start]) is not None
    return previous.unit if led and to else None


def noun_behind(a: Analysis, t: Tree, q: Quantity) -> str | None:
    """The noun that a lone number counts from before its article: "Son 6 mil 240 los paisanos", "31 de los pasajeros"."""
    match = _NOUN_BEHIND.match(a.text, q.span.end)
    return unit_name(match.group(1)) if match is not None else None


def unit_of_lone(
    a: Analysis,
    t: Tree,
    q: Quantity,
    previous: Quantity | None,
    counted: str | None,
    measure: str,
    noun: str | None,
    last_unit: str | None,
    taken_up: bool,
) -> str | None:
    """The unit of a number that stands without one.

    It is that of the figure it starts from; the noun it counts; else what is measured, if that can be counted. What is taken up by a
    pronoun ("los elevan a 300"), and millions, have the unit of the figure before.
    """
    own = unit_before(a, q, previous) or (unit_name(counted) if counted and measure.startswith(counted) else None)
    own = own or noun_behind(a, t, q)
    if own is not None:
        return own
    millions = q.value is not None and q.value >= 10**6
    if last_unit is not None and (taken_up or millions or set_against(a, q)):
        return last_unit
    if millions and not (noun or "").endswith("s") and (money := _money_near(a, q)) is not None:
        return money  # "la deuda alcanza ya 20.000 millones"
    nouns = [x for x in t.tokens if x.pos == "NOUN" and x.lemma == noun]
    plural = any(x.lower.endswith("s") for x in nouns)
    return noun if plural else last_unit or (noun if nouns else None)


def _money_near(a: Analysis, q: Quantity) -> str | None:
    """The currency of the article's sum of money nearest before a figure, else behind it."""
    sums = [x for x in a.quantities if x.rule.endswith("money")]
    before = [x for x in sums if x.span.start < q.span.start]
    return before[-1].unit if before else sums[0].unit if sums else None


def set_against(a: Analysis, q: Quantity) -> bool:
    """Whether a figure is only compared with: "frente a los 92 que amparaba", "muy por debajo de las 306.000 de un año antes"."""
    return _COMPARED_WITH.search(a.text, max(0, q.span.start - _NEAR), q.span.start + len("los ")) is not None


def part_of_told(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None) -> str | None:
    """What a share is of that says so by its clause only: "Llegaron 300 presos; casi la mitad no ha visto a un abogado"."""
    if verb is None or t.tokens[token].dep not in SUBJECTS or token > verb:
        return None
    paragraph = a.document.article.blocks[t.sentence.block].start
    nouns = [
        o.noun
        for o in a.quantities
        if paragraph <= o.span.start < q.span.start and o.noun is not None and o.rule.endswith("count")
    ]
    if not nouns:
        return None
    return told_of(a, t, q, a.text[nouns[-1].start : nouns[-1].end], token, verb, plural=True)


def says_what(t: Tree, measure: str, *more: str) -> bool:
    """Whether the words of a measure name a thing, and are not a bare verb ("Está lejos", "llevaba")."""
    words = set(measure.split())
    return measure.startswith("lo que") or any(x.text in words and x.pos in ("NOUN", "PROPN", *more) for x in t.tokens)


def _deed_of_actor(a: Analysis, t: Tree, q: Quantity, first: int, end: int, verb: int, words: Words) -> str | None:
    """No figure measures somebody: "Chile extrajo cien veces más" measures the "extracción de Chile"."""
    subject = next((k for k in t.kids[verb] if t.tokens[k].dep in SUBJECTS and first <= k < end), None)
    if subject is None or t.tokens[verb].lemma in MEASURING | words.increase | words.decrease:
        return None
    if not a.actors(t, subject) and not q.rule.endswith("measure"):
        return None
    made = nominal(a.document.article.language, t.tokens[verb].lemma)
    whose = doer(a, t, q, verb, -1)
    if made is not None and whose:
        return f"{made.noun} {of_words(whose)}"
    return clause_as_measure(a, t, q, verb) if a.actors(t, subject) else None


def clause_measure(a: Analysis, t: Tree, q: Quantity, first: int, end: int, verb: int | None, words: Words) -> str:
    """The measure of a figure without a noun of its own: the thing found, or the clause where that names none."""
    head = next((i for i in range(first, end) if t.tokens[i].pos == "NOUN"), None)
    cut = whole_of_a_cut(t, q, a.text, head, words) if head is not None else None
    if cut is not None:
        first, end = t.left[cut], t.right[cut]
    measure = measure_words(a, t, first, end, q) or fallback_words(t, q, verb)
    if verb is not None and (deed := _deed_of_actor(a, t, q, first, end, verb, words)) is not None:
        return deed
    if verb is not None and q.rule.endswith("duration") and (state := lasting(a, t, q, verb)) is not None:
        return state
    if verb is not None and first <= verb < end and q.rule.endswith(("money", "duration", "measure")):
        measure = clause_as_measure(a, t, q, verb) or measure
    return priced(a, t, owned(a, t, measure, verb), verb)
