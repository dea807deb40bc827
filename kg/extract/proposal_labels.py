"""What a proposal is called: its words without what is only said about them, and none where the words are a fragment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.offered import Offered
from kg.extract.syntax import is_finite

#: What somebody says of a proposal behind it: "…, lo que X tildó de «fábula»", "…, idea de la que discrepa Y".
_ASIDE: Final = re.compile(
    r", (?:lo|cosa|idea|algo|extremo|medida|propuesta|posibilidad|opción|petición|exigencia|fórmula) (?:(?:a|de|con) (?:la|lo) )?que\b.*$"
)
_DANGLING: Final = re.compile(r"(?:\s+(?:que|de|del|a|al|en|con|por|para|y|o|lo|la|le|les|se|el|los|las|un|una))+$")
#: Words that only open a condition or tell when: nothing is put forward by them.
_FRAGMENT: Final = re.compile(r"(?:a )?cambio|(?:con )?tal(?: de que)?\b.*|(?:a )?(?:mediados|principios|finales) de \w+", re.I)
_COMPARED: Final = re.compile(r"\b(?:del|de lo)$")


def named(a: Analysis, found: Iterable[Offered]) -> Iterator[Offered]:
    """The proposals with their labels tidied; fragments, and the parts of fragments, are left out."""
    gone: set[str] = set()
    for o in found:
        label = _tidy(a, o)
        if label is None or (o.fact.part_of or "") in gone:
            gone.add(o.fact.id)
            continue
        yield o if label == o.fact.label else replace(o, fact=replace(o.fact, label=label))


def _tidy(a: Analysis, o: Offered) -> str | None:
    label = o.fact.label
    if label.count("—") == 1:
        label = label.split("—")[1].strip(" ,")  # "él, no—, una fórmula …": what stands behind the aside
    if _FRAGMENT.fullmatch(label):
        return _before_fragment(a, o)
    if _COMPARED.search(label):
        return None
    label = _ASIDE.sub("", label) if not label.lower().startswith(("lo que", "la idea")) else label
    label = _cut_relative(a, o, label)
    return _DANGLING.sub("", label).strip(" ,;") or None


def _before_fragment(a: Analysis, o: Offered) -> str | None:
    """What is put forward between the verb and the fragment: "ofreció el día 20 | soltar a los dos más jóvenes | a cambio …"."""
    if o.frame is None or o.frame.form != "verb" or o.frame.sentence != o.sentence:
        return None
    t = a.trees[o.sentence]
    behind = o.frame.trigger + o.frame.words
    stop = next((k for k in range(behind, len(t.tokens)) if t.tokens[k].pos == "PUNCT"), len(t.tokens))
    words = (
        t.tokens[behind : o.first] if o.first > behind else t.tokens[behind:stop]
    )  # "A mediados de agosto se ofreció como mediador"
    dates = a.dates_in(t.span(0, len(t.tokens)))
    told = [x for x in words if x.pos != "PUNCT" and not any(d.span.start <= x.start < d.span.end for d in dates)]
    while told and (told[0].pos in ("ADP", "ADV", "SCONJ") or (told[0].pos == "DET" and told[1:2] and told[1].pos != "NOUN")):
        told = told[1:]
    while told and told[-1].pos in ("ADP", "SCONJ", "CCONJ", "DET"):
        told = told[:-1]
    if not any(x.pos in ("NOUN", "VERB") for x in told):
        return None
    return a.text[told[0].start : told[-1].end]


def _cut_relative(a: Analysis, o: Offered, label: str) -> str:
    """The words before a relative clause whose verb was cut off: "una fórmula | que el presidente colombiano"."""
    head, opened, tail = label.rpartition(" que ")
    if not opened:
        return label
    words = set(tail.split())
    t = a.trees[o.sentence]
    verbs = any((is_finite(x) or x.pos in ("VERB", "AUX")) and x.text in words for x in t.tokens)
    return label if verbs else head
