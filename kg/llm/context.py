"""What the article around a quote says against the fact that a model reads from it.

A quote can stand in the article letter by letter and the fact still be false: cut out right behind its "no", put into another mouth,
about somebody of whom only another page speaks, dated by words that mean another day, taken from a sentence that orders its reader
about. Whatever of this the article's own characters decide is decided here, by what the rules read with certainty; what they do not
decide passes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract import cascade
from kg.extract.analysis import Analysis
from kg.extract.frames import find_frames
from kg.extract.perspective import settle_reported
from kg.extract.said import Said
from kg.extract.statements import find_statements
from kg.identity import content_words, fold
from kg.llm.anchoring import shared, stems
from kg.model import Block, Event, Fact, Position, Span, TimeValue
from kg.vocabulary import plover_type

#: Words that turn what follows them, with the pronouns and auxiliaries that may stand between; "no solo … sino" turns nothing.
_TURNED = re.compile(
    r"(?<!\w)(?P<word>no|nunca|jamás|tampoco|ni|sin|nadie)"
    r"(?:\s+(?:se|lo|la|le|los|las|les|me|te|nos|os|ha|han|he|hemos|había|habían|haya|hayan|hubiera|habrá|fue|fueron|es|son|era|ser|"
    r"está|están|va|van|a|haber))*\s+$",
    re.IGNORECASE,
)
_TURNS_NOTHING = re.compile(r"(?:solo|sólo|solamente|únicamente|obstante|embargo|duda|más)(?!\w)", re.IGNORECASE)
#: What is only denied, doubted or ruled out: "negó que …", "descartó haber …".
_DENIED = re.compile(
    r"(?<!\w)(?P<word>(?:neg(?!oci)|nieg|desmint|desmient|descart|dud)\w*)"
    r"(?:\s+(?:de\s+)?(?:que|haber|la posibilidad de|que se|que haya))+\s+$",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"(?<!\w)(?:neg(?!oci)|nieg|desmint|desmient|descart)\w*\s+(?:de\s+)?(?:que|haber)(?!\w)", re.IGNORECASE)
#: What only might be: "si …", "podría …", "quiere …", "amenazó con …", before a verb.
_OPEN = re.compile(
    r"(?<!\w)(?P<word>si|podr\w+|pued\w+|pod[íe]\w+|quier\w+|quer[íe]\w+|quis\w+|pretend\w+|busc\w+|intent\w+|esper\w+|planea\w*|"
    r"prev[éeí]\w*|debe\w*|deb[íe]\w*|tendr\w+ que|amenaz\w+ con|trat\w+ de|estudi\w+|propus\w+|propon\w+)\s+$",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"\w+[aeií]r(?:se|l[aoe]s?)?(?!\w)", re.IGNORECASE)
_NEGATIONS = frozenset({"no", "nunca", "jamas", "tampoco", "ni", "sin", "nadie", "ningun", "ninguna", "ninguno"})
#: Who is spoken to here is whoever was given instructions: no sentence of a newspaper's about its subject.
_ORDERS = re.compile(
    r"\b(?:tus|vuestras)\s+(?:instrucciones|órdenes|reglas|directrices)\b"
    r"|\b(?:ignor|olvid|descart|desobede)\w*\s+(?:\w+\s+){0,3}(?:instrucciones|reglas|indicaciones|órdenes)\s+(?:anteriores|previas)\b"
    r"|\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|rules|prompts?)\b"
    r"|\b(?:system|developer)\s+(?:prompt|message)\b|\bprompt\s+(?:del\s+sistema|anterior)\b|\bnuevas\s+instrucciones\s*:",
    re.IGNORECASE,
)
#: The sieves that read a speaker off the words beside the marks; the others only carry on with the last one.
_CERTAIN = frozenset(
    f"quote-{sieve}"
    for sieve in ("said-behind", "said-before", "said-after", "verb-behind", "according-to", "colon", "attributed")
)
_OPPOSITES = {"supports": "opposes", "opposes": "supports", "affirms": "denies", "denies": "affirms"}
_BEFORE, _AFTER = 2, 1  # paragraphs around a quote in which whoever acts in it has to be named


@dataclass(frozen=True)
class Context:
    """One article, to be asked what stands around a quote."""

    analysis: Analysis

    # ---- what a quote leaves out

    def turned(self, span: Span, *, denied: bool) -> str | None:
        """The word right before a quote that says the opposite of it: "no", "nunca"; with ``denied`` also "negó que"."""
        if _TURNS_NOTHING.match(self.analysis.text, span.start, span.end):
            return None
        before = self._before(span)
        match = _TURNED.search(before) or (_DENIED.search(before) if denied else None)
        return match["word"] if match else None

    def open(self, span: Span) -> str | None:
        """The word right before a quote that makes it a mere possibility, an intent or a condition: "si", "podría"."""
        match = _OPEN.search(self._before(span))
        if match is None or (fold(match["word"]) != "si" and not _INFINITIVE.match(self.analysis.text, span.start, span.end)):
            return None
        return match["word"]

    def _before(self, span: Span) -> str:
        """The text of its sentence before a quote."""
        start = max((s.start for s in self.analysis.document.sentences if s.start <= span.start), default=0)
        return self.analysis.text[start : span.start]

    def orders(self, span: Span) -> bool:
        """Whether a quote stands in a sentence that gives orders to a machine, or later in the same paragraph."""
        block = self._block(span)
        return block is not None and _ORDERS.search(self.analysis.text, block.start, self._sentences(span).end) is not None

    # ---- whose words

    @cached_property
    def _said(self) -> tuple[Said, ...]:
        """Direct quotations beside whose marks a person is named as the speaker."""
        a = self.analysis
        said = find_statements(a, settle_reported(a, find_frames(a)))
        return tuple(s for s in said if s.direct and s.rule in _CERTAIN and self._is_named(s))

    def _is_named(self, said: Said) -> bool:
        resolution = self.analysis.resolution
        beside = {
            id
            for mention, ids in zip(resolution.mentions, resolution.ids, strict=True)
            if said.evidence.covers(mention.span) and not said.quote.overlaps(mention.span)
            for id in ids
        }
        return all(id in beside and resolution.actors[id].kind == "Person" for id in said.speaker)

    def speaker(self, span: Span) -> tuple[str, ...]:
        """Whose words the article says a stretch inside quotation marks is; empty where it does not say, or outside of marks."""
        return next((said.speaker for said in self._said if said.quote.covers(span)), ())

    # ---- what the rules read there

    @cached_property
    def _rules(self) -> tuple[Fact, ...]:
        return cascade.extract(self.analysis.document).facts

    def did_not_happen(self, event_type: str, evidence: Sequence[Span]) -> bool:
        """Whether the rules read such an event off the same words, and only as denied, planned or possible; or, where they read none,
        whether the words tell of a denial ("negó que …") and the event is none."""
        found = [
            fact.factuality
            for fact in self._rules
            if isinstance(fact, Event) and plover_type(fact.event_type) == plover_type(event_type) and _rests_on(fact, evidence)
        ]
        if found:
            return "actual" not in found
        texts = (self.analysis.text[span.start : span.end] for span in evidence)
        return plover_type(event_type) != "reject" and any(_DENIAL.search(text) for text in texts)

    def stands_for_the_opposite(self, holder: str, stance: str, evidence: Sequence[Span]) -> bool:
        """Whether the rules read only the opposite stance of the same holder off the same words."""
        found = {
            fact.stance
            for fact in self._rules
            if isinstance(fact, Position) and fact.holder == holder and _rests_on(fact, evidence)
        }
        return found == {_OPPOSITES.get(stance)}

    # ---- what is there

    def around(self, spans: Sequence[Span]) -> list[Span]:
        """The paragraphs of some quotes, those right before and after them, and the words that introduce a list or head a table."""
        blocks = self.analysis.document.article.blocks
        wanted: set[int] = set()
        for block in (b for b in blocks if any(Span(b.start, b.end).overlaps(s) for s in spans)):
            first = min(i for i in (block.index, block.lead_in, block.header) if i is not None)
            wanted |= set(range(first - _BEFORE, block.index + _AFTER + 1)) | {first}
        return [Span(b.start, b.end) for b in blocks if b.index in wanted]

    def says_something(self, spans: Sequence[Span]) -> bool:
        """Whether some quotes hold a telling word besides the names of actors."""
        mentions = [m.span for m, ids in zip(self.analysis.resolution.mentions, self.analysis.resolution.ids, strict=True) if ids]
        for span in spans:
            kept = [
                " " if any(m.start <= i < m.end for m in mentions) else c
                for i, c in enumerate(self.analysis.text[span.start : span.end], span.start)
            ]
            if any(len(word) > 2 or word.isdigit() for word in content_words("".join(kept))):
                return True
        return False

    # ---- dates and words

    def means_another_day(self, words: Span, start: dt.date | None, end: dt.date | None) -> bool:
        """Whether the rules read some words as days that all lie outside of those from ``start`` to ``end``.

        Which week "el lunes" is of, and which year "en marzo", hangs on more than the words: the next one either way will do.
        """
        read = [d for d in self.analysis.dates if d.kind == "date" and (d.begin or d.end) and d.span.overlaps(words)]
        return bool(read) and not any("anaphor" in d.rule or _meets(d, start, end) for d in read)

    def stems(self, spans: Sequence[Span]) -> frozenset[str]:
        """The beginnings of the words in the sentences of some quotes."""
        stretches = (self._sentences(span) for span in spans)
        return stems(*(self.analysis.text[s.start : s.end] for s in stretches))

    def _sentences(self, span: Span) -> Span:
        found = [s for s in self.analysis.document.sentences if Span(s.start, s.end).overlaps(span)]
        return Span(min((s.start for s in found), default=span.start), max((s.end for s in found), default=span.end))

    def _block(self, span: Span) -> Block | None:
        return next((b for b in self.analysis.document.article.blocks if b.start <= span.start < b.end), None)


def _rests_on(fact: Fact, evidence: Sequence[Span]) -> bool:
    return any(shared(passage, span) >= 0.5 for passage in fact.evidence for span in evidence)


def _meets(read: TimeValue, start: dt.date | None, end: dt.date | None) -> bool:
    step = 7 if "weekday" in read.rule else 365 if "without-year" in read.rule else 0
    first, last = (start or dt.date.min).toordinal(), (end or dt.date.max).toordinal()
    begin, until = (read.begin or dt.date.min).toordinal(), (read.end or dt.date.max).toordinal()
    leap = 1 if step == 365 else 0
    return any(begin + shift - leap <= last and until + shift + leap >= first for shift in (-step, 0, step))


def denies(text: str) -> bool:
    """Whether a text holds a word of negation."""
    return not _NEGATIONS.isdisjoint(fold(text).split())
