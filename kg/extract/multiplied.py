"""Figures that are verbs: "los fletes se duplicaron", "ha multiplicado por tres el precio"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.attribution import attribution_of
from kg.extract.context import passage
from kg.extract.dating import UNDATED, dated
from kg.extract.measure_wording import worded
from kg.extract.numerals import small_number
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, negated, tense, trim
from kg.model import Indicator, Span

#: Verbs that are a figure.
_FACTORS: Final = {
    "duplicar": 2,
    "triplicar": 3,
    "cuadruplicar": 4,
    "quintuplicar": 5,
    "sextuplicar": 6,
    "septuplicar": 7,
    "decuplicar": 10,
}
#: No measure is longer than this many characters.
_MEASURE: Final = 90


def multiplied(a: Analysis, t: Tree, attributions: tuple[Attribution, ...], contents: list[Span]) -> Iterator[Indicator]:
    """The indicators of a sentence whose figure is its verb; what stands in ``contents`` is only proposed."""
    for i, token in enumerate(t.tokens):
        factor = _FACTORS.get(token.lemma) if token.pos == "VERB" else None
        last = i + 1
        if token.lemma == "multiplicar" and token.pos == "VERB" and i + 2 < len(t.tokens) and t.tokens[i + 1].lower == "por":
            read = small_number([x.lower for x in t.tokens] + [""], i + 2)
            factor, last = (read[0], read[1]) if read is not None else (None, last)
        if (
            factor is None
            or tense(t, i) not in ("past", "present")
            or negated(t, i)
            or any(c.covers(t.span(i, i + 1)) for c in contents)
        ):
            continue
        subject = next((k for k in t.children(i, "nsubj", "nsubj:pass") if t.tokens[k].lower != "que"), None)
        thing = next((k for k in t.children(i, "obj") if t.tokens[k].pos == "NOUN"), None)
        if subject is not None and (thing is None or not a.actors(t, subject)):
            thing = subject
        if thing is None and t.tokens[i].dep == "acl:relcl":
            thing = t.tokens[i].head
        if thing is None or t.tokens[thing].pos not in ("NOUN", "PROPN"):
            continue
        first, end = trim(t, t.left[thing], t.right[thing] if thing > i else min(t.right[thing], i))
        span = t.span(min(first, i), max(end, last))
        measure = worded(a, " ".join(x.text for x in t.tokens[first:end] if x.pos != "PUNCT")[:_MEASURE])
        source = attribution_of(attributions, t.span(i, i + 1))
        values = [d for d in a.dates_in(t.span(t.left[i], t.right[i])) if d.kind == "date"]
        when = dated(a, values[0], "past") if values else UNDATED
        yield Indicator(
            id="i",
            label=f"{measure}: {token.text}",
            evidence=(passage(a, span, attributions),),
            measure=measure,
            value=Decimal(factor),
            unit="times",
            change="increase",
            claimant=source.source if source is not None else (),
            start_date=when.begin,
            end_date=when.end,
            date_text=when.text,
            rule="indicator-multiplied",
            triggers=(token.text,),
        )
