"""An extraction as RDF. The only module that mints IRIs; what makes two facts the same one stands in :mod:`kg.identity`.

The vocabulary is that of ``ontology/``. No blank nodes, no time stamps: the same extraction gives the same triples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox

from kg import __version__, identity, ntriples, rdf
from kg.errors import InputError
from kg.headline import shortened
from kg.model import Actor, Event, Extraction, Fact, Indicator, Passage, Position, Proposal, Statement
from kg.ntriples import (
    LABEL,
    TYPE,
    Node,
    Term,
    TripleText,
    boolean,
    br,
    checked,
    day,
    dcterms,
    decimal,
    iri,
    literal,
    nif,
    offset,
)
from kg.vocabulary import ID, OWL, PROV, SKOS, ontology_store, vocabulary

_GENERATED_BY = iri(PROV + "wasGeneratedBy")

_SOFTWARE = "bilateral-kg"
_LABEL_LENGTH = 140  # letters


# ----------------------------------------------------------------------------------------------------- extraction → triples


def lines(extraction: Extraction, base: str = ID) -> bytes:
    """All triples of one article as :func:`kg.ntriples.lines`: what is merged and written.

    Args: an extraction whose facts refer only to its own actors and facts; ``base``, an IRI that ends in ``/`` or ``#``.
    Raises :class:`InputError` where a fact refers to an actor or fact that the extraction lacks, or two facts have one id.
    """
    return ntriples.lines(_Writer(extraction, base).triples())


def triples(extraction: Extraction, base: str = ID) -> list[ox.Triple]:
    """All triples of one article, each once, sorted by :func:`kg.rdf.order`; arguments and errors as of :func:`lines`."""
    return ntriples.triples(lines(extraction, base).decode())


def quads(extraction: Extraction, base: str = ID) -> list[ox.Quad]:
    """The same, in the named graph of the article."""
    name = article_iri(extraction.article.id, base)
    return [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples(extraction, base)]


def article_iri(article_id: str, base: str = ID) -> ox.NamedNode:
    """The IRI of an article, which is also the name of its graph."""
    return ox.NamedNode(f"{base}article/{article_id}")


class _Writer:
    """The triples of one extraction; a class only so that base, article and IRIs need not travel through every signature."""

    def __init__(self, extraction: Extraction, base: str) -> None:
        self.extraction, self.base, self.article = extraction, base, extraction.article
        self.context = iri(f"{base}article/{extraction.article.id}")
        self.actors = {actor.id: actor for actor in extraction.actors}
        self.facts = {fact.id: fact for fact in extraction.facts}
        for name, times in Counter(fact.id for fact in extraction.facts).items():
            if times > 1:
                raise InputError(f"{self.article.id}: {times} facts are called {name!r}; expected ids unique in the extraction")
        self.check_references()
        self.paths = identity.fact_paths(extraction)
        self.used: dict[str, Node] = {}  # the actors that were written of, with their IRIs
        self.passages: dict[Passage, Node] = {}  # those that are written out
        self.activities: dict[tuple[str, str], Node] = {}  # likewise
        self.sources = _sources_by_span(extraction)

    # ---- references

    def check_references(self) -> None:
        """Every reference leads somewhere; what is asked of an extractor is said in one line."""
        ids = {fact.id for fact in self.extraction.facts}
        for fact in self.extraction.facts:
            where = f"{self.article.id}: {type(fact).__name__} {fact.id}"
            for name in _actor_references(fact):
                if name not in self.actors:
                    raise InputError(f"{where}: refers to actor {name!r}; expected one of the extraction's actors")
            for name in _fact_references(fact):
                if name not in ids:
                    raise InputError(f"{where}: refers to fact {name!r}; expected one of the extraction's facts")

    def iri(self, path: str) -> Node:
        return iri(self.base + path)

    def actor(self, name: str) -> Node:
        if name not in self.used:
            self.used[name] = self.iri(f"actor/{name}")
        return self.used[name]

    def fact(self, name: str) -> Node:
        return self.iri(self.paths[name])

    def text(self, value: str) -> Term:
        return literal(value, self.article.language)

    # ---- nodes

    def triples(self) -> Iterator[TripleText]:
        yield from self.article_triples()
        for fact in self.extraction.facts:
            yield from self.fact_triples(fact)
        done: set[str] = set()
        while self.used.keys() - done:  # an actor's country and what it is a member of are written out too
            for name in sorted(self.used.keys() - done):
                done.add(name)
                yield from self.actor_triples(name)

    def article_triples(self) -> Iterator[TripleText]:
        article, node = self.article, self.context
        yield node, TYPE, br("Article")
        yield node, TYPE, nif("Context")
        yield node, nif("isString"), literal(article.text)
        yield node, dcterms("language"), literal(article.language)
        if article.title:
            yield node, dcterms("title"), self.text(article.title)
        if article.date:
            yield node, dcterms("issued"), day(article.date)
        if article.publisher:
            yield node, dcterms("publisher"), literal(article.publisher)
        if article.source:
            yield node, dcterms("source"), literal(article.source)

    def actor_triples(self, name: str) -> Iterator[TripleText]:
        node, actor = self.actor(name), self.actors.get(name)
        if actor is None:
            actor = self.country(name)
        yield node, TYPE, br(actor.kind)
        labels = set(actor.labels) or {(self.article.language, actor.label)}
        others = {*actor.alt_labels, actor.label} - {label for _, label in labels}
        for language, label in labels:
            yield node, LABEL, literal(label, language)
        for label in others:
            yield node, iri(SKOS + "altLabel"), self.text(label)
        if actor.country and actor.country != name:
            yield node, br("country"), self.actor(actor.country)
        if actor.iso:
            yield node, br("iso"), literal(actor.iso)
        if actor.title:
            yield node, br("title"), self.text(actor.title)
        if actor.member_of and actor.member_of != name:
            yield node, br("memberOf"), self.actor(actor.member_of)
        for same in actor.same_as:
            yield node, iri(OWL + "sameAs"), checked(same)

    def country(self, name: str) -> Actor:
        """The country of an actor, where the extraction names it by its code only."""
        actor = _countries().get(name)
        if actor is None:
            raise InputError(f"{self.article.id}: an actor refers to actor {name!r}; expected one of the extraction's actors")
        return actor

    def passage(self, passage: Passage) -> Node:
        """The passage's IRI, by RFC 5147: ``…/article/NAME#char=10,20``. Where the same words are given to several sources (a quote is
        the newspaper's report of a statement and the speaker's word for a fact), each source has a passage of its own, told apart in
        the fragment."""
        plain = f"{self.base}article/{self.article.id}#char={passage.start},{passage.end}"
        source = (tuple(sorted(passage.attributed_to)), tuple(sorted(passage.via)))
        if len(self.sources[passage.start, passage.end]) == 1 or source == ((), ()):
            return iri(plain)
        by, via = ("+".join(names) for names in source)
        return iri(plain + (f"&by={by}" if by else "") + (f"&via={via}" if via else ""))

    def passage_triples(self, passage: Passage) -> Iterator[TripleText]:
        node = self.passages[passage] = self.passage(passage)
        yield node, TYPE, br("Passage")
        yield node, nif("anchorOf"), literal(passage.quote)
        yield node, nif("beginIndex"), offset(passage.start)
        yield node, nif("endIndex"), offset(passage.end)
        yield node, nif("referenceContext"), self.context
        for name in passage.attributed_to:
            yield node, br("attributedTo"), self.actor(name)
        for name in passage.via:
            yield node, br("via"), self.actor(name)

    def activity_triples(self, extractor: str, rule: str) -> Iterator[TripleText]:
        """What made a fact: software, version, extractor, rule. One activity for all facts of one rule, whatever the article."""
        node = self.iri(_activity_path(extractor, rule))
        self.activities[extractor, rule] = node
        software = self.iri(f"activity/{_SOFTWARE}-{__version__}")
        yield node, TYPE, iri(PROV + "Activity")
        name = f"{extractor}: {rule}" if rule else extractor
        yield node, LABEL, literal(f"{_SOFTWARE} {__version__}, {name}")
        yield node, iri(PROV + "wasAssociatedWith"), software
        yield software, TYPE, iri(PROV + "SoftwareAgent")
        yield software, LABEL, literal(f"{_SOFTWARE} {__version__}")

    # ---- facts

    def fact_triples(self, fact: Fact) -> Iterator[TripleText]:
        node = self.fact(fact.id)
        yield node, TYPE, br(type(fact).__name__)
        yield node, LABEL, self.text(self.label(fact))
        for passage in fact.evidence:
            if passage not in self.passages:
                yield from self.passage_triples(passage)
            yield node, br("evidence"), self.passages[passage]
        if fact.start_date:
            yield node, br("startDate"), day(fact.start_date)
        if fact.end_date:
            yield node, br("endDate"), day(fact.end_date)
        if fact.date_text:
            yield node, br("dateText"), self.text(fact.date_text)
        for topic in fact.topics:
            yield node, br("topic"), br(topic)
        for origin in ((fact.extractor, fact.rule), *fact.also):
            if origin not in self.activities:
                yield from self.activity_triples(*origin)
            yield node, _GENERATED_BY, self.activities[origin]
        match fact:
            case Proposal():
                yield from self.proposal(node, fact)
            case Position():
                yield from self.position(node, fact)
            case Event():
                yield from self.event(node, fact)
            case Statement():
                yield from self.statement(node, fact)
            case Indicator():
                yield from self.indicator(node, fact)

    def label(self, fact: Fact) -> str:
        """The name that a fact is listed under: its words without what says nothing; a position by who takes it, how, and on what."""
        if isinstance(fact, Position) and (about := self._matter(fact)):
            holder = self.actors[fact.holder].label if fact.holder in self.actors else self.country(fact.holder).label
            return f"{holder} {vocabulary().label(fact.stance)}: {shortened(about, _LABEL_LENGTH)}"
        if isinstance(fact, Statement | Indicator):
            return fact.label
        return shortened(fact.label, _LABEL_LENGTH, event=isinstance(fact, Event))

    def _matter(self, fact: Position) -> str:
        """What a position is about, in words."""
        target = self.facts.get(fact.target or "")
        return target.label if target is not None else fact.matter or ""

    def actors_of(self, node: Node, name: str, actors: Iterable[str]) -> Iterator[TripleText]:
        for actor in actors:
            yield node, br(name), self.actor(actor)

    def place(self, node: Node, country: str | None, name: str | None) -> Iterator[TripleText]:
        if country:
            yield node, br("place"), self.actor(country)
        if name:
            place = self.iri(identity.place_path(name))
            yield node, br("place"), place
            yield place, TYPE, br("Place")
            yield place, LABEL, self.text(name)

    def proposal(self, node: Node, fact: Proposal) -> Iterator[TripleText]:
        yield from self.actors_of(node, "proposer", fact.proposer)
        yield from self.actors_of(node, "addressee", fact.addressee)
        yield node, br("status"), br(fact.status)
        if fact.part_of:
            yield node, dcterms("isPartOf"), self.fact(fact.part_of)
        if fact.alternative_to:
            yield node, br("alternativeTo"), self.fact(fact.alternative_to)

    def position(self, node: Node, fact: Position) -> Iterator[TripleText]:
        yield from self.actors_of(node, "holder", (fact.holder,))
        yield node, br("stance"), br(fact.stance)
        if fact.target:
            yield node, br("target"), self.fact(fact.target)
        if fact.target_actor:
            yield from self.actors_of(node, "target", (fact.target_actor,))
        if fact.matter:
            topic = self.iri(identity.topic_path(fact.matter, self.article.id))
            yield node, br("target"), topic
            yield topic, TYPE, br("Topic")
            yield topic, iri(SKOS + "prefLabel"), self.text(fact.matter)
        if fact.expressed_in:
            yield node, br("expressedIn"), self.fact(fact.expressed_in)
        if fact.condition:
            yield node, br("condition"), self.text(fact.condition)
        if fact.reason:
            yield node, br("reason"), self.text(fact.reason)

    def event(self, node: Node, fact: Event) -> Iterator[TripleText]:
        yield node, br("eventType"), br(fact.event_type)
        yield from self.actors_of(node, "agent", fact.agent)
        yield from self.actors_of(node, "patient", fact.patient)
        yield from self.actors_of(node, "participant", fact.participant)
        yield from self.place(node, fact.place, fact.place_name)
        for cause in fact.cause:
            yield node, br("cause"), self.fact(cause)
        yield node, br("factuality"), br(fact.factuality)

    def statement(self, node: Node, fact: Statement) -> Iterator[TripleText]:
        yield from self.actors_of(node, "speaker", fact.speaker)
        yield from self.actors_of(node, "addressee", fact.addressee)
        yield from self.actors_of(node, "via", fact.via)
        yield node, br("quote"), self.text(fact.quote)
        yield node, br("direct"), boolean(fact.direct)

    def indicator(self, node: Node, fact: Indicator) -> Iterator[TripleText]:
        yield node, br("measure"), self.text(fact.measure)
        if fact.value is not None:
            yield node, br("value"), decimal(fact.value)
        if fact.unit:
            yield node, br("unit"), literal(fact.unit)
        yield node, br("comparator"), br(fact.comparator)
        yield node, br("change"), br(fact.change)
        if fact.baseline:
            yield node, br("baseline"), self.text(fact.baseline)
        yield from self.place(node, fact.place, fact.place_name)
        yield from self.actors_of(node, "claimant", fact.claimant)


@lru_cache(maxsize=1024)
def _activity_path(extractor: str, rule: str) -> str:
    return f"activity/{_SOFTWARE}-{__version__}-{identity.slug(f'{extractor} {rule}')}"


@lru_cache(maxsize=1)
def _countries() -> dict[str, Actor]:
    """The countries that the ontology names, by their ids (``"mx"``)."""
    store, found = ontology_store(), {}
    for quad in store.quads_for_pattern(None, rdf.TYPE, rdf.br("Country"), None):
        codes = [q.object for q in store.quads_for_pattern(quad.subject, rdf.br("iso"), None, None)]
        names = [q.object for q in store.quads_for_pattern(quad.subject, rdf.LABEL, None, None)]
        iso = next(code.value for code in codes if isinstance(code, ox.Literal))
        labels = sorted((name.language or "es", name.value) for name in names if isinstance(name, ox.Literal))
        label = next((label for language, label in labels if language == "es"), iso)
        found[iso.lower()] = Actor(id=iso.lower(), kind="Country", label=label, iso=iso, labels=tuple(labels))
    return found


def _actor_references(fact: Fact) -> Iterator[str]:
    for passage in fact.evidence:
        yield from passage.attributed_to
        yield from passage.via
    for slot in ("proposer", "addressee", "agent", "patient", "participant", "speaker", "via", "claimant"):
        yield from getattr(fact, slot, ())
    for slot in ("holder", "target_actor", "place"):
        if (name := getattr(fact, slot, None)) is not None:
            yield name


def _fact_references(fact: Fact) -> Iterator[str]:
    for slot in ("part_of", "alternative_to", "target", "expressed_in"):
        if (name := getattr(fact, slot, None)) is not None:
            yield name
    yield from getattr(fact, "cause", ())


def _sources_by_span(extraction: Extraction) -> dict[tuple[int, int], set[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Which sources the same words are given to, by the words' offsets."""
    found: dict[tuple[int, int], set[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for fact in extraction.facts:
        for passage in fact.evidence:
            source = (tuple(sorted(passage.attributed_to)), tuple(sorted(passage.via)))
            found.setdefault((passage.start, passage.end), set()).add(source)
    return found
