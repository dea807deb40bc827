"""The nouns of the program: what an article, its parse and its facts are.

Everything here is a frozen value that can be printed, compared and hashed; nothing here reads a file, knows RDF or loads a
model, and nothing here imports the rest of the package. Offsets are code points of the article's body (the text after the
front matter), half-open. Dates are :class:`datetime.date` (ISO days); an open end of an interval is ``None``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from kg.errors import EvidenceError

# ------------------------------------------------------------------------------------------------ the article and its parse


class Span(NamedTuple):
    """A half-open interval of code points of the article's body."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


BlockKind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article that is read by itself: a heading, a paragraph, a list item, a table row.

    ``start``/``end`` exclude list bullets and surrounding white space. ``lead_in`` is the index of the block that introduces a
    list item or a row ("La propuesta incluye:"), ``header`` the index of a row's header row; ``cells`` are a row's cells.
    """

    index: int
    kind: BlockKind
    start: int
    end: int
    lead_in: int | None = None
    header: int | None = None
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A source text and what its front matter says of it. ``id`` is a slug; ``text`` the untouched body."""

    id: str
    text: str
    title: str | None = None
    date: dt.date | None = None
    language: str = "es"
    publisher: str | None = None
    source: str | None = None
    countries: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    notices: tuple[str, ...] = ()
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the parse. ``i`` and ``head`` are indices into its :class:`Sentence` (a root is its own head)."""

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one block; ``tokens`` in order. ``block`` is the block's index, ``index`` the sentence's in the document."""

    index: int
    block: int
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its sentences."""

    article: Article
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A time expression and the interval it denotes. ``begin``/``end`` are inclusive days; ``None`` is an open end.

    ``kind`` is ``date`` (a day or interval), ``duration`` or ``set`` ("cada año"); ``rule`` names the grammar rule, ``inferred``
    says that part of the value (the year, the side of a weekday) came from the anchor and not from the words.
    """

    span: Span
    begin: dt.date | None
    end: dt.date | None
    granularity: Literal["day", "week", "month", "season", "year", "decade", "century"]
    rule: str
    kind: Literal["date", "duration", "set"] = "date"
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as the text has it ("más de 100,000 muertes"): value, comparator concept and unit word.

    ``span`` covers the comparator to the unit. ``value`` is ``None`` where the text counts without a number ("varias").
    ``unit`` is ``percent``, ``times``, ``people``, ``deaths``, ``dollars``, ``days``, ``minutes``, ``tonnes`` or the counted noun in
    the singular. ``noun`` is the span of the counted noun or unit words; ``number`` the span of the digits or number words.
    """

    span: Span
    value: Decimal | None
    unit: str | None
    comparator: Literal["exact", "about", "more", "less", "almost"]
    number: Span
    noun: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch between quotation marks: ``outer`` with, ``inner`` without the marks; ``depth`` 0 is not inside another."""

    outer: Span
    inner: Span
    depth: int = 0


# ------------------------------------------------------------------------------------------------------- actors and facts


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can act or hold a position. ``id`` is the last part of the IRI; ``country`` and ``member_of`` are actor ids."""

    id: str
    kind: str
    label: str
    alt_labels: tuple[str, ...] = ()
    country: str | None = None
    iso: str | None = None
    title: str | None = None
    member_of: str | None = None
    same_as: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()  # (language, label) of actors the ontology knows


@dataclass(frozen=True, slots=True)
class Passage:
    """The words a fact rests on, whose word they are when not the newspaper's own, and the outlet that carried them."""

    start: int
    end: int
    quote: str
    attributed_to: tuple[str, ...] = ()
    via: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.quote.strip() or len(self.quote) != self.end - self.start:
            raise EvidenceError(
                f"offsets {self.start}-{self.end}: the quote {self.quote[:40]!r} does not fill them; expected exact words"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts share. ``id`` is local to the extraction ("p1"); ``rule`` and ``triggers`` explain where it comes from.

    ``also`` are further origins, (extractor, rule), of a fact that was found in more than one way.
    """

    id: str
    label: str
    evidence: tuple[Passage, ...]
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    date_text: str | None = None
    topics: tuple[str, ...] = ()
    rule: str = ""
    triggers: tuple[str, ...] = ()
    extractor: str = "rules"
    also: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise EvidenceError(f"{type(self).__name__} {self.id} ({self.label!r}) has no passage; expected at least one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Fact):
    """Something one side puts forward that needs another side's yes. References are actor ids and fact ids."""

    proposer: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    status: str = "proposed"
    part_of: str | None = None
    alternative_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Fact):
    """A stance of one holder on one target: a fact (``target``), an actor (``target_actor``) or a ``matter`` without a node."""

    holder: str
    stance: str
    target: str | None = None
    target_actor: str | None = None
    matter: str | None = None
    expressed_in: str | None = None
    condition: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """Something that happened, happens, is planned or threatened. ``event_type`` is a concept's local name ("phone-call")."""

    event_type: str
    agent: tuple[str, ...] = ()
    patient: tuple[str, ...] = ()
    participant: tuple[str, ...] = ()
    place: str | None = None  # the actor id of a country
    place_name: str | None = None  # any other place, as the text names it
    cause: tuple[str, ...] = ()
    factuality: str = "actual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Fact):
    """Words somebody said or wrote; ``quote`` is without quotation marks and stands in one of the passages."""

    speaker: tuple[str, ...]
    quote: str
    direct: bool
    addressee: tuple[str, ...] = ()
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Fact):
    """A measured quantity or trend."""

    measure: str
    value: Decimal | None = None
    unit: str | None = None
    comparator: str = "exact"
    change: str = "level"
    baseline: str | None = None
    place: str | None = None
    place_name: str | None = None
    claimant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one article. Building it checks every quote against the text at its offsets."""

    article: Article
    actors: tuple[Actor, ...]
    facts: tuple[Fact, ...]
    notices: tuple[str, ...] = ()
    extractor: str = "rules"
    dropped: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        text = self.article.text
        for fact in self.facts:
            for passage in fact.evidence:
                if text[passage.start : passage.end] != passage.quote:
                    raise EvidenceError(
                        f"{self.article.id}: {type(fact).__name__} {fact.id}: offsets {passage.start}-{passage.end} hold "
                        f"{text[passage.start : passage.end][:40]!r}; expected {passage.quote[:40]!r}"
                    )
