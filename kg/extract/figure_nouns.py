"""What a figure counts when it stands without its noun, and what its clause is about when that names no thing."""

from __future__ import annotations

import re

from kg.extract.analysis import Analysis
from kg.extract.measure_labels import clause_as_measure, lasting, owned, priced, whole_of_a_cut
from kg.extract.measures import fallback_words, measure_words
from kg.extract.movement import Words
from kg.extract.nouns import unit_name
from kg.extract.syntax import Tree
from kg.model import Quantity


def counted_before(a: Analysis, t: Tree, q: Quantity, unit: str | None) -> str | None:
    """The plural noun that a lone number counts: the one behind its "de los", else that of the last figure with its unit."""
    match = re.compile(r" (?:de )?(?:los|las|sus|esos|esas) (\w+s)\b").match(a.text, q.span.end)
    if match is not None:
        return match.group(1)
    nouns = [o for o in a.quantities if o.span.end <= q.span.start and o.unit == unit and o.noun is not None]
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
    match = re.compile(r" (?:de )?(?:los|las|sus|esos|esas) (\w+s)\b").match(a.text, q.span.end)
    return unit_name(match.group(1)) if match is not None else None


def says_what(t: Tree, measure: str, *more: str) -> bool:
    """Whether the words of a measure name a thing, and are not a bare verb ("Está lejos", "llevaba")."""
    words = set(measure.split())
    return measure.startswith("lo que") or any(x.text in words and x.pos in ("NOUN", "PROPN", *more) for x in t.tokens)


def clause_measure(a: Analysis, t: Tree, q: Quantity, first: int, end: int, verb: int | None, words: Words) -> str:
    """The measure of a figure without a noun of its own: the thing found, or the clause where that names none."""
    head = next((i for i in range(first, end) if t.tokens[i].pos == "NOUN"), None)
    cut = whole_of_a_cut(t, q, a.text, head, words) if head is not None else None
    if cut is not None:
        first, end = t.left[cut], t.right[cut]
    measure = measure_words(a, t, first, end, q) or fallback_words(t, q, verb)
    if verb is not None and q.rule.endswith("duration") and (state := lasting(a, t, q, verb)) is not None:
        return state
    if verb is not None and first <= verb < end and q.rule.endswith(("money", "duration", "measure")):
        measure = clause_as_measure(a, t, q, verb) or measure
    return priced(a, t, owned(a, t, measure, verb), verb)
